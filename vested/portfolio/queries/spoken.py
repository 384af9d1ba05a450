"""What the tables of a sector folder say of the portfolio: what may start, and what is left of what is in delivery.

Quarter 1 is the first that begins today or later. What is in delivery starts where it is, with what is left of it, and
is not the files' to change; nor is what is live or closed, of which they do not speak.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Max
from django.utils.timezone import localdate

from vested.formats.sector_folder import Way
from vested.portfolio.models import Capacity, Dependence, Initiative, Mode, Money
from vested.portfolio.queries.quarters import later, quarter_of
from vested.portfolio.queries.supply import MOST, coming_quarter

Stage = Initiative.Stage
MAY_START = (Stage.IDEA, Stage.PREPARED, Stage.APPROVED)
WAYS = {Mode.Kind.REUSE: Way.REUSE, Mode.Kind.PILOT: Way.PILOT, Mode.Kind.ROLLOUT: Way.ROLL_OUT}
KINDS = {way.value: kind.value for kind, way in WAYS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Initiatives by code: ``every`` one there is, those that may start (``free``), those in delivery (``fixed``).

    ``stuck`` are the free ones that have a way and can never start, which files cannot say; ``chosen`` the others that
    have one. Of a fixed one, ``over`` quarters are over, and it starts in quarter ``at``. Without a ``horizon``, so
    many quarters of which people or money are said, files speak of no ways.
    """

    first: date
    horizon: int
    every: Collection[str]
    free: Mapping[str, Initiative]
    fixed: Mapping[str, Initiative]
    stuck: Collection[str]
    chosen: Collection[str]
    over: Mapping[str, int]
    at: Mapping[str, int]

    def theirs(self, code: str) -> bool:
        """Whether the ways of an initiative are the files' to change: of one they bring, or that can start."""
        return code not in self.every or (code in self.free and code not in self.stuck)

    def earliest(self, row: Initiative) -> int | None:
        """The quarter it may start from, where that is not the first."""
        number = between(self.first, coming_quarter(row.earliest)) + 1 if row.earliest else 1
        return number if number > 1 else None

    def latest(self, row: Initiative) -> int | None:
        """The last quarter it may start in, which may be before the first."""
        return between(self.first, quarter_of(row.latest)) + 1 if row.latest else None

    def too_late(self, row: Initiative) -> bool:
        """Whether the last quarter it may start in is over."""
        latest = self.latest(row)
        return latest is not None and latest < (self.earliest(row) or 1)

    def begins(self, quarter: int) -> date:
        """The first day of a quarter."""
        return later(self.first, quarter - 1)

    def ends(self, quarter: int) -> date:
        """The last day of a quarter."""
        return later(self.first, quarter) - timedelta(days=1)


def spoken() -> Spoken:
    """Read the initiatives of the sector somebody acts in."""
    first = coming_quarter(localdate())
    rows = {row.code: row for row in Initiative.objects.select_related("source", "unit", "mode").order_by("source")}
    free = {code: row for code, row in rows.items() if row.stage in MAY_START}
    fixed = {code: row for code, row in rows.items() if row.stage == Stage.DELIVERY and row.mode_id and row.starts_on}
    horizon = horizon_from(first)
    offsets = {code: between(first, quarter_of(row.starts_on)) for code, row in fixed.items() if row.starts_on}
    there = Spoken(
        first=first,
        horizon=horizon,
        every=rows.keys(),
        free=free,
        fixed=fixed if horizon else {},
        stuck=(),
        chosen=(),
        over={code: max(0, -offset) for code, offset in offsets.items()},
        at={code: min(max(offset, 0), max(horizon - 1, 0)) + 1 for code, offset in offsets.items()},
    )
    ways = set(Mode.objects.values_list("initiative__source__code", flat=True)) & free.keys()
    stuck = _stuck(there, rows, ways)
    return replace(there, stuck=stuck, chosen=ways - stuck) if horizon else there


def _stuck(there: Spoken, rows: Mapping[str, Initiative], ways: Collection[str]) -> set[str]:
    """Those whose last quarter is over, or that wait for something that is not to come."""
    stuck = {code for code in ways if there.too_late(there.free[code])}
    waits = [
        (code, needs)
        for code, needs in Dependence.objects.values_list("initiative__source__code", "needs__source__code")
        if code in ways and not finished(rows[needs])
    ]
    while new := {code for code, needs in waits if code not in stuck and not _coming(there, ways, stuck, needs)}:
        stuck |= new
    return stuck


def _coming(there: Spoken, ways: Collection[str], stuck: Collection[str], code: str) -> bool:
    return code in there.fixed or (code in ways and code not in stuck)


def finished(row: Initiative) -> bool:
    """Whether it is there for others to build on."""
    return row.stage == Stage.LIVE or row.outcome == Initiative.Outcome.DONE


def horizon_from(first: date) -> int:
    """How many quarters people or money are said for, from a quarter on."""
    last = [
        model._default_manager.filter(quarter__gte=first).aggregate(last=Max("quarter"))["last"]
        for model in (Capacity, Money)
    ]
    return min(MOST, max((between(first, day) + 1 for day in last if day), default=0))


def between(first: date, quarter: date) -> int:
    """How many quarters one is after another."""
    return (quarter.year - first.year) * 4 + (quarter.month - first.month) // 3
