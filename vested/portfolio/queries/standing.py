"""How an initiative stands beside what was frozen: computed on four sides, and never typed.

Cost is what was spent, and what is planned for the quarters nobody has noted yet. Schedule is the day it went live, or
is planned to, at the earliest today. A benefit is what was found when somebody looked, until then what is expected.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core import amounts
from vested.portfolio.models import Baseline, Benefit, Claim, Initiative, Thresholds
from vested.portfolio.models.following import Side, Standing
from vested.portfolio.queries.quarters import later, span

ORDER = list(Standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How one side stands, why, and by which share it is off (None where that is not known)."""

    standing: Standing
    words: str
    share: float | None


def frozen(one: Initiative) -> Baseline | None:
    """The baseline that counts: the newest."""
    return max(one.baselines.all(), key=lambda row: row.number, default=None)


def planned(one: Initiative) -> dict[str, Any]:
    """What is planned now, as a baseline freezes it; needs a mode and a start."""
    mode = next(mode for mode in one.modes.all() if mode.pk == one.mode_id)
    return {
        "kind": mode.kind,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "cost": mode.cost,
        "costs": [[row.quarter, str(row.cost)] for row in mode.costs.all()],
        "benefits": [
            {"id": row.pk, "words": row.words, "economic": row.economic, "amount": row.amount}
            for row in one.benefits.all()
        ],
    }


def spent(one: Initiative) -> dict[date, Decimal]:
    """What was spent in each quarter, as noted last."""
    return {row.quarter: row.amount for row in sorted(one.spendings.all(), key=lambda row: row.pk)}


def forecast(one: Initiative) -> dict[date, Decimal]:
    """What it is planned to cost in each quarter, as planned now."""
    mode = next((mode for mode in one.modes.all() if mode.pk == one.mode_id), None)
    if mode is None or one.starts_on is None:
        return {}
    costs = {row.quarter: row.cost for row in mode.costs.all()}
    quarters = span(one.starts_on, max([mode.quarters, *costs]))
    return {quarter: costs.get(number, Decimal(0)) for number, quarter in enumerate(quarters, 1)}


def expected(one: Initiative) -> dict[date, Decimal]:
    """What was spent in each quarter, and what is planned for the others until it is closed."""
    plan = {quarter: cost for quarter, cost in forecast(one).items() if not _is_over(one, quarter)}
    return {**plan, **spent(one)}


def expected_cost(one: Initiative) -> Decimal:
    """What it will have cost: what was spent, and what is planned for the other quarters until it is closed."""
    return sum(expected(one).values(), Decimal(0))


def expected_end(one: Initiative, day: date) -> date | None:
    """The day it went live, or is planned to; as long as it is not, no day that has passed."""
    if one.live_on:
        return one.live_on
    return max(one.ends_on, day) if one.ends_on and not one.closed_on else None


def look(one: Initiative, rules: Thresholds, day: date, *, beside: Baseline | None = None) -> dict[Side, Seen]:
    """How it stands on a day on each side on which something was promised; ``beside`` the newest baseline or another.

    Nothing before it was approved.
    """
    base = beside or frozen(one)
    if base is None:
        return {}
    sides = {
        Side.COST: _cost(one, base, rules, day),
        Side.SCHEDULE: _schedule(one, base, rules, day),
        Side.ECONOMIC: _economic(one, base, rules, day),
        Side.OTHER: _other(one, base, rules, day),
    }
    return {side: seen for side, seen in sides.items() if seen}


def worst(standings: Iterable[str]) -> Standing:
    """The worst of some; not known without any."""
    return min((Standing(one) for one in standings), key=ORDER.index, default=Standing.UNKNOWN)


def claimed(one: Initiative) -> Claim | None:
    """What its owner said last."""
    return max(one.claims.all(), key=lambda row: (row.on, row.pk), default=None)


def is_stale(claim: Claim | None, rules: Thresholds, day: date) -> bool:
    """Whether what is claimed is too old to say anything, or nothing is."""
    return claim is None or (day - claim.on).days > rules.stale_days


def differing(one: Initiative, rules: Thresholds, day: date) -> list[tuple[Side, Standing, Standing]]:
    """The sides on which what is claimed is not what is computed: side, claimed, computed."""
    claim = claimed(one)
    if claim is None:
        return []
    pairs = [(side, Standing(getattr(claim, side)), seen.standing) for side, seen in look(one, rules, day).items()]
    return [pair for pair in pairs if pair[1] is not pair[2]]


