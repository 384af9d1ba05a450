"""Opportunities: their list, the page of one, and what can be done with one."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core import amounts
from vested.core.hats import fact
from vested.core.listing import Column, Listing
from vested.core.panels import panels_for
from vested.core.permissions import Permission
from vested.core.questions import Asking
from vested.core.timeline import history_of
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for, status
from vested.direction.actions import answer_invitation, end_opportunity, invite, note_momentum, open_opportunity
from vested.direction.filters import OpportunityFilter
from vested.direction.forms.duties import AnswerInvitation, EndOpportunity, Invite, OpenOpportunity
from vested.direction.forms.promises import Reply
from vested.direction.models import Invitation, Opportunity
from vested.direction.queries.duties import ENOUGH, WINDOWS, invited, moved, opportunities_listed
from vested.direction.views.parts import leading

WINDOW_SHAPES = {"to_come": "waits", "open": "next", "closed": "late", "seized": "good", "left": "stopped"}
ANSWER_SHAPES = {
    "": "waits",
    Invitation.Answer.IN: "good",
    Invitation.Answer.LATER: "waits",
    Invitation.Answer.NO: "stopped",
}


def stands(row: Any) -> tuple[str, str]:  # noqa: ANN401 - an opportunity with what its query adds
    """How a window stands: a shape and words."""
    return WINDOW_SHAPES[row.state], str(dict(WINDOWS)[row.state])


OPPORTUNITIES = (
    Column(
        gettext_lazy("Opportunity"), "title", "find", link=lambda row: reverse("direction:opportunity", args=[row.pk])
    ),
    Column(gettext_lazy("Unit"), lambda row: row.unit or row.sector, "unit__find"),
    Column(gettext_lazy("Owner"), "owner", "owner__find"),
    Column(gettext_lazy("Closes on"), "closes_on", "closes_on"),
    Column(gettext_lazy("Invited"), "asked", "asked", number=True),
    Column(gettext_lazy("Are in"), "are_in", "are_in", number=True),
    Column(gettext_lazy("State"), lambda row: stands(row)[1], "state", shown=lambda row: status(*stands(row))),
)


def opportunities(request: HttpRequest) -> HttpResponse | FileResponse:
    """The windows there are, the next to close first."""
    viewer, today = viewer_of(request), localdate()
    rows = opportunities_listed(viewer, today)
    still = rows.filter(state="open").count()
    listing = Listing(
        request,
        rows,
        filters=OpportunityFilter,
        columns=OPPORTUNITIES,
        order="closes_on",
        name=_("opportunities"),
        counted=lambda n: (
            ngettext("%(count)s opportunity", "%(count)s opportunities", n) % {"count": amounts.number(n)}
        ),
    )
    heading = ngettext("%(count)s window is open", "%(count)s windows are open", still)
    may = viewer.paths(Permission.DIRECTION_CHANGE)
    return listing.answer(
        "core/list.html",
        title=_("Opportunities"),
        heading=heading % {"count": amounts.number(still)} if still else _("No window is open"),
        lead=_("A crisis, a new government, a renewal: say openly what you want, invite everyone, wait for no one."),
        make=(_("Name an opportunity"), reverse("direction:opportunity-new")) if may else None,
    )


def opportunity(request: HttpRequest, pk: int) -> HttpResponse:
    """One window: what we want, who is in, what moved, and what came of it."""
    viewer, today = viewer_of(request), localdate()
    found = get_object_or_404(opportunities_listed(viewer, today), pk=pk)
    words: dict[str, Any] = {
        "opportunity": found,
        "state": stands(found),
        "left": (found.closes_on - today).days,
        "invited": [(one, ANSWER_SHAPES[one.answer]) for one in invited(viewer, found)],
        "enough": found.are_in >= ENOUGH,
        "moved": moved(viewer, found),
        "facts": [
            (_("Unit"), found.unit or found.sector),
            (_("Owner"), found.owner or _("nobody")),
            (_("Opens on"), date_format(found.opens_on)),
            (_("Closes on"), date_format(found.closes_on)),
            *fact(found),
        ],
        "may": _in_hand(viewer, found) and not found.ended_on,
        "panels": panels_for(viewer, found),
        "trail": _trail(),
        "history": history_of(viewer, found, found.unit),
    }
    return render(request, "direction/opportunity.html", words)


def opportunity_new(request: HttpRequest) -> HttpResponse:
    """Name an opportunity."""
    viewer = leading(request)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” is named. Invite who may join.") % {"it": open_opportunity(by=viewer, **answers)}

    back = reverse("direction:opportunities")
    form = form_for(request, OpenOpportunity)
    lead = _("A window closes whether or not you are ready. Everybody in the sector reads what you want.")
    title = _("Name an opportunity")
    return ask(request, form, do=do, title=title, lead=lead, verb=title, back=back, trail=_trail())


def opportunity_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to join."""

    def do(viewer: Viewer, found: Opportunity, answers: dict[str, Any]) -> str:
        return _("%(party)s is invited.") % {"party": invite(by=viewer, opportunity=found, on=localdate(), **answers)}

    lead = _("Whoever comes late is welcome; nobody is waited for.")
    return _ask(request, pk, Invite, do, title=_("Invite somebody"), lead=lead)


