"""Promises, obstacles, escalations and decisions, for programs."""

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked
from vested.core.viewer import viewer_of
from vested.direction.actions import prove_commitment
from vested.direction.filters import CommitmentFilter, DecisionFilter, EscalationFilter, ObstacleFilter
from vested.direction.forms.promises import ProveCommitment
from vested.direction.models import Commitment, Decision, Escalation, Obstacle
from vested.direction.queries.commitments import commitments_listed
from vested.direction.queries.escalations import decisions_listed, escalations_listed
from vested.direction.queries.obstacles import obstacles_listed

router = Router()


class CommitmentOut(Schema):
    """Who promised what to whom by when."""

    id: int
    words: str
    to_whom: str
    who: str = Field(description="Whose name stands beside it.")
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
    objective: int | None = Field(alias="objective_id")
    made_on: date
    due_on: date
    proof_is: str = Field(description="What will show that it is kept.")
    public: bool
    kept_on: date | None
    proof: str
    withdrawn_on: date | None
    withdrawn_why: str
    state: Commitment.State = Field(description="Computed today, from dates and proof.")

    @staticmethod
    def resolve_who(row: Commitment) -> str:
        """Whose it is."""
        return str(row.person or "")


class ObstacleOut(Schema):
    """What stands in the way; who raised it is told nobody here."""

    id: int
    kind: Obstacle.Kind
    words: str
    wish: str
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
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
    decided_on: date
    by: str

    @staticmethod
    def resolve_by(row: Decision) -> str:
        """Who decided."""
        return str(row.decided_by or "")


class Proof(Schema):
    """What shows that a promise is kept."""

    proof: str
    on: date


COMMITMENTS = ListOf(
    filters=CommitmentFilter, sorts={"due_on": "due_on", "made_on": "made_on", "state": "state"}, usual="due_on"
)
OBSTACLES = ListOf(
    filters=ObstacleFilter, sorts={"raised_on": "raised_on", "answer_by": "answer_by"}, usual="-raised_on"
)
ESCALATIONS = ListOf(filters=EscalationFilter, sorts={"top_by": "top_by", "raised_on": "raised_on"}, usual="top_by")
DECISIONS = ListOf(filters=DecisionFilter, sorts={"decided_on": "decided_on"}, usual="-decided_on")


@router.get("/commitments", response=Listed[CommitmentOut], openapi_extra=COMMITMENTS.described())
def commitments(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List what was promised, and what became of it."""
    return COMMITMENTS.page(request, commitments_listed(viewer_of(request), localdate()), paging)


@router.get("/commitments/{pk}", response=CommitmentOut)
def commitment(request: HttpRequest, pk: Key) -> Commitment:
    """Read one promise."""
    return get_object_or_404(commitments_listed(viewer_of(request), localdate()), pk=pk)


@router.post("/commitments/{pk}/prove", response=CommitmentOut)
def commitment_prove(request: HttpRequest, pk: Key, body: Proof) -> Commitment:
    """Show that a promise is kept."""
    viewer, today = viewer_of(request), localdate()
    found = commitment(request, pk)
    answers = checked(ProveCommitment(body.model_dump(), viewer=viewer, today=today))
    prove_commitment(by=viewer, commitment=found, today=today, **answers)
    return commitment(request, pk)


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
