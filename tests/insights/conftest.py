"""The office, with skills, courses and a top leader as a second person who decides."""

import pytest

from tests.academy.catalogue import Catalogue, offer
from tests.core.offices import DAY, Office
from tests.skills.rooms import Room, furnish
from vested.core.models import Grant
from vested.core.permissions import Role
from vested.core.scope import System, acting


@pytest.fixture
def room(office: Office) -> Room:
    """Four people in the north, two in the south."""
    return furnish(office, north=4, south=2)


@pytest.fixture
def catalogue(office: Office, room: Room) -> Catalogue:
    return offer(office, room)


@pytest.fixture
def led(office: Office) -> Office:
    """The neighbour is top leader."""
    with acting(System("a test")):
        leader = office.people["neighbour"]
        Grant.objects.create(sector=office.sector, person=leader, role=Role.TOP_LEADER, unit=None, since=DAY)
    return office
