"""Initiatives: how each stands, opening, changing and closing one, for programs."""

from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked, one_of
from vested.core.api.versions import DESCRIBED, answered, matching
from vested.core.models import Unit
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer, viewer_of
from vested.portfolio.actions import change_initiative, close_initiative, open_initiative
from vested.portfolio.filters import InitiativeFilter
from vested.portfolio.forms.following import CloseInitiative
from vested.portfolio.forms.undertaking import ChangeInitiative, OpenInitiative
from vested.portfolio.models import Initiative, Thresholds
from vested.portfolio.models.following import Side, Standing
from vested.portfolio.queries.initiatives import initiatives_listed
from vested.portfolio.queries.standing import claimed, expected_cost, expected_end, is_stale, look
from vested.portfolio.queries.thresholds import thresholds_of

router = Router()


class StandingOut(Schema):
    """How one side stands."""

    side: str = one_of(Side)
    computed: str = one_of(Standing, "Computed today from what was frozen, spent and reviewed.")
    why: str
    claimed: str | None = Field(description="As its owner claims; null: nothing is claimed.")


class InitiativeOut(Schema):
    """What the office undertakes, and how it stands."""

    id: int
    version: int
    code: str = Field(description="The office's own.")
    title: str
    why: str
    changes: str = Field(description="Which process and which structure change with it.")
    unit: int | None = Field(description="null: the whole sector")
    owner: str = Field(description="Whose name stands beside it.")
    kind: str = one_of(Initiative.Kind)
    mandatory: bool
    risk: float
    stage: str = one_of(Initiative.Stage)
    stage_since: date
    reopened_on: date | None = Field(description="Since when a gate it had passed is open again.")
    starts_on: date | None
    expected_end: date | None = Field(description="When it went live, or is planned to.")
    expected_cost: Decimal = Field(description="What was spent, and what is planned for the other quarters.")
    sides: list[StandingOut] = Field(description="Empty: nothing is frozen yet.")
    claim_is_stale: bool = Field(description="It is too old to say anything, or there is none.")
    differences: int = Field(description="How many are open between claimed and computed.")
    closed_on: date | None
    outcome: str = Field(description="Empty: not closed.")
    closed_why: str
    lesson: str


class InitiativeOpened(Schema):
    """An idea that serves an objective; one with the code of an initiative other rooms know keeps its title."""

    code: str
    title: str
    why: str
    serves: int = Field(description="The objective.")
    unit: int | None = Field(None, description="null: the whole sector")
    owner: str = Field("", description="Name or code; empty: yourself.")
    kind: str = one_of(Initiative.Kind)
    changes: str = ""
    mandatory: bool = False
    risk: float = 0.0
    earliest: date | None = None
    latest: date | None = None
    group: str = ""


class InitiativeChange(Schema):
    """What is said of it from now on; what is left out stays."""

    why: str | None = None
    changes: str | None = None
    owner: str | None = Field(None, description="Name or code.")
    kind: str | None = one_of(Initiative.Kind, default=None)
    mandatory: bool | None = None
    risk: float | None = None
    earliest: date | None = None
    latest: date | None = None
    group: str | None = None


class InitiativeEnd(Schema):
    """How it ended, and what others can learn."""

    outcome: str = one_of(Initiative.Outcome)
    why: str
    lesson: str


INITIATIVES = ListOf(
    filters=InitiativeFilter,
    sorts={"title": "source__find", "stage": "stage", "stage_since": "stage_since", "differences": "unlike"},
    usual="title",
)


