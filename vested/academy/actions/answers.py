"""Answer a proposal, withdraw later, wait for a seat; oneself, or somebody who may on one's behalf."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.academy.models import Course, Enrolment, Session
from vested.academy.queries.seats import free_seats
from vested.academy.queries.whom import managers_of
from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.locking import hold
from vested.core.models import Person
from vested.core.notifications import notify
from vested.core.permissions import Permission, require
from vested.core.queries import works_in
from vested.core.viewer import Viewer

Status = Enrolment.Status
AGAIN = (Status.DECLINED, Status.WITHDRAWN)  # who said no may come back and wait


@transaction.atomic
def accept(*, by: Viewer, enrolment: Enrolment, at: datetime, version: int) -> Enrolment:
    """Accept a proposed session; other waits for the same course end with it."""
    how = _require_for(by, enrolment.person)
    session = Session.objects.select_for_update().get(pk=enrolment.session_id)
    enrolment = _held(enrolment, version, Status.PROPOSED)
    taken = Enrolment.objects.filter(session=session, status__in=(Status.ACCEPTED, Status.ATTENDED)).count()
    if session.seats is not None and taken >= session.seats:
        raise Invalid(_("All seats of %(session)s are taken. Decline, or ask to wait for one.") % {"session": session})
    _answer(by, enrolment, Status.ACCEPTED, at=at)
    waits = Enrolment.objects.filter(person=enrolment.person, session__course=session.course_id, status=Status.WAITING)
    waits.update(status=Status.WITHDRAWN, waiting_since=None, version=F("version") + 1)
    record(f"enrolment.accepted{how}", by=by, on=enrolment)
    return enrolment


@transaction.atomic
def decline(*, by: Viewer, enrolment: Enrolment, reason: str, at: datetime, version: int) -> Enrolment:
    """Decline a proposed session, and say why."""
    how = _require_for(by, enrolment.person)
    enrolment = _held(enrolment, version, Status.PROPOSED)
    _answer(by, enrolment, Status.DECLINED, at=at, reason=_said(reason))
    _tell_managers(by, enrolment, "enrolment.declined", gettext_lazy("%(person)s declined %(course)s"), at=at)
    record(f"enrolment.declined{how}", by=by, on=enrolment)
    return enrolment


@transaction.atomic
def withdraw(*, by: Viewer, enrolment: Enrolment, reason: str, at: datetime, version: int) -> Enrolment:
    """Withdraw from a session that was accepted, and say why; the seat is free again."""
    how = _require_for(by, enrolment.person)
    enrolment = _held(enrolment, version, Status.ACCEPTED)
    _answer(by, enrolment, Status.WITHDRAWN, at=at, reason=_said(reason))
    _tell_managers(by, enrolment, "enrolment.withdrawn", gettext_lazy("%(person)s withdrew from %(course)s"), at=at)
    record(f"enrolment.withdrawn{how}", by=by, on=enrolment)
    return enrolment


@transaction.atomic
def ask_to_wait(*, by: Viewer, person: Person, seat_in: Session | Course, at: datetime) -> list[Enrolment]:
    """Wait for a seat in a session that is full, or in any coming session of a course, all of which are."""
    how = _require_for(by, person)
    rows = Session.objects.select_for_update()
    asked = rows.filter(pk=seat_in.pk) if isinstance(seat_in, Session) else rows.filter(course=seat_in)
    coming = [one for one in asked if one.is_coming(localdate(at))]
    if not coming:
        raise Invalid(_("No session of it is to come. Ask for the course instead."))
    here = {one.session_id: one for one in Enrolment.objects.filter(person=person, session__in=coming)}
    known = {pk for pk, one in here.items() if one.status not in AGAIN}
    if known:
        raise Invalid(_("%(person)s is proposed, enrolled or waiting there already.") % {"person": person})
    for session in coming:
        if free_seats(session) != 0:
            words = _(
                "%(session)s has free seats, so nobody waits. Ask for the course; your office proposes it to you."
            )
            raise Invalid(words % {"session": session})
    waits = []
    for session in coming:
        one = here.get(session.pk) or Enrolment(sector=by.sector, person=person, session=session, version=0)
        one.status, one.waiting_since, one.reason = Status.WAITING, at, ""
        one.answered_at, one.answered_by, one.version = None, None, one.version + 1
        one.save()
        waits.append(one)
    for one in waits:
        record(f"enrolment.waits{how}", by=by, on=one)
    return waits


@transaction.atomic
def leave_waiting(*, by: Viewer, enrolment: Enrolment, version: int) -> Enrolment:
    """Leave a waiting list; a later plan may still propose the session."""
    how = _require_for(by, enrolment.person)
    enrolment = _held(enrolment, version, Status.WAITING)
    enrolment.status, enrolment.waiting_since = Status.WITHDRAWN, None
    enrolment.save()
    record(f"enrolment.left{how}", by=by, on=enrolment)
    return enrolment


def _require_for(by: Viewer, person: Person) -> str:
    """Let people answer for themselves, and others only where they may; how that is recorded."""
    if by.person and by.person.pk == person.pk:
        return ""
    require(by, Permission.ENROLMENT_CHANGE, on=works_in(person))
    return "_for"


def _held(enrolment: Enrolment, version: int, *allowed: str) -> Enrolment:
    """The enrolment, nobody else's to change meanwhile; Invalid unless it is in a state to do this."""
    enrolment = hold(enrolment, version=version)
    if enrolment.status not in allowed:
        words = _("This is %(status)s now, so it cannot be done.")
        raise Invalid(words % {"status": enrolment.get_status_display().lower()})
    return enrolment


def _said(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Say why, in a sentence"), field="reason")
    return reason.strip()


def _answer(by: Viewer, enrolment: Enrolment, status: str, *, at: datetime, reason: str = "") -> None:
    enrolment.status, enrolment.reason = status, reason
    enrolment.answered_at, enrolment.answered_by = at, by.person
    enrolment.save()
    if not enrolment.is_of(by):
        words = {"who": by.person or by.sector, "course": enrolment.session.course}
        title = gettext_lazy("%(who)s answered for you: %(course)s")
        url = reverse("academy:enrolment", args=[enrolment.pk])
        notify([enrolment.person], kind="enrolment.answered", title=title, values=words, url=url, at=at)


def _tell_managers(by: Viewer, enrolment: Enrolment, kind: str, words: Promise, *, at: datetime) -> None:
    """Tell the manager, whose plans it touches."""
    told: Iterable[Person] = managers_of(enrolment.person, on=localdate(at))
    values = {"person": enrolment.person, "course": enrolment.session.course}
    url = reverse("academy:enrolment", args=[enrolment.pk])
    others = [one for one in told if one.pk not in {enrolment.person_id, by.person and by.person.pk}]
    notify(others, kind=kind, title=words, values=values, url=url, at=at)
