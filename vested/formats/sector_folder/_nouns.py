"""The rows of a sector folder, as they are after checking."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class UnitKind(StrEnum):
    """What a unit is; ministries and agencies are groups that fairness looks at."""

    MINISTRY = "ministry"
    AGENCY = "agency"
    DEPARTMENT = "department"
    TEAM = "team"


class Mode(StrEnum):
    """How a course is held."""

    ONLINE = "online"
    IN_PERSON = "in_person"
    BLENDED = "blended"


class FixedStatus(StrEnum):
    """What a person answered to a proposed session."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class Class(StrEnum):
    """What an initiative is for: to try something new, or to do better what is known."""

    EXPLORE = "explore"
    EXPLOIT = "exploit"


class Way(StrEnum):
    """How an initiative is carried out."""

    REUSE = "reuse"
    PILOT = "pilot"
    ROLL_OUT = "roll_out"


@dataclass(frozen=True, slots=True)
class Unit:
    """A ministry, agency, department or team."""

    unit_id: str
    name: str
    kind: UnitKind
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A civil servant; ``hours`` for learning over the whole horizon; no ``languages`` means every language."""

    person_id: str
    name: str
    unit_id: str
    role_id: str
    hours: float
    email: str = ""
    grade: str = ""
    languages: tuple[str, ...] = ()
    manager_id: str | None = None


@dataclass(frozen=True, slots=True)
class Skill:
    """Something people can be able to do, at a level from 0 to the plan's ``max_level``."""

    skill_id: str
    name: str
    area: str = ""
    framework: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is employed to do."""

    role_id: str
    name: str
    job_family: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Requirement:
    """The level of a skill that a role asks for."""

    role_id: str
    skill_id: str
    level: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """What people can do now, column by column, since there are millions of rows.

    ``person`` and ``skill`` (int32) index into ``Sector.staff`` and ``Sector.skills``; ``level`` and ``error``
    (float64, NaN where no error is stated); ``source`` (int32) indexes into ``sources``, whose first entry is the
    empty string; ``assessed_on`` (int32) is a proleptic Gregorian ordinal, 0 where no date is stated. All columns
    have one length; a person and skill without a row stand at level 0.
    """

    person: NDArray[np.int32]
    skill: NDArray[np.int32]
    level: NDArray[np.float64]
    error: NDArray[np.float64]
    source: NDArray[np.int32]
    assessed_on: NDArray[np.int32]
    sources: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Course:
    """Training; ``cost`` per person, no ``language`` means any, ``compulsory_for`` role ids or ``("all",)``."""

    course_id: str
    title: str
    hours: float
    cost: float
    provider: str = ""
    mode: Mode | None = None
    language: str = ""
    prerequisite_id: str | None = None
    compulsory_for: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A course takes whoever has at least ``from_level`` of a skill to ``to_level``."""

    course_id: str
    skill_id: str
    to_level: float
    from_level: float = 0.0


@dataclass(frozen=True, slots=True)
class Session:
    """A course held in a period (1 is the first); no ``seats`` means no limit."""

    session_id: str
    course_id: str
    period: int
    starts_on: date | None = None
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """A course a person has completed: it satisfies prerequisites, is never repeated and changes no level."""

    person_id: str
    course_id: str
    completed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A course a person asks for."""

    person_id: str
    course_id: str
    weight: float = 0.2


@dataclass(frozen=True, slots=True)
class Fixed:
    """A person's answer to a session: accepted stays in every plan, declined is never proposed."""

    person_id: str
    session_id: str
    status: FixedStatus


@dataclass(frozen=True, slots=True)
class Initiative:
    """Work that changes something, and needs people who can do it; without ``class_`` it exploits what is known.

    It starts from quarter ``earliest`` to ``latest`` (none: any); of those with one ``group`` at most one starts.
    """

    initiative_id: str
    title: str
    unit_id: str | None = None
    objective_id: str | None = None
    class_: Class | None = None
    mandatory: bool = False
    earliest: int | None = None
    latest: int | None = None
    risk: float = 0.0
    group: str = ""


@dataclass(frozen=True, slots=True)
class InitiativeSkill:
    """People an initiative needs at a level by the end of a period, in a unit's subtree (none: whole sector).

    The period counts from the start of an initiative that has modes.
    """

    initiative_id: str
    skill_id: str
    level: float
    people: int
    by_period: int
    unit_id: str | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Budget:
    """Money for training, over the whole horizon, of a unit and all below it (none: overall)."""

    amount: float
    unit_id: str | None = None


@dataclass(frozen=True, slots=True)
class Objective:
    """What initiatives are for."""

    objective_id: str
    title: str


@dataclass(frozen=True, slots=True)
class InitiativeMode:
    """A way to carry an initiative out: it takes ``quarters``, and brings ``benefit`` once it is live."""

    initiative_id: str
    mode: Way
    quarters: int
    benefit: float


@dataclass(frozen=True, slots=True)
class InitiativeCost:
    """What a mode costs in a quarter, counted from its start."""

    initiative_id: str
    mode: Way
    quarter: int
    cost: float


@dataclass(frozen=True, slots=True)
class InitiativePeople:
    """Full-time people a mode takes from a pool in a quarter, counted from its start."""

    initiative_id: str
    mode: Way
    quarter: int
    pool_id: str
    people: float


@dataclass(frozen=True, slots=True)
class InitiativeLink:
    """An initiative, and the initiative or block it ``needs`` before it starts (a block in one ``mode`` only)."""

    initiative_id: str
    needs: str
    mode: Way | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A building block that ``exists``, or is there when one of those that build it is finished."""

    block_id: str
    name: str = ""
    exists: bool = False
    built_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pool:
    """Full-time people there are for initiatives in a quarter; ``rate`` is what one more would cost."""

    pool_id: str
    quarter: int
    capacity: float
    name: str = ""
    rate: float = 0.0


@dataclass(frozen=True, slots=True)
class PortfolioBudget:
    """Money for initiatives in a quarter."""

    quarter: int
    amount: float


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``plan.toml`` states; without ``risk_cap`` there is none."""

    periods: int
    currency: str = "EUR"
    fairness: float = 0.0
    cost_weight: float = 1e-6
    max_level: float = 8.0
    seed: int = 0
    discount: float = 0.98
    explore_least: float = 0.0
    explore_most: float = 1.0
    risk_cap: float | None = None
    periods_per_quarter: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Sector:
    """All tables of a sector folder, checked: every id used exists, every number is in range.

    ``skills`` holds every skill any table names, also where the folder has no ``skills`` table.
    """

    settings: Settings
    units: tuple[Unit, ...]
    staff: tuple[Person, ...]
    skills: tuple[Skill, ...]
    roles: tuple[Role, ...]
    role_requirements: tuple[Requirement, ...]
    levels: Levels
    courses: tuple[Course, ...]
    course_outcomes: tuple[Outcome, ...]
    sessions: tuple[Session, ...]
    completions: tuple[Completion, ...] = ()
    wishes: tuple[Wish, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    initiative_skills: tuple[InitiativeSkill, ...] = ()
    budgets: tuple[Budget, ...] = ()
    objectives: tuple[Objective, ...] = ()
    initiative_modes: tuple[InitiativeMode, ...] = ()
    initiative_costs: tuple[InitiativeCost, ...] = ()
    initiative_people: tuple[InitiativePeople, ...] = ()
    initiative_links: tuple[InitiativeLink, ...] = ()
    blocks: tuple[Block, ...] = ()
    pools: tuple[Pool, ...] = ()
    portfolio_budgets: tuple[PortfolioBudget, ...] = ()
