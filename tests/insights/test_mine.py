"""Mine: what waits, one's courses and one's skills, and nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from tests.academy.catalogue import Catalogue
from tests.academy.enrolling import enrolled, propose
from tests.academy.test_objections import objecting
from tests.core.offices import DAY, Office, signed_in
from tests.insights.looking import changed, made, page
from tests.skills.rooms import Room
from vested.academy.models import Completion, Enrolment, Session, Wish
from vested.core.models import Job
from vested.core.scope import System, acting
from vested.skills.models import Level, Post

Status = Enrolment.Status
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def clerk(office: Office, room: Room) -> Office:
    """The clerk is employed as one, surely good enough in data and perhaps in law."""
    person = office.people["clerk"]
    made(Post, office, person=person, role=room.clerk, since=DAY)
    made(Level, office, person=person, skill=room.data, level=5, error=0.1, source="test", assessed_on=DAY)
    made(Level, office, person=person, skill=room.law, level=2.5, error=0.5)
    return office


def test_skills_stand_beside_what_the_role_asks_with_how_sure_they_are(clerk: Office, other: Office) -> None:
    html = page(clerk, "clerk")
    assert "You surely meet 1 of the 2 skills your role asks for" in html
    assert "2.5 (1.7 to 3.3)" in html
    assert "your role asks 3" in html
    assert "Working with data" not in html
    for office, who in ((clerk, "manager"), (other, "clerk")):
        assert "2.5 (1.7 to 3.3)" not in page(office, who, "/mine/")
        assert "No role is recorded" in page(office, who, "/mine/")


def test_a_level_nobody_knows_or_nobody_is_sure_of_is_said_to_be_so(clerk: Office, room: Room) -> None:
    with acting(System("a test")):
        Level.objects.filter(person=clerk.people["clerk"], skill=room.law).update(error=None)
        Level.objects.filter(person=clerk.people["clerk"], skill=room.data).delete()
    html = page(clerk, "clerk")
    assert "2.5, how sure is not known" in html
    assert "not known, so it counts as 0" in html
    with acting(System("a test")):
        room.clerk.requirements.all().delete()
    assert "The role asks for no skill yet" in page(clerk, "clerk")


def test_courses_are_there_by_date_with_what_is_compulsory_and_what_one_asks_for(
    clerk: Office, catalogue: Catalogue
) -> None:
    html = page(clerk, "clerk")
    assert "No course is proposed to you" in html
    assert "You ask for no course" in html
    assert "Safety" in html
    assert "Data in law" in html
    person = clerk.people["clerk"]
    made(Completion, clerk, person=person, course=catalogue.safety)
    made(Wish, clerk, person=person, course=catalogue.second)
    soon = localdate() + timedelta(days=9)
    changed(catalogue.spring, starts_on=soon)
    enrolled(clerk, catalogue.spring, "clerk", Status.ACCEPTED)
    objecting(clerk, course=catalogue.first)
    objecting(clerk)
    html = page(clerk, "clerk")
    assert "Your next course: Données ouvertes" in html
    assert "Safety" not in html
    assert "a wish" in html
    assert "an objection: Waits for an answer" in html
    assert "Données ouvertes" not in page(clerk, "neighbour", "/mine/")


def test_what_is_compulsory_and_planned_is_named_once(clerk: Office, catalogue: Catalogue) -> None:
    assert "Compulsory, and not planned yet" in page(clerk, "clerk")
    session = made(Session, clerk, code="S-9", course=catalogue.second, period=2)
    enrolled(clerk, session, "clerk", Status.PROPOSED)
    made(Completion, clerk, person=clerk.people["clerk"], course=catalogue.safety)
    html = page(clerk, "clerk")
    assert html.count("Data in law") == 1
    assert "Compulsory, and not planned yet" not in html


def test_what_waits_leads_the_page_and_the_first_page(clerk: Office, catalogue: Catalogue) -> None:
    assert "<h1>Nothing needs you now.</h1>" in page(clerk, "clerk")
    [found] = propose(clerk, catalogue.spring, "clerk")
    changed(found, answer_by=localdate() - timedelta(days=2))
    for address in ("/", "/mine/"):
        html = page(clerk, "clerk", address)
        assert "<h1>2 things need you. 1 is late.</h1>" in html
        assert "1 course waits for your answer" in html
        assert "2 days</b>late since" in html
    changed(found, answer_by=localdate())
    assert "<b>today</b>until" in page(clerk, "clerk")
    changed(found, answer_by=localdate() + timedelta(days=40))
    assert "<b>40 days</b>until" in page(clerk, "clerk")


def test_a_manager_sees_the_late_answers_of_the_team_and_nobody_else_s(office: Office, catalogue: Catalogue) -> None:
    assert "No answer of your team is late" in page(office, "manager")
    for found in propose(office, catalogue.spring, "clerk", "neighbour"):
        changed(found, answer_by=localdate() - timedelta(days=3))
    html = page(office, "manager")
    assert "clerk of ours" in html
    assert "3 days</span>" in html
    assert "neighbour of ours" not in html
    for who in ("clerk", "cdo"):
        assert "Late answers of my team" not in page(office, who, "/mine/")


def test_one_s_jobs_are_there(office: Office) -> None:
    words = {"kind": "a.kind", "language": "en", "created_at": NOON, "beat_at": NOON}
    made(Job, office, title="Mine to do", by=office.people["clerk"], **words)
    assert "Mine to do" in page(office, "clerk")
    assert "Mine to do" not in page(office, "manager", "/mine/")
    assert "You have started no long work" in page(office, "manager", "/mine/")


def test_the_station_leads_there(office: Office) -> None:
    assert '<a class="v-loop__mine" href="/mine/"' in page(office, "clerk")


def test_programs_read_the_same(clerk: Office, other: Office, catalogue: Catalogue, room: Room) -> None:
    [found] = propose(clerk, catalogue.spring, "clerk")
    said = signed_in(clerk, "clerk").get("/api/v1/mine").json()
    assert [one["matter"] for one in said["waits"]] == ["own", "unread"]
    assert [(one["enrolment"], one["status"]) for one in said["courses"]] == [(found.pk, "proposed")]
    assert [(one["skill"], one["level"], one["asked"]) for one in said["gaps"]] == [(room.law.pk, 2.5, 3.0)]
    assert said["compulsory"] == [catalogue.second.pk, catalogue.safety.pk]
    assert said["team_late"] is None
    assert signed_in(clerk, "manager").get("/api/v1/mine").json()["team_late"] == [found.pk]
    assert signed_in(other, "clerk").get("/api/v1/mine").json()["waits"] == []


@pytest.mark.parametrize("who", ["clerk", "manager", "cdo"])
def test_more_of_one_s_own_asks_no_more_questions(
    clerk: Office, catalogue: Catalogue, who: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    propose(clerk, catalogue.spring, "clerk", "manager", "cdo")
    client = signed_in(clerk, who)
    with django_assert_max_num_queries(33):
        assert client.get("/mine/").status_code == 200
