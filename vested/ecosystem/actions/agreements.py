"""Note what is agreed, renew it, end it before its time, and remind of what ends soon."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.locking import hold
from vested.core.models import Counterparty, Person, Unit, Wall
from vested.core.notifications import notify
from vested.core.permissions import Permission, require
from vested.core.queries import who_may
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer
from vested.ecosystem.models import SOON, Agreement
from vested.ecosystem.queries import require_hand_in


@transaction.atomic
def make_agreement(
    *, by: Viewer, title: str, code: str, counterparty: Counterparty, roles: str, words: str, unit: Unit | None,
    owner: Person | None, starts_on: date, ends_on: date, wall: Wall | None = None,
) -> Agreement:  # fmt: skip
    """Note what is agreed with a counterparty, and who is what to whom in it."""
    require(by, Permission.AGREEMENT_CHANGE, on=unit)
    keep_inside(counterparty)
    if ends_on < starts_on:
        raise Invalid(_("It must end on or after the day it starts."), field="ends_on")
    if wall and wall.counterparty_id != counterparty.pk:
        raise Invalid(_("This wall is towards somebody else."), field="wall")
    made = Agreement.objects.create(
        sector=by.sector, title=title, code=code, counterparty=counterparty, roles=roles, words=words, unit=unit,
        owner=owner or by.person, starts_on=starts_on, ends_on=ends_on, wall=wall,
    )  # fmt: skip
    record("agreement.made", by=by, on=made, new={"with": str(counterparty), "since": starts_on, "until": ends_on})
    return made


@transaction.atomic
def change_agreement(
    *, by: Viewer, agreement: Agreement, title: str, code: str, roles: str, words: str, owner: Person | None,
    version: int,
) -> Agreement:  # fmt: skip
    """Change the words of an agreement, and who owns it; with whom, until when and behind which wall stays."""
    require_hand_in(by, agreement)
    yours = {
        _("What is it about?"): (lambda row: row.title, title),
        _("What is agreed?"): (lambda row: row.words, words),
    }
    held = hold(agreement, version=version, yours=yours)
    if held.ended_on:
        raise Invalid(_("It has ended already, on %(day)s.") % {"day": date_format(held.ended_on)})
    old = {"title": held.title, "roles": held.roles, "words": held.words, "owner": str(held.owner or "")}
    held.title, held.code, held.roles, held.words, held.owner = title, code, roles, words, owner
    held.save(update_fields=["title", "code", "roles", "words", "owner"])
    new = {"title": title, "roles": roles, "words": words, "owner": str(owner or "")}
    record("agreement.changed", by=by, on=held, old=old, new=new)
    return held


@transaction.atomic
def renew_agreement(*, by: Viewer, agreement: Agreement, ends_on: date) -> Agreement:
    """Let an agreement last longer."""
    require_hand_in(by, agreement)
    held = _not_ended(agreement)
    if ends_on <= held.ends_on:
        raise Invalid(_("The day must be after %(day)s.") % {"day": date_format(held.ends_on)}, field="ends_on")
    old = held.ends_on
    held.ends_on, held.reminded = ends_on, False
    held.save(update_fields=["ends_on", "reminded"])
    record("agreement.renewed", by=by, on=held, old={"until": old}, new={"until": ends_on})
    return held


@transaction.atomic
def end_agreement(*, by: Viewer, agreement: Agreement, why: str, on: date) -> Agreement:
    """End an agreement before its time, with the reason; that day is the first without it."""
    require_hand_in(by, agreement)
    held = _not_ended(agreement)
    held.ended_on, held.ended_why = on, why
    held.save(update_fields=["ended_on", "ended_why"])
    record("agreement.ended", by=by, on=held, new={"why": why, "on": on})
    return held


@transaction.atomic
def remind_of_agreements(*, by: Viewer, at: datetime) -> int:
    """Remind owners, or who sees to agreements, of what ends soon; of how many."""
    require(by, Permission.AGREEMENT_CHANGE)
    today, told = timezone.localdate(at), 0
    rows = Agreement.objects.filter(ended_on=None, reminded=False, ends_on__range=(today, today + SOON))
    for one in rows.select_related("owner", "counterparty").order_by("ends_on", "pk"):
        notify(
            [one.owner] if one.owner else who_may(Permission.AGREEMENT_CHANGE, on=today), kind="agreement.ending",
            title=gettext_lazy("“%(agreement)s” with %(counterparty)s ends on %(day)s"),
            body=gettext_lazy("Renew it, or let it end."), url=reverse("ecosystem:agreement", args=[one.pk]), at=at,
            values={"agreement": one.title, "counterparty": one.counterparty, "day": one.ends_on}, about=one,
        )  # fmt: skip
        one.reminded = True
        one.save(update_fields=["reminded"])
        told += 1
    if told:
        record("agreements.reminded", by=by, on=by.sector, new={"count": told})
    return told


def _not_ended(agreement: Agreement) -> Agreement:
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if held.ended_on:
        raise Invalid(_("It has ended already, on %(day)s.") % {"day": date_format(held.ended_on)})
    return held
