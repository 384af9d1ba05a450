"""The ways to carry an initiative out: what each costs, whom it takes, what it builds on."""

from datetime import date
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from vested.core.finding import Findable, FindableQuerySet
from vested.core.models import Person
from vested.core.scope import ScopedManager, ScopedQuerySet, SectorModel
from vested.portfolio.models.initiatives import Initiative
from vested.portfolio.models.systems import Block
from vested.portfolio.queries.quarters import later, quarter_of


class Pool(Findable):
    """People of one competence who can be assigned to initiatives."""

    code = models.CharField(max_length=100)  # the office's own
    name = models.CharField(max_length=200)
    rate = models.DecimalField(
        max_digits=16, decimal_places=2, default=Decimal(0), validators=[MinValueValidator(Decimal(0))]
    )  # what one more person would cost for a quarter

    objects = ScopedManager.from_queryset(FindableQuerySet)()

    class Meta(SectorModel.Meta):
        """One code a sector."""

        constraints = (models.UniqueConstraint(fields=("sector", "code"), name="pool_code"),)
        ordering = ("name", "code")

    def __str__(self) -> str:
        return self.name


class Mode(SectorModel):
    """A way to carry an initiative out, over so many quarters; what it brings each year once it is live.

    A pilot says who scales it, by which money, and on which day it ends: else it passes no gate.
    """

    class Kind(models.TextChoices):
        """Which way."""

        REUSE = "reuse", _("reuse what exists")
        PILOT = "pilot", _("pilot, then scale")
        ROLLOUT = "rollout", _("roll out")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="modes")
    kind = models.CharField(max_length=20, choices=Kind)
    quarters = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    benefit = models.FloatField(default=0.0, validators=[MinValueValidator(0)])
    scaling_owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    scaling_path = models.TextField(blank=True)  # from which money it is scaled
    pilot_ends_on = models.DateField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """Each way once."""

        constraints = (models.UniqueConstraint(fields=("initiative", "kind"), name="mode_once"),)
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def cost(self) -> Decimal:
        """What it costs in all."""
        return sum((one.cost for one in self.costs.all()), Decimal(0))

    def ends(self, starts_on: date) -> date:
        """The day after it is finished, where it starts in the quarter of a day."""
        return later(quarter_of(starts_on), self.quarters)


class Cost(SectorModel):
    """What a mode costs in a quarter, 1 being its first."""

    mode = models.ForeignKey(Mode, models.CASCADE, related_name="costs")
    quarter = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    cost = models.DecimalField(max_digits=16, decimal_places=2, validators=[MinValueValidator(0)])

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """One a quarter."""

        constraints = (models.UniqueConstraint(fields=("mode", "quarter"), name="cost_once"),)
        ordering = ("quarter",)

    def __str__(self) -> str:
        return f"{self.cost} in quarter {self.quarter}"


class Crew(SectorModel):
    """How many full-time people of a pool a mode takes in a quarter, 1 being its first."""

    mode = models.ForeignKey(Mode, models.CASCADE, related_name="crews")
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="+")
    quarter = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    people = models.FloatField(validators=[MinValueValidator(0)])

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """One a pool and quarter."""

        constraints = (models.UniqueConstraint(fields=("mode", "pool", "quarter"), name="crew_once"),)
        ordering = ("pool", "quarter")

    def __str__(self) -> str:
        return f"{self.people:g} of {self.pool} in quarter {self.quarter}"


class BlockUse(SectorModel):
    """That a mode builds on a block."""

    walled_by = ("block",)

    mode = models.ForeignKey(Mode, models.CASCADE, related_name="block_uses")
    block = models.ForeignKey(Block, models.PROTECT, related_name="uses")

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """Each once."""

        constraints = (models.UniqueConstraint(fields=("mode", "block"), name="block_use_once"),)
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.mode} on {self.block}"
