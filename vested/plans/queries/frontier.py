"""What a little more risk, or a little more exploring, buys beside a plan's roadmap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from vested.engines.roadmap import Point
from vested.plans.models import Plan
from vested.plans.queries.solved import solved
from vested.plans.roadmap import Roadmap


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """The best roadmap found within a ``limit``: a cap on risk, or the least share of costs that explores.

    It is worth ``value``, and none within the limit more than ``bound`` (None: not proven). ``own`` is the plan's.
    Against the plan, initiatives (codes) ``came`` in and ``went`` out, and ``moved`` start in another way or quarter.
    """

    limit: float
    own: bool
    value: float
    bound: float | None
    starts: int
    came: tuple[str, ...]
    went: tuple[str, ...]
    moved: int

    @property
    def missing(self) -> float | None:
        """The share the value misses at most."""
        if self.bound is None:
            return None
        return (self.bound - self.value) / self.bound if self.bound > self.value else 0.0


def to_keep(road: Roadmap, found: Mapping[str, Sequence[Point]]) -> dict[str, list[dict[str, Any]]]:
    """Points as JSON keeps them, by what they are limited in: risk, or explore."""
    own = {"risk": road.plan.risk, "explore": road.plan.explore}
    return {
        along: [_to_keep(point, own=point.limit == own[along]) for point in points] for along, points in found.items()
    }


def _to_keep(point: Point, *, own: bool) -> dict[str, Any]:
    plan = point.plan
    rows = zip(plan.initiative.tolist(), plan.mode.tolist(), plan.start.tolist(), strict=True)
    return {
        "limit": point.limit,
        "own": own,
        "value": plan.value,
        "bound": plan.bound if isfinite(plan.bound) else None,
        "starts": [list(row) for row in rows],
    }


def frontier_of(plan: Plan) -> dict[str, list[At]]:
    """The points by rising limit, along risk and along exploring; nothing where it was not computed."""
    road = solved(plan).outcome.roadmap
    if road is None:
        return {}
    return {along: [_at(road, point) for point in points] for along, points in plan.frontier.items()}


def _at(road: Roadmap, point: Mapping[str, Any]) -> At:
    codes = [road.sector.initiatives[n].initiative_id for n in road.index.initiatives]
    there = {p: (mode, start) for p, mode, start in point["starts"]}
    here = {p: (mode, road.starts[p]) for p, mode in road.modes.items()}
    return At(
        limit=point["limit"],
        own=point["own"],
        value=point["value"],
        bound=point["bound"],
        starts=len(there),
        came=tuple(codes[p] for p in sorted(there.keys() - here.keys())),
        went=tuple(codes[p] for p in sorted(here.keys() - there.keys())),
        moved=sum(there[p] != here[p] for p in there.keys() & here.keys()),
    )
