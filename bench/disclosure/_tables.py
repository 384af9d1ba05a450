"""The tables behind a cube, summed by code of the benchmark: what the peer is given and what the attacker sees."""

import numpy as np
from numpy.typing import NDArray

from bench.disclosure._staff import RULES, Staff
from vested.engines.disclosure import Demands, Groups, Table, counts, cross, few, figures

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


def layout(staff: Staff) -> tuple[Groups, Floats, list[Floats]]:
    """Give the groups, the number of people (n,) and for each skill how many are below (n,)."""
    parent, people = staff.unit_parent, staff.people
    inner = np.flatnonzero(np.isin(np.arange(len(parent)), parent) & (people.sum(axis=1) > 0))
    stands = np.arange(len(parent))
    stands[inner] = len(parent) + np.arange(len(inner))
    tree = np.concatenate((parent, inner))
    above = np.zeros((len(tree), len(parent)))
    for unit, at in enumerate(stands.tolist()):
        node = at
        while node >= 0:
            above[node, unit] = 1
            node = int(tree[node])
    families = people.shape[1]
    groups = cross(trees=(tree, np.append(np.full(families, families), -1)), tables=((0, 1),))

    def summed(figure: NDArray[np.int64]) -> Floats:
        total = above @ figure
        flat: Floats = np.concatenate((total, total.sum(axis=1, keepdims=True)), axis=1).ravel()
        return flat

    return groups, summed(people), [summed(below) for below in staff.below]


def sizes(groups: Groups, people: Floats) -> tuple[Table, Demands]:
    """Give the table of sizes and what has to stay uncertain in it."""
    table = counts(groups, people)
    return table, few(table, minimum=RULES.minimum)


def skill(groups: Groups, people: Floats, below: Floats, hidden: Flags) -> tuple[Table, Demands]:
    """Give the table of those below, sizes known, and what has to stay uncertain: that one fewer is."""
    table = figures(groups, below, least=np.zeros(len(people)), most=people, whole=True)
    told = (below > 0) & ((below < RULES.state) | (people - below < RULES.state))
    cell = np.flatnonzero(hidden | told)
    one = (below[cell] > 0).astype(np.float64)
    return table, Demands(cell=cell, down=one, up=0 * one, why=np.ones(len(cell), dtype=np.int64))


def exposed(table: Table, demands: Demands, low: dict[int, float], high: dict[int, float]) -> int:
    """Count the demands that intervals of an attacker do not leave open."""
    return sum(
        low.get(at, table.value[at]) > table.value[at] - down + 1e-6
        or high.get(at, table.value[at]) < table.value[at] + up - 1e-6
        for at, down, up in zip(demands.cell.tolist(), demands.down, demands.up, strict=True)
    )
