"""Increments, benefits, contracts and days to come, for programs."""

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked, one_of
from vested.core.models import Unit
from vested.core.permissions import Permission, require
from vested.core.viewer import viewer_of
from vested.portfolio.actions import add_benefit, add_contract, decide_contract, review_benefit, show_increment
from vested.portfolio.api.initiatives import found
from vested.portfolio.forms.following import AddContract, Decision, ShowIncrement
from vested.portfolio.forms.undertaking import AddBenefit, ReviewBenefit
from vested.portfolio.models import Benefit, Contract, Increment
from vested.portfolio.queries.days import Due, days_to_come

router = Router()


class IncrementOut(Schema):
    """What was shown, learnt and decided."""

    id: int
    on: date
    shown: str
    to_whom: str
    learnt: str
    decided: str = one_of(Increment.Decided)
    why: str


class BenefitOut(Schema):
    """What an initiative brings."""

    id: int
    words: str
    economic: bool = Field(description="In money.")
    amount: float = Field(description="A year.")
    counts: str
    owner: str
    review_on: date | None
    found: float | None = Field(description="When somebody looked last; null: nobody has.")

    @staticmethod
    def resolve_owner(row: Benefit) -> str:
        """Who answers for it."""
        return str(row.owner or "")

    @staticmethod
    def resolve_found(row: Benefit) -> float | None:
        """What was found last."""
        last = max(row.reviews.all(), key=lambda one: (one.on, one.pk), default=None)
        return last.found if last else None


class ContractOut(Schema):
    """An agreement with a supplier."""

    id: int
    title: str
    supplier: str
    initiative: int | None = Field(alias="initiative_id")
    system: int | None = Field(alias="block_id", description="The system it is for.")
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
    decide_by: date
    ends_on: date
    decided_on: date | None
    decided: str


class DueOut(Schema):
    """Something on a day."""

    on: date
    kind: str
    title: str
    note: str
    url: str = Field(description="Its page.")


class DaysOut(Schema):
    """Days to come, by day."""

    items: list[DueOut]


class Shown(Schema):
    """What was shown; deciding to stop ends the initiative."""

    shown: str
    to_whom: str
    learnt: str
    decided: str = one_of(Increment.Decided)
    why: str


class BenefitNamed(Schema):
    """What is to be better, by how much a year."""

    words: str
    economic: bool = False
    amount: float
    counts: str = ""
    owner: str = Field("", description="Name or code.")
    review_on: date | None = None


class Reviewed(Schema):
    """What was found of a benefit, and when somebody looks again."""

    found: float
    words: str
    again_on: date | None = None


class ContractAdded(Schema):
    """A contract, and by when it is decided what follows."""

    title: str
    supplier: str
    system: str = Field("", description="Name or code of the system it is for; empty: none.")
    unit: int | None = Field(None, description="null: the whole sector")
    owner: str = Field("", description="Name or code; empty: yourself.")
    decide_by: date
    ends_on: date


class ContractDecided(Schema):
    """What follows."""

    words: str


INCREMENTS = ListOf(sorts={"on": "on"}, usual="-on")
BENEFITS = ListOf(sorts={"review_on": "review_on"}, usual="review_on")
CONTRACTS = ListOf(sorts={"decide_by": "decide_by", "ends_on": "ends_on"}, usual="decide_by")


@router.get("/initiatives/{pk}/increments", response=Listed[IncrementOut], openapi_extra=INCREMENTS.described())
def initiative_increments(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List what was shown on the way, and what was decided on it."""
    rows = Increment.objects.all().visible_to(viewer_of(request)).filter(initiative=found(request, pk))
    return INCREMENTS.page(request, rows, paging)


@router.post("/initiatives/{pk}/increments", response={201: IncrementOut})
def increment_show(request: HttpRequest, pk: Key, body: Shown) -> Increment:
    """Note what was shown, to whom, what was learnt and decided."""
    viewer, today, one = viewer_of(request), localdate(), found(request, pk)
    answers = checked(ShowIncrement(body.model_dump(), viewer=viewer, today=today))
    return show_increment(by=viewer, initiative=one, on=today, **answers)


@router.get("/initiatives/{pk}/benefits", response=Listed[BenefitOut], openapi_extra=BENEFITS.described())
def initiative_benefits(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List what an initiative brings, and what was found of it."""
    rows = Benefit.objects.all().visible_to(viewer_of(request)).filter(initiative=found(request, pk))
    return BENEFITS.page(request, rows.select_related("owner").prefetch_related("reviews"), paging)


@router.post("/initiatives/{pk}/benefits", response={201: BenefitOut})
def benefit_add(request: HttpRequest, pk: Key, body: BenefitNamed) -> Benefit:
    """Name what an initiative brings, who answers for it, and when somebody looks."""
    viewer, today, one = viewer_of(request), localdate(), found(request, pk)
    answers = checked(AddBenefit(body.model_dump(), viewer=viewer, today=today))
    return add_benefit(by=viewer, initiative=one, **answers)


@router.post("/benefits/{pk}/review", response=BenefitOut)
def benefit_review(request: HttpRequest, pk: Key, body: Reviewed) -> Benefit:
    """Note what was found of a benefit, where you answer for it."""
    viewer, today = viewer_of(request), localdate()
    row = get_object_or_404(Benefit.objects.all().visible_to(viewer).select_related("initiative__unit"), pk=pk)
    answers = checked(ReviewBenefit(body.model_dump(), viewer=viewer, today=today))
    review_benefit(by=viewer, benefit=row, on=today, **answers)
    return row


@router.get("/contracts", response=Listed[ContractOut], openapi_extra=CONTRACTS.described())
def contracts(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List contracts: until when each runs, and by when somebody decides what follows."""
    return CONTRACTS.page(request, Contract.objects.all().visible_to(viewer_of(request)), paging)


@router.post("/contracts", response={201: ContractOut})
def contract_add(request: HttpRequest, body: ContractAdded) -> Contract:
    """Note a contract."""
    viewer, today = viewer_of(request), localdate()
    held = Unit.objects.all().where(viewer, Permission.PORTFOLIO_CHANGE).first()
    require(viewer, Permission.PORTFOLIO_CHANGE, on=held)
    answers = checked(AddContract(body.model_dump(), viewer=viewer, today=today))
    return add_contract(by=viewer, initiative=None, block=answers.pop("system"), **answers)


@router.post("/contracts/{pk}/decide", response=ContractOut)
def contract_decide(request: HttpRequest, pk: Key, body: ContractDecided) -> Contract:
    """Say what follows a contract."""
    viewer, today = viewer_of(request), localdate()
    row = get_object_or_404(Contract.objects.all().visible_to(viewer).select_related("unit"), pk=pk)
    answers = checked(Decision(body.model_dump(), viewer=viewer, today=today))
    return decide_contract(by=viewer, contract=row, decided=answers["words"], on=today)


@router.get("/days", response=DaysOut)
def days(request: HttpRequest) -> dict[str, list[Due]]:
    """List days to come: contracts, systems, waivers, pilots and reviews, overdue ones first."""
    return {"items": days_to_come(viewer_of(request))}
