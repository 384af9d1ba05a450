"""What the demo has for initiatives in each quarter: what is in delivery takes most of it, and the rest is scarce."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import ceil

from vested.core.viewer import Viewer
from vested.portfolio import actions
from vested.portfolio.models import Cost, Crew, Initiative, Pool
from vested.portfolio.queries.quarters import quarter_of, span
from vested.portfolio.queries.supply import in_delivery

AHEAD = 9  # quarters, with the one of today
SHARE = 0.5  # of what those that may start would take, there is so much
RATES = {"DEV": 27_000, "DAT": 28_500, "ARC": 33_000, "SEC": 34_500, "CHG": 22_000}  # of one more for a quarter
MAY_START = (Initiative.Stage.IDEA, Initiative.Stage.PREPARED, Initiative.Stage.APPROVED)


def offer(by: Viewer, today: date) -> None:
    """Say how many people of each pool there are and how much money: too little for everything that is wanted."""
    quarters = span(quarter_of(today), AHEAD)
    taken = in_delivery(by)
    chosen = Initiative.objects.filter(stage__in=MAY_START).exclude(mode=None).values("mode")
    wanted: dict[int | None, float] = {}
    for key, people in Crew.objects.filter(mode__in=chosen).values_list("pool", "people"):
        wanted[key] = wanted.get(key, 0.0) + people
    wanted[None] = float(sum(Cost.objects.filter(mode__in=chosen).values_list("cost", flat=True)))

    def there(pool: Pool | None, *, to: float) -> dict[date, float]:
        key = pool.pk if pool else None
        held = [taken.get((key, day), 0.0) for day in quarters]
        return _yearly(quarters, held, free=SHARE * wanted.get(key, 0.0) / AHEAD, to=to)

    for one in Pool.objects.all():
        actions.offer_people(by=by, pool=one, people=there(one, to=0.5), rate=Decimal(RATES[one.code]))
    actions.offer_money(by=by, amounts={day: Decimal(amount) for day, amount in there(None, to=10_000).items()})


def _yearly(quarters: Sequence[date], taken: Sequence[float], *, free: float, to: float) -> dict[date, float]:
    """The same in all quarters of a year: what is in delivery fits, and as much is free as is said, on average."""
    found = {}
    for day in quarters:
        held = [amount for other, amount in zip(quarters, taken, strict=True) if other.year == day.year]
        found[day] = to * ceil(max(sum(held) / len(held) + free, *held) / to)
    return found
