"""A problem as a file of plain JSON: an object of lists for each noun."""

import json
from dataclasses import fields
from pathlib import Path

import numpy as np

from vested.engines.roadmap import Initiatives, Limits, Links, Modes, Problem

_PARTS = {"initiatives": Initiatives, "modes": Modes, "links": Links, "limits": Limits}
_FLAGS = {"mandatory", "explore", "exists"}
_FLOATS = {"risk", "benefit", "cost", "people", "budget", "capacity", "rate"}
_PAIRS = {"needs", "uses", "supplies"}


def save_problem(path: Path, problem: Problem) -> None:
    """Write a problem; what has no limit is null."""
    parts = {
        part: {field.name: _plain(getattr(getattr(problem, part), field.name)) for field in fields(cls)}
        for part, cls in _PARTS.items()
    }
    path.write_text(json.dumps(parts, separators=(",", ":")) + "\n", encoding="utf-8")


def load_problem(path: Path) -> Problem:
    """Read what ``save_problem`` wrote."""
    parts = json.loads(path.read_text(encoding="utf-8"))
    nouns = {
        part: cls(**{field.name: _noun(field.name, parts[part][field.name]) for field in fields(cls)})
        for part, cls in _PARTS.items()
    }
    return Problem(**nouns)


def _plain(value: object) -> object:
    if isinstance(value, np.ndarray):
        rows = value.tolist()
        return rows if value.dtype.kind != "f" else _without_infinity(rows)
    return None if value == np.inf else value


def _without_infinity(rows: object) -> object:
    if isinstance(rows, list):
        return [_without_infinity(row) for row in rows]
    return None if rows == np.inf else rows


def _noun(name: str, rows: object) -> object:
    if not isinstance(rows, list):
        return np.inf if rows is None else rows
    if name in _FLOATS:
        array = np.array(rows, dtype=np.float64)  # null is no number
        return np.where(np.isnan(array), np.inf, array)
    array = np.array(rows, dtype=np.bool_ if name in _FLAGS else np.int64)
    return array.reshape(-1, 2) if name in _PAIRS else array
