"""Reading a page writes nothing: refused by the middleware on both databases, and by PostgreSQL itself."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from pytest_django import Settings

from vested.core.models import User

POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture
def client(settings: Settings) -> Client:
    settings.ROOT_URLCONF = "tests.core.reading_pages"
    return Client()


def test_a_page_that_writes_when_read_is_refused(client: Client, transactional_db: None) -> None:  # noqa: ARG001 - the pages write
    with pytest.raises(AssertionError, match="reading a page wrote to the database: INSERT"):
        client.get("/openly/")
    assert not User.objects.exists()
    assert client.post("/openly/").content == b"written"
    assert User.objects.exists()


def test_only_on_postgresql_is_a_page_read_in_a_transaction(client: Client, transactional_db: None) -> None:  # noqa: ARG001 - as above
    """On SQLite one would lock every other reader."""
    assert client.get("/inside/").content.decode() == str(POSTGRESQL)
    assert client.post("/inside/").content == b"False"


@pytest.mark.skipif(not POSTGRESQL, reason="only PostgreSQL keeps a transaction from writing")
def test_what_hides_a_write_in_a_question_is_refused_too(client: Client, transactional_db: None) -> None:  # noqa: ARG001 - as above
    with pytest.raises(DatabaseError, match="read-only transaction"):
        client.get("/hidden/")
    assert client.post("/hidden/").content == b"written"
    client.raise_request_exception = False
    answer = client.get("/hidden/")
    assert answer.status_code == 500
    assert b"Something broke on our side" in answer.content
