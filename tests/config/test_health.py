"""What watches over an installation learns whether it can work, and nothing else."""

from collections.abc import Callable

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings


@pytest.mark.django_db
def test_it_is_well_when_the_database_answers(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        answer = Client().get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]
    assert Client().post("/health/").status_code == 405


@pytest.mark.django_db
def test_it_is_not_when_the_database_does_not() -> None:
    def down(*_: object) -> Callable[..., object]:
        raise OperationalError("connection to the secret host failed")

    with connection.execute_wrapper(down):
        answer = Client().get("/health/")
    assert (answer.status_code, answer.content) == (503, b"the database does not answer")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_it_is_asked_without_https(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/health/").status_code == 200
    assert Client().get("/health/more/").status_code == 301
