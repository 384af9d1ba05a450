"""A problem handed to a process of its own, and what comes back."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np

from vested.engines.training import Catalogue, Limits, Needs, People, Problem, Roles

_PARTS = {"people": People, "roles": Roles, "catalogue": Catalogue, "needs": Needs, "limits": Limits}


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """What a solver says of one stage: ``result`` (None: no plan), ``bound`` (None: none), CPU ``seconds`` spent."""

    name: str
    result: float | None
    bound: float | None
    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a solver made of a problem.

    ``person`` and ``session`` are the plan (None: it found none); ``stages`` are in order; ``cpu`` and ``wall``
    seconds from the finished problem (or model) to the plan; ``violations`` what the checker has against it;
    ``reached`` whether it got to the gap asked for within its time.
    """

    solver: str
    version: str
    person: list[int] | None
    session: list[int] | None
    stages: list[Stage]
    cpu: float
    wall: float
    reached: bool
    violations: list[str]


def save_problem(path: Path, problem: Problem) -> None:
    """Write a problem as one ``.npz`` file, an array for every field."""
    arrays = {
        f"{part}.{field.name}": np.asarray(getattr(getattr(problem, part), field.name))
        for part, cls in _PARTS.items()
        for field in fields(cls)
    }
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


def load_problem(path: Path) -> Problem:
    """Read what ``save_problem`` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        parts = {
            part: cls(**{field.name: _value(arrays[f"{part}.{field.name}"]) for field in fields(cls)})
            for part, cls in _PARTS.items()
        }
    return Problem(**parts)


def _value(array: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> object:
    return array if array.ndim else array.item()


def save_answer(path: Path, answer: Answer) -> None:
    """Write an answer as JSON."""
    path.write_text(json.dumps(asdict(answer)), encoding="utf-8")


def load_answer(path: Path) -> Answer:
    """Read what ``save_answer`` wrote."""
    row = json.loads(path.read_text(encoding="utf-8"))
    return Answer(**{**row, "stages": [Stage(**stage) for stage in row["stages"]]})
