"""Marks for the rows of a table: a bar, a bullet, an interval, a change. The row's words say what they show."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from vested.core.charts._scale import share
from vested.core.charts._svg import dot, level, mark, rect, upright, word


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


def span(first: int, last: int, of: int, *, style: str = "f1", ready: int = 0, late: bool = False) -> SafeString:
    """Draw from when to when: steps ``first`` to ``last`` of so many; a line back to ``ready``, what it waited for."""
    start, end = (first - 1) / of, last / of
    marks = [upright("s-line w1", step / of, 0, 20) for step in range(of + 1)]
    marks.append(rect(style, start, end, 4, 12))
    if ready:
        line = f'<line class="s-ink w2" x1="{100 * ready / of:.2f}%" x2="{100 * start:.2f}%" y1="10" y2="10"/>'
        marks += [SafeString(line), upright("s-ink w3", ready / of, 5, 15)]
    if late:
        marks.append(rect("f-bad", start, end, 16, 3))
    return mark(20, marks)


def columns(used: Sequence[float], there: Sequence[float | None]) -> SafeString:
    """Draw step by step what there is (pale, with a line) and what is used of it, on one scale."""
    most, tall = max((*used, *(limit or 0.0 for limit in there)), default=0.0) or 1.0, 36  # nothing at all stays flat
    marks: list[SafeString] = []
    for at, (amount, limit) in enumerate(zip(used, there, strict=True)):
        left, right = (at + 0.12) / len(used), (at + 0.88) / len(used)
        for style, value in (("f-track", limit or 0.0), ("f1", amount)):
            height = round(tall * share(value, 0, most))
            marks.append(rect(style, left, right, tall - height, height))
        if limit is not None:
            top = tall - round(tall * share(limit, 0, most))
            marks.append(rect("f-now", left, right, max(0, top - 1), 2))
    return mark(tall, marks)


def steps(words: Sequence[str]) -> SafeString:
    """Name the steps above the marks of rows."""
    return mark(20, [word(text, (at + 0.5) / len(words), 15, "mid") for at, text in enumerate(words)])
