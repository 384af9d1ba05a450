"""What the database has to know of its rows to find the quick way to them, once many have changed at once."""

from django.apps import apps
from django.db import connection, transaction

from vested.core.scope import SectorModel


def look_at_rows_anew() -> None:
    """Let the database look at the rows there are once the transaction has ended: where that fails, nothing is lost.

    SQLite looks at those tables of which it would have liked to know more while they were written; PostgreSQL, which
    would come to it by itself only after a while, at every room's.
    """
    transaction.on_commit(_look, robust=True)


def _look() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, SectorModel)]
            cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")
        else:
            cursor.execute("PRAGMA optimize")
