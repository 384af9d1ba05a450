"""The pages of enrolments, as the owner, a manager, an officer, a colleague and a stranger see them."""

from typing import Any

import pytest
from icalendar import Calendar

from tests.academy.catalogue import Catalogue
from tests.academy.enrolling import LATER, NOON, enrolled, enrolment, officer, propose
from tests.core.offices import Office, signed_in
from tests.skills.pages import page
from vested.academy.actions import ask_for, raise_objection
from vested.academy.models import Completion, Enrolment, Objection, Session, Wish
from vested.core.models import Membership, Person
from vested.core.scope import System, acting

Status = Enrolment.Status


def seats(session: Session, count: int | None) -> None:
    with acting(System("a test")):
        Session.objects.filter(pk=session.pk).update(seats=count)


def test_my_courses_ask_and_are_answered_there(office: Office, catalogue: Catalogue) -> None:
    [found] = propose(office, catalogue.spring, "clerk")
    html = page(office, "clerk", "/my-courses/")
    assert "1 course waits for your answer" in html
    assert "Proposed by the plan “Plan A”" in html
    assert "No course waits for your answer" in page(office, "neighbour", "/my-courses/")
    clerk = signed_in(office, "clerk")
    answer = clerk.post(f"/enrolments/{found.pk}/accept/", {"version": found.version})
    assert answer["location"] == f"/enrolments/{found.pk}/"
    html = page(office, "clerk", "/my-courses/")
    assert "No course waits" in html
    assert f'<a href="/enrolments/{found.pk}/">Données ouvertes</a><span>13 April 2026</span>' in html


def test_a_no_without_a_reason_is_asked_again(office: Office, catalogue: Catalogue) -> None:
    [found] = propose(office, catalogue.spring, "clerk")
    clerk, url = signed_in(office, "clerk"), f"/enrolments/{found.pk}/decline/"
    answer = clerk.post(url, {"version": found.version, "reason": " "})
    assert answer.status_code == 422
    assert "Say why, in a sentence" in answer.content.decode()
    assert clerk.post(url, {"version": 7, "reason": "Leave"}).status_code == 409
    clerk.post(url, {"version": found.version, "reason": "Leave"})
    assert "Declined" in page(office, "clerk", f"/enrolments/{found.pk}/")
    assert "<p>Leave</p>" in page(office, "manager", f"/enrolments/{found.pk}/")
    answer = clerk.post(f"/enrolments/{found.pk}/accept/", {"version": found.version + 1})
    assert "cannot be done" in answer.content.decode()


def test_everything_one_is_in_is_on_one_s_page(office: Office, catalogue: Catalogue) -> None:
    with acting(System("a test")):
        second, safety = Session.objects.get(code="S-2"), Session.objects.get(code="S-3")
        Completion.objects.create(sector=office.sector, person=office.people["clerk"], course=catalogue.safety)
    enrolled(office, second, "clerk", Status.ACCEPTED)
    enrolled(office, safety, "clerk", Status.WAITING)
    enrolled(office, catalogue.spring, "clerk", Status.ATTENDED)
    clerk = office.viewer("clerk")
    with acting(clerk):
        wish = ask_for(by=clerk, course=catalogue.second)
        raise_objection(by=clerk, person=office.people["clerk"], words="No", at=NOON)
    html = page(office, "clerk", "/my-courses/")
    for words in (
        "Period 1", "not known yet", "You wait for a seat", "What you ask for", "What you object to", "The plan</a>",
        "Attended</span>", "Completed",
    ):  # fmt: skip
        assert words in html, words
    browser = signed_in(office, "clerk")
    assert browser.post(f"/wishes/{wish.pk}/take-back/")["location"] == "/my-courses/"
    assert signed_in(office, "cdo").post(f"/wishes/{wish.pk}/take-back/").status_code == 404
    with acting(System("a test")):
        assert not Wish.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("clerk", 200), ("manager", 200), ("cdo", 200), ("neighbour", 404)])
def test_an_enrolment_is_there_for_who_sees_the_person(
    office: Office, other: Office, catalogue: Catalogue, who: str, status: int
) -> None:
    [found] = propose(office, catalogue.spring, "clerk")
    url = f"/enrolments/{found.pk}/"
    html = page(office, who, url, status)
    assert ("Accept on their behalf" in html) == (who == "cdo")
    assert (">Accept</button>" in html) == (who == "clerk")
    assert page(other, "cdo", url, 404)


