"""The page of a session: its seats, who comes, who waits, and who came."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.academy.actions import ask_to_wait, record_attendance
from vested.academy.models import Course, Enrolment, Session
from vested.academy.models.enrolments import COMING
from vested.academy.queries.catalogue import sessions_listed
from vested.academy.queries.sessions import Seats, line, own_in, roster, seats_of
from vested.academy.views.mine import as_file
from vested.core.errors import Invalid
from vested.core.looks import What, shown
from vested.core.models import Unit
from vested.core.panels import panels_for
from vested.core.permissions import Permission, require
from vested.core.timeline import history_of
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask
from vested.formats import calendar

MOST = 100  # people on a page

Status = Enrolment.Status


def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: when it is, how its seats stand, who comes and who waits."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    seats = seats_of(found)
    words: dict[str, Any] = {
        "session": found,
        "lead": _lead(found, seats),
        "facts": _facts(found, seats),
        "seats": seats,
        "own": own_in(found, viewer.person),
        "may_wait": viewer.person is not None and seats.free == 0 and found.is_coming(localdate()),
        "sees": bool(viewer.paths(Permission.PEOPLE_SEE)),
        "may_record": bool(viewer.paths(Permission.ENROLMENT_CHANGE)),
        "may_offer": bool(viewer.paths(Permission.ENROLMENT_OFFER)) and seats.free != 0,
        "panels": panels_for(viewer, found),
    }
    if words["sees"]:
        page = Paginator(roster(viewer, found), MOST).get_page(request.GET.get("page"))
        seen = page.paginator.count
        waits = shown(line(viewer, found), What.COURSES)
        words |= {"page": shown(page, What.COURSES), "line": waits, "hidden": seats.taken + seats.absent - seen}
    words["history"] = history_of(viewer, found, None)
    return render(request, "academy/session.html", words)


def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Record who came: one line a person, and one button for all who are not marked."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    require(
        viewer, Permission.ENROLMENT_CHANGE, on=Unit.objects.all().where(viewer, Permission.ENROLMENT_CHANGE).first()
    )
    inside = viewer.below(Permission.ENROLMENT_CHANGE, "unit_path")
    rows = roster(viewer, found).filter(inside, status__in=COMING)
    page = shown(Paginator(rows, MOST).get_page(request.GET.get("page")), What.COURSES)
    back = reverse("academy:session", args=[pk])
    error = ""
    if request.method == "POST":
        marks, was = _marks(request.POST, page.object_list)
        try:
            counts = record_attendance(by=viewer, session=found, marks=marks, was=was, at=timezone.now())
        except Invalid as refused:
            error = str(refused)
        else:
            messages.success(request, _counted(counts))
            return redirect(back)
    first = next((f"yes-{one.pk}" for one in page), "main")
    words = {
        "session": found,
        "page": page,
        "error": error,
        "errors": [(error, first)],
        "trail": [(str(found.course), back)],
    }
    return render(request, "academy/attendance.html", words, status=422 if error else 200)


def session_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """A session as a calendar file; 404 where its day is not known."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    if found.starts_on is None:
        raise Http404
    entry = calendar.Entry(
        uid=f"session-{found.pk}@{viewer.sector.slug}.vested",
        day=found.starts_on,
        title=str(found.course),
        words=found.code,
        url=request.build_absolute_uri(reverse("academy:session", args=[pk])),
    )
    written = calendar.write([entry], name=str(found.course), organiser=viewer.sector.name, at=timezone.now())
    return as_file(written, "session.ics")


def wait(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a place on the waiting list of a session."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    return _wait(request, viewer, found, found.course, reverse("academy:session", args=[pk]))


def wait_for_course(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a place on the waiting lists of all coming sessions of a course."""
    viewer = viewer_of(request)
    found = get_object_or_404(Course.objects.all().visible_to(viewer), pk=pk)
    return _wait(request, viewer, found, found, reverse("academy:course", args=[pk]))


def _wait(request: HttpRequest, viewer: Viewer, seat_in: Session | Course, course: Course, back: str) -> HttpResponse:
    person = viewer.person
    if person is None:
        raise Http404

    def do(_answers: dict[str, Any]) -> str:
        ask_to_wait(by=viewer, person=person, seat_in=seat_in, at=timezone.now())
        return _("You wait for a seat in %(course)s. You are told when one is offered to you.") % {"course": course}

    form = Form(request.POST if request.method == "POST" else None)
    title = _("Wait for a seat in %(course)s") % {"course": course}
    lead = _("Who asked first is first in line. Somebody of HR offers a seat when one is free; then you say yes or no.")
    return ask(
        request, form, do=do, back=back, title=title, lead=lead, verb=_("Ask to wait"), trail=[(str(course), back)]
    )


def _found(viewer: Viewer, pk: int) -> Session:
    return get_object_or_404(sessions_listed(viewer), pk=pk)


def _marks(posted: Mapping[str, str], rows: Any) -> tuple[dict[int, str], dict[int, str]]:  # noqa: ANN401 - a page of rows
    """What was changed on the form, by the enrolment's key; and how each was when the form was opened."""
    marks, was = {}, {}
    for one in rows:
        before = posted.get(f"was-{one.pk}", "")
        mark = posted.get(f"mark-{one.pk}", before)
        if "all" in posted and mark == Status.ACCEPTED:
            mark = Status.ATTENDED.value
        if mark != before:
            marks[one.pk], was[one.pk] = mark, before
    return marks, was


def _counted(counts: Mapping[str, int]) -> str:
    came, absent = counts[Status.ATTENDED], counts[Status.ABSENT]
    words = ngettext("%(count)s person attended", "%(count)s people attended", came) % {"count": came}
    return _("%(attended)s, %(absent)s absent.") % {"attended": words, "absent": absent}


def _lead(found: Session, seats: Seats) -> str:
    """Say when it is, and how many more can come."""
    if seats.free is None:
        free = _("there is room for everybody")
    else:
        free = ngettext("%(count)s seat is free", "%(count)s seats are free", seats.free) % {"count": seats.free}
    return _("%(when)s: %(free)s.") % {"when": found.when, "free": free}


def _facts(found: Session, seats: Seats) -> list[tuple[str, object]]:
    return [
        (_("Session"), found.code),
        (_("Period"), found.period),
        (_("Seats"), _("no limit") if found.seats is None else found.seats),
        (_("Accepted"), seats.accepted + seats.attended),
        (_("Have not answered"), seats.proposed),
        (_("Waiting"), seats.waiting),
    ]
