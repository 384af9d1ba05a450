"""One restriction taken away at a time, in the syntax tree; the function changed is swapped where it lives."""

import ast
import gc
import types
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.http import Http404

from tests.house.tree import ROOT, name, sources
from vested.core.errors import Invalid, NotAllowed
from vested.core.permissions import Permission
from vested.core.scope import Scope, ScopedQuerySet
from vested.core.viewer import Viewer

HOUSE = [path for path in sources("vested") if path.relative_to(ROOT).parts[1] not in {"engines", "formats"}]
ALL_VISIBLE = "all of it visible"
SEEN, TRIED, HELD = "_seen_by_the_proof", "_tried_by_the_proof", "_held_by_the_proof"
CALLED = "_called_by_the_proof"
At = tuple[str, int]  # a function: its file and first line

passed: set[str] = set()  # mutants that a request went by
narrowing: set[str] = set()  # and whose restriction would have hidden or refused something then


@dataclass(frozen=True)
class Mutant:
    """A restriction that can be taken away: where, what, and the source without it."""

    file: Path
    line: int
    end: int
    what: str
    number: int  # among those of the file

    def __str__(self) -> str:
        return f"{name(self.file)}:{self.line} {self.what}"

    @property
    def key(self) -> str:
        return f"{name(self.file)}#{self.number}"

    def tree(self, *, noting: bool = False) -> ast.Module:
        """The file without it; ``noting`` what it would have hidden or refused."""
        tree = ast.parse(self.file.read_text(encoding="utf-8"))
        _Remover(self.number, self.key if noting else "").visit(tree)
        return ast.fix_missing_locations(tree)

    @property
    def shows(self) -> bool:
        """Whether it is within what says which things exist for somebody."""
        return self.function[0].endswith(".visible_to")

    @property
    def function(self) -> tuple[str, int]:
        """The outermost function it stands in, by its qualified name and first line."""
        return _owner(ast.parse(self.file.read_text(encoding="utf-8")), self.line)


def all_mutants() -> list[Mutant]:
    """Every restriction of the house."""
    found = []
    for path in HOUSE:
        remover = _Remover(-1, "")
        remover.visit(ast.parse(path.read_text(encoding="utf-8")))
        found += [Mutant(path, *one, number) for number, one in enumerate(remover.found)]
    return found


class _Remover(ast.NodeTransformer):
    """Counts restrictions, and takes away the one of a number."""

    def __init__(self, number: int, key: str) -> None:
        self.number, self.key, self.found = number, key, list[tuple[int, int, str]]()
        self.within: list[str] = []

    def _is_it(self, node: ast.AST, what: str) -> bool:
        self.found.append((getattr(node, "lineno", 0), getattr(node, "end_lineno", 0), what))
        return len(self.found) - 1 == self.number

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.within.append(node.name)
        self.generic_visit(node)
        self.within.pop()
        if node.name == "visible_to" and self._is_it(node, ALL_VISIBLE):
            node.body = [ast.Return(ast.Name("self", ast.Load()))]
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """A ``require`` that stands alone."""
        call = node.value
        if isinstance(call, ast.Call) and _requires(call):
            if self._is_it(node, ast.unparse(node)[:60]):
                return _past_refusal(node, self.key) if self.key else ast.Pass()
            return node
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        called = _called(node)
        if not isinstance(node.func, ast.Attribute):
            return node
        asks = called == "visible_to" and "visible_to" not in self.within
        if asks and self._is_it(node, f"{ast.unparse(node)[-60:]}"):
            look = ast.Name(SEEN, ast.Load())
            return ast.Call(look, [node.func.value, *node.args, ast.Constant(self.key)], [])
        narrows = called == "open_to" or (called in {"filter", "exclude"} and "get_queryset" in self.within)
        if narrows and self._is_it(node, ast.unparse(node)):
            return node.func.value
        if called == "below" and len(node.args) == 2 and self._is_it(node, ast.unparse(node)):
            return ast.Call(ast.Name(HELD, ast.Load()), [node.func.value, *node.args, ast.Constant(self.key)], [])
        if called == "may" and "visible_to" in self.within and self._is_it(node, ast.unparse(node)):
            return ast.Call(
                ast.Name(TRIED, ast.Load()), [node, ast.Constant(self.key)], []
            )  # else only what is offered
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        """A declaration that says more than the default."""
        said = ast.unparse(node)
        if (said == "scope = Scope.PERSONAL" or said.startswith("walled_by = ")) and self._is_it(node, said):
            return ast.Pass()
        return self.generic_visit(node)


def seen(rows: Any, viewer: Any, key: str) -> Any:
    """The rows as they are, unrestricted; and whether the restriction could have hidden any."""
    passed.add(key)
    model, kind = rows.model, type(rows if not hasattr(rows, "all") else rows.all())
    if kind.visible_to is not ScopedQuerySet.visible_to or model.scope is Scope.PERSONAL:
        hidden = rows.all().exclude(pk__in=model._default_manager.all().visible_to(viewer).values("pk"))
        if hidden.exists():
            narrowing.add(key)
    return rows.all() if not isinstance(rows, ScopedQuerySet) else rows


