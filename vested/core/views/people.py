"""People: their list, the page of one, and changing where they work and what they may."""

from typing import Any

from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core import amounts
from vested.core.actions import end_grant, grant_role, move_person
from vested.core.filters import PersonFilter
from vested.core.forms import GiveRole, MovePerson
from vested.core.listing import Column, Listing
from vested.core.looks import What, one
from vested.core.models import Grant, Person, Unit
from vested.core.panels import panels_for
from vested.core.permissions import Permission, Role, require
from vested.core.queries import people_listed, roles_of, works_in
from vested.core.timeline import history_of
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask


def _url(person: Person) -> str:
    return reverse("core:person", args=[person.pk])


COLUMNS = (
    Column(gettext_lazy("Name"), str, "find", link=_url),
    Column(gettext_lazy("Code"), "code", "code"),
    Column(gettext_lazy("Unit"), "unit_name", "unit_find"),
    Column(gettext_lazy("Since"), "since", "since"),
)


def people(request: HttpRequest) -> HttpResponse | FileResponse:
    """The people the viewer may see."""
    listing = Listing(
        request,
        people_listed(viewer_of(request)),
        filters=PersonFilter,
        columns=COLUMNS,
        order="find",
        name=_("people"),
        counted=amounts.people,
    )
    return listing.answer("core/people.html")


def me(request: HttpRequest) -> HttpResponse:
    """To one's own page."""
    viewer = viewer_of(request)
    if viewer.person is None:
        raise Http404
    return redirect(_url(viewer.person))


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: where they work and worked, what rooms know of them, which roles they hold."""
    viewer = viewer_of(request)
    found = one(_found(viewer, pk), What.PAGE)
    memberships = list(found.memberships.select_related("unit").order_by("-since"))
    unit = next((held.unit for held in memberships if held.until is None), None)
    own = viewer.person is not None and viewer.person.pk == found.pk
    words: dict[str, Any] = {
        "person": found,
        "own": own,
        "unit": unit,
        "memberships": memberships,
        "may_move": viewer.may(Permission.PERSON_CHANGE, on=unit),
        "may_hand_out": viewer.may(Permission.PERSONAL_EXPORT) and not own,
        "may_erase": viewer.may(Permission.PERSONAL_ERASE) and not own,
        "may_grant": bool(viewer.paths(Permission.GRANT_CHANGE)) and not own,
        "panels": panels_for(viewer, found, token=get_token(request)),
    }
    if own or viewer.paths(Permission.GRANT_CHANGE):
        words["roles"] = [
            (grant, Role(grant.role).label, viewer.may(Permission.GRANT_CHANGE, on=grant.unit))
            for grant in roles_of(found, on=localdate())
        ]
    words["history"] = history_of(viewer, found, unit)
    return render(request, "core/person.html", words)


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a person work in another unit."""
    viewer, today = viewer_of(request), localdate()
    found = _found(viewer, pk)
    require(viewer, Permission.PERSON_CHANGE, on=works_in(found))
    form = MovePerson(request.POST or None, viewer=viewer, today=today, initial={"on": today, "version": found.version})

    def do(answers: dict[str, Any]) -> str:
        moved = move_person(by=viewer, person=found, **answers)
        return _("%(person)s works in %(unit)s now.") % {"person": found, "unit": moved.unit}

    title = _("Move %(person)s") % {"person": found}
    lead = _("Managers of the new unit will see this person, those of the old one no longer.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Move the person"), **_around(found))


def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a role."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    _require_somewhere(viewer)
    form = GiveRole(request.POST or None, viewer=viewer)

    def do(answers: dict[str, Any]) -> str:
        given = grant_role(by=viewer, person=found, role=answers["role"], unit=answers["unit"], on=localdate())
        return _("%(person)s is %(role)s now.") % {"person": found, "role": Role(given.role).label}

    title = _("Give %(person)s a role") % {"person": found}
    lead = _("A role decides what somebody may see and do. It counts from today, and is recorded with your name.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Give the role"), **_around(found))


def ungrant(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role away."""
    viewer = viewer_of(request)
    seen = Person.objects.all().visible_to(viewer)
    rows = Grant.objects.filter(person__in=seen).select_related("person", "unit", "sector")
    found = get_object_or_404(rows, pk=pk)
    require(viewer, Permission.GRANT_CHANGE, on=found.unit)
    told_of = {"person": found.person, "role": Role(found.role).label, "unit": found.unit or found.sector}

    def do(_answers: dict[str, Any]) -> str:
        end_grant(by=viewer, grant=found, on=localdate())
        return _("%(person)s is no longer %(role)s for %(unit)s.") % told_of

    title = _("End the role %(role)s of %(person)s?") % told_of
    lead = _("It counts for %(unit)s and all below. It ends at once; to undo this, the role has to be given again.")
    form = Form(request.POST if request.method == "POST" else None)
    words = _around(found.person)
    return ask(request, form, do=do, title=title, lead=lead % told_of, verb=_("End the role"), danger=True, **words)


def _found(viewer: Viewer, pk: int) -> Person:
    return get_object_or_404(Person.objects.all().visible_to(viewer), pk=pk)


def _require_somewhere(viewer: Viewer) -> None:
    """Refuse who may give roles for no unit at all; for which, the action sees."""
    held = Unit.objects.all().where(viewer, Permission.GRANT_CHANGE).first()
    require(viewer, Permission.GRANT_CHANGE, on=held)


def _around(person: Person) -> dict[str, Any]:
    return {"back": _url(person), "trail": [(_("People"), reverse("core:people")), (str(person), _url(person))]}
