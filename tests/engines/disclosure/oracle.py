"""All tables of whole numbers that look the same from outside, by going through them; no code of the engine."""

from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def twins(value: Floats, hidden: NDArray[np.bool_], *, least: Floats, spread: int) -> Floats:
    """List all tables (k, r, c) with margins that agree with ``value`` (r, c) wherever it is not ``hidden``.

    The last row and column are margins; inner cells go from ``least`` up to ``spread`` beyond their value.
    """
    inner = [(i, j) for i in range(value.shape[0] - 1) for j in range(value.shape[1] - 1)]
    ranges = [
        range(int(least[at]), int(value[at]) + spread + 1) if hidden[at] and value[at] > 0 else (int(value[at]),)
        for at in inner
    ]
    tables = np.array(list(product(*ranges)), dtype=float).reshape(-1, value.shape[0] - 1, value.shape[1] - 1)
    tables = np.concatenate((tables, tables.sum(axis=1, keepdims=True)), axis=1)
    tables = np.concatenate((tables, tables.sum(axis=2, keepdims=True)), axis=2)
    agree: Floats = tables[((tables == value) | hidden).all(axis=(1, 2))]
    return agree


def safe(value: Floats, hidden: NDArray[np.bool_], *, minimum: int, least: Floats) -> bool:
    """Whether every small group could be one person smaller, where that is open, and as large as the minimum."""
    small = (value > 0) & (value < minimum)
    if (small & ~hidden).any():
        return False
    found = twins(value, hidden, least=least, spread=minimum)
    down = np.maximum(value - 1, least)
    return bool(((found.min(axis=0) <= down) | ~small).all() and ((found.max(axis=0) >= minimum) | ~small).all())


def fewest(value: Floats, *, minimum: int, least: Floats) -> int:
    """How few cells can be hidden, by trying all choices."""
    cells = [tuple(at) for at in np.argwhere(value > 0)]
    must = [at for at in cells if value[at] < minimum]
    others = [at for at in cells if value[at] >= minimum]
    best = len(cells) + 1
    for choice in product((False, True), repeat=len(others)):
        if len(must) + sum(choice) < best:
            hidden = np.zeros(value.shape, dtype=bool)
            for at in must + [at for at, taken in zip(others, choice, strict=True) if taken]:
                hidden[at] = True
            if safe(value, hidden, minimum=minimum, least=least):
                best = len(must) + sum(choice)
    return best


def with_margins(inner: Floats) -> Floats:
    """Add the sums of rows and columns."""
    wide = np.concatenate((inner, inner.sum(axis=1, keepdims=True)), axis=1)
    return np.concatenate((wide, wide.sum(axis=0, keepdims=True)), axis=0)
