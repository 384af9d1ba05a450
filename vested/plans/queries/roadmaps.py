"""What a plan's roadmap says of the initiatives of the portfolio."""

from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from vested.core.viewer import Viewer
from vested.engines import roadmap as engine
from vested.formats.sector_folder import Way
from vested.plans.models import Plan
from vested.plans.packing import Frozen
from vested.plans.queries.solved import solved
from vested.plans.roadmap import Roadmap
from vested.portfolio.actions import Start
from vested.portfolio.models import Initiative
from vested.portfolio.queries.quarters import later
from vested.portfolio.queries.spoken import MAY_START, WAYS
from vested.portfolio.queries.standing import expected_cost, spent

KINDS: dict[Way, str] = {way: kind.value for kind, way in WAYS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What adopting a plan's roadmap decides: what starts and how, and the first day of each that could (None: not).

    A period of the plan has so many ``months``. Those in delivery have started before, and are not among them.
    """

    starts: list[Start]
    days: dict[str, date | None]
    months: int


def decided(plan: Plan) -> Decided | None:
    """What adopting a plan decides of initiatives; None where it has no roadmap."""
    if "undertaken" not in plan.figures:
        return None
    frozen = solved(plan)
    road, first = frozen.outcome.roadmap, frozen.first
    if road is None or first is None:
        return None
    free = [(p, n) for p, n in enumerate(road.index.initiatives) if not is_fixed(road, p)]
    return Decided(
        starts=[_start(road, p, road.starts[p], first) for p, _n in free if p in road.starts],
        days={
            road.sector.initiatives[n].initiative_id: later(first, road.starts[p]) if p in road.starts else None
            for p, n in free
        },
        months=round(3 / road.sector.settings.periods_per_quarter),
    )


def is_fixed(road: Roadmap, p: int) -> bool:
    """Whether an initiative was in delivery when the plan was computed: it could start in one quarter alone."""
    row = road.sector.initiatives[road.index.initiatives[p]]
    return row.mandatory and row.earliest is not None and row.earliest == row.latest


def _start(road: Roadmap, p: int, at: int, first: date) -> Start:
    mode = road.sector.initiative_modes[road.modes[p]]
    return Start(code=mode.initiative_id, kind=KINDS[mode.mode], starts_on=later(first, at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Begins:
    """How an initiative starts: in which way, and in which quarter, by its first day where that is known, from 0 on."""

    way: Way
    quarter: int
    first: date | None

    @property
    def day(self) -> date | None:
        """The first day of that quarter."""
        return later(self.first, self.quarter) if self.first else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedStart:
    """An initiative that starts otherwise in another plan; None where it does not."""

    title: str
    one: Begins | None
    other: Begins | None


def moved_starts(one: Frozen, other: Frozen) -> list[MovedStart]:
    """What starts otherwise from one plan to another, by title; nothing where either has no roadmap."""
    if one.outcome.roadmap is None or other.outcome.roadmap is None:
        return []
    here, there = _begins(one), _begins(other)
    titles = {row.initiative_id: row.title for each in (one, other) for row in each.outcome.sector.initiatives}
    rows = [
        MovedStart(title=titles[code], one=here.get(code), other=there.get(code))
        for code in here.keys() | there.keys()
        if _alike(here.get(code)) != _alike(there.get(code))
    ]
    return sorted(rows, key=lambda row: row.title)


def _begins(frozen: Frozen) -> dict[str, Begins]:
    """How each of a roadmap starts, by the office's code."""
    road = frozen.outcome.roadmap
    if road is None:
        return {}
    rows = {p: road.sector.initiative_modes[mode] for p, mode in road.modes.items()}
    return {
        row.initiative_id: Begins(way=row.mode, quarter=road.starts[p], first=frozen.first) for p, row in rows.items()
    }


def _alike(begins: Begins | None) -> tuple[object, ...] | None:
    """What is the same where two start alike."""
    return None if begins is None else (begins.way, begins.day or begins.quarter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """An initiative that a plan lets start: as planned, and as it is now.

    ``now`` is None where the portfolio does not have it any more, ``cost`` what it is expected to cost and ``spent``
    what was noted. What was ``going``, in delivery when the plan was computed, has as ``planned_cost`` what was left of
    it then. Any other is ``late`` where its day has come and it is not in delivery, or starts later than planned.
    """

    title: str
    planned: Begins
    planned_cost: float
    now: Initiative | None
    cost: float | None
    spent: float
    going: bool
    late: bool


def followed(viewer: Viewer, plan: Plan, *, on: date) -> list[Followed]:
    """What has become of the initiatives an adopted plan lets start, those that are late first, then by day."""
    frozen = solved(plan)
    road = frozen.outcome.roadmap
    if road is None or frozen.first is None:
        return []
    known = {row.code: row for row in Initiative.objects.all().visible_to(viewer).looked_at()}
    modes = road.problem.modes
    found = []
    for p, mode in road.modes.items():
        row = road.sector.initiative_modes[mode]
        now = known.get(row.initiative_id)
        begins = Begins(way=row.mode, quarter=road.starts[p], first=frozen.first)
        found.append(
            Followed(
                title=road.sector.initiatives[road.index.initiatives[p]].title,
                planned=begins,
                planned_cost=float(modes.cost[modes.cost_mode == mode].sum()),
                now=now,
                cost=float(expected_cost(now)) if now and now.mode_id else None,
                spent=float(sum(spent(now).values())) if now else 0.0,
                going=is_fixed(road, p),
                late=not is_fixed(road, p) and _late(now, begins.day, on),
            )
        )
    return sorted(found, key=lambda one: (not one.late, one.planned.quarter, one.title))


def _late(now: Initiative | None, day: date | None, on: date) -> bool:
    if now is None or day is None or now.stage not in MAY_START:
        return False
    return on >= day or (now.starts_on is not None and now.starts_on > day)


def beside(road: Roadmap, found: engine.Plan) -> dict[str, Any]:
    """What a roadmap tried does otherwise, as JSON keeps it; ``rows`` only where something is otherwise."""
    modes = road.sector.initiative_modes
    rows = zip(found.initiative.tolist(), found.mode.tolist(), found.start.tolist(), strict=True)
    now = {p: [modes[mode].mode.value, start] for p, mode, start in rows}
    was = {p: [modes[road.modes[p]].mode.value, start] for p, start in road.starts.items()}
    return {
        "value": found.value,
        "was": road.plan.value,
        "bound": max(found.bound, found.value) if isfinite(found.bound) else None,
        "starts": len(now),
        "rows": [
            {"title": road.sector.initiatives[n].title, "was": was.get(p), "now": now.get(p)}
            for p, n in enumerate(road.index.initiatives)
            if was.get(p) != now.get(p)
        ],
    }
