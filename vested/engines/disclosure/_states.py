"""One skill of a cube: who is below the level asked for, and by how much, in groups whose sizes are decided."""

import numpy as np
from scipy.sparse import block_diag, csr_array, eye_array, hstack, vstack

from vested.engines.disclosure._nouns import Demands, Flags, Floats, Groups, Ints, Rules, Table, Why
from vested.engines.disclosure._rules import joined
from vested.engines.disclosure._swaps import least_doubt


def states(groups: Groups, people: Floats, below: Floats, gap: Floats, *, rules: Rules, sizes: list[Floats]) -> Table:
    """Give two figures of each group whose size ``people`` (n,) everybody knows.

    How many are ``below`` (n,), and of the levels they miss (``gap``) those beyond the least that anybody below misses.
    For each of ``sizes``, moves (n,) of the number of people that have to stay possible, one more cell, a group of its
    own: how far of the way there the sizes can be with those below still people of the group.
    """
    n, taken = len(people), len(sizes)
    span, excess = rules.deepest - rules.shallowest, gap - rules.shallowest * below
    cells, each = np.arange(n), eye_array(n, format="csr")
    links, most = [hstack((-span * each, each, csr_array((n, taken))))], [np.zeros(n)]
    for number, move in enumerate(sizes):
        fewer = np.flatnonzero(move < 0)
        way = csr_array((-move[fewer], (np.arange(len(fewer)), np.full(len(fewer), number))), (len(fewer), taken))
        links.append(hstack((each[fewer], csr_array((len(fewer), n)), way)))
        most.append(people[fewer])
    return Table(
        value=np.concatenate((below, excess, np.zeros(taken))),
        group=np.concatenate((cells, cells, n + np.arange(taken))),
        sums=block_diag((groups.sums, groups.sums, csr_array((0, taken))), format="csr"),
        links=vstack(links, format="csr"),
        link_most=np.concatenate(most),
        least=np.zeros(2 * n + taken),
        most=np.concatenate((people, span * people, np.ones(taken))),
        whole=np.zeros(2 * n + taken, dtype=bool),
    )


def told(people: Floats, below: Floats, *, rules: Rules) -> Flags:
    """Which groups' figures say too much by themselves, see ``Rules``."""
    found: Flags = (below > 0) & ((below < rules.state) | (people - below < rules.state))
    return found


def demands_of(table: Table, *, hide: Flags, fewer: Flags, less: Flags, why: Ints, rules: Rules) -> Demands:
    """Demand that groups ``hide`` (n,) are hidden, with what has to stay uncertain in them.

    ``fewer`` (n,) that one person fewer is below, ``less`` (n,) that fewer levels are missing beyond
    the least; and that all sizes of the table stay possible.
    """
    n = len(hide)
    asked, other = np.flatnonzero(hide), np.arange(2 * n, len(table.value))
    nothing, all_of_it = np.zeros(len(asked)), np.ones(len(other))
    excess = table.value[n : 2 * n][asked]
    return joined(
        Demands(cell=asked, down=fewer[asked].astype(np.float64), up=nothing, why=why[asked]),
        Demands(cell=asked + n, down=less[asked] * least_doubt(excess, rules=rules), up=nothing, why=why[asked]),
        Demands(cell=other, down=0 * all_of_it, up=all_of_it, why=np.full(len(other), int(Why.BEFORE))),
    )
