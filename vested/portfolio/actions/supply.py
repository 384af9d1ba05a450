"""Say how many people and how much money there are for initiatives in each quarter."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.permissions import Permission, require
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer
from vested.portfolio.models import Capacity, Money, Pool
from vested.portfolio.queries.quarters import quarter_of


@transaction.atomic
def offer_people(*, by: Viewer, pool: Pool, people: Mapping[date, float | None], rate: Decimal) -> Pool:
    """Say how many people of a pool there are in the quarters named (None: it is not said any more), and the rate."""
    require(by, Permission.PORTFOLIO_DECIDE)
    keep_inside(pool)
    _require_quarters(people)
    held = Pool.objects.select_for_update().get(pk=pool.pk)
    held.rate = rate
    held.save(update_fields=["rate"])
    Capacity.objects.filter(pool=held, quarter__in=people).delete()
    Capacity.objects.bulk_create(
        Capacity(sector=by.sector, pool=held, quarter=quarter, people=count)
        for quarter, count in people.items()
        if count is not None
    )
    said = ", ".join(f"{quarter:%Y-%m}: {count:g}" for quarter, count in people.items() if count is not None)
    record("pool.offered", by=by, on=held, new={"people": said, "rate": rate})
    return held


@transaction.atomic
def offer_money(*, by: Viewer, amounts: Mapping[date, Decimal | None]) -> None:
    """Say how much money there is for initiatives in the quarters named (None: it is not said any more)."""
    require(by, Permission.PORTFOLIO_DECIDE)
    _require_quarters(amounts)
    Money.objects.filter(quarter__in=amounts).delete()
    Money.objects.bulk_create(
        Money(sector=by.sector, quarter=quarter, amount=amount)
        for quarter, amount in amounts.items()
        if amount is not None
    )
    said = ", ".join(f"{quarter:%Y-%m}: {amount}" for quarter, amount in amounts.items() if amount is not None)
    record("portfolio.money", by=by, on=by.sector, new={"amounts": said})


def _require_quarters(named: Mapping[date, object]) -> None:
    if any(quarter_of(day) != day for day in named):
        raise Invalid(_("A quarter is named by its first day."))
