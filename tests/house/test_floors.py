"""House rules about what the ground floor may use; import-linter keeps the floors themselves."""

import ast
import doctest
import importlib
from pathlib import Path

from tests.house.tree import imported, module, name, parsed, sources, tops

ENGINES = sources("vested/engines")
GROUND = sources("vested/engines", "vested/formats")

# An engine is handed everything it needs and hands everything back: time, chance, files and words come from above.
CLOCK = {"time", "datetime", "calendar", "zoneinfo", "sched"}
CHANCE = {"random", "secrets", "uuid"}
OUTSIDE = {
    "asyncio", "builtins", "fileinput", "ftplib", "getpass", "glob", "http", "io", "locale", "logging", "mmap", "os",
    "pathlib", "pickle", "shelve", "shutil", "signal", "smtplib", "socket", "sqlite3", "subprocess", "sys", "tempfile",
    "urllib", "warnings", "atexit",
}  # fmt: skip
CALLS = {"print", "input", "open", "exec", "eval", "globals", "compile", "__import__"}
# NumPy's and SciPy's ways to the same things.
ATTRIBUTES = {"load", "save", "savez", "savetxt", "loadtxt", "genfromtxt", "fromfile", "tofile", "memmap", "seterr"}
RANDOM = {"default_rng", "Generator", "SeedSequence", "PCG64"}  # the seeded ones


# The one engine that keeps something: its index is a file.
KEEPS = {"vested/engines/matching/_store.py": {"pathlib", "sqlite3"}}


def test_engines_use_no_clock_no_chance_no_files_and_no_log() -> None:
    forbidden = CLOCK | CHANCE | OUTSIDE
    assert {name(path): found for path in ENGINES if (found := tops(path) & forbidden)} == KEEPS


def test_engines_call_nothing_that_reads_writes_or_speaks() -> None:
    found = []
    for path in ENGINES:
        for node in ast.walk(parsed(path)):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS
            reached = isinstance(node, ast.Attribute) and ast.unparse(node.value) in {"np", "numpy"}
            if called or (reached and isinstance(node, ast.Attribute) and node.attr in ATTRIBUTES):
                found.append(f"{name(path)}:{getattr(node, 'lineno', 0)}")
    assert found == []


def test_engines_draw_only_from_a_seed() -> None:
    found = []
    for path in ENGINES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) in {"np.random", "numpy.random"}:
                if node.attr not in RANDOM:
                    found.append(f"{name(path)}:{node.lineno}: np.random.{node.attr}")
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("default_rng") and not node.args:
                found.append(f"{name(path)}:{node.lineno}: default_rng without a seed")
    assert found == []


def test_engines_keep_nothing_between_calls() -> None:
    """No global statement, and no list, dict or set that lives in a module; ``__all__`` is read, never written."""
    statements = [(path, node) for path in ENGINES for node in ast.walk(parsed(path))]
    reaching = [_at(path, node) for path, node in statements if isinstance(node, ast.Global | ast.Nonlocal)]
    assignments = [(path, node) for path in ENGINES for node in parsed(path).body if isinstance(node, _ASSIGNMENT)]
    changing = [_at(path, node) for path, node in assignments if _changes(node.value) and "__all__" not in _bound(node)]
    assert reaching + changing == []


_ASSIGNMENT = ast.Assign | ast.AnnAssign


def _at(path: Path, node: ast.stmt) -> str:
    return f"{name(path)}:{node.lineno}: {ast.unparse(node)[:60]}"


def _changes(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return ast.unparse(value.func) in {"list", "dict", "set", "defaultdict", "Counter", "deque", "bytearray"}
    return isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp)


def _bound(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [ast.unparse(target) for target in targets]


def test_the_ground_floor_knows_neither_django_nor_the_house() -> None:
    above = ("django", "vested.plans", "vested.config")
    found = [f"{name(path)}: {entry}" for path in GROUND for entry in imported(path) if entry.startswith(above)]
    assert found == []


def test_only_engines_compute_with_a_solver() -> None:
    solvers = {"highspy", "numba", "scipy", "ortools"}
    others = [path for path in sources("vested") if path not in ENGINES]
    assert {name(path): found for path in others if (found := tops(path) & solvers)} == {}


def test_the_second_opinion_never_runs_with_vested() -> None:
    assert [name(path) for path in sources("vested") if "ortools" in tops(path)] == []


def test_examples_in_docstrings_run() -> None:
    with_examples = [path for path in GROUND if ">>> " in path.read_text(encoding="utf-8")]
    results = {name(path): doctest.testmod(importlib.import_module(module(path))) for path in with_examples}
    assert {path: result for path, result in results.items() if result.failed or not result.attempted} == {}
