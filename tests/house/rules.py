"""The rules of the house about code, each a function that says what is wrong with one file.

A rule looks at a ``Source``: a file's name as the project writes it, and its syntax tree. So it can be shown code made
up to break it as well as the house's own.
"""

import ast
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from tests.house.tree import ROOT, name, parsed, project, sources

GROUND = {"engines", "formats"}
WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITERS = {"actions", "models", "imports", "jobs", "traces", "migrations"}
# Core's own book-keeping: what every action calls.
KEEPERS = {
    "vested/core/scope.py": "each write passes here, to stay in its sector",
    "vested/core/finding.py": "each write passes here, to be found by its words",
    "vested/core/history.py": "writes the record",
    "vested/core/openings.py": "keeps what was looked at behind walls, after the answer",
    "vested/core/looks.py": "keeps who looked at whose data, after the answer",
    "vested/core/locking.py": "counts up the version of what an action holds",
    "vested/core/notifications.py": "tells people, within the action that is told of",
    "vested/core/tokens.py": "keeps the day a token was last used, after the answer",
}
# Actions that are unlike others, and why.
UNLIKE = {
    "vested/core/imports/actions.py: break_off": "a job says that it broke; there is nothing to permit",
    "vested/core/jobs/actions.py: start": "the room's action that calls it requires; a kind has arguments of its own",
    "vested/core/actions/hats.py: wear_hat": "one's own",
    "vested/core/actions/openings.py: ask_for_opening": "anybody may ask; a second person decides",
    "vested/core/actions/tokens.py: create_token": "one's own",
    "vested/core/actions/tokens.py: revoke_token": "one's own",
    "vested/academy/actions/wishes.py: ask_for": "one's own",
    "vested/ecosystem/actions/partners.py: choose_password": "the code one was given permits it",
    "vested/academy/actions/wishes.py: take_back": "one's own",
    "vested/direction/actions/obstacles.py: raise_obstacle": "anybody may; and it may be of nobody",
    "vested/direction/actions/escalations.py: raise_escalation": "anybody may ask for a decision",
    "vested/core/actions/notifications.py: read_notifications": "one's own; what one has read is nobody's business",
}
DOORS = {"models", "queries", "actions"}
SIGNS_IN = {"LoginView", "LogoutView"}
REFERENCES = {"ForeignKey", "OneToOneField", "ManyToManyField"}


@dataclass(frozen=True)
class Source:
    """A Python file of the house."""

    name: str
    tree: ast.Module

    @property
    def app(self) -> str:
        """Whose file it is."""
        return PurePosixPath(self.name).parts[1]

    @property
    def place(self) -> str:
        """Which of an app's files it is, or is in: models, views."""
        return PurePosixPath(self.name).with_suffix("").parts[2]

    def at(self, node: ast.AST, said: str) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 0)}: {said}"


def house() -> list[Source]:
    """Every file above the ground floor."""
    found = [Source(name(path), parsed(path)) for path in sources("vested")]
    return [one for one in found if len(PurePosixPath(one.name).parts) > 2 and one.app not in GROUND]


def made_up(file: str, code: str) -> Source:
    """A file of no house, to see a rule fail."""
    return Source(file, ast.parse(code))


def writes_only_where_writes_live(source: Source) -> Iterator[str]:
    """Rows are written by actions, models, imports and jobs."""
    if source.app == "config" or source.place in WRITERS or source.name in KEEPERS:
        return
    for call in _calls(source.tree):
        if writes(call):
            yield source.at(call, ast.unparse(call.func))


def actions_have_one_shape(source: Source) -> Iterator[str]:
    """Keyword-only, ``by`` a viewer, one transaction, permission first, record last."""
    if PurePosixPath(source.name).stem != "actions" and source.place != "actions":
        return
    functions = [node for node in source.tree.body if isinstance(node, ast.FunctionDef)]
    asking = _asking(functions, _asking_elsewhere(source.tree))
    for action in functions:
        if not action.name.startswith("_") and f"{source.name}: {action.name}" not in UNLIKE:
            for said in _faults(action, asking, {one.name for one in functions}):
                yield source.at(action, f"{action.name} {said}")


def _faults(action: ast.FunctionDef, asking: set[str], near: set[str]) -> Iterator[str]:
    if action.args.args or action.args.posonlyargs:
        yield "takes something by position"
    if "by" not in {one.arg for one in action.args.kwonlyargs}:
        yield "does not say by whom"
    calls = list(_calls(action))
    named = [called(call) for call in calls]
    inside = [call for block in ast.walk(action) if _is_transaction(block) for call in _calls(block)]
    atomic = any(ast.unparse(one) == "transaction.atomic" for one in action.decorator_list)
    recorded = [call for call in calls if called(call) == "record"]
    handed = any(word in near and not word.startswith("_") for word in named) and not recorded
    if not atomic and not (recorded and all(call in inside for call in recorded)):
        yield "is no transaction"
    written = [call.lineno for call in calls if writes(call)]
    required = [call.lineno for call in calls if called(call) in asking]
    if not required or min(required) > min([*written, *(call.lineno for call in recorded)], default=math.inf):
        yield "does not require a permission first"
    if not recorded and not handed:
        yield "leaves no record"
    if recorded and any(line > max(call.lineno for call in recorded) for line in written if not _deletes(calls, line)):
        yield "writes after its record"


