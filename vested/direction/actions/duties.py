"""Note what is demanded and that it is met; open a window, invite, note answers and momentum, and end it."""

from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.models import Person, Unit, Wall
from vested.core.permissions import Permission, require
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer
from vested.direction.models import Duty, Invitation, Momentum, Opportunity


@transaction.atomic
def add_duty(
    *, by: Viewer, title: str, kind: str, source: str, words: str, code: str, unit: Unit | None, owner: Person | None,
    due_on: date, wall: Wall | None = None,
) -> Duty:  # fmt: skip
    """Note what is demanded from outside, where it is written, and by when."""
    require(by, Permission.DIRECTION_CHANGE, on=unit)
    duty = Duty.objects.create(
        sector=by.sector, title=title, kind=kind, source=source, words=words, code=code, unit=unit,
        owner=owner or by.person, due_on=due_on, wall=wall,
    )  # fmt: skip
    record("duty.added", by=by, on=duty, new={"source": source, "until": due_on, "owner": str(duty.owner or "")})
    return duty


@transaction.atomic
def meet_duty(*, by: Viewer, duty: Duty, how: str, on: date) -> Duty:
    """Say that a duty is met, and how one can see it."""
    require(by, Permission.DIRECTION_CHANGE, on=duty.unit)
    held = Duty.objects.select_for_update().get(pk=duty.pk)
    if held.met_on:
        raise Invalid(_("It is met already, since %(day)s.") % {"day": date_format(held.met_on)})
    held.met_on, held.met_how = on, how
    held.save(update_fields=["met_on", "met_how"])
    record("duty.met", by=by, on=held, new={"how": how, "on": on})
    return held


@transaction.atomic
def open_opportunity(
    *,
    by: Viewer,
    title: str,
    intention: str,
    unit: Unit | None,
    owner: Person | None,
    opens_on: date,
    closes_on: date,
    wall: Wall | None = None,
) -> Opportunity:
    """Name a window that closes, and what one openly wants with it."""
    require(by, Permission.DIRECTION_CHANGE, on=unit)
    if closes_on < opens_on:
        raise Invalid(_("It must close on or after the day it opens."), field="closes_on")
    opened = Opportunity.objects.create(
        sector=by.sector, title=title, intention=intention, unit=unit, owner=owner or by.person, opens_on=opens_on,
        closes_on=closes_on, wall=wall,
    )  # fmt: skip
    record("opportunity.opened", by=by, on=opened, new={"intention": intention, "until": closes_on})
    return opened


@transaction.atomic
def invite(*, by: Viewer, opportunity: Opportunity, party: str, on: date) -> Invitation:
    """Ask somebody to join; also late: whoever comes late is welcome."""
    _require_hand_in(by, opportunity)
    _open(opportunity)
    if Invitation.objects.filter(opportunity=opportunity, party=party).exists():
        raise Invalid(_("%(party)s was asked already.") % {"party": party}, field="party")
    asked = Invitation.objects.create(sector=by.sector, opportunity=opportunity, party=party, asked_on=on)
    record("opportunity.asked", by=by, on=opportunity, new={"party": party})
    return asked


@transaction.atomic
def answer_invitation(*, by: Viewer, invitation: Invitation, answer: str, words: str, on: date) -> Invitation:
    """Note what somebody answered: in, later, or no; who said later may come in any day."""
    _require_hand_in(by, invitation.opportunity)
    _open(invitation.opportunity)
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    old = held.answer
    held.answer, held.words, held.answered_on = answer, words, on
    held.save(update_fields=["answer", "words", "answered_on"])
    told = {"party": held.party, "answer": str(held.get_answer_display()), "words": words}
    record("opportunity.answered", by=by, on=held.opportunity, old={"answer": old}, new=told)
    return held


@transaction.atomic
def note_momentum(*, by: Viewer, opportunity: Opportunity, words: str, on: date) -> Momentum:
    """Note what moved, or stopped."""
    _require_hand_in(by, opportunity)
    noted = Momentum.objects.create(
        sector=by.sector, opportunity=opportunity, words=words, noted_on=on, noted_by=by.person
    )
    record("opportunity.moved", by=by, on=opportunity, new={"words": words})
    return noted


@transaction.atomic
def end_opportunity(*, by: Viewer, opportunity: Opportunity, seized: bool, why: str, on: date) -> Opportunity:
    """Say that a window was seized, or left, and why."""
    _require_hand_in(by, opportunity)
    held = _open(opportunity)
    held.ended_on, held.seized, held.ended_why = on, seized, why
    held.save(update_fields=["ended_on", "seized", "ended_why"])
    record("opportunity.ended", by=by, on=held, new={"seized": seized, "why": why, "on": on})
    return held


def _open(opportunity: Opportunity) -> Opportunity:
    held = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    if held.ended_on:
        raise Invalid(_("It has ended already, on %(day)s.") % {"day": date_format(held.ended_on)})
    return held


def _require_hand_in(by: Viewer, opportunity: Opportunity) -> None:
    """Its owner, and who leads there."""
    keep_inside(opportunity)
    if by.person is None or by.person.pk != opportunity.owner_id:
        require(by, Permission.DIRECTION_CHANGE, on=opportunity.unit)
