"""Ask to look behind walls, let somebody do so or refuse, end it; and say for how long at most."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.errors import Invalid, NotAllowed
from vested.core.history import record
from vested.core.models import Counterparty, Hat, Opening, Sector
from vested.core.notifications import notify
from vested.core.permissions import Permission, require
from vested.core.queries import who_may
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer

A_WEEK = 168  # hours


@transaction.atomic
def limit_openings(*, by: Viewer, hours: int) -> Sector:
    """Say for how many hours at most walls are opened to somebody; what was asked for before stays as it is."""
    require(by, Permission.HAT_CHANGE)
    if not 1 <= hours <= A_WEEK:
        raise Invalid(_("From one hour to %(hours)s.") % {"hours": A_WEEK}, field="hours")
    sector = Sector.objects.select_for_update().get(pk=by.sector.pk)
    before, sector.opening_hours = sector.opening_hours, hours
    if before != hours:
        sector.save(update_fields=["opening_hours"])
        record("openings.limited", by=by, on=sector, old={"hours": before}, new={"hours": hours})
    return sector


@transaction.atomic
def ask_for_opening(*, by: Viewer, counterparty: Counterparty, why: str, hours: int, at: datetime) -> Opening:
    """Ask to look behind the walls towards a counterparty, with a reason, for so many hours from when it is granted."""
    keep_inside(counterparty)
    if by.person is None:
        raise NotAllowed(_("Only people look behind walls."))
    if not 1 <= hours <= by.sector.opening_hours:
        most = _("From one hour to %(hours)s, which your sector allows at most.")
        raise Invalid(most % {"hours": by.sector.opening_hours}, field="hours")
    asked = Opening.objects.create(
        sector=by.sector, person=by.person, counterparty=counterparty, why=why, hours=hours, asked_at=at
    )
    others = [one for one in who_may(Permission.WALL_OPEN, on=timezone.localdate(at)) if one.pk != by.person.pk]
    notify(
        others, kind="opening.asked", at=at, url=_url(asked), body=why,
        title=gettext_lazy("%(who)s asks to look behind the walls towards %(counterparty)s"),
        values={"who": by.person, "counterparty": counterparty},
    )  # fmt: skip
    record("opening.asked", by=by, on=counterparty, new={"why": why, "hours": hours})
    return asked


@transaction.atomic
def answer_opening(*, by: Viewer, opening: Opening, granted: bool, words: str, at: datetime) -> Opening:
    """Let somebody else look behind the walls, from now on and for the hours asked, or refuse; with the reason."""
    require(by, Permission.WALL_OPEN)
    held = Opening.objects.select_for_update().get(pk=opening.pk)
    if by.person is None or held.person_id == by.person.pk:
        raise NotAllowed(_("A second person decides it. Nobody opens a wall for themselves."))
    if held.answered_at:
        raise Invalid(_("It was answered already."))
    held.granted, held.answer, held.answered_at, held.answered_by = granted, words, at, by.person
    held.until = at + timedelta(hours=held.hours) if granted else None
    held.save()
    notify(
        [held.person], kind="opening.answered", at=at, url=_url(held), body=words,
        title=gettext_lazy("The walls towards %(counterparty)s are open to you")
        if granted else gettext_lazy("The walls towards %(counterparty)s stay closed to you"),
        values={"counterparty": held.counterparty},
    )  # fmt: skip
    if granted:
        _tell_wearers(held, at)
    told = {"who": str(held.person), "words": words, "hours": held.hours}
    record("opening.granted" if granted else "opening.refused", by=by, on=held.counterparty, new=told)
    return held


@transaction.atomic
def end_opening(*, by: Viewer, opening: Opening, at: datetime) -> Opening:
    """Close the walls before their time: who looks may, and who may open them."""
    _require_hand_in(by, opening)
    held = Opening.objects.select_for_update().get(pk=opening.pk)
    if not held.is_open(at):
        raise Invalid(_("It is not open."))
    held.ended_at = at
    held.save(update_fields=["ended_at"])
    record("opening.ended", by=by, on=held.counterparty, old={"who": str(held.person)})
    return held


def _require_hand_in(by: Viewer, opening: Opening) -> None:
    keep_inside(opening)
    if by.person is None or by.person.pk != opening.person_id:
        require(by, Permission.WALL_OPEN)


def _tell_wearers(opening: Opening, at: datetime) -> None:
    """Tell everybody who has a hat towards the counterparty."""
    on = timezone.localdate(at)
    hats = Hat.objects.filter(wall__counterparty=opening.counterparty).held_on(on).select_related("person")
    notify(
        [hat.person for hat in hats if hat.person_id != opening.person_id], kind="opening.granted", at=at,
        title=gettext_lazy("%(who)s may look behind the walls towards %(counterparty)s for a while"),
        values={"who": opening.person, "counterparty": opening.counterparty}, body=opening.why, url=_url(opening),
    )  # fmt: skip


def _url(opening: Opening) -> str:
    return reverse("core:opening", args=[opening.pk])
