"""From the text (or workbook value) of a cell to what it means.

Every conversion either returns a value or raises ``CellError`` with the cause and the mend. Decimal commas are read
where cells are not separated by commas; what can be read in two ways is refused rather than guessed.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vested.formats.sector_folder._report import Kind, shown
from vested.formats.sector_folder._tables import Column, Type

Cell = str | int | float | date
"""What a file gives: text everywhere, and in workbooks also numbers and dates."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a file writes cells.

    ``decimal_comma``: a comma can be a decimal sign; ``escaped``: text a spreadsheet would run has an apostrophe
    before it; ``max_level``: the end of the scale.
    """

    decimal_comma: bool
    escaped: bool
    max_level: float


class CellError(ValueError):
    """A cell that cannot be read: the kind of problem, what is wrong and how to mend it."""

    def __init__(self, kind: Kind, what: str, mend: str) -> None:
        super().__init__(what)
        self.kind, self.what, self.mend = kind, what, mend


_ESCAPED = re.compile(r"'+[=+\-@\t\r]")
_TO_ESCAPE = re.compile(r"'*[=+\-@\t\r]")
_SPACES = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?", re.ASCII)
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_COMMA = re.compile(r"[+-]?\d*,\d+", re.ASCII)
_POINT_GROUPS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+|[+-]?\d{1,3}(?:\.\d{3}){2,}", re.ASCII)
_COMMA_GROUPS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+|[+-]?\d{1,3}(?:,\d{3}){2,}", re.ASCII)
_ONE_GROUP = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}.{0,25})?", re.ASCII)
_LOCAL_DATE = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})", re.ASCII)
_LARGEST_WHOLE = 1_000_000_000
_LARGEST_QUARTER = 400
_YES, _NO = frozenset(["yes", "y", "true", "1", "ja", "oui", "x"]), frozenset(["no", "n", "false", "0", "nej", "non"])


def escape(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run; ``unescape`` takes it away again."""
    return "'" + text if _TO_ESCAPE.match(text) else text


def unescape(text: str) -> str:
    """Take away the apostrophe ``escape`` put there."""
    return text[1:] if _ESCAPED.match(text) else text


def number(cell: Cell, *, decimal_comma: bool, grouped: bool) -> float:
    """Read a finite number; where it may be ``grouped``, one group of three digits can mean two things."""
    if isinstance(cell, (int, float)):
        try:
            value = float(cell)
        except OverflowError:
            value = math.inf
    else:
        value = _number_of(str(cell), decimal_comma=decimal_comma, grouped=grouped)
    if not math.isfinite(value):
        raise CellError(Kind.NOT_A_NUMBER, f"{shown(cell)} is not a finite number", "write a number such as 3.5")
    return value


def _number_of(text: str, *, decimal_comma: bool, grouped: bool) -> float:
    if _SPACES.fullmatch(text):
        text = re.sub(r"\s", "", text)
        grouped = False  # what separates the groups is known
    if _ONE_GROUP.fullmatch(text) and ("," in text or decimal_comma) and (grouped or not decimal_comma):
        whole, decimal = re.sub("[.,]", "", text), re.sub("[.,]", ".", text)
        raise CellError(
            Kind.AMBIGUOUS,
            f"{shown(text)} can be read as {whole} or as {decimal}",
            f"write {whole}, or {decimal}0 for the smaller number",
        )
    if _PLAIN.fullmatch(text):
        return float(text)
    if _POINT_GROUPS.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    if _COMMA_GROUPS.fullmatch(text):
        return float(text.replace(",", ""))
    if _COMMA.fullmatch(text):
        if decimal_comma:
            return float(text.replace(",", "."))
        mend = f"write {text.replace(',', '.')} (a comma is decimal only where semicolons or tabs separate the cells)"
        raise CellError(Kind.NOT_A_NUMBER, f"{shown(text)} is not a number here", mend)
    raise CellError(Kind.NOT_A_NUMBER, f"{shown(text)} is not a number", "write digits only, such as 3.5")


def day(cell: Cell) -> date:
    """Read an ISO date, dd.mm.yyyy, or dd/mm/yyyy where it cannot mean another day."""
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    if match := _ISO_DATE.fullmatch(text):
        year, month, of_month = (int(part) for part in match.groups())
    elif match := _LOCAL_DATE.fullmatch(text):
        of_month, month, year = int(match[1]), int(match[3]), int(match[4])
        if match[2] == "/" and of_month != month and of_month <= 12 and 1 <= month <= 12 and of_month:
            one, other = f"{year:04}-{month:02}-{of_month:02}", f"{year:04}-{of_month:02}-{month:02}"
            raise CellError(
                Kind.AMBIGUOUS, f"{shown(text)} can be {one} or {other}", f"write {one} or {other}, whichever it is"
            )
    else:
        raise CellError(Kind.BAD_DATE, f"{shown(text)} is not a date", "write year-month-day, such as 2026-03-31")
    try:
        return date(year, month, of_month)
    except ValueError:
        mend = "write year-month-day, such as 2026-03-31"
        raise CellError(Kind.BAD_DATE, f"{shown(text)} is not a day of the calendar", mend) from None


