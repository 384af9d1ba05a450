"""House rules about what Vested needs: each thing with a reason, a pin, a hash and a use."""

import re
from importlib.metadata import packages_distributions

import openpyxl
import pytest

from tests.house.tree import ROOT, project, sources, tops

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PEERS_LOCK = (ROOT / "peers.lock").read_text(encoding="utf-8")
RUN = (ROOT / "run").read_text(encoding="utf-8")
RUNTIME: list[str] = project()["project"]["dependencies"]
DEVELOPMENT: list[str] = project()["dependency-groups"]["dev"]
PEERS: list[str] = project()["dependency-groups"]["peers"]
# Commands whose name is not the package's.
COMMANDS = {"import-linter": "lint-imports"}
# What a package of ours uses when it is there, without our importing it; a test below shows that it does.
PASSIVE = {"defusedxml", "psycopg"}


def test_every_dependency_says_why_on_its_line() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needed = RUNTIME + DEVELOPMENT + PEERS
    silent = [entry for entry in needed if not re.search(rf'^ +"{re.escape(entry)}",\s*# \w', text, re.M)]
    assert silent == []


def test_every_runtime_dependency_is_imported_by_the_package() -> None:
    used = set().union(*(tops(path) for path in sources("vested"))) | _settings()
    idle = [entry for entry in map(_name, RUNTIME) if entry not in PASSIVE and not _modules(entry) & used]
    assert idle == []


def test_every_development_dependency_is_used() -> None:
    used = set().union(*(tops(path) for path in sources("vested", "tests", "bench")))
    plugins = {"pytest-django", "pytest-xdist"}  # pytest finds them by itself
    tools = {re.sub(r"[-_.]", "", entry) for entry in project()["tool"]}
    idle = []
    for entry in map(_name, DEVELOPMENT):
        typed = re.sub(r"^types-|-stubs$", "", entry)
        command = re.search(rf"^ .*\btool .*\b{COMMANDS.get(entry, entry)}\b", RUN, re.M)
        imports = _modules(entry) | (_modules(typed) | {typed} if typed != entry else set())
        if not (command or imports & used or entry.replace("-", "") in tools or entry in plugins):
            idle.append(entry)
    assert idle == []


def test_workbooks_are_parsed_by_the_parser_that_refuses_bombs() -> None:
    assert openpyxl.DEFUSEDXML is True


@pytest.mark.parametrize(("lock", "needed"), [(LOCK, RUNTIME + DEVELOPMENT), (PEERS_LOCK, PEERS)])
def test_everything_needed_is_pinned(lock: str, needed: list[str]) -> None:
    pinned = {pin.partition("==")[0] for pin in _pins(lock)}
    assert [entry for entry in map(_name, needed) if entry not in pinned] == []


@pytest.mark.parametrize("lock", [LOCK, PEERS_LOCK])
def test_every_pin_has_a_hash(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", lock.strip())
    assert len(blocks) == len(_pins(lock)) > len(RUNTIME)
    assert [block.splitlines()[0] for block in blocks if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", block)] == []


@pytest.mark.parametrize("trace", ["://", "index-url", "find-links", "trusted-host", " @ ", "file:", "-e "])
def test_the_lock_does_not_say_where_things_come_from(trace: str) -> None:
    assert trace not in LOCK + PEERS_LOCK


def test_the_floor_is_the_same_wherever_it_is_written() -> None:
    floor = project()["project"]["requires-python"].removeprefix(">=")
    assert project()["tool"]["mypy"]["python_version"] == floor
    assert project()["tool"]["ruff"]["target-version"] == "py" + floor.replace(".", "")
    assert f"--python-version {floor}" in RUN


def _settings() -> set[str]:
    """Packages that Django is told of by name."""
    words = re.findall(r'"([a-z_]+)(?:\.[\w.]+)?"', (ROOT / "vested/config/settings.py").read_text(encoding="utf-8"))
    return set(words)


def _pins(lock: str) -> list[str]:
    return re.findall(r"^[a-z0-9][a-z0-9._-]*==[^\s;\\]+", lock, re.M)


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def _modules(distribution: str) -> set[str]:
    """Names a distribution is imported by."""
    owners = packages_distributions()
    return {module for module, names in owners.items() if distribution in {_name(entry) for entry in names}}
