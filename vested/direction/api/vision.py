"""The vision, what it rests on, and what became of it in the units, for programs."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked
from vested.core.models import Unit
from vested.core.questions import Asking
from vested.core.viewer import Viewer, viewer_of
from vested.direction.actions import (
    add_future,
    add_need,
    end_future,
    end_need,
    note_retelling,
    say_meaning,
    write_vision,
)
from vested.direction.filters import RetellingFilter
from vested.direction.forms.vision import End, NewFuture, NewNeed, NoteRetelling, SayMeaning, WriteVision
from vested.direction.models import Future, Need, Retelling, Vision
from vested.direction.queries.vision import retellings_listed, units_meaning
from vested.direction.views.parts import leading

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


class VisionWritten(Schema):
    """The vision in new words; the versions before stay."""

    purpose: str = Field(description="What you are for, in words a citizen would use.")
    why: str = Field("", description="What made it change; needed from the second version on.")


class FutureAdded(Schema):
    """A way the world may be in ten years."""

    title: str
    year: int
    story: str
    stays: str = Field("", description="What of us stays relevant.")
    good_at: str = Field("", description="What we must be especially good at.")


class NeedAdded(Schema):
    """What a named group of users needs, with how you know."""

    group: str
    words: str
    evidence: str
    evidence_on: date = Field(description="Today or earlier.")


class Ended(Schema):
    """Why something no longer holds."""

    why: str


class MeaningSaid(Schema):
    """What the vision means for a unit."""

    words: str = Field(description="In its own words: what it does differently, for whom, from when.")


class RetellingNoted(Schema):
    """That the vision was told again."""

    audience: str
    told_on: date = Field(description="Today or earlier.")
    unit: int | None = Field(None, description="null: the whole sector")
    heard: int | None = None
    words: str = Field("", description="What was asked and answered.")


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


@router.post("/visions", response={201: VisionOut})
def vision_write(request: HttpRequest, body: VisionWritten) -> Vision:
    """Write the vision anew."""
    viewer = leading(request)
    return write_vision(by=viewer, on=localdate(), **_answers(WriteVision, viewer, body))


@router.post("/futures", response={201: FutureOut})
def future_add(request: HttpRequest, body: FutureAdded) -> Future:
    """Add a way the world may be in ten years."""
    viewer = leading(request)
    return add_future(by=viewer, on=localdate(), **_answers(NewFuture, viewer, body))


@router.post("/futures/{pk}/end", response=FutureOut)
def future_end(request: HttpRequest, pk: Key, body: Ended) -> Future:
    """Say that a future no longer holds; it stays where it was."""
    viewer = viewer_of(request)
    found = get_object_or_404(Future.objects.all().visible_to(viewer), pk=pk)
    return end_future(by=viewer, future=found, on=localdate(), **_answers(End, viewer, body))


@router.post("/needs", response={201: NeedOut})
def need_add(request: HttpRequest, body: NeedAdded) -> Need:
    """Add what a named group of users needs."""
    viewer = leading(request)
    return add_need(by=viewer, on=localdate(), **_answers(NewNeed, viewer, body))


@router.post("/needs/{pk}/end", response=NeedOut)
def need_end(request: HttpRequest, pk: Key, body: Ended) -> Need:
    """Say that a need no longer holds; it stays where it was."""
    viewer = viewer_of(request)
    found = get_object_or_404(Need.objects.all().visible_to(viewer), pk=pk)
    return end_need(by=viewer, need=found, on=localdate(), **_answers(End, viewer, body))


@router.post("/meanings/{pk}", response=MeaningOut)
def meaning_say(request: HttpRequest, pk: Key, body: MeaningSaid) -> Unit:
    """Say what the vision means for the unit of this id; what was said before stays."""
    viewer = viewer_of(request)
    unit = get_object_or_404(Unit.objects.all().visible_to(viewer), pk=pk)
    say_meaning(by=viewer, unit=unit, on=localdate(), **_answers(SayMeaning, viewer, body))
    return units_meaning(viewer).get(pk=unit.pk)


@router.post("/retellings", response={201: RetellingOut})
def retelling_note(request: HttpRequest, body: RetellingNoted) -> Retelling:
    """Note that the vision was told again."""
    viewer = leading(request)
    return note_retelling(by=viewer, today=localdate(), **_answers(NoteRetelling, viewer, body))


def _answers(form: type[Asking], viewer: Viewer, body: Schema) -> dict[str, Any]:
    return checked(form(body.model_dump(), viewer=viewer, today=localdate()))
