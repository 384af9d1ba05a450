"""The second wall: what PostgreSQL itself keeps between sectors, generated from what each model declares.

Three things, written after every migration and the same however often: a policy on the rows of each table, so that of
another sector none exist; foreign keys that name the sector too, so that no row can refer across; and, where what is
referred to may be shared, a trigger that lets a row refer to what is its sector's own or shared. ``postgresql.base``
says for whom each statement asks. SQLite has none of this: there the code keeps the sectors apart alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from vested.core.scope import EVERYWHERE, SETTING, Scope, SectorModel

_SAID = f"current_setting('{SETTING}', true)"
# Each half is looked up once a statement. PostgreSQL would think that this and the code's own condition together find
# a fraction of a fraction, and choose slow ways; of “is not null” it thinks that it holds.
HERE = (
    f"NULLIF(sector_id = (SELECT NULLIF(NULLIF({_SAID}, ''), '{EVERYWHERE}')::bigint)"
    f" OR (SELECT {_SAID}) = '{EVERYWHERE}', false) IS NOT NULL"
)
SHARED = f"shared AND (SELECT NULLIF({_SAID}, '')) IS NOT NULL"

_KEYS = """
SELECT keys.conrelid::regclass::text, keys.conname, keys.confrelid::regclass::text,
    (SELECT array_agg(attname::text ORDER BY place) FROM unnest(keys.conkey) WITH ORDINALITY AS one (number, place)
        JOIN pg_attribute ON attrelid = keys.conrelid AND attnum = number)
FROM pg_constraint AS keys JOIN pg_class ON pg_class.oid = keys.conrelid
WHERE keys.contype = 'f' AND pg_class.relnamespace = current_schema()::regnamespace
"""
_UNIQUE = "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'u' AND conname LIKE '%\\_of\\_sector'"
_OPEN = """
SELECT relname FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
    AND NOT (relrowsecurity AND relforcerowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid))
"""


@dataclass(frozen=True, order=True)
class Reference:
    """A column of one table that names a row of another; where that one is ``shared``, maybe another sector's."""

    table: str
    column: str
    target: str
    shared: bool


def kept() -> list[type[SectorModel]]:
    """The models whose rows belong to a sector."""
    return [model for model in apps.get_models() if issubclass(model, SectorModel)]


def references() -> Iterator[Reference]:
    """Every column by which a row of a sector refers to another such row."""
    for model in kept():
        for field in model._meta.concrete_fields:
            target = field.related_model if isinstance(field, models.ForeignKey) else None
            if isinstance(target, type) and issubclass(target, SectorModel):
                shared = target.scope is Scope.SHARED
                yield Reference(model._meta.db_table, field.column, target._meta.db_table, shared)


def unkept(connection: BaseDatabaseWrapper) -> set[str]:
    """The tables of the database whose rows no policy keeps from anybody."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN)
        return {name for (name,) in cursor.fetchall()}


def write(connection: BaseDatabaseWrapper) -> None:
    """Let the policies, keys and triggers be as the models declare; as the owner of the tables, in one transaction."""
    there = set(connection.introspection.table_names())
    found = sorted(one for one in references() if {one.table, one.target} <= there)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for model in kept():
            if model._meta.db_table in there:
                cursor.execute(_policies(model))
        cursor.execute(_KEYS)
        keys = [(table, name, target, tuple(columns)) for table, name, target, columns in cursor.fetchall()]
        cursor.execute(_UNIQUE)
        for statement in (*_keys(found, keys, {name for (name,) in cursor.fetchall()}), *_triggers(found)):
            cursor.execute(statement)


def _policies(model: type[SectorModel]) -> str:
    table = model._meta.db_table
    shared = f'CREATE POLICY shared ON "{table}" FOR SELECT USING ({SHARED});' if model.scope is Scope.SHARED else ""
    return (
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY; ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;'
        f'DROP POLICY IF EXISTS sector ON "{table}"; DROP POLICY IF EXISTS shared ON "{table}";'
        f'CREATE POLICY sector ON "{table}" USING ({HERE}) WITH CHECK ({HERE}); {shared}'
    )


def _keys(found: list[Reference], keys: list[tuple[str, str, str, tuple[str, ...]]], unique: set[str]) -> Iterator[str]:
    """A foreign key over sector and id in the place of the one over the id; Django's own where shared rows count."""
    wanted = {(one.table, one.column, one.target) for one in found if not one.shared}
    for target in sorted({target for _table, _column, target in wanted} - unique):
        yield f'ALTER TABLE "{target}" ADD CONSTRAINT "{target}_of_sector" UNIQUE (sector_id, id)'
    having = set()
    for table, name, target, columns in keys:
        one = (table, columns[-1], target)
        if columns[:-1] == ("sector_id",) and one in wanted:
            having.add(one)
        elif columns[:-1] == ("sector_id",) or one in wanted:
            yield f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"'
    for table, column, target in sorted(wanted - having):
        yield (
            f'ALTER TABLE "{table}" ADD FOREIGN KEY (sector_id, "{column}") REFERENCES "{target}" (sector_id, id) '
            "DEFERRABLE INITIALLY DEFERRED"
        )


def _triggers(found: list[Reference]) -> Iterator[str]:
    """A check after each statement, over all the rows it has written."""
    for one in found:
        if not one.shared:
            continue
        name = f"{one.table}_{one.column}_of_sector"
        yield f"""
            CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE astray bigint;
            BEGIN
                SELECT fresh.id INTO astray FROM fresh WHERE fresh."{one.column}" IS NOT NULL AND NOT EXISTS (
                    SELECT FROM "{one.target}" AS target WHERE target.id = fresh."{one.column}"
                    AND (target.sector_id = fresh.sector_id OR target.shared)) LIMIT 1;
                IF astray IS NOT NULL THEN
                    RAISE foreign_key_violation USING MESSAGE =
                        '{one.table} ' || astray || ' refers to a row of {one.target} that is not its sector''s';
                END IF;
                RETURN NULL;
            END $$"""  # noqa: S608 - names of our own
        for event in ("INSERT", "UPDATE"):
            yield (
                f'CREATE OR REPLACE TRIGGER "of_sector_{one.column}_{event.lower()}" AFTER {event} ON "{one.table}" '
                f'REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION "{name}"()'
            )
