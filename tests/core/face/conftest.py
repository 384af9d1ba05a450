"""The face by itself: pages of rooms are not in its navigation, whichever rooms there are."""

import pytest


@pytest.fixture(autouse=True)
def no_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the stations to each test."""
    monkeypatch.setattr("vested.core.navigation._entries", [])
