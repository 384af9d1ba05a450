"""The budget curve: the plan at other budgets, never worse for more money."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from vested.engines import training
from vested.engines.training import Plan, Problem
from vested.plans.outcome import CurvePoint, Outcome
from vested.plans.solving._search import Moment, Search

CURVE = (0.6, 0.8, 1.0, 1.2, 1.4)  # times every budget
LEVELS = 1e-6  # results of a stage that differ by less, relatively, are the same


def curve_of(
    outcome: Outcome,
    *,
    seconds: float,
    gap: float = 0.002,
    watch: Callable[[Moment], bool] = lambda _moment: False,
) -> tuple[CurvePoint, ...]:
    """Plan at every other factor of the budgets, the plan itself staying as it is.

    Each point takes at most ``seconds``. A plan found with less money that is better than the plan itself has no
    point: it would say that money does harm, where it only says that more time would have found more.
    """
    search = Search(gap=gap, seed=outcome.sector.settings.seed, watch=watch)
    plans = _at_factors(outcome.problem, outcome.plan, search=search, seconds=seconds)
    plans = {factor: plan for factor, plan in plans.items() if factor >= 1.0 or not _better(plan, outcome.plan)}
    return _rising(outcome.problem, plans)


def curve_from(problem: Problem, plan: Plan, *, search: Search, seconds: float) -> tuple[CurvePoint, ...]:
    """Plan at every factor, then see to it that more money never gives less."""
    return _rising(problem, _at_factors(problem, plan, search=search, seconds=seconds))


def _at_factors(problem: Problem, plan: Plan, *, search: Search, seconds: float) -> dict[float, Plan]:
    """Plan at every factor, outwards from the plan itself.

    A factor at which the accepted sessions cannot all be paid for has no plan, nor has one the search was interrupted
    before.
    """
    plans = {1.0: plan}
    middle = CURVE.index(1.0)
    for side in (CURVE[:middle][::-1], CURVE[middle + 1 :]):
        near = plan
        for factor in side:
            if search.interrupted:
                break
            try:
                near = search.plan(scaled(problem, factor), step="curve", factor=factor, seconds=seconds, near=near)
            except training.Infeasible:
                break  # with even less money it cannot be either
            plans[factor] = near
    return plans


def _rising(problem: Problem, plans: Mapping[float, Plan]) -> tuple[CurvePoint, ...]:
    """The plans by rising money, each at least as good as the one before."""
    points: list[CurvePoint] = []
    for factor in sorted(plans):
        here = CurvePoint(factor=factor, plan=plans[factor])
        points.append(carried_up(problem, points[-1], here) if points else here)
    return tuple(points)


def scaled(problem: Problem, factor: float) -> Problem:
    """Give the problem with every budget multiplied."""
    return replace(problem, limits=replace(problem.limits, budget=problem.limits.budget * factor))


def carried_up(problem: Problem, less: CurvePoint, more: CurvePoint) -> CurvePoint:
    """Give the better plan of two at the larger budgets, with a bound that holds there.

    The plan found with ``less`` money is possible with more. Where it is better, stage by stage, than the one found
    with ``more``, it takes that one's place. Bounds stay true: those on compulsory pairs and on shortfall hold for
    every plan at least as good in the stage before, and so does the bound on value where the plan carried up falls no
    shorter; where it does, what its prices prove is raised by the price of the added money, which bounds what money
    can add.
    """
    low, high = less.plan, more.plan
    if not _better(low, high):
        return more
    bound, priced, prices = high.value.bound, high.value.priced, high.prices
    if low.fairness.shortfall > high.fairness.shortfall + _tolerance(high):
        added = (more.factor - less.factor) * problem.limits.budget
        bound = priced = low.value.priced + float(np.dot(low.prices.budget, added))
        prices = low.prices
    bound = max(bound, low.value.objective)
    gap = (bound - low.value.objective) / max(abs(bound), 1e-12) if math.isfinite(bound) else math.nan
    plan = replace(
        low,
        compulsory=replace(low.compulsory, bound=high.compulsory.bound),
        fairness=replace(low.fairness, bound=min(high.fairness.bound, low.fairness.shortfall)),
        value=replace(low.value, bound=bound, gap=gap, priced=priced),
        prices=prices,
        finished=high.finished,
    )
    return replace(more, plan=plan)


def _better(one: Plan, other: Plan) -> bool:
    """Say whether one plan is better than the other in the first stage in which they differ."""
    if one.compulsory.given != other.compulsory.given:
        return one.compulsory.given > other.compulsory.given
    if abs(one.fairness.shortfall - other.fairness.shortfall) > _tolerance(other):
        return one.fairness.shortfall < other.fairness.shortfall
    return one.value.objective > other.value.objective


def _tolerance(plan: Plan) -> float:
    """Give the difference in shortfall that is no difference."""
    return LEVELS * max(1.0, float(plan.fairness.target.sum()))
