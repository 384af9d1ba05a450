"""Who leads: whom a unit answers to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vested.core.models import Grant, Person, Unit
from vested.core.permissions import Role
from vested.core.queries import LEADING

LARGE = (Unit.Kind.MINISTRY, Unit.Kind.AGENCY)
TOP = (Role.TOP_LEADER.value, Role.CDO.value)


@dataclass(frozen=True, slots=True)
class Leaders:
    """Everybody who leads on a day, asked once, so that it can be said for any unit."""

    grants: Sequence[Grant]
    large: Sequence[Unit]

    def of(self, unit: Unit | None) -> list[Person]:
        """Who leads the nearest unit: this one or one above; else the sector's leaders."""
        if unit is None:
            return self.top()
        around = [one for one in self.grants if unit.path.startswith(_path(one))]
        depth = max((len(_path(one)) for one in around), default=0)
        return [one.person for one in around if len(_path(one)) == depth]

    def director(self, unit: Unit) -> list[Person]:
        """Who leads the nearest agency or ministry at or above a unit."""
        above = [one for one in self.large if unit.path.startswith(one.path)]
        return self.of(max(above, key=lambda one: len(one.path), default=unit))

    def top(self) -> list[Person]:
        """Who leads the whole sector: its top leaders, or where there is none its Chief Digital Officers."""
        whole = [one for one in self.grants if one.unit is None and one.role in TOP]
        return [one.person for one in whole if one.role == Role.TOP_LEADER] or [one.person for one in whole]


def leaders(*, on: date) -> Leaders:
    """Who leads on that day."""
    grants = Grant.objects.held_on(on).filter(role__in=LEADING).select_related("person", "unit").order_by("pk")
    return Leaders(list(grants), list(Unit.objects.filter(kind__in=LARGE, ended_on=None)))


def _path(grant: Grant) -> str:
    return grant.unit.path if grant.unit else "/"
