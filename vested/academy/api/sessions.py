"""One session for programs: its seats, who waits, and who came."""

from typing import Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema

from vested.academy import actions
from vested.academy.api.catalogue import SessionOut
from vested.academy.api.enrolments import EnrolmentOut
from vested.academy.models import Course, Enrolment, Session
from vested.academy.queries.catalogue import sessions_listed
from vested.academy.queries.sessions import seats_of
from vested.core.api.lists import Key
from vested.core.errors import NotAllowed
from vested.core.models import Person, Unit
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer, viewer_of

router = Router()


class SeatsOut(SessionOut):
    """A session, and how its seats stand."""

    proposed: int = Field(description="Have not answered; they hold a seat.")
    accepted: int
    attended: int
    absent: int
    waiting: int
    free: int | None = Field(description="null: no limit")


class Mark(Schema):
    """Whether somebody came; accepted: it is not recorded."""

    enrolment: int
    mark: Literal["attended", "absent", "accepted"]


class Marks(Schema):
    """Who came."""

    marks: list[Mark] = Field(min_length=1, max_length=1_000)


class MarksOut(Schema):
    """How many were marked how."""

    attended: int
    absent: int
    accepted: int


@router.get("/sessions/{pk}", response=SeatsOut)
def session(request: HttpRequest, pk: Key) -> dict[str, object]:
    """Read one session, and how its seats stand."""
    found = _found(request, pk)
    seats = seats_of(found)
    names = ("proposed", "accepted", "attended", "absent", "waiting", "free")
    return {**SessionOut.from_orm(found).model_dump(by_alias=True), **{name: getattr(seats, name) for name in names}}


@router.post("/sessions/{pk}/wait", response={201: list[EnrolmentOut]})
def session_wait(request: HttpRequest, pk: Key) -> list[Enrolment]:
    """Wait for a seat in a session that is full."""
    viewer = viewer_of(request)
    return actions.ask_to_wait(by=viewer, person=_self(viewer), seat_in=_found(request, pk), at=timezone.now())


@router.post("/courses/{pk}/wait", response={201: list[EnrolmentOut]})
def course_wait(request: HttpRequest, pk: Key) -> list[Enrolment]:
    """Wait for a seat in any coming session of a course, all of which are full."""
    viewer = viewer_of(request)
    course = get_object_or_404(Course.objects.all().visible_to(viewer), pk=pk)
    return actions.ask_to_wait(by=viewer, person=_self(viewer), seat_in=course, at=timezone.now())


@router.post("/sessions/{pk}/attendance", response=MarksOut)
def session_attendance(request: HttpRequest, pk: Key, body: Marks) -> dict[str, int]:
    """Record who attended and who was absent."""
    viewer, found = viewer_of(request), _found(request, pk)
    held = Unit.objects.all().where(viewer, Permission.ENROLMENT_CHANGE).first()
    require(viewer, Permission.ENROLMENT_CHANGE, on=held)
    marks = {one.enrolment: one.mark for one in body.marks}
    return actions.record_attendance(by=viewer, session=found, marks=marks, at=timezone.now())


def _found(request: HttpRequest, pk: int) -> Session:
    return get_object_or_404(sessions_listed(viewer_of(request)), pk=pk)


def _self(viewer: Viewer) -> Person:
    if viewer.person is None:
        raise NotAllowed
    return viewer.person
