"""Marks for the rows of a table: a bar, a bullet, an interval, a change. The row's words say what they show."""

from django.utils.safestring import SafeString

from vested.core.charts._scale import share
from vested.core.charts._svg import dot, level, mark, rect, upright


def bar(value: float, *, most: float) -> SafeString:
    """Draw how much: a bar from zero, out of ``most``."""
    return mark(18, [level("s-line w1", 9), rect("f1", 0, share(value, 0, most), 3, 12, round_by=1)])


def bullet(value: float, *, most: float, must: float | None = None, mean: float | None = None) -> SafeString:
    """Draw how near: a bar on a track, red only when under ``must`` (heavy mark), with the mean dashed."""
    short = must is not None and value < must
    marks = [rect("f-track", 0, 1, 3, 16), rect("f-bad" if short else "f1", 0, share(value, 0, most), 7, 8)]
    if mean is not None:
        marks.append(upright("s-line2 w2 dash", share(mean, 0, most), 1, 21))
    if must is not None:
        marks.append(upright("s-ink w3", share(must, 0, most), 2, 20))
    return mark(22, marks)


def interval(
    low: float,
    high: float,
    estimate: float,
    *,
    most: float,
    least: float = 0.0,
    need: float | None = None,
    before: float | None = None,
) -> SafeString:
    """Draw how sure: the range from ``low`` to ``high`` around a dot; what is needed heavy, what was before thin."""
    if not low <= estimate <= high:
        raise ValueError(f"estimate: {estimate} must lie in its range, {low} to {high}.")
    marks = [rect("f-track", 0, 1, 10, 2)]
    marks.append(rect("f-sure", share(low, least, most), share(high, least, most), 6, 10, round_by=5))
    if before is not None:
        marks.append(upright("s-line2 w2", share(before, least, most), 4, 18))
    if need is not None:
        marks.append(upright("s-ink w3", share(need, least, most), 2, 20))
    return mark(22, [*marks, dot("f1", share(estimate, least, most), 11, 5)])


def change(value: float, *, most: float) -> SafeString:
    """Draw more or less than before: to the right of the middle when more, to the left when less."""
    reach = round(share(abs(value), 0, most) / 2, 4)  # to what is drawn, so that both sides are as long as each other
    start, end, style = (0.5, 0.5 + reach, "f-d6") if value > 0 else (0.5 - reach, 0.5, "f-d2")
    side = rect(style, start, end, 3, 12, round_by=1)
    return mark(18, [level("s-line w1", 9), side, upright("s-ink w1", 0.5, 0, 18)])
