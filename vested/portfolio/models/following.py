"""What was promised when an initiative was approved, what became of it, and what its owner says of that."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from vested.core.models import Person
from vested.core.scope import ScopedManager, SectorModel
from vested.direction.models.written import Written, WrittenQuerySet
from vested.portfolio.models.initiatives import Initiative
from vested.portfolio.models.kept import Kept, KeptQuerySet, StaysListed
from vested.portfolio.models.modes import Mode


class Standing(models.TextChoices):
    """How something stands beside what was frozen; the worst first."""

    OFF = "off", _("off course")
    WATCH = "watch", _("drifting")
    UNKNOWN = "unknown", _("not known")
    ON_COURSE = "on_course", _("on course")


class Side(models.TextChoices):
    """The sides on which an initiative is looked at."""

    COST = "cost", _("Cost")
    SCHEDULE = "schedule", _("Schedule")
    ECONOMIC = "economic", _("Economic benefit")
    OTHER = "other", _("Other benefit")


class BaselineQuerySet(StaysListed, WrittenQuerySet["Baseline"]):
    """Questions about what was frozen."""


class Baseline(Kept, Written):
    """What was decided that an initiative costs, how long it takes and what it brings: frozen. A later one follows it.

    ``costs`` are by quarter from the first, ``benefits`` each ``{id, words, economic, amount}``.
    """

    written = ("number", "on", "why", "kind", "starts_on", "ends_on", "cost", "costs", "benefits")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="baselines")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    why = models.TextField()
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Mode.Kind)
    starts_on = models.DateField()
    ends_on = models.DateField()
    cost = models.DecimalField(max_digits=16, decimal_places=2)
    costs = models.JSONField(default=list)
    benefits = models.JSONField(default=list)

    objects = ScopedManager.from_queryset(BaselineQuerySet)()

    class Meta(SectorModel.Meta):
        """In their order."""

        constraints = (models.UniqueConstraint(fields=("initiative", "number"), name="baseline_number"),)
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def economic(self) -> float:
        """What it was to bring in money, a year."""
        return sum(float(one["amount"]) for one in self.benefits if one["economic"])


class Spending(Written):
    """What was spent on an initiative in a quarter; of one quarter the newest counts, and what was noted stays."""

    written = ("quarter", "amount", "noted_on", "source")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="spendings")
    quarter = models.DateField()  # its first day
    amount = models.DecimalField(max_digits=16, decimal_places=2, validators=[MinValueValidator(0)])
    source = models.CharField(max_length=200)
    noted_on = models.DateField()
    noted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(WrittenQuerySet)()

    class Meta(SectorModel.Meta):
        """In the order of time."""

        ordering = ("quarter", "pk")

    def __str__(self) -> str:
        return f"{self.amount} in {self.quarter}"


class Claim(Written):
    """What an owner says of how an initiative stands, on each side."""

    written = ("cost", "schedule", "economic", "other", "words", "on")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="claims")
    cost = models.CharField(max_length=20, choices=Standing)
    schedule = models.CharField(max_length=20, choices=Standing)
    economic = models.CharField(max_length=20, choices=Standing)
    other = models.CharField(max_length=20, choices=Standing)
    words = models.TextField(blank=True)
    on = models.DateField()
    said_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(WrittenQuerySet)()

    class Meta(SectorModel.Meta):
        """In the order of time."""

        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"claimed on {self.on}"


class Difference(Kept):
    """That what was claimed was not what was computed, on a day. It stays until somebody closes it with a reason."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="differences")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="differences")
    side = models.CharField(max_length=20, choices=Side)
    claimed = models.CharField(max_length=20, choices=Standing)
    computed = models.CharField(max_length=20, choices=Standing)
    seen_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_why = models.TextField(blank=True)
    closed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(KeptQuerySet)()

    class Meta(SectorModel.Meta):
        """The newest first; each side of a claim once."""

        constraints = (models.UniqueConstraint(fields=("claim", "side"), name="difference_once"),)
        ordering = ("-seen_on", "-pk")

    def __str__(self) -> str:
        return f"{self.side}: {self.claimed} claimed, {self.computed} computed"
