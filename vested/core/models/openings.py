"""Walls opened for a while to somebody without the hat, by a second person, with all that was looked at."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from vested.core.models.hats import Counterparty
from vested.core.models.people import Person
from vested.core.scope import Scope, ScopedManager, ScopedQuerySet, SectorModel

if TYPE_CHECKING:
    from vested.core.viewer import Viewer


class OpeningQuerySet(ScopedQuerySet["Opening"]):
    """Questions about openings."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Everybody's: whose walls were opened to whom, and why, is no secret in the sector."""
        return self.filter(sector=viewer.sector)

    def in_force(self, at: datetime) -> Self:
        """Those that open walls at that moment."""
        return self.filter(granted=True, ended_at=None, until__gt=at)


class Opening(SectorModel):
    """That somebody asks to look behind the walls towards a counterparty, and what a second person answered.

    It opens nothing but to look, to that person alone, while they say that they do, and ends by itself.
    """

    scope = Scope.PERSONAL

    person = models.ForeignKey(Person, models.CASCADE, related_name="openings")
    counterparty = models.ForeignKey(Counterparty, models.PROTECT, related_name="openings")
    why = models.TextField()
    hours = models.PositiveSmallIntegerField()  # from when it is granted
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    granted = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True)
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # before its time

    objects = ScopedManager.from_queryset(OpeningQuerySet)()

    class Meta(SectorModel.Meta):
        """Newest first; nobody answers themselves."""

        constraints = (
            models.CheckConstraint(condition=~Q(answered_by=F("person")), name="opening_by_a_second_person"),
        )
        ordering = ("-asked_at", "-pk")

    def __str__(self) -> str:
        return str(self.counterparty)

    def is_open(self, at: datetime) -> bool:
        """Whether it opens walls at that moment."""
        return bool(self.granted and self.ended_at is None and self.until and self.until > at)


class OpeningLookQuerySet(ScopedQuerySet["OpeningLook"]):
    """Questions about what was looked at."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Everybody's, as the openings are."""
        return self.filter(sector=viewer.sector)


class OpeningLook(SectorModel):
    """A page somebody looked at while walls were open to them; never changed."""

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="looks")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    at = models.DateTimeField()

    objects = ScopedManager.from_queryset(OpeningLookQuerySet)()

    class Meta(SectorModel.Meta):
        """Newest first."""

        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.path
