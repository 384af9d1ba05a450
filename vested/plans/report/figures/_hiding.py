"""Which figures about small groups must not be shown, so that nobody's own figure can be worked out."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

LEAST = 5
"""Figures about fewer people than this are hidden."""
EVERYBODY = 10**9
"""People of a total that is shown elsewhere, so that it is the last to be hidden."""


@dataclass(frozen=True, slots=True)
class Line:
    """A published sum: the cells ``parts`` add up to the cell ``total``."""

    total: int
    parts: tuple[int, ...]


def hide(people: Sequence[int], lines: Sequence[Line], *, unpublished: Collection[int] = ()) -> frozenset[int]:
    """Return the cells to hide.

    ``people`` says how many people each cell is about. A cell of fewer than ``LEAST`` people is hidden. In each line
    the hidden cells must be none, or at least two that (where the total is shown) are about ``LEAST`` people
    together; shown cells are hidden until that holds, small ones and those that mend many lines first. Last, a small
    cell that the lines together still determine (two lines can give what one does not) gets another hidden beside it.
    Cells of nobody are never hidden, and ``unpublished`` ones always are.
    """
    small = {cell for cell, count in enumerate(people) if 0 < count < LEAST} | set(unpublished)
    hidden = set(small)
    while True:
        weak = [line for line in lines if _gives_away(line, hidden, people)]
        if not weak:
            told = _determined(hidden, lines) & small
            weak = [line for line in lines if told & {line.total, *line.parts}]
        choice = _cheapest(weak, hidden, people)
        if choice is None:
            return frozenset(hidden)
        hidden.add(choice)


def _gives_away(line: Line, hidden: set[int], people: Sequence[int]) -> bool:
    inside = [cell for cell in (line.total, *line.parts) if cell in hidden]
    if not inside or _cheapest([line], hidden, people) is None:
        return False
    few = line.total not in hidden and sum(people[cell] for cell in inside) < LEAST
    return len(inside) < 2 or few


def _cheapest(lines: Sequence[Line], hidden: set[int], people: Sequence[int]) -> int | None:
    """Return the shown cell to hide next: about few people, and mending many lines at once; None without one."""
    mends = Counter(cell for line in lines for cell in (line.total, *line.parts) if cell not in hidden and people[cell])
    return min(mends, key=lambda cell: (people[cell] / mends[cell] ** 2, cell), default=None)


def _determined(hidden: set[int], lines: Sequence[Line]) -> set[int]:
    """Return the hidden cells whose value follows from the lines: no solution of the sums moves them."""
    cells = sorted(hidden)
    column = {cell: place for place, cell in enumerate(cells)}
    rows = []
    for line in lines:
        if hidden.isdisjoint((line.total, *line.parts)):
            continue
        row = np.zeros(len(cells))
        for part in line.parts:
            if part in hidden:
                row[column[part]] = 1.0
        if line.total in hidden:
            row[column[line.total]] = -1.0
        rows.append(row)
    if not rows:
        return set()
    _, size, right = np.linalg.svd(np.array(rows))
    free = right[int((size > 1e-9).sum()) :]
    return {cell for cell, moves in zip(cells, (free**2).sum(axis=0), strict=True) if moves < 1e-9}
