"""What an initiative is for, and what was found when somebody looked."""

from django.core.validators import MinValueValidator
from django.db import models

from vested.core.models import Person
from vested.core.scope import ScopedManager, ScopedQuerySet, SectorModel
from vested.direction.models.written import Written, WrittenQuerySet
from vested.portfolio.models.initiatives import Initiative


class Benefit(SectorModel):
    """What is to be better, by how much, who answers for it, and on which day somebody looks."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="benefits")
    words = models.CharField(max_length=300)
    economic = models.BooleanField()  # counted in the sector's currency
    amount = models.FloatField(validators=[MinValueValidator(0)])  # a year; more is better
    counts = models.CharField(max_length=60, blank=True)  # the unit of count, where it is not money
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="benefits")
    review_on = models.DateField(null=True, blank=True)  # when somebody looks next
    reminded = models.BooleanField(default=False, editable=False)  # that the day has come

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """In the order they were named."""

        ordering = ("pk",)

    def __str__(self) -> str:
        return self.words


class Review(Written):
    """What was found of a benefit on a day."""

    written = ("on", "found", "words")

    benefit = models.ForeignKey(Benefit, models.CASCADE, related_name="reviews")
    on = models.DateField()
    found = models.FloatField()
    words = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(WrittenQuerySet)()

    class Meta(SectorModel.Meta):
        """In the order of time."""

        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.found:g} on {self.on}"
