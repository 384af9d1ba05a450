"""Raise an obstacle, with a name or of nobody; own it, answer it, and remind of it."""

from dataclasses import replace
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
from vested.core.viewer import Viewer
from vested.direction.models import Obstacle
from vested.direction.queries.leaders import leaders
from vested.direction.queries.obstacles import large_enough

ANSWER_IN, SOON = timedelta(days=30), timedelta(days=7)


@transaction.atomic
def raise_obstacle(
    *,
    by: Viewer,
    kind: str,
    words: str,
    wish: str,
    unit: Unit | None,
    named: bool,
    at: datetime,
    wall: Wall | None = None,
) -> Obstacle:
    """Say what stands in the way, as anybody may. Not ``named``, it is of nobody: no row and no history says who."""
    who = by if named else replace(by, person=None, held=())
    where = unit if named else large_enough(unit)
    today = timezone.localdate(at)
    owners = leaders(on=today).of(where)
    obstacle = Obstacle.objects.create(
        sector=by.sector, kind=kind, words=words, wish=wish, unit=where, raised_on=today, raised_by=who.person,
        owner=owners[0] if owners else None, answer_by=today + ANSWER_IN, wall=wall,
    )  # fmt: skip
    notify(
        owners[:1], kind="obstacle.raised", at=at, url=_url(obstacle), about=obstacle,
        title=gettext_lazy("An obstacle was raised in %(unit)s"),
        body=gettext_lazy("You own it until you hand it on. Answer it by %(day)s: remove it, or explain why it stays."),
        values={"unit": where or by.sector, "day": obstacle.answer_by},
    )  # fmt: skip
    record("obstacle.raised", by=who, on=obstacle, new={"kind": kind, "unit": str(where or by.sector)})
    return obstacle


@transaction.atomic
def own_obstacle(*, by: Viewer, obstacle: Obstacle, owner: Person | None, answer_by: date, at: datetime) -> Obstacle:
    """Hand an obstacle to somebody, or take it; and say by when it is answered."""
    _require_hand_in(by, obstacle)
    held = _unanswered(obstacle)
    if answer_by < timezone.localdate(at):
        raise Invalid(_("The day must be today or later."), field="answer_by")
    old = {"owner": str(held.owner or ""), "until": held.answer_by}
    held.owner, held.answer_by, held.reminded = owner or by.person, answer_by, 0
    held.save(update_fields=["owner", "answer_by", "reminded"])
    if held.owner and held.owner != by.person:
        notify(
            [held.owner], kind="obstacle.owned", title=gettext_lazy("You own an obstacle now"), at=at, url=_url(held),
            about=held,
            body=gettext_lazy("Answer it by %(day)s: remove it, or explain why it stays."), values={"day": answer_by},
        )  # fmt: skip
    record("obstacle.owned", by=by, on=held, old=old, new={"owner": str(held.owner or ""), "until": answer_by})
    return held


@transaction.atomic
def answer_obstacle(*, by: Viewer, obstacle: Obstacle, outcome: str, answer: str, at: datetime) -> Obstacle:
    """Answer an obstacle: it is removed, or it is explained why it stays. From then on everybody reads it."""
    _require_hand_in(by, obstacle)
    held = _unanswered(obstacle)
    today = timezone.localdate(at)
    held.outcome, held.answer, held.answered_on, held.answered_by = outcome, answer, today, by.person
    held.save()
    if held.raised_by and held.raised_by != by.person:
        notify(
            [held.raised_by], kind="obstacle.answered", url=_url(held), at=at, about=held,
            title=gettext_lazy("What stood in your way was answered"), body=answer,
        )  # fmt: skip
    record("obstacle.answered", by=by, on=held, new={"outcome": outcome, "words": answer, "on": today})
    return held


@transaction.atomic
def remind_of_obstacles(*, by: Viewer, at: datetime) -> int:
    """Remind owners before an answer is due, and tell the top when it is late; of how many."""
    require(by, Permission.DIRECTION_CHANGE)
    today, leading, told = timezone.localdate(at), leaders(on=timezone.localdate(at)), 0
    rows = Obstacle.objects.filter(answered_on=None, answer_by__lte=today + SOON, reminded__lt=2)
    for one in rows.select_related("owner").order_by("answer_by", "pk"):
        stage = 2 if one.answer_by < today else 1
        if stage > one.reminded:
            who = [*([one.owner] if one.owner else []), *(leading.top() if stage == 2 else [])]
            late = gettext_lazy("An obstacle waits for its answer since %(day)s")
            soon = gettext_lazy("An obstacle is to be answered by %(day)s")
            notify(
                who, kind="obstacle.due", title=late if stage == 2 else soon, values={"day": one.answer_by},
                url=_url(one), at=at, about=one,
            )  # fmt: skip
            one.reminded = stage
            one.save(update_fields=["reminded"])
            told += 1
    if told:
        record("obstacles.reminded", by=by, on=by.sector, new={"count": told})
    return told


def _require_hand_in(by: Viewer, obstacle: Obstacle) -> None:
    """Its owner, and who leads the unit it is about."""
    if by.person is None or by.person.pk != obstacle.owner_id:
        require(by, Permission.DIRECTION_CHANGE, on=obstacle.unit)


def _unanswered(obstacle: Obstacle) -> Obstacle:
    held = Obstacle.objects.select_for_update().get(pk=obstacle.pk)
    if held.answered_on:
        raise Invalid(_("It was answered already, on %(day)s.") % {"day": date_format(held.answered_on)})
    return held


def _url(obstacle: Obstacle) -> str:
    return reverse("direction:obstacle", args=[obstacle.pk])
