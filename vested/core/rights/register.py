"""The register of processing: what is kept about people, what for, by which law, until when, who sees it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vested.core.labels import Held, Label, held, labels

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept for one purpose: of each kind of thing, what it is and which of its fields."""

    label: Label
    kept: tuple[tuple[str, str, str], ...]


def register() -> list[Entry]:
    """The entries of the register, one a purpose, as the code says them."""
    return [Entry(one, tuple(_kept(one))) for one in labels()]


def table() -> Iterator[Row]:
    """The register as a table, its head first."""
    yield (_("Purpose"), _("What is kept"), _("Table"), _("Fields"), _("Legal basis"), _("Kept until"), _("Seen by"))
    for entry in register():
        one = entry.label
        for what, name, fields in entry.kept:
            yield str(one.purpose), what, name, fields, str(one.basis), one.retention, str(one.audience)


def _kept(label: Label) -> Iterator[tuple[str, str, str]]:
    for one in held():
        if fields := _fields(one, label):
            yield str(one.what), one.model._meta.label_lower, ", ".join(fields)


def _fields(one: Held, label: Label) -> list[str]:
    named = {name for name, found in one.labelled().items() if found == label}
    return [field.name for field in one.model._meta.concrete_fields if field.name in named]
