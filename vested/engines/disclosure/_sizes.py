"""What keeps the sizes of a cube uncertain although every skill says something of them."""

import numpy as np

from vested.engines.disclosure._nouns import Demands, Flags, Floats, Rules, Table, Why
from vested.engines.disclosure._swaps import Ways, one_person, shown_on, swapped
from vested.engines.disclosure._twins import Twins


def kept_open(
    ways: Ways, table: Table, below: Floats, excess: Floats, *, hidden: Flags, rules: Rules
) -> list[list[Floats]]:
    """For each skill give the moves (n,) of the sizes (``table``) that its figures have to leave possible.

    Every group hidden for its size has to be able to be one person larger or smaller in all skills at once. Where a
    swap does it in all of them (the person goes, below the level or not), nothing more is asked; else the swap that
    fewest skills rule out is asked of these, and where no swap fits, a move of the sizes alone is asked of every skill
    it takes people below from. ``below`` and ``excess`` (s, v, f + 1), ``hidden`` (v, f + 1).
    """
    people, least = table.value.reshape(hidden.shape), table.least.reshape(hidden.shape)
    free, shown = np.full(hidden.shape, np.inf), shown_on(ways, hidden)
    fits = (shown[:, :, :, None] + shown[:, :, None, :] == 0) & (swapped(ways, people - 1 - least, free) >= 0)
    fails = [
        (swapped(ways, people - 1 - under, free) < 0)
        & np.isneginf(one_person(ways, people + 1, under, more, rules=rules))
        for under, more in zip(below, excess, strict=True)
    ]
    count = np.where(fits, np.sum(fails, axis=0), np.inf)
    wanted: list[list[Floats]] = [[] for _ in below]
    for node, family in np.argwhere((people > 0) & (people < rules.minimum)).tolist():
        here = ways.on[node] | ways.on[node].T
        cost = np.where(here[:, :, None], count[:, :, family], np.inf)
        first, second, other = np.unravel_index(np.argmin(cost), cost.shape)
        if cost[first, second, other] < np.inf:
            move = np.zeros(hidden.shape)
            back = -1 if hidden.shape[1] - 1 in {family, other} else 1
            change = 1.0 * ways.on[:, second, first] - ways.on[:, first, second]
            move[:, family], move[:, other] = change, -back * change
            failing = [fail[first, second, family, other] for fail in fails]
        else:
            move = _one_more(table, hidden, node * hidden.shape[1] + family).reshape(hidden.shape)
            failing = [(under > people + move).any() for under in below]
        for moves, fail in zip(wanted, failing, strict=True):
            if fail and not any((move.ravel() == known).all() for known in moves):
                moves.append(move.ravel())
    return wanted


def _one_more(table: Table, hidden: Flags, cell: int) -> Floats:
    """Let the sizes alone make a group one larger; it can be, since it can be as large as the minimum."""
    one = Demands(cell=np.array([cell]), down=np.zeros(1), up=np.ones(1), why=np.array([int(Why.FEW)]))
    return Twins(table, one).cheapest(hidden.ravel(), 0, np.zeros(hidden.size), whole=True)
