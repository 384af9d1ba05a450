"""From a sector to an outcome, within a time: the plan, its reasons, what more money would buy, the budget curve."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from vested.engines import training
from vested.engines.training import Plan, Problem, Progress
from vested.formats.sector_folder import Sector
from vested.plans.outcome import CurvePoint, Outcome, Stopped
from vested.plans.problem import groups_of, problem_of

CURVE = (0.6, 0.8, 1.0, 1.2, 1.4)  # times every budget
CURVE_SHARE = 0.5  # of the plan's time, at most, for each other point of the curve: it starts from a solved neighbour
GAINS_SHARE = 0.25  # of the plan's time, at most, for solving the dearest seats and budgets again
LEVELS = 1e-6  # results of a stage that differ by less, relatively, are the same


@dataclass(frozen=True, slots=True)
class Moment:
    """What is going on.

    ``step`` is plan, curve, gains or draw; ``factor`` times every budget; ``best`` the engine's progress within the
    step, and ``seconds_left`` of the step's time.
    """

    step: str
    factor: float
    best: Progress
    seconds_left: float


def solve(
    sector: Sector,
    *,
    seconds: float = 60.0,
    gap: float = 0.002,
    seed: int | None = None,
    curve: bool = False,
    watch: Callable[[Moment], bool] = lambda _moment: False,
) -> Outcome:
    """Compute the plan of a sector, its reasons and prices, and with ``curve`` the plans at other budgets.

    ``seconds`` is the time to search for the plan, which ends sooner once it is proven to be within ``gap`` of the
    best; the dearest seats and budgets take at most a quarter of that time more, and each other point of the curve at
    most half of it. ``seed`` replaces the sector's own. ``watch`` is called often; once it answers True every search
    ends, the best plan so far is the plan, and what has not been computed yet is left out.

    Raises ``training.Infeasible`` where the accepted sessions cannot all be kept.
    """
    started = time.monotonic()
    if seed is not None:
        sector = replace(sector, settings=replace(sector.settings, seed=seed))
    problem = problem_of(sector)
    search = _Search(gap=gap, seed=sector.settings.seed, watch=watch)
    plan = search.plan(problem, step="plan", factor=1.0, seconds=seconds)
    points: tuple[CurvePoint, ...] = ()
    if curve and not search.interrupted:
        points = _curve(problem, plan, search=search, seconds=CURVE_SHARE * seconds)
        plan = next(point.plan for point in points if point.factor == 1.0)
    explanation = training.explain(problem, plan)
    gains: tuple[training.Gain, ...] = ()
    if not search.interrupted:
        gains = training.next_gains(
            problem, plan, stop=search.stop(step="gains", factor=1.0, seconds=GAINS_SHARE * seconds)
        )
    stopped = Stopped.INTERRUPT if search.interrupted else Stopped.GAP if plan.finished else Stopped.TIME
    return Outcome(
        sector=sector,
        problem=problem,
        groups=groups_of(sector),
        plan=plan,
        explanation=explanation,
        gains=gains,
        curve=points,
        stopped=stopped,
        seconds=time.monotonic() - started,
    )


@dataclass(slots=True)
class _Search:
    """Searches that share a watcher: once it asks to stop, all of them stop."""

    gap: float
    seed: int
    watch: Callable[[Moment], bool]
    interrupted: bool = field(default=False)

    def stop(self, *, step: str, factor: float, seconds: float) -> Callable[[Progress], bool]:
        """Make the engine's ``stop`` for a search of so many seconds from now."""
        until = time.monotonic() + seconds

        def stop(progress: Progress) -> bool:
            left = until - time.monotonic()
            moment = Moment(step=step, factor=factor, best=progress, seconds_left=max(0.0, left))
            self.interrupted = self.watch(moment) or self.interrupted
            return self.interrupted or left <= 0

        return stop

    def plan(self, problem: Problem, *, step: str, factor: float, seconds: float, near: Plan | None = None) -> Plan:
        """Search for a plan, from the prices of one ``near`` it where there is one."""
        return training.plan(
            problem,
            gap=self.gap,
            stop=self.stop(step=step, factor=factor, seconds=seconds),
            seed=self.seed,
            start=None if near is None else near.prices,
        )


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
    search = _Search(gap=gap, seed=outcome.sector.settings.seed, watch=watch)
    plans = _at_factors(outcome.problem, outcome.plan, search=search, seconds=seconds)
    plans = {factor: plan for factor, plan in plans.items() if factor >= 1.0 or not _better(plan, outcome.plan)}
    return _rising(outcome.problem, plans)


def stays_of(
    outcome: Outcome,
    *,
    draws: int,
    seconds: float,
    gap: float = 0.005,
    watch: Callable[[Moment], bool] = lambda _moment: False,
) -> tuple[NDArray[np.float64], int]:
    """In which share of the draws each assignment's course is given to its person too, and how many were drawn.

    Each draw moves every level that states a standard error by that much times a normal number, within the scale, and
    plans anew for at most ``seconds``; ``watch`` may end it, and what has been drawn until then counts.
    """
    sector, problem, plan = outcome.sector, outcome.problem, outcome.plan
    search = _Search(gap=gap, seed=sector.settings.seed, watch=watch)
    rng = np.random.default_rng(sector.settings.seed)
    course_of, courses = problem.catalogue.session_course, len(problem.catalogue.hours)
    wanted = plan.person * courses + course_of[plan.session]
    error = np.nan_to_num(sector.levels.error)
    there, drawn = np.zeros(len(wanted)), 0
    for _draw in range(draws):
        moved = np.clip(sector.levels.level + error * rng.standard_normal(len(error)), 0, sector.settings.max_level)
        levels = problem.people.levels.copy()
        levels[sector.levels.person, sector.levels.skill] = moved
        other = replace(problem, people=replace(problem.people, levels=levels))
        found = search.plan(other, step="draw", factor=1.0, seconds=seconds, near=plan)
        if search.interrupted:
            break
        there += np.isin(wanted, found.person * courses + course_of[found.session])
        drawn += 1
    return (there / drawn if drawn else np.full(len(wanted), np.nan)), drawn


def _curve(problem: Problem, plan: Plan, *, search: _Search, seconds: float) -> tuple[CurvePoint, ...]:
    """Plan at every factor, then see to it that more money never gives less."""
    return _rising(problem, _at_factors(problem, plan, search=search, seconds=seconds))


def _at_factors(problem: Problem, plan: Plan, *, search: _Search, seconds: float) -> dict[float, Plan]:
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
