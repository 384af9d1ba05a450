"""House rules about what the papers say of the tree: the files they name are there, and the floors are those."""

import importlib
import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, name, papers, project

DECIDED = ROOT / "docs" / "decisions"  # they say what was so on the day
PAPERS = [paper for paper in papers() if DECIDED not in paper.parents]
GLOSSARY = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
FLOORS = (ROOT / "docs" / "explanation" / "floors.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("paper", PAPERS, ids=name)
def test_files_a_paper_names_are_there(paper: Path) -> None:
    named = re.findall(r"`((?:vested|tests|docs|bench|deploy|core)/[\w./-]*)`", paper.read_text(encoding="utf-8"))
    roots = (ROOT, ROOT / "vested")
    assert [path for path in named if not any((root / path).exists() for root in roots)] == []


def test_the_floors_are_explained_from_the_top() -> None:
    table = FLOORS.partition("## What may use what\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", table, re.M)
    layers = next(one["layers"] for one in project()["tool"]["importlinter"]["contracts"] if one["type"] == "layers")
    assert [re.findall(r"`(\w+)`", cell) for cell in cells] == [re.findall(r"\w+", layer) for layer in layers]


def test_the_nouns_of_rooms_that_the_glossary_names_are_there() -> None:
    named = re.findall(r"`(core|ecosystem|direction|skills|academy|portfolio)\.([\w.]+)`", GLOSSARY)
    assert len(named) > 10
    assert [f"{room}.{noun}" for room, noun in named if not _is_there(room, noun)] == []


def _is_there(room: str, noun: str) -> bool:
    """A model of the room by its name, anything else by its module too."""
    module, _dot, word = noun.rpartition(".")
    return hasattr(importlib.import_module(f"vested.{room}.{module or 'models'}"), word)
