"""What stands in people's way."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vested.core.finding import Findable, FindableQuerySet
from vested.core.models import Person, Unit
from vested.core.permissions import Permission
from vested.core.scope import ScopedManager, SectorModel, Walled
from vested.direction.models.written import StaysWritten, Written

if TYPE_CHECKING:
    from vested.core.viewer import Viewer


class ObstacleQuerySet(StaysWritten, FindableQuerySet["Obstacle"]):
    """Questions about obstacles."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """What was answered, everybody; the others: who raised or owns them, and who leads there or may look."""
        seen = ~Q(answered_on=None) | viewer.below(Permission.DIRECTION_SEE, "unit__path")
        if viewer.may(Permission.DIRECTION_SEE):
            return self
        if viewer.person:
            seen |= Q(raised_by=viewer.person) | Q(owner=viewer.person)
        return self.filter(seen)


class Obstacle(Walled, Written, Findable):
    """A rule, a structure, a missing tool or a worry that somebody raised; with a name, or of nobody at all."""

    found_by = ("words",)
    written = ("words", "wish", "raised_on", "wall_id")

    class Kind(models.TextChoices):
        """What stands in the way."""

        RULE = "rule", _("A rule")
        STRUCTURE = "structure", _("How we are organised")
        TOOL = "tool", _("A tool that is missing")
        WORRY = "worry", _("A worry")

    class Outcome(models.TextChoices):
        """What became of it."""

        REMOVED = "removed", _("removed")
        EXPLAINED = "explained", _("explained")

    kind = models.CharField(max_length=20, choices=Kind)
    words = models.TextField()
    wish = models.TextField(blank=True)  # what would help
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="obstacles")
    raised_on = models.DateField()
    raised_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")  # none: of nobody
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="obstacles")
    answer_by = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    reminded = models.PositiveSmallIntegerField(default=0, editable=False)  # how far reminders have come

    objects = ScopedManager.from_queryset(ObstacleQuerySet)()

    class Meta(SectorModel.Meta):
        """The newest first."""

        ordering = ("-raised_on", "-pk")

    def __str__(self) -> str:
        return self.words[:100]
