"""Systems and building blocks: reading, registering, changing and ending one, for programs."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked, one_of
from vested.core.api.versions import DESCRIBED, answered, matching
from vested.core.models import Unit
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer, viewer_of
from vested.portfolio.actions import change_block, end_block, name_block
from vested.portfolio.filters import SystemFilter
from vested.portfolio.forms.systems import ChangeSystem, EndSystem, NameSystem
from vested.portfolio.models import Block
from vested.portfolio.queries.systems import systems_listed

router = Router()


class SystemOut(Schema):
    """What is in use, or a building block that is to be."""

    id: int
    version: int
    code: str = Field(description="The office's own.")
    name: str
    purpose: str = Field(description="What it is for; empty: nobody has said.")
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
    owner: str = Field(description="Who answers for it; empty: nobody.")
    supplier: int | None = Field(alias="supplier_id", description="The counterparty; null: nobody outside.")
    exists: bool = Field(description="Whether it is there.")
    since: date | None = Field(description="In use from; null: not known.")
    ends_on: date | None = Field(description="To be ended on.")
    supplied_by: int | None = Field(alias="supplied_by_id", description="The initiative that builds it.")
    replaced_by: int | None = Field(alias="replaced_by_id", description="The initiative that replaces it.")
    ended_on: date | None
    ended_why: str
    wall: int | None = Field(alias="wall_id", description="The wall it stands behind; null: none.")
    state: str = one_of(Block.State, "Computed today.")

    @staticmethod
    def resolve_owner(row: Block) -> str:
        """Who answers for it."""
        return str(row.owner or "")


class SystemNamed(Schema):
    """A system, or a building block that is to become one."""

    code: str
    name: str
    purpose: str
    unit: int | None = Field(None, description="null: the whole sector")
    owner: str = Field("", description="Name or code; empty: nobody.")
    supplier: int | None = Field(None, description="A counterparty.")
    exists: bool = True
    since: date | None = None
    ends_on: date | None = None
    supplied_by: str = Field("", description="Title or code of the initiative that builds it.")
    replaced_by: str = Field("", description="Title or code of the initiative that replaces it.")
    wall: int | None = Field(None, description="A wall towards its supplier whose hat you wear; null: none.")


class SystemChange(Schema):
    """What is said of it from now on; what is left out stays."""

    name: str | None = None
    purpose: str | None = None
    unit: int | None = Field(None, description="null: the whole sector")
    owner: str | None = Field(None, description="Name or code; empty: nobody.")
    supplier: int | None = None
    exists: bool | None = None
    since: date | None = None
    ends_on: date | None = None
    supplied_by: str | None = Field(None, description="Title or code; empty: none.")
    replaced_by: str | None = Field(None, description="Title or code; empty: none.")


class SystemEnd(Schema):
    """That it is in use no more."""

    why: str


SYSTEMS = ListOf(
    filters=SystemFilter, sorts={"name": "find", "ends_on": "ends_on", "since": "since"}, usual="name"
)  # fmt: skip


@router.get("/systems", response=Listed[SystemOut], openapi_extra=SYSTEMS.described())
def systems(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List what is in use or to be, and what has ended."""
    return SYSTEMS.page(request, systems_listed(viewer_of(request), localdate()), paging)


@router.get("/systems/{pk}", response=SystemOut)
def system(request: HttpRequest, response: HttpResponse, pk: Key) -> Any:  # noqa: ANN401 - with what its query adds
    """Read one system."""
    return answered(request, response, _read(viewer_of(request), pk))


@router.post("/systems", response={201: SystemOut})
def system_name(request: HttpRequest, body: SystemNamed) -> Any:  # noqa: ANN401 - as above
    """Register a system, or a building block that is to become one."""
    viewer = viewer_of(request)
    held = Unit.objects.all().where(viewer, Permission.PORTFOLIO_CHANGE).first()
    require(viewer, Permission.PORTFOLIO_CHANGE, on=held)
    answers = checked(NameSystem(body.model_dump(), viewer=viewer, today=localdate()))
    return _read(viewer, name_block(by=viewer, **answers).pk)


@router.post("/systems/{pk}/change", response=SystemOut, openapi_extra=DESCRIBED)
def system_change(request: HttpRequest, response: HttpResponse, pk: Key, body: SystemChange) -> Any:  # noqa: ANN401 - as above
    """Change what is said of a system that has not ended."""
    viewer = viewer_of(request)
    one = _read(viewer, pk)
    names = ("name", "purpose", "unit_id", "supplier_id", "exists", "since", "ends_on", "version")
    now = {name.removesuffix("_id"): getattr(one, name) for name in names}
    for name in ("owner", "supplied_by", "replaced_by"):
        now[name] = said.code if (said := getattr(one, name)) else ""
    given = {**now, **body.model_dump(exclude_unset=True)}
    answers = checked(ChangeSystem(given, viewer=viewer, today=localdate(), now=one.unit))
    with matching(request, one, shown=SystemOut, again=lambda: _read(viewer, pk)) as version:
        change_block(by=viewer, block=one, **{**answers, "version": version})
    return answered(request, response, _read(viewer, pk))


@router.post("/systems/{pk}/end", response=SystemOut)
def system_end(request: HttpRequest, pk: Key, body: SystemEnd) -> Any:  # noqa: ANN401 - as above
    """Say that a system is in use no more; it stays on the list, and answers no duty."""
    viewer = viewer_of(request)
    answers = checked(EndSystem(body.model_dump(), viewer=viewer, today=localdate()))
    end_block(by=viewer, block=_read(viewer, pk), on=localdate(), **answers)
    return _read(viewer, pk)


def _read(viewer: Viewer, pk: int) -> Any:  # noqa: ANN401 - as above
    rows = systems_listed(viewer, localdate()).select_related("supplied_by__source", "replaced_by__source")
    return get_object_or_404(rows, pk=pk)
