"""Duties, opportunities and steering sessions, for programs."""

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked, one_of
from vested.core.viewer import viewer_of
from vested.direction.actions import add_duty, meet_duty
from vested.direction.filters import DutyFilter, OpportunityFilter, SteeringFilter
from vested.direction.forms.duties import AddDuty, MeetDuty
from vested.direction.models import Duty
from vested.direction.queries.duties import duties_listed, opportunities_listed
from vested.direction.queries.steering import sessions_listed
from vested.direction.views.parts import leading

router = Router()


class DutyOut(Schema):
    """What is demanded from outside."""

    id: int
    code: str = Field(description="The office's own.")
    title: str
    kind: str = one_of(Duty.Kind)
    source: str = Field(description="Where it is written.")
    words: str
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
    due_on: date
    met_on: date | None
    wall: int | None = Field(alias="wall_id", description="The wall it stands behind; null: none.")
    state: str = Field(description="met, late, uncovered or covered; computed today.")


class DutyAdded(Schema):
    """What is demanded from outside."""

    title: str
    kind: str = one_of(Duty.Kind)
    source: str = Field(description="Where it is written: law and article, or strategy and page.")
    words: str
    unit: int | None = Field(None, description="null: the whole sector")
    owner: str = Field("", description="Name or code; empty: yourself.")
    due_on: date
    code: str = Field("", description="Your own code for it.")
    wall: int | None = Field(None, description="A wall whose hat you wear; null: it stands behind none.")


class DutyMet(Schema):
    """That a duty is met."""

    how: str = Field(description="How one can see it.")


class OpportunityOut(Schema):
    """A window that closes."""

    id: int
    title: str
    intention: str
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
    opens_on: date
    closes_on: date
    asked: int = Field(description="How many were invited.")
    are_in: int
    wall: int | None = Field(alias="wall_id", description="The wall it stands behind; null: none.")
    state: str = Field(description="to_come, open, closed, seized or left; computed today.")


class SessionOut(Schema):
    """A session in which leaders steer."""

    id: int
    forum: str
    on: date
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
    wall: int | None = Field(alias="wall_id", description="The wall it stands behind; null: none.")


DUTIES = ListOf(filters=DutyFilter, sorts={"due_on": "due_on", "title": "find"}, usual="due_on")
OPPORTUNITIES = ListOf(filters=OpportunityFilter, sorts={"closes_on": "closes_on", "title": "find"}, usual="closes_on")
STEERING = ListOf(filters=SteeringFilter, sorts={"on": "on"}, usual="-on")


@router.get("/duties", response=Listed[DutyOut], openapi_extra=DUTIES.described())
def duties(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List what is demanded from outside, and whether something answers it."""
    return DUTIES.page(request, duties_listed(viewer_of(request), localdate()), paging)


@router.get("/duties/{pk}", response=DutyOut)
def duty(request: HttpRequest, pk: Key) -> Duty:
    """Read one duty, and how it stands."""
    found: Duty = get_object_or_404(duties_listed(viewer_of(request), localdate()), pk=pk)
    return found


@router.post("/duties", response={201: DutyOut})
def duty_add(request: HttpRequest, body: DutyAdded) -> Duty:
    """Add what is demanded, for a unit you lead."""
    viewer = leading(request)
    answers = checked(AddDuty(body.model_dump(), viewer=viewer, today=localdate()))
    return duty(request, add_duty(by=viewer, **answers).pk)


@router.post("/duties/{pk}/meet", response=DutyOut)
def duty_meet(request: HttpRequest, pk: Key, body: DutyMet) -> Duty:
    """Say that a duty is met, and how one can see it."""
    viewer, today = viewer_of(request), localdate()
    answers = checked(MeetDuty(body.model_dump(), viewer=viewer, today=today))
    meet_duty(by=viewer, duty=duty(request, pk), on=today, **answers)
    return duty(request, pk)


@router.get("/opportunities", response=Listed[OpportunityOut], openapi_extra=OPPORTUNITIES.described())
def opportunities(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the windows that close, and how many are in."""
    return OPPORTUNITIES.page(request, opportunities_listed(viewer_of(request), localdate()), paging)


@router.get("/steering", response=Listed[SessionOut], openapi_extra=STEERING.described())
def steering(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the sessions in which leaders steer."""
    return STEERING.page(request, sessions_listed(viewer_of(request)), paging)