@router.get("/initiatives", response=Listed[InitiativeOut], openapi_extra=INITIATIVES.described())
def initiatives(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the initiatives of the sector, closed ones as well, and how each stands."""
    viewer = viewer_of(request)
    page, rules, today = (
        INITIATIVES.page(request, initiatives_listed(viewer), paging),
        thresholds_of(viewer),
        localdate(),
    )
    items: list[Initiative] = page["items"]  # type: ignore[assignment]  # the rows of the list
    return {**page, "items": [_out(one, rules, today) for one in items]}


@router.get("/initiatives/{pk}", response=InitiativeOut)
def initiative(request: HttpRequest, response: HttpResponse, pk: Key) -> InitiativeOut | HttpResponse:
    """Read one initiative, and how it stands."""
    return answered(request, response, _read(viewer_of(request), pk))


@router.post("/initiatives", response={201: InitiativeOut})
def initiative_open(request: HttpRequest, body: InitiativeOpened) -> InitiativeOut:
    """Open an initiative, as an idea."""
    viewer, today = viewer_of(request), localdate()
    held = Unit.objects.all().where(viewer, Permission.PORTFOLIO_CHANGE).first()
    require(viewer, Permission.PORTFOLIO_CHANGE, on=held)
    given = {**body.model_dump(), "objective": body.serves}
    answers = checked(OpenInitiative(given, viewer=viewer, today=today))
    return _read(viewer, open_initiative(by=viewer, on=today, **answers).pk)


@router.post("/initiatives/{pk}/change", response=InitiativeOut, openapi_extra=DESCRIBED)
def initiative_change(
    request: HttpRequest, response: HttpResponse, pk: Key, body: InitiativeChange
) -> InitiativeOut | HttpResponse:
    """Change what is said of an initiative; what was frozen stays."""
    viewer, one = viewer_of(request), found(request, pk)
    names = ("why", "changes", "kind", "mandatory", "risk", "earliest", "latest", "group", "version")
    now = {name: getattr(one, name) for name in names} | {"owner": one.owner.code if one.owner else ""}
    given = {**now, **body.model_dump(exclude_none=True)}
    answers = checked(ChangeInitiative(given, viewer=viewer, today=localdate()))
    with matching(request, _read(viewer, pk), shown=InitiativeOut, again=lambda: _read(viewer, pk)) as version:
        change_initiative(by=viewer, initiative=one, **{**answers, "version": version})
    return answered(request, response, _read(viewer, pk))


@router.post("/initiatives/{pk}/close", response=InitiativeOut)
def initiative_close(request: HttpRequest, pk: Key, body: InitiativeEnd) -> InitiativeOut:
    """Close an initiative with a reason: done, or stopped with a lesson. It stays on the list."""
    viewer, one = viewer_of(request), found(request, pk)
    answers = checked(CloseInitiative(body.model_dump(), viewer=viewer, today=localdate()))
    close_initiative(by=viewer, initiative=one, on=localdate(), **answers)
    return _read(viewer, pk)


def found(request: HttpRequest, pk: int) -> Initiative:
    """An initiative that exists for who asks."""
    rows = Initiative.objects.all().visible_to(viewer_of(request)).select_related("sector", "source", "unit", "owner")
    return get_object_or_404(rows, pk=pk)


def _read(viewer: Viewer, pk: int) -> InitiativeOut:
    return _out(get_object_or_404(initiatives_listed(viewer), pk=pk), thresholds_of(viewer), localdate())


def _out(one: Initiative, rules: Thresholds, today: date) -> InitiativeOut:
    claim = claimed(one)
    return InitiativeOut(
        id=one.pk, version=one.version, code=one.code, title=str(one), why=one.why, changes=one.changes,
        unit=one.unit_id, owner=str(one.owner or ""), kind=one.kind, mandatory=one.mandatory, risk=one.risk,
        stage=one.stage, stage_since=one.stage_since, reopened_on=one.reopened_on, starts_on=one.starts_on,
        expected_end=expected_end(one, today), expected_cost=expected_cost(one),
        sides=[
            StandingOut(
                side=str(side), computed=str(seen.standing), why=seen.words,
                claimed=str(getattr(claim, side)) if claim else None,
            )
            for side, seen in look(one, rules, today).items()
        ],
        claim_is_stale=is_stale(claim, rules, today), differences=one.unlike,  # type: ignore[attr-defined]  # annotated
        closed_on=one.closed_on, outcome=one.outcome, closed_why=one.closed_why, lesson=one.lesson,
    )  # fmt: skip
