"""What keeps the sizes of a cube uncertain although every skill says something of them."""

import numpy as np

from vested.engines.disclosure._asks import Twins, asks_of
from vested.engines.disclosure._moves import moves_of
from vested.engines.disclosure._nouns import Demands, Flags, Floats, Rules, Table, Why
from vested.engines.disclosure._swaps import Sides, Swaps, one_person, partners, shown_on, sides


def kept_open(
    table: Table, swaps: Swaps, skills: list[tuple[Floats, Floats]], hidden: Flags, *, rules: Rules
) -> list[list[Floats]]:
    """For each skill (below and gap, (v, f + 1)) give the moves (n,) of the sizes that it has to leave possible.

    Every group hidden for its size has to be able to be one person larger or smaller in all skills at once. Where a
    swap does it in all of them (the person goes, below the level or not), nothing more is asked; else the swap that
    fewest skills rule out is asked of these, and where no swap fits, a move of the sizes alone is asked of every skill
    it takes people below from.
    """
    shape = hidden.shape
    people, least = table.value.reshape(shape), table.least.reshape(shape)
    shut = shown_on(swaps, hidden) > 0
    nothing = np.zeros(shape)
    start = partners(sides(swaps, np.where(people - 1 < least, np.inf, 0.0), nothing, nothing, nothing))
    fits = (start.low <= start.high) & ~(shut[:, :, :, None] | shut[:, :, None, :])
    fails = np.stack([~_possible(swaps, people, below, gap, rules=rules) for below, gap in skills])
    count = np.where(fits, fails.sum(axis=0), len(skills) + 1)
    wanted: list[list[Floats]] = [[] for _ in skills]
    for node, family in np.argwhere((people > 0) & (people < rules.minimum)).tolist():
        here = (swaps.path == node).any(axis=2)
        cost = np.where((here | here.T)[:, :, None], count[:, :, family], len(skills) + 1)
        first, second, other = (int(at) for at in np.unravel_index(np.argmin(cost), cost.shape))
        if cost[first, second, other] <= len(skills):
            move = _swap(swaps, shape, first, second, family, other)
            failing = fails[:, first, second, family, other]
        else:
            move = _any(table, hidden.ravel(), node * shape[1] + family)
            failing = np.array([bool((below.ravel() > people.ravel() + move).any()) for below, _ in skills])
        for number in np.flatnonzero(failing).tolist():
            if not any((move == known).all() for known in wanted[number]):
                wanted[number].append(move)
    return wanted


def _possible(swaps: Swaps, people: Floats, below: Floats, gap: Floats, *, rules: Rules) -> Flags:
    """Which swaps of people a skill leaves possible: of one below the level, or of one who is not."""
    nothing = np.zeros_like(gap)
    other = partners(sides(swaps, np.where(below > people - 1, np.inf, 0.0), nothing, nothing, nothing))
    one: Sides = one_person(swaps, people + 1.0, below, gap, rules=rules)
    possible: Flags = (one.low <= one.high + 1e-9) | (other.low <= other.high)
    return possible


def _swap(swaps: Swaps, shape: tuple[int, ...], first: int, second: int, family: int, other: int) -> Floats:
    move = np.zeros((swaps.nodes + 1, shape[1]))
    back = -1.0 if shape[1] - 1 in {family, other} else 1.0
    for path, sign in ((swaps.path[first, second], -1.0), (swaps.path[second, first], 1.0)):
        move[path, family] = sign
        move[path, other] = -sign * back
    flat: Floats = move[:-1].ravel()
    return flat


def _any(table: Table, hidden: Flags, cell: int) -> Floats:
    """Let the sizes alone make a group one larger; it can be, since it can be as large as the minimum."""
    one = Demands(cell=np.array([cell]), down=np.zeros(1), up=np.ones(1), why=np.full(1, int(Why.FEW)))
    twins = Twins(moves_of(table), asks_of(one))
    twins.failing(hidden)
    return twins.cover(hidden)[0]
