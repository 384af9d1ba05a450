"""How well people can do things, row by row, and as one picture of the whole sector."""

from django.core.validators import MinValueValidator
from django.db import models

from vested.core.models import Person, PersonalQuerySet
from vested.core.scope import Scope, ScopedManager, ScopedQuerySet, SectorModel
from vested.skills.models.frameworks import Skill


class Level(SectorModel):
    """The level a person has in a skill, how sure that is, and where it comes from. No row means level 0."""

    scope = Scope.PERSONAL

    person = models.ForeignKey(Person, models.CASCADE, related_name="levels")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="levels")
    level = models.FloatField(validators=[MinValueValidator(0)])
    error = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0)])  # standard error, in levels
    source = models.CharField(max_length=100, blank=True)  # self, manager, test, evidence
    assessed_on = models.DateField(null=True, blank=True)

    objects = ScopedManager.from_queryset(PersonalQuerySet)()

    class Meta(SectorModel.Meta):
        """One a person and skill."""

        constraints = (models.UniqueConstraint(fields=("person", "skill"), name="level_once"),)
        indexes = (
            models.Index(fields=("sector", "person"), name="level_person"),  # else SQLite reads all of the sector's
            models.Index(fields=("sector", "assessed_on"), name="level_assessed"),  # the oldest and the newest at once
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.skill} at {self.level:g}"


class Snapshot(SectorModel):
    """All people, posts and levels of the sector at a moment, as arrays: what the gap explorer counts.

    ``arrays`` is an .npz file; ``queries/gaps/computed.py`` writes and reads it. It holds no names.
    """

    taken_at = models.DateTimeField()
    arrays = models.BinaryField()

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """Newest first."""

        ordering = ("-taken_at", "-pk")

    def __str__(self) -> str:
        return f"{self.sector} at {self.taken_at:%Y-%m-%d %H:%M}"
