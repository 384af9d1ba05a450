"""Proposing sessions to many, and offering a seat to who waits."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tests.academy.catalogue import Catalogue
from tests.academy.enrolling import DUE, LATER, NOON, enrolled, enrolment, officer, propose, told
from tests.core.offices import Office
from vested.academy.actions import Proposed, offer_seat, propose_enrolments
from vested.academy.models import Enrolment, Session
from vested.core.errors import Conflict, Invalid, NotAllowed
from vested.core.models import Event, Notification, Person
from vested.core.permissions import Role
from vested.core.scope import System, acting

Status = Enrolment.Status


def proposing(office: Office, pairs: list[tuple[int, int]], by: str = "cdo", source: str = "Plan B") -> Proposed:
    viewer = office.viewer(by)
    with acting(viewer):
        return propose_enrolments(by=viewer, rows=pairs, source=source, answer_by=DUE, at=LATER)


def test_everybody_is_asked_once_and_what_was_done_is_recorded(office: Office, catalogue: Catalogue) -> None:
    with acting(System("a test")):
        second = Session.objects.get(code="S-2")
    clerk, neighbour = office.people["clerk"], office.people["neighbour"]
    pairs = [(clerk.pk, catalogue.spring.pk), (clerk.pk, second.pk), (neighbour.pk, second.pk), (clerk.pk, second.pk)]
    assert proposing(office, pairs) == Proposed(created=3, kept=0, withdrawn=0)
    row = enrolment(clerk, second)
    assert (row.status, row.source, row.answer_by, row.proposed_at) == (Status.PROPOSED, "Plan B", DUE, LATER)
    assert told(office, "clerk") == ["Courses proposed to you: 2. Answer by 20 March 2026"]
    assert told(office, "neighbour") == ["Courses proposed to you: 1. Answer by 20 March 2026"]
    with acting(office.viewer("cdo")):
        [event] = Event.objects.filter(kind="enrolments.proposed")
    assert event.new == {"source": "Plan B", "until": "2026-03-20", "created": 3, "kept": 0, "withdrawn": 0}


@pytest.mark.parametrize(
    "status", [Status.ACCEPTED, Status.DECLINED, Status.ATTENDED, Status.ABSENT], ids=lambda one: one.value
)
def test_what_was_answered_is_left_as_it_is(office: Office, catalogue: Catalogue, status: str) -> None:
    before = enrolled(office, catalogue.spring, "clerk", status)
    pair = (office.people["clerk"].pk, catalogue.spring.pk)
    assert proposing(office, [pair]) == Proposed(created=0, kept=1, withdrawn=0)
    assert proposing(office, []) == Proposed(created=0, kept=0, withdrawn=0)
    after = enrolment(office.people["clerk"], catalogue.spring)
    assert (after.status, after.source, after.version) == (before.status, before.source, before.version)
    assert told(office, "clerk") == []


def test_a_later_plan_keeps_what_it_proposes_too_and_takes_the_rest_back(office: Office, catalogue: Catalogue) -> None:
    propose(office, catalogue.spring, "clerk", "neighbour", "manager")
    pairs = [(office.people[who].pk, catalogue.spring.pk) for who in ("clerk", "cdo")]
    assert proposing(office, pairs) == Proposed(created=1, kept=1, withdrawn=2)
    kept, gone = (enrolment(office.people[who], catalogue.spring) for who in ("clerk", "neighbour"))
    assert (kept.status, kept.source, kept.proposed_at, kept.version) == (Status.PROPOSED, "Plan B", NOON, 2)
    assert (gone.status, gone.version) == (Status.WITHDRAWN, 2)
    assert len(told(office, "clerk")) == 1
    assert told(office, "neighbour")[0] == "Proposals to you that were taken back: 1"
    assert proposing(office, [(office.people["neighbour"].pk, catalogue.spring.pk)]).created == 1
    assert enrolment(office.people["neighbour"], catalogue.spring).status == Status.PROPOSED


def test_who_withdrew_is_not_asked_again_and_who_waits_is(office: Office, catalogue: Catalogue) -> None:
    enrolled(office, catalogue.spring, "clerk", Status.WITHDRAWN)
    enrolled(office, catalogue.spring, "neighbour", Status.WAITING)
    with acting(System("a test")):
        Enrolment.objects.filter(status=Status.WITHDRAWN).update(answered_at=NOON)
    pairs = [(office.people[who].pk, catalogue.spring.pk) for who in ("clerk", "neighbour")]
    assert proposing(office, pairs) == Proposed(created=1, kept=1, withdrawn=0)
    assert enrolment(office.people["clerk"], catalogue.spring).status == Status.WITHDRAWN
    row = enrolment(office.people["neighbour"], catalogue.spring)
    assert (row.status, row.waiting_since, row.source) == (Status.PROPOSED, None, "Plan B")


def test_a_seat_that_a_person_offered_is_no_plan_s_to_take_back(office: Office, catalogue: Catalogue) -> None:
    waits = enrolled(office, catalogue.spring, "clerk", Status.WAITING)
    cdo = office.viewer("cdo")
    with acting(cdo):
        offer_seat(by=cdo, enrolment=waits, answer_by=DUE, at=NOON, version=waits.version)
    assert proposing(office, []).withdrawn == 0
    assert proposing(office, [(office.people["clerk"].pk, catalogue.spring.pk)]).kept == 1
    row = enrolment(office.people["clerk"], catalogue.spring)
    assert (row.status, row.source) == (Status.PROPOSED, "")


def test_who_is_proposed_to_twice_and_loses_something_is_told_both_in_one(office: Office, catalogue: Catalogue) -> None:
    with acting(System("a test")):
        second = Session.objects.get(code="S-2")
    propose(office, catalogue.spring, "clerk")
    proposing(office, [(office.people["clerk"].pk, second.pk)])
    with acting(System("a test")):
        last = Notification.objects.filter(person=office.people["clerk"]).first()
    assert last
    assert last.title.startswith("Courses proposed to you: 1.")
    assert last.body == "Proposals to you that were taken back: 1"
    with override("da"):
        assert (str(last), last.words) == (
            "Kurser foreslået til dig: 1. Svar senest 20. marts 2026",
            "Forslag til dig, der er trukket tilbage: 1",
        )


@pytest.mark.parametrize("who", ["manager", "auditor", "clerk"])
def test_nobody_else_proposes(office: Office, catalogue: Catalogue, who: str) -> None:
    with pytest.raises(NotAllowed):
        proposing(office, [(office.people["clerk"].pk, catalogue.spring.pk)], by=who)
    with acting(System("a test")):
        assert not Enrolment.objects.exists()


def test_a_top_leader_proposes_for_the_whole_sector_and_an_officer_of_one_agency_does_not(
    office: Office, catalogue: Catalogue
) -> None:
    pair = (office.people["clerk"].pk, catalogue.spring.pk)
    officer(office, "neighbour")
    with pytest.raises(NotAllowed):
        proposing(office, [pair], by="neighbour")
    officer(office, "auditor", Role.TOP_LEADER, north=False)
    assert proposing(office, [pair], by="auditor").created == 1


def test_nobody_of_another_sector_is_proposed_to(office: Office, other: Office, catalogue: Catalogue) -> None:
    for pair in ((other.people["clerk"].pk, catalogue.spring.pk), (office.people["clerk"].pk, 0)):
        with pytest.raises(Invalid, match="1 of the proposals"):
            proposing(office, [pair])
    with acting(System("a test")):
        assert not Enrolment.objects.exists()
        assert not Notification.objects.exists()


def test_twelve_thousand_proposals_take_few_statements(office: Office, catalogue: Catalogue) -> None:
    with acting(System("a test")):
        names = [Person(sector=office.sector, code=f"X{number}", name=f"X {number}") for number in range(3_000)]
        people = Person.objects.bulk_create(names, batch_size=2_000)
        more = [Session(sector=office.sector, code=f"X{n}", course=catalogue.first, period=1) for n in range(4)]
        sessions = Session.objects.bulk_create(more)
    pairs = [(person.pk, session.pk) for person in people for session in sessions]
    with CaptureQueriesContext(connection) as queries:
        assert proposing(office, pairs).created == 12_000
    first = len(queries)
    with CaptureQueriesContext(connection) as queries:
        assert proposing(office, []).withdrawn == 12_000
    assert first <= 60
    assert len(queries) <= 60
    with acting(System("a test")):
        assert Notification.objects.count() == 6_000


def offering(office: Office, found: Enrolment, by: str = "cdo", version: int | None = None) -> Enrolment:
    viewer = office.viewer(by)
    with acting(viewer):
        return offer_seat(by=viewer, enrolment=found, answer_by=DUE, at=LATER, version=version or found.version)


def test_a_free_seat_is_offered_to_who_waits(office: Office, catalogue: Catalogue) -> None:
    enrolled(office, catalogue.spring, "neighbour", Status.WAITING)
    waits = enrolled(office, catalogue.spring, "clerk", Status.WAITING)
    found = offering(office, waits)
    assert (found.status, found.answer_by, found.source) == (Status.PROPOSED, DUE, "")
    assert told(office, "clerk") == ["A seat is free for you in Données ouvertes"]
    with acting(office.viewer("cdo")):
        [event] = Event.objects.all().about(found)
    assert (event.kind, event.new) == ("enrolment.offered", {"place": 2, "until": "2026-03-20"})
    with pytest.raises(Invalid, match="does not wait"):
        offering(office, found)


def test_no_seat_is_offered_where_none_is_free(office: Office, catalogue: Catalogue) -> None:
    with acting(System("a test")):
        Session.objects.filter(pk=catalogue.spring.pk).update(seats=1)
    enrolled(office, catalogue.spring, "manager", Status.PROPOSED)
    waits = enrolled(office, catalogue.spring, "clerk", Status.WAITING)
    with pytest.raises(Invalid, match="No seat is free"):
        offering(office, waits)
    assert enrolment(office.people["clerk"], catalogue.spring).status == Status.WAITING
    enrolled(office, catalogue.spring, "manager", Status.DECLINED)
    with pytest.raises(Conflict):
        offering(office, waits, version=9)
    assert offering(office, waits).status == Status.PROPOSED


def test_who_may_not_offers_no_seat(office: Office, catalogue: Catalogue) -> None:
    waits = enrolled(office, catalogue.spring, "neighbour", Status.WAITING)
    officer(office, "clerk")  # of the north; the neighbour works in the south
    for who in ("manager", "auditor", "neighbour", "clerk"):
        with pytest.raises(NotAllowed):
            offering(office, waits, by=who)
    row: Any = enrolment(office.people["neighbour"], catalogue.spring)
    assert row.status == Status.WAITING
