"""Answers: one's own or on somebody's behalf, only where a state allows them; and waiting for a seat."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import OperationalError, connection

from tests.academy.catalogue import Catalogue
from tests.academy.enrolling import LATER, NOON, enrolled, enrolment, officer, propose, told
from tests.core.offices import Office, signed_in
from vested.academy.actions import accept, ask_to_wait, decline, leave_waiting, withdraw
from vested.academy.models import Course, Enrolment, Session
from vested.core.errors import Conflict, Invalid, NotAllowed
from vested.core.models import Event, Membership, Notification
from vested.core.scope import System, acting

Status = Enrolment.Status
Do = Callable[..., Enrolment]
REASON = {decline: {"reason": "On leave"}, withdraw: {"reason": "On leave"}}
TIMED = {accept, decline, withdraw}


def doing(office: Office, act: Do, found: Enrolment, by: str = "clerk", **given: Any) -> Enrolment:
    viewer = office.viewer(by)
    more = {**REASON.get(act, {}), **({"at": LATER} if act in TIMED else {}), "version": found.version, **given}
    with acting(viewer):
        return act(by=viewer, enrolment=found, **more)


def kinds(office: Office, found: Enrolment) -> list[str]:
    with acting(office.viewer("cdo")):
        return [event.kind for event in Event.objects.all().about(found)]


@pytest.mark.parametrize(
    ("act", "before", "kind"),
    [
        (accept, Status.PROPOSED, "accepted"),
        (decline, Status.PROPOSED, "declined"),
        (withdraw, Status.ACCEPTED, "withdrawn"),
        (leave_waiting, Status.WAITING, "left"),
    ],
)
def test_an_answer_of_one_s_own_and_one_on_somebody_s_behalf(
    office: Office, catalogue: Catalogue, act: Do, before: str, kind: str
) -> None:
    answered, after = act is not leave_waiting, Status.WITHDRAWN if kind == "left" else Status(kind)
    found = doing(office, act, enrolled(office, catalogue.spring, "clerk", before))
    row = enrolment(office.people["clerk"], catalogue.spring)
    assert (found.status, row.status, row.version) == (after, after, 2)
    assert row.answered_at == (LATER if answered else None)
    assert row.answered_by == (office.people["clerk"] if answered else None)
    assert row.reason == REASON.get(act, {}).get("reason", "")
    assert kinds(office, row) == [f"enrolment.{kind}"]
    assert told(office, "clerk") == []
    officer(office, "auditor")
    with acting(System("a test")):
        Enrolment.objects.update(answered_by=None)
    found = doing(office, act, enrolled(office, catalogue.spring, "clerk", before), by="auditor")
    row = enrolment(office.people["clerk"], catalogue.spring)
    assert row.answered_by == (office.people["auditor"] if answered else None)
    assert kinds(office, row) == [f"enrolment.{kind}_for", f"enrolment.{kind}"]
    assert told(office, "clerk") == (["auditor of ours answered for you: Données ouvertes"] if answered else [])
    assert found.status == after


@pytest.mark.parametrize("act", [accept, decline, withdraw, leave_waiting])
def test_nobody_else_answers(office: Office, other: Office, catalogue: Catalogue, act: Do) -> None:
    state = {withdraw: Status.ACCEPTED, leave_waiting: Status.WAITING}.get(act, Status.PROPOSED)
    found = enrolled(office, catalogue.spring, "neighbour", state)
    officer(office, "clerk")  # of the north, and the neighbour works in the south
    for who in ("manager", "auditor", "clerk"):
        with pytest.raises(NotAllowed):
            doing(office, act, found, by=who)
    with pytest.raises(NotAllowed):
        doing(other, act, found, by="neighbour")
    row = enrolment(office.people["neighbour"], catalogue.spring)
    assert (row.status, row.version) == (state, found.version)
    assert kinds(office, found) == []


@pytest.mark.parametrize("act", [accept, decline, withdraw, leave_waiting])
@pytest.mark.parametrize("state", Status)
def test_what_a_state_does_not_allow_changes_nothing(office: Office, catalogue: Catalogue, act: Do, state: str) -> None:
    right = {withdraw: Status.ACCEPTED, leave_waiting: Status.WAITING}.get(act, Status.PROPOSED)
    found = enrolled(office, catalogue.spring, "clerk", state)
    if state == right:
        doing(office, act, found)
        return
    with pytest.raises(Invalid, match="cannot be done"):
        doing(office, act, found)
    row = enrolment(office.people["clerk"], catalogue.spring)
    assert (row.status, row.version, row.answered_at) == (state, found.version, None)
    assert kinds(office, found) == []


def test_who_is_late_by_a_version_is_told(office: Office, catalogue: Catalogue) -> None:
    found = enrolled(office, catalogue.spring, "clerk", Status.PROPOSED)
    doing(office, accept, found)
    with pytest.raises(Conflict):
        doing(office, decline, found)
    assert enrolment(office.people["clerk"], catalogue.spring).status == Status.ACCEPTED


@pytest.mark.parametrize("act", [decline, withdraw])
def test_a_no_needs_a_reason_and_the_manager_is_told(office: Office, catalogue: Catalogue, act: Do) -> None:
    state = Status.PROPOSED if act is decline else Status.ACCEPTED
    found = enrolled(office, catalogue.spring, "clerk", state)
    with pytest.raises(Invalid, match="Say why"):
        doing(office, act, found, reason=" \n")
    assert enrolment(office.people["clerk"], catalogue.spring).version == found.version
    doing(office, act, found, reason="  On leave ")
    assert enrolment(office.people["clerk"], catalogue.spring).reason == "On leave"
    said = "declined" if act is decline else "withdrew from"
    assert told(office, "manager") == [f"clerk of ours {said} Données ouvertes"]
    assert "On leave" not in str(list(_events(office)))  # reasons are the person's, history is for auditors too


def _events(office: Office) -> list[tuple[object, ...]]:
    with acting(office.viewer("cdo")):
        return list(Event.objects.values_list("old", "new"))


def test_the_manager_named_for_a_person_is_told_and_nobody_of_what_they_did_themselves(
    office: Office, catalogue: Catalogue
) -> None:
    with acting(System("a test")):
        Membership.objects.filter(person=office.people["clerk"]).update(manager=office.people["neighbour"])
    doing(office, decline, enrolled(office, catalogue.spring, "clerk", Status.PROPOSED))
    assert len(told(office, "neighbour")) == 1
    assert told(office, "manager") == []
    doing(office, decline, enrolled(office, catalogue.spring, "manager", Status.PROPOSED), by="manager")
    assert told(office, "manager") == []
    with acting(System("a test")):
        Membership.objects.filter(person=office.people["clerk"]).delete()
    doing(office, decline, enrolled(office, catalogue.spring, "clerk", Status.PROPOSED))
    assert len(told(office, "neighbour")) == 1


def seats(session: Session, count: int | None) -> None:
    with acting(System("a test")):
        Session.objects.filter(pk=session.pk).update(seats=count)


def test_the_last_seat_is_taken_once(office: Office, catalogue: Catalogue) -> None:
    seats(catalogue.spring, 1)
    one, two = propose(office, catalogue.spring, "clerk", "neighbour")
    doing(office, accept, one)
    with pytest.raises(Invalid, match="All seats of S-1 are taken"):
        doing(office, accept, two, by="neighbour")
    assert enrolment(office.people["neighbour"], catalogue.spring).status == Status.PROPOSED
    seats(catalogue.spring, None)
    assert doing(office, accept, two, by="neighbour").status == Status.ACCEPTED


@pytest.mark.django_db(transaction=True)
def test_two_who_take_the_last_seat_at_once_do_not_both_get_it(office: Office, catalogue: Catalogue) -> None:
    seats(catalogue.spring, 1)
    found = dict(zip(("clerk", "neighbour"), propose(office, catalogue.spring, "clerk", "neighbour"), strict=True))
    outcomes: dict[str, str] = {}
    both = Barrier(2)

    def take(who: str) -> None:
        both.wait(10)
        for _ in range(1_000):
            try:
                doing(office, accept, found[who], by=who)
            except Invalid as refused:
                outcomes[who] = str(refused)
            except OperationalError:  # SQLite in memory does not wait for the other; try again as a person would
                continue
            else:
                outcomes[who] = "accepted"
            break
        connection.close()

    threads = [Thread(target=take, args=(who,)) for who in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes.values()) == ["All seats of S-1 are taken. Decline, or ask to wait for one.", "accepted"]


def test_other_waits_for_the_same_course_end_with_a_yes(office: Office, catalogue: Catalogue) -> None:
    with acting(System("a test")):
        second, safety = Session.objects.get(code="S-2"), Session.objects.get(code="S-3")
    waits = enrolled(office, second, "clerk", Status.WAITING)
    elsewhere = enrolled(office, safety, "clerk", Status.WAITING)
    others = enrolled(office, second, "neighbour", Status.WAITING)
    doing(office, accept, enrolled(office, catalogue.spring, "clerk", Status.PROPOSED))
    rows = [enrolment(one.person, one.session).status for one in (waits, elsewhere, others)]
    assert rows == [Status.WITHDRAWN, Status.WAITING, Status.WAITING]


def waiting(office: Office, seat_in: Session | Course, who: str = "clerk", by: str | None = None) -> list[Enrolment]:
    viewer = office.viewer(by or who)
    with acting(viewer):
        return ask_to_wait(by=viewer, person=office.people[who], seat_in=seat_in, at=NOON)


def test_one_waits_where_every_seat_is_held(office: Office, catalogue: Catalogue) -> None:
    with pytest.raises(Invalid, match="free seats"):
        waiting(office, catalogue.spring)
    seats(catalogue.spring, 1)
    propose(office, catalogue.spring, "manager")
    [one] = waiting(office, catalogue.spring)
    assert (one.status, one.waiting_since, one.version) == (Status.WAITING, NOON, 1)
    assert kinds(office, one) == ["enrolment.waits"]
    with pytest.raises(Invalid, match="already"):
        waiting(office, catalogue.spring)
    with pytest.raises(Invalid, match="free seats"):
        waiting(office, catalogue.first, who="neighbour")  # the other session has no limit
    with acting(System("a test")):
        assert Enrolment.objects.count() == 2


@pytest.mark.parametrize("state", [Status.DECLINED, Status.WITHDRAWN])
def test_who_said_no_may_come_back_and_wait(office: Office, catalogue: Catalogue, state: str) -> None:
    seats(catalogue.spring, 0)
    with acting(System("a test")):
        Session.objects.filter(code="S-2").update(seats=0)
    enrolled(office, catalogue.spring, "clerk", state)
    found = waiting(office, catalogue.first)
    assert {one.session.code for one in found} == {"S-1", "S-2"}
    row = enrolment(office.people["clerk"], catalogue.spring)
    assert (row.status, row.reason, row.answered_at) == (Status.WAITING, "", None)


@pytest.mark.parametrize("state", [Status.PROPOSED, Status.ACCEPTED, Status.ATTENDED, Status.ABSENT, Status.WAITING])
def test_who_is_in_it_does_not_wait(office: Office, catalogue: Catalogue, state: str) -> None:
    seats(catalogue.spring, 0)
    before = enrolled(office, catalogue.spring, "clerk", state)
    with pytest.raises(Invalid, match="already"):
        waiting(office, catalogue.spring)
    assert enrolment(office.people["clerk"], catalogue.spring).version == before.version


def test_nobody_waits_for_what_has_begun_and_only_who_may_puts_others_in_line(
    office: Office, catalogue: Catalogue
) -> None:
    seats(catalogue.spring, 0)
    officer(office, "auditor")
    for by in ("manager", "neighbour"):
        with pytest.raises(NotAllowed):
            waiting(office, catalogue.spring, by=by)
    with pytest.raises(NotAllowed):
        waiting(office, catalogue.spring, who="neighbour", by="auditor")
    [one] = waiting(office, catalogue.spring, by="auditor")
    assert kinds(office, one) == ["enrolment.waits_for"]
    with acting(System("a test")):
        Session.objects.filter(pk=catalogue.spring.pk).update(starts_on=NOON.date())
    with pytest.raises(Invalid, match="No session of it is to come"):
        waiting(office, catalogue.spring, who="manager")
    with pytest.raises(Invalid, match="No session of it is to come"):
        waiting(office, catalogue.second)


@pytest.mark.parametrize("who", ["manager", "neighbour"])
def test_pages_refuse_who_may_not_answer(office: Office, other: Office, catalogue: Catalogue, who: str) -> None:
    found = enrolled(office, catalogue.spring, "clerk", Status.PROPOSED)
    expected = 403 if who == "manager" else 404  # a manager sees it, a colleague does not
    for page in ("accept", "decline", "withdraw", "leave", "object"):
        url = f"/enrolments/{found.pk}/{page}/"
        assert signed_in(office, who).post(url, {"version": 1, "reason": "x", "words": "x"}).status_code == expected
        assert signed_in(other, "cdo").post(url, {"version": 1, "reason": "x"}).status_code == 404
    assert enrolment(office.people["clerk"], catalogue.spring).status == Status.PROPOSED
    with acting(System("a test")):
        assert not Notification.objects.exists()
