"""Obstacles: raising one, their list, the page of one, handing it on and answering it, and how many there are."""

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core import amounts
from vested.core.downloads import figures
from vested.core.hats import fact
from vested.core.listing import Column, Listing
from vested.core.panels import panels_for
from vested.core.permissions import Permission
from vested.core.queries import works_in
from vested.core.timeline import history_of
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for, status
from vested.direction.actions import answer_obstacle, own_obstacle, raise_obstacle
from vested.direction.filters import ObstacleFilter
from vested.direction.forms.promises import AnswerObstacle, OwnObstacle, RaiseObstacle
from vested.direction.models import Obstacle
from vested.direction.queries.obstacles import FEWEST, counted, obstacles_listed


def how(one: Obstacle, on: date | None = None) -> tuple[str, str]:
    """What became of an obstacle, today or on a day: a shape and words."""
    if one.answered_on:
        return ("good" if one.outcome == Obstacle.Outcome.REMOVED else "info"), one.get_outcome_display()
    days = ((on or localdate()) - one.answer_by).days
    if days > 0:
        words = ngettext("answer %(days)s day late", "answer %(days)s days late", days)
        return "late", words % {"days": amounts.number(days)}
    return "waits", _("answer by %(day)s") % {"day": date_format(one.answer_by)}


COLUMNS = (
    Column(gettext_lazy("Obstacle"), str, "find", link=lambda row: reverse("direction:obstacle", args=[row.pk])),
    Column(gettext_lazy("Kind"), lambda row: row.get_kind_display(), "kind"),
    Column(gettext_lazy("Unit"), lambda row: row.unit or row.sector, "unit__find"),
    Column(gettext_lazy("Owner"), "owner", "owner__find"),
    Column(gettext_lazy("Raised on"), "raised_on", "raised_on"),
    Column(gettext_lazy("State"), lambda row: how(row)[1], "answer_by", shown=lambda row: status(*how(row))),
)


def obstacles(request: HttpRequest) -> HttpResponse | FileResponse:
    """The obstacles that exist for who asks."""
    viewer = viewer_of(request)
    listing = Listing(
        request,
        obstacles_listed(viewer),
        filters=ObstacleFilter,
        columns=COLUMNS,
        order="-raised_on",
        name=_("obstacles"),
        counted=lambda n: ngettext("%(count)s obstacle", "%(count)s obstacles", n) % {"count": amounts.number(n)},
    )
    waiting = obstacles_listed(viewer).filter(answered_on=None).count()
    heading = ngettext("%(count)s obstacle waits for an answer", "%(count)s obstacles wait for an answer", waiting)
    lead = _(
        "A rule, a structure, a missing tool, a worry: anybody may raise one, also without a name. Each is removed or "
        "explained by a day. You see what was answered, what you raised, and what you answer for."
    )
    return listing.answer(
        "core/list.html",
        title=_("Obstacles"),
        heading=heading % {"count": amounts.number(waiting)} if waiting else _("No obstacle you may see waits"),
        lead=lead,
        make=(_("Raise an obstacle"), reverse("direction:obstacle-new")),
        ways=[(_("How many there are, by agency"), reverse("direction:obstacle-counts"))],
    )


