"""Units: their list, the page of one, and changing it."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format, localize
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core.actions import end_unit, move_unit, rename_unit
from vested.core.filters import UnitFilter
from vested.core.forms import MoveUnit, RenameUnit, Versioned
from vested.core.listing import Column, Listing
from vested.core.looks import shown
from vested.core.models import Event, Membership, Unit
from vested.core.panels import panels_for
from vested.core.permissions import Permission, require
from vested.core.queries import above, people_in, units_listed
from vested.core.timeline import told
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask

MOST_PEOPLE = 20


def _url(unit: Unit) -> str:
    return reverse("core:unit", args=[unit.pk])


COLUMNS = (
    Column(gettext_lazy("Unit"), "name", "find", link=_url),
    Column(gettext_lazy("Kind"), lambda unit: unit.get_kind_display(), "kind"),
    Column(gettext_lazy("Under"), "parent", "parent__find"),
    Column(gettext_lazy("People"), "people", "people", number=True),
)


def units(request: HttpRequest) -> HttpResponse | FileResponse:
    """All units of the sector."""
    listing = Listing(
        request,
        units_listed(viewer_of(request)),
        filters=UnitFilter,
        columns=COLUMNS,
        order="find",
        name=_("units"),
        counted=lambda count: ngettext("%(count)s unit", "%(count)s units", count) % {"count": localize(count)},
    )
    return listing.answer("core/units.html")


def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: what it is, what is below it, who works there, what happened to it."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    may = {p.name.lower(): viewer.may(p, on=found) for p in Permission}
    words: dict[str, Any] = {
        "unit": found,
        "may": may,
        "trail": _trail(found),
        "facts": _facts(found, figures=may["figures_see"]),
        "below": found.children.order_by("find", "pk"),
        "panels": panels_for(viewer, found),
    }
    if may["people_see"]:
        words["people"] = shown(people_in(viewer, found)[:MOST_PEOPLE])
    if may["history_see"]:
        words["history"] = told(Event.objects.all().about_unit(found)[:50], within=found.code)
    return render(request, "core/unit.html", words)


def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a unit another name."""
    viewer, found = _mine(request, pk)
    form = RenameUnit(request.POST or None, initial={"name": found.name, "version": found.version})

    def do(answers: dict[str, Any]) -> str:
        changed = rename_unit(by=viewer, unit=found, **answers)
        return _("It is called “%(name)s” now.") % {"name": changed.name}

    title = _("Rename %(unit)s") % {"unit": found}
    lead = _("The old name stays in its history.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Rename the unit"), **_around(found))


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a unit under another."""
    viewer, found = _mine(request, pk)
    form = MoveUnit(request.POST or None, viewer=viewer, unit=found, initial={"version": found.version})

    def do(answers: dict[str, Any]) -> str:
        moved = move_unit(by=viewer, unit=found, on=localdate(), **answers)
        return _("%(unit)s is under %(parent)s now.") % {"unit": moved, "parent": moved.parent}

    title = _("Move %(unit)s") % {"unit": found}
    lead = _("All units and people below it move along. Roles held above its new place count for it from now on.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Move the unit"), **_around(found))


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a unit, which cannot be undone."""
    viewer, found = _mine(request, pk)

    def do(answers: dict[str, Any]) -> str:
        return _("%(unit)s has ended.") % {"unit": end_unit(by=viewer, unit=found, on=localdate(), **answers)}

    title = _("End %(unit)s?") % {"unit": found}
    lead = _("It stays in the history, and nobody can be moved there any more. This cannot be undone.")
    form = Versioned(request.POST or None, initial={"version": found.version})
    return ask(request, form, do=do, title=title, lead=lead, verb=_("End the unit"), danger=True, **_around(found))


def _found(viewer: Viewer, pk: int) -> Unit:
    return get_object_or_404(Unit.objects.all().visible_to(viewer).select_related("parent"), pk=pk)


def _mine(request: HttpRequest, pk: int) -> tuple[Viewer, Unit]:
    """The viewer, and a unit the viewer may change."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    require(viewer, Permission.UNIT_CHANGE, on=found)
    return viewer, found


def _trail(unit: Unit) -> list[tuple[str, str]]:
    return [(_("Units"), reverse("core:units")), *((one.name, _url(one)) for one in above(unit))]


def _around(unit: Unit) -> dict[str, Any]:
    return {"back": _url(unit), "trail": [*_trail(unit), (unit.name, _url(unit))]}


def _facts(unit: Unit, *, figures: bool) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [(_("Kind"), unit.get_kind_display()), (_("Code"), unit.code)]
    if figures:
        now = Membership.objects.filter(until=None, unit__path__startswith=unit.path)
        facts.append((_("People, with all below"), now.count()))
    if unit.ended_on:
        facts.append((_("Ended on"), date_format(unit.ended_on)))
    return facts
