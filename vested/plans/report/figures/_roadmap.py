"""The roadmap: what starts when, what it shares, and what is out."""

from dataclasses import dataclass
from math import isfinite

from vested.formats.sector_folder import Sector, Way
from vested.plans.outcome import Outcome
from vested.plans.roadmap import Roadmap, skills_of

MOST_OUT = 12
"""Initiatives that are out and stand on the page at once; the rest is folded."""


@dataclass(frozen=True, slots=True)
class Start:
    """An initiative that starts: quarters ``first`` to ``last`` (1 is the first) in a mode, and what it waits for.

    ``ready`` is the quarter after which the last of these is finished, 0 where it waits for nothing. ``skills`` are
    there, late, later or none.
    """

    title: str
    way: Way
    first: int
    last: int
    quarters: int
    cost: float
    explore: bool
    mandatory: bool
    skills: str
    waits: tuple[str, ...]
    ready: int


@dataclass(frozen=True, slots=True)
class Out:
    """An initiative that is out (a row of the roadmap's); ``price`` of the smallest change, None where none helps."""

    initiative: int
    title: str
    price: float | None


@dataclass(frozen=True, slots=True)
class Load:
    """Money (``pool`` None) or people of a pool, used and there in each quarter; None where there is no limit."""

    pool: str | None
    used: tuple[float, ...]
    there: tuple[float | None, ...]

    @property
    def all_used(self) -> float:
        """What all quarters use together."""
        return sum(self.used)

    @property
    def all_there(self) -> float | None:
        """What there is in all quarters together."""
        return None if None in self.there else sum(amount or 0.0 for amount in self.there)

    @property
    def full(self) -> int:
        """Quarters in which at least 95 % is used."""
        return sum(t is not None and t > 0 and u >= 0.95 * t for u, t in zip(self.used, self.there, strict=True))

    @property
    def by_quarter(self) -> tuple[tuple[float, float | None], ...]:
        """Used and there, quarter by quarter."""
        return tuple(zip(self.used, self.there, strict=True))


@dataclass(frozen=True, slots=True)
class RoadmapFigures:
    """Everything the roadmap's section says; ``sector`` and ``road`` are there for sentences about what is out.

    ``held`` initiatives were held back so that their skills are there, those of ``late`` ones are not.
    """

    sector: Sector
    road: Roadmap
    quarters: tuple[int, ...]
    starts: tuple[Start, ...]
    out: tuple[Out, ...]
    money: Load
    pools: tuple[Load, ...]
    value: float
    ceiling: float
    distance: float
    risk: float
    risk_cap: float | None
    held: int
    late: int

    @property
    def count(self) -> int:
        """How many initiatives there were to choose among."""
        return len(self.starts) + len(self.out)

    @property
    def loads(self) -> tuple[Load, ...]:
        """Money, then people."""
        return (self.money, *self.pools)

    @property
    def nearest(self) -> tuple[Out, ...]:
        """The first of those that are out, the smallest change first."""
        return self.out[:MOST_OUT]

    @property
    def rest(self) -> tuple[Out, ...]:
        """The others that are out."""
        return self.out[MOST_OUT:]


def roadmap_figures(outcome: Outcome) -> RoadmapFigures | None:
    """Collect what starts, by start, and what is out, by price; None without a roadmap."""
    road = outcome.roadmap
    if road is None:
        return None
    limits, plan = road.problem.limits, road.plan
    names = {row.pool_id: row.name or row.pool_id for row in reversed(road.sector.pools)}
    price = dict(zip(road.explanation.out.tolist(), road.explanation.way_price.tolist(), strict=True))
    helps = {p for p in price if isfinite(price[p]) and p not in road.dropped}
    out = [Out(p, _title(road, p), price[p] if p in helps else None) for p in price]
    starts = [_start(road, p) for p in road.starts]
    return RoadmapFigures(
        sector=road.sector,
        road=road,
        quarters=tuple(range(1, road.index.quarters + 1)),
        starts=tuple(sorted(starts, key=lambda one: (one.first, one.last, one.title))),
        out=tuple(sorted(out, key=lambda one: (one.price is None, one.price or 0.0, one.title))),
        money=Load(
            None,
            tuple(plan.budget_used.tolist()),
            tuple(amount if isfinite(amount) else None for amount in limits.budget.tolist()),
        ),
        pools=tuple(
            Load(names[pool_id], tuple(plan.pool_used[r].tolist()), tuple(limits.capacity[r].tolist()))
            for r, pool_id in enumerate(road.index.pools)
        ),
        value=plan.value,
        ceiling=max(plan.bound, plan.value),
        distance=max(plan.gap, 0.0),
        risk=plan.risk,
        risk_cap=float(limits.risk) if isfinite(limits.risk) else None,
        held=len(road.repairs),
        late=len(road.late),
    )


def _start(road: Roadmap, p: int) -> Start:
    modes, links, mode, at = road.problem.modes, road.problem.links, road.modes[p], road.starts[p]
    live = {q: road.starts[q] + int(modes.quarters[road.modes[q]]) for q in road.starts}
    waits = links.needs[links.needs[:, 0] == p, 1].tolist()
    for block in links.uses[links.uses[:, 0] == mode, 1].tolist():
        if not links.exists[block]:
            builders = [q for q in links.supplies[links.supplies[:, 1] == block, 0].tolist() if q in live]
            waits.append(min(builders, key=lambda q: live[q]))
    return Start(
        title=_title(road, p),
        way=road.sector.initiative_modes[mode].mode,
        first=at + 1,
        last=live[p],
        quarters=road.index.quarters,
        cost=float(modes.cost[modes.cost_mode == mode].sum()),
        explore=bool(road.problem.initiatives.explore[p]),
        mandatory=bool(road.problem.initiatives.mandatory[p]),
        skills=skills_of(road, p),
        waits=tuple(dict.fromkeys(_title(road, q) for q in waits)),
        ready=max((live[q] for q in waits), default=0),
    )


def _title(road: Roadmap, p: int) -> str:
    return road.sector.initiatives[road.index.initiatives[p]].title
