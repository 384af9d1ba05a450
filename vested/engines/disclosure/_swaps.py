"""Swaps: what four groups, two units by two families, can exchange with nothing changed outside, by whole people.

Most of what has to stay uncertain in a cube is answered by one of them, for all pairs at once, without any program.
A swap takes one from family f in unit u and from f' in u', and adds one to f in u' and to f' in u, and so in the units
between them and the one they share. Where f' is all families together, nothing comes back: both go from u to u'.
"""

from dataclasses import dataclass

import numpy as np

from vested.engines.disclosure._nouns import Flags, Floats, Ints, Rules


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Swaps:
    """``path`` (l, l, depth): from one unit without children up to what it shares with another, exclusive; v pads.

    The last unit is nowhere: with it a swap goes from one family to another within a unit, up to the top. ``through``
    lists for each node, from ``starts`` (v,) on, the pairs of units whose path it is on, as rows of (l * l).
    """

    path: Ints
    nodes: int
    through: Ints
    starts: Ints


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Sides:
    """Taking one from a path and adding one to the other (l, l, f + 1), and how many levels go along.

    At least ``low`` and at most ``high``; low above high: cannot be.
    """

    low: Floats
    high: Floats


def swaps_of(parent: Ints) -> Swaps:
    """Set up the paths of a tree."""
    lines: list[list[int]] = []
    for end in np.flatnonzero(~np.isin(np.arange(len(parent)), parent)).tolist():
        lines.append([end])
        while parent[lines[-1][-1]] >= 0:
            lines[-1].append(int(parent[lines[-1][-1]]))
    lines.append([])
    path = np.full((len(lines), len(lines), max(len(line) for line in lines)), len(parent))
    for one, line in enumerate(lines):
        for two, other in enumerate(lines):
            alone = [node for node in line if node not in other]
            path[one, two, : len(alone)] = alone
    on, order = path.ravel(), np.argsort(path, axis=None, kind="stable")
    order = order[: int((on < len(parent)).sum())]  # what pads comes last
    starts = np.searchsorted(on[order], np.arange(len(parent)))
    return Swaps(path=path, nodes=len(parent), through=order // path.shape[2], starts=starts)


def most(swaps: Swaps, figure: Floats) -> Floats:
    """Give the most (l, l, f + 1) of a figure (v, f + 1) on each path."""
    padded = np.vstack((figure, np.full((1, figure.shape[1]), -np.inf)))
    found: Floats = padded[swaps.path].max(axis=2)
    return found


def sides(swaps: Swaps, low_there: Floats, high_there: Floats, low_back: Floats, high_back: Floats) -> Sides:
    """Put the levels that can go from a path (there) and those that the other can take (back) together, (v, f + 1)."""
    back = most(swaps, np.stack((low_back, -high_back), axis=-1).reshape(swaps.nodes, -1)).swapaxes(0, 1)
    there = most(swaps, np.stack((low_there, -high_there), axis=-1).reshape(swaps.nodes, -1))
    both = np.maximum(there, back).reshape(*back.shape[:2], -1, 2)
    return Sides(low=both[..., 0], high=-both[..., 1])


def partners(side: Sides) -> Sides:
    """Give for every side (l, l, f + 1) and every partner (f + 1) what levels can go along: (l, l, f + 1, f + 1)."""
    low, high = (
        pick(part[..., None], part.swapaxes(0, 1)[:, :, None, :])
        for pick, part in ((np.maximum, side.low), (np.minimum, side.high))
    )
    low[..., -1] = low[:, :, -1] = np.maximum(side.low, side.low[..., -1:])
    high[..., -1] = high[:, :, -1] = np.minimum(side.high, side.high[..., -1:])
    same = np.arange(low.shape[2])
    low[:, :, same, same] = np.inf
    return Sides(low=low, high=high)


def shown_on(swaps: Swaps, hidden: Flags) -> Floats:
    """Count the groups shown (l, l, f + 1) on both paths between two units, with ``hidden`` (v, f + 1)."""
    padded = np.vstack((~hidden, np.zeros((1, hidden.shape[1]), dtype=bool)))
    ways = padded[swaps.path].sum(axis=2)
    count: Floats = (ways + ways.swapaxes(0, 1)).astype(np.float64)
    return count


def reach(swaps: Swaps, swap: Sides, allowed: Flags) -> Floats:
    """Say how many levels at most an ``allowed`` swap takes from each group (v, f + 1), -inf where none takes any."""
    best = np.where(allowed & (swap.low <= swap.high + 1e-9), swap.high, -np.inf).max(axis=3)
    found: Floats = np.maximum.reduceat(best.reshape(-1, best.shape[2])[swaps.through], swaps.starts, axis=0)
    return found


def least_doubt(excess: Floats, *, rules: Rules) -> Floats:
    """Say how many of the levels missing beyond the least (``excess``) have to stay uncertain in each group."""
    return np.minimum(rules.percent / 100 * excess, rules.deepest)


def one_person(swaps: Swaps, people: Floats, below: Floats, gap: Floats, *, rules: Rules) -> Sides:
    """Give the swaps by which one person below the level changes places, whatever is hidden."""
    inf, lo, hi = np.inf, rules.shallowest, rules.deepest
    return partners(
        sides(
            swaps,
            np.where(below < 1, inf, gap - hi * (below - 1)),
            gap - lo * (below - 1),
            np.where(below >= people, inf, lo * (below + 1) - gap),
            hi * (below + 1) - gap,
        )
    )


def only_levels(swaps: Swaps, below: Floats, gap: Floats, *, rules: Rules) -> Sides:
    """Give the swaps by which only levels missing change places."""
    nothing = np.zeros_like(gap)
    return partners(sides(swaps, nothing, gap - rules.shallowest * below, nothing, rules.deepest * below - gap))


def enough(
    swaps: Swaps, people: Floats, below: Floats, gap: Floats, *, hidden: Flags, asked: Flags, rules: Rules
) -> tuple[Flags, Flags, Flags]:
    """Hide what the cheapest swaps need until every group ``asked`` (v, f + 1) is uncertain enough.

    Give what is ``hidden`` then, and for which groups no swap was found: one person fewer below, or less missing.
    """
    one, levels = one_person(swaps, people, below, gap, rules=rules), only_levels(swaps, below, gap, rules=rules)
    lacking = least_doubt(gap - rules.shallowest * below, rules=rules)
    chosen = hidden.copy()
    fewer, less = _met(swaps, one, levels, chosen, lacking, rules=rules)
    shown = shown_on(swaps, chosen)
    for node, family in np.argwhere(asked & ~(fewer & less)).tolist():
        here = (swaps.path == node).any(axis=2)
        fits = (one.low[:, :, family] <= one.high[:, :, family] + 1e-9) & here[:, :, None]
        fits &= one.high[:, :, family] >= lacking[node, family] + rules.shallowest - 1e-9
        if fits.any():
            cost = np.where(fits, shown[:, :, family, None] + shown, np.inf)
            first, second, other = np.unravel_index(np.argmin(cost), cost.shape)
            nodes = np.concatenate((swaps.path[first, second], swaps.path[second, first]))
            both = np.array((family, int(other)))
            chosen[np.ix_(nodes[nodes < swaps.nodes], both)] = True
            shown[:, :, both] = shown_on(swaps, chosen[:, both])
    fewer, less = _met(swaps, one, levels, chosen, lacking, rules=rules)
    return chosen, asked & ~fewer, asked & ~less


def _met(
    swaps: Swaps, one: Sides, levels: Sides, hidden: Flags, lacking: Floats, *, rules: Rules
) -> tuple[Flags, Flags]:
    shown = shown_on(swaps, hidden) == 0
    allowed = shown[:, :, :, None] & shown[:, :, None, :]
    fewer = reach(swaps, one, allowed)
    return fewer > -np.inf, np.maximum(fewer - rules.shallowest, reach(swaps, levels, allowed)) >= lacking - 1e-9
