"""The plan of an initiative: its modes, what it waits for, its handover; and the lines, for programs."""

from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils.formats import get_format
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked, one_of
from vested.core.api.versions import DESCRIBED, answered, matching
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer, viewer_of
from vested.portfolio.actions import choose_mode, draw_lines, hand_over, set_mode, wait_for
from vested.portfolio.api.initiatives import found
from vested.portfolio.forms.following import DrawLines
from vested.portfolio.forms.undertaking import ChooseMode, HandOver, SayMode, WaitFor
from vested.portfolio.models import Crew, Dependence, Handover, Mode, Thresholds
from vested.portfolio.queries.thresholds import thresholds_of

router = Router()


class CrewIn(Schema):
    """Full-time people of a pool, quarter by quarter."""

    pool: str = Field(description="Its code.")
    people: list[float] = Field(description="One figure a quarter, the first quarter first.")


class ModeOut(Schema):
    """A way to carry an initiative out."""

    id: int
    kind: str = one_of(Mode.Kind)
    quarters: int
    benefit: float = Field(description="What it brings a year, once it is live.")
    cost: Decimal = Field(description="In all.")
    costs: list[Decimal] = Field(description="One amount a quarter, the first quarter first.")
    people: list[CrewIn]
    systems: list[int] = Field(description="The systems and building blocks it builds on.")
    scaling_owner: str = Field(description="Of a pilot: who scales it; empty: nobody.")
    scaling_path: str = Field(description="Of a pilot: from which money it is scaled.")
    pilot_ends_on: date | None
    chosen: bool


class ModeSaid(Schema):
    """A way to carry an initiative out; it takes the place of what was said of that way before."""

    kind: str = one_of(Mode.Kind)
    quarters: int = Field(ge=1, le=40)
    benefit: float = 0.0
    costs: list[Decimal] = Field(default_factory=list, description="One amount a quarter.")
    crews: list[CrewIn] = Field(default_factory=list)
    blocks: list[str] = Field(default_factory=list, description="Code or name of what it builds on.")
    scaling_owner: str = Field("", description="Of a pilot: name or code of who scales it.")
    scaling_path: str = ""
    pilot_ends_on: date | None = None


class ModeChosen(Schema):
    """The way chosen, and the day it starts."""

    mode: int = Field(description="The id of the mode.")
    starts_on: date


class WaitOut(Schema):
    """What has to be finished first."""

    id: int
    initiative: int = Field(alias="initiative_id")
    needs: int = Field(alias="needs_id", description="The initiative that has to be finished first.")


class Waits(Schema):
    """What has to be finished first."""

    needs: str = Field(description="Its title or code.")


class HandoverOut(Schema):
    """What those need who run it when it is live."""

    operator: str = Field(description="Who owns it in operation; empty: nobody yet.")
    support: str
    running_cost: Decimal | None = Field(description="A year; null: not said yet.")
    continuity: str = Field(description="What happens when it fails.")
    skills: str


class HandoverSaid(Schema):
    """What those need who run it when it is live; it takes the place of what was said before."""

    operator: str = Field("", description="Name or code; empty: nobody yet.")
    support: str = ""
    running_cost: Decimal | None = Field(None, description="A year.")
    continuity: str = ""
    skills: str = ""


class LinesOut(Schema):
    """Where the office draws its lines."""

    version: int
    large_from: Decimal = Field(description="From this cost an initiative is large.")
    watch: float = Field(description="Drifting when off by more than this share.")
    off: float = Field(description="Off course when off by more than this share.")
    stale_days: int = Field(description="A claim or a figure older than that says nothing.")
    increment_days: int = Field(description="Something is shown as often.")
    explore_least: float = Field(description="Least share of money to explore.")
    explore_most: float


class LinesDrawn(Schema):
    """Where the office draws its lines from now on; what is left out stays."""

    large_from: Decimal | None = None
    watch: float | None = None
    off: float | None = None
    stale_days: int | None = None
    increment_days: int | None = None
    explore_least: float | None = None
    explore_most: float | None = None


MODES = ListOf(sorts={"kind": "kind"}, usual="kind")
WAITS = ListOf(sorts={"id": "pk"}, usual="id")


