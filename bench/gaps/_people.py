"""Made-up people with levels, and the cuts somebody looking for gaps would ask for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vested.skills.queries.gaps.computed import Ints, Picture

UNITS, FAMILIES, ROLES = 300, 12, 60


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sector:
    """A picture, and of each person (n,) the unit and job family as a number from 0."""

    picture: Picture
    unit: Ints
    family: Ints


@dataclass(frozen=True, slots=True)
class Cut:
    """Figures of people by ``by`` ("unit", "family" or "role"), of those alone where ``of`` has the number."""

    by: str
    of: str = ""
    number: int = 0


CUTS = (
    Cut("unit"), Cut("family"), Cut("role"), Cut("role", "family", 3), Cut("unit", "role", 7), Cut("family", "unit", 5),
    Cut("role", "unit", 11), Cut("unit", "family", 9),
)  # fmt: skip


def sector_of(people: int, skills: int, *, seed: int) -> Sector:
    """Make up people: each in a unit and a role, a role asks for a fifth of the skills, two thirds of levels known."""
    random = np.random.default_rng(seed)
    role = random.integers(0, ROLES, people)
    unit = (UNITS * random.beta(1.2, 3.0, people)).astype(np.int64)
    asked = np.where(random.random((ROLES, skills)) < 0.2, random.integers(1, 6, (ROLES, skills)), 0)
    known = random.random((people, skills)) < 2 / 3
    level = np.where(known, random.integers(0, 13, (people, skills)) / 2, 0)
    picture = Picture(
        person=np.arange(people),
        unit=unit,
        role=role,
        roles=np.arange(ROLES),
        skills=np.arange(skills),
        level=level.astype(np.float32),
        asked=asked.astype(np.float32),
    )
    return Sector(picture=picture, unit=unit, family=role % FAMILIES)


def column(sector: Sector, name: str) -> Ints:
    """Each person's number of a unit, family or role."""
    return {"unit": sector.unit, "family": sector.family, "role": sector.picture.role}[name]


def groups_of(name: str) -> int:
    """How many units, families or roles there are."""
    return {"unit": UNITS, "family": FAMILIES, "role": ROLES}[name]


def long_table(sector: Sector) -> dict[str, NDArray[np.generic]]:
    """What the same people are as a table, a row for each skill that somebody's role asks for: the peers' best form."""
    picture = sector.picture
    asked = picture.asked[picture.role]
    person, skill = np.nonzero(asked)
    short = np.maximum(asked[person, skill] - picture.level[person, skill], 0)
    columns = {name: column(sector, name)[person].astype(np.int32) for name in ("unit", "family", "role")}
    return {**columns, "skill": skill.astype(np.int32), "short": short.astype(np.float32)}
