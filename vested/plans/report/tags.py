"""What the report's templates can say and draw; they are given to their engine as built in."""

from collections.abc import Sequence

from django import template

from vested.core import amounts
from vested.formats.sector_folder import Way
from vested.plans.report import charts, words
from vested.plans.report.figures import Curve, GapTable, Load, Out, RoadmapFigures, Start, Widest
from vested.plans.roadmap import mode_word, repairs_told, why_of

register = template.Library()

for _filter in (
    amounts.number,
    words.levels,
    words.levels_up,
    words.levels_down,
    amounts.percent,
    words.percent_up,
    words.points,
    amounts.level,
    words.change,
    amounts.money,
    words.period,
    words.day,
    words.why_not_given,
    words.what_would_help,
    words.why_missing,
):
    register.filter(_filter.__name__, _filter)

for _chart in (
    charts.gap_bar,
    charts.bullet,
    charts.holders,
    charts.interval,
    charts.used,
    charts.tally,
    charts.ceiling,
):
    register.simple_tag(_chart)


@register.simple_tag
def budget_line(curve: Curve, label: str) -> str:
    """Draw the plans' value over the budget."""
    low, high = min(point.worth for point in curve.points), max(point.worth_ceiling for point in curve.points)
    dots = [
        charts.Dot(
            at=point.factor,
            low=point.worth,
            high=point.worth_ceiling,
            word=amounts.percent(point.worth),
            tick=amounts.percent(point.factor, 0),
            here=at == curve.base,
        )
        for at, point in enumerate(curve.points)
    ]
    heights = charts.steps(low, high, most=4)
    digits = 0 if heights[1] - heights[0] >= 0.0099 else 1 if heights[1] - heights[0] >= 0.00099 else 2
    return charts.line(dots, label=label, ticks=[(at, amounts.percent(at, digits)) for at in heights])


@register.simple_tag
def span(one: Start) -> str:
    """Draw when an initiative runs."""
    colour = {Way.REUSE: "f-sure", Way.PILOT: "f-band", Way.ROLL_OUT: "f1"}[one.way]
    late = one.skills == "late"
    return charts.span(one.first, one.last, one.quarters, colour=colour, ready=one.ready, late=late)


@register.simple_tag
def load_bars(load: Load) -> str:
    """Draw what is used of money or of a pool, quarter by quarter."""
    return charts.columns(load.used, load.there)


@register.simple_tag
def quarter_axis(quarters: Sequence[int]) -> str:
    """Name the quarters above their marks."""
    return charts.axis([str(quarter) for quarter in quarters])


@register.filter
def way(mode: Way) -> str:
    """Name a mode."""
    return mode_word(mode)


@register.filter
def why_out(one: Out, road: RoadmapFigures) -> str:
    """Say why an initiative is out."""
    return why_of(road.sector, road.road, one.initiative)


@register.simple_tag
def told_of_repairs(road: RoadmapFigures) -> list[str]:
    """Say what was done so that skills are there in time."""
    return list(repairs_told(road.sector, road.road))


@register.simple_tag
def heat_steps(table: GapTable) -> list[float]:
    """Return the seven lower ends of the colours: round steps, so that the widest gap of a unit falls into the last."""
    means = [
        cell.mean_before for row in (table.total, *table.rows) for cell in (*row.cells, row.total) if not cell.hidden
    ]
    step = charts.round_up((max(means, default=0.0) or 1.0) / 7)
    return [step * at for at in range(7)]


@register.filter
def heat(mean: float, ends: list[float]) -> str:
    """Return the colour class of a mean gap."""
    return f"g{max(at for at, end in enumerate(ends) if mean >= end or at == 0)}"


@register.filter
def shift(difference: float) -> str:
    """Return the colour class of a difference of two shares: neutral within one point, strong from ten."""
    size = next(size for size, end in ((0, 0.01), (1, 0.05), (2, 0.10), (3, float("inf"))) if abs(difference) < end)
    return f"d{4 + size if difference > 0 else 4 - size}"


@register.simple_tag
def widest_gap(table: GapTable) -> float:
    """Return the widest mean gap of a unit that is shown, for bars that share a scale."""
    return max((row.total.mean_before for row in (table.total, *table.rows) if not row.total.hidden), default=0.0)


@register.simple_tag
def widest_of(widest: Sequence[Widest]) -> float:
    """Return the widest mean gap before the plan, for bars that share a scale."""
    return max((one.cell.mean_before for one in widest), default=0.0)
