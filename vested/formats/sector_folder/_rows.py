"""From a sheet's rows to columns of values, with every cell that cannot be read reported."""

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice

from vested.formats.sector_folder._cells import Cell, CellError, Style, converter, text_of, unescape
from vested.formats.sector_folder._report import Findings, Kind, Place, shown
from vested.formats.sector_folder._sheet import Sheet
from vested.formats.sector_folder._tables import Column, Table, Type

_BLOCK = 1_024  # as fast as any and twice as fast as 16,384: a block stays in the processor's cache
_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Name:
    """An office's own ``heading``, the name of our ``column``, and where that is said."""

    heading: str
    column: str
    place: Place


Names = dict[str, Name]
"""An office's own headings by their normal form."""


@dataclass(slots=True)
class Columns:
    """A table as read: a list of values a column, one entry a row, and the line of each row.

    A cell that could not be read holds a stand-in (empty text, NaN, None) that later checks pass over. ``position``
    is a column's place in the file, from 1; ``broken_ids`` are the first cells of rows that were left out, so that
    one fault is not reported twice. In a ``part`` of a sector, columns outside the key may be missing.
    """

    table: Table
    file: str
    style: Style
    part: bool = False
    line: int = 1
    position: dict[str, int] = field(default_factory=dict)
    lines: "array[int]" = field(default_factory=lambda: array("q"))
    values: dict[str, list[object]] = field(default_factory=dict)
    broken_ids: set[str] = field(default_factory=set)

    def place(self, row: int, column: str) -> Place:
        """Give file, line and column of a value."""
        return self.file, self.lines[row], self.position.get(column, 1)

    def texts(self, column: str) -> list[str]:
        """Give a column of texts or ids, empty text for none."""
        return [value if isinstance(value, str) else "" for value in self.values[column]]

    def keys(self, column: str) -> list[str]:
        """Give a column as parts of a key: texts, and numbers above 0 as such; empty text for none."""
        return [
            value if isinstance(value, str) else f"{value:g}" if isinstance(value, (int, float)) and value > 0 else ""
            for value in self.values[column]
        ]

    def lists(self, column: str) -> list[tuple[str, ...]]:
        """Give a column of lists."""
        return [value if isinstance(value, tuple) else () for value in self.values[column]]

    def numbers(self, column: str) -> list[float]:
        """Give a column of numbers, NaN for none."""
        return [value if isinstance(value, (int, float)) else float("nan") for value in self.values[column]]


class _Memo(dict[Cell, object]):
    """Converts each different cell once; ``faults`` are the cells that cannot be read."""

    def __init__(self, column: Column, style: Style) -> None:
        super().__init__()
        self.convert, self.stand_in = converter(column, style), _stand_in(column)
        self.faults: dict[Cell, CellError] = {}

    def __missing__(self, cell: Cell) -> object:
        try:
            value = self.convert(cell)
        except CellError as error:
            self.faults[cell] = error
            value = self.stand_in
        if len(self) < _REMEMBERED:
            self[cell] = value
        return value


def _stand_in(column: Column) -> object:
    """Give what stands for a cell that could not be read."""
    match column.holds:
        case Type.ID | Type.TEXT | Type.REF:
            return ""
        case Type.REFS | Type.TEXTS:
            return ()
        case Type.CHOICE | Type.DATE:
            return None
        case Type.FLAG:
            return False
        case _:
            return float("nan")


def normal(heading: str) -> str:
    """Give what two spellings of a heading share: case, spaces, hyphens, underscores and a ``*`` do not count."""
    return re.sub(r"[\s_\-*\ufeff]+", "", heading).casefold()


def read_columns(
    sheet: Sheet, columns: Columns, names: Names, findings: Findings, keep: Callable[[Columns], None] | None = None
) -> None:
    """Read a sheet into ``columns``, reporting what is wrong with headings, rows and cells.

    ``keep`` is called after every block of rows and may take the values away, where they are too many to hold.
    """
    columns.line = sheet.line
    columns.position = _positions(sheet, columns, names, findings)
    memos = {column.name: _Memo(column, columns.style) for column in columns.table.columns}
    columns.values = {name: [] for name in memos}
    rows = _whole_rows(sheet, columns, findings)
    while block := list(islice(rows, _BLOCK)):
        columns.lines.extend([line for line, _ in block])
        for column in columns.table.columns:
            _convert(block, column, columns, memos[column.name], findings)
        if keep:
            keep(columns)


