"""Who came: recorded together, put right later, and never over what somebody else recorded meanwhile."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.academy.catalogue import Catalogue
from tests.academy.enrolling import LATER, enrolled, enrolment, officer
from tests.core.offices import Office
from vested.academy.actions import record_attendance
from vested.academy.models import Completion, Enrolment, Session
from vested.core.errors import Conflict, Invalid, NotAllowed
from vested.core.models import Event, Membership
from vested.core.scope import System, acting

Status = Enrolment.Status


def recording(
    office: Office, session: Session, marks: Mapping[int, str], by: str = "cdo", was: Mapping[int, str] | None = None
) -> dict[str, int]:
    viewer = office.viewer(by)
    with acting(viewer):
        return record_attendance(by=viewer, session=session, marks=marks, was=was, at=LATER)


def completed(office: Office) -> list[tuple[Any, ...]]:
    with acting(office.viewer("cdo")):
        rows = Completion.objects.order_by("person__code")
        return list(rows.values_list("person__code", "course__code", "completed_on", "session__code"))


def test_who_attended_has_completed_the_course_on_its_day(office: Office, catalogue: Catalogue) -> None:
    came, away = (enrolled(office, catalogue.spring, who, Status.ACCEPTED) for who in ("clerk", "neighbour"))
    counts = recording(office, catalogue.spring, {came.pk: "attended", away.pk: "absent"})
    assert counts == {"attended": 1, "absent": 1, "accepted": 0}
    assert completed(office) == [("clerk", "C-1", date(2026, 4, 13), "S-1")]
    row = enrolment(office.people["clerk"], catalogue.spring)
    assert (row.status, row.version) == (Status.ATTENDED, 2)
    assert enrolment(office.people["neighbour"], catalogue.spring).status == Status.ABSENT
    with acting(office.viewer("cdo")):
        [event] = Event.objects.all().about(catalogue.spring)
    assert (event.kind, event.new) == ("attendance.recorded", counts)


@pytest.mark.parametrize(("mark", "status"), [("absent", Status.ABSENT), ("accepted", Status.ACCEPTED)])
def test_what_was_recorded_is_put_right(office: Office, catalogue: Catalogue, mark: str, status: str) -> None:
    found = enrolled(office, catalogue.spring, "clerk", Status.ACCEPTED)
    recording(office, catalogue.spring, {found.pk: "attended"})
    recording(office, catalogue.spring, {found.pk: mark})
    assert enrolment(office.people["clerk"], catalogue.spring).status == status
    assert completed(office) == []


def test_a_completion_from_elsewhere_stays(office: Office, catalogue: Catalogue) -> None:
    found = enrolled(office, catalogue.spring, "clerk", Status.ACCEPTED)
    with acting(System("a test")):
        Completion.objects.create(sector=office.sector, person=office.people["clerk"], course=catalogue.first)
    recording(office, catalogue.spring, {found.pk: "attended"})
    recording(office, catalogue.spring, {found.pk: "absent"})
    assert completed(office) == [("clerk", "C-1", None, None)]


def test_where_no_day_is_known_it_is_the_day_it_is_recorded(office: Office, catalogue: Catalogue) -> None:
    with acting(System("a test")):
        second = Session.objects.get(code="S-2")
    found = enrolled(office, second, "clerk", Status.ACCEPTED)
    recording(office, second, {found.pk: "attended"})
    assert completed(office) == [("clerk", "C-1", LATER.date(), "S-2")]
    assert catalogue.spring.pk


@pytest.mark.parametrize("state", [Status.PROPOSED, Status.WAITING, Status.DECLINED, Status.WITHDRAWN])
def test_only_of_who_accepted(office: Office, catalogue: Catalogue, state: str) -> None:
    found = enrolled(office, catalogue.spring, "clerk", state)
    with pytest.raises(Invalid, match="of nobody else"):
        recording(office, catalogue.spring, {found.pk: "attended"})
    assert enrolment(office.people["clerk"], catalogue.spring).status == state
    assert completed(office) == []


def test_only_of_this_session_and_only_as_it_can_be(office: Office, catalogue: Catalogue) -> None:
    found = enrolled(office, catalogue.spring, "clerk", Status.ACCEPTED)
    with acting(System("a test")):
        second = Session.objects.get(code="S-2")
    with pytest.raises(Invalid, match="of nobody else"):
        recording(office, second, {found.pk: "attended"})
    for marks in ({}, {found.pk: "declined"}):
        with pytest.raises(Invalid, match="at least one"):
            recording(office, catalogue.spring, marks)
    assert enrolment(office.people["clerk"], catalogue.spring).version == found.version


def test_who_may_not_records_nothing(office: Office, other: Office, catalogue: Catalogue) -> None:
    north, south = (enrolled(office, catalogue.spring, who, Status.ACCEPTED) for who in ("clerk", "neighbour"))
    officer(office, "auditor")  # of the north
    marks = {north.pk: "attended", south.pk: "attended"}
    for by in ("auditor", "manager", "clerk"):
        with pytest.raises(NotAllowed):
            recording(office, catalogue.spring, marks, by=by)
    with pytest.raises(Session.DoesNotExist):
        recording(other, catalogue.spring, marks)
    assert recording(office, catalogue.spring, {north.pk: "attended"}, by="auditor")["attended"] == 1
    with acting(System("a test")):
        Membership.objects.filter(person=office.people["clerk"]).delete()
    with pytest.raises(NotAllowed):  # who works nowhere is the whole sector's
        recording(office, catalogue.spring, {north.pk: "absent"}, by="auditor")
    assert recording(office, catalogue.spring, {north.pk: "absent"})["absent"] == 1


def test_nothing_is_recorded_over_what_somebody_else_recorded_meanwhile(office: Office, catalogue: Catalogue) -> None:
    found = enrolled(office, catalogue.spring, "clerk", Status.ACCEPTED)
    recording(office, catalogue.spring, {found.pk: "absent"})
    with pytest.raises(Conflict) as refused:
        recording(office, catalogue.spring, {found.pk: "attended"}, was={found.pk: "accepted"})
    assert refused.value.theirs == {"clerk of ours": "Absent"}
    assert refused.value.yours == {"clerk of ours": "Attended"}
    assert enrolment(office.people["clerk"], catalogue.spring).status == Status.ABSENT
    assert recording(office, catalogue.spring, {found.pk: "absent"}, was={found.pk: "accepted"})["absent"] == 1


def test_a_hundred_are_recorded_by_few_statements(
    office: Office, catalogue: Catalogue, django_assert_max_num_queries: Any
) -> None:
    with acting(System("a test")):
        people = type(office.people["clerk"]).objects
        names = [people.create(sector=office.sector, code=f"X{number}") for number in range(100)]
        for person in names:
            Membership.objects.create(sector=office.sector, person=person, unit=office.south, since=LATER.date())
        rows = [
            Enrolment.objects.create(
                sector=office.sector, person=person, session=catalogue.spring, status=Status.ACCEPTED
            )
            for person in names
        ]
    with django_assert_max_num_queries(20):
        assert recording(office, catalogue.spring, {one.pk: "attended" for one in rows})["attended"] == 100
