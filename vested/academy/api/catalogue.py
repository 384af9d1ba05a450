"""Courses, what they teach, and when they are held, for programs."""

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from vested.academy.filters import CourseFilter, ProviderFilter, SessionFilter
from vested.academy.models import Course, Outcome, Provider, Session
from vested.core.api.lists import Key, Listed, ListOf, Paging
from vested.core.viewer import viewer_of

router = Router()


class CourseOut(Schema):
    """Training somebody can take."""

    id: int
    code: str = Field(description="The office's own.")
    title: str
    provider: int | None = Field(alias="provider_id")
    mode: str
    language: str = Field(description="Empty: any.")
    hours: float
    cost: Decimal = Field(description="Each person's, in the sector's currency.")
    prerequisite: int | None = Field(alias="prerequisite_id")
    url: str
    shared: bool


class OutcomeOut(Schema):
    """What a course does: it takes whoever has at least one level of a skill to another."""

    id: int
    course: int = Field(alias="course_id")
    skill: int = Field(alias="skill_id")
    from_level: float
    to_level: float


class SessionOut(Schema):
    """One time a course is held."""

    id: int
    code: str
    course: int = Field(alias="course_id")
    period: int
    starts_on: date | None
    seats: int | None = Field(description="null: no limit")


class ProviderOut(Schema):
    """Who gives courses, inside or outside."""

    id: int
    name: str


COURSES = ListOf(
    filters=CourseFilter, sorts={"title": "title", "code": "code", "hours": "hours", "cost": "cost"}, usual="title"
)
OUTCOMES = ListOf(sorts={"course": "course__title", "skill": "skill__name"}, usual="course")
SESSIONS = ListOf(
    filters=SessionFilter,
    sorts={"period": "period", "starts_on": "starts_on", "course": "course__title"},
    usual="period",
)
PROVIDERS = ListOf(filters=ProviderFilter, sorts={"name": "find"}, usual="name")


@router.get("/courses", response=Listed[CourseOut], openapi_extra=COURSES.described())
def courses(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the courses of the sector, and those shared with it."""
    return COURSES.page(request, _courses(request), paging)


@router.get("/courses/{pk}", response=CourseOut)
def course(request: HttpRequest, pk: Key) -> Course:
    """Read one course."""
    return get_object_or_404(_courses(request), pk=pk)


@router.get("/courses/{pk}/outcomes", response=Listed[OutcomeOut], openapi_extra=OUTCOMES.described())
def course_outcomes(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List what a course teaches."""
    rows = Outcome.objects.all().visible_to(viewer_of(request))
    return OUTCOMES.page(request, rows.filter(course=get_object_or_404(_courses(request), pk=pk)), paging)


@router.get("/courses/{pk}/sessions", response=Listed[SessionOut], openapi_extra=SESSIONS.described())
def course_sessions(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List when a course is held."""
    return SESSIONS.page(request, _sessions(request).filter(course=get_object_or_404(_courses(request), pk=pk)), paging)


@router.get("/outcomes", response=Listed[OutcomeOut], openapi_extra=OUTCOMES.described())
def outcomes(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List what all courses teach."""
    return OUTCOMES.page(request, Outcome.objects.all().visible_to(viewer_of(request)), paging)


@router.get("/sessions", response=Listed[SessionOut], openapi_extra=SESSIONS.described())
def sessions(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the sessions of all courses."""
    return SESSIONS.page(request, _sessions(request), paging)


@router.get("/providers", response=Listed[ProviderOut], openapi_extra=PROVIDERS.described())
def providers(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List who gives courses."""
    return PROVIDERS.page(request, Provider.objects.all().visible_to(viewer_of(request)), paging)


@router.get("/providers/{pk}", response=ProviderOut)
def provider(request: HttpRequest, pk: Key) -> Provider:
    """Read one provider."""
    return get_object_or_404(Provider.objects.all().visible_to(viewer_of(request)), pk=pk)


def _courses(request: HttpRequest) -> QuerySet[Course]:
    return Course.objects.all().visible_to(viewer_of(request))


def _sessions(request: HttpRequest) -> QuerySet[Session]:
    return Session.objects.all().visible_to(viewer_of(request))
