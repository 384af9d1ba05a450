"""A solved plan as pages ask for it: read into memory once a process, and counted by ``plans.report.figures``."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from vested.core.amounts import percent
from vested.plans.models import Plan
from vested.plans.outcome import CurvePoint, Outcome
from vested.plans.packing import Frozen, unpack
from vested.plans.queries.compared import Compared, Movement, compared, movement
from vested.plans.report.figures import Figures, changed_people, figures_of, levels_known, person_gaps
from vested.plans.report.words import percent_up
from vested.plans.roadmap import Roadmap

Floats = NDArray[np.float64]


def solved(plan: Plan) -> Frozen:
    """All that was computed; ValueError where it has not been solved."""
    return _solved(*_key(plan))


def figures(plan: Plan) -> Figures:
    """What a plan says, counted and summed; what is about fewer than five people is marked hidden."""
    return _figures(*_key(plan))


def figures_on(plan: Plan, on: date) -> Figures:
    """The same figures, with how old the levels are on a day."""
    return replace(figures(plan), levels=levels_known(solved(plan).outcome.sector, on))


def gaps_of(plan: Plan) -> tuple[Floats, Floats]:
    """The weighted levels each person (n,) lacks, before and after the plan."""
    return _gaps(*_key(plan))


def _key(plan: Plan) -> tuple[int, bool, int]:
    """What a plan is kept in memory by: its curve comes later, and people may be taken out of it."""
    return plan.pk, bool(plan.figures.get("curve")), plan.version


@lru_cache(maxsize=4)  # 12,000 people take about 40 MB
def _solved(pk: int, curve: bool, _version: int) -> Frozen:  # noqa: FBT001 - a part of the key
    frozen, later = Plan.objects.values_list("frozen", "curve").get(pk=pk)
    if frozen is None:
        raise ValueError(f"plan {pk} has not been solved")
    return unpack(bytes(frozen), bytes(later) if curve and later else None)


@lru_cache(maxsize=16)
def _figures(pk: int, curve: bool, version: int) -> Figures:  # noqa: FBT001 - as above
    return figures_of(_solved(pk, curve, version).outcome)


def between(one: Plan, other: Plan) -> Compared:
    """What moves from one plan to another."""
    return _between((one.pk, one.version), (other.pk, other.version))


def at_point(plan: Plan, factor: float) -> Movement:
    """Who and what moves from a plan to the point of its budget curve at so many times every budget."""
    return _at_point(plan.pk, factor, plan.version)


@lru_cache(maxsize=16)
def _between(one: tuple[int, int], other: tuple[int, int]) -> Compared:
    plans = Plan.objects.light().in_bulk([one[0], other[0]])
    here, there = plans[one[0]], plans[other[0]]
    return compared(solved(here), solved(there), (figures(here), figures(there)))


@lru_cache(maxsize=32)
def _at_point(pk: int, factor: float, _version: int) -> Movement:
    here = solved(Plan.objects.light().get(pk=pk))
    point = next(one for one in here.outcome.curve if one.factor == factor)
    return movement(here, replace(here, outcome=replace(here.outcome, plan=point.plan)))


@lru_cache(maxsize=16)
def _gaps(pk: int, curve: bool, version: int) -> tuple[Floats, Floats]:  # noqa: FBT001 - as above
    outcome = _solved(pk, curve, version).outcome
    return person_gaps(outcome.problem, outcome.plan)


def forget() -> None:
    """Read plans anew."""
    _gaps.cache_clear()
    _solved.cache_clear()
    _figures.cache_clear()
    _between.cache_clear()
    _at_point.cache_clear()


def main_figures(outcome: Outcome) -> dict[str, Any]:
    """The figures that lists and comparisons of plans show."""
    plan, gap = outcome.plan, outcome.plan.value.gap
    before = float(person_gaps(outcome.problem, plan)[0].sum())
    return {
        "people": len(outcome.sector.staff),
        "trained": len(np.unique(plan.person)),
        "places": len(plan.person),
        "cost": plan.value.cost,
        "budget": next((one.amount for one in outcome.sector.budgets if one.unit_id is None), None),
        "gap": before,
        "closed": plan.value.gap_closed,
        "value": plan.value.objective,
        "missing": gap if np.isfinite(gap) else None,
        "given": plan.compulsory.given,
        "most": plan.compulsory.bound,
        "shortfall": plan.fairness.shortfall,
        "seconds": round(outcome.seconds, 1),
        "stopped": outcome.stopped.value,
        **(_road_figures(outcome.roadmap) if outcome.roadmap else {}),
    }


def _road_figures(road: Roadmap) -> dict[str, Any]:
    """The figures of the roadmap: how many start of how many, what that is worth and risks, how near the best."""
    return {
        "starts": len(road.starts),
        "undertaken": len(road.index.initiatives),
        "benefit": road.plan.value,
        "benefit_missing": max(road.plan.gap, 0.0) if np.isfinite(road.plan.gap) else None,
        "risk": road.plan.risk,
    }


def point_figures(outcome: Outcome, point: CurvePoint) -> dict[str, float]:
    """The figures of a point of the budget curve, for the picture."""
    value, before = point.plan.value, float(person_gaps(outcome.problem, point.plan)[0].sum())
    return {
        "factor": point.factor,
        "cost": value.cost,
        "share": value.gap_closed / before if before > 0 else 0.0,
        "value": value.objective,
        "bound": max(value.bound, value.objective) if np.isfinite(value.bound) else value.objective,
        "changed": changed_people(outcome.plan, point.plan),
    }


def certified(plan: Plan) -> str:
    """What is proven about a plan, in one sentence."""
    figures = plan.figures
    share = figures["closed"] / figures["gap"] if figures["gap"] else 1.0
    words = {"share": percent(share, 0)}
    if figures["missing"] is None:
        return _("It closes %(share)s of the gap; how much more is possible is not proven.") % words
    words["missing"] = percent_up(figures["missing"])
    return (
        _("It closes %(share)s of the gap, and misses the best possible plan by the same rules by at most %(missing)s.")
        % words
    )
