"""What somebody promised, and what became of it."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from vested.core.finding import Findable, FindableQuerySet
from vested.core.models import Person, Unit
from vested.core.scope import ScopedManager, SectorModel, Walled
from vested.direction.models.objectives import Objective
from vested.direction.models.written import StaysWritten, Written, WrittenQuerySet

GRACE = timedelta(days=90)  # a promise this long overdue, without proof, is broken


class CommitmentQuerySet(StaysWritten, FindableQuerySet["Commitment"]):
    """Questions about promises."""

    def with_state(self, day: date) -> Self:
        """Each with its ``state`` on that day: computed from its dates and its proof, and kept nowhere."""
        open_still, state = Q(kept_on=None, withdrawn_on=None), Commitment.State
        return self.annotate(
            state=Case(
                When(withdrawn_on__lte=F("due_on"), then=Value(state.WITHDRAWN)),
                When(withdrawn_on__isnull=False, then=Value(state.BROKEN)),
                When(kept_on__lte=F("due_on"), then=Value(state.KEPT)),
                When(kept_on__isnull=False, then=Value(state.KEPT_LATE)),
                When(open_still & Q(due_on__gte=day), then=Value(state.OPEN)),
                When(open_still & Q(due_on__gte=day - GRACE), then=Value(state.LATE)),
                default=Value(state.BROKEN),
                output_field=CharField(),
            )
        )


class Commitment(Walled, Written, Findable):
    """Who promised what to whom by when. Its words are never changed after it is made; it is only replied to."""

    found_by = ("words", "to_whom")
    written = ("words", "to_whom", "made_on", "due_on", "proof_is", "public", "wall_id")
    walled_by = ("session",)

    class State(models.TextChoices):
        """What became of a promise. Taking it back in time is withdrawing it; later, that is breaking it."""

        OPEN = "open", _("open")
        LATE = "late", _("late")
        KEPT = "kept", _("kept on time")
        KEPT_LATE = "kept_late", _("kept late")
        BROKEN = "broken", _("broken")
        WITHDRAWN = "withdrawn", _("withdrawn")

    words = models.CharField(max_length=300)
    to_whom = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="commitments")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="commitments")
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, blank=True, related_name="commitments")
    session = models.ForeignKey(
        "direction.SteeringSession", models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    made_on = models.DateField()
    due_on = models.DateField()
    proof_is = models.CharField(max_length=300)  # what will show that it is kept
    public = models.BooleanField(default=False)  # readable without signing in
    kept_on = models.DateField(null=True, blank=True)
    proof = models.TextField(blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True)
    reminded = models.PositiveSmallIntegerField(default=0, editable=False)  # how far reminders have come

    objects = ScopedManager.from_queryset(CommitmentQuerySet)()

    class Meta(SectorModel.Meta):
        """The next due first; due on or after the day it is made."""

        constraints = (
            models.CheckConstraint(condition=Q(due_on__gte=F("made_on")), name="commitment_due_after"),
            models.CheckConstraint(condition=Q(public=False) | Q(wall=None), name="commitment_public_or_walled"),
        )
        indexes = (models.Index(fields=("sector", "due_on"), name="commitment_due"),)
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.words


class Reply(Written):
    """What was said about a promise afterwards."""

    written = ("words", "said_on")
    walled_by = ("commitment",)

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="replies")
    words = models.TextField()
    said_on = models.DateField()
    said_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(WrittenQuerySet)()

    class Meta(SectorModel.Meta):
        """In the order of time."""

        ordering = ("said_on", "pk")

    def __str__(self) -> str:
        return self.words[:100]
