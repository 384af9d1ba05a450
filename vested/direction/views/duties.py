"""Duties: their list and calendar, the page of one, and what can be done with one."""

from datetime import date
from itertools import groupby
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core import amounts
from vested.core.hats import fact
from vested.core.listing import Column, Listing
from vested.core.panels import panels_for
from vested.core.permissions import Permission, require
from vested.core.timeline import history_of
from vested.core.viewer import viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for, status
from vested.direction.actions import add_duty, meet_duty
from vested.direction.filters import DutyFilter
from vested.direction.forms.duties import AddDuty, MeetDuty
from vested.direction.queries.duties import STATES, duties_listed, duties_open
from vested.direction.views.parts import leading
from vested.formats import calendar

MOST = 500  # in a calendar
DUTY_SHAPES = {"met": "good", "late": "late", "uncovered": "wrong", "covered": "next"}


def how(row: Any) -> tuple[str, str]:  # noqa: ANN401 - a duty with what its query adds
    """What became of a duty: a shape and words."""
    return DUTY_SHAPES[row.state], str(dict(STATES)[row.state])


DUTIES = (
    Column(gettext_lazy("Duty"), "title", "find", link=lambda row: reverse("direction:duty", args=[row.pk])),
    Column(gettext_lazy("Where it is written"), "source", "source"),
    Column(gettext_lazy("Kind"), lambda row: row.get_kind_display(), "kind"),
    Column(gettext_lazy("Unit"), lambda row: row.unit or row.sector, "unit__find"),
    Column(gettext_lazy("Owner"), "owner", "owner__find"),
    Column(gettext_lazy("Due"), "due_on", "due_on"),
    Column(gettext_lazy("State"), lambda row: how(row)[1], "state", shown=lambda row: status(*how(row))),
)


def duties(request: HttpRequest) -> HttpResponse | FileResponse:
    """What laws, strategies, security and data protection demand, in the order in which it is due."""
    viewer, today = viewer_of(request), localdate()
    rows = duties_listed(viewer, today)
    uncovered = rows.filter(state__in=("uncovered", "late")).count()
    listing = Listing(
        request,
        rows,
        filters=DutyFilter,
        columns=DUTIES,
        order="due_on",
        name=_("duties"),
        counted=lambda n: ngettext("%(count)s duty", "%(count)s duties", n) % {"count": amounts.number(n)},
    )
    heading = ngettext("%(count)s duty is uncovered or overdue", "%(count)s duties are uncovered or overdue", uncovered)
    return listing.answer(
        "core/list.html",
        title=_("Duties"),
        heading=heading % {"count": amounts.number(uncovered)} if uncovered else _("No duty is uncovered or overdue"),
        lead=_("What is demanded from outside, by when, and what answers it: objectives, initiatives, systems."),
        make=(_("Add a duty"), reverse("direction:duty-new")) if viewer.paths(Permission.DIRECTION_CHANGE) else None,
        ways=[(_("As a calendar, month by month"), reverse("direction:duty-calendar"))],
    )


def by_month(request: HttpRequest) -> HttpResponse:
    """The duties that are not met, by the month in which they are due; what is overdue first."""
    viewer, today = viewer_of(request), localdate()
    rows = list(duties_open(viewer, today)[:MOST])
    late = [one for one in rows if one.due_on < today]
    months = groupby((one for one in rows if one.due_on >= today), lambda one: one.due_on.replace(day=1))
    words = {
        "heading": _coming(rows, today),
        "groups": [
            *([(_("Overdue"), _days(late))] if late else []),
            *((date_format(month, "YEAR_MONTH_FORMAT"), _days(list(due))) for month, due in months),
        ],
        "more": len(rows) == MOST,
        "trail": _trail(),
    }
    return render(request, "direction/duty_calendar.html", words)


def calendar_file(request: HttpRequest) -> HttpResponse:
    """The same as a file for the calendar people use already; what is met is in it as cancelled."""
    viewer, today = viewer_of(request), localdate()
    entries = [
        calendar.Entry(
            uid=f"duty-{one.pk}@{viewer.sector.slug}.vested",
            day=one.due_on,
            title=_("Due: %(duty)s") % {"duty": one},
            words=f"{one.source}. {how(one)[1]}.",
            url=request.build_absolute_uri(reverse("direction:duty", args=[one.pk])),
            state=calendar.State.CANCELLED if one.met_on else calendar.State.CONFIRMED,
            sequence=1 if one.met_on else 0,
        )
        for one in duties_listed(viewer, today).order_by("due_on", "pk")[:MOST]
    ]
    written = calendar.write(entries, name=_("Duties"), organiser=viewer.sector.name, at=timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="duties.ics"'}
    return HttpResponse(written, content_type="text/calendar; charset=utf-8", headers=headers)


def _days(rows: list[Any]) -> list[tuple[Any, str, str]]:
    return [(one, *how(one)) for one in rows]


def _coming(rows: list[Any], today: date) -> str:
    """What is due next: the answer before the months."""
    coming = [one.due_on for one in rows if one.due_on >= today]
    if not coming:
        return _("No duty is due from today on")
    days = (coming[0] - today).days
    words = ngettext("The next duty is due in %(days)s day", "The next duty is due in %(days)s days", days)
    return words % {"days": amounts.number(days)} if days else _("A duty is due today")


def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """One duty: what it demands, what answers it, and whether it is met."""
    viewer = viewer_of(request)
    found = get_object_or_404(duties_listed(viewer, localdate()), pk=pk)
    facts: list[tuple[str, object]] = [
        (_("Where it is written"), found.source),
        (_("Kind"), found.get_kind_display()),
        (_("Unit"), found.unit or found.sector),
        (_("Owner"), found.owner or _("nobody")),
        (_("Due"), date_format(found.due_on)),
        *fact(found),
    ]
    if found.met_on:
        facts.append((_("Met on"), date_format(found.met_on)))
    words = {
        "duty": found,
        "state": how(found),
        "facts": facts,
        "may": viewer.may(Permission.DIRECTION_CHANGE, on=found.unit) and not found.met_on,
        "panels": panels_for(viewer, found),
        "trail": _trail(),
        "history": history_of(viewer, found, found.unit),
    }
    return render(request, "direction/duty.html", words)


def duty_new(request: HttpRequest) -> HttpResponse:
    """Add a duty."""
    viewer = leading(request)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” is added. Name what answers it.") % {"it": add_duty(by=viewer, **answers)}

    back = reverse("direction:duties")
    lead = _("With its source, so that everybody can read it where it is written.")
    title, trail = _("Add a duty"), [(_("Duties"), back)]
    return ask(request, form_for(request, AddDuty), do=do, title=title, lead=lead, verb=title, back=back, trail=trail)


def duty_meet(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a duty is met."""
    viewer = viewer_of(request)
    found = get_object_or_404(duties_listed(viewer, localdate()), pk=pk)
    require(viewer, Permission.DIRECTION_CHANGE, on=found.unit)

    def do(answers: dict[str, Any]) -> str:
        meet_duty(by=viewer, duty=found, on=localdate(), **answers)
        return _("“%(it)s” is met.") % {"it": found}

    back = reverse("direction:duty", args=[pk])
    title, trail = (
        _("Is “%(it)s” met?") % {"it": found},
        [(_("Duties"), reverse("direction:duties")), (found.title, back)],
    )
    form = form_for(request, MeetDuty)
    return ask(request, form, do=do, title=title, lead=found.words, verb=_("It is met"), back=back, trail=trail)


def _trail() -> list[tuple[str, str]]:
    return [(_("Duties"), reverse("direction:duties"))]
