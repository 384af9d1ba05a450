"""Which figures about small groups must not be shown, so that nobody's own figure can be worked out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vested.engines import disclosure

LEAST = 5
"""Figures about fewer people than this are hidden."""
LAST = 10**9
"""The cost of a total that is shown elsewhere, so that it is the last to be hidden."""


@dataclass(frozen=True, slots=True)
class Line:
    """A published sum: the cells ``parts`` add up to the cell ``total``."""

    total: int
    parts: tuple[int, ...]


def hide(
    people: Sequence[int],
    lines: Sequence[Line],
    *,
    unpublished: Collection[int] = (),
    elsewhere: Collection[int] = (),
    told: Sequence[Collection[int]] = (),
) -> frozenset[int]:
    """Return the cells to hide.

    ``people`` says how many people each cell is about; those of ``elsewhere`` are shown in other places too, and of
    each of ``told`` (cells) the sum of another figure is. ``engines.disclosure`` hides a cell of fewer than ``LEAST``
    people, and about as few people beside it as can be, so that whatever group somebody works out has ``LEAST`` people
    or more. Cells of nobody are never hidden, and ``unpublished`` ones always are.
    """
    if not people:
        return frozenset()
    count, group, every = [*people], [*range(len(people))], [*lines]
    for cells in told:
        every.append(Line(len(count) + len(cells), tuple(range(len(count), len(count) + len(cells)))))
        group += [*cells, max(group) + 1]
        count += [*(people[at] for at in cells), sum(people[at] for at in cells)]
    groups = disclosure.added(len(count), [(line.total, line.parts) for line in every])
    table = replace(disclosure.counts(groups, np.array(count, dtype=float)), group=np.array(group))
    shown = np.arange(max(group) + 1)
    cost = np.where(np.isin(shown, list(elsewhere)) | (shown >= len(people)), LAST, 1.0)
    cost[: len(people)] *= np.maximum(people, 1)
    already = np.isin(shown, list(unpublished))
    demands = disclosure.few(table, minimum=LEAST)
    hidden = disclosure.protect(table, demands, cost=cost, hidden=already, gap=1.0).hidden
    return frozenset(np.flatnonzero(hidden[: len(people)]).tolist())
