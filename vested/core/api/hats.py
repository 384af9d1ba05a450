"""Counterparties, hats towards them, and looking behind walls for a while, for programs."""

from datetime import date, datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from vested.core.actions import add_counterparty, give_hat, take_hat
from vested.core.actions.openings import answer_opening, ask_for_opening, end_opening, limit_openings
from vested.core.api.lists import Key, Listed, ListOf, Paging, checked, one_of
from vested.core.filters import CounterpartyFilter, HatFilter
from vested.core.forms import AnswerOpening, AskForOpening, GiveHat, LimitOpenings, NewCounterparty
from vested.core.hats import hats_listed
from vested.core.looks import What, one
from vested.core.models import Counterparty, Hat, HatKind, Opening, Sector
from vested.core.permissions import Permission, require
from vested.core.viewer import viewer_of

router = Router()


class CounterpartyOut(Schema):
    """An organisation outside."""

    id: int
    code: str = Field(description="The office's own.")
    name: str
    ended_on: date | None


class CounterpartyAdded(Schema):
    """An organisation outside."""

    name: str
    code: str = Field(description="Your own code for it.")


class HatOut(Schema):
    """What somebody is towards a counterparty."""

    id: int
    person: int = Field(alias="person_id")
    wall: int = Field(alias="wall_id", description="The wall it opens.")
    counterparty: int = Field(alias="wall.counterparty_id")
    kind: str = one_of(HatKind, alias="wall.kind")
    since: date
    until: date | None


class HatGiven(Schema):
    """Who is what, to whom, from and until when."""

    person: str = Field(description="Name or code.")
    counterparty: int
    kind: str = one_of(HatKind)
    since: date
    until: date | None = Field(None, description="null: until somebody ends it")


class OpeningOut(Schema):
    """That somebody asked to look behind the walls towards a counterparty, and what was decided."""

    id: int
    person: int = Field(alias="person_id")
    counterparty: int = Field(alias="counterparty_id")
    why: str
    hours: int
    asked_at: datetime
    answered_at: datetime | None
    granted: bool | None
    answer: str
    until: datetime | None
    ended_at: datetime | None


class OpeningAsked(Schema):
    """Why you have to look, and for how long."""

    why: str
    hours: int


class OpeningAnswered(Schema):
    """Whether somebody may look."""

    granted: bool
    words: str = Field(description="Why.")


class OpeningHours(Schema):
    """For how long at most walls are opened to somebody."""

    hours: int = Field(alias="opening_hours", description="From 1 to 168.")


class OpeningHoursSaid(Schema):
    """For how long at most walls are opened from now on."""

    hours: int


COUNTERPARTIES = ListOf(filters=CounterpartyFilter, sorts={"name": "find", "code": "code"}, usual="name")
HATS = ListOf(filters=HatFilter, sorts={"since": "since", "person": "person_find"}, usual="since")
OPENINGS = ListOf(sorts={"asked_at": "asked_at"}, usual="-asked_at")


@router.get("/counterparties", response=Listed[CounterpartyOut], openapi_extra=COUNTERPARTIES.described())
def counterparties(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the organisations outside towards which the office is something."""
    return COUNTERPARTIES.page(request, Counterparty.objects.all().visible_to(viewer_of(request)), paging)


@router.get("/counterparties/{pk}", response=CounterpartyOut)
def counterparty(request: HttpRequest, pk: Key) -> Counterparty:
    """Read one organisation outside."""
    return _counterparty(request, pk)


@router.post("/counterparties", response={201: CounterpartyOut})
def counterparty_add(request: HttpRequest, body: CounterpartyAdded) -> Counterparty:
    """Name an organisation outside."""
    return add_counterparty(by=viewer_of(request), **checked(NewCounterparty(body.model_dump())))


@router.get("/hats", response=Listed[HatOut], openapi_extra=HATS.described())
def hats(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List who is what to whom; without a role that lets you see it, your own hats."""
    return HATS.page(request, hats_listed(viewer_of(request)), paging)


@router.get("/hats/{pk}", response=HatOut)
def hat(request: HttpRequest, pk: Key) -> Hat:
    """Read one hat."""
    return one(get_object_or_404(hats_listed(viewer_of(request)), pk=pk), What.PAGE)


@router.post("/hats", response={201: HatOut})
def hat_give(request: HttpRequest, body: HatGiven) -> Hat:
    """Give somebody else a hat."""
    viewer = viewer_of(request)
    require(viewer, Permission.HAT_CHANGE)
    return give_hat(by=viewer, at=timezone.now(), **checked(GiveHat(body.model_dump(), viewer=viewer)))


@router.post("/hats/{pk}/end", response=HatOut)
def hat_end(request: HttpRequest, pk: Key) -> Hat:
    """Take a hat away, at once."""
    viewer = viewer_of(request)
    found = get_object_or_404(hats_listed(viewer), pk=pk)
    take_hat(by=viewer, hat=found, at=timezone.now())
    return one(found, What.PAGE)


@router.get("/openings", response=Listed[OpeningOut], openapi_extra=OPENINGS.described())
def openings(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List who asked to look behind walls, why, and what was decided."""
    return OPENINGS.page(request, Opening.objects.all().visible_to(viewer_of(request)), paging)


@router.get("/openings/{pk}", response=OpeningOut)
def opening(request: HttpRequest, pk: Key) -> Opening:
    """Read one of these."""
    return _opening(request, pk)


@router.post("/counterparties/{pk}/openings", response={201: OpeningOut})
def opening_ask(request: HttpRequest, pk: Key, body: OpeningAsked) -> Opening:
    """Ask to look behind the walls towards a counterparty; a second person decides."""
    answers = checked(AskForOpening(body.model_dump()))
    towards = _counterparty(request, pk)
    return ask_for_opening(by=viewer_of(request), counterparty=towards, at=timezone.now(), **answers)


@router.post("/openings/{pk}/answer", response=OpeningOut)
def opening_answer(request: HttpRequest, pk: Key, body: OpeningAnswered) -> Opening:
    """Let somebody else look, or refuse."""
    given = {"granted": "yes" if body.granted else "no", "words": body.words}
    viewer, found = viewer_of(request), _opening(request, pk)
    return answer_opening(by=viewer, opening=found, at=timezone.now(), **checked(AnswerOpening(given)))


@router.post("/openings/{pk}/end", response=OpeningOut)
def opening_end(request: HttpRequest, pk: Key) -> Opening:
    """Close the walls before their time: your own opening, or one you may decide on."""
    return end_opening(by=viewer_of(request), opening=_opening(request, pk), at=timezone.now())


@router.get("/opening-hours", response=OpeningHours)
def opening_hours(request: HttpRequest) -> Sector:
    """Read for how long at most walls are opened to somebody."""
    return viewer_of(request).sector


@router.post("/opening-hours", response=OpeningHours)
def opening_hours_say(request: HttpRequest, body: OpeningHoursSaid) -> Sector:
    """Say for how long at most walls are opened; what was asked for before stays as it is."""
    viewer = viewer_of(request)
    require(viewer, Permission.HAT_CHANGE)
    return limit_openings(by=viewer, **checked(LimitOpenings(body.model_dump())))


def _counterparty(request: HttpRequest, pk: int) -> Counterparty:
    return get_object_or_404(Counterparty.objects.all().visible_to(viewer_of(request)), pk=pk)


def _opening(request: HttpRequest, pk: int) -> Opening:
    return one(get_object_or_404(Opening.objects.all().visible_to(viewer_of(request)), pk=pk), What.PAGE)
