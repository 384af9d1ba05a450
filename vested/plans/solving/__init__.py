"""From a sector to an outcome, within a time: the plan, its reasons, what more money would buy, the budget curve.

Where initiatives have modes, a roadmap is computed first, and the training plan for what it starts.
"""

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from vested.engines import training
from vested.formats.sector_folder import Sector
from vested.plans.outcome import CurvePoint, Outcome, Stopped
from vested.plans.problem import groups_of, problem_of
from vested.plans.roadmap import has_portfolio
from vested.plans.solving._both import both
from vested.plans.solving._curve import CURVE, LEVELS, carried_up, curve_from, curve_of, scaled
from vested.plans.solving._frontier import frontiers
from vested.plans.solving._search import Moment, NoRoadmap, Search
from vested.plans.solving._trying import Trial, changed, tried

__all__ = [
    "CURVE",
    "CURVE_SHARE",
    "GAINS_SHARE",
    "LEVELS",
    "Moment",
    "NoRoadmap",
    "Trial",
    "carried_up",
    "changed",
    "curve_of",
    "frontiers",
    "scaled",
    "solve",
    "stays_of",
    "tried",
]

CURVE_SHARE = 0.5  # of the plan's time, at most, for each other point of the curve: it starts from a solved neighbour
GAINS_SHARE = 0.25  # of the plan's time, at most, for solving the dearest seats and budgets again


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

    Where initiatives have modes, ``both`` says what is computed, within ``seconds`` twice at the very most.

    Raises ``training.Infeasible`` where the accepted sessions cannot all be kept, ``NoRoadmap`` where there is none.
    """
    started = time.monotonic()
    if seed is not None:
        sector = replace(sector, settings=replace(sector.settings, seed=seed))
    search = Search(gap=gap, seed=sector.settings.seed, watch=watch)
    road = None
    if has_portfolio(sector):
        sector, problem, plan, road = both(sector, search=search, seconds=seconds)
    else:
        problem = problem_of(sector)
        plan = search.plan(problem, step="plan", factor=1.0, seconds=seconds)
    points: tuple[CurvePoint, ...] = ()
    if curve and not search.interrupted:
        points = curve_from(problem, plan, search=search, seconds=CURVE_SHARE * seconds)
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
        roadmap=road,
    )


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
    search = Search(gap=gap, seed=sector.settings.seed, watch=watch)
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
