"""Agreements: their list, as a file for calendars, the page of one, and what can be done with one."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
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
from vested.core.viewer import viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for, status
from vested.ecosystem.actions import change_agreement, end_agreement, make_agreement, renew_agreement
from vested.ecosystem.filters import AgreementFilter
from vested.ecosystem.forms import ChangeAgreement, EndAgreement, MakeAgreement, RenewAgreement
from vested.ecosystem.queries import State, agreements_listed, is_in_hand
from vested.ecosystem.queries.sharing import shares_of
from vested.ecosystem.views.around import address, around, find, in_hand, trail
from vested.formats import calendar

MOST = 500  # in a calendar
SHAPES = {State.TO_COME: "next", State.RUNNING: "good", State.ENDING: "risk", State.OVER: "stopped"}


def how(row: Any) -> tuple[str, str]:  # noqa: ANN401 - an agreement with what its query adds
    """How an agreement stands: a shape and words."""
    return SHAPES[State(row.state)], str(State(row.state).label)


AGREEMENTS = (
    Column(gettext_lazy("Agreement"), "title", "find", link=address),
    Column(gettext_lazy("With whom"), "with_whom", "counterparty__find"),
    Column(gettext_lazy("Unit"), lambda row: row.unit or row.sector, "unit__find"),
    Column(gettext_lazy("Owner"), "owner", "owner__find"),
    Column(gettext_lazy("From"), "starts_on", "starts_on"),
    Column(gettext_lazy("Until"), lambda row: row.ended_on or row.ends_on, "lasts"),
    Column(gettext_lazy("State"), lambda row: how(row)[1], "state", shown=lambda row: status(*how(row))),
)


def agreements(request: HttpRequest) -> HttpResponse | FileResponse:
    """What is agreed with whom, the next to end first; what is over, last."""
    viewer, today = viewer_of(request), localdate()
    rows = agreements_listed(viewer, today)
    ending = rows.filter(state=State.ENDING).count()
    listing = Listing(
        request,
        rows,
        filters=AgreementFilter,
        columns=AGREEMENTS,
        order="lasts",
        name=_("agreements"),
        counted=lambda n: ngettext("%(count)s agreement", "%(count)s agreements", n) % {"count": amounts.number(n)},
    )
    heading = ngettext("%(count)s agreement ends soon", "%(count)s agreements end soon", ending)
    may = bool(viewer.paths(Permission.AGREEMENT_CHANGE))
    return listing.answer(
        "core/list.html",
        title=_("Agreements"),
        heading=heading % {"count": amounts.number(ending)} if ending else _("No agreement ends soon"),
        lead=_("What is agreed with organisations outside, who is what to whom in it, and until when."),
        make=(_("Note an agreement"), reverse("ecosystem:agreement-new")) if may else None,
        ways=[(_("For your calendar"), reverse("ecosystem:agreements-file"))],
    )


def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement: with whom, who is what in it, what is agreed, and until when."""
    viewer = viewer_of(request)
    one = find(viewer, pk)
    words: dict[str, Any] = {
        "agreement": one,
        "state": how(one),
        "facts": _facts(one),
        "may": is_in_hand(viewer, one) and not one.ended_on,
        "trail": trail(),
        "parties": one.parties.all(),
        "contacts": one.contacts.all(),
        "documents": one.documents.all(),
        "shares": shares_of(viewer, [one])[one.pk],
        "shared_columns": [(words, "", "", False) for words in (_("What"), _("Since"), _("By"), _("Do"))],
        "panels": panels_for(viewer, one),
    }
    words["history"] = history_of(viewer, one, one.unit)
    return render(request, "ecosystem/agreement.html", words)


def new(request: HttpRequest) -> HttpResponse:
    """Note what is agreed."""
    viewer = viewer_of(request)
    held = Unit.objects.all().where(viewer, Permission.AGREEMENT_CHANGE).first()
    require(viewer, Permission.AGREEMENT_CHANGE, on=held)
    first = {"starts_on": localdate(), "counterparty": request.GET.get("counterparty")}
    form = form_for(request, MakeAgreement, initial=first)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” is noted.") % {"it": make_agreement(by=viewer, **answers)}

    lead = _("So that everybody knows who is what to whom, and nobody is surprised when it ends.")
    title, back = _("Note an agreement"), reverse("ecosystem:agreements")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Note it"), back=back, trail=trail())


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of an agreement, and who owns it."""
    viewer, found = in_hand(request, pk)
    now = {name: getattr(found, name) for name in ("title", "code", "roles", "words", "version")}
    first = {**now, "owner": found.owner.code if found.owner else "", "owner_now": found.owner}
    form = form_for(request, ChangeAgreement, initial=first)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” is changed.") % {"it": change_agreement(by=viewer, agreement=found, **answers)}

    title = _("Change “%(it)s”") % {"it": found}
    lead = _("With whom it is, from and until when, and behind which wall stays as it is.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Change it"), **around(found))


def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an agreement last longer."""
    viewer, found = in_hand(request, pk)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” is renewed.") % {"it": renew_agreement(by=viewer, agreement=found, **answers)}

    form = form_for(request, RenewAgreement)
    title, lead = _("Renew “%(it)s”") % {"it": found}, _("It ends on %(day)s.") % {"day": date_format(found.ends_on)}
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Renew it"), **around(found))


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an agreement before its time."""
    viewer, found = in_hand(request, pk)

    def do(answers: dict[str, Any]) -> str:
        ended = end_agreement(by=viewer, agreement=found, on=localdate(), **answers)
        return _("“%(it)s” has ended.") % {"it": ended}

    form = form_for(request, EndAgreement)
    title, lead = _("End “%(it)s” today?") % {"it": found}, _("It stays on file, with the reason.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("End it"), danger=True, **around(found))


def calendar_file(request: HttpRequest) -> HttpResponse:
    """When agreements end, as a file for the calendar people use already; what has ended is in it as cancelled."""
    viewer, today = viewer_of(request), localdate()
    entries = [
        calendar.Entry(
            uid=f"agreement-{one.pk}@{viewer.sector.slug}.vested",
            day=one.ends_on,
            title=_("Ends: %(agreement)s, %(counterparty)s") % {"agreement": one, "counterparty": one.with_whom},
            words=how(one)[1],
            url=request.build_absolute_uri(address(one)),
            state=calendar.State.CANCELLED if one.ended_on else calendar.State.CONFIRMED,
            sequence=1 if one.ended_on else 0,
        )
        for one in agreements_listed(viewer, today).order_by("ends_on", "pk")[:MOST]
    ]
    written = calendar.write(entries, name=_("Agreements"), organiser=viewer.sector.name, at=timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="agreements.ics"'}
    return HttpResponse(written, content_type="text/calendar; charset=utf-8", headers=headers)


def _facts(one: Any) -> list[tuple[str, object]]:  # noqa: ANN401 - as above
    facts: list[tuple[str, object]] = [
        (_("With whom"), one.with_whom),
        (_("Unit"), one.unit or one.sector),
        (_("Owner"), one.owner or _("nobody")),
        (_("From"), date_format(one.starts_on)),
        (_("Until"), date_format(one.ends_on)),
        *fact(one),
    ]
    if one.code:
        facts.append((_("Code"), one.code))
    if one.ended_on:
        facts.append((_("Ended on"), date_format(one.ended_on)))
    return facts
