"""Scenarios with what came of them, the plans of one, and what there is to choose from when one is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    F,
    FloatField,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import gettext_lazy

from vested.academy.models import Budget, Course, Session
from vested.core.models import Unit
from vested.core.viewer import Viewer
from vested.plans.asked import Asked
from vested.plans.models import Plan, Scenario
from vested.plans.models.scenarios import ScenarioQuerySet
from vested.plans.queries.staleness import last_change
from vested.portfolio.models import Pool
from vested.skills.models import JobFamily, Source


class State(TextChoices):
    """How far a scenario's newest plan has come."""

    NONE = "none", gettext_lazy("Not solved yet")
    SOLVING = "solving", gettext_lazy("Being solved")
    STOPPED = "stopped", gettext_lazy("Not solved to its end")
    SOLVED = "solved", gettext_lazy("Solved")
    PROPOSED = "proposed", gettext_lazy("Proposed")
    ADOPTED = "adopted", gettext_lazy("Adopted")
    REPLACED = "replaced", gettext_lazy("Replaced")


def state_of(plan: Plan | None) -> State:
    """How far a scenario has come whose newest plan this is."""
    if plan is None:
        return State.NONE
    if plan.state == Plan.State.SOLVING and (plan.job is None or plan.job.ended):
        return State.STOPPED
    return State(plan.state)


def scenarios_listed(viewer: Viewer) -> QuerySet[Scenario]:
    """Scenarios with the ``state`` of the newest plan; ``share``, ``cost``, ``missing`` of the newest that is solved.

    ``state`` is a ``State``; ``money`` times every budget is asked; ``stale`` says whether data have changed since the
    newest solved plan.
    """
    plans = Plan.objects.filter(scenario=OuterRef("pk")).order_by("-number")
    ready = plans.exclude(solved_at=None)
    ended = Q(state=Plan.State.SOLVING) & (Q(job=None) | Q(job__ended_at__isnull=False))
    state = Case(When(ended, then=Value(State.STOPPED)), default=F("state"), output_field=CharField())
    closed = _figure("closed") / NullIf(_figure("gap"), Value(0.0))
    found: QuerySet[Scenario] = _visible(viewer).annotate(
        money=Coalesce(Cast(KeyTransform("money", "asked"), FloatField()), Value(Asked().money)),
        state=Coalesce(Subquery(plans.annotate(now=state).values("now")[:1]), Value(State.NONE)),
        ready=Subquery(ready.values("pk")[:1], output_field=IntegerField(null=True)),
        share=Subquery(ready.annotate(share=closed).values("share")[:1], output_field=FloatField(null=True)),
        cost=Subquery(ready.annotate(figure=_figure("cost")).values("figure")[:1]),
        missing=Subquery(ready.annotate(figure=_figure("missing")).values("figure")[:1]),
        seen=Subquery(ready.values("seen")[:1]),
    )
    old = Case(
        When(seen__lt=last_change(), then=Value(value=True)), default=Value(value=False), output_field=BooleanField()
    )
    return found.annotate(stale=old)


def _visible(viewer: Viewer) -> ScenarioQuerySet:
    return Scenario.objects.all().visible_to(viewer).select_related("by")


def _figure(name: str) -> Cast:
    """One of a plan's main figures."""
    return Cast(KeyTransform(name, "figures"), FloatField())


def plans_of(scenario: Scenario) -> list[Plan]:
    """Its plans, the newest first."""
    rows = Plan.objects.filter(scenario=scenario).light().select_related("by", "job", "extra")
    return list(rows.order_by("-number"))


def newest_risk(scenario: Scenario) -> float | None:
    """What the risks in the roadmap of its newest solved plan add up to; None where that was not kept."""
    rows = Plan.objects.filter(scenario=scenario).exclude(solved_at=None).order_by("-number")
    found: float | None = rows.values_list("figures__risk", flat=True).first()
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a scenario can speak of, each with its key.

    ``budgets`` are (key, unit's code, unit's name, amount), without a unit of the whole sector; ``periods`` each with
    the first day anything is held in it; ``families`` (key, name); ``initiatives`` and ``pools`` of
    the portfolio (key, code, title).
    """

    budgets: tuple[tuple[int, str, str, Decimal], ...]
    periods: tuple[tuple[int, date | None], ...]
    families: tuple[tuple[int, str], ...]
    initiatives: tuple[tuple[int, str, str], ...]
    pools: tuple[tuple[int, str, str], ...]


def choices() -> Choices:
    """What there is to choose from in the viewer's sector."""
    budgets = Budget.objects.filter(Q(unit=None) | Q(unit__ended_on=None)).values_list(
        "pk", "unit__code", "unit__name", "amount"
    )
    periods = Session.objects.order_by("period").values("period").annotate(first=Min("starts_on"))
    return Choices(
        budgets=tuple(
            (pk, code or "", name or "", amount)
            for pk, code, name, amount in budgets.order_by(F("unit__path").asc(nulls_first=True))
        ),
        periods=tuple((row["period"], row["first"]) for row in periods),
        families=tuple(JobFamily.objects.order_by("name").values_list("pk", "name")),
        initiatives=tuple(Source.objects.order_by("find", "pk").values_list("pk", "code", "title")),
        pools=tuple(Pool.objects.order_by("name", "code").values_list("pk", "code", "name")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the codes in scenarios stand for."""

    units: dict[str, str]
    courses: dict[str, str]
    initiatives: dict[str, str]
    pools: dict[str, str]


def names_of(viewer: Viewer, *scenarios: Asked) -> Names:
    """The names of what scenarios speak of, asked only for what they do."""
    units = _codes(code for asked in scenarios for code in (*asked.budgets, *asked.without_units))
    courses = _codes(code for asked in scenarios for code in asked.without_courses)
    named = [(*asked.initiatives, *asked.force, *asked.earliest, *asked.latest) for asked in scenarios]
    initiatives = _codes(code for codes in named for code in codes)
    pools = _codes(code for asked in scenarios for code in asked.pools)
    seen = Course.objects.all().visible_to(viewer)
    return Names(
        units=dict(Unit.objects.filter(code__in=units).values_list("code", "name")) if units else {},
        courses=dict(seen.filter(code__in=courses).values_list("code", "title")) if courses else {},
        initiatives=dict(Source.objects.filter(code__in=initiatives).values_list("code", "title"))
        if initiatives
        else {},
        pools=dict(Pool.objects.filter(code__in=pools).values_list("code", "name")) if pools else {},
    )


def _codes(given: Iterable[str]) -> set[str]:
    """What can be a code; no database keeps a text with a zero in it."""
    return {code for code in given if code and "\0" not in code}


def unknown(viewer: Viewer, asked: Asked) -> list[tuple[str, str]]:
    """What a scenario speaks of and the sector does not have: (setting, code or name)."""
    names, families = names_of(viewer, asked), set(JobFamily.objects.values_list("name", flat=True))
    known = {
        "budgets": {"", *names.units},
        "families": families,
        "initiatives": names.initiatives.keys(),
        "force": names.initiatives.keys(),
        "earliest": names.initiatives.keys(),
        "latest": names.initiatives.keys(),
        "pools": names.pools.keys(),
        "without_units": names.units.keys(),
        "without_courses": names.courses.keys(),
    }
    return [
        (setting, code) for setting, there in known.items() for code in getattr(asked, setting) if code not in there
    ]
