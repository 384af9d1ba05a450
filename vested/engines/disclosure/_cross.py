"""Groups from trees: every node of one tree with every node of another, and all the ways they add up."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from scipy.sparse import csr_array

from vested.engines.disclosure._checks import InvalidTable, check_trees
from vested.engines.disclosure._nouns import Groups, Ints


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
            below = [found[part] for part in parts if part in found]
            if below and len(below) == len(parts):
                sums.append((index, below))
    node = np.array(list(found), dtype=np.int64).reshape(len(found), len(trees))
    return replace(added(len(found), sums), node=node)


def added(n: int, sums: Sequence[tuple[int, Sequence[int]]]) -> Groups:
    """Give ``n`` groups of no trees, by what adds up: each of ``sums`` names a group, and those it is the whole of."""
    row = [at for at, (_, parts) in enumerate(sums) for _ in range(len(parts) + 1)]
    cell = [one for whole, parts in sums for one in (whole, *parts)]
    sign = [one for _, parts in sums for one in (-1.0, *(1.0 for _ in parts))]
    if not all(0 <= one < n for one in cell):
        msg = "sums names a group there is not"
        raise InvalidTable(msg)
    return Groups(node=np.zeros((n, 0), dtype=np.int64), sums=csr_array((sign, (row, cell)), shape=(len(sums), n)))


def members(groups: Groups, trees: Sequence[Ints], nodes: Ints) -> tuple[Ints, Ints]:
    """Say who belongs where: pairs of person and cell, for people at ``nodes`` (people, d) without children."""
    n = len(nodes)
    sizes = [len(parent) for parent in trees]
    if nodes.shape != (n, len(trees)) or (n and ((nodes < 0).any() or (nodes >= sizes).any())):
        msg = "nodes does not give every person a node of every tree"
        raise InvalidTable(msg)
    for d, parent in enumerate(trees):
        if np.isin(nodes[:, d], parent).any():
            msg = f"nodes puts people of tree {d} at a node that has children: give them a node of their own below it"
            raise InvalidTable(msg)
    lookup = np.full(int(np.prod(sizes)), -1, dtype=np.int64)
    lookup[np.ravel_multi_index(tuple(groups.node.T), sizes)] = np.arange(len(groups.node))
    person, at = np.arange(n), nodes
    for d, parent in enumerate(trees):
        people, places = [person], [at]
        while len(people[-1]):
            up = parent[places[-1][:, d]]
            higher = places[-1][up >= 0].copy()
            higher[:, d] = up[up >= 0]
            people.append(people[-1][up >= 0])
            places.append(higher)
        person, at = np.concatenate(people), np.concatenate(places)
    cell = lookup[np.ravel_multi_index(tuple(at.T), sizes)]
    return person[cell >= 0], cell[cell >= 0]
