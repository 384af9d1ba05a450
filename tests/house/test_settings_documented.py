"""House rule about settings: the page lists every variable that is read, and no other."""

import re

from tests.house.tree import ROOT, sources

PAGE = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
READERS = [*sources("vested", "tests", "bench"), ROOT / "run"]


def test_every_variable_read_is_described_and_no_other() -> None:
    read = {
        name
        for path in READERS
        for name in re.findall(r"\bVESTED_[A-Z_]+\b", path.read_text(encoding="utf-8"))
        if path.name != "test_settings_documented.py"
    }
    described = re.findall(r"^\| `(VESTED_[A-Z_]+)` \|", PAGE, re.M)
    assert len(described) == len(set(described))
    assert set(described) == read


def test_no_page_names_a_variable_there_is_not() -> None:
    papers = [*(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").iterdir(), ROOT / "README.md"]
    named = {name for path in papers for name in re.findall(r"\bVESTED_[A-Z_]+\b", path.read_text(encoding="utf-8"))}
    assert named - set(re.findall(r"^\| `(VESTED_[A-Z_]+)` \|", PAGE, re.M)) == set()
