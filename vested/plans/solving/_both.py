"""Both halves: the roadmap, the training plan for what it starts, and one round of repairing."""

import time
from dataclasses import dataclass

import numpy as np

from vested.engines import roadmap
from vested.engines.training import Plan, Problem
from vested.formats.sector_folder import Sector
from vested.plans.problem import problem_of
from vested.plans.roadmap import Asked, Index, Late, Repair, Roadmap, asked_of, dated, held_back, index_of, lateness
from vested.plans.roadmap import problem_of as portfolio_of
from vested.plans.solving._search import NoRoadmap, Search

ROADMAP_SHARE = 0.5  # of a round's time, at most, for the roadmap; the training plan has what is left of it


@dataclass(frozen=True, slots=True, eq=False)
class _Half:
    """A roadmap, and the training plan for what it starts."""

    problem: roadmap.Problem
    road: roadmap.Plan
    asked: tuple[Asked, ...]
    sector: Sector
    training: Problem
    plan: Plan
    late: tuple[Late, ...]

    @property
    def starts(self) -> dict[int, int]:
        """The quarter each initiative starts in."""
        return dict(zip(self.road.initiative.tolist(), self.road.start.tolist(), strict=True))

    @property
    def worth(self) -> float:
        """The value of the initiatives that start with their skills there."""
        late = {one.initiative for one in self.late}
        modes = self.problem.modes
        rows = zip(self.road.initiative.tolist(), self.road.mode.tolist(), self.road.start.tolist(), strict=True)
        total = 0.0
        for p, mode, start in rows:
            if p not in late:
                total += float(modes.benefit[mode] * self.problem.limits.discount ** (start + modes.quarters[mode]))
        return total


def both(sector: Sector, *, search: Search, seconds: float) -> tuple[Sector, Problem, Plan, Roadmap]:
    """Compute the roadmap, then the training plan for what it starts, then repair once.

    Repairing: initiatives whose skills are not there in time are held back until they are, in the training plan found,
    and both halves are computed again. The result is taken where the initiatives that start with their skills there
    are worth more than before, or as much with fewer late; else the first result stays and says who is late. Each
    half is proven apart; of the two together nothing is. Each of the two rounds takes ``seconds`` at most.
    """
    index = index_of(sector)
    problem = portfolio_of(sector, index)
    first = _half(sector, index, problem, search=search, step="roadmap", seconds=seconds)
    held = held_back(problem, first.late)
    back = np.flatnonzero(held.initiatives.earliest > problem.initiatives.earliest).tolist()
    taken, repairs, tried = first, tuple[Repair, ...](), False
    if back and not search.interrupted:
        try:
            second = _half(sector, index, held, search=search, step="repair", seconds=seconds, near=first)
        except NoRoadmap:
            second = None
        tried = second is None or (second.worth, -len(second.late)) <= (first.worth, -len(first.late))
        if second and not tried:
            taken = second
            starts = [
                dict(zip(r.initiative.tolist(), r.start.tolist(), strict=True)) for r in (first.road, second.road)
            ]
            repairs = tuple(
                Repair(late, starts[0][late.initiative], starts[1].get(late.initiative))
                for late in first.late
                if late.initiative in back
            )
    return (
        taken.sector,
        taken.training,
        taken.plan,
        Roadmap(
            sector=sector,
            index=index,
            problem=taken.problem,
            plan=taken.road,
            free=first.road,
            explanation=roadmap.explain(taken.problem, taken.road),
            repairs=repairs,
            asked=taken.asked,
            late=taken.late,
            tried=tried,
        ),
    )


def _half(
    sector: Sector,
    index: Index,
    problem: roadmap.Problem,
    *,
    search: Search,
    step: str,
    seconds: float,
    near: _Half | None = None,
) -> _Half:
    """Compute a roadmap, and the training plan for what it starts."""
    until = time.monotonic() + seconds
    road = search.roadmap(
        sector, index, problem, step=step, seconds=ROADMAP_SHARE * seconds, near=near.road if near else None
    )
    asked = asked_of(sector, index, road)
    one = dated(sector, asked)
    arrays = problem_of(one)
    plan = search.plan(arrays, step="plan", factor=1.0, seconds=max(0.0, until - time.monotonic()))
    late = lateness(sector, index, asked, arrays, plan)
    return _Half(problem=problem, road=road, asked=asked, sector=one, training=arrays, plan=plan, late=late)
