"""Steering sessions, and what managers hope digital can do, for programs."""

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked, one_of
from vested.core.viewer import viewer_of
from vested.direction.actions import answer_hope, call_session, decide_in_session, note_attendance, say_hope
from vested.direction.api.deciding import DecisionOut
from vested.direction.filters import HopeFilter, SteeringFilter
from vested.direction.forms.steering import AnswerHope, CallSession, DecideInSession, NoteAttendance, SayHope
from vested.direction.models import Decision, Hope, SteeringSession
from vested.direction.queries.steering import hopes_listed, sessions_listed
from vested.direction.views.parts import leading

router = Router()


class SessionOut(Schema):
    """A session in which leaders steer."""

    id: int
    forum: str
    on: date
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
    wall: int | None = Field(alias="wall_id", description="The wall it stands behind; null: none.")


class SessionCalled(Schema):
    """A session of a forum; its pack is there at once, and grows until the day."""

    forum: str
    on: date
    unit: int | None = Field(None, description="null: the whole sector")
    wall: int | None = Field(None, description="A wall whose hat you wear; null: it stands behind none.")


class Attended(Schema):
    """Who was there."""

    people: list[str] = Field(description="Names or codes.")


class DecidedThere(Schema):
    """A decision for the minutes."""

    what: str = Field(description="As a question.")
    chosen: str
    why: str = Field(description="The others have to be able to repeat it.")


class HopeOut(Schema):
    """What a manager hopes digital can do, and what became of it."""

    id: int
    who: str = Field(description="Whose name stands beside it.")
    unit: int = Field(alias="unit_id")
    words: str
    said_on: date
    outcome: str = Field(description="Empty: not answered yet.")
    answer: str
    answered_on: date | None
    need: int | None = Field(alias="need_id", description="The need it became.")

    @staticmethod
    def resolve_who(row: Hope) -> str:
        """Who said it."""
        return str(row.person or "")


class HopeSaid(Schema):
    """What digital can do for you and your unit."""

    unit: int
    words: str


class HopeAnswered(Schema):
    """What becomes of a hope."""

    outcome: str = one_of(Hope.Outcome)
    answer: str
    group: str = Field("", description="As a need: the group of users that has it.")
    words: str = Field("", description="As a need: what they need. Everybody in the sector reads it.")


HOPES = ListOf(filters=HopeFilter, sorts={"said_on": "said_on"}, usual="-said_on")
STEERING = ListOf(filters=SteeringFilter, sorts={"on": "on"}, usual="-on")


@router.get("/steering", response=Listed[SessionOut], openapi_extra=STEERING.described())
def steering(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the sessions in which leaders steer."""
    return STEERING.page(request, sessions_listed(viewer_of(request)), paging)


@router.post("/steering", response={201: SessionOut})
def steering_call(request: HttpRequest, body: SessionCalled) -> SteeringSession:
    """Call a forum of a unit you lead to a session."""
    viewer = leading(request)
    answers = checked(CallSession(body.model_dump(), viewer=viewer, today=localdate()))
    return call_session(by=viewer, **answers)


@router.post("/steering/{pk}/attendance", response={204: None})
def steering_attendance(request: HttpRequest, pk: Key, body: Attended) -> None:
    """Note who was there, besides those noted already."""
    viewer, found = viewer_of(request), _session(request, pk)
    answers = checked(NoteAttendance({"people": "\n".join(body.people)}, viewer=viewer, today=localdate()))
    note_attendance(by=viewer, session=found, people=answers["people"])


@router.post("/steering/{pk}/decisions", response={201: DecisionOut})
def steering_decide(request: HttpRequest, pk: Key, body: DecidedThere) -> Decision:
    """Write a decision into the minutes; it counts from the session's day."""
    viewer, found = viewer_of(request), _session(request, pk)
    answers = checked(DecideInSession(body.model_dump(), viewer=viewer, today=localdate()))
    return decide_in_session(by=viewer, session=found, **answers)


@router.get("/hopes", response=Listed[HopeOut], openapi_extra=HOPES.described())
def hopes(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List what managers hope digital can do: your own, and those of where you lead."""
    return HOPES.page(request, hopes_listed(viewer_of(request)), paging)


@router.post("/hopes", response={201: HopeOut})
def hope_say(request: HttpRequest, body: HopeSaid) -> Hope:
    """Say what digital can do for you and a unit you lead."""
    viewer, today = leading(request), localdate()
    answers = checked(SayHope(body.model_dump(), viewer=viewer, today=today))
    return say_hope(by=viewer, on=today, **answers)


@router.post("/hopes/{pk}/answer", response=HopeOut)
def hope_answer(request: HttpRequest, pk: Key, body: HopeAnswered) -> Hope:
    """Take a hope up as a need or an idea, or decline it with a reason."""
    viewer = viewer_of(request)
    found = get_object_or_404(hopes_listed(viewer), pk=pk)
    answers = checked(AnswerHope(body.model_dump(), viewer=viewer, today=localdate()))
    return answer_hope(by=viewer, hope=found, at=timezone.now(), **answers)


def _session(request: HttpRequest, pk: int) -> SteeringSession:
    return get_object_or_404(sessions_listed(viewer_of(request)), pk=pk)