def text_of(cell: Cell) -> str:
    """Give a cell's text without surrounding spaces; a number loses a needless ``.0``, line ends become one sort."""
    if isinstance(cell, str):
        text = cell.strip()
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def converter(column: Column, style: Style) -> Callable[[Cell], object]:
    """Give the function that turns a cell of a column into its value.

    Text gives str, REF str or None, TEXTS and REFS tuples, CHOICE a member, DATE a date or None, WHOLE and PERIOD int,
    the other numbers float; an empty cell gives the column's default. The function raises ``CellError``.
    """
    read = _reader(column, style)

    def convert(cell: Cell) -> object:
        text = text_of(cell)
        if not text:
            if column.required:
                raise CellError(Kind.EMPTY, f"{column.name} is empty", f"fill it in: {_hint(column)}")
            return column.default
        return read(text if isinstance(cell, str) else cell)

    return convert


def _hint(column: Column) -> str:
    return column.about[0].lower() + column.about[1:].rstrip(".")


def _reader(column: Column, style: Style) -> Callable[[Cell], object]:
    """Give the function for a cell that is not empty."""
    match column.holds:
        case Type.ID | Type.REF | Type.TEXT:
            return (lambda cell: unescape(text_of(cell))) if style.escaped else text_of
        case Type.TEXTS | Type.REFS:
            return lambda cell: _parts(unescape(text_of(cell)) if style.escaped else text_of(cell), column)
        case Type.CHOICE:
            return lambda cell: _choice(text_of(cell), column)
        case Type.DATE:
            return day
        case Type.LEVEL:
            return lambda cell: _ranged(cell, column, style, high=style.max_level)
        case Type.WHOLE:
            return lambda cell: _whole(cell, column, style, low=0)
        case Type.PERIOD:
            return lambda cell: _whole(cell, column, style, low=1)
        case Type.QUARTER:
            return lambda cell: _whole(cell, column, style, low=1, high=_LARGEST_QUARTER)
        case Type.FLAG:
            return lambda cell: _flag(text_of(cell), column)
        case Type.AMOUNT | Type.NUMBER:
            return lambda cell: _ranged(cell, column, style, high=math.inf)


def _ranged(cell: Cell, column: Column, style: Style, *, high: float) -> float:
    value = number(cell, decimal_comma=style.decimal_comma, grouped=column.holds is Type.AMOUNT)
    if value < 0:
        raise CellError(Kind.OUT_OF_RANGE, f"{column.name} {shown(cell)} is below 0", "write 0 or more")
    if value > high:
        what = f"{column.name} {shown(cell)} is above {high:g}, the end of the scale"
        mend = f"write 0 to {high:g}, or raise max_level in the plan's settings"
        raise CellError(Kind.OUT_OF_RANGE, what, mend)
    return value + 0.0  # no negative zero


def _whole(cell: Cell, column: Column, style: Style, *, low: int, high: int = _LARGEST_WHOLE) -> int:
    value = number(cell, decimal_comma=style.decimal_comma, grouped=False)
    if not value.is_integer():
        what = f"{column.name} {shown(cell)} is not a whole number"
        raise CellError(Kind.NOT_A_NUMBER, what, "write a whole number, without separators")
    if not low <= value <= high:
        where = f"below {low}" if value < low else f"above {high:,}"
        mend = f"write a whole number from {low} on" if high == _LARGEST_WHOLE else f"write {low} to {high}"
        raise CellError(Kind.OUT_OF_RANGE, f"{column.name} {shown(cell)} is {where}", mend)
    return int(value)


def _choice(text: str, column: Column) -> StrEnum:
    key, choices = re.sub(r"[\s\-]+", "_", text.casefold()), tuple(column.choices or ())
    for choice in choices:
        if choice == key:
            return choice
    raise CellError(Kind.BAD_VALUE, f"{shown(text)} is none of {', '.join(choices)}", "write one of them")


def _flag(text: str, column: Column) -> bool:
    key = text.casefold()
    if key in _YES or key in _NO:
        return key in _YES
    raise CellError(Kind.BAD_VALUE, f"{column.name} {shown(text)} is neither yes nor no", "write yes or no")


def _parts(text: str, column: Column) -> tuple[str, ...]:
    """Split at ``|``; languages with commas or semicolons inside were separated by something else."""
    parts = tuple(dict.fromkeys(part for piece in text.split("|") if (part := piece.strip())))
    if column.holds is Type.TEXTS and any("," in part or ";" in part for part in parts):
        mend = "write " + "|".join(part.strip() for part in re.split(r"[,;|]", text) if part.strip())
        raise CellError(Kind.BAD_VALUE, f"{shown(text)} is not separated by |", mend)
    if column.holds is Type.REFS and any(part.casefold() == "all" for part in parts):
        return ("all",)
    return parts
