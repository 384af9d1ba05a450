"""Objections: raised by who is spoken of, answered by a person who can decide otherwise and is not the objector."""

from datetime import date
from typing import Any

import pytest

from tests.academy.catalogue import Catalogue
from tests.academy.enrolling import LATER, NOON, enrolled, enrolment, officer, propose, told
from tests.core.offices import Office
from vested.academy.actions import answer_objection, ask_for, raise_objection, take_back, withdraw_objection
from vested.academy.models import Completion, Enrolment, Objection, Wish
from vested.core.errors import Conflict, Invalid, NotAllowed
from vested.core.models import Event, Grant
from vested.core.permissions import Role
from vested.core.scope import System, acting
from vested.core.viewer import Viewer

Status, State = Enrolment.Status, Objection.State


def objecting(office: Office, found: Enrolment | None = None, by: str = "clerk", **given: Any) -> Objection:
    viewer = office.viewer(by)
    words = {"words": "I teach it myself", "person": office.people["clerk"], "at": NOON, **given}
    with acting(viewer):
        return raise_objection(by=viewer, enrolment=found, **words)


def answering(office: Office, objection: Objection, by: str = "cdo", **given: Any) -> Objection:
    viewer = office.viewer(by)
    more = {"upheld": True, "words": "Right", "version": objection.version, "at": LATER, **given}
    with acting(viewer):
        return answer_objection(by=viewer, objection=objection, **more)


def test_an_objection_has_a_day_and_who_decides_is_told(office: Office, catalogue: Catalogue) -> None:
    [found] = propose(office, catalogue.spring, "clerk")
    officer(office, "auditor")
    officer(office, "neighbour", north=False)
    objection = objecting(office, found)
    assert (objection.state, objection.answer_by, objection.course) == (State.OPEN, date(2026, 3, 16), catalogue.first)
    for who in ("auditor", "neighbour"):
        assert told(office, who) == ["clerk of ours objects; answer by 16 March 2026"]
    assert told(office, "cdo") == told(office, "manager") == []
    with pytest.raises(Invalid, match="already"):
        objecting(office, found)
    assert enrolment(office.people["clerk"], catalogue.spring).status == Status.PROPOSED


def test_where_no_officer_is_the_chief_digital_officer_is_told(office: Office, catalogue: Catalogue) -> None:
    objecting(office, course=catalogue.first)
    assert len(told(office, "cdo")) == 1
    with pytest.raises(Invalid, match="already"):
        objecting(office, course=catalogue.first)
    assert objecting(office).course is None
    with pytest.raises(Invalid, match="Say what"):
        objecting(office, course=catalogue.second, words=" ")
    officer(office, "clerk")
    objecting(office, course=catalogue.second)
    assert told(office, "clerk") == []  # not the objector, even as the only officer


def test_only_who_is_spoken_of_objects_or_who_may_write_it_down(office: Office, catalogue: Catalogue) -> None:
    [mine, theirs] = propose(office, catalogue.spring, "clerk", "neighbour")
    for by in ("manager", "neighbour", "auditor"):
        with pytest.raises(NotAllowed):
            objecting(office, mine, by=by)
    with pytest.raises(NotAllowed):
        objecting(office, theirs)
    officer(office, "auditor")
    objection = objecting(office, mine, by="auditor")
    with acting(office.viewer("cdo")):
        assert [event.kind for event in Event.objects.all().about(objection)] == ["objection.raised_for"]
        assert Objection.objects.count() == 1


@pytest.mark.parametrize("state", [Status.PROPOSED, Status.ACCEPTED, Status.WAITING])
def test_one_that_is_right_can_withdraw_what_was_proposed(office: Office, catalogue: Catalogue, state: str) -> None:
    found = enrolled(office, catalogue.spring, "clerk", state)
    objection = answering(office, objecting(office, found), withdraw_enrolment=True)
    row = enrolment(office.people["clerk"], catalogue.spring)
    assert (objection.state, objection.answer, objection.answered_at) == (State.UPHELD, "Right", LATER)
    assert (row.status, row.reason, row.version) == (Status.WITHDRAWN, "Right", 2)
    assert row.answered_by == office.people["cdo"]
    assert told(office, "clerk") == ["Your objection is answered: Upheld"]
    with acting(office.viewer("cdo")):
        assert [event.kind for event in Event.objects.all().about(row)] == ["enrolment.upheld"]


