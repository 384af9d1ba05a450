"""Obstacles, escalations and decisions, for programs."""

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked, one_of
from vested.core.viewer import viewer_of
from vested.direction.actions import (
    answer_obstacle,
    decide_escalation,
    note_follow_up,
    raise_escalation,
    raise_obstacle,
)
from vested.direction.filters import DecisionFilter, EscalationFilter, ObstacleFilter
from vested.direction.forms.escalations import RaiseEscalation
from vested.direction.forms.promises import AnswerObstacle, RaiseObstacle
from vested.direction.forms.promises import Reply as SayReply
from vested.direction.models import Decision, Escalation, Obstacle
from vested.direction.queries.escalations import decisions_listed, escalations_listed
from vested.direction.queries.obstacles import obstacles_listed

router = Router()


class ObstacleOut(Schema):
    """What stands in the way; who raised it is told nobody here."""

    id: int
    kind: str = one_of(Obstacle.Kind)
    words: str
    wish: str
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
    wall: int | None = Field(alias="wall_id", description="The wall it stands behind; null: none.")
    owner: str
    raised_on: date
    answer_by: date
    answered_on: date | None
    outcome: str = Field(description="Empty: not answered yet.")
    answer: str

    @staticmethod
    def resolve_owner(row: Obstacle) -> str:
        """Who owns it."""
        return str(row.owner or "")


class EscalationOut(Schema):
    """What asks for a decision."""

    id: int
    title: str
    words: str
    asked: str
    options: list[str]
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
    owner: str
    raised_on: date
    owner_by: date
    director_by: date
    top_by: date
    decided_on: date | None
    wall: int | None = Field(alias="wall_id", description="The wall it stands behind; null: none.")
    step: Escalation.Step = Field(description="Whose turn it is, computed today.")

    @staticmethod
    def resolve_owner(row: Escalation) -> str:
        """Who is to decide first."""
        return str(row.owner or "")


class DecisionOut(Schema):
    """What was decided, and why."""

    id: int
    what: str
    chosen: str
    why: str
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
    escalation: int | None = Field(alias="escalation_id")
    wall: int | None = Field(alias="wall_id", description="The wall it stands behind; null: none.")
    decided_on: date
    by: str

    @staticmethod
    def resolve_by(row: Decision) -> str:
        """Who decided."""
        return str(row.decided_by or "")


class ObstacleRaised(Schema):
    """What stands in the way. Without your name, no row and no line of history says who you are."""

    kind: str = one_of(Obstacle.Kind)
    words: str
    wish: str = ""
    unit: int | None = Field(None, description="null: the whole sector")
    named: bool = Field(description="With your name, you are told the answer.")
    wall: int | None = Field(None, description="A wall whose hat you wear; null: it stands behind none.")


class ObstacleAnswer(Schema):
    """What became of it."""

    outcome: str = one_of(Obstacle.Outcome)
    answer: str


class DecisionAsked(Schema):
    """What asks for a decision: of its owner first, on later days of the director and of top management."""

    title: str
    words: str
    asked: str = Field(description="As a question.")
    options: list[str] = Field(description="Two at least.")
    unit: int | None = Field(None, description="null: the whole sector")
    owner: str = Field("", description="Name or code; empty: the director at once.")
    owner_by: date
    director_by: date
    top_by: date
    wall: int | None = Field(None, description="A wall whose hat you wear; null: it stands behind none.")


class DecisionTaken(Schema):
    """A decision and its reason."""

    chosen: str = Field(min_length=1)
    why: str = Field(min_length=1, description="The others have to be able to repeat it.")


class DecisionFollowed(Schema):
    """What followed."""

    words: str


OBSTACLES = ListOf(
    filters=ObstacleFilter, sorts={"raised_on": "raised_on", "answer_by": "answer_by"}, usual="-raised_on"
)
ESCALATIONS = ListOf(filters=EscalationFilter, sorts={"top_by": "top_by", "raised_on": "raised_on"}, usual="top_by")
DECISIONS = ListOf(filters=DecisionFilter, sorts={"decided_on": "decided_on"}, usual="-decided_on")


@router.get("/obstacles", response=Listed[ObstacleOut], openapi_extra=OBSTACLES.described())
def obstacles(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List what stands in the way: what was answered, what you raised, and what you answer for."""
    return OBSTACLES.page(request, obstacles_listed(viewer_of(request)), paging)


@router.get("/escalations", response=Listed[EscalationOut], openapi_extra=ESCALATIONS.described())
def escalations(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List what asks for a decision, and whose turn it is."""
    return ESCALATIONS.page(request, escalations_listed(viewer_of(request), localdate()), paging)


@router.get("/decisions", response=Listed[DecisionOut], openapi_extra=DECISIONS.described())
def decisions(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List what was decided, and why."""
    return DECISIONS.page(request, decisions_listed(viewer_of(request)), paging)


@router.post("/obstacles", response={201: ObstacleOut})
def obstacle_raise(request: HttpRequest, body: ObstacleRaised) -> Obstacle:
    """Say what stands in the way, as anybody may."""
    viewer, given = viewer_of(request), body.model_dump()
    given |= {"where": given.pop("unit"), "named": "yes" if body.named else "no"}
    answers = checked(RaiseObstacle(given, viewer=viewer, today=localdate()))
    return raise_obstacle(by=viewer, unit=answers.pop("where"), at=timezone.now(), **answers)


@router.post("/obstacles/{pk}/answer", response=ObstacleOut)
def obstacle_answer(request: HttpRequest, pk: Key, body: ObstacleAnswer) -> Obstacle:
    """Answer an obstacle: it is removed, or it is explained why it stays."""
    viewer = viewer_of(request)
    found = get_object_or_404(obstacles_listed(viewer), pk=pk)
    answers = checked(AnswerObstacle(body.model_dump(), viewer=viewer, today=localdate()))
    return answer_obstacle(by=viewer, obstacle=found, at=timezone.now(), **answers)


@router.post("/escalations", response={201: EscalationOut})
def escalation_raise(request: HttpRequest, body: DecisionAsked) -> Escalation:
    """Ask for a decision, as anybody may; it climbs by itself on the days given."""
    viewer, today, given = viewer_of(request), localdate(), body.model_dump()
    given |= {"where": given.pop("unit"), "options": "\n".join(body.options)}
    answers = checked(RaiseEscalation(given, viewer=viewer, today=today))
    kept = {name: answers[name] for name in answers if name not in {"about_type", "about_id", "where"}}
    raised = raise_escalation(by=viewer, unit=answers["where"], about=None, at=timezone.now(), **kept)
    return get_object_or_404(escalations_listed(viewer, today), pk=raised.pk)


@router.post("/escalations/{pk}/decide", response={201: DecisionOut})
def escalation_decide(request: HttpRequest, pk: Key, body: DecisionTaken) -> Decision:
    """Decide what an escalation asks for, when it is your turn."""
    viewer = viewer_of(request)
    found = get_object_or_404(escalations_listed(viewer, localdate()), pk=pk)
    return decide_escalation(by=viewer, escalation=found, chosen=body.chosen, why=body.why, at=timezone.now())


@router.post("/decisions/{pk}/follow", response={201: DecisionOut})
def decision_follow(request: HttpRequest, pk: Key, body: DecisionFollowed) -> Decision:
    """Note what followed from a decision."""
    viewer, today = viewer_of(request), localdate()
    found = get_object_or_404(decisions_listed(viewer), pk=pk)
    note_follow_up(
        by=viewer,
        decision=found,
        on=today,
        **checked(SayReply(body.model_dump(), viewer=viewer, today=today)),
    )
    return found
