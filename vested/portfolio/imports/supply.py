"""What there is for initiatives in each quarter, from the first that begins today or later: people of pools, money.

Files say nobody, and nothing, by leaving a quarter out; so each table has a row for every quarter it looks ahead.
What is in delivery takes its part first, so no quarter has less than that.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vested.core.imports.tables import Key, Row, TableImport
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.formats.sector_folder import Sector
from vested.portfolio.models import Capacity, Crew, Money, Pool
from vested.portfolio.queries.quarters import span
from vested.portfolio.queries.spoken import Spoken, spoken
from vested.portfolio.queries.supply import taken_now

Taken = Mapping[tuple[int | None, date], float]


def _pools_now() -> dict[Key, Row]:
    there, taken = spoken(), taken_now()
    people = {(row.pool_id, row.quarter): row.people for row in Capacity.objects.all()}
    return {
        (pool.code, str(number)): (
            pool.name, max(people.get((pool.pk, day), 0.0), taken.get((pool.pk, day), 0.0)), float(pool.rate)
        )
        for pool in Pool.objects.order_by("pk")
        for number, day in enumerate(span(there.first, there.horizon), 1)
    }  # fmt: skip


def _pools_wanted(sector: Sector) -> dict[Key, Row]:
    there, taken = spoken(), taken_now()
    known = {pool.code: pool for pool in Pool.objects.order_by("pk")}
    rows = {(row.pool_id, row.quarter): row for row in sector.pools}
    first = {row.pool_id: row for row in reversed(sector.pools)}
    days = span(there.first, max(there.horizon, max((row.quarter for row in sector.pools), default=0)))
    found: dict[Key, Row] = {}
    for code in dict.fromkeys((*known, *first)):
        pool, row = known.get(code), first.get(code)
        if row:
            name = row.name or (pool.name if pool else code)
            rate = round(max(one.rate for one in sector.pools if one.pool_id == code), 2)
        else:  # the files do not speak of it
            name, rate = known[code].name, float(known[code].rate)
        for number, day in enumerate(days, 1):
            said = rows[code, number].capacity if (code, number) in rows else 0.0
            least = taken.get((pool.pk, day), 0.0) if pool else 0.0
            found[code, str(number)] = (name, max(said, least), rate)
    return found


def _apply_pools(
    *,
    by: Viewer,
    added: Mapping[Key, Row],
    changed: Mapping[Key, Row],
    removed: Collection[Key],
    at: datetime,  # noqa: ARG001 - the shape
) -> None:
    """Name pools that are new, and say how many there are of each; one that nobody speaks of any more goes."""
    require(by, Permission.PORTFOLIO_DECIDE)
    there = spoken()
    pools = {pool.code: pool for pool in Pool.objects.all()}
    for (code, _number), (name, _people, rate) in {**added, **changed}.items():
        pool = pools.setdefault(code, Pool(sector=by.sector, code=code))
        if (pool.name, float(pool.rate)) != (name, rate) or not pool.pk:
            pool.name, pool.rate = str(name), Decimal(str(rate))
            pool.save()
    keys = [*added, *changed, *removed]
    for code in {code for code, _number in keys}:
        days = [there.begins(int(number)) for one, number in keys if one == code]
        Capacity.objects.filter(pool=pools[code], quarter__in=days).delete()
    Capacity.objects.bulk_create(
        Capacity(sector=by.sector, pool=pools[code], quarter=there.begins(int(number)), people=float(people or 0))
        for (code, number), (_name, people, _rate) in {**added, **changed}.items()
    )
    left = Pool.objects.filter(code__in={code for code, _number in removed}, capacities=None)
    left.exclude(pk__in=Crew.objects.values("pool")).delete()


def _money_now() -> dict[Key, Row]:
    if not Money.objects.exists():
        return {}  # no limit
    there, taken = spoken(), taken_now()
    return _money(there, taken, {row.quarter: float(row.amount) for row in Money.objects.all()}, there.horizon)


def _money_wanted(sector: Sector) -> dict[Key, Row]:
    if not sector.portfolio_budgets:
        return {}
    there = spoken()
    amounts = {there.begins(row.quarter): round(row.amount, 2) for row in sector.portfolio_budgets}
    return _money(there, taken_now(), amounts, max(there.horizon, *(row.quarter for row in sector.portfolio_budgets)))


def _money(there: Spoken, taken: Taken, amounts: Mapping[date, float], quarters: int) -> dict[Key, Row]:
    days = enumerate(span(there.first, quarters), 1)
    return {(str(number),): (max(amounts.get(day, 0.0), taken.get((None, day), 0.0)),) for number, day in days}


def _apply_money(
    *,
    by: Viewer,
    added: Mapping[Key, Row],
    changed: Mapping[Key, Row],
    removed: Collection[Key],
    at: datetime,  # noqa: ARG001 - the shape
) -> None:
    require(by, Permission.PORTFOLIO_DECIDE)
    there = spoken()
    Money.objects.filter(quarter__in=[there.begins(int(number)) for (number,) in (*added, *changed, *removed)]).delete()
    Money.objects.bulk_create(
        Money(sector=by.sector, quarter=there.begins(int(number)), amount=Decimal(str(amount)))
        for (number,), (amount,) in {**added, **changed}.items()
    )


POOLS = TableImport(
    name="pools",
    label=_("People for initiatives"),
    counted=lambda count: ngettext("%(count)s quarter of a pool", "%(count)s quarters of pools", count),
    keys=("pool_id", "quarter"),
    columns=("name", "capacity", "rate"),
    current=_pools_now,
    wanted=_pools_wanted,
    apply=_apply_pools,
    longest={"pool_id": 100, "name": 200},
)
MONEY = TableImport(
    name="portfolio_budgets",
    label=_("Money for initiatives"),
    counted=lambda count: ngettext("%(count)s quarter", "%(count)s quarters", count),
    keys=("quarter",),
    columns=("amount",),
    current=_money_now,
    wanted=_money_wanted,
    apply=_apply_money,
)
