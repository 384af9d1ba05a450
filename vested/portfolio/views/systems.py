"""Systems: their list, the page of one, naming, changing and ending one."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core import amounts
from vested.core.hats import fact
from vested.core.listing import Column, Listing
from vested.core.models import Unit
from vested.core.panels import panels_for
from vested.core.permissions import Permission, require
from vested.core.timeline import history_of
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for, status
from vested.portfolio.actions import change_block, end_block, name_block
from vested.portfolio.filters import SystemFilter
from vested.portfolio.forms.systems import ChangeSystem, EndSystem, NameSystem
from vested.portfolio.queries.systems import (
    State,
    contracts_of,
    duties_answered,
    has_in_hand,
    systems_listed,
    using,
)
from vested.portfolio.views.parts import stage_of

MOST = 50
SHAPES = {
    State.TO_COME: "waits", State.IN_USE: "good", State.ENDING: "next", State.LATE: "late", State.OVER: "stopped",
}  # fmt: skip


def how(row: Any) -> tuple[str, str]:  # noqa: ANN401 - a block with what its query adds
    """How a system stands: a shape and words."""
    return SHAPES[State(row.state)], str(State(row.state).label)


def _url(row: Any) -> str:  # noqa: ANN401 - as above
    return reverse("portfolio:system", args=[row.pk])


SYSTEMS = (
    Column(gettext_lazy("System"), "name", "find", link=_url),
    Column(gettext_lazy("Code"), "code", "code"),
    Column(gettext_lazy("Unit"), lambda row: row.unit or row.sector, "unit__find"),
    Column(gettext_lazy("Answers for it"), "owner", "owner__find"),
    Column(gettext_lazy("Supplier"), "supplier", "supplier__find"),
    Column(gettext_lazy("In use from"), "since", "since"),
    Column(gettext_lazy("Ends on"), lambda row: row.ended_on or row.ends_on, "ends_on"),
    Column(gettext_lazy("State"), lambda row: how(row)[1], "state", shown=lambda row: status(*how(row))),
)


def systems(request: HttpRequest) -> HttpResponse | FileResponse:
    """What is in use or to be, whose it is, and until when; what has ended as well."""
    viewer, today = viewer_of(request), localdate()
    rows = systems_listed(viewer, today)
    bare = rows.filter(owner=None, exists=True).count()
    listing = Listing(
        request,
        rows,
        filters=SystemFilter,
        columns=SYSTEMS,
        order="find",
        name=_("systems"),
        counted=lambda n: ngettext("%(count)s system", "%(count)s systems", n) % {"count": amounts.number(n)},
    )
    heading = ngettext("Nobody answers for %(count)s system", "Nobody answers for %(count)s systems", bare)
    return listing.answer(
        "core/list.html",
        title=_("Systems"),
        heading=heading % {"count": amounts.number(bare)} if bare else _("Somebody answers for every system in use"),
        lead=_("What is in use, what it is for, which duties it answers, and until when; and what is to come."),
        make=(_("Register a system"), reverse("portfolio:system-new")) if _may(viewer) else None,
        ways=[(_("Contracts and days to come"), reverse("portfolio:calendar"))],
    )


def system(request: HttpRequest, pk: int) -> HttpResponse:
    """One system: what it is for, its duties and contracts, and which initiatives use, build or replace it."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    hand = has_in_hand(viewer, found) and not found.ended_on
    words: dict[str, Any] = {
        "system": found,
        "state": how(found),
        "facts": _facts(found),
        "hand": hand,
        "initiatives": _initiatives(viewer, found),
        "contracts": contracts_of(viewer, found)[:MOST],
        "contract": hand and viewer.may(Permission.PORTFOLIO_CHANGE, on=found.unit),
        "panels": panels_for(viewer, found),
        "trail": _trail(),
    }
    words["history"] = history_of(viewer, found, found.unit)
    return render(request, "portfolio/system.html", words)


