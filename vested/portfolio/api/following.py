"""Baselines, what was spent, claims, and where they differ from what is computed, for programs."""

from datetime import date
from decimal import Decimal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked, one_of
from vested.core.viewer import viewer_of
from vested.portfolio.actions import claim, close_difference, note_spending, rebaseline
from vested.portfolio.api.initiatives import found
from vested.portfolio.filters import DifferenceFilter
from vested.portfolio.forms.following import Claim as SayClaim
from vested.portfolio.forms.following import Decision, NoteSpending
from vested.portfolio.models import Baseline, Claim, Difference, Mode, Spending
from vested.portfolio.models.following import Side, Standing
from vested.portfolio.queries.initiatives import differences_listed

router = Router()


class FrozenBenefit(Schema):
    """What was promised, a year."""

    words: str
    economic: bool = Field(description="In money.")
    amount: float


class BaselineOut(Schema):
    """What was frozen: it never changes, and is never taken away."""

    id: int
    number: int
    on: date
    why: str
    kind: str = one_of(Mode.Kind)
    starts_on: date
    ends_on: date
    cost: Decimal
    benefits: list[FrozenBenefit]


class SpendingOut(Schema):
    """What was spent in a quarter; of one quarter the newest row counts."""

    id: int
    quarter: date = Field(description="Its first day.")
    amount: Decimal
    source: str
    noted_on: date


class ClaimOut(Schema):
    """How its owner says an initiative stands."""

    id: int
    on: date
    cost: str = one_of(Standing)
    schedule: str = one_of(Standing)
    economic: str = one_of(Standing)
    other: str = one_of(Standing)
    words: str


class DifferenceOut(Schema):
    """That what was claimed was not what was computed."""

    id: int
    initiative: int = Field(alias="initiative_id")
    side: str = one_of(Side)
    claimed: str = one_of(Standing)
    computed: str = one_of(Standing)
    seen_on: date
    closed_on: date | None
    closed_why: str


class Why(Schema):
    """Why."""

    words: str = Field(description="The others have to be able to repeat it.")


class Spent(Schema):
    """What was spent in a quarter."""

    quarter: date = Field(description="Any day of it.")
    amount: Decimal
    source: str = Field(description="Where the figure comes from.")


class Claimed(Schema):
    """How it stands on each side, as you see it."""

    cost: str = one_of(Standing)
    schedule: str = one_of(Standing)
    economic: str = one_of(Standing)
    other: str = one_of(Standing)
    words: str


BASELINES = ListOf(sorts={"number": "number"}, usual="number")
SPENDING = ListOf(sorts={"quarter": "quarter", "noted_on": "noted_on"}, usual="quarter")
CLAIMS = ListOf(sorts={"on": "on"}, usual="-on")
DIFFERENCES = ListOf(filters=DifferenceFilter, sorts={"seen_on": "seen_on", "closed_on": "closed_on"}, usual="-seen_on")


@router.get("/initiatives/{pk}/baselines", response=Listed[BaselineOut], openapi_extra=BASELINES.described())
def initiative_baselines(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List every baseline an initiative ever had."""
    rows = Baseline.objects.all().visible_to(viewer_of(request)).filter(initiative=found(request, pk))
    return BASELINES.page(request, rows, paging)


@router.post("/initiatives/{pk}/baselines", response={201: BaselineOut})
def initiative_rebaseline(request: HttpRequest, pk: Key, body: Why) -> Baseline:
    """Freeze what is planned now, by a decision of somebody who does not own it; those before stay."""
    viewer, today, one = viewer_of(request), localdate(), found(request, pk)
    answers = checked(Decision(body.model_dump(), viewer=viewer, today=today))
    return rebaseline(by=viewer, initiative=one, why=answers["words"], on=today)


@router.get("/initiatives/{pk}/spending", response=Listed[SpendingOut], openapi_extra=SPENDING.described())
def initiative_spending(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List what was noted as spent on an initiative."""
    rows = Spending.objects.all().visible_to(viewer_of(request)).filter(initiative=found(request, pk))
    return SPENDING.page(request, rows, paging)


@router.post("/initiatives/{pk}/spending", response={201: SpendingOut})
def spending_note(request: HttpRequest, pk: Key, body: Spent) -> Spending:
    """Note what was spent in a quarter; what was noted before stays beside it."""
    viewer, today, one = viewer_of(request), localdate(), found(request, pk)
    answers = checked(NoteSpending(body.model_dump(), viewer=viewer, today=today))
    return note_spending(by=viewer, initiative=one, on=today, **answers)


@router.get("/initiatives/{pk}/claims", response=Listed[ClaimOut], openapi_extra=CLAIMS.described())
def initiative_claims(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List what was claimed of how an initiative stands, the newest first."""
    rows = Claim.objects.all().visible_to(viewer_of(request)).filter(initiative=found(request, pk))
    return CLAIMS.page(request, rows, paging)


@router.post("/initiatives/{pk}/claims", response={201: ClaimOut})
def claim_make(request: HttpRequest, pk: Key, body: Claimed) -> Claim:
    """Say how an initiative stands; where that is not what is computed, the difference is listed."""
    viewer, today, one = viewer_of(request), localdate(), found(request, pk)
    answers = checked(SayClaim(body.model_dump(), viewer=viewer, today=today))
    return claim(by=viewer, initiative=one, on=today, **answers)


@router.get("/differences", response=Listed[DifferenceOut], openapi_extra=DIFFERENCES.described())
def differences(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List where what was claimed was not what was computed, closed or not."""
    return DIFFERENCES.page(request, differences_listed(viewer_of(request)), paging)


@router.post("/differences/{pk}/close", response=DifferenceOut)
def difference_close(request: HttpRequest, pk: Key, body: Why) -> Difference:
    """Close a difference with a reason, where you do not own the initiative; it stays on the list."""
    viewer, today = viewer_of(request), localdate()
    row = get_object_or_404(differences_listed(viewer), pk=pk)
    answers = checked(Decision(body.model_dump(), viewer=viewer, today=today))
    return close_difference(by=viewer, difference=row, why=answers["words"], on=today)
