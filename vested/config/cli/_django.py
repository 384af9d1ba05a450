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


def waiting() -> list[str]:
    """Migrations the database has not had yet, in their order."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        raise Failure(f"the database does not answer: {' '.join(str(error).split())}") from error
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
