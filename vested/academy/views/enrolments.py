"""Enrolments: the page of one, and answering it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from vested.academy.actions import accept as accept_it
from vested.academy.actions import decline as decline_it
from vested.academy.actions import leave_waiting, offer_seat, raise_objection
from vested.academy.actions import withdraw as withdraw_it
from vested.academy.forms import Object, OfferSeat, WithReason
from vested.academy.models import Enrolment, Objection
from vested.academy.queries.enrolments import may_answer
from vested.academy.queries.seats import place_in_line
from vested.core.forms import Versioned
from vested.core.looks import What, one
from vested.core.models import Event
from vested.core.panels import panels_for
from vested.core.permissions import Permission, require
from vested.core.queries import works_in
from vested.core.timeline import told
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask

Status = Enrolment.Status
MARKED = (Status.ATTENDED, Status.ABSENT)
ANSWER_WITHIN = timedelta(days=14)


def enrolment(request: HttpRequest, pk: int) -> HttpResponse:
    """One enrolment: what is proposed to whom and why, what they answered, and what happened."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    own, may = found.is_of(viewer), may_answer(viewer, found.person)
    objections = list(Objection.objects.all().visible_to(viewer).filter(enrolment=found).order_by("-raised_at", "-pk"))
    words: dict[str, Any] = {
        "enrolment": found,
        "own": own,
        "may": may,
        "may_offer": found.status == Status.WAITING
        and viewer.may(Permission.ENROLMENT_OFFER, on=works_in(found.person)),
        "lead": _lead(found, own=own),
        "facts": _facts(found, own=own),
        "objections": objections,
        "may_object": may and not any(one.state == Objection.State.OPEN for one in objections),
        "panels": panels_for(viewer, found),
        "history": _history(found),
    }
    return render(request, "academy/enrolment.html", words)


def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept what is proposed."""
    viewer, found = _mine(request, pk)

    def do(answers: dict[str, Any]) -> str:
        accept_it(by=viewer, enrolment=found, at=timezone.now(), **answers)
        return _("%(course)s is accepted.") % {"course": found.session.course}

    title = _("Accept %(course)s?") % {"course": found.session.course}
    lead = _("%(when)s. The seat is then kept; you can still withdraw, with a reason.") % {"when": found.session.when}
    return _asked(request, found, do, title=title, lead=lead, verb=_("Accept"))


def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline what is proposed, with a reason."""
    viewer, found = _mine(request, pk)

    def do(answers: dict[str, Any]) -> str:
        decline_it(by=viewer, enrolment=found, at=timezone.now(), **answers)
        return _("%(course)s is declined.") % {"course": found.session.course}

    title = _("Decline %(course)s") % {"course": found.session.course}
    lead = _("The seat goes to somebody else, and this session is not proposed again.")
    return _asked(request, found, do, form=WithReason, title=title, lead=lead, verb=_("Decline"))


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw from what was accepted, with a reason."""
    viewer, found = _mine(request, pk)

    def do(answers: dict[str, Any]) -> str:
        withdraw_it(by=viewer, enrolment=found, at=timezone.now(), **answers)
        return _("You are out of %(course)s.") % {"course": found.session.course}

    title = _("Withdraw from %(course)s") % {"course": found.session.course}
    lead = _("The seat is free again, and the manager is told. This session is not proposed again.")
    return _asked(request, found, do, form=WithReason, title=title, lead=lead, verb=_("Withdraw"), danger=True)


def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a waiting list."""
    viewer, found = _mine(request, pk)

    def do(answers: dict[str, Any]) -> str:
        leave_waiting(by=viewer, enrolment=found, **answers)
        return _("You no longer wait for %(course)s.") % {"course": found.session.course}

    title = _("Leave the waiting list of %(course)s?") % {"course": found.session.course}
    lead = _("Whoever asks again later stands last in line.")
    return _asked(request, found, do, title=title, lead=lead, verb=_("Leave the list"), danger=True)


