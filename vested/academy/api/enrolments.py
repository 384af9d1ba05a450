"""Enrolments and wishes, for programs."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema
from ninja import Status as Answer

from vested.academy import actions
from vested.academy.filters import EnrolmentFilter
from vested.academy.forms import OfferSeat, WithReason
from vested.academy.models import Course, Enrolment, Wish
from vested.academy.models.enrolments import Status
from vested.academy.queries.enrolments import enrolments_listed
from vested.core.api.lists import Key, Listed, ListOf, Paging, checked
from vested.core.api.versions import DESCRIBED, answered, matching
from vested.core.forms import Versioned
from vested.core.looks import What, one
from vested.core.permissions import Permission, require
from vested.core.queries import works_in
from vested.core.viewer import Viewer, viewer_of

router = Router()


class EnrolmentOut(Schema):
    """That a person is proposed for a session, or waits for a seat in it, and what came of it."""

    id: int
    person: int = Field(alias="person_id")
    session: int = Field(alias="session_id")
    status: Status
    reason: str = Field(description="Why it was declined or withdrawn.")
    source: str = Field(description="The plan that proposed it; empty: a person did.")
    proposed_at: datetime | None
    answer_by: date | None
    answered_at: datetime | None
    answered_by: int | None = Field(alias="answered_by_id", description="The person, or who answered on their behalf.")
    waiting_since: datetime | None
    version: int


class Pair(Schema):
    """A person, and a session to propose."""

    person: int
    session: int


class NewProposals(Schema):
    """All that a plan proposes; what an earlier one proposed, is not among it and is not answered is taken back."""

    source: str = Field(max_length=200, description="The name of the plan.")
    answer_by: date
    rows: list[Pair] = Field(max_length=100_000)


class ProposedOut(Schema):
    """How many proposals were made, stayed as they were, and were taken back."""

    created: int
    kept: int
    withdrawn: int


class Reason(Schema):
    """Why."""

    reason: str


class Offer(Schema):
    """Until when to answer: a day to come."""

    answer_by: date


class WishOut(Schema):
    """A course a person asks for."""

    id: int
    person: int = Field(alias="person_id")
    course: int = Field(alias="course_id")
    weight: float


ENROLMENTS = ListOf(
    filters=EnrolmentFilter,
    sorts={
        "answer_by": "answer_by",
        "person": "person__find",
        "unit": "unit_find",
        "course": "session__course__find",
        "starts_on": "session__starts_on",
        "status": "status",
    },
    usual="answer_by",
)
WISHES = ListOf(sorts={"course": "course__find", "person": "person__find"}, usual="course")


@router.get("/enrolments", response=Listed[EnrolmentOut], openapi_extra=ENROLMENTS.described())
def enrolments(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the enrolments of the people you may see, your own among them."""
    return ENROLMENTS.page(request, enrolments_listed(viewer_of(request)), paging)


@router.post("/enrolments/propose", response={201: ProposedOut})
def enrolments_propose(request: HttpRequest, body: NewProposals) -> actions.Proposed:
    """Propose sessions to people, as a plan says."""
    viewer = viewer_of(request)
    require(viewer, Permission.ENROLMENT_OFFER)
    rows = [(one.person, one.session) for one in body.rows]
    return actions.propose_enrolments(
        by=viewer, rows=rows, source=body.source, answer_by=body.answer_by, at=timezone.now()
    )


@router.get("/enrolments/{pk}", response=EnrolmentOut)
def enrolment(request: HttpRequest, response: HttpResponse, pk: Key) -> Enrolment | HttpResponse:
    """Read one enrolment."""
    return answered(request, response, _found(request, pk))


@router.post("/enrolments/{pk}/accept", response=EnrolmentOut, openapi_extra=DESCRIBED)
def enrolment_accept(request: HttpRequest, response: HttpResponse, pk: Key) -> Enrolment | HttpResponse:
    """Accept what is proposed."""
    viewer, found = _mine(request, pk)
    with matching(request, found, shown=EnrolmentOut, again=lambda: _found(request, pk)) as version:
        given = checked(Versioned({"version": version}))
        actions.accept(by=viewer, enrolment=found, at=timezone.now(), **given)
    return answered(request, response, _found(request, pk))


