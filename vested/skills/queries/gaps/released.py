"""What everybody may know: units by job family by skill, small groups hidden so that nobody can work them out.

One release of each picture, decided once by ``engines.disclosure``; pages read its cells and nothing finer, so two
pages can never be put together to find somebody out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vested.engines import disclosure
from vested.skills.queries.gaps.computed import Floats, Ints, Picture, count

MINIMUM = 5  # people a group must have for its figures to be shown
UNITS = 40  # at most, so that deciding takes seconds: the tree is cut below the level that has more
WHOLE = 0  # the sector itself, in place of a unit's id; all families, in place of a family's


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Released:
    """Groups of people by unit (with all below it) and job family, and their figures for every skill.

    ``unit`` (v,) ids, WHOLE for the sector, less than 0 for who stands at that unit and not below it; ``family`` (f,)
    ids, -1 for roles of none, the last WHOLE for all; ``people`` (v, f), ``below`` and ``short`` (s, v, f), -1 and NaN
    where hidden.
    """

    unit: Ints
    family: Ints
    people: Ints
    below: Ints
    short: Floats

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What a snapshot keeps."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def release(picture: Picture, *, parent_of: Mapping[int, int | None], family_of: Mapping[int, int | None]) -> Released:
    """Decide what of a picture everybody may know; units and roles by id, with their parents and families."""
    node_of = _tree(parent_of)
    above = {0: -1, **dict(node_of.values())}
    at = np.array([node_of[unit][0] for unit in picture.unit.tolist()], dtype=np.int64)
    families = sorted({family_of[role] or -1 for role in picture.roles.tolist()})
    place = {family: number for number, family in enumerate(families)}
    family = np.array([place[family_of[role] or -1] for role in picture.roles.tolist()], dtype=np.int64)
    nodes, wide = len(above), len(families)
    counted = count(picture, at * wide + family[picture.role], nodes * wide)
    parent = np.array([above[node] for node in range(nodes)], dtype=np.int64)
    cube = disclosure.release(
        unit_parent=parent,
        people=counted.people.reshape(nodes, wide),
        below=counted.below.T.reshape(-1, nodes, wide),
        gap=counted.short.T.reshape(-1, nodes, wide),
        rules=disclosure.Rules(minimum=MINIMUM, deepest=float(picture.asked.max(initial=1.0))),
    ).cube
    unit_at = {node: unit for unit, (node, _) in reversed(node_of.items())}  # the highest unit of each node
    own = [-unit_at[int(node)] for node in cube.unit_parent[nodes:]]
    return Released(
        unit=np.array([WHOLE, *(unit_at[node] for node in range(1, nodes)), *own], dtype=np.int64),
        family=np.array([*families, WHOLE], dtype=np.int64),
        people=cube.people,
        below=cube.below,
        short=np.where(cube.people < 0, np.nan, cube.mean_gap * cube.people),
    )


def _tree(parent_of: Mapping[int, int | None]) -> dict[int, tuple[int, int]]:
    """Give each unit its node and that node's parent: 0 the sector (and its one top unit), deep units those above."""
    below: dict[int | None, list[int]] = {}
    for unit, parent in parent_of.items():
        below.setdefault(parent, []).append(unit)
    level = below.get(None, [])
    found = dict.fromkeys(level, (0, -1)) if len(level) == 1 else {}
    if found:
        level = below.get(level[0], [])
    nodes = 1
    while level:
        fits = nodes + len(level) <= UNITS or nodes == 1
        for unit in level:
            parent = parent_of[unit]
            above = found[parent] if parent is not None else (0, -1)
            found[unit] = (nodes, above[0]) if fits else above
            nodes += fits
        level = [child for unit in level for child in below.get(unit, [])]
    return found
