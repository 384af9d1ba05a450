"""Hats of a small office: a counterparty, and who is what to it."""

from datetime import date

from tests.core.offices import DAY, Office
from vested.core.models import Counterparty, Hat, Wall
from vested.core.scope import System, acting
from vested.core.viewer import Viewer, viewer_for


def counterparty(office: Office, name: str = "ours harbour") -> Counterparty:
    """An organisation outside, with a wall for each kind of hat."""
    with acting(System("a test")):
        found, new = Counterparty.objects.get_or_create(sector=office.sector, code=name, defaults={"name": name})
        if new:
            for kind in ("customer", "client", "inspector", "funder", "partner"):
                Wall.objects.create(sector=office.sector, counterparty=found, kind=kind)
    return found


def wall(office: Office, kind: str, name: str = "ours harbour") -> Wall:
    """The wall of a kind of hat towards it."""
    with acting(System("a test")):
        return Wall.objects.get(counterparty=counterparty(office, name), kind=kind)


def hat(office: Office, who: str, kind: str, name: str = "ours harbour", until: date | None = None) -> Hat:
    """That somebody is something to it."""
    with acting(System("a test")):
        return Hat.objects.create(
            sector=office.sector, person=office.people[who], wall=wall(office, kind, name), since=DAY, until=until
        )


def wearing(office: Office, who: str, *kinds: str, name: str = "ours harbour") -> Viewer:
    """Somebody who has these hats, and wears them now."""
    with acting(System("a test")):
        had = set(Hat.objects.filter(person=office.people[who]).values_list("wall", flat=True))
    walls = [wall(office, kind, name) for kind in kinds]
    for one in walls:
        if one.pk not in had:
            hat(office, who, one.kind, name)
    with acting(System("a test")):
        return viewer_for(office.people[who], on=DAY, wearing=[one.pk for one in walls])
