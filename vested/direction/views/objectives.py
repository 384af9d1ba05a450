"""Objectives: their list and tree, the page of one, and changing it."""

from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format, localize
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core import amounts
from vested.core.listing import Column, Listing
from vested.core.models import Unit
from vested.core.panels import panels_for
from vested.core.permissions import Permission, require
from vested.core.timeline import history_of
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for, status
from vested.direction.actions import change_objective, close_objective, open_objective
from vested.direction.filters import ObjectiveFilter
from vested.direction.forms.objectives import ChangeObjective, CloseObjective, OpenObjective
from vested.direction.models import Objective
from vested.direction.queries.measures import Verdict, stands, worst
from vested.direction.queries.objectives import above, objectives_listed, tree
from vested.direction.views.measures import said
from vested.direction.views.parts import VERDICTS


def url_of(objective: Objective) -> str:
    """Where an objective is."""
    return reverse("direction:objective", args=[objective.pk])


def how(objective: Objective, on: date | None = None) -> tuple[str, str]:
    """How an objective stands, today or on a day: a state and its words."""
    if objective.closed_on:
        return ("good", _("reached")) if objective.reached else ("stopped", _("left"))
    state, words = VERDICTS[worst(objective, on or localdate())]
    return state, str(words)


COLUMNS = (
    Column(gettext_lazy("Objective"), "title", "find", link=url_of),
    Column(gettext_lazy("Unit"), lambda row: row.unit or row.sector, "unit__find"),
    Column(gettext_lazy("Whom it is about"), lambda row: row.get_about_display(), "about"),
    Column(gettext_lazy("Owner"), "owner", "owner__find"),
    Column(gettext_lazy("Until"), "ends_on", "ends_on"),
    Column(gettext_lazy("How it stands"), lambda row: how(row)[1], shown=lambda row: status(*how(row))),
)


def objectives(request: HttpRequest) -> HttpResponse | FileResponse:
    """All objectives of the sector."""
    viewer = viewer_of(request)
    listing = Listing(
        request,
        objectives_listed(viewer).select_related("sector"),
        filters=ObjectiveFilter,
        columns=COLUMNS,
        order="ends_on",
        name=_("objectives"),
        counted=lambda n: ngettext("%(count)s objective", "%(count)s objectives", n) % {"count": localize(n)},
    )
    return listing.answer(
        "core/list.html",
        title=_("Objectives"),
        heading=_heading(viewer),
        lead=_("What is to be reached, by when. How it stands is computed from what was observed, never typed."),
        make=(_("Open an objective"), reverse("direction:objective-new")) if _may_somewhere(viewer) else None,
        ways=[(_("As a tree, from the vision down"), reverse("direction:tree"))],
    )


def as_tree(request: HttpRequest) -> HttpResponse:
    """The open objectives from the vision down to units."""
    viewer = viewer_of(request)
    rows = [(depth, one, *how(one)) for depth, one in tree(viewer)]
    trail = [(_("Vision"), reverse("direction:vision")), (_("Objectives"), reverse("direction:objectives"))]
    return render(request, "direction/tree.html", {"rows": rows, "heading": _heading(viewer), "trail": trail})


def objective(request: HttpRequest, pk: int) -> HttpResponse:
    """One objective: why it is there, what it serves and what serves it, its measures, and what happened."""
    viewer, today = viewer_of(request), localdate()
    found = _found(viewer, pk)
    below = objectives_listed(viewer).filter(parent=found).order_by("ends_on", "find", "pk")
    measures = [(one, *said(one, stands(one, today))) for one in found.measures.all()]
    words: dict[str, Any] = {
        "objective": found,
        "state": how(found),
        "facts": _facts(found),
        "trail": _trail(found),
        "below": [(one, *how(one)) for one in below],
        "measures": measures,
        "may": viewer.may(Permission.DIRECTION_CHANGE, on=found.unit) and not found.closed_on,
        "panels": panels_for(viewer, found),
        "history": history_of(viewer, found, found.unit),
    }
    return render(request, "direction/objective.html", words)


