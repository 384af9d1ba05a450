"""Record who came to a session, and put that right."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from vested.academy.models import Completion, Enrolment, Session
from vested.academy.models.enrolments import COMING
from vested.core.errors import Conflict, Invalid
from vested.core.history import record
from vested.core.models import Membership
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer

Status = Enrolment.Status


@transaction.atomic
def record_attendance(
    *, by: Viewer, session: Session, marks: Mapping[int, str], at: datetime, was: Mapping[int, str] | None = None
) -> dict[str, int]:
    """Say who attended and who was absent, by the enrolment's key; ``accepted`` takes back what was said before.

    Who attended has completed the course on the session's day. ``was`` is what the marks were when the form was
    opened: Conflict where somebody else has recorded something else since.
    """
    rows = _required(by, session, marks)
    if not rows or set(marks.values()) - set(COMING):
        raise Invalid(_("Say of at least one person whether they attended or were absent."))
    _compared(rows, marks, was or {})
    counts = {}
    for mark in COMING:
        keys = [one.pk for one in rows if marks[one.pk] == mark]
        Enrolment.objects.filter(pk__in=keys).update(status=mark, version=F("version") + 1)
        counts[mark.value] = len(keys)
    came = {one.person_id for one in rows if marks[one.pk] == Status.ATTENDED}
    rest = {one.person_id for one in rows} - came
    Completion.objects.filter(session=session, person__in=rest).delete()
    known = set(Completion.objects.filter(course=session.course_id, person__in=came).values_list("person", flat=True))
    day = session.starts_on or localdate(at)
    Completion.objects.bulk_create(
        Completion(sector=by.sector, person_id=person, course_id=session.course_id, completed_on=day, session=session)
        for person in sorted(came - known)
    )
    record("attendance.recorded", by=by, on=session, new=counts)
    return counts


def _required(by: Viewer, session: Session, marks: Mapping[int, str]) -> list[Enrolment]:
    """The enrolments of a session, held, of people whose attendance the viewer may record."""
    Session.objects.select_for_update().get(pk=session.pk)
    found = Enrolment.objects.select_for_update().filter(session=session, pk__in=list(marks))
    rows = list(found.order_by("pk"))
    here = Membership.objects.filter(person__in=[one.person_id for one in rows], until=None).select_related("unit")
    units = {one.person_id: one.unit for one in here}
    for unit in {units.get(one.person_id) for one in rows}:  # none: somebody works nowhere now
        require(by, Permission.ENROLMENT_CHANGE, on=unit)
    if len(rows) < len(marks) or any(one.status not in COMING for one in rows):
        raise Invalid(_("Attendance is recorded of people who accepted, and of nobody else."))
    return rows


def _compared(rows: list[Enrolment], marks: Mapping[int, str], was: Mapping[int, str]) -> None:
    """Refuse to overwrite what somebody else recorded meanwhile."""
    other = [one for one in rows if one.pk in was and one.status not in {was[one.pk], marks[one.pk]}]
    if other:
        raise Conflict(
            _("Somebody recorded attendance after you opened the form."),
            theirs={str(one.person): one.get_status_display() for one in other},
            yours={str(one.person): str(Status(marks[one.pk]).label) for one in other},
        )