LEADS = {
    Status.PROPOSED: ("Answer by 20 March 2026", "who answers by 20 March 2026"),
    Status.WAITING: ("number 1 in line", "number 1 in line"),
    Status.ACCEPTED: ("clerk of ours: accepted.", "clerk of ours: accepted."),
}


@pytest.mark.parametrize("state", LEADS)
def test_an_enrolment_says_how_it_stands(
    office: Office, catalogue: Catalogue, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose(office, catalogue.spring, "clerk")
    found = enrolled(office, catalogue.spring, "clerk", state)
    monkeypatch.setattr("vested.academy.views.enrolments.localdate", lambda *_given: NOON.date())
    own, other = (page(office, who, f"/enrolments/{found.pk}/") for who in ("clerk", "manager"))
    assert LEADS[Status(state)][0] in own
    assert LEADS[Status(state)][1] in other
    monkeypatch.setattr("vested.academy.views.enrolments.localdate", lambda *_given: NOON.date().replace(month=4))
    assert ("was due on" in page(office, "clerk", f"/enrolments/{found.pk}/")) == (state == Status.PROPOSED)
    assert "Proposed by the plan “Plan A”" in own
    with acting(System("a test")):
        Enrolment.objects.update(answer_by=None)
    if state == Status.PROPOSED:
        for who in ("clerk", "manager"):
            assert "who has not answered yet" in page(office, who, f"/enrolments/{found.pk}/")


def test_who_answered_for_somebody_is_named(office: Office, catalogue: Catalogue) -> None:
    [found] = propose(office, catalogue.spring, "clerk")
    cdo = signed_in(office, "cdo")
    cdo.post(f"/enrolments/{found.pk}/accept/", {"version": 1})
    assert "<dt>Answered for you by</dt><dd>cdo of ours</dd>" in page(office, "clerk", f"/enrolments/{found.pk}/")
    assert "<dt>Answered on their behalf by</dt>" in page(office, "manager", f"/enrolments/{found.pk}/")
    cdo.post(f"/enrolments/{found.pk}/withdraw/", {"version": 2, "reason": "Moved"})
    html = page(office, "clerk", f"/enrolments/{found.pk}/")
    assert html.index("Withdrawn on the person") < html.index("Accepted on the person") < html.rindex("Proposed by")


def test_a_session_shows_people_only_to_who_may_see_them(office: Office, other: Office, catalogue: Catalogue) -> None:
    propose(office, catalogue.spring, "clerk", "neighbour")
    url = f"/sessions/{catalogue.spring.pk}/"
    html = page(office, "cdo", url)
    assert "10 seats are free" in html
    assert "clerk of ours" in html
    assert "neighbour of ours" in html
    html = page(office, "manager", url)
    assert "1 person more, of a unit whose people" in html
    assert "neighbour of ours" not in html
    html = page(office, "neighbour", url)
    assert "Who comes" not in html
    assert "Your place in it" in html
    assert "there is room for everybody" in page(office, "clerk", url.replace(str(catalogue.spring.pk), _other(office)))
    page(other, "cdo", url, 404)


def _other(office: Office) -> str:
    with acting(office.viewer("cdo")):
        return str(Session.objects.get(code="S-2").pk)


def test_a_seat_is_asked_for_and_offered_to_the_first_in_line(office: Office, catalogue: Catalogue) -> None:
    seats(catalogue.spring, 1)
    propose(office, catalogue.spring, "manager")
    assert "/wait/" not in page(office, "clerk", f"/sessions/{catalogue.spring.pk}/")  # it has begun
    with acting(System("a test")):
        Session.objects.update(starts_on="2099-02-01")
    url = f"/sessions/{catalogue.spring.pk}/"
    for who in ("neighbour", "clerk"):
        assert f"{url}wait/" in page(office, who, url)
        assert signed_in(office, who).post(f"{url}wait/")["location"] == url
    assert signed_in(office, "clerk").post(f"{url}wait/").status_code == 422
    html = page(office, "cdo", url)
    assert "First in line" not in html
    seats(catalogue.spring, 2)
    html = page(office, "cdo", url)
    assert html.index("1. neighbour of ours") < html.index("First in line, so next.") < html.index("2. clerk of ours")
    assert "2. clerk of ours" in page(office, "manager", url)
    waits = enrolment(office.people["neighbour"], catalogue.spring)
    cdo, offer = signed_in(office, "cdo"), f"/enrolments/{waits.pk}/offer/"
    assert cdo.get(offer).status_code == 200
    assert "after today" in cdo.post(offer, {"version": 1, "answer_by": "2020-01-01"}).content.decode()
    assert cdo.post(offer, {"version": 1, "answer_by": "2099-01-01"})["location"] == url
    assert "A seat was offered to you by a person." in page(office, "neighbour", "/my-courses/")
    assert signed_in(office, "manager").get(offer).status_code == 404  # of the south
    leave = f"/enrolments/{enrolment(office.people['clerk'], catalogue.spring).pk}/leave/"
    assert signed_in(office, "clerk").post(leave, {"version": 1}).status_code == 302
    assert "Withdrawn" in page(office, "clerk", leave.replace("leave/", ""))


def test_attendance_is_recorded_on_one_form(office: Office, catalogue: Catalogue) -> None:
    rows = {who: enrolled(office, catalogue.spring, who, Status.ACCEPTED) for who in ("clerk", "manager", "neighbour")}
    url, cdo = f"/sessions/{catalogue.spring.pk}/attendance/", signed_in(office, "cdo")
    for who in ("clerk", "manager", "auditor"):
        page(office, who, url, 403)
    html = page(office, "cdo", url)
    assert html.count('value="accepted" checked') == 3
    was = {f"was-{one.pk}": "accepted" for one in rows.values()}
    assert cdo.post(url, was).status_code == 422
    marks = {**was, f"mark-{rows['clerk'].pk}": "absent", "all": "1"}
    assert cdo.post(url, marks)["location"] == f"/sessions/{catalogue.spring.pk}/"
    assert "2 people attended, 1 absent." in cdo.get(f"/sessions/{catalogue.spring.pk}/").content.decode()
    assert enrolment(office.people["clerk"], catalogue.spring).status == Status.ABSENT
    assert "Attendance recorded: 2 attended, 1 absent" in page(office, "clerk", f"/enrolments/{rows['clerk'].pk}/")
    assert cdo.post(url, {**was, f"mark-{rows['clerk'].pk}": "attended"}).status_code == 409
    officer(office, "auditor")
    html = page(office, "auditor", url)
    assert "clerk of ours" in html
    assert "neighbour of ours" not in html
    assert "Nobody has accepted yet" in page(office, "cdo", url.replace(str(catalogue.spring.pk), _other(office)))


def test_a_team_s_late_answers_come_first(office: Office, other: Office, catalogue: Catalogue) -> None:
    with acting(System("a test")):
        second = Session.objects.get(code="S-2")
    *_north, elsewhere = propose(office, catalogue.spring, "clerk", "manager", "neighbour")
    with acting(System("a test")):
        Enrolment.objects.filter(pk=elsewhere.pk).update(source="Plan of the south")
    accepted = enrolled(office, second, "clerk", Status.ACCEPTED)
    html = page(office, "manager", "/team/")  # the day has passed long ago
    assert 'value="Plan A"' in html
    assert "Plan of the south" not in html
    assert "1 answer of your team is late" in html
    assert html.index("Proposed, late") < html.index("Accepted</td>")
    assert "neighbour of ours" not in html
    assert html.count("manager of ours</a>") == 0  # one's own are on one's own page
    assert "They answer themselves" in html
    assert f'href="/enrolments/{accepted.pk}/"' in html
    assert "1 enrolment" in page(office, "manager", "/team/?late=yes")
    assert "1 enrolment" in page(office, "manager", "/team/?status=accepted")
    page(office, "clerk", "/team/", 403)
    assert "answer on somebody" in page(office, "cdo", "/team/")
    assert "No answer of your team is late" in page(other, "manager", "/team/")
    assert 'href="/team/"' in page(office, "manager", "/")
    assert 'href="/team/"' not in page(office, "cdo", "/")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 4), ("name=clerk", 2), ("below={north}", 3), ("course=donnees", 4), ("course=law", 0), ("session=s-1", 3),
        ("status=accepted", 1), ("source=Plan+A", 3), ("late=yes", 3), ("late=no", 1),
    ],
)  # fmt: skip
def test_all_enrolments_are_filtered_and_taken_away(
    office: Office, catalogue: Catalogue, query: str, count: int
) -> None:
    with acting(System("a test")):
        second = Session.objects.get(code="S-2")
    propose(office, catalogue.spring, "clerk", "manager", "neighbour")
    enrolled(office, second, "clerk", Status.ACCEPTED)
    url = f"/enrolments/?{query.format(north=office.north.pk)}"
    assert f"{count} enrolment" in page(office, "cdo", url)
    if count:
        answer: Any = signed_in(office, "cdo").post(url, {"format": "csv"})
        assert len(b"".join(answer.streaming_content).splitlines()) == count + 1


