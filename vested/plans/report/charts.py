"""Charts as SVG, drawn on the server.

No viewBox: x is in percent and y in pixels, so words keep their size from a telephone to a wall. Colours come from the
stylesheet's classes alone. A mark in a table row is hidden from screen readers, as the row's text says the same; a
chart that stands alone has ``role="img"`` and a label with its finding.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

MARK_HEIGHT = 20
COLUMN_HEIGHT = 36


def gap_bar(before: float, after: float, most: float) -> SafeString:
    """Draw what is left of a gap (ember), then what the plan closes of it (petrol), out of ``most``."""
    left, all_of_it = _share(after, most), _share(before, most)
    return _mark(_line(100.0), _rect("f-gap", 0.0, left, 4, 12), _rect("f1", left, all_of_it, 4, 12))


def bullet(share: float, floor_at: float, mean: float) -> SafeString:
    """Draw a share on a track of one, red where below the floor (heavy mark; none at 0), with the mean dashed."""
    colour = "f-bad" if share < floor_at - 1e-9 else "f1"
    marks = [_rect("f-track", 0.0, 1.0, 2, 16), _rect(colour, 0.0, _share(share, 1.0), 6, 8)]
    marks.append(_upright("s-line2 w2 dash", _share(mean, 1.0), 0, MARK_HEIGHT))
    if floor_at > 0:
        marks.append(_upright("s-ink w3", _share(floor_at, 1.0), 1, MARK_HEIGHT - 1))
    return _mark(*marks)


def holders(now: int, then: int, people: int) -> SafeString:
    """Draw people who can do it now, those the plan adds, and those missing up to the heavy mark."""
    most = max(now, then, people, 1)
    marks = [_rect("f-track", 0.0, 1.0, 2, 16), _rect("f1", 0.0, now / most, 6, 8)]
    marks.append(_rect("f-gain", now / most, then / most, 6, 8))
    if then < people:
        marks.append(_rect("f-over", then / most, people / most, 6, 8))
    return _mark(*marks, _upright("s-ink w3", people / most, 1, MARK_HEIGHT - 1))


def interval(low: float, high: float, most: float) -> SafeString:
    """Draw what is certain (petrol), then what is possible at the very most (pale)."""
    sure, possible = _share(low, most), _share(high, most)
    return _mark(_line(100.0), _rect("f1", 0.0, sure, 4, 12), _rect("f-sure", sure, possible, 4, 12))


def used(share: float) -> SafeString:
    """Draw the part of a limit that is used."""
    return _mark(_rect("f-track", 0.0, 1.0, 4, 12), _rect("f1", 0.0, _share(share, 1.0), 4, 12))


def tally(first: int, second: int, most: int) -> SafeString:
    """Draw two counts in one bar, the heavier first."""
    split, end = _share(first, most), _share(first + second, most)
    return _mark(_line(100.0), _rect("f1", 0.0, split, 4, 12), _rect("f-gain", split, end, 4, 12))


def span(first: int, last: int, quarters: int, *, colour: str, ready: int = 0, late: bool = False) -> SafeString:
    """Draw the quarters an initiative takes, from when it could start at the earliest if it waits for something."""
    start, end, waited = (first - 1) / quarters, last / quarters, ready / quarters
    marks = [_upright("s-line w1", quarter / quarters, 0, MARK_HEIGHT) for quarter in range(quarters + 1)]
    marks.append(_rect(colour, start, end, 4, 12))
    if late:
        marks.append(_rect("f-over", start, end, 1, 18))
    if ready:
        x1, x2 = f"{100 * waited:.2f}%", f"{100 * start:.2f}%"
        marks.append(format_html('<line class="s-ink w2" x1="{}" x2="{}" y1="10" y2="10"/>', x1, x2))
        marks.append(format_html('<circle class="f-ink" cx="{}" cy="10" r="3"/>', x1))
    return _mark(*marks)


def columns(used: Sequence[float], there: Sequence[float | None]) -> SafeString:
    """Draw for each quarter what is there (pale) and what is used of it (petrol), on one scale."""
    most = max((*used, *(amount or 0.0 for amount in there)), default=0.0)
    marks: list[SafeString] = []
    for at, (amount, limit) in enumerate(zip(used, there, strict=True)):
        left, right = (at + 0.12) / len(used), (at + 0.88) / len(used)
        for colour, value in (("f-track", limit or 0.0), ("f1", amount)):
            height = round(COLUMN_HEIGHT * _share(value, most))
            marks.append(_rect(colour, left, right, COLUMN_HEIGHT - height, height))
        if limit is not None:
            y = COLUMN_HEIGHT - round(COLUMN_HEIGHT * _share(limit, most))
            marks.append(
                format_html(
                    '<line class="s-ink w1" x1="{}%" x2="{}%" y1="{}" y2="{}"/>',
                    f"{100 * left:.2f}",
                    f"{100 * right:.2f}",
                    y,
                    y,
                )
            )
    return _mark(*marks, height=COLUMN_HEIGHT)


def axis(words: Sequence[str]) -> SafeString:
    """Name the columns of a row of marks."""
    texts = (
        format_html('<text class="mid" x="{}%" y="15">{}</text>', f"{100 * (at + 0.5) / len(words):.2f}", word)
        for at, word in enumerate(words)
    )
    return _mark(*texts)


def ceiling(value: float, most: float, asked: float, *, label: str, this: str, above: str) -> SafeString:
    """Draw a plan's value and its proven ceiling: within everything asked, and the last step magnified.

    ``label`` says it for those who cannot see it; ``this`` and ``above`` are the words at the two marks.
    """
    at, top = _share(value, asked), _share(most, asked)
    marks = [_rect("f-track", 0.0, 1.0, 0, 20), _rect("f1", 0.0, at, 0, 20), _upright("s2 w3", top, -3, 23)]
    if most - value > 1e-9 * max(abs(most), 1.0):
        low, high = max(at - 0.004, 0.0), min(top + 0.004, 1.0)
        marks += [
            _slanted(low, 0.2),
            _slanted(high, 1.0),
            _rect("f1", 0.2, 0.6, 54, 26),
            _rect("f-sure", 0.6, 0.82, 54, 26),
            _rect("f-track", 0.82, 1.0, 54, 26),
            _upright("s-ink w3", 0.6, 48, 86),
            _upright("s2 w3", 0.82, 48, 86),
            format_html('<text class="end strong" x="59%" y="103">{}</text>', this),
            format_html('<text class="mid strong" x="82%" y="103">{}</text>', above),
        ]
        return _figure(108, label, marks)
    return _figure(24, label, marks)


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a line: ``low`` is the plan's value, ``high`` its proven ceiling, both shares; words at both axes."""

    at: float
    low: float
    high: float
    word: str
    tick: str
    here: bool = False


