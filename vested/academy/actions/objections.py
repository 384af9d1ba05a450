"""Object to a proposal, or to none being made; and answer, as somebody who can decide otherwise."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.academy.models import Course, Enrolment, Objection
from vested.academy.queries.whom import officers_of
from vested.core.errors import Invalid, NotAllowed
from vested.core.history import record
from vested.core.locking import hold
from vested.core.models import Person
from vested.core.notifications import notify
from vested.core.permissions import Permission, require
from vested.core.queries import works_in
from vested.core.viewer import Viewer

ANSWER_WITHIN = timedelta(days=14)
State = Objection.State


@transaction.atomic
def raise_objection(
    *,
    by: Viewer,
    person: Person,
    words: str,
    at: datetime,
    enrolment: Enrolment | None = None,
    course: Course | None = None,
) -> Objection:
    """Object to an enrolment, to a course, or to the plan as such; a person answers within two weeks."""
    how = _require_for(by, person)
    if not words.strip():
        raise Invalid(_("Say what you object to, and why"), field="words")
    if enrolment:
        enrolment = Enrolment.objects.select_for_update().select_related("session__course").get(pk=enrolment.pk)
        if enrolment.person_id != person.pk:
            raise NotAllowed(_("Only the person it speaks of objects to an enrolment."))
        course = enrolment.session.course
    if Objection.objects.filter(person=person, enrolment=enrolment, course=course, state=State.OPEN).exists():
        raise Invalid(_("There is an objection to this already, and it waits for an answer."))
    objection = Objection.objects.create(
        sector=by.sector, person=person, enrolment=enrolment, course=course, words=words.strip(),
        raised_at=at, answer_by=localdate(at) + ANSWER_WITHIN,
    )  # fmt: skip
    told = [one for one in officers_of(works_in(person), on=localdate(at)) if one.pk != person.pk]
    notify(
        told, kind="objection.raised", title=gettext_lazy("%(person)s objects; answer by %(day)s"), at=at,
        body=str(course or ""), values={"person": person, "day": objection.answer_by}, url=_url(objection),
    )  # fmt: skip
    record(f"objection.raised{how}", by=by, on=objection, new={"until": objection.answer_by})
    return objection


@transaction.atomic
def answer_objection(
    *,
    by: Viewer,
    objection: Objection,
    upheld: bool,
    words: str,
    at: datetime,
    version: int,
    withdraw_enrolment: bool = False,
) -> Objection:
    """Uphold or dismiss an objection, with the reasons; upheld, the enrolment can be withdrawn with it."""
    require(by, Permission.ENROLMENT_CHANGE, on=works_in(objection.person))
    if objection.is_of(by):
        raise NotAllowed(_("Nobody answers their own objection. Somebody else of your office does."))
    objection = _open(objection, version)
    if not words.strip():
        raise Invalid(_("Say why, so that the person understands"), field="words")
    objection.state = State.UPHELD if upheld else State.DISMISSED
    objection.answer, objection.answered_by, objection.answered_at = words.strip(), by.person, at
    objection.save()
    withdrawn = upheld and withdraw_enrolment and _withdraw(by, objection, at)
    notify(
        [objection.person], kind="objection.answered", title=gettext_lazy("Your objection is answered: %(state)s"),
        body=words, values={"state": State(objection.state).label}, url=_url(objection), at=at,
    )  # fmt: skip
    record(f"objection.{objection.state}", by=by, on=objection)
    if withdrawn and objection.enrolment:
        record("enrolment.upheld", by=by, on=objection.enrolment)
    return objection


@transaction.atomic
def withdraw_objection(*, by: Viewer, objection: Objection, at: datetime, version: int) -> Objection:
    """Take an objection back, as who raised it."""
    if not objection.is_of(by):
        require(by, Permission.ENROLMENT_CHANGE, on=works_in(objection.person))
        raise NotAllowed(_("Only who objected takes it back. Answer it instead."))
    objection = _open(objection, version)
    objection.state, objection.answered_at = State.WITHDRAWN, at
    objection.save()
    record("objection.withdrawn", by=by, on=objection)
    return objection


def _require_for(by: Viewer, person: Person) -> str:
    """Let people object for themselves, and others write it down only where they may; how that is recorded."""
    if by.person and by.person.pk == person.pk:
        return ""
    require(by, Permission.ENROLMENT_CHANGE, on=works_in(person))
    return "_for"


def _open(objection: Objection, version: int) -> Objection:
    objection = hold(objection, version=version)
    if objection.state != State.OPEN:
        raise Invalid(_("This objection does not wait for an answer any more."))
    return objection


def _withdraw(by: Viewer, objection: Objection, at: datetime) -> bool:
    """Withdraw what was objected to, unless it is over; it is not proposed again."""
    going = (Enrolment.Status.PROPOSED, Enrolment.Status.WAITING, Enrolment.Status.ACCEPTED)
    rows = Enrolment.objects.select_for_update().filter(objections=objection.pk, status__in=going)
    enrolment = rows.first()
    if enrolment is None:
        return False
    enrolment.status, enrolment.reason, enrolment.waiting_since = Enrolment.Status.WITHDRAWN, objection.answer, None
    enrolment.answered_at, enrolment.answered_by, enrolment.version = at, by.person, enrolment.version + 1
    enrolment.save()
    return True


def _url(objection: Objection) -> str:
    return reverse("academy:objection", args=[objection.pk])
