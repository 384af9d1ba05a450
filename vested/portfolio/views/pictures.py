"""Pictures of the portfolio: where initiatives stand, one beside what was frozen, and how much explores."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core import amounts, charts
from vested.core.viewer import Viewer
from vested.portfolio.models import Baseline, Initiative, Thresholds
from vested.portfolio.queries.initiatives import by_stage
from vested.portfolio.queries.quarters import later, quarter_of
from vested.portfolio.queries.shares import Share
from vested.portfolio.queries.standing import expected

MOST_LINES, NEAR = 4, 0.15  # that can be told apart, and what share of the height is too near for words
Sums = Mapping[date, Decimal]


def pipeline(viewer: Viewer) -> charts.Drawn:
    """How many initiatives stand at each stage, and what they are planned to cost; each opens to its rows."""
    here, found = reverse("portfolio:initiatives"), by_stage(viewer)
    rows = [
        charts.Amount(
            label=str(stage.label), value=float(found[stage].count), shown=amounts.number(found[stage].count),
            href=f"{here}?stage={stage}", note=_note(found[stage].cost, found[stage].again, viewer.sector.currency),
        )
        for stage in Initiative.Stage
    ]  # fmt: skip
    words = charts.Words(
        caption=_("Where they stand"), label=_("Stage"), value=_("Initiatives"), caption_for_eyes=False
    )
    return charts.bars(rows, words=words)


def _note(cost: Decimal, again: int, currency: str) -> str:
    planned = _("%(cost)s planned") % {"cost": amounts.money(cost, currency)} if cost else ""
    words = ngettext("a gate of %(count)s is open again", "gates of %(count)s are open again", again)
    opened = words % {"count": amounts.number(again)} if again else ""
    return " · ".join(part for part in (planned, opened) if part)


def exploring(rows: list[tuple[str, Share]], rules: Thresholds) -> charts.Drawn:
    """Which share of the money explores, between the least and the most the office wants."""
    words = charts.Words(
        caption=_("Share that explores"), label=_("Counted"), value=_("Share that explores"), hidden=_("nothing yet"),
        must=_("at least"), mean=_("at most"), caption_for_eyes=False,
    )  # fmt: skip
    told = [
        charts.Amount(
            label=name, value=one.share, shown="" if one.share is None else amounts.percent(one.share, 0),
            must=rules.explore_least, mean=rules.explore_most,
        )
        for name, one in rows
    ]  # fmt: skip
    return charts.bullets(told, words=words, most=1.0)


def course(one: Initiative, today: date) -> charts.Drawn | None:
    """What it has cost and will, quarter by quarter, beside each baseline: of many the first and the newest."""
    now, bases = expected(one), [row for row in one.baselines.all() if row.costs]  # costs may have been waived
    if not bases or not now:
        return None
    kept = bases if len(bases) < MOST_LINES else [bases[0], *bases[-(MOST_LINES - 2) :]]
    currency = one.sector.currency
    series = _told_apart(
        [
            _series(_("Spent, then planned"), now, currency, planned=False),
            *(_series(_("Baseline %(number)s") % {"number": row.number}, frozen(row), currency) for row in kept),
        ]
    )
    highest = max(point.value or 0.0 for row in series for point in row.points)
    ends = sorted({row.points[at].at for row in series for at in (0, -1)})
    named = {ends[0], ends[-1], *({float(today.toordinal())} if ends[0] < today.toordinal() < ends[-1] else ())}
    words = charts.LineWords(
        finding=_finding(one, series, bases),
        caption=_("Money by the end of each quarter, added up"),
        when=_("By the end of"),
        hidden=_("not known"),
    )
    return charts.line(
        series,
        words=words,
        heights=[(value, amounts.money(value, currency)) for value in charts.ticks(0.0, highest or 1.0, most=3)],
        moments=[
            (at, _("today") if at == today.toordinal() else _month(date.fromordinal(int(at)))) for at in sorted(named)
        ],
    )


def frozen(row: Baseline) -> dict[date, Decimal]:
    """What a baseline planned for each quarter."""
    first = quarter_of(row.starts_on)
    return {later(first, int(number) - 1): Decimal(cost) for number, cost in row.costs}


def _series(name: str, sums: Sums, currency: str, *, planned: bool = True) -> charts.Series:
    quarters = sorted(sums)
    totals = accumulate(sums[quarter] for quarter in quarters)
    points = tuple(
        charts.Point(
            at=later(quarter, 1).toordinal(), when=_month(later(quarter, 1) - timedelta(days=1)), value=float(total),
            shown=amounts.money(total, currency),
        )
        for quarter, total in zip(quarters, totals, strict=True)
    )  # fmt: skip
    return charts.Series(name=name, points=points, end=f"{name}: {points[-1].shown}", planned=planned)


def _told_apart(series: list[charts.Series]) -> list[charts.Series]:
    """Where baselines end beside what is planned, their words stand with its, so that none covers another."""
    last = [row.points[-1].value or 0.0 for row in series]
    near = [row for row, end in zip(series[1:], last[1:], strict=True) if abs(end - last[0]) < NEAR * max(last)]
    words = " · ".join([series[0].end, *(row.end for row in near)])
    return [replace(series[0], end=words), *(replace(row, end="") if row in near else row for row in series[1:])]


def _finding(one: Initiative, series: list[charts.Series], bases: list[Baseline]) -> str:
    words = _("%(now)s in all as planned now; %(then)s frozen first, on %(day)s.")
    said = {"now": series[0].points[-1].shown, "then": amounts.money(bases[0].cost, one.sector.currency)}
    return words % {**said, "day": date_format(bases[0].on)}


def _month(day: date) -> str:
    return date_format(day, "YEAR_MONTH_FORMAT")
