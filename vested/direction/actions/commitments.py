"""Make a promise, show that it is kept, take it back, reply to it, and remind of it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.models import Person, Unit, Wall
from vested.core.notifications import notify
from vested.core.permissions import Permission, require
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer
from vested.direction.models import Commitment, Objective, Reply, SteeringSession
from vested.direction.models.commitments import GRACE
from vested.direction.queries.commitments import is_in_hand
from vested.direction.queries.leaders import Leaders, leaders

EARLY, SOON = timedelta(days=14), timedelta(days=3)


@transaction.atomic
def make_commitment(
    *, by: Viewer, words: str, to_whom: str, person: Person | None, unit: Unit | None, objective: Objective | None,
    due_on: date, proof_is: str, public: bool, at: datetime, session: SteeringSession | None = None,
    wall: Wall | None = None,
) -> Commitment:  # fmt: skip
    """Promise something to somebody by a day, for a unit one leads; its words are never changed after this."""
    require(by, Permission.DIRECTION_CHANGE, on=unit)
    today, who = timezone.localdate(at), person or by.person
    if due_on <= today:
        raise Invalid(_("The day must be after today: a promise is about what is to come."), field="due_on")
    if public and by.person and who != by.person:
        raise Invalid(_("In public, everybody promises only for themselves."), field="public")
    if public and (wall or (session and session.wall_id)):
        raise Invalid(_("What is public stands behind no wall."), field="public")
    made = Commitment.objects.create(
        sector=by.sector, words=words, to_whom=to_whom, person=who, unit=unit, objective=objective, made_on=today,
        due_on=due_on, proof_is=proof_is, public=public, session=session, wall=wall,
    )  # fmt: skip
    if who and by.person and who != by.person:
        notify(
            [who], kind="commitment.made", at=at, url=_url(made), about=made,
            title=gettext_lazy("%(who)s noted a promise of yours, due on %(day)s"),
            values={"who": by.person, "day": due_on},
            body=gettext_lazy("Read it. If it is not what you promised, reply to it or take it back, with a reason."),
        )  # fmt: skip
    told_of = {"words": words, "to_whom": to_whom, "who": str(who or ""), "until": due_on, "public": public}
    record("commitment.made", by=by, on=made, new=told_of)
    return made


@transaction.atomic
def prove_commitment(*, by: Viewer, commitment: Commitment, proof: str, on: date, today: date) -> Commitment:
    """Show that a promise was kept, and on which day."""
    _require_hand_in(by, commitment)
    held = _open(commitment)
    if not held.made_on <= on <= today:
        raise Invalid(_("The day must be between the promise and today."), field="on")
    held.kept_on, held.proof = on, proof
    held.save(update_fields=["kept_on", "proof"])
    record("commitment.kept", by=by, on=held, new={"proof": proof, "on": on})
    return held


@transaction.atomic
def withdraw_commitment(*, by: Viewer, commitment: Commitment, why: str, on: date) -> Commitment:
    """Take a promise back with a reason; after the day it was due, that is breaking it."""
    _require_hand_in(by, commitment)
    held = _open(commitment)
    held.withdrawn_on, held.withdrawn_why = on, why
    held.save(update_fields=["withdrawn_on", "withdrawn_why"])
    record("commitment.withdrawn", by=by, on=held, new={"why": why, "on": on})
    return held


@transaction.atomic
def reply_to_commitment(*, by: Viewer, commitment: Commitment, words: str, on: date) -> Reply:
    """Say something about a promise; its own words stay."""
    _require_hand_in(by, commitment)
    reply = Reply.objects.create(sector=by.sector, commitment=commitment, words=words, said_on=on, said_by=by.person)
    record("commitment.replied", by=by, on=commitment, new={"words": words})
    return reply


@transaction.atomic
def remind_of_commitments(*, by: Viewer, at: datetime) -> int:
    """Remind of promises before they are due, and tell when they are late or broken; of how many."""
    require(by, Permission.DIRECTION_CHANGE)
    today, leading, told = timezone.localdate(at), leaders(on=timezone.localdate(at)), 0
    rows = Commitment.objects.filter(kept_on=None, withdrawn_on=None, due_on__lte=today + EARLY, reminded__lt=4)
    for one in rows.select_related("person", "unit").order_by("due_on", "pk"):
        stage = _stage(one, today)
        if stage > one.reminded:
            _remind(one, stage, leading, at)
            one.reminded = stage
            one.save(update_fields=["reminded"])
            told += 1
    if told:
        record("commitments.reminded", by=by, on=by.sector, new={"count": told})
    return told


def _stage(one: Commitment, today: date) -> int:
    """How far the reminders of a promise are due: 1 early, 2 soon, 3 late, 4 broken."""
    days = (
        one.due_on - EARLY,
        one.due_on - SOON,
        one.due_on + timedelta(days=1),
        one.due_on + GRACE + timedelta(days=1),
    )
    return sum(today >= day for day in days)


def _remind(one: Commitment, stage: int, leading: Leaders, at: datetime) -> None:
    who = [one.person] if one.person else []
    words = {"promise": one.words[:80], "day": one.due_on}
    if stage < 3:
        title, body = (
            gettext_lazy("“%(promise)s” is due on %(day)s"),
            gettext_lazy("When it is kept, show it. If it cannot be, say so before."),
        )
    elif stage == 3:
        title, body = (
            gettext_lazy("“%(promise)s” was due on %(day)s"),
            gettext_lazy("It shows as late to everybody. Show that it is kept, or reply."),
        )
        who += leading.of(one.unit)
    else:
        title, body = (
            gettext_lazy("“%(promise)s” of %(day)s is broken"),
            gettext_lazy("It stays in the ledger as broken. A reply says why."),
        )
        who += [*leading.of(one.unit), *leading.top()]
    notify(who, kind="commitment.due", title=title, body=body, values=words, url=_url(one), at=at, about=one)


def _require_hand_in(by: Viewer, commitment: Commitment) -> None:
    """Who promised answers for it; others, who lead its unit."""
    keep_inside(commitment)
    if not is_in_hand(by, commitment):
        require(by, Permission.DIRECTION_CHANGE, on=commitment.unit)


def _open(commitment: Commitment) -> Commitment:
    held = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if held.kept_on:
        raise Invalid(_("It is shown as kept already, on %(day)s.") % {"day": date_format(held.kept_on)})
    if held.withdrawn_on:
        raise Invalid(_("It was taken back already, on %(day)s.") % {"day": date_format(held.withdrawn_on)})
    return held


def _url(commitment: Commitment) -> str:
    return reverse("direction:commitment", args=[commitment.pk])
