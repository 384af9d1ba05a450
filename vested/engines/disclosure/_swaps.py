"""Swaps: what four groups, two units by two families, can exchange with nothing changed outside, by whole people.

Most of what has to stay uncertain in a cube is answered by one of them, for all pairs at once, without any program.
A swap (first, second, family, other) takes one from a family in the first unit and from the other family in the second,
and adds one to each where the other went, and so in the units between the two and the one they share. Where the other
family is all families together, nothing comes back: both go from the first unit to the second.
"""

from dataclasses import dataclass

import numpy as np

from vested.engines.disclosure._nouns import Flags, Floats, Ints, Rules
from vested.engines.disclosure._tables import above


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Ways:
    """How the units without children (l,) hang together; the last of them is nowhere, from where a way is to the top.

    ``line`` (l, depth): nothing (v), the unit, what is above it and so on, padded with v. ``on`` (v, l, l): whether a
    node is on the way from the first unit up to what it shares with the second, exclusive.
    """

    line: Ints
    on: Flags


def ways_of(parent: Ints) -> Ways:
    """Set up the ways of a tree."""
    nodes = len(parent)
    up = np.append(np.where(parent < 0, nodes, parent), nodes)
    ends = np.append(np.setdiff1d(np.arange(nodes), parent), nodes)
    line = [np.full(len(ends), nodes), ends]
    while (line[-1] < nodes).any():
        line.append(up[line[-1]])
    mine = np.append(above(parent), np.zeros((nodes, 1), dtype=bool), axis=1)[:, ends]
    return Ways(line=np.stack(line, axis=1), on=mine[:, :, None] & ~mine[:, None, :])


def along(ways: Ways, figure: Floats, put: np.ufunc, none: float) -> Floats:
    """Put a figure (v, f + 1) of all nodes on each way together: (l, l, f + 1), ``none`` where there are none."""
    padded = np.vstack((figure, np.full((1, figure.shape[1]), none)))
    steps = put.accumulate(padded[ways.line], axis=1)
    found: Floats = steps[np.arange(len(steps))[:, None], ways.on.sum(axis=0)]
    return found


def swapped(ways: Ways, there: Floats, back: Floats) -> Floats:
    """Give for every swap (l, l, f + 1, f + 1) the least of ``there`` where it takes one, ``back`` where it adds one.

    Both (v, f + 1); -inf for the swaps of a family with itself, which are none.
    """
    side, other = (along(ways, figure, np.minimum, np.inf) for figure in (there, back))
    side = np.minimum(side, other.swapaxes(0, 1))
    both = np.minimum(side[..., None], side.swapaxes(0, 1)[:, :, None, :])
    both[..., -1] = both[:, :, -1] = np.minimum(side, side[..., -1:])
    same = np.arange(both.shape[2])
    both[:, :, same, same] = -np.inf
    return both


def shown_on(ways: Ways, hidden: Flags) -> Floats:
    """Count the groups shown (l, l, f + 1) on both ways between two units, with ``hidden`` (v, f + 1)."""
    there = along(ways, np.where(hidden, 0.0, 1.0), np.add, 0.0)
    return there + there.swapaxes(0, 1)


def one_person(ways: Ways, people: Floats, below: Floats, excess: Floats, *, rules: Rules) -> Floats:
    """Say of the swaps of one person below the level, whatever is hidden, how many levels at most can go along.

    Beyond the least that anybody below misses, as ``excess`` is; -inf where there is no such swap.
    """
    span = rules.deepest - rules.shallowest
    most = swapped(ways, excess, span * (below + 1) - excess)
    stay = np.where(below < 1, -np.inf, span * (below - 1) - excess)
    least = -swapped(ways, stay, np.where(below >= people, -np.inf, excess))
    return np.where(least <= most + 1e-9, most, -np.inf)


def least_doubt(excess: Floats, *, rules: Rules) -> Floats:
    """Say how many of the levels missing beyond the least (``excess``) have to stay uncertain in each group."""
    return np.clip(rules.percent / 100 * excess, 0.0, rules.deepest)


def enough(
    ways: Ways, people: Floats, below: Floats, excess: Floats, *, hidden: Flags, asked: Flags, rules: Rules
) -> tuple[Flags, Flags]:
    """Hide what the cheapest swaps need until every group ``asked`` (v, f + 1) is uncertain enough.

    Give what is ``hidden`` then, and the groups asked for which no swap was found.
    """
    most, lacking = one_person(ways, people, below, excess, rules=rules), least_doubt(excess, rules=rules) - 1e-9
    chosen, shown = hidden.copy(), shown_on(ways, hidden)
    for node, family in np.argwhere(asked & (_reach(ways, most, shown) < lacking)).tolist():
        fits = ways.on[node][:, :, None] & (most[:, :, family] >= lacking[node, family])
        if fits.any():
            cost = np.where(fits, shown[:, :, family, None] + shown, np.inf)
            first, second, other = np.unravel_index(np.argmin(cost), cost.shape)
            nodes = np.flatnonzero(ways.on[:, first, second] | ways.on[:, second, first])
            chosen[np.ix_(nodes, np.array((family, int(other))))] = True
            shown = shown_on(ways, chosen)
    return chosen, asked & (_reach(ways, most, shown) < lacking)


def _reach(ways: Ways, most: Floats, shown: Floats) -> Floats:
    """Say how many levels at most a swap with nothing ``shown`` takes from each group (v, f + 1), -inf where none."""
    best = np.where(shown[:, :, :, None] + shown[:, :, None, :] == 0, most, -np.inf).max(axis=3)
    return np.array([best[on].max(axis=0) for on in ways.on])
