"""Say what one hopes for, take it up; hold a steering session, and write its minutes."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.errors import Invalid, NotAllowed
from vested.core.history import record
from vested.core.models import Person, Unit, Wall
from vested.core.notifications import notify
from vested.core.permissions import Permission, require
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer
from vested.direction.actions.vision import add_need
from vested.direction.models import Attendance, Decision, Hope, SteeringSession


@transaction.atomic
def say_hope(*, by: Viewer, unit: Unit, words: str, on: date, person: Person | None = None) -> Hope:
    """Say what digital can do for oneself and one's unit; the office may note it for a ``person``."""
    require(by, Permission.DIRECTION_CHANGE, on=unit)
    who = by.person or person
    if who is None:
        raise NotAllowed(_("Only people hope."))
    hope = Hope.objects.create(sector=by.sector, person=who, unit=unit, words=words, said_on=on)
    record("hope.said", by=by, on=unit, new={"words": words})
    return hope


@transaction.atomic
def answer_hope(
    *, by: Viewer, hope: Hope, outcome: str, answer: str, at: datetime, group: str = "", words: str = ""
) -> Hope:
    """Take a hope up as a need or an idea, or decline it with a reason.

    As a need, the vision rests on it from now on: of the ``group`` that has it, in these ``words``. Everybody reads
    them, so neither the manager's name nor their own words are in it.
    """
    require(by, Permission.DIRECTION_CHANGE)
    held, today = Hope.objects.select_for_update().get(pk=hope.pk), timezone.localdate(at)
    if held.answered_on:
        raise Invalid(_("It was answered already, on %(day)s.") % {"day": date_format(held.answered_on)})
    if outcome == Hope.Outcome.NEED:
        for field, given, missing in (
            ("group", group, _("Name the group whose need it is")), ("words", words, _("Say what they need")),
        ):  # fmt: skip
            if not given.strip():
                raise Invalid(missing, field=field)
        evidence = _("A manager in %(unit)s said what digital can do for them.") % {"unit": held.unit}
        held.need = add_need(by=by, group=group, words=words, evidence=evidence, evidence_on=held.said_on, on=today)
    held.outcome, held.answer, held.answered_on, held.answered_by = outcome, answer, today, by.person
    held.save()
    if held.person != by.person:
        notify(
            [held.person], kind="hope.answered", url=reverse("direction:hopes"), at=at,
            title=gettext_lazy("What you hope for was answered"), body=answer,
        )  # fmt: skip
    told = {"outcome": str(held.get_outcome_display()), "words": answer}
    record("hope.answered", by=by, on=held.unit, new=told)
    return held


@transaction.atomic
def call_session(*, by: Viewer, forum: str, on: date, unit: Unit | None, wall: Wall | None = None) -> SteeringSession:
    """Call a forum to a session of steering; its pack is there at once, and grows until the day."""
    require(by, Permission.DIRECTION_CHANGE, on=unit)
    if SteeringSession.objects.filter(forum=forum, on=on, wall=wall).exists():
        raise Invalid(_("%(forum)s meets that day already.") % {"forum": forum}, field="on")
    session = SteeringSession.objects.create(sector=by.sector, forum=forum, on=on, unit=unit, wall=wall)
    record("session.called", by=by, on=session, new={"forum": forum, "on": on})
    return session


@transaction.atomic
def note_attendance(*, by: Viewer, session: SteeringSession, people: Sequence[Person]) -> int:
    """Note who was there; how many are new."""
    keep_inside(session)
    require(by, Permission.DIRECTION_CHANGE, on=session.unit)
    there = set(Attendance.objects.filter(session=session).values_list("person", flat=True))
    new = {one.pk: one for one in people if one.pk not in there}
    Attendance.objects.bulk_create([Attendance(sector=by.sector, session=session, person=one) for one in new.values()])
    record("session.attended", by=by, on=session, new={"names": ", ".join(str(one) for one in new.values())})
    return len(new)


@transaction.atomic
def decide_in_session(*, by: Viewer, session: SteeringSession, what: str, chosen: str, why: str) -> Decision:
    """Write a decision into the minutes of a session; it counts from the session's day."""
    keep_inside(session)
    require(by, Permission.DIRECTION_CHANGE, on=session.unit)
    decision = Decision.objects.create(
        sector=by.sector, what=what, chosen=chosen, why=why, unit=session.unit, session=session, decided_on=session.on,
        decided_by=by.person,
    )  # fmt: skip
    record("session.decided", by=by, on=session, new={"what": what, "chosen": chosen, "why": why})
    return decision
