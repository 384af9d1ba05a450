"""Which cells say too much by themselves, and how uncertain they have to stay."""

from collections.abc import Sequence

import numpy as np

from vested.engines.disclosure._attack import attack
from vested.engines.disclosure._checks import need
from vested.engines.disclosure._nouns import Demands, Flags, Floats, Ints, Table, Why
from vested.engines.disclosure._tables import publish


def few(table: Table, *, minimum: int) -> Demands:
    """Demand that groups of 1 to ``minimum`` - 1 people are hidden: 10 for surveys, 5 for skills.

    From outside such a group could be one smaller, where that is open with everything hidden, and as large as
    ``minimum``: so whatever group somebody works out by subtracting has at least ``minimum`` people.
    """
    people = table.value
    need(minimum >= 1, f"minimum is {minimum}, and has to be 1 or more")
    cell = np.flatnonzero((people > 0) & (people < minimum))
    size = people[cell]
    open_to = attack(publish(table, np.ones(int(table.group.max()) + 1, dtype=bool)), cells=cell[size > 1])
    down = np.zeros(len(cell))
    down[size > 1] = np.clip(np.floor(size[size > 1] - open_to.low + 1e-6), 0.0, 1.0)
    return _demands(cell, down, minimum - size, Why.FEW)


def dominated(
    *, person: Ints, cell: Ints, amount: Floats, cells: int, top: int = 2, share: float = 0.75, percent: float = 10.0
) -> Demands:
    """Demand that sums made up by few people are hidden, by the (n, k) rule and the p-percent rule.

    ``person``, ``cell``, ``amount`` (m,): what each person adds to each of ``cells`` cells. Hidden where the ``top``
    largest make up more than ``share`` of the sum, or where the second largest could tell the largest amount to within
    ``percent`` per cent: the sum less the two largest is under that part of the largest. The sum then has to be
    uncertain by as much as the rules ask for (Fischetti and Salazar-González 2000, table 3).
    """
    fits = len(person) == len(cell) == len(amount) and (np.isfinite(amount) & (amount >= 0)).all()
    need(fits, "person, cell and amount have to be of one length, and amounts finite and 0 or more")
    sane = top >= 1 and 0 < share <= 1 and percent >= 0
    need(sane, "top has to be 1 or more, share above 0 and at most 1, percent 0 or more")
    pair, place = np.unique(np.stack((cell, person)), axis=1, return_inverse=True)
    each = np.bincount(place.ravel(), weights=amount, minlength=pair.shape[1])
    order = np.lexsort((-each, pair[0]))
    at, each = pair[0][order], each[order]
    rank = np.arange(len(at)) - np.searchsorted(at, at)
    total = np.bincount(at, weights=each, minlength=cells)
    largest, second, leading = (
        np.bincount(at[keep], weights=each[keep], minlength=cells) for keep in (rank == 0, rank == 1, rank < top)
    )
    lacks = np.maximum(leading / share - total, percent / 100 * largest - (total - largest - second))
    found = np.flatnonzero(lacks > 1e-9 * np.maximum(total, 1.0))
    return _demands(found, np.minimum(lacks[found], total[found]), lacks[found], Why.DOMINATED)


def changed(
    table: Table, *, before: Sequence[tuple[Table, Flags]], minimum: int, moved: Sequence[Floats] | None = None
) -> Demands:
    """Demand that groups are hidden that were shown ``before`` and that 1 to ``minimum`` - 1 people came to or left.

    ``before``: the same groups at earlier dates, with what was hidden (g,). ``moved`` (n,) for each of these dates: how
    many people came to or left a group since; where not given, by how many its number changed. Who knows who they are
    could read their levels off the difference. It has to stay uncertain by one person; and as the group was shown then,
    it is just as uncertain as the group is now, whatever else is shown at all dates.
    """
    found = np.zeros(len(table.value), dtype=bool)
    for date, (earlier, hidden) in enumerate(before):
        same = np.array_equal(earlier.group, table.group) and len(hidden) == table.group.max() + 1
        need(same, "before holds a table, or flags, of other groups than the later table")
        people = np.abs(table.value - earlier.value) if moved is None else moved[date]
        found |= (people > 0) & (people < minimum) & ~hidden[table.group]
    cell = np.flatnonzero(found)
    down = np.minimum(1.0, table.value[cell] - table.least[cell])
    return _demands(cell, down, np.ones(len(cell)), Why.CHANGED)


def joined(*parts: Demands) -> Demands:
    """Give all demands of several rules; a group is hidden for the reason of the last that names it."""
    return Demands(
        cell=np.concatenate([part.cell for part in parts]),
        down=np.concatenate([part.down for part in parts]),
        up=np.concatenate([part.up for part in parts]),
        why=np.concatenate([part.why for part in parts]),
    )


def _demands(cell: Ints, down: Floats, up: Floats, why: Why) -> Demands:
    return Demands(cell=cell, down=down, up=up, why=np.full(len(cell), int(why), dtype=np.int64))
