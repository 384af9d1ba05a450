"""A sector's arrays, compared with a slow recomputation row by row."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.plans.sectors import no_levels, random_sector, with_answers
from vested.engines.training import Problem
from vested.formats.sector_folder import Course, FixedStatus, Person, Sector
from vested.plans.outcome import Group
from vested.plans.problem import groups_of, problem_of


@pytest.mark.parametrize("seed", range(8))
def test_every_array_says_what_the_tables_say(seed: int) -> None:
    sector = random_sector(seed)
    problem = problem_of(sector)
    _check_people(sector, problem)
    _check_roles(sector, problem)
    _check_catalogue(sector, problem)
    _check_needs_and_limits(sector, problem)


def _check_people(sector: Sector, problem: Problem) -> None:
    people = problem.people
    rows = zip(sector.levels.person, sector.levels.skill, sector.levels.level, strict=True)
    known = {(int(person), int(skill)): float(level) for person, skill, level in rows}
    for i, person in enumerate(sector.staff):
        assert people.hours[i] == person.hours
        assert sector.roles[people.role[i]].role_id == person.role_id
        assert sector.units[people.unit[i]].unit_id == person.unit_id
        assert [known.get((i, s), 0.0) for s in range(len(sector.skills))] == people.levels[i].tolist()
    assert people.levels.dtype == np.float64
    assert _named(sector, people.completed) == [(row.person_id, row.course_id) for row in sector.completions]
    assert _named(sector, people.wishes) == [(row.person_id, row.course_id) for row in sector.wishes]
    assert people.wish_weight.tolist() == [wish.weight for wish in sector.wishes]


def _named(sector: Sector, pairs: NDArray[np.int64]) -> list[tuple[str, str]]:
    return [(sector.staff[person].person_id, sector.courses[course].course_id) for person, course in pairs]


def _check_roles(sector: Sector, problem: Problem) -> None:
    asked = {(row.role_id, row.skill_id): row for row in sector.role_requirements}
    for r, role in enumerate(sector.roles):
        for s, skill in enumerate(sector.skills):
            row = asked.get((role.role_id, skill.skill_id))
            assert problem.roles.required[r, s] == (row.level if row else 0)
            assert problem.roles.weight[r, s] == (role.weight * row.weight if row else 0)
        for c, course in enumerate(sector.courses):
            compulsory = course.compulsory_for == ("all",) or role.role_id in course.compulsory_for
            assert problem.roles.compulsory[r, c] == compulsory


def _check_catalogue(sector: Sector, problem: Problem) -> None:
    catalogue = problem.catalogue
    for c, course in enumerate(sector.courses):
        assert (catalogue.hours[c], catalogue.cost[c]) == (course.hours, course.cost)
        first = catalogue.prerequisite[c]
        assert (sector.courses[first].course_id if first >= 0 else None) == course.prerequisite_id
        for i, person in enumerate(sector.staff):
            fits = catalogue.language[c] < 0 or bool(problem.people.speaks[i, catalogue.language[c]])
            spoken = {language.lower() for language in person.languages}
            assert fits == (not course.language or not spoken or course.language.lower() in spoken)
    for o, row in enumerate(sector.course_outcomes):
        assert sector.courses[catalogue.outcome_course[o]].course_id == row.course_id
        assert sector.skills[catalogue.outcome_skill[o]].skill_id == row.skill_id
        assert (catalogue.outcome_from[o], catalogue.outcome_to[o]) == (row.from_level, row.to_level)
    for j, session in enumerate(sector.sessions):
        assert sector.courses[catalogue.session_course[j]].course_id == session.course_id
        assert catalogue.session_period[j] == session.period
        assert catalogue.session_seats[j] == (-1 if session.seats is None else session.seats)


def _check_needs_and_limits(sector: Sector, problem: Problem) -> None:
    needs, limits = problem.needs, problem.limits

    def name(number: int) -> str | None:
        return sector.units[number].unit_id if number >= 0 else None

    for k, row in enumerate(sector.initiative_skills):
        assert (name(needs.unit[k]), sector.skills[needs.skill[k]].skill_id) == (row.unit_id, row.skill_id)
        assert (needs.level[k], needs.people[k], needs.by_period[k]) == (row.level, row.people, row.by_period)
        assert needs.weight[k] == row.weight
    assert [name(parent) for parent in limits.unit_parent] == [unit.parent_id for unit in sector.units]
    assert [name(unit) for unit in limits.budget_unit] == [budget.unit_id for budget in sector.budgets]
    assert limits.budget.tolist() == [budget.amount for budget in sector.budgets]
    assert [name(unit) for unit in limits.fair_unit] == ["M", "A1", "A2"]
    assert (limits.fairness, limits.cost_weight) == (sector.settings.fairness, sector.settings.cost_weight)


def test_groups_are_ministries_and_agencies_and_then_grades_by_name() -> None:
    sector = random_sector(1)
    groups = groups_of(sector)
    assert groups[:3] == (
        Group("unit", "M", "Ministry of Tides"),
        Group("unit", "A1", "Harbour Agency"),
        Group("unit", "A2", "Lighthouse Agency"),
    )
    assert [group.group_id for group in groups[3:]] == sorted({p.grade for p in sector.staff} - {""})
    for i, person in enumerate(sector.staff):
        grade = problem_of(sector).people.grade[i]
        assert (groups[3 + grade].group_id if grade >= 0 else "") == person.grade


def test_answers_are_split_into_accepted_and_declined() -> None:
    sector = with_answers(
        random_sector(2),
        ("P001", random_sector(2).sessions[3].session_id, FixedStatus.ACCEPTED),
        ("P002", random_sector(2).sessions[0].session_id, FixedStatus.DECLINED),
    )
    people = problem_of(sector).people
    assert people.accepted.tolist() == [[1, 3]]
    assert people.declined.tolist() == [[2, 0]]


def test_a_course_in_a_language_nobody_lists_is_open_to_those_who_speak_every_language() -> None:
    sector = random_sector(3)
    staff = (Person("a", "A", "M", "R0", 9.0), Person("b", "B", "M", "R0", 9.0, languages=("EN",)))
    course = Course("C0", "Course", 1.0, 0.0, language="Klingon")
    small = replace(
        sector,
        staff=staff,
        courses=(course,),
        course_outcomes=(),
        sessions=(),
        completions=(),
        wishes=(),
        levels=no_levels(),
    )
    problem = problem_of(small)
    assert problem.people.speaks[:, problem.catalogue.language[0]].tolist() == [True, False]


def test_a_sector_without_optional_tables_gives_empty_arrays_of_the_right_shape() -> None:
    sector = replace(
        random_sector(4),
        completions=(),
        wishes=(),
        initiatives=(),
        initiative_skills=(),
        budgets=(),
        levels=no_levels(),
    )
    problem = problem_of(sector)
    assert problem.people.completed.shape == problem.people.wishes.shape == problem.people.accepted.shape == (0, 2)
    assert problem.needs.unit.shape == problem.limits.budget.shape == (0,)
    assert not problem.people.levels.any()