def obstacle(request: HttpRequest, pk: int) -> HttpResponse:
    """One obstacle: what it is, who owns it, and what became of it."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    words: dict[str, Any] = {
        "obstacle": found,
        "state": how(found),
        "facts": _facts(viewer, found),
        "trail": _trail(),
        "may": _in_hand(viewer, found) and not found.answered_on,
        "panels": panels_for(viewer, found),
        "history": history_of(viewer, found, found.unit),
    }
    return render(request, "direction/obstacle.html", words)


def new(request: HttpRequest) -> HttpResponse:
    """Raise an obstacle."""
    viewer = viewer_of(request)
    mine = works_in(viewer.person) if viewer.person else None
    form = form_for(request, RaiseObstacle, initial={"where": mine})

    def do(answers: dict[str, Any]) -> str:
        raise_obstacle(by=viewer, unit=answers.pop("where"), at=timezone.now(), **answers)
        return _("It is raised, and somebody owns it. It is removed or explained within 30 days.")

    lead = _(
        "Without a name, no row and no line of history says who you are; for a unit of fewer than %(count)s people it "
        "is noted for the unit above. Whoever manages the servers may still see that you used Vested at that time."
    )
    back = reverse("direction:obstacles")
    words = lead % {"count": FEWEST}
    return ask(
        request, form, do=do, title=_("Raise an obstacle"), lead=words, verb=_("Raise it"), back=back, trail=_trail()
    )


def own(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand an obstacle on, or take it."""
    viewer, found = _mine(request, pk)
    initial = {"owner": found.owner.code if found.owner else "", "answer_by": found.answer_by}

    def do(answers: dict[str, Any]) -> str:
        held = own_obstacle(by=viewer, obstacle=found, at=timezone.now(), **answers)
        return _("%(who)s owns it now.") % {"who": held.owner}

    lead = _("Whoever owns it answers it by the day you set, and is told now.")
    form = form_for(request, OwnObstacle, initial=initial)
    return ask(
        request, form, do=do, title=_("Who owns this obstacle?"), lead=lead, verb=_("Hand it on"), **_around(found)
    )


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an obstacle."""
    viewer, found = _mine(request, pk)

    def do(answers: dict[str, Any]) -> str:
        answer_obstacle(by=viewer, obstacle=found, at=timezone.now(), **answers)
        return _("It is answered. Everybody in the sector reads it now.")

    form = form_for(request, AnswerObstacle)
    title = _("Answer the obstacle")
    return ask(request, form, do=do, title=title, lead=found.words, verb=_("Answer it"), **_around(found))


def counts(request: HttpRequest) -> HttpResponse | FileResponse:
    """How many obstacles there are in each ministry and agency."""
    rows = counted(viewer_of(request))
    if request.GET.get("format") == "csv":
        head = (_("Unit"), _("Waits for an answer"), _("Removed"), _("Explained"))
        lines = [
            (one.unit, *(_("hidden") if n is None else n for n in (one.open, one.removed, one.explained)))
            for one in rows
        ]
        return figures(_("obstacles by agency"), [head, *lines])
    words = {"rows": rows, "fewest": FEWEST, "trail": _trail()}
    return render(request, "direction/obstacle_counts.html", words)


def _facts(viewer: Viewer, one: Obstacle) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Kind"), one.get_kind_display()),
        (_("Unit"), one.unit or one.sector),
        (_("Raised on"), date_format(one.raised_on)),
        (_("Owner"), one.owner or _("nobody yet")),
        *fact(one),
    ]
    own_one = viewer.person is not None and viewer.person == one.raised_by
    if own_one or _in_hand(viewer, one):
        facts.append((_("Raised by"), one.raised_by or _("somebody without a name")))
    if one.answered_on:
        facts.append((_("Answered on"), date_format(one.answered_on)))
    return facts


def _in_hand(viewer: Viewer, one: Obstacle) -> bool:
    own_one = viewer.person is not None and viewer.person.pk == one.owner_id
    return own_one or viewer.may(Permission.DIRECTION_CHANGE, on=one.unit)


def _trail() -> list[tuple[str, str]]:
    return [(_("Obstacles"), reverse("direction:obstacles"))]


def _around(one: Obstacle) -> dict[str, Any]:
    url = reverse("direction:obstacle", args=[one.pk])
    return {"back": url, "trail": [*_trail(), (one.words[:60], url)]}


def _found(viewer: Viewer, pk: int) -> Obstacle:
    return get_object_or_404(obstacles_listed(viewer), pk=pk)


def _mine(request: HttpRequest, pk: int) -> tuple[Viewer, Obstacle]:
    """The viewer, and an obstacle the viewer answers for; else there is no such page."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    if not _in_hand(viewer, found):
        raise Http404
    return viewer, found
