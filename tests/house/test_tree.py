"""House rules about the tree."""

import ast
import importlib
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, module, name, parsed, sources

SOURCES = sources("vested")
TESTS = sources("tests", "bench")
DOORS = [
    path
    for path in sources("vested/engines", "vested/formats")
    if path.name == "__init__.py" and not path.parent.name.startswith("_")  # a private package has no door
]


@pytest.mark.parametrize("word", ["utils", "common", "helpers", "services", "managers"])
def test_no_module_has_a_name_that_says_nothing(word: str) -> None:
    rooms = {"services"}  # the room for the services citizens get
    assert [name(path) for path in SOURCES + TESTS if path.stem == word] == []
    assert [name(path) for path in SOURCES + TESTS if path.parent.name == word and word not in rooms] == []


def test_no_file_is_longer_than_the_ceiling() -> None:
    assert {name(path): lines for path in SOURCES + TESTS if (lines := _lines(path)) > 500} == {}


def test_the_root_has_few_entries() -> None:
    """A newcomer reads them all."""
    entries = {path.relative_to(ROOT).parts[0] for path in files()}
    assert len(entries) <= 20, sorted(entries)


def test_every_folder_of_the_package_says_what_it_is() -> None:
    folders = {path.parent for path in SOURCES}
    assert [name(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
    doors = [path for path in SOURCES if path.name == "__init__.py"]
    assert [name(path) for path in doors if not ast.get_docstring(parsed(path))] == []


def test_every_module_says_what_it_is() -> None:
    assert [
        name(path)
        for path in SOURCES + TESTS
        if not ast.get_docstring(parsed(path)) and path.parent.name != "migrations"
    ] == []


def test_tests_are_no_packages() -> None:
    assert [name(path) for path in sources("tests") if path.name == "__init__.py"] == []


def test_everything_beside_the_door_of_an_engine_or_format_is_private() -> None:
    rooms = [path for path in sources("vested/engines", "vested/formats") if len(path.relative_to(ROOT).parts) > 3]
    inner = {part for path in rooms for part in path.relative_to(ROOT).with_suffix("").parts[3:]}
    assert {part for part in inner if not part.startswith("_")} == set()


def test_nobody_enters_an_engine_or_format_but_by_its_door() -> None:
    """Tests of a package may look into it."""
    entered = []
    for path in SOURCES:
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith(_ROOMS):
                continue
            room = ".".join((node.module or "").split(".")[:3])
            private = any(part.startswith("_") for part in (node.module or "").split("."))
            if private and not module(path).startswith(room):
                entered.append(f"{name(path)}:{node.lineno}")
    assert entered == []


_ROOMS = ("vested.engines.", "vested.formats.")


@pytest.mark.parametrize("door", DOORS, ids=module)
def test_a_door_lists_what_is_public_and_all_of_it_is_there(door: Path) -> None:
    listed = _listed(door)
    assert sorted(listed) == sorted(_public(door))
    assert len(listed) == len(set(listed))
    room = importlib.import_module(module(door))
    assert [entry for entry in listed if not hasattr(room, entry)] == []


def _listed(door: Path) -> list[str]:
    for node in parsed(door).body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]:
            return list(ast.literal_eval(node.value))
    return []


def _public(door: Path) -> set[str]:
    """Names bound in the module that do not start with an underscore."""
    names: set[str] = set()
    for node in parsed(door).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {inner.id for target in targets for inner in ast.walk(target) if isinstance(inner, ast.Name)}
    return {entry for entry in names if not entry.startswith("_")}


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
