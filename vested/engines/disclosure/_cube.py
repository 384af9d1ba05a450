"""A cube for the gap explorer: decided once, asked often."""

import numpy as np
from scipy.sparse import block_diag, csr_array, eye_array, hstack, vstack

from vested.engines.disclosure._checks import check_cube
from vested.engines.disclosure._nouns import Cube, Demands, Flags, Floats, Ints, Protection, Release, Rules, Table, Why
from vested.engines.disclosure._protect import protect
from vested.engines.disclosure._rules import few
from vested.engines.disclosure._swaps import Ways, enough, least_doubt, one_person, shown_on, swapped, ways_of
from vested.engines.disclosure._tables import above, counts, cross
from vested.engines.disclosure._twins import Twins


def release(*, unit_parent: Ints, people: Ints, below: Ints, gap: Floats, rules: Rules) -> Release:
    """Decide what of a cube everybody may see.

    ``unit_parent`` (u,) -1 at the one top; ``people`` (u, f) who stand at a unit itself, by job family; ``below``
    (s, u, f) how many of them are below the level asked for in a skill, ``gap`` (s, u, f) the levels they miss.

    The sizes are decided once for all skills. Then each skill is decided as if everybody knew the sizes, as
    colleagues do; and so that its figures leave open the very sizes that protect the sizes. The first safe choice is
    kept, which is what an office waits two seconds for.
    """
    check_cube(unit_parent, people, below, gap, rules)
    units, families = people.shape
    inner = np.flatnonzero(np.isin(np.arange(units), unit_parent) & (people.sum(axis=1) > 0))
    stands = np.arange(units)
    stands[inner] = units + np.arange(len(inner))
    parent = np.concatenate((unit_parent, inner))
    groups = cross(trees=(parent, np.append(np.full(families, families), -1)), tables=((0, 1),))
    up = above(parent)[:, stands].astype(float)
    all_people, all_below, missing = (
        np.concatenate((total, total.sum(axis=-1, keepdims=True)), axis=-1)
        for total in (up @ people, up @ below, up @ gap)
    )
    excess = missing - rules.shallowest * all_below
    table, ways = counts(groups, all_people.ravel()), ways_of(parent)
    sizes = protect(table, few(table, minimum=rules.minimum), gap=1.0)
    hidden = sizes.hidden.reshape(all_people.shape)
    wanted = _kept_open(ways, table, all_below, excess, hidden=hidden, rules=rules)
    skills = tuple(
        _skill(ways, table, under, more, sizes=sizes, moves=moves, rules=rules)
        for under, more, moves in zip(all_below, excess, wanted, strict=True)
    )
    shut = np.array([skill.hidden for skill in skills]).reshape(all_below.shape)
    cube = Cube(
        unit_parent=parent,
        people=np.where(hidden, -1, all_people).astype(np.int64),
        below=np.where(shut, -1, all_below).astype(np.int64),
        mean_gap=np.where(shut, np.nan, missing / np.maximum(all_people, 1)),
    )
    return Release(cube=cube, sizes=sizes, skills=skills)


def _kept_open(
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


def _skill(
    ways: Ways, table: Table, below: Floats, excess: Floats, *, sizes: Protection, moves: list[Floats], rules: Rules
) -> Protection:
    """Decide one skill by swaps, then what no swap answers, and ``moves`` of the sizes, by programs."""
    people = table.value.reshape(below.shape)
    told = (below > 0) & ((below < rules.state) | (people - below < rules.state))
    base = sizes.hidden.reshape(people.shape) | told
    chosen, left = enough(ways, people, below, excess, hidden=base, asked=base & (below > 0), rules=rules)
    hidden, n = chosen.ravel(), people.size
    if left.any() or moves:
        cell, way, doubt = np.flatnonzero(left), np.arange(len(moves)), least_doubt(excess, rules=rules).ravel()
        demands = Demands(  # one person fewer below, fewer levels missing, and all the way to other sizes
            cell=np.concatenate((cell, n + cell, 2 * n + way)),
            down=np.concatenate((np.ones(len(cell)), doubt[cell], 0.0 * way)),
            up=np.concatenate((np.zeros(2 * len(cell)), np.ones(len(way)))),
            why=np.full(2 * len(cell) + len(way), int(Why.PROTECTS)),
        )
        before = np.concatenate((hidden, np.ones(len(moves), dtype=bool)))
        given = states(table, below, excess, moves=moves, rules=rules)
        hidden = protect(given, demands, hidden=before, gap=1.0).hidden[:n]
    why = np.where(sizes.hidden, sizes.why, np.where(told.ravel(), Why.REVEALING, Why.PROTECTS))
    return Protection(
        hidden=hidden,
        why=np.where(hidden, why, Why.SHOWN),
        cost=float((hidden & ~sizes.hidden).sum()),
        bound=float((base.ravel() & ~sizes.hidden).sum()),
    )


def states(sizes: Table, below: Floats, excess: Floats, *, moves: list[Floats], rules: Rules) -> Table:
    """Give two figures of each group whose size everybody knows, (v, f + 1).

    How many are ``below``, and of the levels they miss those beyond the least that anybody below misses (``excess``).
    For each of ``moves`` (n,) of the number of people that have to stay possible, one more cell, a group of its own:
    how far of the way there the sizes can be with those below still people of the group.
    """
    people, n, taken = sizes.value, below.size, len(moves)
    span, each = rules.deepest - rules.shallowest, eye_array(n)
    asked = np.array(moves).reshape(taken, n)
    way, cell = np.nonzero(asked < 0)
    row = np.arange(len(way))
    entries = np.concatenate((np.ones(len(way)), -asked[way, cell]))
    fewer = csr_array((entries, (np.tile(row, 2), np.append(cell, 2 * n + way))), shape=(len(way), 2 * n + taken))
    spread = hstack((-span * each, each, csr_array((n, taken))))
    return Table(
        value=np.concatenate((below.ravel(), excess.ravel(), np.zeros(taken))),
        group=np.concatenate((np.tile(np.arange(n), 2), n + np.arange(taken))),
        sums=block_diag((sizes.sums, sizes.sums, csr_array((0, taken))), format="csr"),
        links=vstack((spread, fewer), format="csr"),
        link_most=np.concatenate((np.zeros(n), people[cell])),
        least=np.zeros(2 * n + taken),
        most=np.concatenate((people, span * people, np.ones(taken))),
        whole=np.zeros(2 * n + taken, dtype=bool),
    )
