"""Raise an escalation, let it climb, decide it, and note what followed."""

from collections.abc import Sequence
from datetime import date, datetime

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
from vested.core.scope import SectorModel, keep_inside, wall_of
from vested.core.viewer import Viewer
from vested.direction.models import Decision, Escalation, FollowUp, SteeringSession
from vested.direction.queries.escalations import deciders, may_decide, step_of, until
from vested.direction.queries.leaders import Leaders, leaders

Step = Escalation.Step
ORDER = list(Step)


@transaction.atomic
def raise_escalation(
    *, by: Viewer, title: str, words: str, asked: str, options: Sequence[str], unit: Unit | None, owner: Person | None,
    owner_by: date, director_by: date, top_by: date, about: SectorModel | None, at: datetime,
    wall: Wall | None = None,
) -> Escalation:  # fmt: skip
    """Ask for a decision, as anybody may: of its owner first; by the dates given it climbs by itself."""
    today = timezone.localdate(at)
    for field, day, before in (
        ("owner_by", owner_by, today), ("director_by", director_by, owner_by), ("top_by", top_by, director_by),
    ):  # fmt: skip
        if day <= before:
            raise Invalid(_("The day must be after %(day)s.") % {"day": date_format(before)}, field=field)
    behind = wall_of(about) if about else None
    if wall and behind and wall.pk != behind:
        raise Invalid(_("What it is about stands behind another wall."), field="wall")
    raised = Escalation.objects.create(
        sector=by.sector, title=title, words=words, asked=asked, options=list(options), unit=unit, owner=owner,
        about_type=about._meta.label_lower if about else "", about_id=about.pk if about else None, raised_on=today,
        raised_by=by.person, owner_by=owner_by, director_by=director_by, top_by=top_by,
        wall_id=wall.pk if wall else behind,
    )  # fmt: skip
    _tell(raised, Step.OWNER, leaders(on=today), at)
    record("escalation.raised", by=by, on=raised, new={"asked": asked, "owner": str(owner or ""), "until": owner_by})
    return raised


@transaction.atomic
def climb_escalations(*, by: Viewer, at: datetime) -> int:
    """Tell the next ones of each escalation whose date has passed without a decision; of how many."""
    require(by, Permission.DIRECTION_CHANGE)
    today, climbed = timezone.localdate(at), 0
    leading = leaders(on=today)
    rows = Escalation.objects.filter(decided_on=None, owner_by__lt=today).exclude(climbed=Step.OVERDUE)
    for one in rows.select_related("unit", "owner", "raised_by").order_by("pk"):
        step = step_of(one, today)
        if ORDER.index(step) > ORDER.index(Step(one.climbed)):
            one.climbed = step
            one.save(update_fields=["climbed"])
            _tell(one, step, leading, at)
            climbed += 1
            record("escalation.climbed", by=by, on=one, new={"step": step.value, "until": until(one, step)})
    return climbed


@transaction.atomic
def decide_escalation(
    *, by: Viewer, escalation: Escalation, chosen: str, why: str, at: datetime, session: SteeringSession | None = None
) -> Decision:
    """Decide what an escalation asks for, with the reason, perhaps in a ``session``; everybody reads it."""
    today = timezone.localdate(at)
    if session:
        keep_inside(session)
        require(by, Permission.DIRECTION_CHANGE, on=session.unit)
    held = Escalation.objects.select_for_update().get(pk=escalation.pk)
    if held.decided_on:
        raise Invalid(_("It was decided already, on %(day)s.") % {"day": date_format(held.decided_on)})
    _require_turn(by, held, today)
    held.decided_on = today
    held.save(update_fields=["decided_on"])
    decision = Decision.objects.create(
        sector=by.sector, what=held.asked, chosen=chosen, why=why, unit=held.unit, escalation=held, decided_on=today,
        decided_by=by.person, session=session,
    )  # fmt: skip
    others = [one for one in (held.raised_by, held.owner) if one and one != by.person]
    notify(
        others, kind="escalation.decided", at=at, about=decision, url=reverse("direction:decision", args=[decision.pk]),
        title=gettext_lazy("It is decided: %(what)s"), body=chosen, values={"what": held.asked[:120]},
    )  # fmt: skip
    record("escalation.decided", by=by, on=held, new={"chosen": chosen, "why": why, "on": today})
    return decision


@transaction.atomic
def note_follow_up(*, by: Viewer, decision: Decision, words: str, on: date) -> FollowUp:
    """Note what followed from a decision."""
    _require_part_in(by, decision)
    noted = FollowUp.objects.create(sector=by.sector, decision=decision, words=words, noted_on=on, noted_by=by.person)
    record("decision.followed", by=by, on=decision, new={"words": words})
    return noted


def _tell(one: Escalation, step: Step, leading: Leaders, at: datetime) -> None:
    """Tell those whose turn it is which decision is asked for, among what; overdue, also who raised it."""
    who = deciders(one, step, leading)
    if step is Step.OVERDUE and one.raised_by:
        who = [*who, one.raised_by]
    overdue, by_then = gettext_lazy("Overdue since %(day)s: %(title)s"), gettext_lazy("Decide by %(day)s: %(title)s")
    body = "\n".join([one.asked, *(f"– {option}" for option in one.options)])
    url = reverse("direction:escalation", args=[one.pk])
    notify(
        who, kind="escalation.step", about=one, title=overdue if step is Step.OVERDUE else by_then, body=body, url=url,
        at=at, values={"title": one.title, "day": until(one, step)},
    )  # fmt: skip


def _require_turn(by: Viewer, escalation: Escalation, today: date) -> None:
    """Those whose turn it is, those next, and who leads the whole sector."""
    if not may_decide(by, escalation, on=today):
        require(by, Permission.DIRECTION_CHANGE)


def _require_part_in(by: Viewer, decision: Decision) -> None:
    """Who decided, who was to decide first, and who leads there."""
    keep_inside(decision)
    owner = decision.escalation.owner_id if decision.escalation else None
    if by.person is None or by.person.pk not in {decision.decided_by_id, owner}:
        require(by, Permission.DIRECTION_CHANGE, on=decision.unit)
