"""Tables that are charts: a mark in each row, its number beside it, and the same rows to download."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from vested.core.charts._marks import bar, bullet, change, interval
from vested.core.charts._scale import ticks
from vested.core.charts._svg import Drawn, Value, hidden_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a table says, already translated. ``hidden`` is the reason why a row may show no number."""

    caption: str
    label: str
    value: str
    hidden: str = ""
    mark: str = ""
    must: str = ""
    mean: str = ""
    low: str = ""
    high: str = ""
    need: str = ""
    caption_for_eyes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A row of `bars` or `bullets`; hidden when ``value`` is None. ``shown`` is the value as people read it."""

    label: str
    value: float | None
    shown: str = ""
    must: float | None = None
    mean: float | None = None
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A row of `intervals`; hidden when ``estimate`` is None, and then so is its range."""

    label: str
    estimate: float | None
    low: float | None = None
    high: float | None = None
    shown: str = ""
    need: float | None = None
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row of `changes`; hidden when ``value`` is None. ``shown`` carries its sign."""

    label: str
    value: float | None
    shown: str = ""
    href: str = ""
    note: str = ""


def bars(rows: Sequence[Amount], *, words: Words, most: float | None = None) -> Drawn:
    """Compare amounts of one kind; sort them before. ``most`` is the bar's full length, else a round number."""
    top = most if most is not None else _top(row.value for row in rows)
    marks = [None if row.value is None else bar(row.value, most=top) for row in rows]
    return _drawn(rows, marks, words, [words.value], [[row.value] for row in rows])


def bullets(rows: Sequence[Amount], *, words: Words, most: float | None = None) -> Drawn:
    """Show how near each amount is to what it must reach (heavy mark) and to the mean (dashed)."""
    top = most if most is not None else _top(n for row in rows if row.value is not None for n in (row.value, row.must))
    marks = [None if r.value is None else bullet(r.value, most=top, must=r.must, mean=r.mean) for r in rows]
    head = [words.value, words.must or "must", words.mean or "mean"]
    return _drawn(rows, marks, words, head, [[row.value, row.must, row.mean] for row in rows])


def intervals(rows: Sequence[Estimate], *, words: Words, most: float, least: float = 0.0) -> Drawn:
    """Show each estimate with the range it lies in nine times of ten, and what is needed (heavy mark)."""
    marks = [_interval(row, least=least, most=most) for row in rows]
    head = [words.value, words.low or "low", words.high or "high"]
    values = [[row.estimate, row.low, row.high] for row in rows]
    if any(row.need is not None for row in rows):
        head.append(words.need or "need")
        values = [[*known, row.need] for known, row in zip(values, rows, strict=True)]
    return _drawn(rows, marks, words, head, values)


def changes(rows: Sequence[Change], *, words: Words, most: float | None = None) -> Drawn:
    """Show more or less than before, both ways from the middle."""
    top = most if most is not None else _top(None if row.value is None else abs(row.value) for row in rows)
    marks = [None if row.value is None else change(row.value, most=top) for row in rows]
    return _drawn(rows, marks, words, [words.value], [[row.value] for row in rows])


def _interval(row: Estimate, *, least: float, most: float) -> SafeString | None:
    if row.estimate is None:
        if row.low is not None or row.high is not None:
            raise ValueError(f"low, high: {row.label} has no estimate, so its range must not be handed in either.")
        return None
    low = row.estimate if row.low is None else row.low
    high = row.estimate if row.high is None else row.high
    return interval(low, high, row.estimate, least=least, most=most, need=row.need)


def _drawn(
    rows: Sequence[Amount | Estimate | Change],
    marks: Sequence[SafeString | None],
    words: Words,
    head: list[str],
    values: Sequence[list[float | None]],
) -> Drawn:
    body = "".join(_row(row, mark, words) for row, mark in zip(rows, marks, strict=True))
    html = format_html(
        '<table class="v-table v-tight" data-mid><caption{}>{}</caption><thead><tr><th scope="col">{}</th>'
        '<th scope="col"><span class="ds-sr-only">{}</span></th><th scope="col" class="n">{}</th></tr></thead>'
        "<tbody>{}</tbody></table>",
        SafeString("") if words.caption_for_eyes else SafeString(' class="ds-sr-only"'),
        words.caption,
        words.label,
        words.mark or words.value,
        words.value,
        SafeString(body),
    )
    unseen: list[Value] = [words.hidden, *([None] * (len(head) - 1))]
    listed: list[tuple[Value, ...]] = [(words.label, *head)]
    for row, mark, numbers in zip(rows, marks, values, strict=True):
        listed.append((row.label, *(unseen if mark is None else numbers)))
    return Drawn(html, None, tuple(listed))


def _row(row: Amount | Estimate | Change, mark: SafeString | None, words: Words) -> str:
    if mark is None and row.shown:
        raise ValueError(f"shown: {row.label} is hidden, so its words must not be handed in either.")
    if mark is None and not words.hidden:
        raise ValueError(f"hidden: {row.label} is hidden, so the words must say why.")
    name = format_html('<a href="{}">{}</a>', row.href, row.label) if row.href else escape(row.label)
    note = format_html("<small>{}</small>", row.note) if row.note else ""
    if mark is None:
        cells = f'<td class="v-cell gx"></td><td class="n">{hidden_words(words.hidden)}</td>'
    else:
        cells = f'<td class="v-cell">{mark}</td><td class="n"><b>{escape(row.shown)}</b></td>'
    return f'<tr><th scope="row">{name}{note}</th>{cells}</tr>'


def _top(values: Iterable[float | None]) -> float:
    return ticks(0.0, max((value for value in values if value is not None), default=1.0) or 1.0)[-1]
