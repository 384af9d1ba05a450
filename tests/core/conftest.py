"""Two sectors to look from: one's own, and another."""

from collections.abc import Iterator

import pytest

from tests.core.offices import Office, make_office
from vested.core.jobs.work import leaving


@pytest.fixture
def office(db: None) -> Office:  # noqa: ARG001 - pytest hands it in
    return make_office("ours")


@pytest.fixture
def other(db: None) -> Office:  # noqa: ARG001 - pytest hands it in
    return make_office("theirs")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every sign of life be written."""
    monkeypatch.setattr("vested.core.jobs.work.EVERY", 0.0)


@pytest.fixture(autouse=True)
def _staying() -> Iterator[None]:
    """No worker of one test leaves another's."""
    yield
    leaving.clear()
