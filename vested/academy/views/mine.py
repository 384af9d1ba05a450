"""My courses: what is proposed to one, what one accepted, waits for and has done."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.academy.models import Enrolment, Objection
from vested.academy.queries.enrolments import mine as all_mine
from vested.core.models import Person
from vested.core.viewer import viewer_of
from vested.formats import calendar

STATES: dict[str, calendar.State] = {
    Enrolment.Status.PROPOSED: calendar.State.TENTATIVE,
    Enrolment.Status.DECLINED: calendar.State.CANCELLED,
    Enrolment.Status.WITHDRAWN: calendar.State.CANCELLED,
}


def mine(request: HttpRequest) -> HttpResponse:
    """One's own courses, those that wait for an answer first."""
    found = all_mine(_self(request))
    today = localdate()
    count = len(found.proposed)
    title = ngettext("%(count)s course waits for your answer", "%(count)s courses wait for your answer", count)
    words: dict[str, Any] = {
        "title": title % {"count": count} if count else _("No course waits for your answer"),
        "mine": found,
        "proposed": [(one, *clock(one, today)) for one in found.proposed],
        "objected": {one.enrolment_id for one in found.objections if one.state == Objection.State.OPEN},
        "undated": [one for one in found.accepted if one.session.starts_on is None],
    }
    return render(request, "academy/mine.html", words)


def own_calendar(request: HttpRequest) -> HttpResponse:
    """One's own sessions as a calendar file; those one is out of are in it as cancelled."""
    person = _self(request)
    found = all_mine(person)
    entries = [
        calendar.Entry(
            uid=f"enrolment-{one.pk}@{person.sector.slug}.vested",
            day=one.session.starts_on,
            title=_("Proposed: %(course)s") % {"course": one.session.course}
            if one.status == Enrolment.Status.PROPOSED
            else str(one.session.course),
            words=f"{one.get_status_display()}. {one.session.code}",
            url=request.build_absolute_uri(reverse("academy:enrolment", args=[one.pk])),
            state=STATES.get(one.status, calendar.State.CONFIRMED),
            sequence=one.version,
        )
        for one in (*found.proposed, *found.accepted, *found.over)
        if one.session.starts_on
    ]
    written = calendar.write(entries, name=_("My courses"), organiser=person.sector.name, at=timezone.now())
    return as_file(written, "courses.ics")


def as_file(written: bytes, name: str) -> HttpResponse:
    """A calendar file to take away."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(written, content_type="text/calendar; charset=utf-8", headers=headers)


def clock(enrolment: Enrolment, today: date) -> tuple[str, str]:
    """How long there is to answer, in words, and whether that is late or soon."""
    if enrolment.answer_by is None:
        return _("open"), ""
    left = (enrolment.answer_by - today).days
    if left < 0:
        return ngettext("%(count)s day late", "%(count)s days late", -left) % {"count": -left}, "bad"
    return ngettext("%(count)s day", "%(count)s days", left) % {"count": left}, "now" if left <= 7 else ""


def _self(request: HttpRequest) -> Person:
    viewer = viewer_of(request)
    if viewer.person is None:
        raise Http404
    return viewer.person
