"""Two furnished sectors."""

from collections.abc import Iterator

import pytest

from tests.core.api.calls import fill
from tests.core.offices import Office, make_office
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
def ids(office: Office) -> dict[str, int]:
    return fill(office)
