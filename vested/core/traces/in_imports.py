"""People in the files an office brings: in rows kept to undo an import, and in files that were not brought in yet."""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from vested.core.imports import upload
from vested.core.imports.tables import tables
from vested.core.models import Import, Person
from vested.core.models.imports import KEEP_FOR, UNDO_FOR
from vested.core.people_gone import Gone, gone
from vested.core.viewer import Viewer

IDS, HAND = "person_id", "manager_id"  # columns in which people stand by the office's code


def told(person: Person) -> Iterator[dict[str, Any]]:
    """The rows that speak of somebody: those an import touched, and the lines of files that wait."""
    one = gone([person])
    for imported in Import.objects.exclude(before=None):
        for name, rows in imported.rows_before().items():
            for key, old, new in rows:
                if _speaks(name, [key, old, new], one):
                    yield {"import": imported.name, "table": name, "key": key, "before": old, "after": new}
    for imported in _waiting():
        for file in imported.files:
            for line in _lines(_read(imported, file), one):
                yield {"import": imported.name, "file": file, "line": line}


def forget(going: Gone, by: Viewer) -> int:  # noqa: ARG001 - the shape of a trace
    """Take people out of the rows that undo an import; files that wait and name them are dropped."""
    touched = 0
    for imported in Import.objects.exclude(before=None).select_for_update():
        rows = imported.rows_before()
        left = {name: [_without(name, row, going) for row in many if not _is_of(name, row[0], going)]
                for name, many in rows.items()}  # fmt: skip
        if left != rows:
            imported.keep_before(left)
            imported.save(update_fields=["before"])
            touched += 1
    for imported in _waiting():
        if any(next(_lines(_read(imported, file), going), None) is not None for file in imported.files):
            transaction.on_commit(partial(upload.discard, imported.folder, imported.files))
            imported.delete()
            touched += 1
    return touched


def due(before: datetime) -> int:  # noqa: ARG001 - the shape of a trace
    """How many imports hold what may go."""
    old, stale = _past(timezone.now())
    return len(old) + stale.count()


def expire(before: datetime, by: Viewer) -> int:  # noqa: ARG001 - the shape of a trace
    """Let go of what nobody brought in for a month, and of what can no longer be put back."""
    return sweep(timezone.now())


def sweep(at: datetime) -> int:
    """Delete files nobody brought in for a month, and rows that can no longer be put back."""
    old, stale = _past(at)
    for one in old:
        transaction.on_commit(partial(upload.discard, one.folder, one.files))
        one.delete()
    return len(old) + stale.update(before=None)


def _past(at: datetime) -> tuple[list[Import], QuerySet[Import]]:
    done = (Import.State.DONE, Import.State.UNDONE)
    old = Import.objects.light().filter(at__lt=at - KEEP_FOR).exclude(state__in=done)
    return list(old), Import.objects.filter(done_at__lt=at - UNDO_FOR).exclude(before=None)


def _waiting() -> list[Import]:
    return [one for one in Import.objects.light() if one.open]


def _places(name: str, column: str) -> tuple[list[int], list[int]]:
    """Where a column stands in the keys and in the cells of a table."""
    table = next((one for one in tables() if one.name == name), None)
    if table is None:
        return [], []
    return [n for n, one in enumerate(table.keys) if one == column], [
        n for n, one in enumerate(table.columns) if one == column
    ]


def _is_of(name: str, key: list[Any], going: Gone) -> bool:
    """Whether a row is about somebody who goes."""
    keys, _cells = _places(name, IDS)
    return any(key[place] in going.codes for place in keys)


def _speaks(name: str, row: list[Any], going: Gone) -> bool:
    return _is_of(name, row[0], going) or _without(name, row, going) != row


def _without(name: str, row: list[Any], going: Gone) -> list[Any]:
    """A row in which they are nobody's manager, and not named."""
    key, *sides = going.without(row)
    _keys, places = _places(name, HAND)
    for side in sides:
        for place in places:
            if side and side[place] in going.codes:
                side[place] = None
    return [key, *sides]


def _read(imported: Import, file: str) -> bytes:
    path = f"{imported.folder}/{file}"
    if not default_storage.exists(path):
        return b""
    with default_storage.open(path) as kept:
        content: bytes = kept.read()
    return content


def _lines(content: bytes, going: Gone) -> Iterator[str]:
    """The lines of a file, of a workbook its cells, in which somebody is named or stands by code."""
    words = sorted({*going.words, *going.codes}, key=len, reverse=True)
    named = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE)
    for text in _texts(content):
        yield from (line.strip() for line in text.splitlines() if named.search(line))


def _texts(content: bytes) -> Iterator[str]:
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as book:
            for entry in book.namelist():
                yield re.sub(r"<[^>]*>", "\n", book.read(entry).decode("utf-8", "replace"))
    elif content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        yield content.decode("utf-16", "replace")
    else:
        try:
            yield content.decode("utf-8-sig")
        except UnicodeDecodeError:
            yield content.decode("cp1252", "replace")
