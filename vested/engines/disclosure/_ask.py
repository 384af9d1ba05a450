"""What the explorer asks of a cube: answered from what is shown, never from rows."""

from collections.abc import Sequence

import numpy as np

from vested.engines.disclosure._checks import InvalidTable
from vested.engines.disclosure._nouns import Answer, Cube, Flags, Ints


def ask(
    cube: Cube,
    *,
    skill: int | None = None,
    units: Sequence[int] | None = None,
    families: Sequence[int] | None = None,
    other_units: bool = False,
    other_families: bool = False,
) -> Answer:
    """Give the figures of the people of some ``units`` (each with all below it) and ``families``, all if not given.

    With ``other_units`` or ``other_families`` of everybody else. The selection is put together from the groups of the
    cube, larger ones where it holds all their parts, or from a larger group less the rest, whichever is shown.
    """
    if skill is not None and not 0 <= skill < len(cube.below):
        msg = f"skill {skill} is not one of the {len(cube.below)} of the cube"
        raise InvalidTable(msg)
    tree = np.append(np.full(cube.people.shape[1] - 1, cube.people.shape[1] - 1), -1)
    rows = _selections(cube.unit_parent, units, others=other_units, what="units")
    columns = _selections(tree, families, others=other_families, what="families")
    best = Answer(people=None, below=None, mean_gap=None)
    for across in rows:
        for down in columns:
            found = _figures(cube, skill, np.outer(across, down))
            best = Answer(
                people=found.people if best.people is None else best.people,
                below=found.below if best.below is None else best.below,
                mean_gap=found.mean_gap if best.mean_gap is None else best.mean_gap,
            )
    return best


def _selections(parent: Ints, chosen: Sequence[int] | None, *, others: bool, what: str) -> list[Ints]:
    """Write a selection as how often each node counts (v,): as few nodes as can be, or the top less all others."""
    nodes = [int(np.flatnonzero(parent < 0)[0])] if chosen is None else list(chosen)
    if not nodes or not all(0 <= node < len(parent) for node in nodes):
        msg = f"{what} is empty or names what is not in the cube"
        raise InvalidTable(msg)
    children = [np.flatnonzero(parent == node) for node in range(len(parent))]
    leaves = np.array([len(below) == 0 for below in children])
    inside = np.isin(np.arange(len(parent)), nodes)
    for _ in parent:
        inside |= (parent >= 0) & inside[parent]
    picked = leaves & (inside != others)
    if not picked.any():
        msg = f"{what} leaves nobody: everybody else is nobody"
        raise InvalidTable(msg)
    return [_fewest(parent, children, picked), (parent < 0) - _fewest(parent, children, leaves & ~picked)]


def _fewest(parent: Ints, children: list[Ints], picked: Flags) -> Ints:
    """Count once each node whose leaves are all ``picked``, unless the node above it is counted."""
    whole = picked.copy()
    for _ in parent:
        whole |= np.array([len(below) > 0 and bool(whole[below].all()) for below in children])
    counted: Ints = (whole & ~((parent >= 0) & whole[parent])).astype(np.int64)
    return counted


def _figures(cube: Cube, skill: int | None, times: Ints) -> Answer:
    used = times != 0
    people = int((times * cube.people)[used].sum()) if (cube.people[used] >= 0).all() else None
    if skill is None or people is None or not (cube.below[skill][used] >= 0).all():
        return Answer(people=people, below=None, mean_gap=None)
    missing = float((times * cube.people * np.nan_to_num(cube.mean_gap[skill]))[used].sum())
    below = int((times * cube.below[skill])[used].sum())
    return Answer(people=people, below=below, mean_gap=missing / people if people else None)
