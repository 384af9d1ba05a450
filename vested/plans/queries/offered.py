"""What a roadmap is computed within: the people and the money of each quarter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min

from vested.academy.models import Session
from vested.core.viewer import Viewer
from vested.formats import sector_folder as folder
from vested.plans.asked import Asked
from vested.portfolio.models import Capacity, Money, Pool
from vested.portfolio.queries.quarters import later
from vested.portfolio.queries.supply import in_delivery
from vested.portfolio.queries.thresholds import thresholds_of


@dataclass(frozen=True, slots=True)
class Pace:
    """How many months a period has, and how many periods are over when the first quarter begins."""

    months: int
    passed: int

    def periods(self, quarters: int) -> int:
        """How many whole periods so many quarters have."""
        return 3 * quarters // self.months


def pace_from(first: date) -> Pace:
    """Taken from the days sessions are held on; a period is a quarter where they do not say."""
    rows = Session.objects.exclude(starts_on=None).order_by("period").values_list("period")
    days = [(period, day) for period, day in rows.annotate(day=Min("starts_on")) if day]
    if len(days) < 2 or days[-1][1] <= days[0][1]:
        return Pace(3, 0)
    (one, begins), (other, ends) = days[0], days[-1]
    months = max(1, round((ends - begins).days / (other - one) / 30.44))
    over = (first.year - begins.year) * 12 + first.month - begins.month + (one - 1) * months
    return Pace(months, max(0, over // months))


def settings_of(viewer: Viewer, pace: Pace) -> dict[str, Any]:
    """How periods and quarters go together, and the band of exploring where the office has drawn it."""
    rules = thresholds_of(viewer)
    band = {"explore_least": rules.explore_least, "explore_most": rules.explore_most} if rules.pk else {}
    return {"periods_per_quarter": 3 / pace.months, **band}


def limits_of(viewer: Viewer, asked: Asked, first: date, horizon: int) -> dict[str, tuple[Any, ...]]:
    """People and money in each quarter, as a scenario changes them, and never less than what is in delivery takes."""
    quarters = [later(first, number) for number in range(horizon)]
    taken = in_delivery(viewer)
    people = {
        (row.pool_id, row.quarter): row.people
        for row in Capacity.objects.all().visible_to(viewer).filter(quarter__in=quarters)
    }
    amounts = {row.quarter: float(row.amount) for row in Money.objects.all().visible_to(viewer)}
    return {
        "pools": tuple(
            folder.Pool(
                pool_id=pool.code,
                quarter=number,
                capacity=max(
                    people.get((pool.pk, quarter), 0.0) * asked.pools.get(pool.code, 1.0),
                    taken.get((pool.pk, quarter), 0.0),
                ),
                name=pool.name,
                rate=float(pool.rate),
            )
            for pool in _pools(viewer)
            for number, quarter in enumerate(quarters, 1)
        ),
        "portfolio_budgets": tuple(
            folder.PortfolioBudget(
                quarter=number,
                amount=max(amounts.get(quarter, 0.0) * asked.portfolio_money, taken.get((None, quarter), 0.0)),
            )
            for number, quarter in enumerate(quarters, 1)
            if amounts
        ),
    }


def _pools(viewer: Viewer) -> Iterable[Pool]:
    return Pool.objects.all().visible_to(viewer).order_by("pk")