def test_the_whole_list_is_for_who_plans_training(office: Office, other: Office, catalogue: Catalogue) -> None:
    propose(office, catalogue.spring, "clerk", "neighbour")
    for who in ("manager", "clerk", "auditor"):
        page(office, who, "/enrolments/", 403)
        assert 'href="/enrolments/"' not in page(office, who, "/")
    officer(office, "auditor")
    assert "1 enrolment<" in page(office, "auditor", "/enrolments/")
    assert "Nothing is here yet" in page(other, "cdo", "/enrolments/")
    assert 'href="/enrolments/"' in page(office, "cdo", "/")


def test_an_objection_is_raised_read_and_answered(office: Office, other: Office, catalogue: Catalogue) -> None:
    [found] = propose(office, catalogue.spring, "clerk")
    clerk, cdo = signed_in(office, "clerk"), signed_in(office, "cdo")
    assert clerk.post(f"/enrolments/{found.pk}/object/", {"words": ""}).status_code == 422
    clerk.post(f"/enrolments/{found.pk}/object/", {"words": "I teach it"})
    with acting(System("a test")):
        pk = Objection.objects.get().pk
    url = f"/objections/{pk}/"
    assert "You object; a person answers" in page(office, "clerk", "/my-courses/")
    assert f"/enrolments/{found.pk}/object/" not in page(office, "clerk", f"/enrolments/{found.pk}/")
    assert "I teach it" in page(office, "clerk", url)
    assert "What do you decide?" not in page(office, "clerk", url)
    for who in ("manager", "neighbour"):
        page(office, who, url, 404)
        assert "I teach it" not in page(office, who, "/objections/")
    assert "I teach it" not in page(office, "manager", f"/enrolments/{found.pk}/")
    page(other, "cdo", url, 404)
    assert signed_in(office, "clerk").post(f"{url}answer/", {}).status_code == 403
    assert "1 objection waits for an answer" in page(office, "cdo", "/objections/")
    html = cdo.post(f"{url}answer/", {"version": 1, "verdict": "upheld", "words": " "}).content.decode()
    assert "Say why, so that" in html
    assert "I teach it" in html
    cdo.post(f"{url}answer/", {"version": 1, "verdict": "upheld", "words": "So you do", "withdraw": "on"})
    html = page(office, "clerk", url)
    assert "Upheld by cdo of ours." in html
    assert "So you do" in html
    assert enrolment(office.people["clerk"], catalogue.spring).status == Status.WITHDRAWN
    assert cdo.post(f"{url}answer/", {"version": 2, "verdict": "upheld", "words": "x"}).status_code == 422
    assert "No objection waits" in page(office, "cdo", "/objections/?state=upheld&name=clerk")
    assert "1 objection<" in page(office, "cdo", f"/objections/?below={office.north.pk}")


