"""Duties and opportunities, for programs."""

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked, one_of
from vested.core.viewer import viewer_of
from vested.direction.actions import (
    add_duty,
    answer_invitation,
    end_opportunity,
    invite,
    meet_duty,
    note_momentum,
    open_opportunity,
)
from vested.direction.filters import DutyFilter, OpportunityFilter
from vested.direction.forms.duties import AddDuty, AnswerInvitation, EndOpportunity, Invite, MeetDuty, OpenOpportunity
from vested.direction.forms.promises import Reply as SayReply
from vested.direction.models import Duty, Invitation, Opportunity
from vested.direction.queries.duties import duties_listed, invited, opportunities_listed
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


class OpportunityOpened(Schema):
    """A window that closes."""

    title: str
    intention: str = Field(description="What you openly want with it; those you invite read it.")
    unit: int | None = Field(None, description="null: the whole sector")
    owner: str = Field("", description="Name or code; empty: yourself.")
    opens_on: date
    closes_on: date
    wall: int | None = Field(None, description="A wall whose hat you wear; null: it stands behind none.")


class OpportunityEnded(Schema):
    """What came of a window."""

    seized: bool
    why: str


class InvitationOut(Schema):
    """Somebody who may join."""

    id: int
    party: str
    answer: str = one_of(Invitation.Answer, "Empty: none yet.")
    words: str


class Invited(Schema):
    """Who is to join."""

    party: str


class InvitationAnswered(Schema):
    """What they answered."""

    answer: str = one_of(Invitation.Answer)
    words: str = ""


class Moved(Schema):
    """What moves around it."""

    words: str


DUTIES = ListOf(filters=DutyFilter, sorts={"due_on": "due_on", "title": "find"}, usual="due_on")
INVITATIONS = ListOf(sorts={"party": "party"}, usual="party")
OPPORTUNITIES = ListOf(filters=OpportunityFilter, sorts={"closes_on": "closes_on", "title": "find"}, usual="closes_on")


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


@router.get("/opportunities/{pk}", response=OpportunityOut)
def opportunity(request: HttpRequest, pk: Key) -> Opportunity:
    """Read one window, and how it stands."""
    found: Opportunity = get_object_or_404(opportunities_listed(viewer_of(request), localdate()), pk=pk)
    return found


@router.post("/opportunities", response={201: OpportunityOut})
def opportunity_open(request: HttpRequest, body: OpportunityOpened) -> Opportunity:
    """Name a window that closes, for a unit you lead, and what you openly want with it."""
    viewer = leading(request)
    answers = checked(OpenOpportunity(body.model_dump(), viewer=viewer, today=localdate()))
    return opportunity(request, open_opportunity(by=viewer, **answers).pk)


@router.post("/opportunities/{pk}/end", response=OpportunityOut)
def opportunity_end(request: HttpRequest, pk: Key, body: OpportunityEnded) -> Opportunity:
    """Say what came of a window: it was seized, or left."""
    viewer, today = viewer_of(request), localdate()
    given = {"seized": "yes" if body.seized else "no", "why": body.why}
    answers = checked(EndOpportunity(given, viewer=viewer, today=today))
    end_opportunity(by=viewer, opportunity=opportunity(request, pk), on=today, **answers)
    return opportunity(request, pk)


@router.post("/opportunities/{pk}/momentum", response={204: None})
def opportunity_momentum(request: HttpRequest, pk: Key, body: Moved) -> None:
    """Note what moves around a window."""
    viewer, today = viewer_of(request), localdate()
    answers = checked(SayReply(body.model_dump(), viewer=viewer, today=today))
    note_momentum(by=viewer, opportunity=opportunity(request, pk), on=today, **answers)


@router.get("/opportunities/{pk}/invitations", response=Listed[InvitationOut], openapi_extra=INVITATIONS.described())
def invitations(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List who is invited, and what they answered."""
    return INVITATIONS.page(request, invited(viewer_of(request), opportunity(request, pk)), paging)


@router.post("/opportunities/{pk}/invitations", response={201: InvitationOut})
def invitation_send(request: HttpRequest, pk: Key, body: Invited) -> Invitation:
    """Invite somebody to join."""
    viewer, today = viewer_of(request), localdate()
    answers = checked(Invite(body.model_dump(), viewer=viewer, today=today))
    return invite(by=viewer, opportunity=opportunity(request, pk), on=today, **answers)


@router.post("/invitations/{pk}/answer", response=InvitationOut)
def invitation_answer(request: HttpRequest, pk: Key, body: InvitationAnswered) -> Invitation:
    """Note what they answered: in, later, or no; who comes late is welcome."""
    viewer, today = viewer_of(request), localdate()
    found = get_object_or_404(Invitation.objects.all().visible_to(viewer).select_related("opportunity__unit"), pk=pk)
    answers = checked(AnswerInvitation(body.model_dump(), viewer=viewer, today=today))
    return answer_invitation(by=viewer, invitation=found, on=today, **answers)
