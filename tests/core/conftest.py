"""How core's jobs are tested: without waiting, and alone."""

from collections.abc import Iterator

import pytest

from vested.core.jobs.work import leaving


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every sign of life be written."""
    monkeypatch.setattr("vested.core.jobs.work.EVERY", 0.0)


@pytest.fixture(autouse=True)
def _staying() -> Iterator[None]:
    """No worker of one test leaves another's."""
    yield
    leaving.clear()
