"""Name counterparties, give and take hats, wear one, and say which go together."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.errors import Invalid, NotAllowed
from vested.core.hats import Pair, Rule, clashing, rules
from vested.core.history import record
from vested.core.models import Counterparty, Hat, HatKind, Pairing, Person, Sector, Wall
from vested.core.notifications import notify
from vested.core.partners import keep_to_own
from vested.core.permissions import Permission, require
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer

DAY = timedelta(days=1)


@transaction.atomic
def add_counterparty(*, by: Viewer, name: str, code: str) -> Counterparty:
    """Name an organisation outside, with a wall for each thing the office may be to it."""
    require(by, Permission.HAT_CHANGE)
    if Counterparty.objects.filter(code=code).exists():
        raise Invalid(_("Another counterparty has this code."), field="code")
    added = Counterparty.objects.create(sector=by.sector, name=name, code=code)
    Wall.objects.bulk_create([Wall(sector=by.sector, counterparty=added, kind=kind) for kind in HatKind.values])
    record("counterparty.added", by=by, on=added, new={"name": name, "code": code})
    return added


@transaction.atomic
def give_hat(
    *, by: Viewer, person: Person, counterparty: Counterparty, kind: str, since: date, until: date | None, at: datetime
) -> Hat:
    """Let somebody be something towards a counterparty; refused where the rules keep it from what they are already."""
    require(by, Permission.HAT_CHANGE)
    keep_inside(person)
    keep_to_own(person)
    if by.person and by.person.pk == person.pk:
        raise NotAllowed(_("Nobody gives themselves a hat. Ask somebody else who may."))
    if until and until < since:
        raise Invalid(_("It must end on or after the day it begins."), field="until")
    Sector.objects.select_for_update().get(pk=by.sector.pk)  # one after the other, so that no two clash
    wall = Wall.objects.select_related("counterparty").get(counterparty=counterparty, kind=kind)
    hats = list(Hat.objects.filter(person=person).not_over(since).select_related("wall__counterparty"))
    if any(hat.wall_id == wall.pk for hat in hats):
        raise Invalid(_("%(person)s is that already.") % {"person": person}, field="kind")
    if clash := clashing(wall, hats, rules_={Rule.NEVER}, said=rules()):
        words = _("%(person)s is %(hat)s. The rules say that one person is never both. Give it to somebody else.")
        raise Invalid(words % {"person": person, "hat": clash}, field="kind")
    hat = Hat.objects.create(sector=by.sector, person=person, wall=wall, since=since, until=until)
    _tell(hat, "hat.given", gettext_lazy("You have a hat now: %(hat)s"), by, at)
    record("hat.given", by=by, on=counterparty, new={"person": str(person), "hat": str(wall), "on": since})
    return hat


@transaction.atomic
def take_hat(*, by: Viewer, hat: Hat, at: datetime) -> Hat:
    """Take a hat from somebody; that day is the first without it."""
    require(by, Permission.HAT_CHANGE)
    on = timezone.localdate(at)
    held = Hat.objects.select_for_update().get(pk=hat.pk)
    if held.until and held.until < on:
        raise Invalid(_("It has ended already."))
    held.until = on - DAY
    held.save(update_fields=["until"])
    _tell(held, "hat.taken", gettext_lazy("You no longer have the hat: %(hat)s"), by, at)
    told = {"person": str(held.person), "hat": str(held.wall)}
    record("hat.taken", by=by, on=held.wall.counterparty, old=told, new={"on": on})
    return held


@transaction.atomic
def wear_hat(*, by: Viewer, hat: Hat, before: Collection[int]) -> Hat:
    """Act in a hat of one's own from now on; ``before`` are the walls of those worn in this session, also taken off.

    Towards one counterparty one hat is worn at a time. One that the rules keep apart from another worn before is
    refused until the next session: what one has seen, one does not forget by changing hats.
    """
    _require_own(by, hat)
    worn = [one for one in by.hats if one.wall_id in before]
    if clash := clashing(hat.wall, worn, rules_={Rule.NEVER, Rule.APART}, said=rules()):
        words = _("In this session you were %(hat)s already. Sign out, sign in again, and choose this one first.")
        raise Invalid(words % {"hat": clash})
    record("hat.worn", by=by, on=hat.wall.counterparty, new={"hat": str(hat.wall)})
    return hat


@transaction.atomic
def set_rules(*, by: Viewer, wanted: Mapping[Pair, str]) -> int:
    """Say how far apart kinds of hats are kept; how many pairs that changes."""
    require(by, Permission.HAT_CHANGE)
    Sector.objects.select_for_update().get(pk=by.sector.pk)
    now, changed = rules(), 0
    old, new = dict[str, str](), dict[str, str]()
    for pair, rule in wanted.items():
        if now[pair] != rule:
            Pairing.objects.update_or_create(sector=by.sector, one=pair[0], other=pair[1], defaults={"rule": rule})
            old[" + ".join(pair)], new[" + ".join(pair)] = now[pair].value, Rule(rule).value
            changed += 1
    if changed:
        record("hats.ruled", by=by, on=by.sector, old=old, new=new)
    return changed


def _require_own(by: Viewer, hat: Hat) -> None:
    """Everybody wears their own."""
    if by.person is None or hat.person_id != by.person.pk or hat.pk not in {one.pk for one in by.hats}:
        raise NotAllowed(_("This hat is not yours to wear."))


def _tell(hat: Hat, kind: str, title: Promise, by: Viewer, at: datetime) -> None:
    body = gettext_lazy("%(who)s decided it. A hat decides what you may see; you act in one at a time.")
    notify(
        [hat.person], kind=kind, title=title, body=body, values={"hat": hat.wall, "who": by.person or by.sector},
        url=reverse("core:my-hats"), at=at,
    )  # fmt: skip
