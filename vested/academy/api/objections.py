"""Objections, for programs."""

from datetime import date, datetime
from typing import Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from vested.academy import actions
from vested.academy.filters import ObjectionFilter
from vested.academy.forms import AnswerObjection, Object
from vested.academy.models import Course, Enrolment, Objection
from vested.academy.queries.enrolments import enrolments_listed
from vested.academy.queries.objections import objections_listed
from vested.core.api.lists import Key, Listed, ListOf, Paging, checked, one_of
from vested.core.api.versions import DESCRIBED, answered, matching
from vested.core.errors import NotAllowed
from vested.core.forms import Versioned
from vested.core.looks import What, one
from vested.core.permissions import Permission, require
from vested.core.queries import works_in
from vested.core.viewer import viewer_of

router = Router()


class ObjectionOut(Schema):
    """That a person objects, and what a person answered."""

    id: int
    person: int = Field(alias="person_id")
    enrolment: int | None = Field(alias="enrolment_id")
    course: int | None = Field(alias="course_id")
    words: str
    raised_at: datetime
    answer_by: date
    state: str = one_of(Objection.State)
    answer: str
    answered_by: int | None = Field(alias="answered_by_id")
    answered_at: datetime | None
    version: int


class NewObjection(Schema):
    """What you object to: an enrolment of yours, a course, or neither, the plan as such."""

    words: str
    enrolment: int | None = None
    course: int | None = None


class NewAnswer(Schema):
    """What you decide, and why; upheld, the enrolment can be withdrawn with it."""

    verdict: Literal["upheld", "dismissed"]
    words: str
    withdraw: bool = False


OBJECTIONS = ListOf(
    filters=ObjectionFilter,
    sorts={"answer_by": "answer_by", "raised_at": "raised_at", "person": "person__find", "state": "state"},
    usual="answer_by",
)


@router.get("/objections", response=Listed[ObjectionOut], openapi_extra=OBJECTIONS.described())
def objections(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List your own objections, and those you may answer."""
    return OBJECTIONS.page(request, objections_listed(viewer_of(request)), paging)


@router.post("/objections", response={201: ObjectionOut})
def objection_raise(request: HttpRequest, body: NewObjection) -> Objection:
    """Object; a person answers within two weeks."""
    viewer = viewer_of(request)
    if viewer.person is None:
        raise NotAllowed
    own = enrolments_listed(viewer).filter(person=viewer.person)
    enrolment: Enrolment | None = get_object_or_404(own, pk=body.enrolment) if body.enrolment else None
    course = get_object_or_404(Course.objects.all().visible_to(viewer), pk=body.course) if body.course else None
    words = checked(Object({"words": body.words}))
    return actions.raise_objection(
        by=viewer, person=viewer.person, enrolment=enrolment, course=course, at=timezone.now(), **words
    )


@router.get("/objections/{pk}", response=ObjectionOut)
def objection(request: HttpRequest, response: HttpResponse, pk: Key) -> Objection | HttpResponse:
    """Read one objection."""
    return answered(request, response, _found(request, pk))


@router.post("/objections/{pk}/answer", response=ObjectionOut, openapi_extra=DESCRIBED)
def objection_answer(
    request: HttpRequest, response: HttpResponse, pk: Key, body: NewAnswer
) -> Objection | HttpResponse:
    """Uphold or dismiss an objection, with reasons."""
    viewer, found = viewer_of(request), _found(request, pk)
    require(viewer, Permission.ENROLMENT_CHANGE, on=works_in(found.person))
    with matching(request, found, shown=ObjectionOut, again=lambda: _found(request, pk)) as version:
        form = AnswerObjection({**body.model_dump(), "version": version}, enrolled=found.enrolment_id is not None)
        given = checked(form)
        actions.answer_objection(
            by=viewer,
            objection=found,
            upheld=given["verdict"] == Objection.State.UPHELD,
            words=given["words"],
            withdraw_enrolment=given.get("withdraw", False),
            version=given["version"],
            at=timezone.now(),
        )
    return answered(request, response, _found(request, pk))


@router.post("/objections/{pk}/withdraw", response=ObjectionOut, openapi_extra=DESCRIBED)
def objection_withdraw(request: HttpRequest, response: HttpResponse, pk: Key) -> Objection | HttpResponse:
    """Take an objection of yours back."""
    viewer, found = viewer_of(request), _found(request, pk)
    if not found.is_of(viewer):
        raise Http404
    with matching(request, found, shown=ObjectionOut, again=lambda: _found(request, pk)) as version:
        given = checked(Versioned({"version": version}))
        actions.withdraw_objection(by=viewer, objection=found, at=timezone.now(), **given)
    return answered(request, response, _found(request, pk))


def _found(request: HttpRequest, pk: int) -> Objection:
    return one(get_object_or_404(objections_listed(viewer_of(request)), pk=pk), What.COURSES)