def new(request: HttpRequest) -> HttpResponse:
    """Open an objective."""
    viewer, today = viewer_of(request), localdate()
    held = Unit.objects.all().where(viewer, Permission.DIRECTION_CHANGE).first()
    require(viewer, Permission.DIRECTION_CHANGE, on=held)
    asked = request.GET.get("under", "")
    initial = {"parent": asked if asked.isdecimal() else None, "starts_on": today, "about": Objective.About.USERS}
    form = form_for(request, OpenObjective, initial=initial)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” is open. Say how one will see that it is near.") % {
            "it": open_objective(by=viewer, **answers)
        }

    back = reverse("direction:objectives")
    lead = _("Everybody in the sector sees it: an aim is no secret.")
    title, trail = _("Open an objective"), [(_("Objectives"), back)]
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Open the objective"), back=back, trail=trail)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an objective."""
    viewer, found = _mine(request, pk)
    initial = {name: getattr(found, name) for name in ("title", "why", "about", "code", "ends_on", "version")}
    initial |= {"parent": found.parent_id, "owner": found.owner.code if found.owner else ""}
    form = form_for(request, ChangeObjective, initial=initial)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” is changed.") % {"it": change_objective(by=viewer, objective=found, **answers)}

    title = _("Change “%(it)s”") % {"it": found}
    lead = _("What it said before stays in its history. Its measures stay as they are.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Change the objective"), **_around(found))


def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an objective."""
    viewer, found = _mine(request, pk)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” is closed.") % {"it": close_objective(by=viewer, objective=found, on=localdate(), **answers)}

    form = form_for(request, CloseObjective, initial={"version": found.version})
    title = _("Close “%(it)s”") % {"it": found}
    lead = _("It stays in the list, with what came of it. Leaving an aim openly is no failure; forgetting it is.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Close the objective"), **_around(found))


def _heading(viewer: Viewer) -> str:
    """How many open objectives are on course: the answer before the rows."""
    verdicts = [worst(one, localdate()) for _depth, one in tree(viewer)]
    if not verdicts:
        return _("No objective is open")
    on_course = sum(one is Verdict.ON_COURSE for one in verdicts)
    words = ngettext(
        "%(good)s of %(count)s open objective is on course",
        "%(good)s of %(count)s open objectives are on course",
        len(verdicts),
    )
    return words % {"good": amounts.number(on_course), "count": amounts.number(len(verdicts))}


def _facts(one: Objective) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Unit"), one.unit or one.sector),
        (_("Owner"), one.owner or _("nobody")),
        (_("Whom it is about"), one.get_about_display()),
        (_("From"), date_format(one.starts_on)),
        (_("Until"), date_format(one.ends_on)),
    ]
    if one.code:
        facts.append((_("Code"), one.code))
    if one.closed_on:
        facts.append((_("Closed on"), date_format(one.closed_on)))
    return facts


def _trail(one: Objective) -> list[tuple[str, str]]:
    start = [(_("Vision"), reverse("direction:vision")), (_("Objectives"), reverse("direction:objectives"))]
    return [*start, *((each.title, url_of(each)) for each in above(one))]


def _around(one: Objective) -> dict[str, Any]:
    return {"back": url_of(one), "trail": [*_trail(one), (one.title, url_of(one))]}


def _found(viewer: Viewer, pk: int) -> Objective:
    return get_object_or_404(objectives_listed(viewer).select_related("sector"), pk=pk)


def _mine(request: HttpRequest, pk: int) -> tuple[Viewer, Objective]:
    """The viewer, and an objective the viewer may change."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    require(viewer, Permission.DIRECTION_CHANGE, on=found.unit)
    return viewer, found


def _may_somewhere(viewer: Viewer) -> bool:
    return bool(viewer.paths(Permission.DIRECTION_CHANGE))
