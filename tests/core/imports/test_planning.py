"""After an import, and after it is undone, the database knows how many rows there are."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.core.imports.bringing import brought_in, harbour, undone


def known() -> int:
    """How many memberships the database thinks there are, 0 where it has never looked."""
    postgres = "SELECT CAST(reltuples AS integer) FROM pg_class WHERE relname = 'core_membership'"
    sqlite = "SELECT MAX(CAST(stat AS integer)) FROM sqlite_stat1 WHERE tbl = 'core_membership'"
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql" and "sqlite_stat1" not in connection.introspection.table_names(cursor):
            return 0
        cursor.execute(postgres if connection.vendor == "postgresql" else sqlite)
        return max(cursor.fetchone()[0] or 0, 0)


@pytest.mark.django_db
def test_rows_brought_in_are_known_of(
    cdo: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        imported = brought_in(cdo, *harbour())
    assert known() == 65  # the office's five as well, who have left
    with CaptureQueriesContext(connection) as asked, django_capture_on_commit_callbacks(execute=True):
        undone(cdo, imported)
    assert sum(one["sql"].startswith(("ANALYZE", "PRAGMA optimize")) for one in asked) == 1
