"""The rules of the house about who asks: rows by their managers, for who is signed in; and who keeps which rows."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.house.rules import Source, called, writes

# Where rows are asked for past the managers, which keep sectors and walls apart, or for somebody else than who asks.
PAST = {
    "vested/core/scope.py": "the managers themselves",
    "vested/core/viewer.py": "makes of a person who asks",
    "vested/core/postgresql/base.py": "tells the database who asks",
    "vested/core/history.py": "a chain is one, whoever may read it",
    "vested/core/demo.py": "whom somebody may enter the demo as",
    "vested/core/actions/personal.py: erase_people": "who is erased is erased everywhere",
    "vested/core/actions/personal.py: _take_out": "an account goes with the last person it is of",
    "vested/core/rights/jobs.py: personal": "what is kept about somebody is theirs to have",
    "vested/core/policies.py": "the database's own walls",
    "vested/core/middleware.py": "who asks is not known yet",
    "vested/core/tokens.py": "who asks is not known yet",
    "vested/core/jobs/running.py": "takes what waits of every sector; the work itself is somebody's",
    "vested/core/jobs/days.py": "starts for every sector what is done each day",
    "vested/core/anchors.py": "looks at the history of every sector, and tells nobody of it",
    "vested/core/management/commands/migrate.py": "migrations change the rows of every sector",
    "vested/core/models/people.py": "an account is one person's in the whole installation",
    "vested/core/imports/kept.py": "brings in many rows at once, each with its sector",
    "vested/core/imports/planning.py": "tells the database to look at its rows anew",
    "vested/ecosystem/actions/partners.py: let_in": "an account is one person's in the whole installation",
    "vested/ecosystem/actions/partners.py: give_code": "as above",
    "vested/ecosystem/actions/partners.py: let_go": "as above",
    "vested/ecosystem/views/partners.py: welcome": "who asks is not known yet",
    "vested/direction/actions/obstacles.py: raise_obstacle": "an obstacle may be of nobody",
    "vested/direction/queries/commitments.py: public_sectors": "what is marked public is for everybody",
    "vested/direction/queries/commitments.py: public_commitments": "as above",
}
WAYS_PAST = {
    "System", "acting", "beyond_walls", "viewer_for", "_acting", "RawSQL", "Manager",
    "_base_manager", "_queryset_class", "get_queryset", "cursor", "raw", "execute",
}  # fmt: skip
OF_A_VIEWER = {"person", "held", "worn", "opened", "beyond", "shared"}
# Whose rows nobody else makes or changes.
KEPT_BY = {"Event": "vested/core/history.py", "Job": "vested/core/jobs/", "Look": "vested/core/looks.py"}
AT_WORK = {"django_tasks", "django_tasks_db", "threading", "concurrent", "multiprocessing", "asyncio", "subprocess"}
SOMETIMES = (ast.If, ast.IfExp, ast.BoolOp, ast.For, ast.While, ast.Try)


def rows_are_asked_for_by_their_managers(source: Source) -> Iterator[str]:
    """They keep sectors and walls apart, for who is signed in; ``PAST`` says where something else does."""
    if source.app == "config" or source.place == "migrations" or source.name in PAST:
        return
    for part in source.tree.body:
        if f"{source.name}: {getattr(part, 'name', '')}" not in PAST:
            yield from (source.at(node, said) for node in ast.walk(part) if (said := _goes_past(node)))


def _goes_past(node: ast.AST) -> str:
    """How a node asks past the managers or for somebody else, under whatever name; nothing where it does not."""
    match node:
        case ast.alias(name=name, asname=str()) if name in WAYS_PAST:
            return f"{name} under another name"
        case ast.Attribute(attr=word) if word in WAYS_PAST:
            return ast.unparse(node)
        case ast.Name(id="System" | "acting" | "beyond_walls" | "viewer_for" | "RawSQL" as word):
            return word
        case ast.Attribute(value=ast.Name(id="User"), attr="objects"):
            return "User.objects"
        case ast.Call(func=ast.Call(func=ast.Name(id="type")) | ast.Attribute(attr="__class__")):
            return ast.unparse(node.func)
        case ast.Call():
            word = called(node).partition("[")[0]
            changed = word == "replace" and OF_A_VIEWER & {one.arg for one in node.keywords}
            return word if word.endswith("QuerySet") or word in {"Viewer", "extra"} or changed else ""
    return ""


def what_is_kept_has_one_keeper(source: Source) -> Iterator[str]:
    """History is written by ``record``, a job by ``start``; nothing else works beside a page."""
    if source.app == "config" or source.place == "migrations":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and not source.name.startswith(KEPT_BY["Job"]):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            yield from (source.at(node, f"works by {one}") for one in modules if one.partition(".")[0] in AT_WORK)
        if isinstance(node, ast.Call):
            model, _dot, words = ast.unparse(node.func).partition(".")
            makes = not words or writes(node)
            if model in KEPT_BY and makes and not source.name.startswith(KEPT_BY[model]):
                yield source.at(node, f"writes {model} by itself")


def required(source: Source) -> dict[str, str]:
    """What each action of a file, and each ``require_...`` it asks through, requires, and of which unit.

    What counts only in some cases begins with “if”.
    """
    asks = "actions" in {source.place, PurePosixPath(source.name).stem}
    where = source.name.removeprefix("vested/").removesuffix(".py").replace("/actions", "")
    functions = [one for one in source.tree.body if isinstance(one, ast.FunctionDef)]
    asking = [one for one in functions if asks or one.name.lstrip("_").startswith("require_")]
    found = {f"{where}: {one.name}": ", ".join(_required(one, sometimes=False)) for one in asking}
    return {name: words for name, words in found.items() if words}


def _required(within: ast.AST, *, sometimes: bool) -> Iterator[str]:
    for node in ast.iter_child_nodes(within):
        if isinstance(node, ast.Call) and called(node).lstrip("_").startswith("require") and _of_somebody(node):
            words = [ast.unparse(one) for one in (*node.args[1:], *(word.value for word in node.keywords))]
            how = "" if called(node) == "require" else f"{called(node)} "
            yield f"{'if ' * sometimes}{how}{' of '.join(words)}".replace("Permission.", "")
        yield from _required(node, sometimes=sometimes or isinstance(node, SOMETIMES))


def _of_somebody(call: ast.Call) -> bool:
    told = {word.id for one in call.args for word in ast.walk(one) if isinstance(word, ast.Name)}
    return not told.isdisjoint({"by", "viewer"})
