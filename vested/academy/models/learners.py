"""Who learns: their time, what they have taken and what they ask for; and the money."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from vested.academy.models.catalogue import Course, Session
from vested.core.models import Person, PersonalQuerySet, Unit
from vested.core.scope import Scope, ScopedManager, ScopedQuerySet, SectorModel


class Learner(SectorModel):
    """The hours a person can spend on learning over the whole horizon, and the languages it can be in."""

    scope = Scope.PERSONAL

    person = models.OneToOneField(Person, models.CASCADE, related_name="learner")
    hours = models.FloatField(validators=[MinValueValidator(0)])
    languages = models.JSONField(default=list, blank=True)  # none: every language

    objects = ScopedManager.from_queryset(PersonalQuerySet)()

    class Meta(SectorModel.Meta):
        """As every model of a sector."""

    def __str__(self) -> str:
        return f"{self.person}: {self.hours:g} h"


class Completion(SectorModel):
    """A course a person has taken: in a ``session`` whose attendance was recorded here, or before."""

    scope = Scope.PERSONAL

    person = models.ForeignKey(Person, models.CASCADE, related_name="completions")
    course = models.ForeignKey(Course, models.PROTECT, related_name="completions")
    completed_on = models.DateField(null=True, blank=True)
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="completions")

    objects = ScopedManager.from_queryset(PersonalQuerySet)()

    class Meta(SectorModel.Meta):
        """One a person and course."""

        constraints = (models.UniqueConstraint(fields=("person", "course"), name="completion_once"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.course}"


class Wish(SectorModel):
    """A course a person asks for."""

    scope = Scope.PERSONAL

    person = models.ForeignKey(Person, models.CASCADE, related_name="wishes")
    course = models.ForeignKey(Course, models.CASCADE, related_name="wishes")
    weight = models.FloatField(default=0.2, validators=[MinValueValidator(0)])

    objects = ScopedManager.from_queryset(PersonalQuerySet)()

    class Meta(SectorModel.Meta):
        """One a person and course."""

        constraints = (models.UniqueConstraint(fields=("person", "course"), name="wish_once"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.course}"


class Budget(SectorModel):
    """Money for training, over the whole horizon, of a unit and all below it (no unit: of the whole sector)."""

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="training_budgets")
    amount = models.DecimalField(max_digits=14, decimal_places=2, validators=[MinValueValidator(0)])

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """One a unit."""

        constraints = (
            models.UniqueConstraint(fields=("sector", "unit"), name="budget_once"),
            models.UniqueConstraint(fields=("sector",), condition=Q(unit=None), name="budget_once_overall"),
        )

    def __str__(self) -> str:
        return f"{self.unit or self.sector}: {self.amount}"
