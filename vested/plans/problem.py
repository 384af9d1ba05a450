"""A sector as the engine sees it: arrays whose rows are the rows of the sector's tables, in their order."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from vested.engines.training import Catalogue, Limits, Needs, People, Problem, Roles
from vested.formats.sector_folder import FixedStatus, Sector, UnitKind
from vested.plans.outcome import Group

ALL_ROLES = "all"  # in ``compulsory_for``: the course is compulsory for every role
NONE = -1

_Ints = NDArray[np.int64]
_Index = Mapping[str, int]


def problem_of(sector: Sector) -> Problem:
    """Turn a checked sector into arrays; row i of every array is row i of the sector's table.

    Languages are compared without regard to case. A language is a column of ``speaks`` as soon as a person or a
    course names it, so a course in a language that nobody lists is open only to those who speak every language.
    """
    units = _index(unit.unit_id for unit in sector.units)
    people = _index(person.person_id for person in sector.staff)
    skills = _index(skill.skill_id for skill in sector.skills)
    roles = _index(role.role_id for role in sector.roles)
    courses = _index(course.course_id for course in sector.courses)
    languages = _languages(sector)
    return Problem(
        people=_people(sector, units=units, people=people, roles=roles, courses=courses, languages=languages),
        roles=_roles(sector, roles=roles, skills=skills, courses=courses),
        catalogue=_catalogue(sector, skills=skills, courses=courses, languages=languages),
        needs=_needs(sector, units=units, skills=skills),
        limits=_limits(sector, units=units),
    )


def groups_of(sector: Sector) -> tuple[Group, ...]:
    """Name the groups fairness looks at: ministries and agencies in the sector's order, then grades by name."""
    units = (
        Group(kind="unit", group_id=unit.unit_id, name=unit.name)
        for unit in sector.units
        if unit.kind in {UnitKind.MINISTRY, UnitKind.AGENCY}
    )
    grades = (Group(kind="grade", group_id=grade, name=grade) for grade in _grades(sector))
    return (*units, *grades)


def _people(
    sector: Sector, *, units: _Index, people: _Index, roles: _Index, courses: _Index, languages: _Index
) -> People:
    staff = sector.staff
    grades = _index(_grades(sector))
    sessions = _index(session.session_id for session in sector.sessions)
    levels = np.zeros((len(staff), len(sector.skills)))
    levels[sector.levels.person, sector.levels.skill] = sector.levels.level
    return People(
        levels=levels,
        hours=np.array([person.hours for person in staff], dtype=np.float64),
        role=_ints(roles[person.role_id] for person in staff),
        unit=_ints(units[person.unit_id] for person in staff),
        grade=_ints(grades[person.grade] if person.grade else NONE for person in staff),
        speaks=_speaks(sector, languages=languages),
        completed=_pairs((people[row.person_id], courses[row.course_id]) for row in sector.completions),
        wishes=_pairs((people[row.person_id], courses[row.course_id]) for row in sector.wishes),
        wish_weight=np.array([wish.weight for wish in sector.wishes], dtype=np.float64),
        accepted=_answers(sector, FixedStatus.ACCEPTED, people=people, sessions=sessions),
        declined=_answers(sector, FixedStatus.DECLINED, people=people, sessions=sessions),
    )


def _speaks(sector: Sector, *, languages: _Index) -> NDArray[np.bool_]:
    speaks = np.zeros((len(sector.staff), len(languages)), dtype=np.bool_)
    rows: dict[tuple[str, ...], NDArray[np.bool_]] = {}  # few distinct lists of languages among many people
    for number, person in enumerate(sector.staff):
        row = rows.get(person.languages)
        if row is None:
            row = np.full(len(languages), fill_value=not person.languages, dtype=np.bool_)
            row[[languages[language.casefold()] for language in person.languages]] = True
            rows[person.languages] = row
        speaks[number] = row
    return speaks


