"""The heatmap: a real table with a number in every cell, or a hatch and the reason why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from vested.core.charts._scale import GAP_STEPS, gap_class
from vested.core.charts._svg import Drawn, Value, hidden_words

FEW = 8  # columns whose names need not be turned
_WIDE = ((FEW, ""), (30, " data-wide"), (45, ' data-wide="more"'))  # so that a cell has room for three digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A row or a column: where it leads, a note (how many people), and for columns the group they stand in."""

    label: str
    href: str = ""
    note: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell; hidden when ``value`` is None, with its own ``reason`` or the map's. ``current`` is the one looked at.

    ``nobody``: there is nothing to hide, as nobody is there.
    """

    value: float | None
    shown: str = ""
    href: str = ""
    reason: str = ""
    current: bool = False
    nobody: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatWords:
    """What the map says, already translated: ``region`` names the part that scrolls, ``corner`` what rows are."""

    caption: str
    corner: str
    region: str
    hidden: str


def heatmap(
    columns: Sequence[Head],
    rows: Sequence[Head],
    cells: Sequence[Sequence[Cell]],
    *,
    words: HeatWords,
    steps: Sequence[float] = GAP_STEPS,
) -> Drawn:
    """Draw ``cells[row][column]``. Heads are in the tab order; cells are for the pointer and the screen reader."""
    if len(cells) != len(rows) or any(len(line) != len(columns) for line in cells):
        raise ValueError(f"cells: give {len(rows)} rows of {len(columns)} cells, one for each row and column.")
    body = "".join(
        f'<tr><th scope="row">{_named(row, note=True)}</th>'
        + "".join(_cell(cell, words, steps) for cell in line)
        + "</tr>"
        for row, line in zip(rows, cells, strict=True)
    )
    wide = next((words for most, words in _WIDE if len(columns) <= most), ' data-wide="most"')
    html = SafeString(
        f'<div class="v-scroll" role="region" tabindex="0" aria-label="{escape(words.region)}">'
        f'<table class="v-heat"{wide}><caption class="ds-sr-only">{escape(words.caption)}</caption>'
        f'<colgroup><col class="u">{"<col>" * len(columns)}</colgroup>'
        f"<thead>{_heads(columns, words)}</thead><tbody>{body}</tbody></table></div>"
    )
    listed: list[tuple[Value, ...]] = [(words.corner, *(column.label for column in columns))]
    for row, line in zip(rows, cells, strict=True):
        listed.append((row.label, *(_reason(c, words) if c.value is None else c.value for c in line)))
    return Drawn(html, None, tuple(listed))


def strongest(
    columns: Sequence[Head], rows: Sequence[Head], cells: Sequence[Sequence[Cell]], *, most: int = 10
) -> tuple[tuple[Head, Head, Cell], ...]:
    """Return the cells with the largest values as (row, column, cell), largest first; never a hidden one."""
    found = [
        (cell.value, -at_row, -at_column)
        for at_row, line in enumerate(cells)
        for at_column, cell in enumerate(line)
        if cell.value is not None
    ]
    found.sort(reverse=True)
    return tuple((rows[-r], columns[-c], cells[-r][-c]) for _, r, c in found[:most])


def gap_key(*, starts: str, shown: Sequence[str], hidden: str) -> SafeString:
    """Draw the key of a heatmap: ``shown`` are the seven numbers the steps start from, the first no gap at all."""
    if len(shown) != 7:
        raise ValueError(f"shown: give seven words, one for each colour, not {len(shown)}.")
    steps = "".join(f'<span class="g{at}">{escape(words)}</span>' for at, words in enumerate(shown))
    return format_html(
        '<p class="v-scale"><em>{}</em>{}<span class="gx" aria-hidden="true">–</span><em>{}</em></p>',
        starts,
        SafeString(steps),
        hidden,
    )


def _heads(columns: Sequence[Head], words: HeatWords) -> str:
    groups = [(group, len(list(members))) for group, members in groupby(columns, key=lambda column: column.group)]
    above = ""
    if any(group for group, _ in groups):
        cells = "".join(
            f'<th scope="colgroup" colspan="{n}" class="group">{escape(group)}</th>'
            if group
            else f'<td colspan="{n}"></td>'
            for group, n in groups
        )
        above = f"<tr><td></td>{cells}</tr>"
    turned = ' class="turn"' if len(columns) > FEW else ""
    names = "".join(f'<th scope="col"{turned}>{_named(column)}</th>' for column in columns)
    return f'{above}<tr><th scope="col"><span class="ds-sr-only">{escape(words.corner)}</span></th>{names}</tr>'


def _named(head: Head, *, note: bool = False) -> SafeString:
    words = format_html("<span>{}</span> <small>{}</small>", head.label, head.note) if note else escape(head.label)
    return format_html('<a href="{}">{}</a>', head.href, words) if head.href else format_html("<span>{}</span>", words)


def _cell(cell: Cell, words: HeatWords, steps: Sequence[float]) -> str:
    current = ' aria-current="true"' if cell.current else ""
    if cell.value is None:
        if cell.shown or cell.href:
            raise ValueError("cells: a hidden cell must bring neither words nor a link, as both tell of its value.")
        if cell.nobody:
            why = f'<span class="ds-sr-only">{escape(cell.reason)}</span>'
            return f'<td{current}><span aria-hidden="true">·</span>{why}</td>'
        return f'<td class="gx"{current}>{hidden_words(_reason(cell, words))}</td>'
    words_ = escape(cell.shown)
    inner = f'<a href="{escape(cell.href)}" tabindex="-1">{words_}</a>' if cell.href else words_
    return f'<td class="{gap_class(cell.value, steps)}"{current}>{inner}</td>'


def _reason(cell: Cell, words: HeatWords) -> str:
    return cell.reason or words.hidden
