"""What is to be reached, how that is measured, and what was observed."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vested.core.finding import Findable, FindableQuerySet
from vested.core.models import Person, Unit
from vested.core.scope import Outside, ScopedManager, SectorModel
from vested.direction.models.written import Written, WrittenQuerySet


class Objective(Findable):
    """What somebody wants to have reached by some day, for a unit or the whole sector, under the vision or another."""

    found_by = ("title", "code")
    outside = Outside(
        _("Objective"),
        {"why": _("Why"), "about": _("Whom it is about"), "starts_on": _("From"), "ends_on": _("Until")},
    )

    class About(models.TextChoices):
        """Whom it is about."""

        USERS = "users", _("Those we serve")
        TOGETHER = "together", _("Working together")
        PARTNERS = "partners", _("Being a partner others want")
        OURSELVES = "ourselves", _("How we work ourselves")

    code = models.CharField(max_length=100, blank=True)  # the office's own
    title = models.CharField(max_length=200)
    why = models.TextField()
    about = models.CharField(max_length=20, choices=About, default=About.USERS)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="objectives")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="objectives")
    starts_on = models.DateField()
    ends_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_why = models.TextField(blank=True)
    reached = models.BooleanField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)  # counted up by locking.hold

    objects = ScopedManager.from_queryset(FindableQuerySet)()

    class Meta(SectorModel.Meta):
        """One code a sector, for those that have one; it ends after it begins."""

        constraints = (
            models.UniqueConstraint(fields=("sector", "code"), condition=~Q(code=""), name="objective_code"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="objective_ends_after"),
        )
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title


class Measure(Written):
    """How one sees that an objective is near: from where, to where, by when, and how often somebody looks."""

    written = ("name", "counts", "better", "baseline", "baseline_on", "target", "target_on", "path", "every_days")

    class Better(models.TextChoices):
        """Which way is better."""

        MORE = "more", _("More is better")
        LESS = "less", _("Less is better")

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="measures")
    name = models.CharField(max_length=200)
    counts = models.CharField(max_length=60)  # the unit of count: "%", "days", "complaints a month"
    better = models.CharField(max_length=10, choices=Better, default=Better.MORE)
    baseline = models.FloatField()
    baseline_on = models.DateField()
    target = models.FloatField()
    target_on = models.DateField()
    path = models.JSONField(default=list, blank=True)  # points between: [["2027-06-30", 45.0], …], by day
    every_days = models.PositiveSmallIntegerField(default=92, validators=[MinValueValidator(1)])

    objects = ScopedManager.from_queryset(WrittenQuerySet)()

    class Meta(SectorModel.Meta):
        """By name."""

        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Observation(Written):
    """What was seen of a measure on a day, where from, and how sure that is; a later one of the day corrects it."""

    written = ("on", "value", "error", "source", "doubt")

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="observations")
    on = models.DateField()
    value = models.FloatField()
    error = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0)])  # standard error, if known
    source = models.CharField(max_length=200)
    doubt = models.TextField(blank=True)  # what may be wrong with it
    noted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(WrittenQuerySet)()

    class Meta(SectorModel.Meta):
        """In the order of time."""

        indexes = (models.Index(fields=("measure", "on"), name="observation_on"),)
        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.value:g} on {self.on}"