def new(request: HttpRequest) -> HttpResponse:
    """Register a system, or a building block that is to become one."""
    viewer = viewer_of(request)
    held = Unit.objects.all().where(viewer, Permission.PORTFOLIO_CHANGE).first()
    require(viewer, Permission.PORTFOLIO_CHANGE, on=held)
    form = form_for(request, NameSystem, initial={"exists": True})

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” is registered. Say which duties it answers on their pages.") % {
            "it": name_block(by=viewer, **answers)
        }

    lead = _("So that everybody knows what is in use, what for, and who answers for it.")
    title, back = _("Register a system"), reverse("portfolio:systems")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Register it"), back=back, trail=_trail())


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of a system."""
    viewer, found = _in_hand(request, pk)
    names = ("name", "purpose", "unit", "supplier", "exists", "since", "ends_on", "version")
    codes = {
        name: one.code if (one := getattr(found, name)) else "" for name in ("owner", "supplied_by", "replaced_by")
    }
    start = {name: getattr(found, name) for name in names} | codes
    form = form_for(request, ChangeSystem, now=found.unit, initial=start)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” is changed.") % {"it": change_block(by=viewer, block=found, **answers)}

    title, lead = _("Change %(it)s") % {"it": found}, _("The change stands in its history.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Change it"), **_around(found))


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a system is in use no more, having read what that leaves behind."""
    viewer, found = _in_hand(request, pk)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” has ended, and stays on the list.") % {
            "it": end_block(by=viewer, block=found, on=localdate(), **answers)
        }

    form, title = form_for(request, EndSystem), _("Has “%(it)s” ended?") % {"it": found}
    lead = _left(viewer, found)
    return ask(request, form, do=do, title=title, lead=lead, verb=_("It has ended"), danger=True, **_around(found))


def _left(viewer: Viewer, found: Any) -> str:  # noqa: ANN401 - as above
    """What its end leaves behind: duties without its answer, and initiatives that build on it."""
    duties, uses = duties_answered(viewer, found), len(using(viewer, found))
    said = [
        ngettext("It answers %(count)s duty no more.", "It answers %(count)s duties no more.", duties)
        % {"count": amounts.number(duties)}
        if duties
        else _("It answers no duty."),
        ngettext(
            "%(count)s initiative builds on it and needs another way.",
            "%(count)s initiatives build on it and need another way.",
            uses,
        )
        % {"count": amounts.number(uses)}
        if uses
        else _("No initiative builds on it."),
        _("It stays on the list, with the reason."),
    ]
    return " ".join(said)


def _initiatives(viewer: Viewer, found: Any) -> list[tuple[str, Any, str, str]]:  # noqa: ANN401 - as above
    """The initiatives that have to do with it: which way, and how far each has come."""
    pairs = [
        *((_("builds it"), one) for one in (found.supplied_by,) if one),
        *((_("replaces it"), one) for one in (found.replaced_by,) if one),
        *((_("builds on it"), one) for one in using(viewer, found)),
    ]
    return [(way, one, *stage_of(one)) for way, one in pairs]


def _facts(one: Any) -> list[tuple[str, object]]:  # noqa: ANN401 - as above
    facts: list[tuple[str, object]] = [
        (_("Code"), one.code),
        (_("Unit"), one.unit or one.sector),
        (_("Answers for it"), one.owner or _("nobody")),
        (_("Supplier"), one.supplier or _("nobody outside")),
        *fact(one),
    ]
    if one.since:
        facts.append((_("In use from"), date_format(one.since)))
    if one.ends_on:
        facts.append((_("To be ended on"), date_format(one.ends_on)))
    if one.ended_on:
        facts.append((_("Ended on"), date_format(one.ended_on)))
    return facts


def _found(viewer: Viewer, pk: int) -> Any:  # noqa: ANN401 - as above
    rows = systems_listed(viewer, localdate())
    return get_object_or_404(rows.select_related("supplied_by__source", "replaced_by__source"), pk=pk)


def _in_hand(request: HttpRequest, pk: int) -> tuple[Viewer, Any]:
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    if not has_in_hand(viewer, found):
        require(viewer, Permission.PORTFOLIO_CHANGE, on=found.unit)
    return viewer, found


def _may(viewer: Viewer) -> bool:
    return bool(viewer.paths(Permission.PORTFOLIO_CHANGE))


def _around(found: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    return {"back": _url(found), "trail": [*_trail(), (found.name, _url(found))]}


def _trail() -> list[tuple[str, str]]:
    return [(_("Systems"), reverse("portfolio:systems"))]
