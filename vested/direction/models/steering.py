"""What leaders hope for, and the sessions in which they steer."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from vested.core.finding import Findable, FindableQuerySet
from vested.core.models import Person, Unit
from vested.core.permissions import Permission
from vested.core.scope import ScopedManager, ScopedQuerySet, SectorModel, Walled
from vested.direction.models.vision import Need
from vested.direction.models.written import Written, WrittenQuerySet

if TYPE_CHECKING:
    from vested.core.viewer import Viewer


class HopeQuerySet(WrittenQuerySet["Hope"]):
    """Questions about hopes."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """One's own, and those of units where the viewer may look."""
        if viewer.may(Permission.DIRECTION_SEE):
            return self
        seen = viewer.below(Permission.DIRECTION_SEE, "unit__path")
        return self.filter(seen | models.Q(person=viewer.person) if viewer.person else seen)


class Hope(Written):
    """A manager's own answer to what digital can do for them; somebody takes it up, or says why not."""

    written = ("words", "said_on")

    class Outcome(models.TextChoices):
        """What became of it."""

        NEED = "need", _("taken up as a need")
        IDEA = "idea", _("taken up as an idea")
        DECLINED = "declined", _("declined, with a reason")

    person = models.ForeignKey(Person, models.CASCADE, related_name="hopes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="hopes")
    words = models.TextField()
    said_on = models.DateField()
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="hopes")  # taken up as one
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(HopeQuerySet)()

    class Meta(SectorModel.Meta):
        """The newest first."""

        ordering = ("-said_on", "-pk")

    def __str__(self) -> str:
        return self.words[:100]


class SteeringSession(Walled, Findable):
    """A meeting of a forum in which leaders steer: what it is shown is its pack, what it says becomes decisions."""

    found_by = ("forum",)

    forum = models.CharField(max_length=200)
    on = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="steering_sessions")

    objects = ScopedManager.from_queryset(FindableQuerySet)()

    class Meta(SectorModel.Meta):
        """The newest first; a forum meets once a day, behind each wall once more."""

        constraints = (
            models.UniqueConstraint(
                fields=("sector", "forum", "on"), condition=models.Q(wall=None), name="steering_session_once"
            ),
            models.UniqueConstraint(fields=("wall", "forum", "on"), name="steering_session_behind_once"),
        )
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return self.forum


class Attendance(SectorModel):
    """That somebody was there."""

    walled_by = ("session",)

    session = models.ForeignKey(SteeringSession, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.CASCADE, related_name="attendances")

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """Each once."""

        constraints = (models.UniqueConstraint(fields=("session", "person"), name="attendance_once"),)

    def __str__(self) -> str:
        return f"{self.person} at {self.session}"
