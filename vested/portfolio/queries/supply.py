"""What there is for initiatives in each quarter, and what those in delivery take of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from vested.core.viewer import Viewer
from vested.portfolio.models import Capacity, Cost, Crew, Initiative, Money, Pool
from vested.portfolio.queries.quarters import later, quarter_of, span

LEAST = 8  # quarters shown, at least
MOST = 40  # quarters looked ahead, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Money (``pool`` None) or people of a pool in each quarter; ``there`` is None where nothing was said."""

    pool: Pool | None
    there: tuple[float | None, ...]
    taken: tuple[float, ...]

    @property
    def short(self) -> bool:
        """Whether what is in delivery takes more in a quarter than there is."""
        return any(there is not None and used > there for there, used in zip(self.there, self.taken, strict=True))


def coming_quarter(on: date) -> date:
    """The first quarter that begins on a day or after it."""
    first = quarter_of(on)
    return first if first == on else later(first, 1)


def quarters_shown(viewer: Viewer, on: date) -> list[date]:
    """The quarters to speak of: from the one a day is in, to the last of which something is said."""
    last = [
        model.objects.all().visible_to(viewer).aggregate(last=Max("quarter"))["last"] or on
        for model in (Capacity, Money)
    ]
    end = max(last)
    first = quarter_of(on)
    count = (end.year - first.year) * 4 + (end.month - first.month) // 3 + 1
    return span(first, min(MOST, max(LEAST, count)))


def supplies(viewer: Viewer, quarters: Sequence[date]) -> list[Supply]:
    """Money, then each pool, in those quarters."""
    money = {
        row.quarter: float(row.amount) for row in Money.objects.all().visible_to(viewer).filter(quarter__in=quarters)
    }
    people = {
        (row.pool_id, row.quarter): row.people
        for row in Capacity.objects.all().visible_to(viewer).filter(quarter__in=quarters)
    }
    taken = in_delivery(viewer)
    rows = [None, *Pool.objects.all().visible_to(viewer)]
    return [
        Supply(
            pool=pool,
            there=tuple(people.get((pool.pk, q)) if pool else money.get(q) for q in quarters),
            taken=tuple(taken.get((pool.pk if pool else None, q), 0.0) for q in quarters),
        )
        for pool in rows
    ]


def in_delivery(viewer: Viewer) -> dict[tuple[int | None, date], float]:
    """What initiatives in delivery take in each quarter as planned now: of a pool, or money (None)."""
    return _taken(
        Initiative.objects.all().visible_to(viewer),
        Cost.objects.all().visible_to(viewer),
        Crew.objects.all().visible_to(viewer),
    )


def taken_now() -> dict[tuple[int | None, date], float]:
    """The same for the sector somebody acts in."""
    return _taken(Initiative.objects.all(), Cost.objects.all(), Crew.objects.all())


def _taken(
    initiatives: QuerySet[Initiative], costs: QuerySet[Cost], crews: QuerySet[Crew]
) -> dict[tuple[int | None, date], float]:
    rows = initiatives.filter(stage=Initiative.Stage.DELIVERY, starts_on__isnull=False).exclude(mode=None)
    first = {mode: quarter_of(day) for mode, day in rows.values_list("mode", "starts_on") if mode and day}
    found: dict[tuple[int | None, date], float] = {}
    for mode, number, cost in costs.filter(mode__in=first).values_list("mode", "quarter", "cost"):
        key = (None, later(first[mode], number - 1))
        found[key] = found.get(key, 0.0) + float(cost)
    for mode, number, pool, count in crews.filter(mode__in=first).values_list("mode", "quarter", "pool", "people"):
        at = (pool, later(first[mode], number - 1))
        found[at] = found.get(at, 0.0) + count
    return found
