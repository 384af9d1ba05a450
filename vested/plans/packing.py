"""All that was computed and all it was computed from, as bytes a database keeps: an .npz file that runs nothing.

Tables of the sector are JSON, row by row; levels, the plan and its explanation are arrays. The problem and the groups
follow from the sector, so they are made anew when it is read.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from io import BytesIO
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints

import numpy as np
from numpy.typing import NDArray

from vested.engines import roadmap
from vested.engines.training import Compulsory, Explanation, Fairness, Gain, Plan, Prices, Value
from vested.formats import sector_folder as folder
from vested.plans.outcome import CurvePoint, Outcome, Stopped
from vested.plans.problem import groups_of, problem_of
from vested.plans.roadmap import Asked, Late, Repair, Roadmap, index_of
from vested.plans.roadmap import problem_of as portfolio_of

Arrays = Mapping[str, NDArray[Any]]
T = TypeVar("T")

TABLES = {
    "units": folder.Unit,
    "staff": folder.Person,
    "skills": folder.Skill,
    "roles": folder.Role,
    "role_requirements": folder.Requirement,
    "courses": folder.Course,
    "course_outcomes": folder.Outcome,
    "sessions": folder.Session,
    "completions": folder.Completion,
    "wishes": folder.Wish,
    "fixed": folder.Fixed,
    "initiatives": folder.Initiative,
    "initiative_skills": folder.InitiativeSkill,
    "budgets": folder.Budget,
    "initiative_modes": folder.InitiativeMode,
    "initiative_costs": folder.InitiativeCost,
    "initiative_people": folder.InitiativePeople,
    "initiative_links": folder.InitiativeLink,
    "blocks": folder.Block,
    "pools": folder.Pool,
    "portfolio_budgets": folder.PortfolioBudget,
}
PARTS = (Compulsory, Fairness, Value, Prices, roadmap.Prices)  # of a plan, each kept under its field's name


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Frozen:
    """An outcome, and the database's ids of its people, sessions and units when it was computed.

    ``first`` is the day the first quarter of its roadmap begins on.
    """

    outcome: Outcome
    people: NDArray[np.int64]
    sessions: NDArray[np.int64]
    units: NDArray[np.int64]
    first: date | None = None


def pack(frozen: Frozen) -> bytes:
    """Put an outcome, without its curve, into bytes."""
    outcome, sector = frozen.outcome, frozen.outcome.sector
    words = {
        "settings": astuple(sector.settings),
        "tables": {name: [astuple(row) for row in getattr(sector, name)] for name in TABLES},
        "sources": sector.levels.sources,
        "gains": [astuple(gain) for gain in outcome.gains],
        "stopped": outcome.stopped.value,
        "seconds": outcome.seconds,
        "first": frozen.first,
        "roadmap": _road_words(outcome.roadmap) if outcome.roadmap else None,
    }
    arrays = {
        "people": frozen.people,
        "sessions": frozen.sessions,
        "units": frozen.units,
        **_arrays("levels", sector.levels, without=("sources",)),
        **_arrays("plan", outcome.plan),
        **_arrays("explanation", outcome.explanation),
        **(_road_arrays(outcome.roadmap) if outcome.roadmap else {}),
    }
    return closed(words, arrays)


def unpack(kept: bytes, curve: bytes | None = None) -> Frozen:
    """Read what ``pack`` wrote, with the plans at other budgets that ``pack_curve`` wrote."""
    words, arrays = opened(kept)
    tables: dict[str, Any] = {
        name: tuple(_row(kind, row) for row in words["tables"].get(name, ())) for name, kind in TABLES.items()
    }
    levels = folder.Levels(**_under("levels", arrays), sources=tuple(words["sources"]))
    sector = folder.Sector(settings=_row(folder.Settings, words["settings"]), levels=levels, **tables)
    plan = _made(Plan, _under("plan", arrays))
    outcome = Outcome(
        sector=sector,
        problem=problem_of(sector),
        groups=groups_of(sector),
        plan=plan,
        explanation=Explanation(**_under("explanation", arrays)),
        gains=tuple(_row(Gain, row) for row in words["gains"]),
        curve=unpack_curve(curve, plan) if curve else (),
        stopped=Stopped(words["stopped"]),
        seconds=words["seconds"],
        roadmap=_road(sector, words["roadmap"], arrays) if words.get("roadmap") else None,
    )
    first = date.fromisoformat(words["first"]) if words.get("first") else None
    ids = {name: arrays[name] for name in ("people", "sessions", "units")}
    return Frozen(outcome=outcome, first=first, **ids)


def _road_words(road: Roadmap) -> dict[str, Any]:
    """The rows of a roadmap; its needs as they stood before they were dated."""
    return {
        "initiative_skills": [astuple(row) for row in road.sector.initiative_skills],
        "asked": [astuple(one) for one in road.asked],
        "late": [astuple(one) for one in road.late],
        "repairs": [[astuple(one.late), one.was, one.now] for one in road.repairs],
        "tried": road.tried,
    }


def _road_arrays(road: Roadmap) -> dict[str, NDArray[Any]]:
    return {
        "roadmap.earliest": road.problem.initiatives.earliest,
        **_arrays("roadmap.plan", road.plan),
        **_arrays("roadmap.free", road.free),
        **_arrays("roadmap.why", road.explanation),
    }


def _road(sector: folder.Sector, words: Mapping[str, Any], arrays: Arrays) -> Roadmap:
    """Read a roadmap; what it was computed from follows from the sector and the starts that were forbidden."""
    needs = tuple(_row(folder.InitiativeSkill, row) for row in words["initiative_skills"])
    whole = replace(sector, initiative_skills=needs)
    index = index_of(whole)
    problem = portfolio_of(whole, index)
    return Roadmap(
        sector=whole,
        index=index,
        problem=replace(
            problem, initiatives=replace(problem.initiatives, earliest=np.asarray(arrays["roadmap.earliest"]))
        ),
        plan=_made(roadmap.Plan, _under("roadmap.plan", arrays)),
        free=_made(roadmap.Plan, _under("roadmap.free", arrays)),
        explanation=_made(roadmap.Explanation, _under("roadmap.why", arrays)),
        repairs=tuple(Repair(Late(*late), was, now) for late, was, now in words["repairs"]),
        asked=tuple(Asked(*one) for one in words["asked"]),
        late=tuple(Late(*one) for one in words["late"]),
        tried=words["tried"],
    )


def opened(kept: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Read the words and the arrays of what ``pack`` wrote, and make nothing of them."""
    arrays = _read(kept)
    words: dict[str, Any] = json.loads(arrays.pop("words").tobytes())
    return words, arrays


