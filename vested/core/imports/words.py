"""What happens to tables, and what is wrong with files, in words."""

from collections.abc import Iterable

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.imports.tables import tables


def count(number: int) -> str:
    """A number as the reader writes it."""
    return str(number_format(number, force_grouping=True))


def will(counts: Iterable[tuple[str, int, int, int]]) -> list[tuple[str, str, list[str]]]:
    """What would happen, table by table: its name, its label and a sentence for each kind of change."""
    known = {table.name: table for table in tables()}
    found = []
    for name, added, changed, removed in counts:
        if table := known.get(name):
            sentences = (
                (added, _("%(rows)s will be added.")),
                (changed, _("%(rows)s will be changed.")),
                (removed, _("%(rows)s will be removed.")),
            )
            said = [
                words % {"rows": table.counted(number) % {"count": count(number)}}
                for number, words in sentences
                if number
            ]
            found.append((name, str(table.label), said))
    return found


def happened(counts: Iterable[tuple[str, int, int, int]]) -> list[tuple[str, str]]:
    """What happened, table by table: its label, and how many rows were added, changed and removed."""
    known = {table.name: str(table.label) for table in tables()}
    found = []
    for name, added, changed, removed in counts:
        kinds = ((added, _("%(count)s added")), (changed, _("%(count)s changed")), (removed, _("%(count)s removed")))
        said = [words % {"count": count(number)} for number, words in kinds if number]
        if said:
            found.append((known.get(name, name), ", ".join(said)))
    return found


KINDS = {
    "unreadable file": gettext_lazy("Files that cannot be read"),
    "oversized workbook": gettext_lazy("Workbooks that are too large"),
    "missing table": gettext_lazy("Missing tables"),
    "duplicate table": gettext_lazy("Tables that are there twice"),
    "missing column": gettext_lazy("Missing columns"),
    "duplicate column": gettext_lazy("Columns that are there twice"),
    "ragged row": gettext_lazy("Rows with too few or too many cells"),
    "misplaced quotation mark": gettext_lazy("Misplaced quotation marks"),
    "formula": gettext_lazy("Formulas"),
    "merged cells": gettext_lazy("Merged cells"),
    "empty required cell": gettext_lazy("Empty cells that must say something"),
    "not a number": gettext_lazy("Cells that are not numbers"),
    "ambiguous number or date": gettext_lazy("Numbers and dates that can be read in two ways"),
    "bad date": gettext_lazy("Cells that are not dates"),
    "not a value of the list": gettext_lazy("Values that are not in the list"),
    "out of range": gettext_lazy("Values that are too large, too small or too long"),
    "duplicate key": gettext_lazy("Rows that are there twice"),
    "unknown id": gettext_lazy("Ids that no row has"),
    "cycle": gettext_lazy("Rings"),
    "accepted session that cannot be allowed": gettext_lazy("Answers that cannot hold"),
    "bad setting": gettext_lazy("Settings"),
    "unknown column": gettext_lazy("Columns that are not read"),
    "unknown table": gettext_lazy("Files that are not read"),
    "unused": gettext_lazy("What is not used"),
}