def _asking(functions: list[ast.FunctionDef], known: set[str], prefix: str = "_") -> set[str]:
    """The functions named so that ask for a permission, beside those known to."""
    asking = {"require", *known}
    for _ in functions:
        asking |= {
            one.name for one in functions if one.name.startswith(prefix) and asking & set(map(called, _calls(one)))
        }
    return asking


def _asking_elsewhere(tree: ast.Module) -> set[str]:
    """The functions ``require_...`` of other modules that are imported, and do ask for a permission there."""
    found = set()
    for node in ast.walk(tree):
        module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        if not module.startswith("vested."):
            continue
        place = ROOT / module.replace(".", "/")
        path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        functions = [one for one in parsed(path).body if isinstance(one, ast.FunctionDef)]
        found |= _asking(functions, set(), "require_") & {alias.name for alias in getattr(node, "names", [])}
    return found


def forms_never_save(source: Source) -> Iterator[str]:
    """A form asks and checks."""
    for node in ast.walk(source.tree):
        if source.place not in {"forms", "filters"} and PurePosixPath(source.name).stem != "forms":
            return
        if isinstance(node, ast.ClassDef) and any("ModelForm" in ast.unparse(base) for base in node.bases):
            yield source.at(node, f"{node.name} is a form of a model")
        if isinstance(node, ast.FunctionDef) and node.name == "save":
            yield source.at(node, "a form that saves")


def views_are_functions(source: Source) -> Iterator[str]:
    """No class of views, but for signing in and out."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("View") for base in node.bases):
            yield source.at(node, f"{node.name} is a class of views")
        if isinstance(node, ast.Call) and called(node) == "as_view":
            who = ast.unparse(node.func).removesuffix(".as_view")
            if who not in SIGNS_IN:
                yield source.at(node, f"{who} is a class of views")


def nothing_is_signalled(source: Source) -> Iterator[str]:
    """Who wants something done calls for it."""
    for node in ast.walk(source.tree):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if any(module == "django.dispatch" or module.endswith("signals") for module in modules):
            yield source.at(node, ast.unparse(node))
        if isinstance(node, ast.Call) and called(node) == "connect":
            yield source.at(node, ast.unparse(node.func))


def references_only_go_down(source: Source) -> Iterator[str]:
    """What a field refers to by name is of the same room or of a lower floor."""
    floors = layers()
    for call in _calls(source.tree):
        if called(call) in REFERENCES:
            given = [*call.args[:1], *(word.value for word in call.keywords if word.arg == "to")]
            to = str(ast.literal_eval(given[0])) if given and isinstance(given[0], ast.Constant) else ""
            room = to.rpartition(".")[0]
            if room in floors and room != source.app and floors[room] <= floors[source.app]:
                yield source.at(call, f"refers up to {to}")


def rooms_are_entered_by_their_doors(source: Source) -> Iterator[str]:
    """Apps know of one another models, queries and actions; imports also what is kept and the tables."""
    if source.app == "config" or source.place == "migrations":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("vested."):
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            for room, door, *_ in (one.split(".")[1:] for one in whole if one.count(".") > 1):
                imports = door == "imports" and source.place == "imports"
                if room not in {source.app, "core", *GROUND} and door not in DOORS and not imports:
                    yield source.at(node, f"enters {room} by {door}")


def tags_ask_nothing(source: Source) -> Iterator[str]:
    """What a template shows was asked by its page."""
    if source.place in {"templatetags", "tags", "charts"}:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and node.attr == "objects":
                yield source.at(node, ast.unparse(node))


@cache
def layers() -> dict[str, int]:
    """The floors, from the top; rooms side by side share one."""
    contracts = project()["tool"]["importlinter"]["contracts"]
    floors = next(one["layers"] for one in contracts if one["type"] == "layers")
    return {room.strip(): floor for floor, rooms in enumerate(floors) for room in rooms.split("|")}


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def writes(call: ast.Call) -> bool:
    """Whether a call writes rows: rows take their words by name, dicts and files what they take by position."""
    plain = [one for one in call.args if not isinstance(one, ast.Starred)]
    many = called(call).startswith("bulk_") or called(call) == "create"
    return isinstance(call.func, ast.Attribute) and call.func.attr in WRITES and (many or not plain)


def _deletes(calls: list[ast.Call], line: int) -> bool:
    return all(called(call) == "delete" for call in calls if call.lineno == line and writes(call))


def _is_transaction(node: ast.AST) -> bool:
    return isinstance(node, ast.With) and any(
        ast.unparse(item.context_expr).startswith("transaction.atomic") for item in node.items
    )