def opportunity_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what moved."""

    def do(viewer: Viewer, found: Opportunity, answers: dict[str, Any]) -> str:
        note_momentum(by=viewer, opportunity=found, on=localdate(), **answers)
        return _("It is noted.")

    return _ask(request, pk, Reply, do, title=_("Note what moved"), lead=_("Or what stopped, and why."))


def opportunity_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of a window."""

    def do(viewer: Viewer, found: Opportunity, answers: dict[str, Any]) -> str:
        end_opportunity(by=viewer, opportunity=found, on=localdate(), **answers)
        return _("It is said what came of it.")

    lead = _("It stays in the list. Seized, it can name the initiative it became.")
    return _ask(request, pk, EndOpportunity, do, title=_("What came of it?"), lead=lead)


def invitation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what somebody answered."""
    viewer = viewer_of(request)
    rows = Invitation.objects.all().visible_to(viewer).select_related("opportunity__unit")
    asked = get_object_or_404(rows, pk=pk)
    if not _in_hand(viewer, asked.opportunity):
        raise Http404
    form = form_for(request, AnswerInvitation, initial={"answer": asked.answer, "words": asked.words})

    def do(answers: dict[str, Any]) -> str:
        held = answer_invitation(by=viewer, invitation=asked, on=localdate(), **answers)
        return _("%(party)s answered: %(answer)s.") % {"party": held.party, "answer": held.get_answer_display()}

    back = reverse("direction:opportunity", args=[asked.opportunity_id])
    title = _("What did %(party)s answer?") % {"party": asked.party}
    trail = [*_trail(), (asked.opportunity.title, back)]
    lead = _("Who said later may come in any day: answer anew then.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Note it"), back=back, trail=trail)


Do = Callable[[Viewer, Opportunity, dict[str, Any]], str]


def _ask(request: HttpRequest, pk: int, kind: type[Asking], do: Do, *, title: str, lead: str) -> HttpResponse:
    """Ask something about a window of the viewer's; else there is no such page."""
    viewer = viewer_of(request)
    found = get_object_or_404(opportunities_listed(viewer, localdate()), pk=pk)
    if not _in_hand(viewer, found):
        raise Http404
    back = reverse("direction:opportunity", args=[pk])
    trail = [*_trail(), (found.title, back)]
    form = form_for(request, kind)
    return ask(
        request, form, do=lambda answers: do(viewer, found, answers), title=title, lead=lead, verb=_("Save"), back=back,
        trail=trail,
    )  # fmt: skip


def _in_hand(viewer: Viewer, one: Opportunity) -> bool:
    own = viewer.person is not None and viewer.person.pk == one.owner_id
    return own or viewer.may(Permission.DIRECTION_CHANGE, on=one.unit)


def _trail() -> list[tuple[str, str]]:
    return [(_("Opportunities"), reverse("direction:opportunities"))]
