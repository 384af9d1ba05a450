"""House rule about examples: what the papers show as Python is Python, and uses what there is."""

import ast
import importlib
import re
from pathlib import Path
from textwrap import dedent

import pytest

from tests.house.tree import ROOT, name

PAGES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
SHOWING = [page for page in PAGES if "```python" in page.read_text(encoding="utf-8")]


@pytest.mark.parametrize("page", SHOWING, ids=name)
def test_an_example_is_python_and_uses_what_there_is(page: Path) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    nodes = [node for block in blocks for node in ast.walk(ast.parse(dedent(block)))]
    made = {node.name for node in nodes if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    made |= {Path(word).stem for word in re.findall(r"`([\w/]+\.py)`", page.read_text(encoding="utf-8"))}
    used = [
        (node.module or "", alias.name)
        for node in nodes
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("vested", "tests"))
        for alias in node.names
    ]
    assert used
    assert [f"{module}.{word}" for module, word in used if word not in made and not _is_there(module, word)] == []


def _is_there(module: str, word: str) -> bool:
    try:
        return hasattr(importlib.import_module(module), word) or bool(importlib.import_module(f"{module}.{word}"))
    except ModuleNotFoundError:
        return False
