"""What people have completed and wish for, and what initiatives need.

Completions: 35 % of the people for each course compulsory for them; for any other course 3 % of those who speak its
language and already stand within 0.3 of what it teaches; and the prerequisites of all these. Dates lie in the five
years before the first period.

Wishes: 10 % of the people, one or two each, for a course drawn among those in their language that start at or below
their level and end above it. Weight 0.2, 0.3 or 0.5 (60, 20, 20 %).

Initiatives: 30 (fewer than one for ten people never), with 1 to 4 needs each for different skills, drawn by how much
the staff's roles weigh them. A need concerns the whole sector (20 %), one department (10 %) or one agency (70 %), at
level 3 to 6 but no higher than any role asks for, and for as many people as hold it now plus 5 to 25 % of those at most
2.5 levels below, by quarter 2, 3 or 4 (20, 40, 40 %), with weight 0.5, 1, 2 or 3.
"""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from vested.formats.sector_folder import Completion, Initiative, InitiativeSkill, Wish
from vested.plans.generator._courses import Catalogue
from vested.plans.generator._frame import Frame, Random
from vested.plans.generator._levels import Tenths
from vested.plans.generator._organisation import Organisation
from vested.plans.generator._words import INITIATIVES

Pairs = NDArray[np.int64]


def completed(random: Random, *, organisation: Organisation, catalogue: Catalogue, known: Tenths) -> Pairs:
    """Draw who has completed which course: rows (person, course), sorted."""
    people = len(organisation.role)
    done = np.zeros((people, len(catalogue.courses)), dtype=np.bool_)
    for course in range(len(catalogue.courses)):
        must = catalogue.compulsory[organisation.role, course]
        drawn = random.random(people, dtype=np.float32)
        rows = np.flatnonzero(catalogue.outcome_course == course)
        able = np.zeros(people, dtype=np.bool_)
        if len(rows):
            able = known[:, catalogue.outcome_skill[rows[0]]] >= 10 * catalogue.outcome_to[rows[0]] - 3
        if catalogue.language[course] >= 0:
            able &= organisation.speaks[:, catalogue.language[course]]
        done[:, course] = np.where(must, drawn < 0.35, able & (drawn < 0.03))
    pending = [course for course in range(done.shape[1]) if catalogue.prerequisite[course] >= 0]
    for _ in pending:  # a chain has at most as many links as there are courses with a prerequisite
        total = int(done.sum())
        for course in pending:
            done[:, catalogue.prerequisite[course]] |= done[:, course]
        if int(done.sum()) == total:
            break
    return np.argwhere(done)


def completions(
    random: Random, *, organisation: Organisation, catalogue: Catalogue, done: Pairs, first_day: date
) -> tuple[Completion, ...]:
    """Date the completions."""
    days = random.integers(1, 5 * 365, len(done)).tolist()
    return tuple(
        Completion(
            organisation.staff[person].person_id, catalogue.courses[course].course_id, first_day - timedelta(days=day)
        )
        for (person, course), day in zip(done.tolist(), days, strict=True)
    )


def wishes(
    random: Random, *, organisation: Organisation, catalogue: Catalogue, known: Tenths, done: Pairs
) -> tuple[Wish, ...]:
    """Draw the wishes: of twelve courses drawn, the first one or two that suit."""
    people, count = len(organisation.role), len(catalogue.courses)
    first = np.full(count, -1)  # the first outcome of each course
    first[catalogue.outcome_course[::-1]] = np.arange(len(catalogue.outcome_course))[::-1]
    asking = np.flatnonzero(random.random(people) < 0.1)
    drawn = random.integers(0, count, (len(asking), 12))
    row = first[drawn]
    level = known[asking[:, None], catalogue.outcome_skill[row]] / 10
    language = catalogue.language[drawn]
    spoken = (language < 0) | organisation.speaks[asking[:, None], np.maximum(language, 0)]
    key = asking[:, None] * count + drawn
    fits = spoken & (row >= 0) & (level >= catalogue.outcome_from[row]) & (level < catalogue.outcome_to[row])
    fits &= ~np.isin(key, done[:, 0] * count + done[:, 1])
    rank = np.cumsum(fits, axis=1)
    many = 1 + (random.random(len(asking)) < 0.3)
    chosen = np.unique(key[fits & (rank <= many[:, None])])
    weights = random.choice([0.2, 0.3, 0.5], len(chosen), p=[0.6, 0.2, 0.2]).tolist()
    return tuple(
        Wish(organisation.staff[pair // count].person_id, catalogue.courses[pair % count].course_id, weight)
        for pair, weight in zip(chosen.tolist(), weights, strict=True)
    )


def initiatives(
    random: Random,
    *,
    frame: Frame,
    organisation: Organisation,
    known: Tenths,
    periods: int,
    named: tuple[str, ...] = INITIATIVES,
    after: int = 0,
) -> tuple[tuple[Initiative, ...], tuple[InitiativeSkill, ...]]:
    """Draw initiatives, of those ``named``, and their dated needs; their ids count on ``after`` others."""
    people = len(organisation.role)
    count = min(30, max(3, people // 10))
    titles = [named[index] for index in sorted(random.permutation(len(named))[:count].tolist())]
    demand = frame.weight[organisation.role].sum(axis=0)
    highest = frame.required.max(axis=0)
    rows, needs = [], []
    for number, title in enumerate(titles, start=after + 1):
        initiative = Initiative(f"I{number:02d}", title)
        rows.append(initiative)
        wanted = min(int(random.integers(1, 5)), int((demand > 0).sum()))
        for skill in random.choice(len(demand), wanted, replace=False, p=demand / demand.sum()).tolist():
            where, scope = random.random(), None
            members = np.arange(people)
            if where > 0.3:
                scope = organisation.bodies[int(random.integers(1, len(organisation.bodies)))]
                members = np.flatnonzero(organisation.body == scope)
            elif where > 0.2:
                scope = int(organisation.department[int(random.integers(people))])
                members = np.flatnonzero((organisation.department == scope) | (organisation.body == scope))
            level = min(float(random.integers(3, 7)), float(highest[skill]))
            holds = int((known[members, skill] >= 10 * level).sum())
            near = int((known[members, skill] >= 10 * (level - 2.5)).sum()) - holds
            needs.append(
                InitiativeSkill(
                    initiative_id=initiative.initiative_id,
                    skill_id=frame.skills[skill].skill_id,
                    level=level,
                    people=max(1, holds + round(near * random.uniform(0.05, 0.25))),
                    by_period=min(int(random.choice([2, 3, 4], p=[0.2, 0.4, 0.4])), periods),
                    unit_id=None if scope is None else organisation.units[scope].unit_id,
                    weight=float(random.choice([0.5, 1.0, 2.0, 3.0])),
                )
            )
    return tuple(rows), tuple(needs)
