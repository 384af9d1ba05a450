"""Promises, for programs."""

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked, one_of
from vested.core.viewer import viewer_of
from vested.direction.actions import make_commitment, prove_commitment, reply_to_commitment, withdraw_commitment
from vested.direction.filters import CommitmentFilter
from vested.direction.forms.promises import MakeCommitment, ProveCommitment, Why
from vested.direction.forms.promises import Reply as SayReply
from vested.direction.models import Commitment
from vested.direction.queries.commitments import commitments_listed
from vested.direction.views.parts import leading

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
    wall: int | None = Field(alias="wall_id", description="The wall it stands behind; null: none.")
    state: str = one_of(Commitment.State, "Computed today, from dates and proof.")

    @staticmethod
    def resolve_who(row: Commitment) -> str:
        """Whose it is."""
        return str(row.person or "")


class PromiseMade(Schema):
    """What is promised; its words cannot be changed later."""

    words: str
    to_whom: str
    due_on: date
    proof_is: str
    unit: int | None = Field(None, description="null: the whole sector")
    person: str = Field("", description="Whose it is: name or code; empty: your own.")
    objective: int | None = None
    public: bool = False
    wall: int | None = Field(None, description="A wall whose hat you wear; null: it stands behind none.")


class TakenBack(Schema):
    """Why."""

    why: str


class PromiseReply(Schema):
    """What is said."""

    words: str


class Proof(Schema):
    """What shows that a promise is kept."""

    proof: str
    on: date


COMMITMENTS = ListOf(
    filters=CommitmentFilter, sorts={"due_on": "due_on", "made_on": "made_on", "state": "state"}, usual="due_on"
)


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


@router.post("/commitments", response={201: CommitmentOut})
def commitment_make(request: HttpRequest, body: PromiseMade) -> Commitment:
    """Promise something, for a unit you lead."""
    viewer, today = leading(request), localdate()
    answers = checked(MakeCommitment(body.model_dump(), viewer=viewer, today=today))
    made = make_commitment(by=viewer, at=timezone.now(), **answers)
    return commitment(request, made.pk)


@router.post("/commitments/{pk}/withdraw", response=CommitmentOut)
def commitment_withdraw(request: HttpRequest, pk: Key, body: TakenBack) -> Commitment:
    """Take a promise back, with a reason; after the day it was due, that is breaking it."""
    viewer, today = viewer_of(request), localdate()
    found = commitment(request, pk)
    answers = checked(Why(body.model_dump(), viewer=viewer, today=today))
    withdraw_commitment(by=viewer, commitment=found, on=today, **answers)
    return commitment(request, pk)


@router.post("/commitments/{pk}/reply", response=CommitmentOut)
def commitment_reply(request: HttpRequest, pk: Key, body: PromiseReply) -> Commitment:
    """Say something about a promise; its own words stay."""
    viewer, today = viewer_of(request), localdate()
    found = commitment(request, pk)
    answers = checked(SayReply(body.model_dump(), viewer=viewer, today=today))
    reply_to_commitment(by=viewer, commitment=found, on=today, **answers)
    return commitment(request, pk)