def line(dots: Sequence[Dot], *, label: str, ticks: Sequence[tuple[float, str]]) -> SafeString:
    """Draw a line through the dots with the band up to their ceilings; ``ticks`` are the heights that are named.

    The line is stretched in a nested picture; words and dots stand outside it, so they keep their shape.
    """
    top, bottom, height = 34, 214, 250
    heights = [at for at, _ in ticks]
    least, most = min(heights), max(heights)
    span = (most - least) or 1.0
    left, right = dots[0].at, dots[-1].at

    def x(at: float) -> float:
        return 9 + 84 * (at - left) / ((right - left) or 1.0)

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - least) / span

    marks: list[SafeString] = []
    for at, word in ticks:
        marks.append(
            format_html('<line class="s-line w1" x1="0" x2="100%" y1="{}" y2="{}"/>', f"{y(at):.1f}", f"{y(at):.1f}")
        )
        marks.append(format_html('<text x="0" y="{}">{}</text>', f"{y(at) - 4:.1f}", word))
    band = [f"{x(d.at):.2f},{y(d.high):.2f}" for d in dots] + [f"{x(d.at):.2f},{y(d.low):.2f}" for d in reversed(dots)]
    path = [f"{x(d.at):.2f},{y(d.low):.2f}" for d in dots]
    marks.append(
        format_html(
            '<svg x="0" y="0" width="100%" height="{0}" viewBox="0 0 100 {0}" preserveAspectRatio="none">'
            '<polygon class="f-band keep" points="{1}"/><polyline class="s1 w3 f-none keep" points="{2}"/></svg>',
            height,
            " ".join(band),
            " ".join(path),
        )
    )
    for dot in dots:
        across, size = f"{x(dot.at):.2f}%", 7 if dot.here else 5
        marks.append(
            format_html(
                '<circle class="{}" cx="{}" cy="{}" r="{}"/>',
                "f-now s-ink w2" if dot.here else "f1",
                across,
                f"{y(dot.low):.1f}",
                size,
            )
        )
        word = "mid strong here" if dot.here else "mid strong"
        marks.append(
            format_html('<text class="{}" x="{}" y="{}">{}</text>', word, across, f"{y(dot.low) - 13:.1f}", dot.word)
        )
        marks.append(format_html('<text class="mid" x="{}" y="{}">{}</text>', across, bottom + 24, dot.tick))
    return _figure(height, label, marks)


