"""The office, furnished with skills."""

import pytest

from tests.core.offices import Office
from tests.skills.rooms import Room, furnish


@pytest.fixture
def room(office: Office) -> Room:
    """Twenty people in the north, three in the south."""
    return furnish(office, north=20, south=3)