@pytest.mark.parametrize("verdict", ["dismissed", "withdrawn"])
def test_an_objection_about_a_course_ends(office: Office, catalogue: Catalogue, verdict: str) -> None:
    clerk = signed_in(office, "clerk")
    answer = clerk.post(f"/courses/{catalogue.second.pk}/object/", {"words": "Why not me?"})
    assert answer["location"] == f"/courses/{catalogue.second.pk}/"
    with acting(System("a test")):
        pk = Objection.objects.get().pk
    assert "Withdraw what was proposed" not in page(office, "cdo", f"/objections/{pk}/")
    if verdict == "dismissed":
        data = {"version": 1, "verdict": verdict, "words": "Next year"}
        signed_in(office, "cdo").post(f"/objections/{pk}/answer/", data)
        assert "Dismissed by cdo of ours." in page(office, "clerk", f"/objections/{pk}/")
    else:
        assert signed_in(office, "cdo").post(f"/objections/{pk}/withdraw/", {"version": 1}).status_code == 404
        clerk.post(f"/objections/{pk}/withdraw/", {"version": 1})
        assert "nobody answers it" in page(office, "clerk", f"/objections/{pk}/")


def test_a_course_says_how_one_stands_to_it(office: Office, catalogue: Catalogue) -> None:
    url = f"/courses/{catalogue.first.pk}/"
    assert "It is not proposed to you." in page(office, "clerk", url)
    clerk = signed_in(office, "clerk")
    assert clerk.post(f"{url}ask/")["location"] == url
    assert "You ask for it; the next plan weighs that." in page(office, "clerk", url)
    clerk.post(f"{url}ask/")
    assert "You ask for Données ouvertes already." in clerk.get(url).content.decode()
    assert f"{url}wait/" not in page(office, "clerk", url)
    with acting(System("a test")):
        Session.objects.update(seats=0)
        Session.objects.filter(pk=catalogue.spring.pk).update(starts_on="2099-01-01")
    assert f"{url}wait/" in page(office, "clerk", url)
    assert clerk.post(f"{url}wait/")["location"] == url
    html = page(office, "clerk", url)
    assert html.count("On the waiting list</span>") == 2
    assert f"{url}wait/" not in html
    with acting(System("a test")):
        Completion.objects.create(sector=office.sector, person=office.people["clerk"], course=catalogue.first)
    assert "You have completed it." in page(office, "clerk", url)
    with acting(System("a test")):
        Completion.objects.update(completed_on="2026-01-02")
    assert "You completed it on 2 January 2026." in page(office, "clerk", url)