def steps(low: float, high: float, *, most: int = 5) -> list[float]:
    """Round numbers from at or below ``low`` to at or above ``high``, at most ``most`` intervals apart."""
    span = high - low or abs(high) or 1.0
    step = round_up(span / most, by=(1, 2, 5, 10))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [step * at for at in range(first, max(last, first + 1) + 1)]


def round_up(value: float, *, by: Sequence[float] = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)) -> float:
    """Return the next round number at or above a positive one: a power of ten times one of ``by``."""
    size = 10.0 ** floor(log10(value))
    return next(size * times for times in by if size * times >= value * (1 - 1e-9))


def _share(value: float, most: float) -> float:
    return min(max(value / most, 0.0), 1.0) if most > 0 else 0.0


def _mark(*marks: SafeString, height: int = MARK_HEIGHT) -> SafeString:
    return format_html(
        '<svg class="chart" height="{}" aria-hidden="true" focusable="false">{}</svg>', height, _joined(marks)
    )


def _figure(height: int, label: str, marks: Iterable[SafeString]) -> SafeString:
    return format_html(
        '<svg class="chart" height="{}" role="img" aria-label="{}" focusable="false">{}</svg>',
        height,
        label,
        _joined(marks),
    )


def _joined(marks: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(marks))  # noqa: S308 - every mark was escaped when it was made


def _rect(colour: str, start: float, end: float, top: int, height: int) -> SafeString:
    if end <= start:
        return SafeString("")
    return format_html(
        '<rect class="{}" x="{}%" y="{}" width="{}%" height="{}"/>',
        colour,
        f"{100 * start:.2f}",
        top,
        f"{100 * (end - start):.2f}",
        height,
    )


def _upright(style: str, at: float, top: int, bottom: int) -> SafeString:
    return format_html(
        '<line class="{0}" x1="{1}%" x2="{1}%" y1="{2}" y2="{3}"/>', style, f"{100 * at:.2f}", top, bottom
    )


def _slanted(start: float, end: float) -> SafeString:
    return format_html(
        '<line class="s-line2 w1" x1="{}%" x2="{}%" y1="22" y2="54"/>', f"{100 * start:.2f}", f"{100 * end:.2f}"
    )


def _line(length: float) -> SafeString:
    return format_html('<line class="s-line w1" x1="0" x2="{}%" y1="10" y2="10"/>', f"{length:.0f}")
