"""The example at each engine's door is run, and says what it prints."""

import doctest
import importlib

import pytest

from tests.house.tree import ROOT

ENGINES = sorted(door.parent.name for door in (ROOT / "vested" / "engines").glob("*/__init__.py"))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_example_at_the_door_runs(engine: str) -> None:
    done = doctest.testmod(importlib.import_module(f"vested.engines.{engine}"))
    assert done.failed == 0
    assert done.attempted > 3