@pytest.mark.parametrize(
    ("state", "upheld", "withdraw"),
    [(Status.PROPOSED, False, True), (Status.PROPOSED, True, False), (Status.ATTENDED, True, True)],
)
def test_what_is_dismissed_or_over_stays(
    office: Office,
    catalogue: Catalogue,
    state: str,
    upheld: bool,  # noqa: FBT001 - a case
    withdraw: bool,  # noqa: FBT001 - a case
) -> None:
    found = enrolled(office, catalogue.spring, "clerk", state)
    objection = answering(office, objecting(office, found), upheld=upheld, withdraw_enrolment=withdraw)
    assert objection.state == (State.UPHELD if upheld else State.DISMISSED)
    assert enrolment(office.people["clerk"], catalogue.spring).status == state
    with acting(office.viewer("cdo")):
        assert not Event.objects.all().about(found).exists()


def test_an_objection_about_no_enrolment_is_answered_too(office: Office, catalogue: Catalogue) -> None:
    found = answering(office, objecting(office, course=catalogue.first), withdraw_enrolment=True)
    assert found.state == State.UPHELD
    assert told(office, "clerk") == ["Your objection is answered: Upheld"]


def test_nobody_answers_their_own_and_nobody_without_the_right(
    office: Office, other: Office, catalogue: Catalogue
) -> None:
    objection = objecting(office, course=catalogue.first)
    officer(office, "clerk")
    officer(office, "auditor", Role.TOP_LEADER)
    for by in ("manager", "neighbour", "auditor"):
        with pytest.raises(NotAllowed, match=r"enrolment\.change"):
            answering(office, objection, by=by)
    with pytest.raises(NotAllowed, match="their own"):
        answering(office, objection, by="clerk")
    with pytest.raises(Objection.DoesNotExist):
        answering(other, objection)
    with acting(office.viewer("cdo")):
        assert Objection.objects.get().state == State.OPEN


def test_an_answer_has_reasons_and_is_given_once(office: Office, catalogue: Catalogue) -> None:
    objection = objecting(office, course=catalogue.first)
    with pytest.raises(Invalid, match="Say why"):
        answering(office, objection, words=" ")
    with pytest.raises(Conflict):
        answering(office, objection, version=7)
    done = answering(office, objection, upheld=False)
    assert (done.state, done.answered_by) == (State.DISMISSED, office.people["cdo"])
    with pytest.raises(Invalid, match="does not wait"):
        answering(office, done)
    with pytest.raises(Invalid, match="does not wait"):
        taking_back(office, done)


def taking_back(office: Office, objection: Objection, by: str = "clerk") -> Objection:
    viewer = office.viewer(by)
    with acting(viewer):
        return withdraw_objection(by=viewer, objection=objection, at=LATER, version=objection.version)


def test_who_objected_takes_it_back_and_nobody_else(office: Office, catalogue: Catalogue) -> None:
    objection = objecting(office, course=catalogue.first)
    for by in ("manager", "cdo", "neighbour"):
        with pytest.raises(NotAllowed):
            taking_back(office, objection, by=by)
    assert taking_back(office, objection).state == State.WITHDRAWN
    assert objecting(office, course=catalogue.first).state == State.OPEN


def test_a_manager_does_not_read_what_their_people_object_to(
    office: Office, other: Office, catalogue: Catalogue
) -> None:
    objecting(office, course=catalogue.first)
    officer(office, "neighbour")
    seen = {"clerk": 1, "cdo": 1, "neighbour": 1, "manager": 0, "auditor": 0}
    for who, count in seen.items():
        assert visible(office.viewer(who)) == count, who
    assert visible(other.viewer("cdo")) == 0
    with acting(System("a test")):
        Grant.objects.filter(person=office.people["neighbour"]).update(unit=office.south)
    assert visible(office.viewer("neighbour")) == 0
    assert visible(Viewer(sector=office.sector, person=None)) == 0


def visible(viewer: Viewer) -> int:
    with acting(viewer):
        return Objection.objects.all().visible_to(viewer).count()


def test_one_asks_for_a_course_once_and_takes_it_back(office: Office, catalogue: Catalogue) -> None:
    clerk, neighbour = office.viewer("clerk"), office.viewer("neighbour")
    with acting(clerk):
        wish = ask_for(by=clerk, course=catalogue.first)
        with pytest.raises(Invalid, match="already"):
            ask_for(by=clerk, course=catalogue.first)
        assert Wish.objects.get() == wish
    with acting(neighbour), pytest.raises(NotAllowed):
        take_back(by=neighbour, wish=wish)
    with acting(clerk):
        take_back(by=clerk, wish=wish)
        assert not Wish.objects.exists()
        Completion.objects.create(sector=office.sector, person=office.people["clerk"], course=catalogue.first)
        with pytest.raises(Invalid, match="completed"):
            ask_for(by=clerk, course=catalogue.first)
    with acting(office.viewer("cdo")):
        kinds = [event.kind for event in Event.objects.all().about(office.people["clerk"])]
    assert kinds == ["wish.taken_back", "wish.made"]
    job = Viewer(sector=office.sector, person=None)
    with acting(job), pytest.raises(NotAllowed):
        ask_for(by=job, course=catalogue.first)
