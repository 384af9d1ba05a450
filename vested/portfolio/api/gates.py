"""Gates: what each asks, judging, waiving and passing, for programs."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Field, Router, Schema

from vested.core.api.lists import Key, checked, one_of
from vested.core.viewer import viewer_of
from vested.portfolio.actions import judge, pass_gate, waive
from vested.portfolio.api.initiatives import found
from vested.portfolio.forms.following import Decision, Judge, Waive
from vested.portfolio.models import Initiative
from vested.portfolio.queries.checks import CHECKS
from vested.portfolio.queries.gates import next_gate, results
from vested.portfolio.queries.thresholds import thresholds_of

router = Router()
CODES: Any = {"enum": [check.code for check in CHECKS]}


class CheckOut(Schema):
    """What a gate asks, and how that stands today."""

    code: str
    asks: str
    state: str = Field(description="met, waived or missing")
    missing: str = Field(description="What would satisfy it; empty where it is met.")
    waived_until: date | None
    judged_by: list[str] = Field(description="The roles that judge it; empty: it is computed.")


class GateOut(Schema):
    """A gate of an initiative."""

    gate: str = one_of(Initiative.Stage)
    is_next: bool
    passed_on: date | None
    checks: list[CheckOut]


class Judged(Schema):
    """What you find of a check, with the reason."""

    code: str = Field(description="Of the check.", json_schema_extra=CODES)
    met: bool
    words: str


class Waived(Schema):
    """Until when a check may wait, and why."""

    code: str = Field(description="Of the check.", json_schema_extra=CODES)
    reason: str
    until: date


class Passed(Schema):
    """Why it may pass."""

    words: str


@router.get("/initiatives/{pk}/gates", response=list[GateOut])
def initiative_gates(request: HttpRequest, pk: Key) -> list[GateOut]:
    """List what each gate asks of an initiative, and what would satisfy it."""
    viewer, today = viewer_of(request), localdate()
    one, rules = get_object_or_404(Initiative.objects.all().visible_to(viewer).gated(), pk=pk), thresholds_of(viewer)
    passed, ahead = {row.gate: row.on for row in one.passages.all()}, next_gate(one)
    return [
        GateOut(
            gate=str(gate), is_next=gate == ahead, passed_on=passed.get(gate),
            checks=[
                CheckOut(
                    code=row.check.code, asks=str(row.check.asks), state=str(row.state), missing=row.missing,
                    waived_until=row.waiver.until if row.waiver else None,
                    judged_by=[str(role) for role in row.check.judges],
                )
                for row in results(one, gate, rules, today)
            ],
        )
        for gate in list(Initiative.Stage)[1:]
    ]  # fmt: skip


@router.post("/initiatives/{pk}/judge", response=list[GateOut])
def initiative_judge(request: HttpRequest, pk: Key, body: Judged) -> list[GateOut]:
    """Judge a check in the role it names; it is never changed, only judged anew."""
    viewer, today, one = viewer_of(request), localdate(), found(request, pk)
    given = {**body.model_dump(), "met": "yes" if body.met else "no"}
    answers = checked(Judge(given, viewer=viewer, today=today, checks=list(CHECKS)))
    judge(by=viewer, initiative=one, on=today, **answers)
    return initiative_gates(request, pk)


@router.post("/initiatives/{pk}/waive", response=list[GateOut])
def initiative_waive(request: HttpRequest, pk: Key, body: Waived) -> list[GateOut]:
    """Let a check wait until a day, where you do not own the initiative; after it, the gate is open again by itself."""
    viewer, today, one = viewer_of(request), localdate(), found(request, pk)
    answers = checked(Waive(body.model_dump(), viewer=viewer, today=today, checks=list(CHECKS)))
    waive(by=viewer, initiative=one, on=today, **answers)
    return initiative_gates(request, pk)


@router.post("/initiatives/{pk}/pass", response=list[GateOut])
def initiative_pass(request: HttpRequest, pk: Key, body: Passed) -> list[GateOut]:
    """Let an initiative pass its next gate; whatever is missing blocks it."""
    viewer, today, one = viewer_of(request), localdate(), found(request, pk)
    answers = checked(Decision(body.model_dump(), viewer=viewer, today=today))
    pass_gate(by=viewer, initiative=one, gate=next_gate(one) or "", on=today, **answers)
    return initiative_gates(request, pk)
