"""The tables that can be brought in and given out: each app registers those it keeps.

A table is spoken of in the file's own terms: a ``Key`` is the ids of a row, a ``Row`` its other cells, in the order of
``columns``, each a text, a number, a truth or None (lists as the file writes them, ``da|en``; days as ``2027-01-31``).
Two apps may keep columns of one file: the second is called ``"staff: posts"`` and reads the same table.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from vested.formats.sector_folder import BY_NAME, Sector, Table

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from vested.core.viewer import Viewer

Value = str | int | float | bool | None
Key = tuple[str, ...]
Row = tuple[Value, ...]
Packed = dict[str, list[list[Any]]]


class Apply(Protocol):
    """Make it so, within the caller's transaction and in a few statements however many rows there are.

    Each call brings added and changed rows (by what they shall be), or those removed. A row that was there once may be
    added again. Whatever it raises takes the whole import back.
    """

    def __call__(
        self, *, by: "Viewer", added: Mapping[Key, Row], changed: Mapping[Key, Row], removed: Collection[Key],
        at: datetime,
    ) -> None:  # fmt: skip
        """Make it so."""


@dataclass(frozen=True, slots=True)
class TableImport:
    """What an app keeps of a table: what there is now, what a sector's files ask for, and how to make it so.

    ``counted`` says a number of its rows in words ("12 people"). ``longest`` is how many characters a column keeps.
    """

    name: str
    label: "StrOrPromise"
    counted: Callable[[int], str]
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    current: Callable[[], dict[Key, Row]]
    wanted: Callable[[Sector], dict[Key, Row]]
    apply: Apply
    longest: Mapping[str, int] = field(default_factory=dict)

    @property
    def table(self) -> Table:
        """The table of the sector folder it reads."""
        return BY_NAME[self.name.partition(":")[0]]

    def read_from(self, present: Mapping[str, frozenset[str]]) -> bool:
        """Whether files with these columns say enough: every required one is there."""
        there = present.get(self.table.name, frozenset())
        return all(name in there for name in (*self.keys, *self.columns) if self.table.by_name[name].required)


_tables: list[TableImport] = []
_followers: list[Callable[["Viewer", datetime], None]] = []
_settled: list[Callable[["Viewer"], dict[str, Any]]] = []


def register(table: TableImport) -> None:
    """Add a table below those its rows refer to; an app does when Django starts."""
    if table.name not in {known.name for known in _tables}:
        _tables.append(table)


def follow(act: Callable[["Viewer", datetime], None]) -> None:
    """Let something be done once rows were brought in or taken back, in the same transaction: usually start a job."""
    if act not in _followers:
        _followers.append(act)


def settle(say: Callable[["Viewer"], dict[str, Any]]) -> None:
    """Let something be said of the settings that go with tables given out, by name."""
    if say not in _settled:
        _settled.append(say)


def settings_said(viewer: "Viewer") -> dict[str, Any]:
    """What there is to say of the settings that go with the tables of the viewer's sector."""
    return {"currency": viewer.sector.currency} | {name: it for say in _settled for name, it in say(viewer).items()}


def tables() -> tuple[TableImport, ...]:
    """All tables, in the order in which rows are added; they are removed in the other."""
    return tuple(_tables)


def followed(*, by: "Viewer", at: datetime) -> None:
    """Do what follows rows that were brought in or taken back."""
    for act in _followers:
        act(by, at)


@dataclass(frozen=True, slots=True)
class Diff:
    """What it takes to come from one state of a table to another; of changed rows the old and the new."""

    added: dict[Key, Row] = field(default_factory=dict)
    changed: dict[Key, tuple[Row, Row]] = field(default_factory=dict)
    removed: dict[Key, Row] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def back(self) -> "Diff":
        """The way back."""
        return Diff(self.removed, {key: (new, old) for key, (old, new) in self.changed.items()}, self.added)


def difference(now: Mapping[Key, Row], wanted: Mapping[Key, Row]) -> Diff:
    """What it takes to come from ``now`` to ``wanted``."""
    return Diff(
        {key: row for key, row in wanted.items() if key not in now},
        {key: (now[key], row) for key, row in wanted.items() if key in now and now[key] != row},
        {key: row for key, row in now.items() if key not in wanted},
    )


def asked(table: TableImport, sector: Sector, present: Mapping[str, frozenset[str]]) -> Diff:
    """What files would change: columns they do not have stay as they are."""
    now, wanted = table.current(), table.wanted(sector)
    there = present[table.table.name]
    kept = [place for place, column in enumerate(table.columns) if column not in there]
    if kept:
        for key in wanted.keys() & now.keys():
            row, old = list(wanted[key]), now[key]
            for place in kept:
                row[place] = old[place]
            wanted[key] = tuple(row)
    return difference(now, wanted)


def apply_all(diffs: Mapping[str, Diff], *, by: "Viewer", at: datetime) -> None:
    """Make all differences so: additions and changes from the first table to the last, removals the other way."""
    for table in _tables:
        if (diff := diffs.get(table.name)) and (diff.added or diff.changed):
            changed = {key: new for key, (_, new) in diff.changed.items()}
            table.apply(by=by, added=diff.added, changed=changed, removed=(), at=at)
    for table in reversed(_tables):
        if (diff := diffs.get(table.name)) and diff.removed:
            table.apply(by=by, added={}, changed={}, removed=diff.removed, at=at)


def packed(diffs: Mapping[str, Diff]) -> Packed:
    """Differences as JSON keeps them: for each table its keys with the old and the new row, None for none."""
    return {
        name: [
            *([key, None, row] for key, row in diff.added.items()),
            *([key, old, new] for key, (old, new) in diff.changed.items()),
            *([key, row, None] for key, row in diff.removed.items()),
        ]
        for name, diff in diffs.items()
    }


def unpacked(kept: Packed) -> dict[str, Diff]:
    """Differences from what JSON kept."""
    diffs = {}
    for name, rows in kept.items():
        diffs[name] = diff = Diff()
        for key_cells, old_cells, new_cells in rows:
            key = tuple(str(cell) for cell in key_cells or ())
            old, new = tuple(old_cells or ()), tuple(new_cells or ())
            if old_cells is None:
                diff.added[key] = new
            elif new_cells is None:
                diff.removed[key] = old
            else:
                diff.changed[key] = old, new
    return diffs


def digest_of(diffs: Mapping[str, Diff]) -> str:
    """What stands for all that would change, and from what: it is another one as soon as either is."""
    return hashlib.sha256(json.dumps(packed(diffs), separators=(",", ":")).encode()).hexdigest()
