"""The noun of the ecosystem."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from vested.core.finding import Findable, FindableQuerySet
from vested.core.models import Counterparty, Person, Unit
from vested.core.scope import ScopedManager, SectorModel, Walled

SOON = timedelta(days=90)  # before it ends, an agreement is ending: to be renewed, or let go


class AgreementQuerySet(FindableQuerySet["Agreement"]):
    """Questions about agreements."""

    def with_state(self, day: date) -> Self:
        """Each with its ``state`` on that day, computed from its dates."""
        state = Agreement.State
        return self.annotate(
            state=Case(
                When(ended_on__lte=day, then=Value(state.OVER)),
                When(ends_on__lt=day, then=Value(state.OVER)),
                When(starts_on__gt=day, then=Value(state.TO_COME)),
                When(ends_on__lte=day + SOON, then=Value(state.ENDING)),
                default=Value(state.RUNNING),
                output_field=CharField(),
            )
        )


class Agreement(Walled, Findable):
    """What is agreed with a counterparty: who is what to whom in it, from and until when."""

    found_by = ("title", "code")

    class State(models.TextChoices):
        """How it stands on a day."""

        TO_COME = "to_come", _("to come")
        RUNNING = "running", _("running")
        ENDING = "ending", _("ends soon")
        OVER = "over", _("ended")

    title = models.CharField(max_length=200)
    code = models.CharField(max_length=100, blank=True)  # the office's own: where the signed paper is kept
    counterparty = models.ForeignKey(Counterparty, models.PROTECT, related_name="agreements")
    roles = models.TextField()  # who is what to whom in it
    words = models.TextField()  # what is agreed
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="agreements")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="agreements")
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)  # before its time
    ended_why = models.TextField(blank=True)
    reminded = models.BooleanField(default=False, editable=False)  # that it ends soon

    objects = ScopedManager.from_queryset(AgreementQuerySet)()

    class Meta(SectorModel.Meta):
        """The next to end first; it ends after it starts."""

        constraints = (models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="agreement_ends_after"),)
        ordering = ("ends_on", "pk")

    def __str__(self) -> str:
        return self.title
