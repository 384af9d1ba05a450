"""Questions that core's pages ask."""

from datetime import date
from typing import Any

from django.db.models import Case, Count, F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from vested.core.models import Grant, Membership, Person, Unit
from vested.core.models.people import PersonQuerySet
from vested.core.permissions import ROLES, Permission, Role
from vested.core.viewer import Viewer

LEADING = tuple(role.value for role in Role if Permission.DIRECTION_CHANGE in ROLES[role])


def units_listed(viewer: Viewer) -> QuerySet[Unit]:
    """Units with ``people``, how many work there, where the viewer may see figures."""
    here = Membership.objects.filter(unit=OuterRef("pk"), until=None).order_by().values("unit")
    count = Coalesce(Subquery(here.annotate(n=Count("pk")).values("n")), 0)
    seen = viewer.below(Permission.FIGURES_SEE, "path")
    people = Case(When(seen, then=count), default=None, output_field=IntegerField(null=True))
    return Unit.objects.all().visible_to(viewer).select_related("parent").annotate(people=people)


def people_listed(viewer: Viewer) -> QuerySet[Person]:
    """The sector's own people with the unit they work in now (``unit_id``, ``unit_name``) and ``since`` when."""
    now = FilteredRelation("memberships", condition=Q(memberships__until=None))
    rows = Person.objects.visible_to(viewer).filter(counterparty=None).annotate(now=now)
    return rows.annotate(
        unit_id=F("now__unit"), unit_name=F("now__unit__name"), unit_find=F("now__unit__find"), since=F("now__since")
    )


def people_named(viewer: Viewer, words: str, most: int) -> list[tuple[int, str, str]]:
    """People whom the words find: key, name, and the unit each works in."""
    now = FilteredRelation("memberships", condition=Q(memberships__until=None))
    found = Person.objects.visible_to(viewer).finding(words)
    rows: QuerySet[Any] = found.annotate(now=now, unit_name=F("now__unit__name"))
    return [(row.pk, str(row), row.unit_name or "") for row in rows.order_by("find", "pk")[:most]]


def nameable(viewer: Viewer, *, on: date) -> PersonQuerySet:
    """The sector's own people who can be named: those the viewer may see, and who leads, which is no secret."""
    leading = Grant.objects.held_on(on).filter(role__in=LEADING).values("person")
    seen = Person.objects.visible_to(viewer).values("pk")
    found: PersonQuerySet = Person.objects.filter(Q(pk__in=leading) | Q(pk__in=seen), counterparty=None)
    return found


def people_in(viewer: Viewer, unit: Unit) -> QuerySet[Person]:
    """People who work in the unit itself, and ``since`` when."""
    here = Person.objects.all().visible_to(viewer).filter(memberships__unit=unit, memberships__until=None)
    return here.annotate(since=F("memberships__since")).order_by("find", "pk")


def above(unit: Unit) -> list[Unit]:
    """The units above one, from the top."""
    ids = [int(part) for part in unit.path.strip("/").split("/")[:-1]]
    found = Unit.objects.in_bulk(ids) if ids else {}
    return [found[pk] for pk in ids]


def works_in(person: Person) -> Unit | None:
    """The unit a person works in now."""
    now = Membership.objects.filter(person=person, until=None).select_related("unit").first()
    return now.unit if now else None


def roles_of(person: Person, *, on: date) -> QuerySet[Grant]:
    """The roles a person holds that day."""
    return Grant.objects.held_on(on).filter(person=person).select_related("unit", "sector").order_by("since", "pk")


def who_may(permission: Permission, *, on: date) -> list[Person]:
    """The people whose role brings a permission for the whole sector that day."""
    roles = [role.value for role, brings in ROLES.items() if permission in brings]
    grants = Grant.objects.held_on(on).filter(unit=None, role__in=roles).select_related("person").order_by("pk")
    return list({grant.person_id: grant.person for grant in grants}.values())
