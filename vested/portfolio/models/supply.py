"""What there is for initiatives in each quarter: people of the pools, and money."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models

from vested.core.scope import ScopedManager, ScopedQuerySet, SectorModel
from vested.portfolio.models.modes import Pool


class Capacity(SectorModel):
    """How many full-time people of a pool there are for initiatives in a quarter; where none is said, nobody is."""

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="capacities")
    quarter = models.DateField()  # its first day
    people = models.FloatField(validators=[MinValueValidator(0)])

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """One a pool and quarter."""

        constraints = (models.UniqueConstraint(fields=("pool", "quarter"), name="capacity_once"),)
        ordering = ("quarter", "pool")

    def __str__(self) -> str:
        return f"{self.people:g} of {self.pool} from {self.quarter}"


class Money(SectorModel):
    """How much money there is for initiatives in a quarter; where a sector has said none at all, there is no limit."""

    quarter = models.DateField()  # its first day
    amount = models.DecimalField(max_digits=16, decimal_places=2, validators=[MinValueValidator(Decimal(0))])

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """One a quarter."""

        constraints = (models.UniqueConstraint(fields=("sector", "quarter"), name="money_once"),)
        ordering = ("quarter",)

    def __str__(self) -> str:
        return f"{self.amount} from {self.quarter}"
