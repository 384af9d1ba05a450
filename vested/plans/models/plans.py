"""What came of asking: plans, frozen with the data they were computed from, and who learns what in each."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.academy.models import Session
from vested.core.models import Job, Person, PersonalQuerySet
from vested.core.scope import Scope, ScopedManager, ScopedQuerySet, SectorModel
from vested.plans.asked import Asked, read
from vested.plans.models.scenarios import Scenario

if TYPE_CHECKING:
    from vested.core.viewer import Viewer


class PlanQuerySet(ScopedQuerySet["Plan"]):
    """Questions about plans."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those of scenarios that exist for the viewer."""
        return self.filter(scenario__in=Scenario.objects.all().visible_to(viewer).values("pk"))

    def light(self) -> Self:
        """Without the parts that are large."""
        return self.defer("frozen", "curve", "draws", "frontier")

    def adopted(self) -> "Plan | None":
        """The plan the sector follows now."""
        return self.light().filter(state=Plan.State.ADOPTED).first()


class Plan(SectorModel):
    """The answer to a scenario at a moment.

    ``frozen`` holds the data it was computed from and all that was computed (``plans.packing``), ``curve`` the plans at
    other budgets, ``draws`` how often each assignment stays when levels are drawn anew within their error. ``seen`` is
    the number of the last line of history when its data were gathered, so that what changed since can be told.
    ``figures`` are its main figures, for lists; ``frontier`` is what more risk or more exploring buys
    (``plans.queries.frontier``).
    """

    class State(models.TextChoices):
        """How far it has come."""

        SOLVING = "solving", gettext_lazy("Being solved")
        SOLVED = "solved", gettext_lazy("Solved")
        PROPOSED = "proposed", gettext_lazy("Proposed")
        ADOPTED = "adopted", gettext_lazy("Adopted")
        REPLACED = "replaced", gettext_lazy("Replaced")

    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()  # 1, 2, … of its scenario
    state = models.CharField(max_length=20, choices=State, default=State.SOLVING)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")  # that solves it
    extra = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")  # that adds to it
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    asked = models.JSONField(default=dict)  # plans.asked.Asked, as it was
    asked_at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True, blank=True)
    seen = models.PositiveBigIntegerField(default=0)
    figures = models.JSONField(default=dict)
    frozen = models.BinaryField(null=True)
    curve = models.BinaryField(null=True)
    draws = models.BinaryField(null=True)
    frontier = models.JSONField(default=dict)
    proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_because = models.TextField(blank=True)
    answer_by = models.DateField(null=True, blank=True)  # until when people answer, once it is adopted
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_because = models.TextField(blank=True)
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")
    version = models.PositiveIntegerField(default=1, editable=False)  # counted up by locking.hold

    objects = ScopedManager.from_queryset(PlanQuerySet)()

    class Meta(SectorModel.Meta):
        """Newest first; one at a time is followed, one at a time decided on."""

        constraints = (
            models.UniqueConstraint(fields=("scenario", "number"), name="plan_number"),
            models.UniqueConstraint(fields=("sector",), condition=Q(state="adopted"), name="plan_adopted_once"),
            models.UniqueConstraint(fields=("sector",), condition=Q(state="proposed"), name="plan_proposed_once"),
        )
        indexes = (models.Index(fields=("sector", "state"), name="plan_state"),)
        ordering = ("-asked_at", "-pk")

    def __str__(self) -> str:
        return _("%(scenario)s, plan %(number)s") % {"scenario": self.scenario, "number": self.number}

    @property
    def settings(self) -> Asked:
        """What was asked for."""
        return read(self.asked)

    @property
    def ready(self) -> bool:
        """Whether it has been solved."""
        return bool(self.figures)


class Assignment(SectorModel):
    """That a plan gives a person a session; ``row`` is its place in the plan's arrays, where its reason is."""

    scope = Scope.PERSONAL

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="assignments")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    row = models.PositiveIntegerField()
    stays = models.FloatField(null=True, blank=True)  # share of draws of the levels in which it is there too

    objects = ScopedManager.from_queryset(PersonalQuerySet)()

    class Meta(SectorModel.Meta):
        """One a plan, person and session."""

        constraints = (models.UniqueConstraint(fields=("plan", "person", "session"), name="assignment_once"),)
        indexes = (models.Index(fields=("plan", "row"), name="assignment_row"),)
        ordering = ("plan", "row")

    def __str__(self) -> str:
        return f"{self.person}: {self.session}"
