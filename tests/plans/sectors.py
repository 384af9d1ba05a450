"""Small made-up sectors, valid by construction, with everything in them that a plan can meet."""

from dataclasses import replace

import numpy as np

from vested.formats.sector_folder import (
    Budget,
    Completion,
    Course,
    Fixed,
    FixedStatus,
    Initiative,
    InitiativeSkill,
    Levels,
    Mode,
    Outcome,
    Person,
    Requirement,
    Role,
    Sector,
    Session,
    Settings,
    Skill,
    Unit,
    UnitKind,
    Wish,
)

SKILLS = 6
COURSES = 9
PERIODS = 3

UNITS = (
    Unit("M", "Ministry of Tides", UnitKind.MINISTRY),
    Unit("A1", "Harbour Agency", UnitKind.AGENCY, "M"),
    Unit("A2", "Lighthouse Agency", UnitKind.AGENCY, "M"),
    Unit("D1", "Berths", UnitKind.DEPARTMENT, "A1"),
    Unit("T1", "Berth desk", UnitKind.TEAM, "D1"),
)


def random_sector(seed: int, *, people: int = 12, fairness: float = 0.3) -> Sector:
    """Make a sector of nine courses; no answer is fixed, so that every plan is possible."""
    rng = np.random.default_rng(seed)
    roles = tuple(Role(f"R{r}", f"Role {r}", weight=float(rng.integers(1, 4))) for r in range(3))
    requirements = tuple(
        Requirement(role.role_id, f"S{s}", float(rng.integers(2, 7)), float(rng.integers(1, 3)))
        for role in roles
        for s in rng.permutation(SKILLS)[:4]
    )
    staff = tuple(
        Person(
            f"P{p:03}",
            f"Person {p:03}",
            UNITS[int(rng.integers(len(UNITS)))].unit_id,
            f"R{rng.integers(3)}",
            float(rng.integers(0, 41)),
            grade=("", "B", "A")[int(rng.integers(3))],
            languages=((), ("EN",), ("da", "en"), ("FR",))[int(rng.integers(4))],
        )
        for p in range(people)
    )
    pairs = np.flatnonzero(rng.random(people * SKILLS) < 0.7)
    levels = Levels(
        person=(pairs // SKILLS).astype(np.int32),
        skill=(pairs % SKILLS).astype(np.int32),
        level=rng.integers(0, 11, len(pairs)) / 2,
        error=np.full(len(pairs), np.nan),
        source=np.zeros(len(pairs), dtype=np.int32),
        assessed_on=np.zeros(len(pairs), dtype=np.int32),
    )
    courses = tuple(
        Course(
            f"C{c}",
            f"Course {c}",
            hours=float(rng.integers(2, 15)),
            cost=float(rng.integers(0, 6) * 100),
            mode=Mode.ONLINE,
            language=("", "En", "da", "xx")[int(rng.choice(4, p=[0.5, 0.3, 0.15, 0.05]))],
            prerequisite_id=f"C{rng.integers(c)}" if c and rng.random() < 0.3 else None,
            compulsory_for={0: ("all",), 1: ("R0", "R2")}.get(c, ()),
        )
        for c in range(COURSES)
    )
    outcomes = tuple(
        Outcome(f"C{c}", f"S{s}", to_level=float(start + rng.integers(1, 4)), from_level=float(start))
        for c in range(COURSES)
        for s in rng.permutation(SKILLS)[: int(rng.integers(1, 3))]
        for start in [int(rng.integers(0, 4))]
    )
    sessions = tuple(
        Session(f"C{c}-{t}", f"C{c}", t, seats=None if rng.random() < 0.3 else int(rng.integers(0, people // 2 + 2)))
        for c in range(COURSES)
        for t in sorted({int(period) for period in rng.integers(1, PERIODS + 1, 2)})
    )
    wished = rng.choice(people * COURSES, max(1, people // 3), replace=False)
    done = rng.choice(people * COURSES, max(1, people // 4), replace=False)
    return Sector(
        settings=Settings(periods=PERIODS, fairness=fairness, currency="DKK", seed=seed),
        units=UNITS,
        staff=staff,
        skills=tuple(Skill(f"S{s}", f"Skill {s}") for s in range(SKILLS)),
        roles=roles,
        role_requirements=requirements,
        levels=levels,
        courses=courses,
        course_outcomes=outcomes,
        sessions=sessions,
        completions=tuple(Completion(f"P{n // COURSES:03}", f"C{n % COURSES}") for n in done),
        wishes=tuple(Wish(f"P{n // COURSES:03}", f"C{n % COURSES}", weight=0.5) for n in wished),
        initiatives=(Initiative("I1", "Berth booking online"), Initiative("I2", "Night watch by camera")),
        initiative_skills=(
            InitiativeSkill("I1", "S0", 4.0, people // 2, 2, unit_id="A1", weight=2.0),
            InitiativeSkill("I1", "S1", 3.0, people // 3, 3),
            InitiativeSkill("I2", "S2", 5.0, people, 3, unit_id="A2"),
        ),
        budgets=(Budget(people * 150.0), Budget(people * 60.0, unit_id="A1")),
    )


def with_answers(sector: Sector, *answers: tuple[str, str, FixedStatus]) -> Sector:
    """Add to the sector answers of people to sessions: (person_id, session_id, status)."""
    return replace(sector, fixed=tuple(Fixed(*answer) for answer in answers))


def no_levels() -> Levels:
    """Give levels without a row: everybody stands at 0."""
    number, level = np.zeros(0, dtype=np.int32), np.zeros(0)
    return Levels(person=number, skill=number, level=level, error=level, source=number, assessed_on=number)