def _cost(one: Initiative, base: Baseline, rules: Thresholds, day: date) -> Seen:
    currency, total = one.sector.currency, expected_cost(one)
    known = spent(one)
    silent = [
        quarter
        for quarter in forecast(one)
        if quarter not in known
        and later(quarter, 1) + timedelta(days=rules.stale_days) < day
        and not _is_over(one, quarter)
    ]
    if silent:
        words = ngettext(
            "Nobody has noted what was spent in %(count)s quarter, the first from %(day)s.",
            "Nobody has noted what was spent in %(count)s quarters, the first from %(day)s.",
            len(silent),
        )
        told = words % {"count": amounts.number(len(silent)), "day": date_format(silent[0])}
        return Seen(standing=Standing.UNKNOWN, words=told, share=None)
    words = _("%(now)s expected, %(then)s frozen.")
    told = words % {"now": amounts.money(total, currency), "then": amounts.money(base.cost, currency)}
    return _judged(float(total - base.cost), float(base.cost), rules, told)


def _schedule(one: Initiative, base: Baseline, rules: Thresholds, day: date) -> Seen | None:
    end = expected_end(one, day)
    if end is None:
        return None  # it was stopped, and keeps nobody waiting
    words = _("Live on %(now)s; %(then)s frozen.") if one.live_on else _("%(now)s expected, %(then)s frozen.")
    told = words % {"now": date_format(end), "then": date_format(base.ends_on)}
    return _judged((end - base.ends_on).days, (base.ends_on - base.starts_on).days, rules, told)


def _economic(one: Initiative, base: Baseline, rules: Thresholds, day: date) -> Seen | None:
    promised = _promised(one, base, economic=True)
    if not promised:
        return None
    if late := _overdue(promised, day):
        return late
    now, then = sum(_found(row) for row, _amount in promised), sum(amount for _row, amount in promised)
    currency = one.sector.currency
    told = _("%(now)s a year expected, %(then)s frozen.")
    told %= {"now": amounts.money(now, currency), "then": amounts.money(then, currency)}
    return _judged(then - now, then, rules, told)


def _other(one: Initiative, base: Baseline, rules: Thresholds, day: date) -> Seen | None:
    promised = _promised(one, base, economic=False)
    if not promised:
        return None
    if late := _overdue(promised, day):
        return late
    row, amount = min(promised, key=lambda pair: _found(pair[0]) / pair[1])
    told = _("“%(benefit)s”: %(now)s expected, %(then)s frozen.")
    told %= {"benefit": row, "now": amounts.level(_found(row)), "then": amounts.level(amount)}
    return _judged(amount - _found(row), amount, rules, told)


def _promised(one: Initiative, base: Baseline, *, economic: bool) -> list[tuple[Benefit, float]]:
    """The benefits of a kind that were frozen, each with what it was to bring; none of what was stopped."""
    if one.outcome == Initiative.Outcome.STOPPED:
        return []
    now = {row.pk: row for row in one.benefits.all()}
    rows = [row for row in base.benefits if row["economic"] is economic and row["id"] in now]
    return [(now[row["id"]], float(row["amount"])) for row in rows if float(row["amount"]) > 0]


def _found(row: Benefit) -> float:
    """What a benefit brings a year: as found last, until then as expected."""
    last = max(row.reviews.all(), key=lambda one: (one.on, one.pk), default=None)
    return last.found if last else row.amount


def _overdue(promised: list[tuple[Benefit, float]], day: date) -> Seen | None:
    for row, _amount in promised:
        if row.review_on and row.review_on < day:
            words = _("“%(benefit)s” was to be reviewed by %(day)s.")
            told = words % {"benefit": row, "day": date_format(row.review_on)}
            return Seen(standing=Standing.UNKNOWN, words=told, share=None)
    return None


def _judged(off: float, of: float, rules: Thresholds, words: str) -> Seen:
    """How far off that is, as a share of what was frozen."""
    share = off / of if of > 0 else (1.0 if off > 0 else 0.0)
    standing = Standing.OFF if share > rules.off else Standing.WATCH if share > rules.watch else Standing.ON_COURSE
    return Seen(standing=standing, words=words, share=share)


def _is_over(one: Initiative, quarter: date) -> bool:
    """Whether it was closed before a quarter began."""
    return one.closed_on is not None and one.closed_on < quarter
