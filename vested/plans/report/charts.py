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


def _mark(*marks: SafeString) -> SafeString:
    return format_html(
        '<svg class="chart" height="{}" aria-hidden="true" focusable="false">{}</svg>', MARK_HEIGHT, _joined(marks)
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
