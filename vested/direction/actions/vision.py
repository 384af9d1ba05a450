"""Write the vision and what it rests on, say what it means for a unit, note that it was told again."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.models import Person, Sector, Unit
from vested.core.notifications import notify
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.direction.models import Future, Meaning, Need, Retelling, Vision
from vested.direction.queries.leaders import leaders
from vested.direction.queries.vision import AGAIN, grown_old, vision_now


@transaction.atomic
def write_vision(*, by: Viewer, purpose: str, why: str, on: date) -> Vision:
    """Write the vision anew; the versions before stay as they were."""
    require(by, Permission.DIRECTION_CHANGE)
    Sector.objects.select_for_update().get(pk=by.sector.pk)
    before = vision_now(by)
    if before and before.purpose == purpose:
        raise Invalid(_("These are the words there are. Change them, or leave them."), field="purpose")
    if before and not why:
        raise Invalid(_("Say what made it change: people will ask."), field="why")
    vision = Vision.objects.create(
        sector=by.sector, number=before.number + 1 if before else 1, purpose=purpose, why=why, since=on,
        written_by=by.person,
    )  # fmt: skip
    record(
        "vision.written", by=by, on=vision, old={"purpose": before.purpose if before else ""},
        new={"number": vision.number, "purpose": purpose, "why": why},
    )  # fmt: skip
    return vision


@transaction.atomic
def add_future(*, by: Viewer, title: str, year: int, story: str, stays: str, good_at: str, on: date) -> Future:
    """Add a way the world may be in ten years."""
    require(by, Permission.DIRECTION_CHANGE)
    future = Future.objects.create(
        sector=by.sector, title=title, year=year, story=story, stays=stays, good_at=good_at, since=on
    )
    record("future.added", by=by, on=future, new={"title": title, "year": year, "good_at": good_at})
    return future


@transaction.atomic
def end_future(*, by: Viewer, future: Future, why: str, on: date) -> Future:
    """Say that a future no longer holds, and why; it stays where it was."""
    require(by, Permission.DIRECTION_CHANGE)
    held = Future.objects.select_for_update().get(pk=future.pk)
    _end(held, why, on)
    record("future.ended", by=by, on=held, new={"why": why, "on": on})
    return held


@transaction.atomic
def add_need(*, by: Viewer, group: str, words: str, evidence: str, evidence_on: date, on: date) -> Need:
    """Add what a named group of users needs, with how we know."""
    require(by, Permission.DIRECTION_CHANGE)
    if evidence_on > on:
        raise Invalid(_("The evidence must be of today or earlier."), field="evidence_on")
    need = Need.objects.create(
        sector=by.sector, group=group, words=words, evidence=evidence, evidence_on=evidence_on, since=on
    )
    record("need.added", by=by, on=need, new={"group": group, "words": words, "evidence": evidence})
    return need


@transaction.atomic
def end_need(*, by: Viewer, need: Need, why: str, on: date) -> Need:
    """Say that a need no longer holds, and why; it stays where it was."""
    require(by, Permission.DIRECTION_CHANGE)
    held = Need.objects.select_for_update().get(pk=need.pk)
    _end(held, why, on)
    record("need.ended", by=by, on=held, new={"why": why, "on": on})
    return held


def _end(row: Future | Need, why: str, on: date) -> None:
    if row.until:
        raise Invalid(_("It has ended already, on %(day)s.") % {"day": date_format(row.until)})
    row.until, row.why_ended = on, why
    row.save(update_fields=["until", "why_ended"])


@transaction.atomic
def say_meaning(*, by: Viewer, unit: Unit, words: str, on: date) -> Meaning:
    """Say what the vision means for a unit; what was said before stays."""
    require(by, Permission.DIRECTION_CHANGE, on=unit)
    meaning = Meaning.objects.create(sector=by.sector, unit=unit, words=words, said_on=on, said_by=by.person)
    record("meaning.said", by=by, on=unit, new={"words": words})
    return meaning


@transaction.atomic
def note_retelling(
    *, by: Viewer, audience: str, heard: int | None, words: str, unit: Unit | None, told_on: date, today: date,
    teller: Person | None = None,
) -> Retelling:  # fmt: skip
    """Note that the vision was told again, by whoever notes it unless the office notes it for a ``teller``."""
    require(by, Permission.DIRECTION_CHANGE, on=unit)
    if told_on > today:
        raise Invalid(_("The day must be today or earlier: what is to come is not told yet."), field="told_on")
    retelling = Retelling.objects.create(
        sector=by.sector, told_on=told_on, told_by=by.person or teller, unit=unit, audience=audience, heard=heard,
        words=words,
    )  # fmt: skip
    record("vision.told", by=by, on=retelling, new={"audience": audience, "on": told_on, "heard": heard})
    return retelling


@transaction.atomic
def remind_of_meanings(*, by: Viewer, at: datetime) -> int:
    """Remind those who lead a unit whose words on the vision have grown old, at most once in a while; how many."""
    require(by, Permission.DIRECTION_CHANGE)
    today = timezone.localdate(at)
    old = [one for one in grown_old(by, today) if not one.reminded_on or one.reminded_on + AGAIN <= today]
    leading = leaders(on=today)
    for one in old:
        notify(
            leading.of(one.unit), kind="meaning.old", at=at, url=reverse("direction:meaning", args=[one.unit.pk]),
            title=gettext_lazy("What the vision means for %(unit)s was said on %(day)s"),
            values={"unit": one.unit, "day": one.said_on},
            body=gettext_lazy("It is time to read it again with your people. Leave it if it still holds, and say so."),
        )  # fmt: skip
        one.reminded_on = today
        one.save(update_fields=["reminded_on"])
    if old:
        record("meaning.reminded", by=by, on=by.sector, new={"units": len(old)})
    return len(old)