def closed(words: Mapping[str, Any], arrays: Arrays) -> bytes:
    """Put words and arrays together again."""
    return _file({"words": np.frombuffer(json.dumps(words, default=_plain).encode(), dtype=np.uint8), **arrays})


def pack_curve(points: Sequence[CurvePoint]) -> bytes:
    """Put the plans at other budgets into bytes; the plan itself, at 1.0, is not repeated."""
    arrays: dict[str, NDArray[Any]] = {"factors": np.array([p.factor for p in points if p.factor != 1.0])}
    for number, point in enumerate(point for point in points if point.factor != 1.0):
        arrays |= _arrays(f"p{number}", point.plan)
    return _file(arrays)


def unpack_curve(kept: bytes, plan: Plan) -> tuple[CurvePoint, ...]:
    """Read what ``pack_curve`` wrote, and put the plan itself among it."""
    arrays = _read(kept)
    points = [
        CurvePoint(factor=factor, plan=_made(Plan, _under(f"p{number}", arrays)))
        for number, factor in enumerate(arrays["factors"].tolist())
    ]
    return tuple(sorted([*points, CurvePoint(factor=1.0, plan=plan)], key=lambda point: point.factor))


def _file(arrays: Arrays) -> bytes:
    file = BytesIO()
    named: dict[str, Any] = dict(arrays)
    np.savez_compressed(file, **named)
    return file.getvalue()


def _read(kept: bytes) -> dict[str, NDArray[Any]]:
    with np.load(BytesIO(kept), allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def _arrays(name: str, thing: object, without: Sequence[str] = ()) -> dict[str, NDArray[Any]]:
    """The fields of a noun as arrays, those of its parts with it."""
    found: dict[str, NDArray[Any]] = {}
    for field in fields(thing):  # type: ignore[arg-type]  # a noun is a dataclass
        value = getattr(thing, field.name)
        if is_dataclass(value):
            found |= _arrays(f"{name}.{field.name}", value)
        elif field.name not in without:
            found[f"{name}.{field.name}"] = np.asarray(value)
    return found


def _under(name: str, arrays: Arrays) -> dict[str, Any]:
    """What stands under a name; single numbers as such."""
    start = f"{name}."
    found = {key.removeprefix(start): array for key, array in arrays.items() if key.startswith(start)}
    return {key: array if array.ndim else array.item() for key, array in found.items()}


def _made(kind: type[T], values: Mapping[str, Any]) -> T:
    """A noun from its fields, its parts from theirs."""
    hints = get_type_hints(kind)
    parts = {
        name: _made(part, {key.removeprefix(f"{name}."): v for key, v in values.items() if key.startswith(f"{name}.")})
        for name, part in hints.items()
        if part in PARTS
    }
    return kind(**{key: value for key, value in values.items() if "." not in key}, **parts)


def _row(kind: type[T], cells: Sequence[Any]) -> T:
    """A row of a table from its cells, days and words of a list as such; one kept long ago may have fewer cells."""
    pairs = zip(_hints(kind), cells, strict=False)  # type: ignore[arg-type]  # a class is hashable
    return kind(**{name: _cell(hint, cell) for (name, hint), cell in pairs})


@cache  # one row of many thousand after the other
def _hints(kind: type) -> list[tuple[str, object]]:
    """The fields of a table's rows, and what each is."""
    hints = get_type_hints(kind)
    return [(field.name, _inner(hints[field.name])) for field in fields(kind)]


def _inner(hint: object) -> object:
    """What a cell is when it is there."""
    return next((one for one in get_args(hint) if one is not type(None)), hint) if isinstance(hint, UnionType) else hint


def _cell(hint: object, cell: Any) -> object:  # noqa: ANN401 - whatever JSON holds
    if cell is None or hint in {str, float, int, bool}:
        return cell
    if hint is date:
        return date.fromisoformat(cell)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(cell)
    return tuple(cell)


def _plain(cell: object) -> object:
    if isinstance(cell, date):
        return cell.isoformat()
    raise TypeError(f"{cell!r} cannot be kept")
