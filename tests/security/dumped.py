"""Everything a database and the files beside it hold, as text: to look for somebody who should not be there."""

import json
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
from django.core.files.storage import default_storage
from django.db import connection

from vested.core.scope import System, acting


def residue(word: str) -> list[str]:
    """Where a word stands still: tables with their columns, and files."""
    with acting(System("look through all there is")):
        return sorted({place for place, text in everything() if word.casefold() in text.casefold()})


def everything() -> Iterator[tuple[str, str]]:
    """Each cell of each table, packed ones unpacked, and each file."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - every table there is
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, cell in zip(columns, row, strict=True):
                    for text in _texts(cell):
                        yield f"{table}.{column}", text
    root = Path(default_storage.path(""))
    for path in sorted(root.rglob("*")):
        if path.is_file():
            yield from ((f"file {path.name}", text) for text in _texts(path.read_bytes()))


def _texts(cell: object) -> Iterator[str]:
    if not isinstance(cell, (bytes, memoryview)):
        text = str(cell)
        yield text
        if "\\u" in text:
            yield text.encode("ascii", "backslashreplace").decode("unicode_escape")
        return
    content = bytes(cell)
    yield content.decode("utf-8", "replace")
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            for name in packed.namelist():
                inner = packed.read(name)
                yield inner.decode("utf-8", "replace")
                if name.endswith(".npy"):
                    yield str(np.lib.format.read_array(BytesIO(inner), allow_pickle=False).tobytes())
    try:
        yield json.dumps(json.loads(zlib.decompress(content)), ensure_ascii=False)
    except zlib.error:
        return
