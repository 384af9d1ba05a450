"""Tables to take away: CSV and workbooks that nothing runs when a spreadsheet opens them."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from django.db import transaction
from django.http import FileResponse
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from openpyxl import Workbook

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.looks import What, shown
from vested.core.models import Person
from vested.core.viewer import Viewer, viewer_of
from vested.formats.sector_folder import escape, workbook_cell

if TYPE_CHECKING:
    from vested.core.listing import Listing

MOST_ROWS, LONGEST_TEXT = 1_048_576, 32_767  # what a sheet and a cell of one hold
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

Row = Sequence[object]


def download(listing: "Listing", kind: str) -> FileResponse:
    """All rows of a list as CSV or as a workbook; recorded, since they leave the house."""
    if kind not in TYPES:
        raise Invalid(_("A list can be downloaded as csv or xlsx."), field="format")
    viewer, count = viewer_of(listing.request), 0

    def rows() -> Iterator[Row]:
        nonlocal count
        yield [column.words for column in listing.columns]
        for row in listing.rows.iterator(chunk_size=1000):
            count += 1
            shown([row], What.FILE)
            yield [column.of(row) for column in listing.columns]

    with ExitStack() as unless_answered:
        file = unless_answered.enter_context(TemporaryFile())
        (write_csv if kind == "csv" else write_xlsx)(file, rows())
        filters = {str(field.label): words for field, _given, words in listing.on()}
        with transaction.atomic():
            told = {"list": listing.name, "format": kind, "rows": count, "filters": filters}
            record("list.exported", by=viewer, on=viewer.sector, new=told)
        file.seek(0)
        unless_answered.pop_all()  # the answer closes it
    return FileResponse(file, as_attachment=True, filename=f"{slugify(listing.name)}.{kind}", content_type=TYPES[kind])


def figures(name: str, rows: Iterable[Row], *, of: Person | None = None, by: Viewer | None = None) -> FileResponse:
    """The figures of a chart as CSV; recorded where they are ``of`` somebody and leave the house, taken ``by`` whom."""
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_csv(file, rows)
    file.seek(0)
    if of and by:
        shown([of], What.FILE)
        with transaction.atomic():
            record("figures.exported", by=by, on=of, new={"name": name})
    return FileResponse(file, as_attachment=True, filename=f"{slugify(name)}.csv", content_type=TYPES["csv"])


def write_csv(file: IO[bytes], rows: Iterable[Row]) -> None:
    """Write rows as CSV, UTF-8 with the mark that tells spreadsheets so."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    csv.writer(text).writerows([_text(value) for value in row] for row in rows)
    text.detach()


def write_xlsx(file: IO[bytes], rows: Iterable[Row]) -> None:
    """Write rows as the one sheet of a workbook, dates and numbers as such; Invalid where a sheet cannot hold them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows, 1):
        cells = [_typed(value) for value in row]
        if number > MOST_ROWS or any(isinstance(cell, str) and len(cell) > LONGEST_TEXT for cell in cells):
            raise Invalid(_("A workbook cannot hold so much. Download the CSV instead."))
        sheet.append([cell if isinstance(cell, datetime) else workbook_cell(sheet, cell) for cell in cells])
    book.save(file)


def _text(value: object) -> str:
    typed = _typed(value)
    if isinstance(typed, date):
        return typed.isoformat()
    return escape(typed) if isinstance(typed, str) else str(typed)


def _typed(value: object) -> str | int | float | date:
    """A value as text, a number, a date or a moment of the office's clock."""
    match value:
        case None:
            return ""
        case datetime():
            return localtime(value).replace(tzinfo=None)
        case bool():
            return str(value)
        case int() | float() | date():
            return value
        case Decimal():
            return float(value)
        case _:
            return str(value)
