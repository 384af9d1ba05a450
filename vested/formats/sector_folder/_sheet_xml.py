"""Streaming the rows of a workbook's sheet, reporting formulas, merged cells and error values."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from openpyxl.utils.datetime import from_excel

from vested.formats.sector_folder._cells import Cell
from vested.formats.sector_folder._report import Findings, Kind, shown
from vested.formats.sector_folder._sheet import Sheet
from vested.formats.sector_folder._workbook import MALFORMED, Book, cause, name_of, text_in, unescaped

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""What a sheet can hold."""

MOST_HEADINGS = 1_000

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_INSIDE_CELL = frozenset({"v", "t", "is", "f", "r", "rPr", "rPh"})

Row = tuple[int, dict[int, Cell]]
"""A row's number and its cells that hold something, by column from 1."""


def open_sheet(book: Book, name: str, file: str, findings: Findings, advance: Callable[[int], None]) -> Sheet | None:
    """Open a sheet of a workbook, called ``file`` in messages; None after a problem that leaves nothing to read."""
    before = len(findings.problems)
    rows = rows_of(book, name, file, findings, advance)
    line, cells = next(rows, (1, {}))
    width = max(cells, default=0)
    if not cells and len(findings.problems) > before:
        return None
    if not cells or width > MOST_HEADINGS:
        what = (
            f"the sheet has headings beyond column {MOST_HEADINGS:,}" if cells else "the sheet has no line of headings"
        )
        findings.problem((file, line, 1), Kind.UNREADABLE, what, "copy the table into a new sheet, headings first")
        return None
    return Sheet(
        file=file,
        line=line,
        headings=tuple(str(cells.get(column, "")) for column in range(1, width + 1)),
        rows=((row, dense(found, width)) for row, found in rows),
        decimal_comma=True,
        escaped=False,
        exact_width=False,
    )


def dense(cells: dict[int, Cell], width: int) -> list[Cell]:
    """Give cells as a list of a width, with the first one beyond it where there is one."""
    row = [cells.get(column, "") for column in range(1, width + 1)]
    beyond = min((column for column in cells if column > width), default=0)
    return [*row, cells[beyond]] if beyond else row


def rows_of(book: Book, name: str, file: str, findings: Findings, advance: Callable[[int], None]) -> Iterator[Row]:
    """Give a sheet's rows that hold something; ``advance`` is told now and then how many bytes have been read."""
    try:
        yield from _rows(book, name, file, findings, advance)
    except MALFORMED as error:
        what = f"the sheet cannot be read to its end ({cause(error)})"
        mend = "open it in a spreadsheet and save it again as .xlsx"
        findings.problem((file, 1, 1), Kind.UNREADABLE, what, mend)


def _rows(book: Book, name: str, file: str, findings: Findings, advance: Callable[[int], None]) -> Iterator[Row]:
    row, column, done = 0, 0, 0
    cells: dict[int, Cell] = {}
    above: list[Element] = []
    with book.archive.open(book.sheets[name]) as source:
        for event, element in iterparse(source, events=("start", "end")):
            tag = name_of(element)
            if event == "start":
                if tag == "row":
                    row, column, cells = _within(int(element.get("r") or row + 1), MOST_ROWS), 0, {}
                elif tag == "sheetData":
                    above = [element]
                continue
            if tag == "c":
                reference = element.get("r")
                column = _column(reference) if reference else column + 1
                _within(column, MOST_COLUMNS)
                value = _cell(element, book, (file, row, column), findings)
                if value != "":
                    cells[column] = value
                element.clear()
            elif tag == "row":
                for parent in above:
                    parent.clear()
                if cells:
                    yield row, cells
                done += 1
                if done % 4096 == 0:
                    advance(source.tell())
            elif tag == "mergeCell":
                _merged(element, file, findings)
            elif tag not in _INSIDE_CELL:
                element.clear()


def _cell(element: Element, book: Book, place: tuple[str, int, int], findings: Findings) -> Cell:
    """Give a cell's value; raises one of ``MALFORMED``."""
    value = inline = formula = None
    for child in element:
        match name_of(child):
            case "v":
                value = child.text
            case "is":
                inline = child
            case "f":
                formula = child
    if formula is not None:
        what = f"the cell holds the formula {shown('=' + (formula.text or '…'))}"
        findings.problem(place, Kind.FORMULA, what, "put its value there: copy, then paste as values")
    kind = element.get("t") or "n"
    if kind == "inlineStr":
        return text_in(inline) if inline is not None else ""
    if value is None:
        return ""
    match kind:
        case "n":
            return _number(value, element, book)
        case "s":
            return book.texts[_within(int(value) + 1, len(book.texts)) - 1]
        case "b":
            return "TRUE" if value == "1" else "FALSE"
        case "e":
            findings.problem(place, Kind.BAD_VALUE, f"the cell holds the error {shown(value)}", "put its value there")
            return ""
        case _:
            return unescaped(value)


def _number(value: str, element: Element, book: Book) -> Cell:
    """Give a number, or the date where the cell's style shows one."""
    found = float(value)
    if found >= 0 and int(element.get("s") or 0) in book.date_styles:
        try:
            moment = from_excel(found, book.epoch)
        except (OverflowError, ValueError):
            return found
        if isinstance(moment, datetime):
            return moment.date()
        return moment if isinstance(moment, date) else str(moment)
    return found


def _column(reference: str) -> int:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise ValueError(f"{reference[:20]} is not the name of a cell")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column


def _within(number: int, most: int) -> int:
    if not 1 <= number <= most:
        raise ValueError(f"row, column or text {number} is not between 1 and {most}")
    return number


def _merged(element: Element, file: str, findings: Findings) -> None:
    reference = element.get("ref") or "A1"
    match = _REFERENCE.match(reference)
    row, column = (int(match[2]), _column(match[0])) if match else (1, 1)
    what = f"the cells {shown(reference)} are merged"
    findings.problem((file, row, column), Kind.MERGED, what, "unmerge them and fill in every row")
