"""The office, furnished with skills and courses."""

import pytest

from tests.academy.catalogue import Catalogue, offer
from tests.core.offices import Office
from tests.skills.rooms import Room, furnish


@pytest.fixture
def room(office: Office) -> Room:
    """Four people in the north, two in the south."""
    return furnish(office, north=4, south=2)


@pytest.fixture
def catalogue(office: Office, room: Room) -> Catalogue:
    return offer(office, room)