@router.get("/initiatives/{pk}/modes", response=Listed[ModeOut], openapi_extra=MODES.described())
def initiative_modes(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List the ways to carry an initiative out, with what each costs and whom it takes."""
    viewer, one = viewer_of(request), found(request, pk)
    rows = Mode.objects.all().visible_to(viewer).filter(initiative=one)
    page = MODES.page(request, rows, paging)
    items: list[Mode] = page["items"]  # type: ignore[assignment]  # the rows of the list
    return {**page, "items": _modes(viewer, items)}


@router.post("/initiatives/{pk}/modes", response={201: ModeOut})
def mode_say(request: HttpRequest, pk: Key, body: ModeSaid) -> ModeOut:
    """Say a way to carry an initiative out; what was frozen stays."""
    viewer, one = viewer_of(request), found(request, pk)
    given = {
        **body.model_dump(),
        "costs": "\n".join(map(_said, body.costs)),
        "crews": "\n".join(" ".join([row.pool, *map(_said, row.people)]) for row in body.crews),
        "blocks": "\n".join(body.blocks),
    }
    answers = checked(SayMode(given, viewer=viewer, today=localdate()))
    made = set_mode(by=viewer, initiative=one, people=answers.pop("crews"), **answers)
    return _modes(viewer, [made])[0]


@router.post("/initiatives/{pk}/choose", response=ModeOut)
def mode_choose(request: HttpRequest, pk: Key, body: ModeChosen) -> ModeOut:
    """Choose one of the ways, and the day it starts: the plan of now, beside what was frozen."""
    viewer, one = viewer_of(request), found(request, pk)
    answers = checked(ChooseMode(body.model_dump(), viewer=viewer, today=localdate(), initiative=one))
    choose_mode(by=viewer, initiative=one, **answers)
    return _modes(viewer, [answers["mode"]])[0]


@router.get("/initiatives/{pk}/waits", response=Listed[WaitOut], openapi_extra=WAITS.described())
def initiative_waits(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List what has to be finished before an initiative can start."""
    rows = Dependence.objects.all().visible_to(viewer_of(request)).filter(initiative=found(request, pk))
    return WAITS.page(request, rows, paging)


@router.post("/initiatives/{pk}/waits", response={201: WaitOut})
def initiative_wait(request: HttpRequest, pk: Key, body: Waits) -> Dependence:
    """Say that an initiative cannot start before another is finished."""
    viewer, one = viewer_of(request), found(request, pk)
    answers = checked(WaitFor(body.model_dump(), viewer=viewer, today=localdate()))
    return wait_for(by=viewer, initiative=one, **answers)


@router.get("/initiatives/{pk}/handover", response=HandoverOut)
def initiative_handover(request: HttpRequest, pk: Key) -> HandoverOut:
    """Read what those need who run it when it is live, as far as it is said."""
    rows = Handover.objects.all().visible_to(viewer_of(request)).select_related("operator")
    return _handover(rows.filter(initiative=found(request, pk)).first())


@router.post("/initiatives/{pk}/handover", response=HandoverOut)
def handover_say(request: HttpRequest, pk: Key, body: HandoverSaid) -> HandoverOut:
    """Say what those need who run it when it is live."""
    viewer, one = viewer_of(request), found(request, pk)
    answers = checked(HandOver(body.model_dump(), viewer=viewer, today=localdate()))
    return _handover(hand_over(by=viewer, initiative=one, **answers))


@router.get("/thresholds", response=LinesOut)
def thresholds(request: HttpRequest, response: HttpResponse) -> Thresholds | HttpResponse:
    """Read where the office draws its lines."""
    return answered(request, response, thresholds_of(viewer_of(request)))


@router.post("/thresholds", response=LinesOut, openapi_extra=DESCRIBED)
def thresholds_draw(request: HttpRequest, response: HttpResponse, body: LinesDrawn) -> Thresholds | HttpResponse:
    """Draw the lines of the portfolio anew."""
    viewer = viewer_of(request)
    require(viewer, Permission.PORTFOLIO_DECIDE)
    now = thresholds_of(viewer)
    given = {name: getattr(now, name) for name in DrawLines.base_fields} | body.model_dump(exclude_none=True)
    answers = checked(DrawLines(given, viewer=viewer, today=localdate()))
    with matching(request, now, shown=LinesOut, again=lambda: thresholds_of(viewer)) as version:
        drawn = draw_lines(by=viewer, thresholds=now, **{**answers, "version": version})
    return answered(request, response, drawn)


def _said(value: float | Decimal) -> str:
    """A figure as the form reads it in the caller's language."""
    return format(value, "f").replace(".", get_format("DECIMAL_SEPARATOR"))


def _modes(viewer: Viewer, rows: list[Mode]) -> list[ModeOut]:
    keys = [row.pk for row in rows]
    whole = Mode.objects.all().visible_to(viewer).filter(pk__in=keys).select_related("initiative", "scaling_owner")
    by_key = {row.pk: row for row in whole.prefetch_related("costs", "block_uses")}
    crews: dict[int, dict[str, list[float]]] = {}
    for crew in Crew.objects.all().visible_to(viewer).filter(mode__in=keys).select_related("pool").order_by("quarter"):
        crews.setdefault(crew.mode_id, {}).setdefault(crew.pool.code, []).append(crew.people)
    return [
        ModeOut(
            id=row.pk, kind=row.kind, quarters=row.quarters, benefit=row.benefit, cost=row.cost,
            costs=[one.cost for one in row.costs.all()],
            people=[CrewIn(pool=pool, people=people) for pool, people in crews.get(row.pk, {}).items()],
            systems=[use.block_id for use in row.block_uses.all()], scaling_owner=str(row.scaling_owner or ""),
            scaling_path=row.scaling_path, pilot_ends_on=row.pilot_ends_on, chosen=row.initiative.mode_id == row.pk,
        )
        for row in (by_key[key] for key in keys)
    ]  # fmt: skip


def _handover(said: Handover | None) -> HandoverOut:
    one = said or Handover()
    return HandoverOut(
        operator=str(one.operator or ""), support=one.support, running_cost=one.running_cost,
        continuity=one.continuity, skills=one.skills,
    )  # fmt: skip
