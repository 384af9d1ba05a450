"""Giving out the tables there are, in the form in which they can be brought in."""

import json
import tempfile
import zipfile
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from vested.core import jobs
from vested.core.history import record
from vested.core.imports.tables import Key, TableImport, Value, settings_said, tables
from vested.core.models import Job
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.formats.sector_folder import write_tables

FOLDER = "exports"
KEPT_FOR = timedelta(days=1)


@transaction.atomic
def ask_for_export(*, by: Viewer, at: datetime) -> Job:
    """Start to pack all tables there are."""
    require(by, Permission.EXPORT_RUN)
    job = jobs.start("core.export", by=by, at=at)
    record("export.asked_for", by=by, on=by.sector)
    return job


def pack(viewer: Viewer, said: Callable[[int, int], None]) -> tuple[str, dict[str, int]]:
    """Keep all tables there are, and the settings to plan with, as one zip of files.

    Give where it is, and how many rows each table has.
    """
    names = list(dict.fromkeys(table.table.name for table in tables()))
    counts: dict[str, int] = {}
    with tempfile.TemporaryFile() as packed:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, name in enumerate(names):
                said(number, len(names))
                with tempfile.TemporaryDirectory(prefix="vested-export-") as folder:
                    counts |= write_now(Path(folder), [name])
                    for file in Path(folder).iterdir():
                        archive.write(file, file.name)
            lines = (f"{name} = {json.dumps(it, ensure_ascii=False)}\n" for name, it in settings_said(viewer).items())
            archive.writestr("plan.toml", "".join(lines))
        packed.seek(0)
        return default_storage.save(f"{FOLDER}/{uuid4().hex}.zip", File(packed)), counts


@transaction.atomic
def give_out(*, by: Viewer, at: datetime, counts: Mapping[str, int]) -> None:
    """Say that the tables leave the house; those packed more than a day ago are deleted."""
    require(by, Permission.EXPORT_RUN)
    record("export.done", by=by, on=by.sector, new={"at": at, "rows": dict(counts)})
    drop_old(at)


def drop_old(at: datetime) -> None:
    """Delete what was packed more than a day ago, once the transaction holds; nothing where nothing ever was."""
    if not default_storage.exists(FOLDER):
        return
    _folders, files = default_storage.listdir(FOLDER)
    old = [name for name in files if default_storage.get_modified_time(f"{FOLDER}/{name}") < at - KEPT_FOR]
    for name in old:
        transaction.on_commit(partial(default_storage.delete, f"{FOLDER}/{name}"))


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
