"""The office, furnished with skills."""

from collections.abc import Iterator

import pytest

from tests.core.offices import Office, make_office
from tests.skills.rooms import Room, furnish
from vested.skills.queries.gaps.computed import unpacked


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Ids begin again with every test, so pictures in memory are another's."""
    yield
    unpacked.cache_clear()


@pytest.fixture
def office(db: None) -> Office:  # noqa: ARG001 - pytest hands it in
    return make_office("ours")


@pytest.fixture
def other(db: None) -> Office:  # noqa: ARG001 - pytest hands it in
    return make_office("theirs")


@pytest.fixture
def room(office: Office) -> Room:
    """Twenty people in the north, three in the south."""
    return furnish(office, north=20, south=3)