def _roles(sector: Sector, *, roles: _Index, skills: _Index, courses: _Index) -> Roles:
    required = np.zeros((len(roles), len(skills)))
    weight = np.zeros((len(roles), len(skills)))
    for row in sector.role_requirements:
        role, skill = roles[row.role_id], skills[row.skill_id]
        required[role, skill] = row.level
        weight[role, skill] = sector.roles[role].weight * row.weight
    compulsory = np.zeros((len(roles), len(courses)), dtype=np.bool_)
    for number, course in enumerate(sector.courses):
        if course.compulsory_for == (ALL_ROLES,):
            compulsory[:, number] = True
        else:
            compulsory[[roles[role_id] for role_id in course.compulsory_for], number] = True
    return Roles(required=required, weight=weight, compulsory=compulsory)


def _catalogue(sector: Sector, *, skills: _Index, courses: _Index, languages: _Index) -> Catalogue:
    outcomes = sector.course_outcomes
    return Catalogue(
        hours=np.array([course.hours for course in sector.courses], dtype=np.float64),
        cost=np.array([course.cost for course in sector.courses], dtype=np.float64),
        language=_ints(languages[course.language.casefold()] if course.language else NONE for course in sector.courses),
        prerequisite=_ints(_found(courses, course.prerequisite_id) for course in sector.courses),
        outcome_course=_ints(courses[row.course_id] for row in outcomes),
        outcome_skill=_ints(skills[row.skill_id] for row in outcomes),
        outcome_from=np.array([row.from_level for row in outcomes], dtype=np.float64),
        outcome_to=np.array([row.to_level for row in outcomes], dtype=np.float64),
        session_course=_ints(courses[session.course_id] for session in sector.sessions),
        session_period=_ints(session.period for session in sector.sessions),
        session_seats=_ints(NONE if session.seats is None else session.seats for session in sector.sessions),
    )


def _needs(sector: Sector, *, units: _Index, skills: _Index) -> Needs:
    rows = sector.initiative_skills
    return Needs(
        unit=_ints(_found(units, row.unit_id) for row in rows),
        skill=_ints(skills[row.skill_id] for row in rows),
        level=np.array([row.level for row in rows], dtype=np.float64),
        people=_ints(row.people for row in rows),
        by_period=_ints(row.by_period for row in rows),
        weight=np.array([row.weight for row in rows], dtype=np.float64),
    )


def _limits(sector: Sector, *, units: _Index) -> Limits:
    return Limits(
        unit_parent=_ints(_found(units, unit.parent_id) for unit in sector.units),
        budget_unit=_ints(_found(units, budget.unit_id) for budget in sector.budgets),
        budget=np.array([budget.amount for budget in sector.budgets], dtype=np.float64),
        fair_unit=_ints(units[group.group_id] for group in groups_of(sector) if group.kind == "unit"),
        fairness=sector.settings.fairness,
        cost_weight=sector.settings.cost_weight,
    )


def _answers(sector: Sector, status: FixedStatus, *, people: _Index, sessions: _Index) -> _Ints:
    return _pairs((people[row.person_id], sessions[row.session_id]) for row in sector.fixed if row.status is status)


def _grades(sector: Sector) -> list[str]:
    return sorted({person.grade for person in sector.staff if person.grade})


def _languages(sector: Sector) -> dict[str, int]:
    lists = {person.languages for person in sector.staff}
    spoken = {language.casefold() for languages in lists for language in languages}
    taught = {course.language.casefold() for course in sector.courses if course.language}
    return _index(sorted(spoken | taught))


def _index(ids: Iterable[str]) -> dict[str, int]:
    return {identifier: number for number, identifier in enumerate(ids)}


def _found(index: _Index, identifier: str | None) -> int:
    return NONE if identifier is None else index[identifier]


def _ints(numbers: Iterable[int]) -> _Ints:
    return np.fromiter(numbers, dtype=np.int64)


def _pairs(pairs: Iterable[tuple[int, int]]) -> _Ints:
    return np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
