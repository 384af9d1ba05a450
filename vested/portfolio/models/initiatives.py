"""What the office undertakes, and what has to be there first."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext_lazy as _

from vested.core.finding import MOST_WORDS, folded
from vested.core.models import Link, Person, Unit
from vested.core.scope import ScopedManager, ScopedQuerySet, SectorModel
from vested.portfolio.models.kept import Kept, KeptQuerySet
from vested.skills.models import Source

if TYPE_CHECKING:
    from datetime import date


class InitiativeQuerySet(KeptQuerySet["Initiative"]):
    """Questions about initiatives. They are no secret within their sector."""

    def finding(self, words: str) -> Self:
        """Those whose title or code has every word."""
        rows = self
        for word in folded(words).split()[:MOST_WORDS]:
            rows = rows.filter(source__find__contains=word)
        return rows

    def looked_at(self) -> Self:
        """Each with all that its standing is computed from, in as many statements however many there are."""
        frozen = apps.get_model("portfolio.Baseline")._default_manager.select_related("decided_by")
        rows = self.select_related("sector", "source", "unit", "owner", "mode")
        return rows.prefetch_related(
            "modes__costs", "benefits__reviews", Prefetch("baselines", frozen), "spendings", "claims"
        )

    def gated(self) -> Self:
        """Each with all that its gates are computed from as well; ``serves`` is whether it serves an objective."""
        uses = apps.get_model("portfolio.BlockUse")._default_manager
        waits = Dependence.objects.select_related("needs__source", "needs__mode")
        built = uses.select_related("block__supplied_by__source", "block__supplied_by__mode")
        rows = self.looked_at().select_related("handover")
        rows = rows.annotate(serves=Exists(Link.objects.filter(kind="serves", source_id=OuterRef("source_id"))))
        return rows.prefetch_related(
            Prefetch("modes__block_uses", built), Prefetch("dependences", waits), "judgements", "waivers", "passages",
            "increments", "differences",
        )  # fmt: skip


class Initiative(Kept):
    """Work that changes something; its title and code are those of its ``source``. It is closed, and never deleted."""

    class Kind(models.TextChoices):
        """Whether it tries something new or makes better what there is."""

        EXPLORE = "explore", _("explore")
        EXPLOIT = "exploit", _("exploit")

    class Stage(models.TextChoices):
        """How far it has come; a gate stands before each stage but the first."""

        IDEA = "idea", _("idea")
        PREPARED = "prepared", _("prepared")
        APPROVED = "approved", _("approved")
        DELIVERY = "delivery", _("in delivery")
        LIVE = "live", _("live")
        CLOSED = "closed", _("closed")

    class Outcome(models.TextChoices):
        """How it ended. Stopping is an outcome, with a lesson."""

        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")

    source = models.OneToOneField(Source, models.PROTECT, related_name="initiative")
    why = models.TextField()
    changes = models.TextField(blank=True)  # which process and which structure change with it
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="initiatives")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="initiatives")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.EXPLOIT)
    mandatory = models.BooleanField(default=False)
    risk = models.FloatField(default=0.0, validators=[MinValueValidator(0)])
    earliest = models.DateField(null=True, blank=True)  # first day it may start on
    latest = models.DateField(null=True, blank=True)
    group = models.CharField(max_length=100, blank=True)  # of those with the same one, at most one starts
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.IDEA)
    stage_since = models.DateField()
    mode = models.ForeignKey("portfolio.Mode", models.PROTECT, null=True, blank=True, related_name="+")  # the chosen
    starts_on = models.DateField(null=True, blank=True)
    live_on = models.DateField(null=True, blank=True)
    reopened_on = models.DateField(null=True, blank=True)  # a gate it has passed asks again
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    closed_why = models.TextField(blank=True)
    lesson = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)  # counted up by locking.hold

    objects = ScopedManager.from_queryset(InitiativeQuerySet)()

    class Meta(SectorModel.Meta):
        """In the order they were opened."""

        indexes = (models.Index(fields=("sector", "stage"), name="initiative_stage"),)
        ordering = ("opened_on", "pk")

    def __str__(self) -> str:
        return self.source.title

    @property
    def code(self) -> str:
        """The office's own."""
        return self.source.code

    @property
    def ends_on(self) -> "date | None":
        """The day after it is planned to be finished, as it is planned now."""
        return self.mode.ends(self.starts_on) if self.mode and self.starts_on else None

    def close(self, *, outcome: str, why: str, lesson: str, on: "date") -> None:
        """Be closed from a day on; a gate that was open again is so no more."""
        self.outcome, self.closed_why, self.lesson, self.closed_on, self.reopened_on = outcome, why, lesson, on, None
        self.stage, self.stage_since = self.Stage.CLOSED, on
        self.save()

    def reach(self, stage: str, on: "date") -> None:
        """Stand at a stage from a day on."""
        self.stage, self.stage_since = stage, on
        self.save(update_fields=["stage", "stage_since"])


class Dependence(SectorModel):
    """That an initiative cannot start before another is finished."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="dependences")
    needs = models.ForeignKey(Initiative, models.PROTECT, related_name="needed_by")

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """Each once."""

        constraints = (models.UniqueConstraint(fields=("initiative", "needs"), name="dependence_once"),)
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.initiative} after {self.needs}"
