"""The vision, what it rests on, what it means for each unit, and when it was told."""

from datetime import date
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from vested.core.models import Person, Unit
from vested.core.scope import M, ScopedManager, SectorModel
from vested.direction.models.written import Written, WrittenQuerySet


class Vision(Written):
    """What the office is for. Each version stays as it was written; the newest counts."""

    written = ("number", "purpose", "why", "since")

    number = models.PositiveIntegerField()
    purpose = models.TextField()
    why = models.TextField(blank=True)  # what made it change
    since = models.DateField()
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(WrittenQuerySet)()

    class Meta(SectorModel.Meta):
        """Newest first; numbers have no gaps."""

        constraints = (models.UniqueConstraint(fields=("sector", "number"), name="vision_number"),)
        ordering = ("-number",)

    def __str__(self) -> str:
        return self.purpose[:100]


class LastingQuerySet(WrittenQuerySet[M]):
    """Questions about what holds from a day, and perhaps until another."""

    def held_on(self, day: date) -> Self:
        """What held on that day."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class Lasting(Written):
    """Something the vision rests on, from some day, and perhaps no longer. It is ended, never deleted."""

    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    why_ended = models.TextField(blank=True)

    class Meta(SectorModel.Meta):
        """As all of a sector."""

        abstract = True


class Future(Lasting):
    """How the world may be in ten years, and what that asks of the office."""

    written = ("title", "year", "story", "stays", "good_at", "since")

    title = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    story = models.TextField()
    stays = models.TextField(blank=True)  # what of the office stays relevant
    good_at = models.TextField(blank=True)  # what it must be especially good at

    objects = ScopedManager.from_queryset(LastingQuerySet)()

    class Meta(Lasting.Meta):
        """The nearest first; it ends after it begins."""

        constraints = (
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="future_ends_after"),
        )
        ordering = ("year", "title", "pk")

    def __str__(self) -> str:
        return self.title


class Need(Lasting):
    """What a named group of users needs, and how we know."""

    written = ("group", "words", "evidence", "evidence_on", "since")

    group = models.CharField(max_length=200)
    words = models.TextField()
    evidence = models.TextField()
    evidence_on = models.DateField()

    objects = ScopedManager.from_queryset(LastingQuerySet)()

    class Meta(Lasting.Meta):
        """Groups stay together; it ends after it begins."""

        constraints = (
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="need_ends_after"),
        )
        ordering = ("group", "pk")

    def __str__(self) -> str:
        return f"{self.group}: {self.words}"[:200]


class Meaning(Written):
    """What the vision means for a unit, in its own words; the newest counts, older ones stay."""

    written = ("words", "said_on")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meanings")
    words = models.TextField()
    said_on = models.DateField()
    said_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    reminded_on = models.DateField(null=True, blank=True)  # that it has grown old

    objects = ScopedManager.from_queryset(WrittenQuerySet)()

    class Meta(SectorModel.Meta):
        """Newest first."""

        indexes = (models.Index(fields=("unit", "-said_on"), name="meaning_newest"),)
        ordering = ("-said_on", "-pk")

    def __str__(self) -> str:
        return self.words[:100]


class Retelling(Written):
    """That somebody told the vision again: when, to whom, and what was asked."""

    written = ("told_on", "audience", "heard", "words")

    told_on = models.DateField()
    told_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="retellings")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")  # none: whole sector
    audience = models.CharField(max_length=200)
    heard = models.PositiveIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])  # how many people
    words = models.TextField(blank=True)  # what was asked, and what the answer was

    objects = ScopedManager.from_queryset(WrittenQuerySet)()

    class Meta(SectorModel.Meta):
        """Newest first."""

        ordering = ("-told_on", "-pk")

    def __str__(self) -> str:
        return self.audience
