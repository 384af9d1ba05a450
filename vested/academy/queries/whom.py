"""Whom to tell of what somebody answered or objected to."""

from datetime import date

from django.db.models import Q

from vested.core.models import Grant, Membership, Person, Unit
from vested.core.permissions import Role


def managers_of(person: Person, *, on: date) -> list[Person]:
    """The manager a person has; where none is named, who is manager of the unit."""
    now = Membership.objects.filter(person=person, until=None).select_related("unit", "manager").first()
    if now and now.manager:
        return [now.manager]
    return _holders(Role.MANAGER, now.unit, on=on) if now else []


def officers_of(unit: Unit | None, *, on: date) -> list[Person]:
    """The HR officers of a unit and of all above it; where there is none, the Chief Digital Officer."""
    return _holders(Role.HR_OFFICER, unit, on=on) or _holders(Role.CDO, unit, on=on)


def _holders(role: Role, unit: Unit | None, *, on: date) -> list[Person]:
    above = Q(unit=None)
    if unit:
        above |= Q(unit__in=[int(part) for part in unit.path.strip("/").split("/")])
    grants = Grant.objects.held_on(on).filter(above, role=role).select_related("person")
    return [grant.person for grant in grants.order_by("pk")]
