"""Sentences about a plan made by hand, word by word."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from django.utils import translation

from tests.plans.outcomes import made_outcome
from tests.plans.sectors import no_levels
from vested.engines.training import Why
from vested.formats.sector_folder import (
    Course,
    Initiative,
    InitiativeSkill,
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
)
from vested.plans.reasons import reasons_of, unmet_of

SECTOR = Sector(
    settings=Settings(periods=3),
    units=(Unit("M", "Port Authority", UnitKind.MINISTRY), Unit("T", "Berth desk", UnitKind.TEAM, "M")),
    staff=(Person("ann", "Ann Example", "T", "case", 24.5), Person("bo", "Bo Example", "T", "pilot", 10.0)),
    skills=(Skill("dp", "Data protection"), Skill("rec", "Records"), Skill("law", "Law"), Skill("it", "Networks")),
    roles=(Role("case", "Case officer"), Role("pilot", "Pilot")),
    role_requirements=(Requirement("case", "dp", 4.0), Requirement("case", "rec", 2.5)),
    levels=no_levels(),
    courses=(
        Course("dp1", "Data protection in practice", 8.0, 100.0, compulsory_for=("case",)),
        Course("rec1", "Records basics", 6.0, 50.0, compulsory_for=("all",)),
        Course("law1", "Law of the sea", 40.0, 900.0, prerequisite_id="rec1"),
    ),
    course_outcomes=(Outcome("dp1", "dp", 4.0), Outcome("rec1", "rec", 3.0), Outcome("law1", "law", 3.0)),
    sessions=(
        Session("dp1-1", "dp1", 1),
        Session("dp1-2", "dp1", 2),
        Session("rec1-1", "rec1", 1),
        Session("law1-3", "law1", 3),
        Session("dp1-1b", "dp1", 1),
    ),
    initiatives=(Initiative("book", "Berth booking online"),),
    initiative_skills=(
        InitiativeSkill("book", "dp", 4.0, 12, 3, unit_id="T"),
        InitiativeSkill("book", "law", 3.5, 1, 2),
    ),
)
RAISED: dict[str, Any] = {
    "gain_of": [0],
    "gain_skill": [0],
    "gain_before": [2.0],
    "gain_after": [4.0],
    "gain_value": [2.0],
}


def reason(*, sector: Sector = SECTOR, taken: tuple[tuple[int, int], ...] = ((0, 0),), **facts: Any) -> str:
    with translation.override("en"):
        return next(iter(reasons_of(made_outcome(sector, taken, **facts))))


def unmet(**facts: Any) -> list[str]:
    with translation.override("en"):
        return [row.reason for row in unmet_of(made_outcome(SECTOR, (), **facts)) if row.kind != "need"]


def needs(**facts: Any) -> list[str]:
    with translation.override("en"):
        return [row.reason for row in unmet_of(made_outcome(SECTOR, (), **facts)) if row.kind == "need"]


def test_a_reason_names_the_skill_the_levels_the_role_the_initiative_and_the_next_best() -> None:
    facts: dict[str, Any] = {
        "serves_of": [0],
        "serves": [0],
        "next_session": [2],
        "next_loss": [0.4],
        "next_why": [Why.WORTH],
    }
    assert reason(**RAISED, **facts) == (
        "Raises Data protection from 2 to 4; the role Case officer asks for 4. "
        "Berth booking online needs 12 people at 4 in Data protection by period 3. "
        "Next best: Records basics, worth 0.4 less to this person."
    )


def test_a_role_that_asks_for_no_more_is_not_named() -> None:
    assert reason(**(RAISED | {"gain_before": [4.0], "gain_after": [5.0]})) == (
        "Raises Data protection from 4 to 5. Nothing else would help."
    )
    assert reason(**(RAISED | {"gain_skill": [3]})).startswith("Raises Networks from 2 to 4. ")


def test_skills_that_close_most_come_first_and_the_fourth_is_counted() -> None:
    facts: dict[str, Any] = {
        "gain_of": [0, 0, 0, 0],
        "gain_skill": [0, 1, 2, 3],
        "gain_before": [0.0] * 4,
        "gain_after": [1.0, 1.25, 1.0, 1.0],
        "gain_value": [0.5, 2.0, 0.0, 0.0],
    }
    assert reason(**facts) == (
        "Raises Records from 0 to 1.25; the role Case officer asks for 2.5. "
        "Raises Data protection from 0 to 1; the role Case officer asks for 4. "
        "Raises Law from 0 to 1. Raises 1 more skill. Nothing else would help."
    )


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"compulsory": [True]}, "Compulsory for the role Case officer."),
        ({"wish": [0.2]}, "The person asked for it."),
        ({"accepted": [True]}, "The person has accepted it."),
        ({}, "Closes no gap by itself."),
    ],
)
def test_other_grounds(facts: dict[str, Any], text: str) -> None:
    assert reason(**facts) == f"{text} Nothing else would help."


def test_what_is_compulsory_for_everybody_says_so() -> None:
    assert reason(taken=((1, 2),), compulsory=[True]).startswith("Compulsory for everybody. ")


def test_what_it_opens_is_named_with_its_period() -> None:
    first = reason(taken=((0, 2), (0, 3)), opens_of=[0], opens=[1])
    assert first == "Makes Law of the sea possible in period 3. Nothing else would help."


@pytest.mark.parametrize(
    ("session", "loss", "why", "text"),
    [
        (1, 0.123, Why.WORTH, "Next best: the same course in period 2, worth 0.12 less to this person."),
        (4, 0.0, Why.WORTH, "Next best: the same course in session dp1-1b, worth as much to this person."),
        (2, -1.26, Why.SEATS, "Next best: Records basics, worth 1.3 more to this person; others need its seats more."),
        (3, 12.4, Why.BUDGET, "Next best: Law of the sea, worth 12 less to this person; others need the money more."),
    ],
)
def test_the_next_best(session: int, loss: float, why: Why, text: str) -> None:
    assert reason(**RAISED, next_session=[session], next_loss=[loss], next_why=[why]).endswith(f" {text}")


@pytest.mark.parametrize(
    ("course", "why", "text"),
    [
        (0, Why.NO_SESSION, "No session of it is held."),
        (0, Why.LANGUAGE, "It is not held in a language the person learns in."),
        (0, Why.DECLINED, "The person declined every session that is left."),
        (0, Why.LEVEL, "The level it starts from cannot be reached in time."),
        (2, Why.PREREQUISITE, "Records basics must come first and cannot be completed in time."),
        (0, Why.HOURS, "It does not fit into the person's 24.5 hours for learning."),
        (0, Why.SEATS, "The seats are taken."),
        (0, Why.BUDGET, "The money is used."),
        (0, Why.WORTH, "There is room, but hours, seats and money do more elsewhere."),
    ],
)
def test_what_is_not_given_says_why(course: int, why: Why, text: str) -> None:
    title = SECTOR.courses[course].title
    facts: dict[str, Any] = {"unmet_person": [0], "unmet_course": [course], "unmet_why": [why]}
    assert unmet(**facts, unmet_compulsory=[True]) == [f"{title} is compulsory and not in the plan. {text}"]
    assert unmet(**facts, unmet_compulsory=[False]) == [f"{title} was asked for and is not in the plan. {text}"]


def test_compulsory_courses_come_before_needs_and_wishes_by_person_and_course() -> None:
    facts: dict[str, Any] = {"unmet_person": [1, 0, 0], "unmet_course": [0, 1, 0], "unmet_why": [Why.SEATS] * 3}
    with translation.override("en"):
        rows = list(unmet_of(made_outcome(SECTOR, (), **facts, unmet_compulsory=[True, False, True])))
    asked = [(row.kind, row.person, row.course, row.need) for row in rows]
    assert asked == [("compulsory", 0, 0, -1), ("compulsory", 1, 0, -1), ("need", -1, -1, 0), ("wish", 0, 1, -1)]


def test_needs_say_how_many_will_be_there_and_what_the_limit_is() -> None:
    text = "Berth booking online needs 12 people at 4 in Data protection by period 3. In Berth desk it will have 1."
    assert needs(need_why=[Why.LEVEL, 0], need_reachable=[7, 1]) == [
        f"{text} With hours as the only limit, 7 people could reach it in time."
    ]
    assert needs(need_why=[Why.SEATS, 0]) == [f"{text} The seats are taken."]
    assert needs(need_why=[Why.BUDGET, 0]) == [f"{text} The money is used."]


def test_a_need_of_the_whole_sector_names_no_unit() -> None:
    made = made_outcome(SECTOR, (), need_why=[0, Why.LEVEL], need_reachable=[0, 1])
    with translation.override("en"):
        missing = replace(made, plan=replace(made.plan, holders_after=np.array([12, 0])))
        (row,) = unmet_of(missing)
    assert row.reason == (
        "Berth booking online needs 1 person at 3.5 in Law by period 2. It will have 0. "
        "With hours as the only limit, 1 person could reach it in time."
    )
    assert row.need == 1


def test_numbers_follow_the_language() -> None:
    facts: dict[str, Any] = RAISED | {"gain_before": [2.5]}
    with translation.override("da"):
        text = next(iter(reasons_of(made_outcome(SECTOR, ((0, 0),), **facts))))
    assert "2,5" in text
    assert "2.5" not in text