@router.post("/enrolments/{pk}/decline", response=EnrolmentOut, openapi_extra=DESCRIBED)
def enrolment_decline(request: HttpRequest, response: HttpResponse, pk: Key, body: Reason) -> Enrolment | HttpResponse:
    """Decline what is proposed, with a reason."""
    viewer, found = _mine(request, pk)
    with matching(request, found, shown=EnrolmentOut, again=lambda: _found(request, pk)) as version:
        given = checked(WithReason({"reason": body.reason, "version": version}))
        actions.decline(by=viewer, enrolment=found, at=timezone.now(), **given)
    return answered(request, response, _found(request, pk))


@router.post("/enrolments/{pk}/withdraw", response=EnrolmentOut, openapi_extra=DESCRIBED)
def enrolment_withdraw(request: HttpRequest, response: HttpResponse, pk: Key, body: Reason) -> Enrolment | HttpResponse:
    """Withdraw from what was accepted, with a reason."""
    viewer, found = _mine(request, pk)
    with matching(request, found, shown=EnrolmentOut, again=lambda: _found(request, pk)) as version:
        given = checked(WithReason({"reason": body.reason, "version": version}))
        actions.withdraw(by=viewer, enrolment=found, at=timezone.now(), **given)
    return answered(request, response, _found(request, pk))


@router.post("/enrolments/{pk}/leave", response=EnrolmentOut, openapi_extra=DESCRIBED)
def enrolment_leave(request: HttpRequest, response: HttpResponse, pk: Key) -> Enrolment | HttpResponse:
    """Leave a waiting list."""
    viewer, found = _mine(request, pk)
    with matching(request, found, shown=EnrolmentOut, again=lambda: _found(request, pk)) as version:
        actions.leave_waiting(by=viewer, enrolment=found, **checked(Versioned({"version": version})))
    return answered(request, response, _found(request, pk))


@router.post("/enrolments/{pk}/offer", response=EnrolmentOut, openapi_extra=DESCRIBED)
def enrolment_offer(request: HttpRequest, response: HttpResponse, pk: Key, body: Offer) -> Enrolment | HttpResponse:
    """Offer a free seat to somebody on a waiting list."""
    viewer, found = viewer_of(request), _found(request, pk)
    require(viewer, Permission.ENROLMENT_OFFER, on=works_in(found.person))
    with matching(request, found, shown=EnrolmentOut, again=lambda: _found(request, pk)) as version:
        given = checked(OfferSeat({"answer_by": body.answer_by, "version": version}, today=localdate()))
        actions.offer_seat(by=viewer, enrolment=found, at=timezone.now(), **given)
    return answered(request, response, _found(request, pk))


@router.get("/wishes", response=Listed[WishOut], openapi_extra=WISHES.described())
def wishes(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the courses that the people you may see ask for."""
    return WISHES.page(request, Wish.objects.all().visible_to(viewer_of(request)), paging)


@router.post("/courses/{pk}/ask", response={201: WishOut})
def course_ask(request: HttpRequest, pk: Key) -> Wish:
    """Ask for a course for yourself."""
    viewer = viewer_of(request)
    course = get_object_or_404(Course.objects.all().visible_to(viewer), pk=pk)
    return actions.ask_for(by=viewer, course=course)


@router.post("/wishes/{pk}/take-back", response={204: None})
def wish_take_back(request: HttpRequest, pk: Key) -> Answer[None]:
    """Ask for a course no more."""
    viewer = viewer_of(request)
    rows: QuerySet[Wish] = Wish.objects.filter(person=viewer.person).select_related("course")
    actions.take_back(by=viewer, wish=get_object_or_404(rows, pk=pk))
    return Answer(204, None)


def _found(request: HttpRequest, pk: int) -> Enrolment:
    return one(get_object_or_404(enrolments_listed(viewer_of(request)), pk=pk), What.COURSES)


def _mine(request: HttpRequest, pk: int) -> tuple[Viewer, Enrolment]:
    """The caller, and an enrolment the caller may answer."""
    viewer, found = viewer_of(request), _found(request, pk)
    if not found.is_of(viewer):
        require(viewer, Permission.ENROLMENT_CHANGE, on=works_in(found.person))
    return viewer, found
