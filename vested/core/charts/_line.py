"""A line over time with the band it may lie in, words at its end instead of a legend, and its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString

from vested.core.charts._scale import share, ticks
from vested.core.charts._svg import Drawn, Value, dot, figure, level, table, upright, word

TOP, BOTTOM, HEIGHT = 22, 190, 214


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value at a moment; hidden when ``value`` is None: the line breaks there, and the table says why.

    ``at`` places it (days, quarters), ``when`` names it; ``low`` and ``high`` bound it, both or neither.
    """

    at: float
    when: str
    value: float | None
    shown: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Points in order of time; ``planned`` is dashed. ``end`` are the words at its last point."""

    name: str
    points: tuple[Point, ...]
    end: str = ""
    planned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWords:
    """What the chart says, already translated: ``finding`` in one sentence, ``caption`` and ``when`` head the table."""

    finding: str
    caption: str
    when: str
    hidden: str


def line(
    series: Sequence[Series],
    *,
    words: LineWords,
    heights: Sequence[tuple[float, str]],
    moments: Sequence[tuple[float, str]],
    here: float | None = None,
) -> Drawn:
    """Draw up to four lines; ``heights`` and ``moments`` are the values named at the axes, as `ticks` proposes them.

    ``here`` marks the moment somebody looks at: upright, with a dot on each line that has a point there.

    The curves are stretched in a nested picture; words and dots stand outside it, so they keep their shape.
    """
    if not 1 <= len(series) <= 4:
        raise ValueError(f"series: one to four lines can be told apart, not {len(series)}.")
    _check(series)
    numbers = [n for one in series for p in one.points for n in (p.value, p.low, p.high) if n is not None]
    values = [*numbers, *(value for value, _ in heights)]
    scale = (min(values), max(values)) if values and min(values) < max(values) else _span(values)
    times = [p.at for one in series for p in one.points] + [at for at, _ in moments]
    left, right = min(times), max(times) if max(times) > min(times) else min(times) + 1.0

    def x(at: float) -> float:
        return 0.07 + 0.93 * share(at, left, right)  # the words of the heights stand at the left

    def y(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * share(value, *scale)

    marks = [part for value, name in heights for part in (level("s-line w1", y(value)), word(name, 0, y(value) - 4))]
    bands, curves, ends = [], [], []
    for number, one in enumerate(series, start=1):
        colour = "s-line2" if one.planned else f"s{number}"
        for run in _runs(one):
            path = [(x(p.at), y(v)) for p in run if (v := p.value) is not None]
            curves.append(_curve(f"f-none {colour} {'w2 dash' if one.planned else 'w3'} keep", "polyline", path))
            upper = [(x(p.at), y(v)) for p in run if (v := p.high) is not None]
            lower = [(x(p.at), y(v)) for p in run if (v := p.low) is not None]
            if upper:
                bands.append(_curve("f-sure band keep", "polygon", [*upper, *reversed(lower)]))
        last = next((p for p in reversed(one.points) if p.value is not None), None)
        if last is not None and last.value is not None:
            run = _runs(one)[-1]
            ends.append((y(last.value), x(last.at), number, one, len(run) > 1 and (run[-2].value or 0.0) > last.value))
    marks.append(SafeString(f'<svg x="0" y="0" width="100%" height="{HEIGHT}" viewBox="0 0 100 {HEIGHT}" '))
    marks += [SafeString('preserveAspectRatio="none" focusable="false">'), *bands, *curves, SafeString("</svg>")]
    marks += _ends(ends)
    if here is not None:
        marks.append(upright("s-ink w1 dash", x(here), TOP, BOTTOM))
        marks += [
            dot("f-now s-ink w2", x(p.at), y(v), 7)
            for one in series
            for p in one.points
            if p.at == here and (v := p.value) is not None
        ]
    for at, name in moments:
        style = "" if x(at) < 0.1 else "end" if x(at) > 0.95 else "mid"
        if style == "mid" and not 0.4 < x(at) < 0.7:
            style = "mid v-wide"  # beside the words at an end there is no room on a phone
        marks.append(word(name, x(at), HEIGHT - 4, style))
    rows, shown = _table(series, words)
    return Drawn(figure(HEIGHT, words.finding, marks), table(words.caption, shown[0], shown[1:]), rows)


def _check(series: Sequence[Series]) -> None:
    for one in series:
        moments = [p.at for p in one.points]
        if not moments or moments != sorted(set(moments)):
            raise ValueError(f"points: {one.name} needs points at rising moments.")
        for p in one.points:
            if p.value is None and (p.shown or p.low is not None or p.high is not None):
                raise ValueError(f"points: {one.name} is hidden at {p.when}, so hand in neither words nor a range.")
            if (p.low is None) != (p.high is None):
                raise ValueError(f"points: {one.name} has half a range at {p.when}; give low and high, or neither.")


def _span(values: Sequence[float]) -> tuple[float, float]:
    around = ticks(values[0], values[0]) if values else (0.0, 1.0)
    return around[0], around[-1]


def _runs(one: Series) -> list[list[Point]]:
    """Stretches without a hidden point between."""
    return [list(run) for seen, run in groupby(one.points, key=lambda p: p.value is not None) if seen]


def _curve(style: str, kind: str, path: Sequence[tuple[float, float]]) -> SafeString:
    points = " ".join(f"{100 * across:.2f},{down:.1f}" for across, down in path)
    return SafeString(f'<{kind} class="{style}" points="{points}"/>')


def _ends(ends: Sequence[tuple[float, float, int, Series, bool]]) -> list[SafeString]:
    """Words at the lines' ends, over those that rise and under those that fall, pushed apart where they would touch."""
    marks, free = [], 0.0
    for down, across, number, one, falls in sorted(ends, key=lambda end: (end[0], end[2])):
        if not one.planned:
            marks.append(dot(f"f{number}", across, down, 5))
        if not one.end:
            continue
        at = max(down + 20 if falls and down + 20 <= BOTTOM + 6 else down - 10, free, 12.0)
        free = at + 16
        if across > 0.6:
            marks.append(word(one.end, across, at, "strong end"))
        else:
            marks.append(word(one.end, across + 0.02, at + (24 if at + 24 < BOTTOM else 0), "strong"))
    return marks


def _table(
    series: Sequence[Series], words: LineWords
) -> tuple[tuple[tuple[Value, ...], ...], tuple[tuple[str, ...], ...]]:
    """Return the rows to download, and those to show: a row for each moment, a column for each line."""
    moments = sorted({(p.at, p.when) for one in series for p in one.points})
    at = [{p.at: p for p in one.points} for one in series]
    names = (words.when, *(one.name for one in series))
    rows: list[tuple[Value, ...]] = [names]
    shown: list[tuple[str, ...]] = [names]
    for moment, when in moments:
        points = [points_at.get(moment) for points_at in at]
        rows.append((when, *(None if p is None else words.hidden if p.value is None else p.value for p in points)))
        shown.append((when, *("–" if p is None else words.hidden if p.value is None else p.shown for p in points)))
    return tuple(rows), tuple(shown)
