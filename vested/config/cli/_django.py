"""Django, for the commands that work on the house's own database."""

import os

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from vested.config.cli._terminal import Failure


class Refused(Failure):
    """The settings are unsafe, or one is missing."""

    code = 2


def start() -> None:
    """Load the settings; Refused with every reason where they are unsafe."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vested.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Refused(str(error)) from error


# What a role is or may become, from the worst; being in a role is enough, since it can then be taken on.
_ABOVE = """
SELECT CASE
    WHEN bool_or(rolsuper) THEN 'a superuser passes by'
    WHEN bool_or(rolbypassrls) THEN 'a role with BYPASSRLS passes by'
    WHEN EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
        AND pg_has_role(current_user, relowner, 'MEMBER')) THEN 'the owner of the tables can take away'
END, current_user FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')
"""


def refuse_what_passes_by_policies() -> None:
    """See that the policies which keep sectors apart hold for this process; Refused, with the reason, else."""
    from vested.core import policies  # noqa: PLC0415 - it needs Django set up

    with connection.cursor() as cursor:
        cursor.execute(_ABOVE)
        how, role = cursor.fetchone()
    if how:
        raise Refused(
            f"VESTED_DATABASE must not use the role “{role}”: {how} every policy that keeps sectors apart. "
            "Take one that only reads and writes rows, as deploy/database.sql makes it"
        )
    tables = {model._meta.db_table for model in policies.kept()}
    if missing := sorted(tables & policies.unkept(connection)):
        raise Failure(f"tables without the policy that keeps sectors apart: {', '.join(missing)}; run: ./run migrate")


def waiting() -> list[str]:
    """Migrations the database has not had yet, in their order."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        raise Failure(f"the database does not answer: {' '.join(str(error).split())}") from error
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
