"""People, where they work and which roles they hold, for programs."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.actions import end_grant, grant_role, move_person
from vested.core.api.lists import Key, Listed, ListOf, Paging, checked
from vested.core.api.notes import EVENTS, EventOut
from vested.core.api.versions import DESCRIBED, answered, matching
from vested.core.filters import PersonFilter
from vested.core.forms import GiveRole, MovePerson
from vested.core.looks import What, one
from vested.core.models import Event, Grant, Person, Unit
from vested.core.permissions import GIVEN, Permission, Role, require
from vested.core.queries import people_listed, roles_of, works_in
from vested.core.viewer import Viewer, viewer_of

router = Router()


class PersonOut(Schema):
    """Somebody who works in the sector."""

    id: int
    code: str = Field(description="The office's own.")
    name: str
    unit: int | None = Field(alias="unit_id", description="Where they work now.")
    since: date | None
    version: int


class MembershipOut(Schema):
    """That a person works or worked in a unit."""

    id: int
    unit: int = Field(alias="unit_id")
    grade: str
    since: date
    until: date | None


class GrantOut(Schema):
    """That a person holds a role for a unit and all below it."""

    id: int
    person: int = Field(alias="person_id")
    role: Role
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
    since: date
    until: date | None


class HeldOut(Schema):
    """A role one holds now."""

    role: Role
    unit: int | None = Field(description="null: the whole sector")


class MeOut(Schema):
    """Who asks."""

    sector: str
    person: int
    name: str
    roles: list[HeldOut]


class NewUnit(Schema):
    """Another unit to work in, from some day: today or earlier."""

    to: int
    on: date


class NewGrant(Schema):
    """A role, for a unit and all below it."""

    role: str = Field(json_schema_extra={"enum": [*GIVEN]})
    unit: int | None = Field(None, description="null: the whole sector")


PEOPLE = ListOf(
    filters=PersonFilter, sorts={"name": "find", "code": "code", "unit": "unit_find", "since": "since"}, usual="name"
)
MEMBERSHIPS = ListOf(sorts={"since": "since"}, usual="-since")
GRANTS = ListOf(sorts={"since": "since", "role": "role"}, usual="since")


@router.get("/me", response=MeOut)
def me(request: HttpRequest) -> dict[str, object]:
    """Read who you are, and what you are."""
    viewer = viewer_of(request)
    if viewer.person is None:
        raise Http404
    held = [(one.role, [int(part) for part in one.path.split("/") if part]) for one in viewer.held]
    roles = [{"role": role, "unit": path[-1] if path else None} for role, path in held]
    return {"sector": viewer.sector.name, "person": viewer.person.pk, "name": str(viewer.person), "roles": roles}


@router.get("/people", response=Listed[PersonOut], openapi_extra=PEOPLE.described())
def people(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the people you may see."""
    return PEOPLE.page(request, people_listed(viewer_of(request)), paging)


@router.get("/people/{pk}", response=PersonOut)
def person(request: HttpRequest, response: HttpResponse, pk: Key) -> Person | HttpResponse:
    """Read one person."""
    return answered(request, response, found_person(request, pk))


@router.get("/people/{pk}/memberships", response=Listed[MembershipOut], openapi_extra=MEMBERSHIPS.described())
def person_memberships(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List where a person works and worked."""
    return MEMBERSHIPS.page(request, found_person(request, pk).memberships.all(), paging)


@router.get("/people/{pk}/grants", response=Listed[GrantOut], openapi_extra=GRANTS.described())
def person_grants(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List the roles a person holds now."""
    viewer, found = viewer_of(request), found_person(request, pk)
    if viewer.person != found:
        _require_somewhere(viewer)
    return GRANTS.page(request, roles_of(found, on=localdate()), paging)


@router.get("/people/{pk}/events", response=Listed[EventOut], openapi_extra=EVENTS.described())
def person_events(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List what happened to a person."""
    found = found_person(request, pk)
    require(viewer_of(request), Permission.HISTORY_SEE, on=works_in(found))
    return EVENTS.page(request, Event.objects.all().about(found), paging)


@router.post("/people/{pk}/move", response=PersonOut, openapi_extra=DESCRIBED)
def person_move(request: HttpRequest, response: HttpResponse, pk: Key, body: NewUnit) -> Person | HttpResponse:
    """Let a person work in another unit."""
    viewer, found = viewer_of(request), found_person(request, pk)
    require(viewer, Permission.PERSON_CHANGE, on=works_in(found))
    with matching(request, found, shown=PersonOut, again=lambda: found_person(request, pk)) as version:
        given = {**body.model_dump(), "version": version}
        answers = checked(MovePerson(given, viewer=viewer, today=localdate()))
        move_person(by=viewer, person=found, **answers)
    return answered(request, response, found_person(request, pk))


@router.post("/people/{pk}/grants", response={201: GrantOut})
def grant_give(request: HttpRequest, pk: Key, body: NewGrant) -> Grant:
    """Give a person a role from today."""
    viewer, found = viewer_of(request), found_person(request, pk)
    _require_somewhere(viewer)
    answers = checked(GiveRole(body.model_dump(), viewer=viewer))
    return grant_role(by=viewer, person=found, on=localdate(), **answers)


@router.post("/grants/{pk}/end", response=GrantOut)
def grant_end(request: HttpRequest, pk: Key) -> Grant:
    """Take a role away at once."""
    viewer = viewer_of(request)
    seen = Person.objects.all().visible_to(viewer)
    found = get_object_or_404(Grant.objects.filter(person__in=seen).select_related("person", "unit"), pk=pk)
    return end_grant(by=viewer, grant=found, on=localdate())


def found_person(request: HttpRequest, pk: int) -> Person:
    """The person, if there is one for who asks."""
    return one(get_object_or_404(people_listed(viewer_of(request)), pk=pk), What.PAGE)


def _require_somewhere(viewer: Viewer) -> None:
    """Refuse who may give roles for no unit at all; for which, the action sees."""
    held = Unit.objects.all().where(viewer, Permission.GRANT_CHANGE).first()
    require(viewer, Permission.GRANT_CHANGE, on=held)
