"""What climbs until somebody decides, and what was decided."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from vested.core.finding import Findable, FindableQuerySet
from vested.core.models import Person, Unit
from vested.core.permissions import Permission
from vested.core.scope import ScopedManager, SectorModel, Walled
from vested.direction.models.written import StaysWritten, Written, WrittenQuerySet

if TYPE_CHECKING:
    from vested.core.viewer import Viewer


class EscalationQuerySet(StaysWritten, FindableQuerySet["Escalation"]):
    """Questions about escalations."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those of units where the viewer may look; those one raised or owns; of the whole sector, who leads it."""
        if viewer.may(Permission.DIRECTION_SEE):
            return self
        seen = viewer.below(Permission.DIRECTION_SEE, "unit__path")
        if viewer.person:
            seen |= Q(raised_by=viewer.person) | Q(owner=viewer.person)
        return self.filter(seen)

    def with_step(self, day: date) -> Self:
        """Each with its ``step`` on that day: whose it is to decide, by the dates it was raised with."""
        step = Escalation.Step
        return self.annotate(
            step=Case(
                When(decided_on__isnull=False, then=Value(step.DECIDED)),
                When(owner_by__gte=day, then=Value(step.OWNER)),
                When(director_by__gte=day, then=Value(step.DIRECTOR)),
                When(top_by__gte=day, then=Value(step.TOP)),
                default=Value(step.OVERDUE),
                output_field=CharField(),
            )
        )


class Escalation(Walled, Written, Findable):
    """A conflict or a lack of progress that asks for a decision: by its owner, then the director, then the top."""

    found_by = ("title",)
    written = ("title", "words", "asked", "options", "raised_on", "owner_by", "director_by", "top_by", "wall_id")

    class Step(models.TextChoices):
        """Whose it is to decide, in the order in which it climbs."""

        OWNER = "owner", _("with its owner")
        DIRECTOR = "director", _("with the director")
        TOP = "top", _("with top management")
        OVERDUE = "overdue", _("overdue at the top")
        DECIDED = "decided", _("decided")

    title = models.CharField(max_length=200)
    words = models.TextField()
    asked = models.CharField(max_length=300)  # the decision asked for
    options = models.JSONField(default=list)  # to choose among
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="escalations")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="escalations")
    about_type = models.CharField(max_length=49, blank=True)  # what it was raised from; see queries/subjects.py
    about_id = models.BigIntegerField(null=True, blank=True)
    raised_on = models.DateField()
    raised_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    owner_by = models.DateField()
    director_by = models.DateField()
    top_by = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    climbed = models.CharField(max_length=20, choices=Step, default=Step.OWNER, editable=False)  # whom we told last

    objects = ScopedManager.from_queryset(EscalationQuerySet)()

    class Meta(SectorModel.Meta):
        """The clock only goes on."""

        constraints = (
            models.CheckConstraint(
                condition=Q(director_by__gte=F("owner_by"), top_by__gte=F("director_by")), name="escalation_clock"
            ),
        )
        ordering = ("top_by", "pk")

    def __str__(self) -> str:
        return self.title


class DecisionQuerySet(StaysWritten, FindableQuerySet["Decision"]):
    """Questions about decisions."""


class Decision(Walled, Written, Findable):
    """What was decided, why, and by whom. It is never changed; what followed is noted beside it."""

    found_by = ("what",)
    written = ("what", "chosen", "why", "decided_on", "wall_id")
    walled_by = ("escalation", "session")

    what = models.CharField(max_length=300)  # the question
    chosen = models.TextField()
    why = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="decisions")
    escalation = models.ForeignKey(Escalation, models.PROTECT, null=True, blank=True, related_name="decisions")
    session = models.ForeignKey(
        "direction.SteeringSession", models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    decided_on = models.DateField()
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="decisions")

    objects = ScopedManager.from_queryset(DecisionQuerySet)()

    class Meta(SectorModel.Meta):
        """The newest first."""

        ordering = ("-decided_on", "-pk")

    def __str__(self) -> str:
        return self.what


class FollowUp(Written):
    """What followed from a decision."""

    written = ("words", "noted_on")
    walled_by = ("decision",)

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="followed")
    words = models.TextField()
    noted_on = models.DateField()
    noted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(WrittenQuerySet)()

    class Meta(SectorModel.Meta):
        """In the order of time."""

        ordering = ("noted_on", "pk")

    def __str__(self) -> str:
        return self.words[:100]
