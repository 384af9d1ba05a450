"""What initiatives build on, and what is in use: building blocks, which are systems once they exist."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vested.core.finding import Findable, FindableQuerySet
from vested.core.models import Counterparty, Person, Unit
from vested.core.scope import ScopedManager, SectorModel, Walled
from vested.portfolio.models.initiatives import Initiative


class BlockQuerySet(FindableQuerySet["Block"]):
    """Questions about building blocks."""

    def with_state(self, day: date) -> Self:
        """Each with its ``state`` on that day."""
        state = Block.State
        return self.annotate(
            state=Case(
                When(ended_on__isnull=False, then=Value(state.OVER)),
                When(exists=False, then=Value(state.TO_COME)),
                When(ends_on__lt=day, then=Value(state.LATE)),
                When(ends_on__isnull=False, then=Value(state.ENDING)),
                default=Value(state.IN_USE),
                output_field=CharField(),
            )
        )


class Block(Walled, Findable):
    """A building block that initiatives use: it ``exists``, or one initiative supplies it when it is finished.

    One that exists is a system in use, of a unit, until somebody says that it has ended; then it is there no more.
    """

    class State(models.TextChoices):
        """How it stands on a day."""

        TO_COME = "to_come", _("not there yet")
        IN_USE = "in_use", _("in use")
        ENDING = "ending", _("to be ended")
        LATE = "late", _("should have ended")
        OVER = "over", pgettext_lazy("system", "ended")

    code = models.CharField(max_length=100)  # the office's own
    name = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)  # what it is for
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="systems")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="systems")
    supplier = models.ForeignKey(Counterparty, models.PROTECT, null=True, blank=True, related_name="systems")
    exists = models.BooleanField(default=True)
    since = models.DateField(null=True, blank=True)  # in use, or to be
    ends_on = models.DateField(null=True, blank=True)  # it is to be ended
    supplied_by = models.ForeignKey(Initiative, models.PROTECT, null=True, blank=True, related_name="supplies")
    replaced_by = models.ForeignKey(Initiative, models.PROTECT, null=True, blank=True, related_name="replaces")
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)  # counted up by locking.hold

    objects = ScopedManager.from_queryset(BlockQuerySet)()

    class Meta(SectorModel.Meta):
        """One code a sector, and one behind each wall; it ends after it begins."""

        constraints = (
            models.UniqueConstraint(fields=("sector", "code"), condition=Q(wall=None), name="block_code"),
            models.UniqueConstraint(fields=("wall", "code"), name="block_code_within"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("since")), name="block_ends_after"),
        )
        ordering = ("name", "code")

    def __str__(self) -> str:
        return self.name
