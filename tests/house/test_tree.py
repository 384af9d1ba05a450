"""House rules about the tree."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "vested").rglob("*.py"))


@pytest.mark.parametrize("name", ["utils", "common", "helpers", "services", "managers"])
def test_no_module_has_a_name_that_says_nothing(name: str) -> None:
    rooms = {"services"}  # the room for the services citizens get
    assert [path for path in SOURCES if path.stem == name] == []
    assert [path for path in SOURCES if path.parent.name == name and name not in rooms] == []


def test_no_file_is_longer_than_the_ceiling() -> None:
    assert {str(path.relative_to(ROOT)): lines for path in SOURCES if (lines := _lines(path)) > 500} == {}


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
