"""Who leads: whom a unit answers to, and who can be named as an owner."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from vested.core.models import Grant, Person, Unit
from vested.core.models.people import PersonQuerySet
from vested.core.permissions import ROLES, Permission, Role
from vested.core.viewer import Viewer

LEADING = tuple(role.value for role in Role if Permission.DIRECTION_CHANGE in ROLES[role])
TOP = (Role.TOP_LEADER.value, Role.CDO.value)


def nameable(viewer: Viewer, *, on: date) -> PersonQuerySet:
    """People who can be named: those the viewer may see, and who leads, which is no secret."""
    leading = Grant.objects.held_on(on).filter(role__in=LEADING).values("person")
    seen = Person.objects.visible_to(viewer).values("pk")
    found: PersonQuerySet = Person.objects.filter(Q(pk__in=leading) | Q(pk__in=seen))
    return found


def leaders_of(units: Sequence[Unit], *, on: date) -> dict[int, list[Person]]:
    """For each unit (by its key) who leads the nearest one: itself or above; else the sector's leaders."""
    if not units:
        return {}
    grants = list(Grant.objects.held_on(on).filter(role__in=LEADING).select_related("person", "unit").order_by("pk"))
    found: dict[int, list[Person]] = {}
    for unit in units:
        around = [one for one in grants if unit.path.startswith(one.unit.path if one.unit else "/")]
        depth = max((len(one.unit.path) if one.unit else 0 for one in around), default=0)
        found[unit.pk] = [one.person for one in around if (len(one.unit.path) if one.unit else 0) == depth]
    return found


def top_leaders(*, on: date) -> list[Person]:
    """Who leads the whole sector: its top leaders, or where there is none its Chief Digital Officers."""
    grants = list(Grant.objects.held_on(on).filter(unit=None, role__in=TOP).select_related("person").order_by("pk"))
    top = [one.person for one in grants if one.role == Role.TOP_LEADER]
    return top or [one.person for one in grants]
