"""What a little more risk, or a little more exploring, buys: the roadmap within one limit after another."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from vested.engines import roadmap
from vested.plans.roadmap import Roadmap
from vested.plans.solving._search import ROADMAP_GAP, Moment, Search

FACTORS = (0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.4)  # times what the plan risks
STEP = 0.05  # of the share of costs that explores
QUESTIONS = 6_000  # of the search along one limit, after which it ends: a count, so that equal runs end equally
SAME = 1e-9

Frontiers = Mapping[str, tuple[roadmap.Point, ...]]


def frontiers(
    road: Roadmap, *, seconds: float, seed: int, watch: Callable[[Moment], bool] = lambda _moment: False
) -> Frontiers:
    """Plan again within caps on ``risk``, then with least shares that ``explore``, each for so many seconds at most.

    Points are by rising limit, and the plan itself is one of them. Limits nothing keeps have no point, nor have those
    that no time was left for.
    """
    search = Search(gap=ROADMAP_GAP, seed=seed, watch=watch)
    return {along: _along(road, along, search=search, seconds=seconds) for along in ("risk", "explore")}


def _along(road: Roadmap, along: str, *, search: Search, seconds: float) -> tuple[roadmap.Point, ...]:
    own = road.plan.risk if along == "risk" else road.plan.explore
    stop = search.choosing(step=along, seconds=seconds, questions=QUESTIONS)
    limits = _risks(road) if along == "risk" else _shares(road)
    points: tuple[roadmap.Point, ...] = ()
    while limits and not points:
        try:
            points = roadmap.frontier(road.problem, limits, along=along, gap=ROADMAP_GAP, stop=stop, seed=search.seed)
        except roadmap.Infeasible:
            limits = limits[1:]  # nothing keeps the tightest
        except roadmap.NoPlan:
            break
    if all(point.limit != own for point in points):
        points = (*points, roadmap.Point(limit=own, plan=road.plan))
    return tuple(sorted((_beside(road, along, point) for point in points), key=lambda point: point.limit))


def _risks(road: Roadmap) -> list[float]:
    """Caps on risk, from the tightest on: none below what has to start."""
    starts, own = road.problem.initiatives, road.plan.risk
    least = float(starts.risk[starts.mandatory].sum())
    return [own * factor for factor in FACTORS if own > 0 and own * factor >= least - SAME]


def _shares(road: Roadmap) -> list[float]:
    """Least shares that explore, from the largest on, and the plan's own among them."""
    own, most = road.plan.explore, road.problem.limits.explore_most
    if not road.problem.initiatives.explore.any():
        return []
    steps = np.arange(0.0, most + SAME, STEP if most <= 10 * STEP else 2 * STEP).round(9).tolist()
    return sorted({own, *(step for step in steps if abs(step - own) > SAME)}, reverse=True)


def _beside(road: Roadmap, along: str, point: roadmap.Point) -> roadmap.Point:
    """A point that knows of the plan there is: it is one of its plans where it keeps the limit.

    What is proven of the plan holds wherever the limit is as tight as its own or tighter.
    """
    limits, plan = road.problem.limits, point.plan
    if along == "risk":
        keeps, tighter = road.plan.risk <= point.limit + SAME, point.limit <= limits.risk + SAME
    else:
        keeps, tighter = road.plan.explore >= point.limit - SAME, point.limit >= limits.explore_least - SAME
    bound = min(plan.bound, road.plan.bound) if tighter else plan.bound
    better = road.plan if keeps and road.plan.value > plan.value else plan
    bound = max(bound, better.value)
    gap = (bound - better.value) / bound if bound > 0 else 0.0
    return replace(point, plan=replace(better, bound=bound, gap=gap))
