"""Whether answers and banks are what they should be, and answers as the engine reads them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vested.engines.adaptive._nouns import Answers, Bank, Floats, Ints, Whole


class InvalidAnswers(ValueError):
    """Answers that cannot be calibrated or scored; says which, why and what to do."""


class InvalidBank(ValueError):
    """A bank, pool or rule that makes no sense; says which, why and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Data:
    """Answers of ``n`` people to ``m`` items with at most ``categories`` different values.

    Either a ``matrix`` (n, m) of int8 with -1 where nothing was answered, or ``start`` (n + 1,) and ``cell`` (k,), an
    answer's item times ``categories`` plus its value.
    """

    n: int
    m: int
    categories: int
    matrix: NDArray[np.int8] | None
    start: Ints
    cell: NDArray[np.int32]
    complete: bool


def answers_of(*, person: Whole, item: Whole, value: Whole, people: int, items: int) -> Answers:
    """Sort rows of person, item and value (k,) into sparse answers; a pair given twice is an error."""
    if not person.shape == item.shape == value.shape or person.ndim != 1:
        raise InvalidAnswers("person, item and value have to be arrays of one length: give one row an answer")
    if len(person) and (person.min() < 0 or person.max() >= people):
        raise InvalidAnswers(f"person holds rows outside 0..{people - 1}: number people from 0")
    order = np.lexsort((item, person))
    person, item = person[order], item[order]
    twice = (person[1:] == person[:-1]) & (item[1:] == item[:-1])
    if twice.any():
        at = int(twice.argmax())
        raise InvalidAnswers(f"person {person[at]} has two answers to item {item[at]}: keep one")
    start = np.concatenate(([0], np.cumsum(np.bincount(person, minlength=people))))
    return Answers(start=start.astype(np.int64), item=item, value=value[order], items=items)


def read(responses: Whole | Floats | Answers, *, categories: int = 0) -> Data:
    """Check answers and lay them out; at least ``categories`` values are allowed for."""
    if isinstance(responses, Answers):
        return _read_sparse(responses, categories)
    matrix = np.asarray(responses)
    if matrix.ndim != 2 or 0 in matrix.shape:
        raise InvalidAnswers(f"responses has shape {matrix.shape}: give people times items, at least one of each")
    if matrix.dtype.kind == "f":
        matrix = np.where(np.isnan(matrix), -1.0, matrix)
    if matrix.dtype.kind not in "biuf" or not np.isfinite(matrix).all() or (matrix != np.floor(matrix)).any():
        raise InvalidAnswers("responses holds something else than whole numbers: code answers 0, 1, 2 …, missing -1")
    if matrix.min() < -1 or matrix.max() > 126:
        raise InvalidAnswers("responses holds values outside -1..126: code answers 0, 1, 2 …, missing -1")
    small = matrix.astype(np.int8)
    given = small >= 0
    count = max(int(small.max()) + 1, 2, categories)
    n, m = small.shape
    if given.mean() < 0.25:  # few answers: go through those alone
        cell = (np.nonzero(given)[1] * count + small[given]).astype(np.int32)
        start = np.concatenate(([0], np.cumsum(given.sum(axis=1))))
        return Data(n=n, m=m, categories=count, matrix=None, start=start, cell=cell, complete=False)
    none = np.zeros(0, np.int64)
    complete = bool(given.all())
    return Data(n=n, m=m, categories=count, matrix=small, start=none, cell=none.astype(np.int32), complete=complete)


def _read_sparse(answers: Answers, categories: int) -> Data:
    start, item, value = answers.start, answers.item, answers.value
    if item.shape != value.shape or item.ndim != 1 or start.ndim != 1 or len(start) < 2 or len(item) == 0:
        raise InvalidAnswers("answers.item and answers.value need one length above 0, and start one person or more")
    if any(array.dtype.kind not in "iu" for array in (start, item, value)):
        raise InvalidAnswers("answers holds something else than whole numbers: code answers 0, 1, 2 …")
    if start[0] != 0 or start[-1] != len(item) or (np.diff(start) < 0).any():
        raise InvalidAnswers("answers.start has to rise from 0 to the number of answers: use answers_of")
    if item.min() < 0 or item.max() >= answers.items or value.min() < 0 or value.max() > 126:
        raise InvalidAnswers(f"answers.item has to be within 0..{answers.items - 1}, answers.value within 0..126")
    falls = np.diff(item.astype(np.int32)) <= 0
    falls[start[1:-1][(start[1:-1] > 0) & (start[1:-1] < len(item))] - 1] = False
    if falls.any():
        raise InvalidAnswers("answers.item has to rise within a person, each item once: use answers_of")
    count = max(int(value.max()) + 1, 2, categories)
    cell = item.astype(np.int32)
    cell *= count
    cell += value
    n = len(start) - 1
    return Data(
        n=n, m=answers.items, categories=count, matrix=None, start=start.astype(np.int64), cell=cell, complete=False
    )


def counts_of(data: Data) -> Ints:
    """Count each value of each item: (m, categories)."""
    if data.matrix is None:
        return np.bincount(data.cell, minlength=data.m * data.categories).reshape(data.m, -1)
    return np.stack([(data.matrix == value).sum(axis=0) for value in range(data.categories)], axis=1)


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
