"""Where the office draws its lines: data, so that an office changes them without a programmer."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from vested.core.scope import ScopedManager, ScopedQuerySet, SectorModel

SHARE = (MinValueValidator(0.0), MaxValueValidator(1.0))


class Thresholds(SectorModel):
    """The lines of a sector; one that has drawn none has the defaults."""

    large_from = models.DecimalField(max_digits=16, decimal_places=2, default=Decimal(1_000_000))  # cost in all
    watch = models.FloatField(default=0.1, validators=[MinValueValidator(0)])  # drifting above this share
    off = models.FloatField(default=0.3, validators=[MinValueValidator(0)])  # off course above this one
    stale_days = models.PositiveSmallIntegerField(default=92)  # a claim or a figure older than that says nothing
    increment_days = models.PositiveSmallIntegerField(default=42)  # something is shown as often
    explore_least = models.FloatField(default=0.1, validators=SHARE)
    explore_most = models.FloatField(default=0.4, validators=SHARE)
    version = models.PositiveIntegerField(default=1, editable=False)  # counted up by locking.hold

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """One a sector."""

        constraints = (models.UniqueConstraint(fields=("sector",), name="thresholds_once"),)
        verbose_name_plural = "thresholds"

    def __str__(self) -> str:
        return "thresholds"
