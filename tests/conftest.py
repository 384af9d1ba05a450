"""How the tests run: the same examples every time; ``--hypothesis-profile=deep`` looks much further."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import TransactionTestCase
from hypothesis import settings

from tests.core.offices import Office, make_office
from vested.plans.queries.solved import forget
from vested.skills.queries.gaps.computed import unpacked

settings.register_profile("same", deadline=None, derandomize=True, database=None)
settings.register_profile("deep", deadline=None, max_examples=5_000)
settings.load_profile("same")

# It compiles the most kernels: begun alone, they are there when the other process comes to need them.
FIRST = "test_compare_pages.py"
DATABASE = {"db", "transactional_db", "live_server"}  # fixtures; those built on them bring them along


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tests of the database be run alone."""
    parser.addoption("--only-database", action="store_true", help="run only the tests that use a database")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what compiles, and leave out what no database can change where that is asked."""
    items.sort(key=lambda item: item.path.name != FIRST)
    if config.getoption("--only-database"):
        config.hook.pytest_deselected(items=[item for item in items if not _asks_a_database(item)])
        items[:] = [item for item in items if _asks_a_database(item)]


def _asks_a_database(item: pytest.Item) -> bool:
    case = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or not DATABASE.isdisjoint(getattr(item, "fixturenames", ()))
        or (case is not None and issubclass(case, TransactionTestCase))
    )


@pytest.fixture
def office(db: None) -> Office:  # noqa: ARG001 - pytest hands it in
    """One's own sector."""
    return make_office("ours")


@pytest.fixture
def other(db: None) -> Office:  # noqa: ARG001 - pytest hands it in
    """Another sector, to look from."""
    return make_office("theirs")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Give the folder of third-party files that are not shipped, or skip."""
    folder = Path(os.environ.get("VESTED_DATA") or Path(__file__).parents[2] / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"{folder} is absent; VESTED_DATA names the folder of the published files")
    return folder


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Ids begin again with every test, so pictures in memory are another's."""
    yield
    unpacked.cache_clear()
    forget()
