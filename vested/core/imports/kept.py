"""A table whose rows are one model's: told by which field holds which column, it is read, compared and written alike.

A field is named as Django looks it up: ``level``; or ``skill__code``, another row by the office's own id; or
``family__name``, another row that is no more than a name and is made where there is none.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from itertools import repeat
from typing import Any

from django.db import connection
from django.db.models import CharField, DecimalField, FloatField, ProtectedError, Q, QuerySet, UniqueConstraint
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.finding import Findable, folded
from vested.core.imports.tables import Key, Row, TableImport, Value
from vested.core.scope import SectorModel
from vested.core.viewer import Viewer
from vested.formats.sector_folder import Sector

BATCH = 2_000
Words = Any  # a text, or one that is translated when it is shown


def kept(
    model: type[SectorModel],
    name: str,
    *,
    label: Words,
    counted: Callable[[int], str],
    keys: Mapping[str, str],
    columns: Mapping[str, str],
    longest: Mapping[str, int] | None = None,
    rows: Callable[[], QuerySet[Any]] | None = None,
    wanted: Callable[[Sector], dict[Key, Row]] | None = None,
    ending: Callable[[], QuerySet[Any]] | None = None,
) -> TableImport:
    """A table of the sector folder kept as rows of a model; ``keys`` and ``columns`` say which field holds each.

    ``rows``: those that are the files' to change, all by default; ``wanted``: what the files ask for, where it is not
    the sector's rows as they stand; ``ending``: those that end when they are removed, by their ``ended_on``, since what
    has been still speaks of them.
    """
    every: Callable[[], QuerySet[Any]] = rows or model._default_manager.all

    def own() -> QuerySet[Any]:
        return every().filter(ended_on=None) if ending else every()

    fields = (*keys.values(), *columns.values())

    def current() -> dict[Key, Row]:
        found = own().values_list(*fields).iterator(chunk_size=BATCH)
        return dict(split([plain(cell) for cell in row]) for row in found)

    def asked(sector: Sector) -> dict[Key, Row]:
        given = getattr(sector, name.partition(":")[0])
        ways = [(column, _fitting(model, field)) for column, field in (*keys.items(), *columns.items())]
        return dict(split([fit(getattr(row, column)) for column, fit in ways]) for row in given)

    def split(cells: list[Value]) -> tuple[Key, Row]:
        key, row = cells[: len(keys)], cells[len(keys) :]
        return tuple("" if cell is None else str(cell) for cell in key), tuple(None if c == "" else c for c in row)

    def apply(
        *,
        by: Viewer,
        added: Mapping[Key, Row],
        changed: Mapping[Key, Row],
        removed: Collection[Key],
        at: datetime,
    ) -> None:
        if ending:
            found = matching(ending(), removed, *keys.values())
            own().filter(pk__in=found).update(ended_on=localdate(at))
        gone(own(), removed, *keys.values())
        shapes = [(*key, *row) for part in (added, changed) for key, row in part.items()]
        if shapes:
            columns_of = zip(fields, zip(*shapes, strict=True), strict=True)
            write(
                model, dict(_filled(model, field, cells, by=by) for field, cells in columns_of), by=by, unique=len(keys)
            )
        if ending and added:
            every().filter(pk__in=matching(every().exclude(ended_on=None), added, *keys.values())).update(ended_on=None)

    return TableImport(
        name=name,
        label=label,
        counted=counted,
        keys=tuple(keys),
        columns=tuple(columns),
        current=current,
        wanted=wanted or asked,
        apply=apply,
        longest=longest or {},
    )


def plain(cell: object) -> Value:
    """A cell as tables compare it: a text, a number or None, which is also no text."""
    match cell:
        case Enum():
            return str(cell.value)
        case date():
            return cell.isoformat()
        case None | str() | bool() | int():
            return cell
        case _:
            return float(str(cell))


def ids(model: type[SectorModel], field: str = "code") -> dict[str, int]:
    """The ids of rows by the office's own."""
    return dict(model._default_manager.values_list(field, "pk"))


