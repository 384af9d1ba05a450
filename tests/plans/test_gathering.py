"""Rows of the database become the sector they came from, as a scenario asks for it."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from tests.core.offices import DAY, Office
from tests.plans.rooms import fill
from tests.plans.sectors import random_sector, with_answers
from vested.academy.models import Session
from vested.core.errors import Invalid
from vested.core.scope import acting
from vested.engines import training
from vested.formats.sector_folder import FixedStatus, Sector
from vested.plans.asked import Asked, different, kept, read
from vested.plans.problem import problem_of
from vested.plans.queries.gathering import Gathered, gathered

pytestmark = pytest.mark.django_db
SAME = Asked(periods=3)


def of(office: Office, asked: Asked = SAME, on: date = DAY) -> Gathered:
    viewer = office.viewer("cdo")
    with acting(viewer):
        return gathered(viewer, asked, on=on)


def levels_of(sector: Sector) -> set[tuple[str, str, float]]:
    known = sector.levels
    rows = zip(known.person.tolist(), known.skill.tolist(), known.level.tolist(), strict=True)
    return {(sector.staff[p].person_id, sector.skills[s].skill_id, level) for p, s, level in rows}


@pytest.mark.parametrize("seed", range(4))
def test_what_was_brought_in_is_planned_as_if_from_its_files(office: Office, seed: int) -> None:
    made = random_sector(seed)
    made = with_answers(made, ("P000", made.sessions[seed].session_id, FixedStatus.DECLINED))
    fill(office, made)
    found = of(office).sector
    tables = ("staff", "roles", "role_requirements", "course_outcomes", "sessions", "completions", "wishes")
    for name in (*tables, "initiatives", "initiative_skills", "budgets", "courses"):
        assert sorted(map(repr, getattr(found, name))) == sorted(map(repr, getattr(made, name))), name
    assert {unit.unit_id for unit in found.units} >= {unit.unit_id for unit in made.units}
    assert {row.session_id for row in found.fixed} == {row.session_id for row in made.fixed}
    assert levels_of(found) == levels_of(made)
    one, other = (training.plan(problem_of(sector), gap=0.0) for sector in (made, found))
    assert one.value.objective == pytest.approx(other.value.objective)
    assert one.compulsory.given == other.compulsory.given


def test_ids_are_those_of_the_rows(office: Office) -> None:
    fill(office, random_sector(1))
    now = of(office)
    with acting(office.viewer("cdo")):
        codes = dict(Session.objects.values_list("pk", "code"))
    assert [codes[pk] for pk in now.sessions.tolist()] == [row.session_id for row in now.sector.sessions]
    assert len(now.people) == len(now.sector.staff)
    assert len(now.units) == len(now.sector.units)


def test_a_scenario_changes_money_weights_and_what_there_is(office: Office) -> None:
    made = random_sector(2)
    fill(office, made)
    asked = replace(
        SAME,
        money=0.5,
        budgets={"A1": 100.0, "A2": 40.0},
        initiatives={"I1": 0.0, "I2": 3.0},
        compulsory=False,
        without_courses=("C0",),
        without_units=("A2",),
    )
    sector = of(office, asked).sector
    assert {row.unit_id: row.amount for row in sector.budgets} == {None: 12 * 150.0 / 2, "A1": 50.0, "A2": 20.0}
    assert [row.initiative_id for row in sector.initiatives] == ["I2"]
    assert [row.weight for row in sector.initiative_skills] == [3.0]
    assert all(not course.compulsory_for for course in sector.courses)
    assert all(session.course_id != "C0" for session in sector.sessions)
    assert {person.unit_id for person in sector.staff} == {row.unit_id for row in made.staff} - {"A2"}


def test_a_family_counts_more(office: Office) -> None:
    made = random_sector(2)
    made = replace(made, roles=tuple(replace(role, job_family="Water") for role in made.roles))
    fill(office, made)
    heavier = of(office, replace(SAME, families={"Water": 2.0})).sector
    assert sorted(role.weight for role in heavier.roles) == sorted(2 * role.weight for role in made.roles)


def test_what_was_accepted_stays_unless_it_is_not_to_be_kept(office: Office) -> None:
    made = random_sector(1)
    session = made.sessions[0]
    yes, no = FixedStatus.ACCEPTED, FixedStatus.DECLINED
    fill(office, with_answers(made, ("P001", session.session_id, yes), ("P002", session.session_id, no)))
    left_out = replace(SAME, without_courses=(session.course_id,))
    assert [row.status for row in of(office, left_out).sector.fixed] == [FixedStatus.ACCEPTED, FixedStatus.DECLINED]
    assert [row.status for row in of(office, replace(SAME, keep=False)).sector.fixed] == [FixedStatus.DECLINED]


def test_sessions_that_have_begun_are_not_planned(office: Office) -> None:
    made = random_sector(1)
    first = replace(made.sessions[0], starts_on=DAY - timedelta(days=1))
    second = replace(made.sessions[1], starts_on=DAY)
    fill(office, replace(made, sessions=(first, second, *made.sessions[2:])))
    codes = {row.session_id for row in of(office).sector.sessions}
    assert first.session_id not in codes
    assert second.session_id in codes


def test_fewer_periods_plan_less_far(office: Office) -> None:
    fill(office, random_sector(1))
    sector = of(office, Asked(periods=1)).sector
    assert {session.period for session in sector.sessions} == {1}
    assert sector.settings.periods == 1
    assert of(office, Asked()).sector.settings.periods == max(s.period for s in random_sector(1).sessions)


def test_without_people_or_sessions_it_says_what_is_missing(office: Office, other: Office) -> None:
    with pytest.raises(Invalid, match="nobody to plan for"):
        of(office)
    fill(office, random_sector(1))
    with pytest.raises(Invalid, match="No session"):
        of(office, replace(SAME, without_courses=tuple(f"C{n}" for n in range(9))))
    with pytest.raises(Invalid, match="nobody to plan for"):
        of(other)


def test_settings_survive_being_kept() -> None:
    asked = Asked(money=0.8, budgets={"": 5.0}, without_units=("A",), without_courses=("B", "C"))
    assert read(kept(asked)) == asked
    assert read({"money": 2.0, "of_a_later_version": 1}) == Asked(money=2.0)
    assert different(asked, replace(asked, money=1.0)) == {"money": (0.8, 1.0)}
    assert np.isclose(read({}).money, 1.0)
