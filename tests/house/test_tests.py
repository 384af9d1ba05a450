"""House rules about the tests themselves."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from pathlib import Path

from tests.house.tree import ROOT, imported, name, parsed, project, sources

TESTS = sources("tests")
OURS = sources("vested", "tests", "bench")
# What raises by itself, of packages we use: pytest, jsonschema, NumPy and Playwright.
THEIRS = {"raises", "warns", "fail", "check_schema", "validate", "assert_allclose", "assert_array_equal", "expect"}
BUILT_IN = {"parametrize", "usefixtures", "filterwarnings", "skipif", "xfail", "skip"}

# What a page says at this moment, perhaps before it has come: `expect(...)` waits.
AT_ONCE = {"count", "inner_text", "all_inner_texts", "text_content", "is_visible", "is_hidden", "input_value"}


def test_every_mark_used_is_declared_and_every_one_declared_is_used() -> None:
    used = {
        node.attr
        for path in TESTS
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "pytest.mark"
    }
    plugins = {"django_db"}
    declared = plugins | {line.partition(":")[0] for line in project()["tool"]["pytest"]["ini_options"]["markers"]}
    assert used - BUILT_IN == declared


def test_every_test_can_fail() -> None:
    """Each asserts, expects an error, or hands over to something of ours that does."""
    functions = [(path, node) for path in TESTS for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef)]
    judges = set(THEIRS)
    while True:
        more = {node.name for _, node in functions if node.name not in judges and _judges(node, judges)}
        if not more:
            break
        judges |= more
    tests = [(path, node) for path, node in functions if node.name.startswith("test_")]
    assert len(tests) > 50
    assert [f"{name(path)}: {node.name}" for path, node in tests if node.name not in judges] == []


def _judges(function: ast.FunctionDef, judges: set[str]) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in judges:
            return True
    return False


def _hasty(tree: ast.AST) -> list[int]:
    """The lines of assertions about a page that do not wait for it."""
    calls = [(one.lineno, call) for one in ast.walk(tree) if isinstance(one, ast.Assert) for call in ast.walk(one)]
    called = [(line, call.func) for line, call in calls if isinstance(call, ast.Call)]
    return [line for line, func in called if isinstance(func, ast.Attribute) and func.attr in AT_ONCE]


def test_what_a_browser_shows_is_waited_for() -> None:
    assert _hasty(ast.parse("assert page.locator('tr').count() == 1")) == [1]
    browsing = [path for path in TESTS if any(entry.startswith("playwright") for entry in imported(path))]
    assert browsing
    assert [f"{name(path)}:{line}" for path in browsing for line in _hasty(parsed(path))] == []


def test_nothing_is_mocked() -> None:
    found = [name(path) for path in TESTS if any(entry.startswith("unittest.mock") for entry in imported(path))]
    assert found == []


def test_tests_use_no_network() -> None:
    """A browser test opens files; a server of our own, when there is one, will be named here."""
    network = ("requests", "httpx", "urllib.request", "aiohttp", "ftplib", "smtplib")
    assert [name(path) for path in TESTS if any(entry.startswith(network) for entry in imported(path))] == []


def test_the_second_database_is_asked_by_every_test_that_uses_one_and_no_other() -> None:
    picked = (
        "tests/core/test_scope.py tests/core/test_history.py tests/core/test_account.py tests/config/test_terminal.py"
    )
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "--only-database", *picked.split()]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "::test_only_the_own_sector_exists" in said, "marked"
    assert "::test_the_first_page_names_the_sector" in said, "by a fixture built on db"
    assert "::Tampering::test_it_shows" in said, "a Django test case"
    assert "::test_nobody_asking_gets_nothing" not in said
    assert "test_terminal" not in said


def test_silenced_checks_name_the_rule_and_the_reason() -> None:
    silent = []
    for path in OURS:
        for line, comment in _comments(path):
            if re.search(r"noqa|type: *ignore|pragma: no cover", comment):
                named = re.search(
                    r"(noqa: [A-Z]+\d+(, [A-Z]+\d+)*|type: ignore\[[\w, -]+\]|pragma: no cover)\W+\w+", comment
                )
                if not named:
                    silent.append(f"{name(path)}:{line}: {comment}")
    assert silent == []


def _comments(path: Path) -> list[tuple[int, str]]:
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]
