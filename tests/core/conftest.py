"""Two sectors to look from: one's own, and another."""

import pytest

from tests.core.offices import Office, make_office


@pytest.fixture
def office(db: None) -> Office:  # noqa: ARG001 - pytest hands it in
    return make_office("ours")


@pytest.fixture
def other(db: None) -> Office:  # noqa: ARG001 - pytest hands it in
    return make_office("theirs")
