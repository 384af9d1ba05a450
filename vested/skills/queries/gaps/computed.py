"""What the gap explorer counts: everybody's levels beside what their roles ask for, in one picture of the sector.

A picture is taken now and then, kept as a ``Snapshot``, and read into memory once a process. A cut adds up the levels
short over groups of people: milliseconds for any cut, so none is worked out beforehand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from vested.core.models import Membership
from vested.skills.models import Level, Post, Requirement, Role, Skill, Snapshot

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Levels = NDArray[np.float32]

_ROW = np.dtype([("of", np.int64), ("skill", np.int64), ("level", np.float32)])


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Picture:
    """``n`` people who hold a post in a unit, ``r`` roles and ``s`` skills at a moment.

    ``person`` and ``unit`` (n,) ids; ``role`` (n,) places in ``roles`` (r,) ids; ``skills`` (s,) ids; ``level`` (n, s),
    0 where nothing is known; ``asked`` (r, s) what a role asks for, 0 for nothing.
    """

    person: Ints
    unit: Ints
    role: Ints
    roles: Ints
    skills: Ints
    level: Levels
    asked: Levels


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Counted:
    """Figures of ``g`` groups of people.

    ``people`` (g,); by skill how many of them are ``below`` (g, s) what their roles ask for, and the levels they are
    ``short`` (g, s) together. -1 and NaN where hidden.
    """

    people: Ints
    below: Ints
    short: Floats


def gathered() -> Picture:
    """Take a picture of the asker's sector as it is now."""
    skills = _sorted(Skill.objects.values_list("pk", flat=True))
    roles = _sorted(Role.objects.values_list("pk", flat=True))
    unit_of = dict(Membership.objects.filter(until=None).values_list("person", "unit"))
    posts = Post.objects.filter(until=None).values_list("person", "role").order_by("person")
    placed = [(person, unit_of[person], role) for person, role in posts if person in unit_of]
    person, unit, role = np.array(placed, dtype=np.int64).reshape(-1, 3).T
    return Picture(
        person=person,
        unit=unit,
        role=np.searchsorted(roles, role),
        roles=roles,
        skills=skills,
        level=_wide(Level.objects.values_list("person", "skill", "level"), person, skills),
        asked=_wide(Requirement.objects.values_list("role", "skill", "level"), roles, skills),
    )


def count(picture: Picture, group: Ints, groups: int) -> Counted:
    """Add up the people of each of ``groups`` groups; ``group`` (n,) says whose, -1 for nobody's."""
    person, skill, short = _lacking(picture)
    of, shape = group[person], (groups, len(picture.skills))
    inside = np.flatnonzero(of >= 0)
    place, cells = of[inside] * shape[1] + skill[inside], groups * shape[1]
    return Counted(
        people=np.bincount(group[group >= 0], minlength=groups),
        below=np.bincount(place, minlength=cells).reshape(shape),
        # of nothing, numpy makes whole numbers of the sum
        short=np.bincount(place, weights=short[inside], minlength=cells).reshape(shape).astype(np.float64, copy=False),
    )


@lru_cache(maxsize=4)  # as of pictures; comparing all levels for each cut took ten times as long
def _lacking(picture: Picture) -> tuple[Ints, Ints, Floats]:
    """Who is below in which skill (both by place), and how many levels short."""
    short = np.maximum(picture.asked[picture.role] - picture.level, 0)
    person, skill = np.nonzero(short)
    return person, skill, short[person, skill].astype(np.float64)


def holders(picture: Picture, *, skill: int, level: float, among: NDArray[np.bool_]) -> int:
    """Count who of ``among`` (n,) has at least the level of a skill (an id)."""
    at = np.searchsorted(picture.skills, skill)
    return int((picture.level[among, at] >= level).sum())


def packed(picture: Picture, released: Mapping[str, NDArray[Any]]) -> bytes:
    """Put a picture, and what is released of it, into what a snapshot keeps."""
    file = BytesIO()
    own = {name: getattr(picture, name) for name in Picture.__slots__}
    arrays = {**own, **{f"released_{name}": array for name, array in released.items()}}
    np.savez_compressed(file, **arrays)
    return file.getvalue()


@lru_cache(maxsize=4)  # a few sectors a process; a picture of 100,000 people and 50 skills takes 22 MB
def unpacked(snapshot: int) -> tuple[Picture, dict[str, NDArray[Any]]]:
    """Read the picture of a snapshot (its id), and what is released of it."""
    with np.load(BytesIO(Snapshot.objects.values_list("arrays", flat=True).get(pk=snapshot))) as file:
        arrays = {name: file[name] for name in file.files}
    picture = Picture(**{name: arrays[name] for name in Picture.__slots__})
    start = "released_"
    return picture, {name.removeprefix(start): array for name, array in arrays.items() if name.startswith(start)}


def _sorted(ids: Iterable[int]) -> Ints:
    return np.array(sorted(ids), dtype=np.int64)


def _wide(rows: QuerySet[Any, tuple[int, int, float]], of: Ints, skills: Ints) -> Levels:
    """Spread rows (of, skill, level) over a table (of, skills); 0 where there is none, rows of others left out."""
    wide = np.zeros((len(of), len(skills)), dtype=np.float32)
    table = np.fromiter(rows.iterator(chunk_size=20_000), dtype=_ROW)
    table = table[np.isin(table["of"], of)]
    wide[np.searchsorted(of, table["of"]), np.searchsorted(skills, table["skill"])] = table["level"]
    return wide
