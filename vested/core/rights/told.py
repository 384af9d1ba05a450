"""All that is kept about one person, in one file: for programs as JSON, and to be read as a page."""

import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from vested.core.imports.exports import FOLDER
from vested.core.labels import Held, Label, Way, held
from vested.core.models import Person

SECRET = {"password", "digest"}  # let somebody in, and say nothing of anybody


@dataclass(frozen=True, slots=True)
class Part:
    """What one kind of thing says of a person: why it is kept, and the rows."""

    what: str
    table: str
    way: str
    label: Label
    rows: list[dict[str, Any]]


def told(person: Person, said: Callable[[int, int], None] = lambda _done, _total: None) -> list[Part]:
    """Everything that is kept about a person; ``said`` hears how far it is."""
    every = list(held())
    parts = []
    for number, one in enumerate(every):
        said(number, len(every))
        parts += [Part(str(one.what), one.model._meta.label_lower, way, label, rows)
                  for way, label, rows in _ways(one, person) if rows]  # fmt: skip
    return parts


def packed(person: Person, *, at: datetime, said: Callable[[int, int], None]) -> str:
    """Keep everything about a person as one zip, where jobs keep what is to be taken; give where it is."""
    parts = told(person, said)
    words = {"person": str(person), "sector": person.sector.name, "at": at, "parts": [_plain(part) for part in parts]}
    with tempfile.TemporaryFile() as kept:
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("data.json", json.dumps(words, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
            archive.writestr("data.html", render_to_string("core/personal/file.html", words))
        kept.seek(0)
        return default_storage.save(f"{FOLDER}/{uuid4().hex}.zip", File(kept))


def _ways(one: Held, person: Person) -> Iterator[tuple[str, Label, list[dict[str, Any]]]]:
    for way in one.ways:
        yield way.key, way.label, [_row(row, way) for row in _rows(one, way, person)]
    for trace in one.traces:
        yield "", trace.label, list(trace.told(person))


def _rows(one: Held, way: Way, person: Person) -> models.QuerySet[Any]:
    """The rows, with those they refer to, whose names they are told by; large fields stay where they are."""
    referred = [field.name for field in one.model._meta.concrete_fields if field.is_relation and not field.null]
    large = [field.name for field in one.model._meta.concrete_fields if isinstance(field, models.BinaryField)]
    rows = one.rows(way, [person.pk]).order_by("pk")
    return rows.select_related(*referred).defer(*large) if referred else rows.defer(*large)


def _row(row: models.Model, way: Way) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": row.pk}
    for name in way.fields:
        value = getattr(row, name)
        fields[name] = str(value) if isinstance(value, models.Model) else value
        if name in SECRET:
            fields[name] = _("kept, and shown to nobody")
    return fields


def _plain(part: Part) -> dict[str, Any]:
    label = part.label
    return {
        "what": part.what,
        "table": part.table,
        "by": part.way,
        "purpose": str(label.purpose),
        "legal_basis": str(label.basis),
        "kept": label.retention,
        "seen_by": str(label.audience),
        "rows": part.rows,
    }
