"""Two furnished sectors."""

import pytest

from tests.core.api.calls import fill
from tests.core.offices import Office


@pytest.fixture
def ids(office: Office) -> dict[str, int]:
    return fill(office)
