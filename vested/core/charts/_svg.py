"""What every drawing is made of: escaped words, marks in percent across and pixels down, and the result."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

Value = str | float | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart: ``html`` to show, ``twin`` its table (None where the chart is one), ``rows`` to download, head first."""

    html: SafeString
    twin: SafeString | None
    rows: tuple[tuple[Value, ...], ...]


def percent(at: float) -> str:
    """Write a share as the drawing's unit across."""
    return f"{100 * at:.2f}%"


def rect(style: str, start: float, end: float, top: float, height: float, *, round_by: float = 0) -> SafeString:
    """Draw a box from one share of the width to another; nothing where it has no width."""
    if end <= start:
        return SafeString("")
    return SafeString(
        f'<rect class="{style}" x="{percent(start)}" y="{top:g}" width="{percent(end - start)}" height="{height:g}"'
        + (f' rx="{round_by:g}"/>' if round_by else "/>")
    )


def upright(style: str, at: float, top: float, bottom: float) -> SafeString:
    """Draw a line from top to bottom at a share of the width."""
    return SafeString(f'<line class="{style}" x1="{percent(at)}" x2="{percent(at)}" y1="{top:g}" y2="{bottom:g}"/>')


def level(style: str, y: float) -> SafeString:
    """Draw a line across the whole width."""
    return SafeString(f'<line class="{style}" x1="0" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>')


def dot(style: str, at: float, y: float, radius: float) -> SafeString:
    """Draw a dot at a share of the width."""
    return SafeString(f'<circle class="{style}" cx="{percent(at)}" cy="{y:g}" r="{radius:g}"/>')


def word(text: str, at: float, y: float, style: str = "") -> SafeString:
    """Write words at a share of the width."""
    return format_html('<text class="{}" x="{}" y="{}">{}</text>', style, percent(at), f"{y:.1f}", text)


def mark(height: int, marks: Iterable[SafeString]) -> SafeString:
    """Put marks into a drawing for a row of a table; the row's words say the same, so it is hidden from readers."""
    head = SafeString(f'<svg class="v-chart" height="{height}" aria-hidden="true" focusable="false">')
    return joined([head, *marks, SafeString("</svg>")])


def figure(height: int, label: str, marks: Iterable[SafeString]) -> SafeString:
    """Put marks into a drawing that stands alone; ``label`` is its finding in one sentence."""
    head = format_html('<svg class="v-chart" height="{}" role="img" aria-label="{}" focusable="false">', height, label)
    return joined([head, *marks, SafeString("</svg>")])


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Join what was made safe piece by piece."""
    return SafeString("".join(parts))


def hidden_words(reason: str) -> SafeString:
    """A dash for the eye and the reason for who cannot see it."""
    return format_html('<span aria-hidden="true">–</span><span class="ds-sr-only">{}</span>', reason)


def table(caption: str, head: Sequence[str], body: Iterable[Sequence[str]]) -> SafeString:
    """Draw a plain table: the first column names the row, the others are numbers as they are shown."""
    columns = "".join(
        f'<th scope="col"{"" if at == 0 else _NUMBER}>{escape(words)}</th>' for at, words in enumerate(head)
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(cells[0])}</th>'
        + "".join(f"<td{_NUMBER}>{escape(cell)}</td>" for cell in cells[1:])
        + "</tr>"
        for cells in body
    )
    return SafeString(
        f'<div class="v-scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="v-table v-tight"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


_NUMBER = ' class="n"'
