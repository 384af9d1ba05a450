"""The vision, what it rests on, and what became of it in the units, for programs."""

from datetime import date

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Listed, ListOf, Paging
from vested.core.viewer import viewer_of
from vested.direction.filters import RetellingFilter
from vested.direction.models import Future, Need, Vision
from vested.direction.queries.vision import retellings_listed, units_meaning

router = Router()


class VisionOut(Schema):
    """A version of the vision."""

    id: int
    number: int
    purpose: str
    why: str = Field(description="What made it change.")
    since: date


class FutureOut(Schema):
    """A way the world may be in ten years."""

    id: int
    title: str
    year: int
    story: str
    stays: str
    good_at: str
    since: date
    until: date | None


class NeedOut(Schema):
    """What a group of users needs."""

    id: int
    group: str
    words: str
    evidence: str
    evidence_on: date
    since: date
    until: date | None


class MeaningOut(Schema):
    """What the vision means for a unit."""

    unit: int = Field(alias="id")
    words: str | None = Field(description="null: not said yet")
    said_on: date | None


class RetellingOut(Schema):
    """That the vision was told again."""

    id: int
    told_on: date
    by: str = Field(description="Whose name stands beside it.")
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
    audience: str
    heard: int | None
    words: str

    @staticmethod
    def resolve_by(row: object) -> str:
        """Who told it."""
        return str(getattr(row, "told_by", None) or "")


VISIONS = ListOf(sorts={"number": "number"}, usual="-number")
FUTURES = ListOf(sorts={"year": "year", "since": "since"}, usual="year")
NEEDS = ListOf(sorts={"group": "group", "since": "since"}, usual="group")
MEANINGS = ListOf(sorts={"name": "find", "said_on": "said_on"}, usual="name")
RETELLINGS = ListOf(filters=RetellingFilter, sorts={"told_on": "told_on"}, usual="-told_on")


@router.get("/visions", response=Listed[VisionOut], openapi_extra=VISIONS.described())
def visions(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the versions of the vision, the newest first."""
    return VISIONS.page(request, Vision.objects.all().visible_to(viewer_of(request)), paging)


@router.get("/futures", response=Listed[FutureOut], openapi_extra=FUTURES.described())
def futures(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List how the world may be in ten years, also what no longer holds."""
    return FUTURES.page(request, Future.objects.all().visible_to(viewer_of(request)), paging)


@router.get("/needs", response=Listed[NeedOut], openapi_extra=NEEDS.described())
def needs(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List what groups of users need, also what no longer holds."""
    return NEEDS.page(request, Need.objects.all().visible_to(viewer_of(request)), paging)


@router.get("/meanings", response=Listed[MeaningOut], openapi_extra=MEANINGS.described())
def meanings(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List what the vision means for each unit."""
    return MEANINGS.page(request, units_meaning(viewer_of(request)), paging)


@router.get("/retellings", response=Listed[RetellingOut], openapi_extra=RETELLINGS.described())
def retellings(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List when the vision was told again."""
    return RETELLINGS.page(request, retellings_listed(viewer_of(request)), paging)