def _convert(
    block: list[tuple[int, Sequence[Cell]]], column: Column, columns: Columns, memo: _Memo, findings: Findings
) -> None:
    """Add a block's cells of one column to its values."""
    position = columns.position.get(column.name)
    if position is None:
        columns.values[column.name].extend([memo.stand_in if column.required else column.default] * len(block))
        return
    index = position - 1
    cells = [row[index] for _, row in block]
    columns.values[column.name].extend(map(memo.__getitem__, cells))
    if not memo.faults:
        return
    for (line, _), cell in zip(block, cells, strict=True):
        if fault := memo.faults.get(cell):
            what = fault.what if column.name in fault.what else f"{column.name}: {fault.what}"
            findings.problem((columns.file, line, position), fault.kind, what, fault.mend)


def _whole_rows(sheet: Sheet, columns: Columns, findings: Findings) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Give the rows that are neither blank nor ragged, reporting the ragged ones."""
    width = len(sheet.headings)
    first = columns.position.get(columns.table.columns[0].name, 0) - 1
    for line, row in sheet.rows:
        if len(row) == width and row[0]:
            yield line, row
        elif not any(map(text_of, row)):
            continue
        elif (len(row) < width and sheet.exact_width) or any(map(text_of, row[width:])):
            what = f"the row has {len(row)} cells, the line of headings {width}"
            if len(row) < width:
                mend = "add the empty cells or separators that are missing"
            else:
                mend = "put a cell that contains the separator between quotation marks, or give every cell a heading"
            findings.problem((sheet.file, line, min(len(row), width + 1)), Kind.RAGGED, what, mend)
            if 0 <= first < len(row):
                columns.broken_ids.add(unescape(text_of(row[first])))
        else:
            yield line, [*row[:width], *[""] * (width - len(row))]


def _positions(sheet: Sheet, columns: Columns, names: Names, findings: Findings) -> dict[str, int]:
    """Find our columns among the headings."""
    table = columns.table
    known = {normal(name): name for name in table.by_name}
    positions: dict[str, int] = {}
    for position, heading in enumerate(sheet.headings, start=1):
        key, place = normal(heading), (sheet.file, sheet.line, position)
        if not key:
            continue
        name = names[key].column if key in names else known.get(key)
        if name == "":
            continue
        if name is None:
            near = get_close_matches(key, known, n=1, cutoff=0.6)
            what = f"the column {shown(heading)} is not known and not read"
            if near:
                mend = f"if you meant {known[near[0]]}, write that"
            else:
                mend = "leave it, or say in columns.toml which column it is"
            findings.warn(place, Kind.UNKNOWN_COLUMN, what, mend)
        elif name in positions:
            what = f"the heading {shown(heading)} is {name}, as column {positions[name]} already is"
            findings.problem(place, Kind.DUPLICATE_COLUMN, what, "keep one of the two")
        else:
            positions[name] = position
    present = set(map(normal, sheet.headings))
    for key, own in names.items():
        if key not in present and own.column:
            what = f"{sheet.file} has no heading {shown(own.heading)}"
            findings.warn(own.place, Kind.UNUSED, what, "correct the heading, or take the line away")
    for column in table.columns:
        if column.required and column.name not in positions:
            what = f"the required column {column.name} is missing"
            if columns.part and column.name not in (table.key or [column.name]):
                mend = "what it holds is left as it is now; add it, or say which column it is, to change that"
                findings.warn((sheet.file, sheet.line, 1), Kind.MISSING_COLUMN, what, mend)
                continue
            mend = f"add it ({column.about[0].lower()}{column.about[1:].rstrip('.')}), or name yours in columns.toml"
            findings.problem((sheet.file, sheet.line, 1), Kind.MISSING_COLUMN, what, mend)
    return positions
