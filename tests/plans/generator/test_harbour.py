"""The example in the repository checks clean and holds what its README points at."""

from pathlib import Path

import pytest

from vested.formats.sector_folder import FixedStatus, Person, Sector, UnitKind, check

HARBOUR = Path(__file__).parents[3] / "examples" / "harbour"


@pytest.fixture(scope="module")
def harbour() -> Sector:
    report = check(HARBOUR)
    assert [str(problem) for problem in report.problems + report.warnings] == []
    assert report.sector is not None
    return report.sector


def test_its_size(harbour: Sector) -> None:
    assert len(harbour.staff) == 60
    assert len(harbour.roles) == 12
    assert len(harbour.skills) == 18
    assert len(harbour.courses) == 28
    assert len(harbour.initiatives) == 5
    assert sum(row.kind is UnitKind.AGENCY for row in harbour.units) == 3
    assert (harbour.settings.periods, harbour.settings.fairness) == (4, 0.3)


def test_personal_data_has_fewer_seats_than_people_who_need_it(harbour: Sector) -> None:
    assert seats(harbour, "personal-data") == 14
    assert len(needing(harbour, "personal-data")) > 14


def test_clearing_goods_has_a_seat_for_everyone_who_can_follow_it(harbour: Sector) -> None:
    need = needing(harbour, "casework-without-paper")
    assert seats(harbour, "casework-without-paper") == len(need)
    assert [row.name for row in need if "en" not in row.languages] == ["Yara Harbourlight"]


def test_yara_harbourlight_learns_in_french_only(harbour: Sector) -> None:
    yara = next(row for row in harbour.staff if row.name == "Yara Harbourlight")
    assert (yara.languages, yara.role_id) == (("fr",), "customs-officer")


def test_the_chain_of_data_courses(harbour: Sector) -> None:
    before = {row.course_id: row.prerequisite_id for row in harbour.courses}
    assert before["data-steward-certificate"] == "looking-after-data-2"
    assert before["looking-after-data-2"] == "looking-after-data-1"
    noor = next(row.person_id for row in harbour.staff if row.name == "Noor Starboard")
    assert ("looking-after-data-1", noor) in {(row.course_id, row.person_id) for row in harbour.completions}
    accepted = {(row.person_id, row.session_id) for row in harbour.fixed if row.status is FixedStatus.ACCEPTED}
    assert (noor, "looking-after-data-2-q2") in accepted


def test_only_a_course_in_german_leads_to_forecasting_at_5(harbour: Sector) -> None:
    leads = [row.course_id for row in harbour.course_outcomes if row.skill_id == "forecasting" and row.to_level >= 5]
    assert leads == ["estuary-traffic"]
    assert next(row.language for row in harbour.courses if row.course_id == "estuary-traffic") == "de"
    assert sum("de" in row.languages for row in harbour.staff) == 2


def test_answers_wishes_and_budgets(harbour: Sector) -> None:
    assert [row.status for row in harbour.fixed].count(FixedStatus.ACCEPTED) == 3
    assert [row.status for row in harbour.fixed].count(FixedStatus.DECLINED) == 3
    assert len(harbour.wishes) == 9
    assert {row.unit_id: row.amount for row in harbour.budgets} == {None: 24_000, "harbour": 8_000, "pilots": 1_000}


def test_every_course_is_held_and_every_requirement_is_taught(harbour: Sector) -> None:
    assert {row.course_id for row in harbour.sessions} == {row.course_id for row in harbour.courses}
    taught = {row.skill_id for row in harbour.course_outcomes}
    assert {row.skill_id for row in harbour.role_requirements} <= taught


def seats(sector: Sector, course_id: str) -> int:
    return sum(row.seats or 0 for row in sector.sessions if row.course_id == course_id)


def needing(sector: Sector, course_id: str) -> list[Person]:
    """People for whose role the course is compulsory and who have not completed it."""
    roles = next(row.compulsory_for for row in sector.courses if row.course_id == course_id)
    done = {row.person_id for row in sector.completions if row.course_id == course_id}
    return [row for row in sector.staff if row.role_id in roles and row.person_id not in done]