def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a free seat to somebody who waits."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    require(viewer, Permission.ENROLMENT_OFFER, on=works_in(found.person))
    today = localdate()
    back = reverse("academy:session", args=[found.session_id])
    soon = found.session.starts_on
    usual = min(today + ANSWER_WITHIN, soon) if soon and soon > today else today + ANSWER_WITHIN
    form = OfferSeat(request.POST or None, today=today, initial={"version": found.version, "answer_by": usual})

    def do(answers: dict[str, Any]) -> str:
        offer_seat(by=viewer, enrolment=found, at=timezone.now(), **answers)
        return _("%(person)s is asked.") % {"person": found.person}

    title = _("Offer the seat to %(person)s") % {"person": found.person}
    lead = _("The seat is kept until the answer. The person is told, and may accept or decline.")
    trail = [(str(found.session.course), back)]
    return ask(request, form, do=do, back=back, title=title, lead=lead, verb=_("Offer the seat"), trail=trail)


def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to what is proposed; a person then looks."""
    viewer, found = _mine(request, pk)
    form = Object(request.POST or None)

    def do(answers: dict[str, Any]) -> str:
        raised = raise_objection(by=viewer, person=found.person, enrolment=found, at=timezone.now(), **answers)
        return _("A person answers by %(day)s.") % {"day": date_format(raised.answer_by)}

    title = _("Object to %(course)s") % {"course": found.session.course}
    lead = _("Somebody of HR who can decide otherwise reads it and answers with reasons. Your manager does not see it.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Object"), **_around(found))


def _found(viewer: Viewer, pk: int) -> Enrolment:
    rows = Enrolment.objects.all().visible_to(viewer).select_related("person", "session__course", "answered_by")
    return one(get_object_or_404(rows, pk=pk), What.COURSES)


def _mine(request: HttpRequest, pk: int) -> tuple[Viewer, Enrolment]:
    """The viewer, and an enrolment the viewer may answer."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    if not found.is_of(viewer):
        require(viewer, Permission.ENROLMENT_CHANGE, on=works_in(found.person))
    return viewer, found


def _asked(
    request: HttpRequest,
    found: Enrolment,
    do: Callable[[dict[str, Any]], str],
    *,
    form: type[Versioned] = Versioned,
    **words: Any,
) -> HttpResponse:
    filled = form(request.POST or None, initial={"version": found.version})
    return ask(request, filled, do=do, **words, **_around(found))


def _around(found: Enrolment) -> dict[str, Any]:
    back = reverse("academy:enrolment", args=[found.pk])
    return {"back": back, "trail": [(str(found.session.course), back)]}


def _lead(found: Enrolment, *, own: bool) -> str:
    """Say how it stands, and what is to be done."""
    day = date_format(found.answer_by) if found.answer_by else ""
    who = {"person": found.person, "day": day}
    match found.status:
        case Status.PROPOSED if own and found.is_late(localdate()):
            return _("Your answer was due on %(day)s. It still counts: accept, decline, or object.") % who
        case Status.PROPOSED if own and day:
            return _("Answer by %(day)s: accept, decline, or object.") % who
        case Status.PROPOSED if day:
            return _("Proposed to %(person)s, who answers by %(day)s.") % who
        case Status.PROPOSED:
            return _("Proposed to %(person)s, who has not answered yet.") % who
        case Status.WAITING:
            return _("%(person)s is number %(place)s in line for a seat.") % {**who, "place": place_in_line(found)}
        case _status:
            return _("%(person)s: %(status)s.") % {**who, "status": found.get_status_display().lower()}


def _facts(found: Enrolment, *, own: bool) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [(_("Session"), found.session), (_("When"), found.session.when)]
    facts.append((_("Status"), found.get_status_display()))
    if found.source:
        facts.append((_("Proposed by the plan"), found.source))
    if found.answered_at:
        facts.append((_("Answered"), date_format(localtime(found.answered_at), "SHORT_DATETIME_FORMAT")))
    if found.answered_by and found.answered_by_id != found.person_id:
        facts.append((_("Answered for you by") if own else _("Answered on their behalf by"), found.answered_by))
    return facts


def _history(found: Enrolment) -> list[tuple[str, str, str, str, bool]]:
    """What happened to it, newest first; a plan proposes to many at once, so that line is told from the row."""
    lines = told(Event.objects.all().about(found)[:50])
    if found.status in MARKED:
        lines += told(Event.objects.all().about(found.session).filter(kind="attendance.recorded")[:5])
    if found.source and found.proposed_at:
        at = localtime(found.proposed_at)
        what = _("Proposed by the plan “%(plan)s”") % {"plan": found.source}
        lines.append((date_format(at, "SHORT_DATETIME_FORMAT"), at.isoformat(timespec="minutes"), what, "", True))
    return sorted(lines, key=lambda one: one[1], reverse=True)
