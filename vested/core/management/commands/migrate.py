"""``migrate``, for all sectors; then what PostgreSQL keeps between them."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from vested.core import policies
from vested.core.scope import System, acting


class Command(migrate.Command):
    """Django's, which sees every row, and leaves every table under its policy."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, and write the policies as the models declare them."""
        with acting(System("migrations change the rows of every sector")):
            super().handle(*args, **options)
        connection = connections[options["database"]]
        if connection.vendor == "postgresql" and not options["plan"] and not options["check_unapplied"]:
            policies.write(connection)
