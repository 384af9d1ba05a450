"""What the house rules look at: the files of this checkout, with or without git."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project; what .gitignore names is not of the project."""
    ignored = [line.strip().strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()]
    return tuple(_walk(ROOT, {".git", *filter(None, ignored)}))


def _walk(folder: Path, ignored: set[str]) -> list[Path]:
    found = []
    for path in sorted(folder.iterdir()):
        if path.name in ignored:
            continue
        found += _walk(path, ignored) if path.is_dir() else [path]
    return found


def sources(*folders: str) -> list[Path]:
    """Python files under the folders named."""
    roots = [ROOT / folder for folder in folders]
    return [path for path in files() if path.suffix == ".py" and any(root in path.parents for root in roots)]


def papers() -> list[Path]:
    """Every Markdown file."""
    return [path for path in files() if path.suffix == ".md"]


@cache
def parsed(path: Path) -> ast.Module:
    """Return a Python file as its syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> set[str]:
    """Return the modules a Python file imports, in full, wherever in the file it does."""
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def tops(path: Path) -> set[str]:
    """Return the first parts of the names of the modules a Python file imports."""
    return {name.partition(".")[0] for name in imported(path)}


@cache
def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def name(path: Path) -> str:
    """Return a path as the project writes it."""
    return path.relative_to(ROOT).as_posix()


def module(path: Path) -> str:
    """Return the dotted name of a Python file."""
    dotted = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    return re.sub(r"\.__init__$", "", dotted)
