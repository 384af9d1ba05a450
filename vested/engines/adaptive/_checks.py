"""Whether answers and banks are what they should be, and answers as the engine reads them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from vested.engines.adaptive._nouns import Answers, Bank, Floats, Ints, Whole


class InvalidAnswers(ValueError):
    """Answers that cannot be calibrated or scored; says which, why and what to do."""


class InvalidBank(ValueError):
    """A bank, pool or rule that makes no sense; says which, why and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Data:
    """Answers of people to items with at most ``categories`` different values, and whether they are ``complete``.

    ``matrix`` (people, items) of int8: 0 where nothing was answered, the value plus 1 elsewhere. Where answers are few,
    it is sparse.
    """

    matrix: NDArray[np.int8] | csr_array
    categories: int
    complete: bool


def read(responses: Whole | Floats | Answers, *, categories: int = 2) -> Data:
    """Check answers and lay them out; at least ``categories`` values are allowed for."""
    matrix = _sparse(responses) if isinstance(responses, Answers) else _dense(responses)
    given = float((matrix > 0).mean())
    few = isinstance(matrix, csr_array) or given < 0.25  # go through those alone
    return Data(
        matrix=csr_array(matrix) if few else matrix,
        categories=max(int(matrix.max()), categories),
        complete=not few and given == 1.0,
    )


def _dense(responses: Whole | Floats) -> NDArray[np.int8]:
    matrix: NDArray[Any] = np.asarray(responses)
    if matrix.ndim != 2 or 0 in matrix.shape:
        raise InvalidAnswers(f"responses has shape {matrix.shape}: give people times items, at least one of each")
    if matrix.dtype.kind == "f":
        matrix = np.where(np.isnan(matrix), -1.0, matrix)
    if matrix.dtype.kind not in "biuf" or not np.isfinite(matrix).all() or (matrix != np.floor(matrix)).any():
        raise InvalidAnswers("responses holds something else than whole numbers: code answers 0, 1, 2 …, missing -1")
    if matrix.min() < -1 or matrix.max() > 126:
        raise InvalidAnswers("responses holds values outside -1..126: code answers 0, 1, 2 …, missing -1")
    return matrix.astype(np.int8) + np.int8(1)


def _sparse(answers: Answers) -> csr_array:
    person, item, value = answers.person, answers.item, answers.value
    if not person.shape == item.shape == value.shape or person.ndim != 1 or len(person) == 0:
        raise InvalidAnswers("answers.person, item and value need one length above 0: give one row an answer")
    limits = (("person", person, answers.people), ("item", item, answers.items), ("value", value, 127))
    for name, rows, limit in limits:
        if rows.dtype.kind not in "iu" or rows.min() < 0 or rows.max() >= limit:
            raise InvalidAnswers(f"answers.{name} has to hold whole numbers within 0..{limit - 1}: count from 0")
    matrix = csr_array((value.astype(np.int8) + np.int8(1), (person, item)), shape=(answers.people, answers.items))
    if matrix.nnz < len(value):
        pairs, times = np.unique(person.astype(np.int64) * answers.items + item, return_counts=True)
        who, what = divmod(int(pairs[times > 1][0]), answers.items)
        raise InvalidAnswers(f"person {who} has two answers to item {what}: keep one")
    return matrix


def counts_of(data: Data) -> Ints:
    """Count each value of each item: (m, categories)."""
    reached = [np.asarray((data.matrix > value).sum(axis=0)) for value in range(data.categories + 1)]
    return -np.diff(np.stack(reached, axis=1), axis=1)


def check_calibrated(counts: Ints) -> None:
    """Every item was answered in two ways or more, and no value between was left out."""
    used = counts > 0
    alike = np.flatnonzero(used.sum(axis=1) < 2)
    if len(alike):
        raise InvalidAnswers(f"items {_some(alike)} were answered alike by everybody or by nobody: leave them out")
    top = used.shape[1] - 1 - used[:, ::-1].argmax(axis=1)
    holes = np.flatnonzero(used.sum(axis=1) != top + 1)
    if len(holes):
        raise InvalidAnswers(f"items {_some(holes)} have a value nobody gave below one that was given: close the gap")


def check_bank(bank: Bank) -> None:
    """A bank's arrays fit together and hold possible figures."""
    if bank.slope.ndim != 1 or len(bank.slope) == 0 or bank.guess.shape != bank.slope.shape:
        raise InvalidBank("bank.slope and bank.guess have to be arrays of one length above 0")
    if bank.intercept.ndim != 2 or bank.intercept.shape[0] != len(bank.slope) or bank.intercept.shape[1] == 0:
        raise InvalidBank("bank.intercept has to have a row for each item and a column for each threshold")
    if not (np.isfinite(bank.slope).all() and np.isfinite(bank.intercept[:, 0]).all()):
        raise InvalidBank("bank.slope or bank.intercept holds a number that is not finite: calibrate the items again")
    later = bank.intercept[:, 1:]
    with np.errstate(invalid="ignore"):
        falling = (np.diff(bank.intercept, axis=1) < 0) | (later == -np.inf)
    if np.isnan(later).any() or not falling.all():
        raise InvalidBank("bank.intercept has to fall along a row, -inf behind an item's last threshold")
    if not ((bank.guess >= 0) & (bank.guess < 1)).all():
        raise InvalidBank("bank.guess holds a chance outside 0..1: give 0 where nobody can guess")
    if (bank.guess[:, None] * (later > -np.inf) > 0).any():
        raise InvalidBank("bank.guess is for items with two answers: give 0 for the others")


def _some(rows: Ints) -> str:
    return ", ".join(str(row) for row in rows[:5]) + (" …" if len(rows) > 5 else "")