def write(model: type[SectorModel], columns: Mapping[str, Sequence[Any]], *, by: Viewer, unique: int) -> None:
    """Add rows given column by column, or change those whose first ``unique`` columns are there already.

    In one prepared statement: 400,000 levels take 3 seconds, and 20 when each is an object first.
    """
    if issubclass(model, Findable):
        words = zip(*(columns[name] for name in model.found_by), strict=True)
        columns = {**columns, "find": [folded(" ".join(row)) for row in words]}
    named = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
    others = {name: field.get_default() for name, field in named.items() if name not in columns and name != "sector_id"}
    names = ["sector_id", *columns, *others]
    unique_ones = [one for one in model._meta.constraints if isinstance(one, UniqueConstraint)]
    keys, updated = [*columns][:unique], [*columns][unique:]
    within = {"sector", *(named[key].name for key in keys)}
    where = ""
    if kept_by := next((one for one in unique_ones if set(one.fields) == within), None):
        keys = ["sector_id", *keys]
        where = " WHERE wall_id IS NULL" if kept_by.condition == Q(wall=None) else ""
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(map(quote, names))})"
    places = ", ".join(["%s"] * len(names))
    change = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in updated)
    conflict = f" ON CONFLICT ({', '.join(map(quote, keys))}){where} DO UPDATE SET {change}" if updated else ""
    rows = list(
        zip(repeat(by.sector.pk), *columns.values(), *(repeat(value) for value in others.values()), strict=False)
    )
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {into} VALUES ({places}){conflict}", rows)  # noqa: S608 - names of our own


def gone(rows: QuerySet[Any], keys: Collection[Key], *fields: str) -> None:
    """Delete the rows whose fields are those of a key; Invalid where something else still speaks of one."""
    found = matching(rows, keys, *fields)
    try:
        for start in range(0, len(found), BATCH):
            rows.filter(pk__in=found[start : start + BATCH]).delete()
    except ProtectedError as error:
        first = min(str(row) for row in error.protected_objects)
        raise Invalid(
            _("Your files leave out a row that “%(first)s” still needs. Put it back, or bring that table too.")
            % {"first": first}
        ) from error


def matching(rows: QuerySet[Any], keys: Collection[Key], *fields: str) -> list[int]:
    """The ids of the rows whose fields are those of a key."""
    if not keys:
        return []
    asked = set(keys)
    return [
        pk
        for pk, *cells in rows.values_list("pk", *fields)
        if tuple("" if cell is None else str(plain(cell)) for cell in cells) in asked
    ]


def _fitting(model: type[SectorModel], field: str) -> Callable[[Any], Value]:
    """How the files' cells become what the field gives back."""
    kind = None if "__" in field else model._meta.get_field(field)
    if isinstance(kind, DecimalField):
        places = kind.decimal_places
        return lambda cell: round(float(cell), places)
    return float if isinstance(kind, FloatField) and not kind.null else plain


def _filled(model: type[SectorModel], field: str, cells: Sequence[Value], *, by: Viewer) -> tuple[str, Sequence[Value]]:
    """The column of a field, and its cells as the database keeps them."""
    name, _, through = field.partition("__")
    kind: Any = model._meta.get_field(name)
    if not through:
        return kind.attname, ["" if cell is None else cell for cell in cells] if isinstance(kind, CharField) else cells
    known = ids(kind.related_model, through)
    if through == "name" and (fresh := sorted({str(cell) for cell in cells if cell} - known.keys())):
        rows = [kind.related_model(sector=by.sector, name=word) for word in fresh]
        known |= {row.name: row.pk for row in kind.related_model._default_manager.bulk_create(rows)}
    return kind.attname, [known[str(cell)] if cell else None for cell in cells]
