"""Units, for programs."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.actions import end_unit, move_unit, rename_unit
from vested.core.api.lists import Key, Listed, ListOf, Paging, checked
from vested.core.api.notes import EVENTS, EventOut
from vested.core.api.versions import DESCRIBED, answered, matching
from vested.core.filters import UnitFilter
from vested.core.forms import MoveUnit, RenameUnit, Versioned
from vested.core.models import Event, Unit
from vested.core.permissions import Permission, require
from vested.core.queries import units_listed
from vested.core.viewer import viewer_of

router = Router()


class UnitOut(Schema):
    """A unit."""

    id: int
    code: str = Field(description="The office's own.")
    name: str
    kind: Unit.Kind
    parent: int | None = Field(alias="parent_id", description="The unit it is under; null at the top.")
    ended_on: date | None
    version: int


class UnitLine(UnitOut):
    """A unit in a list."""

    people: int | None = Field(description="How many work in it itself; null where you may not see figures.")


class NewName(Schema):
    """Another name."""

    name: str


class NewPlace(Schema):
    """Another unit to be under."""

    to: int


UNITS = ListOf(
    filters=UnitFilter,
    sorts={"name": "find", "kind": "kind", "parent": "parent__find", "people": "people"},
    usual="name",
)


@router.get("/units", response=Listed[UnitLine], openapi_extra=UNITS.described())
def units(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the units of the sector."""
    return UNITS.page(request, units_listed(viewer_of(request)), paging)


@router.get("/units/{pk}", response=UnitOut)
def unit(request: HttpRequest, response: HttpResponse, pk: Key) -> Unit | HttpResponse:
    """Read one unit."""
    return answered(request, response, _found(request, pk))


@router.get("/units/{pk}/events", response=Listed[EventOut], openapi_extra=EVENTS.described())
def unit_events(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List what happened to a unit."""
    found = _found(request, pk)
    require(viewer_of(request), Permission.HISTORY_SEE, on=found)
    return EVENTS.page(request, Event.objects.all().about(found), paging)


@router.post("/units/{pk}/rename", response=UnitOut, openapi_extra=DESCRIBED)
def unit_rename(request: HttpRequest, response: HttpResponse, pk: Key, body: NewName) -> Unit | HttpResponse:
    """Give a unit another name."""
    viewer, found = viewer_of(request), _found(request, pk)
    require(viewer, Permission.UNIT_CHANGE, on=found)
    with matching(request, found, shown=UnitOut, again=lambda: _found(request, pk)) as version:
        answers = checked(RenameUnit({"name": body.name, "version": version}))
        rename_unit(by=viewer, unit=found, **answers)
    return answered(request, response, _found(request, pk))


@router.post("/units/{pk}/move", response=UnitOut, openapi_extra=DESCRIBED)
def unit_move(request: HttpRequest, response: HttpResponse, pk: Key, body: NewPlace) -> Unit | HttpResponse:
    """Put a unit, with all below it, under another."""
    viewer, found = viewer_of(request), _found(request, pk)
    require(viewer, Permission.UNIT_CHANGE, on=found)
    with matching(request, found, shown=UnitOut, again=lambda: _found(request, pk)) as version:
        answers = checked(MoveUnit({"to": body.to, "version": version}, viewer=viewer, unit=found))
        move_unit(by=viewer, unit=found, on=localdate(), **answers)
    return answered(request, response, _found(request, pk))


@router.post("/units/{pk}/end", response=UnitOut, openapi_extra=DESCRIBED)
def unit_end(request: HttpRequest, response: HttpResponse, pk: Key) -> Unit | HttpResponse:
    """End a unit in which nobody works any more; this cannot be undone."""
    viewer, found = viewer_of(request), _found(request, pk)
    require(viewer, Permission.UNIT_CHANGE, on=found)
    with matching(request, found, shown=UnitOut, again=lambda: _found(request, pk)) as version:
        end_unit(by=viewer, unit=found, on=localdate(), **checked(Versioned({"version": version})))
    return answered(request, response, _found(request, pk))


def _found(request: HttpRequest, pk: int) -> Unit:
    return get_object_or_404(Unit.objects.all().visible_to(viewer_of(request)), pk=pk)
