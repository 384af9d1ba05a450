"""Tables and staff small enough to be looked at."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array, kron

from vested.engines.disclosure import Cube, Demands, Groups, Rules, Table, cross, few

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def flat(size: int) -> Ints:
    """Give a tree of ``size`` leaves with their sum last."""
    return np.append(np.full(size, size), -1).astype(np.int64)


def square(rows: int, columns: int) -> Groups:
    """Give the groups of one table with margins last, row by row."""
    return cross(trees=(flat(rows), flat(columns)), tables=((0, 1),))


def members(groups: Groups, trees: Sequence[Ints], nodes: Ints) -> Floats:
    """Count in every group (n,) the people at ``nodes`` (people, d) without children."""
    there = np.ones((len(groups.node), len(nodes)), dtype=bool)
    for d, parent in enumerate(trees):
        at = nodes[:, d]
        here = np.zeros_like(there)
        while (at >= 0).any():
            here |= groups.node[:, [d]] == at
            at = np.where(at >= 0, parent[at], -1)
        there &= here
    count: Floats = there.sum(axis=1).astype(np.float64)
    return count


def demands(cells: list[int], *, down: float, up: float) -> Demands:
    """Ask the same of some cells."""
    count = len(cells)
    return Demands(
        cell=np.array(cells, dtype=np.int64), down=np.full(count, down), up=np.full(count, up), why=np.ones(count, int)
    )


def holds(wanted: Demands, table: Table, cell: Ints, low: Floats, high: Floats) -> bool:
    """Whether intervals of hidden cells leave open all that is demanded."""
    lows, highs = dict(zip(cell.tolist(), low, strict=True)), dict(zip(cell.tolist(), high, strict=True))
    return all(
        lows[at] <= table.value[at] - down + 1e-6 and highs[at] >= table.value[at] + up - 1e-6
        for at, down, up in zip(wanted.cell.tolist(), wanted.down, wanted.up, strict=True)
    )


def small(table: Table) -> Demands:
    """Ask what skills ask."""
    return few(table, minimum=5)


def staff(seed: int, *, people: int, units: Ints, families: int, skills: int) -> tuple[Ints, Ints, Floats]:
    """Make people up: how many stand at every unit by family, and by skill how many are below and by how much."""
    draw = np.random.default_rng(seed)
    unit = draw.choice(len(units), people, p=draw.dirichlet(np.full(len(units), 2.0)))
    family = draw.choice(families, people, p=draw.dirichlet(np.full(families, 2.0)))
    count = np.zeros((len(units), families), dtype=np.int64)
    np.add.at(count, (unit, family), 1)
    missing = (draw.random((skills, people)) < draw.uniform(0.1, 0.7, (skills, families))[:, family]) * (
        1 + draw.binomial(3, 0.3, (skills, people))
    )
    below, gap = np.zeros((skills, *count.shape), dtype=np.int64), np.zeros((skills, *count.shape))
    for skill in range(skills):
        np.add.at(below[skill], (unit, family), missing[skill] > 0)
        np.add.at(gap[skill], (unit, family), missing[skill])
    return count, below, gap


def laid_out(cube: Cube, *, rules: Rules, skills: Sequence[int]) -> Table:
    """Lay a cube out as one table for an attacker: the sizes, then by skill those below and the levels missing."""
    n, layers = cube.people.size, 1 + 2 * len(skills)
    groups = cross(trees=(cube.unit_parent, flat(cube.people.shape[1] - 1)), tables=((0, 1),))
    people = np.where(cube.people < 0, np.nan, cube.people).ravel()
    value, known = [people], np.zeros((3 * len(skills), layers))
    for number, skill in enumerate(skills):
        below = np.where(cube.below[skill] < 0, np.nan, cube.below[skill]).ravel()
        value += [below, cube.mean_gap[skill].ravel() * people]
        there, gap = 1 + 2 * number, 2 + 2 * number
        known[3 * number, [there, 0]] = 1.0, -1.0
        known[3 * number + 1, [gap, there]] = 1.0, -rules.deepest
        known[3 * number + 2, [there, gap]] = rules.shallowest, -1.0
    return Table(
        value=np.concatenate(value),
        group=np.arange(n * layers),
        sums=csr_array(kron(eye_array(layers), groups.sums)),
        links=csr_array(kron(known, eye_array(n))),
        link_most=np.zeros(n * len(known)),
        least=np.concatenate((np.where(np.isnan(people), 1.0, 0.0), np.zeros(n * (layers - 1)))),
        most=np.full(n * layers, np.inf),
        whole=np.concatenate((np.ones(n, dtype=bool), np.tile(np.repeat((True, False), n), len(skills)))),
    )
