"""Reasons of computed plans, compared with what the plans do, recomputed from the tables."""

import re
from itertools import groupby

import pytest
from django.utils import translation

from tests.plans.sectors import random_sector
from vested.plans.outcome import Outcome
from vested.plans.reasons import reasons_of, unmet_of
from vested.plans.solving import solve

RAISES = re.compile(r"Raises (Skill \d) from ([\d.]+) to ([\d.]+)(?:; the role (Role \d) asks for ([\d.]+))?\.")


@pytest.fixture(params=range(4), scope="module")
def outcome(request: pytest.FixtureRequest) -> Outcome:
    """Give the outcome of a small sector."""
    return solve(random_sector(request.param, people=16), seconds=20)


def test_every_level_named_is_the_level_before_and_after(outcome: Outcome) -> None:
    sector = outcome.sector
    levels = outcome.problem.people.levels
    names = [skill.name for skill in sector.skills]
    with translation.override("en"):
        rows = list(zip(outcome.plan.person.tolist(), outcome.plan.session.tolist(), reasons_of(outcome), strict=True))
    assert rows
    found = 0
    for person, theirs in groupby(rows, key=lambda row: row[0]):
        now = levels[person].copy()
        for _period, at_once in groupby(theirs, key=lambda row: sector.sessions[row[1]].period):
            start = now.copy()
            for _person, session, reason in at_once:
                taught = [row for row in sector.course_outcomes if row.course_id == sector.sessions[session].course_id]
                raised = {}
                for row in taught:
                    skill = names.index(f"Skill {row.skill_id[1:]}")
                    assert start[skill] >= row.from_level
                    if row.to_level > start[skill]:
                        raised[names[skill]] = (start[skill], row.to_level)
                        now[skill] = max(now[skill], row.to_level)
                said = {match[1]: (float(match[2]), float(match[3])) for match in RAISES.finditer(reason)}
                assert said.keys() == raised.keys()
                assert all(said[name][0] == raised[name][0] for name in said)
                assert all(said[name][1] >= raised[name][1] for name in said)
                _check_role(outcome, person, start=dict(zip(names, start.tolist(), strict=True)), reason=reason)
                found += len(said)
    assert found


def _check_role(outcome: Outcome, person: int, *, start: dict[str, float], reason: str) -> None:
    sector = outcome.sector
    role_id = sector.staff[person].role_id
    asked = {f"Skill {row.skill_id[1:]}": row.level for row in sector.role_requirements if row.role_id == role_id}
    for match in RAISES.finditer(reason):
        if match[4] is None:
            assert asked.get(match[1], 0.0) <= start[match[1]]
        else:
            assert (match[4], float(match[5])) == (f"Role {role_id[1:]}", asked[match[1]])


def test_every_compulsory_course_and_wish_is_given_or_said_to_be_missing(outcome: Outcome) -> None:
    sector = outcome.sector
    taken = {
        (sector.staff[person].person_id, sector.sessions[session].course_id)
        for person, session in zip(outcome.plan.person.tolist(), outcome.plan.session.tolist(), strict=True)
    }
    done = {(row.person_id, row.course_id) for row in sector.completions}
    compulsory = {
        (person.person_id, course.course_id)
        for person in sector.staff
        for course in sector.courses
        if course.compulsory_for == ("all",) or person.role_id in course.compulsory_for
    }
    wishes = {(wish.person_id, wish.course_id) for wish in sector.wishes}
    with translation.override("en"):
        missing = list(unmet_of(outcome))
    named = {
        kind: {
            (sector.staff[row.person].person_id, sector.courses[row.course].course_id)
            for row in missing
            if row.kind == kind
        }
        for kind in ("compulsory", "wish")
    }
    assert named["compulsory"] == compulsory - taken - done
    assert outcome.plan.compulsory.given == len((compulsory - done) & taken)
    assert named["wish"] >= wishes - taken - done - compulsory
    assert not named["wish"] & (taken | named["compulsory"])


def test_every_need_not_met_is_said(outcome: Outcome) -> None:
    needs = outcome.sector.initiative_skills
    short = [k for k, need in enumerate(needs) if outcome.plan.holders_after[k] < need.people]
    with translation.override("en"):
        rows = [row for row in unmet_of(outcome) if row.kind == "need"]
    assert [row.need for row in rows] == short
    for row in rows:
        assert f" have {outcome.plan.holders_after[row.need]}. " in row.reason
