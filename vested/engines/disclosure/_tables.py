"""Groups from trees, every way they add up, and tables of their figures."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from scipy.sparse import csr_array

from vested.engines.disclosure._checks import check_trees, need
from vested.engines.disclosure._nouns import Flags, Floats, Groups, Ints, Table


def cross(*, trees: Sequence[Ints], tables: Sequence[Sequence[int]]) -> Groups:
    """Give the groups of several linked tables.

    ``trees``: for each dimension the parent of every node, -1 at its one top. ``tables``: the dimensions each table
    crosses; tables share every group that both have, margins above all. People stand at nodes without children: give
    those who stand at a node that has children a node of their own below it.
    """
    check_trees(trees, tables)
    tops = [int(np.flatnonzero(parent < 0)[0]) for parent in trees]
    found: dict[tuple[int, ...], int] = {}
    for table in tables:
        axes = [range(len(parent)) if d in table else (tops[d],) for d, parent in enumerate(trees)]
        for key in product(*axes):
            found.setdefault(key, len(found))
    sums = []
    for d, parent in enumerate(trees):
        children = [np.flatnonzero(parent == node).tolist() for node in range(len(parent))]
        for key, index in found.items():
            parts = [(*key[:d], child, *key[d + 1 :]) for child in children[key[d]]]
            if parts and parts[0] in found:  # then all are
                sums.append((index, [found[part] for part in parts]))
    node = np.array(list(found), dtype=np.int64).reshape(len(found), len(trees))
    return replace(added(len(found), sums), node=node)


def added(n: int, sums: Sequence[tuple[int, Sequence[int]]]) -> Groups:
    """Give ``n`` groups of no trees, by what adds up: each of ``sums`` names a group, and those it is the whole of."""
    row = [at for at, (_, parts) in enumerate(sums) for _ in range(len(parts) + 1)]
    cell = [one for whole, parts in sums for one in (whole, *parts)]
    sign = [one for _, parts in sums for one in (-1.0, *(1.0 for _ in parts))]
    need(all(0 <= one < n for one in cell), "sums names a group there is not")
    return Groups(node=np.zeros((n, 0), dtype=np.int64), sums=csr_array((sign, (row, cell)), shape=(len(sums), n)))


def above(parent: Ints) -> Flags:
    """Say of the nodes of a tree (v, v) which is another or above it."""
    found, at = np.zeros((len(parent), len(parent)), dtype=bool), np.arange(len(parent))
    while len(node := np.flatnonzero(at >= 0)):
        found[at[node], node] = True
        at[node] = parent[at[node]]
    return found


def counts(groups: Groups, people: Floats) -> Table:
    """Give the table of the number of ``people`` (n,) in every group.

    Groups of nobody are shown: nobody is revealed, and everybody knows which jobs a unit does not have. So everybody
    knows too that a hidden group has at least one person, and a sum at least one for each part that is not empty.
    """
    least = (people > 0).astype(np.float64)
    children, (row, node) = groups.sums.maximum(0), (groups.sums < 0).nonzero()
    while ((needed := (children @ least)[row]) > least[node]).any():
        np.maximum.at(least, node, needed)
    return figures(groups, people, least=least, most=np.where(people > 0, np.inf, 0.0), whole=True)


def figures(groups: Groups, value: Floats, *, least: Floats, most: Floats, whole: bool) -> Table:
    """Give the table of one figure of every group (n,), with what everybody knows of it."""
    return Table(
        value=value,
        group=np.arange(len(value)),
        sums=groups.sums,
        links=csr_array((0, len(value))),
        link_most=np.zeros(0),
        least=least,
        most=most,
        whole=np.full(len(value), whole),
    )


def publish(table: Table, hidden: Flags) -> Table:
    """Give what everybody sees of a table whose groups ``hidden`` (g,) are hidden."""
    return replace(table, value=np.where(hidden[table.group], np.nan, table.value))
