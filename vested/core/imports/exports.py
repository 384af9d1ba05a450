"""Giving out the tables there are, in the form in which they can be brought in."""

import tempfile
import zipfile
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO

from django.db import transaction

from vested.core.history import record
from vested.core.imports.tables import Key, TableImport, Value, tables
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.formats.sector_folder import write_tables


@transaction.atomic
def export(*, by: Viewer, at: datetime) -> IO[bytes]:
    """Give all tables there are as one zip of CSV files, to be closed by who takes it."""
    require(by, Permission.EXPORT_RUN)
    packed = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    with tempfile.TemporaryDirectory(prefix="vested-export-") as folder:
        counts = write_now(Path(folder), {table.table.name for table in tables()})
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(Path(folder).iterdir()):
                archive.write(file, file.name)
    packed.seek(0)
    record("export.done", by=by, on=by.sector, new={"at": at, "rows": counts})
    return packed


def write_now(folder: Path, names: Collection[str]) -> dict[str, int]:
    """Write tables as they are now as CSV files of a folder; say how many rows each has."""
    counts = {}
    for name in dict.fromkeys(table.table.name for table in tables()):
        if name in names:
            rows = _rows([table for table in tables() if table.table.name == name])
            write_tables({name: rows}, folder)
            counts[name] = len(rows)
    return counts


def _rows(parts: list[TableImport]) -> list[dict[str, str]]:
    """The rows of a table: the columns every app keeps of it, put together by their ids."""
    rows: dict[Key, dict[str, str]] = {}
    for part in parts:
        for key, row in part.current().items():
            cells: Mapping[str, Value] = dict(zip((*part.keys, *part.columns), (*key, *row), strict=True))
            rows.setdefault(key, {}).update({column: _text(cell) for column, cell in cells.items()})
    return list(rows.values())


def _text(cell: Value) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
