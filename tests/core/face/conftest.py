"""The face by itself: no rooms in its navigation, whichever there are, and no database to ask what waits."""

import pytest


@pytest.fixture(autouse=True)
def no_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the stations, and what waits, to each test."""
    monkeypatch.setattr("vested.core.navigation._entries", [])
    monkeypatch.setattr("vested.core.context.waiting", lambda _viewer: 0)
