"""Which units an import changes something in, so that each can tell it in its own history."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from vested.core.imports.staff import STAFF
from vested.core.imports.tables import Diff, Row
from vested.core.imports.units import UNITS
from vested.core.models import Unit

ABOVE, WORKS_IN = UNITS.columns.index("parent_id"), STAFF.columns.index("unit_id")


def within(diffs: Mapping[str, Diff]) -> dict[str, dict[str, int]]:
    """How many units and people were changed in each unit (by its code) and below: where they were, and where they are.

    Ask it once all is done, or undone. Units in which nothing was changed are left out.
    """
    units, staff = diffs.get(UNITS.name, Diff()), diffs.get(STAFF.name, Diff())
    now: dict[str, str | None] = dict(Unit.objects.values_list("code", "parent__code"))
    ways = [
        now | {code: _text(rows[side][ABOVE]) for (code,), rows in units.changed.items()} for side in (0, 1)
    ]  # as it was and as it is
    found: dict[str, dict[str, int]] = defaultdict(lambda: {"units": 0, "people": 0})
    for code in (code for part in (units.added, units.changed, units.removed) for (code,) in part):
        for place in {place for above in ways for place in _way(code, above)}:
            found[place]["units"] += 1
    for rows in _rows(staff):
        for place in {place for row in rows for above in ways for place in _way(_text(row[WORKS_IN]), above)}:
            found[place]["people"] += 1
    return dict(found)


def _rows(diff: Diff) -> Iterator[tuple[Row, ...]]:
    """Of each row changed what it was and is; of others the one there is."""
    yield from ((row,) for part in (diff.added, diff.removed) for row in part.values())
    yield from diff.changed.values()


def _way(code: str | None, above: Mapping[str, str | None]) -> Iterator[str]:
    """A unit, and those above it."""
    while code:
        yield code
        code = above.get(code)


def _text(cell: object) -> str | None:
    return str(cell) if cell else None
