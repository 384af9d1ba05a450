"""The frontier: the best value under one limit after another, never falling as the limit gives way."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from vested.engines.roadmap._improve import Improver
from vested.engines.roadmap._nouns import Ints, Point, Problem
from vested.engines.roadmap._pair import bound
from vested.engines.roadmap._planning import NoPlan, begin, find, never, stated
from vested.engines.roadmap._state import State, Stop

_FIRST, _MORE = 15, 5  # steps for each point, and at a time for the one with the worst gap
_GLANCE = 200  # questions of the solver to prove each point with
_IDLE = 60  # steps in a row that bring nothing, after which a point is left as it is


def frontier(
    problem: Problem,
    limits: Sequence[float],
    *,
    along: str = "risk",
    gap: float = 0.01,
    stop: Stop = never,
    seed: int = 0,
) -> tuple[Point, ...]:
    """Plan again for each cap on ``risk``, or each least share of those who ``explore``, from the tightest on.

    A plan within a tight limit is one within every looser one, and a bound under a loose limit is one under every
    tighter one; so values and bounds never fall as the limit gives way. When each point has a plan, the one with the
    worst gap is gone on with, until all have reached ``gap``, nothing helps, or ``stop`` says so. Points are in the
    order of ``limits``; the loosest, those a stop left no time for, are left out. Raises ValueError for another
    ``along``, and what ``plan`` raises where the tightest has no plan.
    """
    if along not in {"risk", "explore"}:
        raise ValueError(f"there is no frontier along {along}; there are risk and explore")
    order = sorted(range(len(limits)), key=lambda n: limits[n] if along == "risk" else -limits[n])
    problems = [_within(problem, along, limits[n]) for n in order]
    points: list[Improver] = []
    for within in problems:
        try:
            points.append(_begun(within, points, begin(within, gap=gap, stop=stop, seed=seed)))
        except NoPlan:
            if not points:
                raise
            break
        _go_on(points, len(points) - 1, _FIRST)
    while (n := _worst(points)) is not None:
        _go_on(points, n, _MORE)
    plans = {n: stated(within, point.state) for n, within, point in zip(order, problems, points, strict=False)}
    return tuple(Point(limit=float(limits[n]), plan=plans[n]) for n in sorted(plans))


def _begun(problem: Problem, tighter: Sequence[Improver], state: State) -> Improver:
    """A point with a plan to go on from: that of the next tighter one, or a better one."""
    point, before = Improver(state=state), np.zeros(0, np.int64)
    if tighter:
        before = _same(tighter[-1].state, state)
        state.take(before)
    point.begin(before)
    if not state.found:
        find(problem, state)
    bound(state, effort=_GLANCE)
    return point


def _within(problem: Problem, along: str, limit: float) -> Problem:
    if along == "risk":
        return replace(problem, limits=replace(problem.limits, risk=float(limit)))
    return replace(problem, limits=replace(problem.limits, explore_least=float(limit)))


def _go_on(points: Sequence[Improver], n: int, steps: int) -> None:
    """Improve one point, and let the others have what came of it."""
    state = points[n].state
    for _ in range(steps):
        if not state.ends():
            points[n].step()
    for tight, loose in pairwise(points):
        loose.state.take(_same(tight.state, loose.state))
    for tight, loose in zip(points[-2::-1], points[:0:-1], strict=True):
        tight.state.lower(loose.state.bound)


def _same(one: State, other: State) -> Ints:
    """The plan of one state as columns of another; there are all that it has where the other's limit is looser."""
    here, there = one.program.model, other.program.model
    taken = set(zip(here.mode[one.chosen].tolist(), here.start[one.chosen].tolist(), strict=True))
    pairs = zip(there.mode.tolist(), there.start.tolist(), strict=True)
    return np.array([j for j, pair in enumerate(pairs) if pair in taken], dtype=np.int64)


def _worst(points: Sequence[Improver]) -> int | None:
    """The point with the worst gap of those that can still be helped."""
    open_ = [n for n, point in enumerate(points) if point.idle < _IDLE and not point.state.ends()]
    return max(open_, key=lambda n: points[n].state.distance, default=None)
