"""What the explorer asks of a cube: answered from what is shown, never from rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from vested.engines.disclosure._checks import need
from vested.engines.disclosure._nouns import Cube, Flags, Ints
from vested.engines.disclosure._tables import above


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Figures of a selection, None where hidden: ``people``, ``below``, ``mean_gap``."""

    people: int | None
    below: int | None
    mean_gap: float | None


def ask(
    cube: Cube, *, skill: int | None = None, units: Sequence[int] | None = None, families: Sequence[int] | None = None
) -> Answer:
    """Give the figures of the people of some ``units`` (each with all below it) and ``families``, all if not given.

    The selection is put together from the groups of the cube, larger ones where it holds all their parts, or from a
    larger group less the rest, whichever is shown.
    """
    there = skill is None or 0 <= skill < len(cube.below)
    need(there, f"skill {skill} is not one of the {len(cube.below)} of the cube")
    tree = np.append(np.full(cube.people.shape[1] - 1, cube.people.shape[1] - 1), -1)
    rows, columns = _selections(cube.unit_parent, units, "units"), _selections(tree, families, "families")
    answers = [_figures(cube, skill, np.outer(across, down)) for across, down in product(rows, columns)]
    return max(answers, key=lambda answer: (answer.people is not None) + (answer.below is not None))


def _selections(parent: Ints, chosen: Sequence[int] | None, what: str) -> list[Ints]:
    """Write a selection as how often each node counts (v,): as few nodes as can be, or the top less all others."""
    top = (parent < 0).astype(np.int64)
    nodes = np.flatnonzero(top) if chosen is None else np.array(chosen, dtype=np.int64)
    need(len(nodes) and nodes.min() >= 0 and nodes.max() < len(parent), f"{what} is empty or names what is not there")
    over = above(parent)
    leaves = ~np.isin(np.arange(len(parent)), parent)
    picked = over[nodes].any(axis=0)
    return [_fewest(parent, over[:, leaves & ~picked]), top - _fewest(parent, over[:, leaves & picked])]


def _fewest(parent: Ints, others: Flags) -> Ints:
    """Count once each node that is not above any of the ``others`` (v, o), unless the node above it is counted."""
    whole: Flags = np.asarray(~others.any(axis=1))
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