def tried(may: bool, key: str) -> bool:  # noqa: FBT001 - what was answered
    """As if somebody might; and whether they may."""
    passed.add(key)
    if not may:
        narrowing.add(key)
    return True


def held(viewer: Viewer, permission: Permission, _path: str, key: str) -> Q:
    """As if somebody held a permission everywhere; and whether they do."""
    passed.add(key)
    if "/" not in viewer.paths(permission):
        narrowing.add(key)
    return Q(pk__isnull=False)  # all: an empty one with | says nothing


def _past_refusal(node: ast.Expr, key: str) -> ast.Try:
    """Go past a ``require``, and note whether it refused."""
    refused = ast.Name("_refusals_of_the_proof", ast.Load())
    note = [ast.parse(f"{TRIED}({may}, {key!r})").body[0] for may in (True, False)]
    return ast.Try([note[0], node], [ast.ExceptHandler(refused, None, [note[1]])], [], [])


@contextmanager
def applied(mutant: Mutant) -> Iterator[bool]:
    """Live without a restriction; gives whether it could be taken away."""
    qualname, line = mutant.function
    code = _code_of(compile(mutant.tree(noting=True), str(mutant.file), "exec"), qualname, line)
    changed = list(_instead(str(mutant.file), code))
    if not changed:
        yield False
        return
    before = [(function, function.__code__) for function, _new in changed]
    for function, new in changed:
        function.__globals__.update(PROBES)
        function.__code__ = new
    try:
        yield True
    finally:
        for function, old in before:
            function.__code__ = old


@contextmanager
def watched(functions: Collection[At]) -> Iterator[set[At]]:
    """Live with each of the functions putting itself into a set when it is called."""
    called: set[At] = set()
    before = []
    for file in {file for file, _line in functions}:
        tree = ast.parse(Path(file).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and (file, _first(node)) in functions:
                for one in ast.walk(node):
                    if isinstance(one, ast.FunctionDef):
                        one.body.insert(0, ast.parse(f"{CALLED}(({file!r}, {_first(node)}))").body[0])
        module = compile(ast.fix_missing_locations(tree), file, "exec")
        for line in {line for at, line in functions if at == file}:
            for named in {function.__code__.co_qualname for function in _living().get((file, line), [])}:
                for function, new in _instead(file, _code_of(module, named, line)):
                    before.append((function, function.__code__))
                    function.__globals__[CALLED] = called.add
                    function.__code__ = new
    try:
        yield called
    finally:
        for function, old in before:
            function.__code__ = old


PROBES = {SEEN: seen, TRIED: tried, HELD: held, "_refusals_of_the_proof": (NotAllowed, Invalid, Http404)}


def _owner(tree: ast.Module, line: int) -> tuple[str, int]:
    def inside(body: list[ast.stmt], before: str) -> tuple[str, int]:
        for node in body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.lineno <= line <= (node.end_lineno or 0):
                if isinstance(node, ast.ClassDef):
                    return inside(node.body, f"{before}{node.name}.")
                return f"{before}{node.name}", _first(node)
        return "", 0

    return inside(tree.body, "")


def _first(node: ast.FunctionDef) -> int:
    return min([node.lineno, *(one.lineno for one in node.decorator_list)])


def _code_of(module: types.CodeType, qualname: str, line: int) -> types.CodeType | None:
    for one in module.co_consts:
        if isinstance(one, types.CodeType):
            if one.co_firstlineno == line and one.co_qualname == qualname:
                return one
            if found := _code_of(one, qualname, line):
                return found
    return None


@cache
def _living() -> dict[tuple[str, int], list[Any]]:
    """Every function there is, by its file and first line."""
    found: dict[tuple[str, int], list[Any]] = {}
    for one in gc.get_objects():
        if type(one) is types.FunctionType:  # no proxy is woken by being asked what it is
            found.setdefault((one.__code__.co_filename, one.__code__.co_firstlineno), []).append(one)
    return found


def _instead(file: str, code: types.CodeType | None) -> Iterator[tuple[Any, types.CodeType]]:
    """Each living function that came of a code, or of one within it, with what it is to be instead."""
    if code is None:
        return
    for function in _living().get((file, code.co_firstlineno), []):
        old = function.__code__
        if (old.co_qualname, old.co_freevars) == (code.co_qualname, code.co_freevars) and old.co_name != "<lambda>":
            yield function, code
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            yield from _instead(file, one)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _requires(call: ast.Call) -> bool:
    """Whether it asks for a permission: of somebody, whom it is told."""
    told = {word.id for one in call.args for word in ast.walk(one) if isinstance(word, ast.Name)}
    return _called(call).lstrip("_").startswith("require") and not told.isdisjoint({"by", "viewer", "request"})
