"""Whether what is handed in can be computed with; every message says which argument, what is wrong, and the mend."""

import numpy as np
from numpy.typing import ArrayLike

from vested.engines.reliability._nouns import Floats


class InvalidAnswers(ValueError):
    """The answers, counts or settings cannot be computed with."""


def fraction(name: str, value: float) -> float:
    """Return a number strictly between 0 and 1."""
    if not 0 < value < 1:
        raise InvalidAnswers(f"{name} is {value:g}; give a number between 0 and 1, such as 0.95 or 0.05")
    return float(value)


def positive(name: str, value: float) -> float:
    """Return a finite number above 0."""
    if not 0 < value < np.inf:
        raise InvalidAnswers(f"{name} is {value:g}; give a number above 0")
    return float(value)


def numbers(name: str, values: ArrayLike, *, dimensions: int) -> Floats:
    """Return floats in so many dimensions; nan is a missing answer, infinity is refused."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InvalidAnswers(f"{name} holds something that is not a number; leave missing answers as nan") from error
    if array.ndim != dimensions:
        wanted = "one row a person, one column a question" if dimensions == 2 else "a plain list"
        raise InvalidAnswers(f"{name} has {array.ndim} dimensions, not {dimensions}; give {wanted}")
    if array.size == 0:
        raise InvalidAnswers(f"{name} is empty; give at least one answer")
    if np.isinf(array).any():
        raise InvalidAnswers(f"{name} holds infinity; leave missing answers as nan")
    return array


def counts(name: str, values: ArrayLike) -> Floats:
    """Return whole numbers, 0 or more, in one dimension or none, as floats."""
    array = np.asarray(values)
    if array.dtype.kind not in "iuf" or array.ndim > 1 or array.size == 0:
        raise InvalidAnswers(f"{name} is not a list of counts; give whole numbers")
    if not (np.isfinite(array) & (array >= 0) & (array == np.floor(array))).all():
        raise InvalidAnswers(f"{name} holds something that is not a count; give whole numbers, 0 or more")
    return array.astype(np.float64)


def together(**arrays: Floats) -> tuple[Floats, ...]:
    """Give arrays one shape; a single number stands for the same everywhere."""
    try:
        return np.broadcast_arrays(*arrays.values())
    except ValueError as error:
        sizes = ", ".join(f"{name} {array.size}" for name, array in arrays.items() if array.size > 1)
        raise InvalidAnswers(f"lists of different lengths: {sizes}; give one number for each question") from error


def within(low: str, lesser: Floats, high: str, greater: Floats) -> None:
    """Refuse where one count is above the other."""
    lesser, greater = np.broadcast_arrays(np.atleast_1d(lesser), greater)
    above = lesser > greater
    if above.any():
        at = int(np.argmax(above))
        words = f"{low} is {lesser[at]:g} where {high} is {greater[at]:g} (place {at}); it cannot be more"
        raise InvalidAnswers(words)