def test_one_s_calendar_has_what_is_on_and_what_is_off(office: Office, other: Office, catalogue: Catalogue) -> None:
    with acting(System("a test")):
        second, safety = Session.objects.get(code="S-2"), Session.objects.get(code="S-3")
        Session.objects.filter(pk=safety.pk).update(starts_on="2026-05-04")
    [asked] = propose(office, catalogue.spring, "clerk")
    off = enrolled(office, safety, "clerk", Status.WITHDRAWN)
    enrolled(office, second, "clerk", Status.ACCEPTED)  # without a day
    answer = signed_in(office, "clerk").get("/my-courses/calendar/")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = {str(one["UID"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert set(events) == {f"enrolment-{asked.pk}@ours.vested", f"enrolment-{off.pk}@ours.vested"}
    assert [str(one["STATUS"]) for one in events.values()] == ["TENTATIVE", "CANCELLED"]
    assert str(events[f"enrolment-{asked.pk}@ours.vested"]["SUMMARY"]) == "Proposed: Données ouvertes"
    assert not Calendar.from_ical(signed_in(other, "clerk").get("/my-courses/calendar/").content).walk("VEVENT")
    url = f"/sessions/{catalogue.spring.pk}/calendar/"
    [event] = Calendar.from_ical(signed_in(office, "neighbour").get(url).content).walk("VEVENT")
    assert event.decoded("DTSTART").isoformat() == "2026-04-13"
    page(office, "clerk", f"/sessions/{second.pk}/calendar/", 404)
    page(other, "cdo", url, 404)


def test_the_pages_ask_few_questions(office: Office, catalogue: Catalogue, django_assert_max_num_queries: Any) -> None:
    sector = office.sector
    with acting(System("a test")):
        for number in range(60):
            person = Person.objects.create(sector=sector, code=f"X{number}")
            Membership.objects.create(sector=sector, person=person, unit=office.north, since=LATER.date())
            for session, state in ((catalogue.spring, Status.ACCEPTED), (_session(office), Status.WAITING)):
                Enrolment.objects.create(
                    sector=sector, person=person, session=session, status=state, waiting_since=NOON
                )
            mine = Session.objects.create(sector=sector, code=f"M{number}", course=catalogue.first, period=1)
            Enrolment.objects.create(
                sector=sector, person=office.people["cdo"], session=mine, status=Status.PROPOSED, source="A"
            )
            Objection.objects.create(
                sector=sector, person=person, course=catalogue.first, words="x", raised_at=NOON, answer_by=NOON.date()
            )
    browser = signed_in(office, "cdo")
    for url in (
        "/my-courses/", "/my-courses/calendar/", "/team/", "/enrolments/", "/objections/",
        f"/sessions/{catalogue.spring.pk}/", f"/sessions/{_session(office).pk}/",
        f"/sessions/{catalogue.spring.pk}/attendance/",
    ):  # fmt: skip
        with django_assert_max_num_queries(18):
            assert browser.get(url).status_code == 200


def _session(office: Office) -> Session:
    with acting(System("a test")):
        return Session.objects.get(code="S-2", sector=office.sector)
