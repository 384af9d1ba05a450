"""Whom an initiative needs, for programs; what all of them need together is the skills room's to list."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked
from vested.core.viewer import viewer_of
from vested.portfolio.actions import add_need, change_need, remove_need
from vested.portfolio.api.initiatives import found
from vested.portfolio.forms.undertaking import SayNeed
from vested.portfolio.queries.initiatives import need_found
from vested.skills.models import Demand
from vested.skills.queries.frameworks import demands_listed

router = Router()


class AskedForOut(Schema):
    """People that an initiative asks for, at a level of a skill."""

    id: int
    skill: int = Field(alias="skill_id")
    level: float
    people: int = Field(description="In all: those who have the level now count as well.")
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
    by_period: int = Field(description="By its end; counted from the start of an initiative that has modes.")
    due_on: date | None = Field(description="By which day, once it is decided when the initiative starts.")
    weight: float


class AskedFor(Schema):
    """People that an initiative asks for."""

    skill: str = Field(description="Its name or code.")
    level: float
    people: int
    unit: int | None = Field(None, description="null: the whole sector")
    by_period: int
    weight: float = 1.0


NEEDS = ListOf(sorts={"by_period": "by_period"}, usual="by_period")


@router.get("/initiatives/{pk}/demands", response=Listed[AskedForOut], openapi_extra=NEEDS.described())
def initiative_demands(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List the people an initiative asks for."""
    rows = demands_listed(viewer_of(request)).filter(source=found(request, pk).source_id)
    return NEEDS.page(request, rows, paging)


@router.post("/initiatives/{pk}/demands", response={201: AskedForOut})
def demand_add(request: HttpRequest, pk: Key, body: AskedFor) -> Demand:
    """Say whom an initiative needs: the next plan trains for it."""
    one = found(request, pk)
    return add_need(by=viewer_of(request), initiative=one, **_answers(request, body))


@router.post("/demands/{pk}/change", response=AskedForOut)
def demand_change(request: HttpRequest, pk: Key, body: AskedFor) -> Demand:
    """Change what an initiative needs; with another period its day is open until a plan is adopted again."""
    viewer = viewer_of(request)
    one, need = need_found(viewer, pk)
    return change_need(by=viewer, initiative=one, need=need, **_answers(request, body))


@router.post("/demands/{pk}/remove", response={204: None})
def demand_remove(request: HttpRequest, pk: Key) -> None:
    """Say that an initiative does not need these people; its history keeps that it did."""
    viewer = viewer_of(request)
    one, need = need_found(viewer, pk)
    remove_need(by=viewer, initiative=one, need=need)


def _answers(request: HttpRequest, body: AskedFor) -> dict[str, Any]:
    return checked(SayNeed(body.model_dump(), viewer=viewer_of(request), today=localdate()))
