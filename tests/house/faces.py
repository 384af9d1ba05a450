"""The rules of the house about templates, each a function of a template's words, and what templates name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import ROOT, files, parsed, sources

COTTON = "cotton/"
# Words that are the same in every language, and marks.
SAME = {"Vested", "CSV", "XLSX", "JSON", "PDF"}
SPOKEN = "aria-label|title|label|alt|placeholder|caption|legend|hint|summary|lead|words|about|verb|what|unit"
LETTERS = re.compile(r"[^\W\d_]{2,}")


def templates() -> dict[str, Path]:
    """Every template by the name it is asked for."""
    found = [path for path in files() if path.suffix == ".html" and "templates" in path.parts]
    return {path.as_posix().rpartition("/templates/")[2]: path for path in found if ROOT / "vested" in path.parents}


def named_in_python(tree: ast.AST) -> Iterator[str]:
    """Patterns of the templates that code names, in a room's folder."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [str(part.value) if isinstance(part, ast.Constant) else None for part in node.values]
            pattern = "".join(".*" if part is None else re.escape(part) for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            pattern = re.escape(node.value)
        else:
            continue
        if re.fullmatch(r"[a-z_]+/(?:[^\s:]+)\\\.html", pattern):
            yield pattern


def named_in_template(words: str) -> Iterator[str]:
    """Patterns of the templates that one extends, includes, or is made of."""
    for tag in re.findall(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']", words):
        yield re.escape(tag)
    for component in re.findall(r"<c-([a-z][\w.-]*)", words):
        if component not in {"vars", "slot"}:
            yield re.escape(f"{COTTON}{component.replace('-', '_').replace('.', '/')}.html")


def named() -> dict[str, str]:
    """Every pattern named, and who names it."""
    patterns: dict[str, str] = {}
    for path in sources("vested"):
        patterns |= dict.fromkeys(named_in_python(parsed(path)), path.name)
    for name, path in templates().items():
        patterns |= {one: name for one in named_in_template(path.read_text(encoding="utf-8")) if one != re.escape(name)}
    return patterns


def unused(there: set[str], patterns: set[str]) -> set[str]:
    """Templates nobody names."""
    return {name for name in there if not any(re.fullmatch(pattern, name) for pattern in patterns)}


def missing(there: set[str], patterns: set[str]) -> set[str]:
    """Templates that are named and not there."""
    return {pattern for pattern in patterns if not any(re.fullmatch(pattern, name) for name in there)}


def bare(words: str) -> list[str]:
    """Words of a template that no translation reaches, between tags or in attributes that are read out."""
    text = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}|<!--.*?-->", "", words, flags=re.S)
    text = re.sub(r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}", "{{t}}", text, flags=re.S)
    text = re.sub(r"{%\s*translate\s.*?%}", "{{t}}", text)
    text = re.sub(r"{%.*?%}", "", text, flags=re.S)
    text = re.sub(r"{{.*?}}", "\0", text, flags=re.S)
    read_out = re.findall(rf"\s(?:{SPOKEN})=\"([^\"]*)\"", re.sub(r"<c-vars.*?/>", "", text, flags=re.S))
    between = re.sub(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", "\n", re.sub(r"&\w+;|&#\d+;", " ", text))
    return [word for part in (between, *read_out) for word in LETTERS.findall(part) if word not in SAME]


def asks(words: str) -> list[str]:
    """Questions to the database in a template."""
    return re.findall(r"{[{%][^}]*\.(?:objects|_meta|all)\b[^}]*[%}]}", words)


def classes(words: str) -> set[str]:
    """The classes a template or a function that draws gives its elements, save those put together of values."""
    plain = re.sub(r"{{.*?}}|{[^{}]*}", "\0", re.sub(r"{%.*?%}", "", words, flags=re.S), flags=re.S)
    return {name for value in re.findall(r"class=\"([^\"]*)\"", plain) for name in value.split() if "\0" not in name}


def styled() -> set[str]:
    """The classes the stylesheets know."""
    sheets = [path for path in files() if path.suffix == ".css" and ROOT / "vested" in path.parents]
    return {name for path in sheets for name in re.findall(r"\.([a-zA-Z][\w-]*)", path.read_text(encoding="utf-8"))}
