"""What managers hope digital can do for them: the list, saying it, and what becomes of it."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core import amounts
from vested.core.listing import Column, Listing
from vested.core.permissions import Permission, require
from vested.core.viewer import viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for
from vested.direction.actions import answer_hope, say_hope
from vested.direction.filters import HopeFilter
from vested.direction.forms.steering import AnswerHope, SayHope
from vested.direction.queries.steering import hopes_listed
from vested.direction.views.parts import leading

HOPES = (
    Column(gettext_lazy("Whose"), "person", "person__find"),
    Column(gettext_lazy("Unit"), "unit", "unit__find"),
    Column(gettext_lazy("Said on"), "said_on", "said_on"),
    Column(
        gettext_lazy("What became of it"),
        lambda row: row.get_outcome_display() or _("waits"),
        "outcome",
        link=lambda row: f"{reverse('direction:vision')}#needs-h" if row.need_id else "",
    ),
    Column(gettext_lazy("The answer"), "answer"),
)


def hopes(request: HttpRequest) -> HttpResponse | FileResponse:
    """What managers hope digital can do for them, and what became of it."""
    viewer = viewer_of(request)
    rows = hopes_listed(viewer)
    may = viewer.may(Permission.DIRECTION_CHANGE)
    first = Column(
        _("What digital can do"),
        "words",
        link=lambda row: reverse("direction:hope-answer", args=[row.pk]) if may and not row.answered_on else "",
    )
    listing = Listing(
        request,
        rows,
        filters=HopeFilter,
        columns=(first, *HOPES),
        order="-said_on",
        name=_("hopes"),
        counted=lambda n: ngettext("%(count)s hope", "%(count)s hopes", n) % {"count": amounts.number(n)},
    )
    count = rows.filter(answered_on=None).count()
    heading = ngettext("%(count)s hope waits to be taken up", "%(count)s hopes wait to be taken up", count)
    return listing.answer(
        "core/list.html",
        title=_("What can digital do for me?"),
        heading=heading % {"count": amounts.number(count)} if count else _("No hope you may see waits"),
        lead=_("Managers answer in their own words. Each is taken up as a need or an idea, or declined with a reason."),
        make=(_("Say what you hope for"), reverse("direction:hope-new"))
        if viewer.paths(Permission.DIRECTION_CHANGE)
        else None,
    )


def hope_new(request: HttpRequest) -> HttpResponse:
    """Say what digital can do for oneself."""
    viewer = leading(request)

    def do(answers: dict[str, Any]) -> str:
        say_hope(by=viewer, on=localdate(), **answers)
        return _("It is said. Somebody takes it up, or says why not.")

    back = reverse("direction:hopes")
    title, trail = _("What can digital do for me?"), [(_("What can digital do for me?"), back)]
    lead = _("In your own words. Those who lead your unit, and the digital office, read it.")
    form = form_for(request, SayHope)
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Say it"), back=back, trail=trail)


def hope_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a hope up, or decline it."""
    viewer = viewer_of(request)
    found = get_object_or_404(hopes_listed(viewer), pk=pk)
    require(viewer, Permission.DIRECTION_CHANGE)

    def do(answers: dict[str, Any]) -> str:
        answer_hope(by=viewer, hope=found, at=timezone.now(), **answers)
        return _("%(who)s is told.") % {"who": found.person}

    back = reverse("direction:hopes")
    trail = [(_("What can digital do for me?"), back)]
    form = form_for(request, AnswerHope, initial={"words": found.words})
    title = _("What becomes of this hope?")
    return ask(request, form, do=do, title=title, lead=found.words, verb=_("Answer it"), back=back, trail=trail)
