"""What is shown on the way, what those who run it later need, and the contracts with others."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vested.core.models import Person, Unit
from vested.core.scope import ScopedManager, ScopedQuerySet, SectorModel
from vested.direction.models.written import Written, WrittenQuerySet
from vested.portfolio.models.initiatives import Initiative
from vested.portfolio.models.systems import Block


class Increment(Written):
    """Something that works was shown to somebody; what was learnt, and what was decided on it."""

    written = ("shown", "to_whom", "learnt", "decided", "why", "on")

    class Decided(models.TextChoices):
        """What follows."""

        CONTINUE = "continue", _("continue")
        CHANGE = "change", _("change")
        SCALE = "scale", _("scale")
        STOP = "stop", _("stop")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="increments")
    on = models.DateField()
    shown = models.TextField()
    to_whom = models.CharField(max_length=200)
    learnt = models.TextField()
    decided = models.CharField(max_length=20, choices=Decided)
    why = models.TextField()
    noted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(WrittenQuerySet)()

    class Meta(SectorModel.Meta):
        """In the order of time."""

        ordering = ("on", "pk")

    def __str__(self) -> str:
        return self.shown[:100]


class Handover(SectorModel):
    """What those need who run it when it is live: who they are, help for users, money, continuity, skills."""

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="handover")
    operator = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    support = models.TextField(blank=True)
    running_cost = models.DecimalField(
        max_digits=16, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(Decimal(0))]
    )  # a year
    continuity = models.TextField(blank=True)
    skills = models.TextField(blank=True)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """In the order they were begun."""

        ordering = ("pk",)

    def __str__(self) -> str:
        return f"handover of {self.initiative}"


class Contract(SectorModel):
    """An agreement with a supplier: until when it runs, and by when somebody decides what follows."""

    walled_by = ("block",)

    initiative = models.ForeignKey(Initiative, models.PROTECT, null=True, blank=True, related_name="contracts")
    block = models.ForeignKey(Block, models.PROTECT, null=True, blank=True, related_name="contracts")  # the system
    title = models.CharField(max_length=200)
    supplier = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="contracts")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="contracts")
    decide_by = models.DateField()  # to renew it or let it end
    ends_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    decided = models.TextField(blank=True)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """The next to decide first."""

        constraints = (models.CheckConstraint(condition=Q(ends_on__gte=F("decide_by")), name="contract_in_time"),)
        ordering = ("decide_by", "pk")

    def __str__(self) -> str:
        return self.title
