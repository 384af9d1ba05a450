"""The rows behind a figure of the gap explorer: people, what they can do, and what their roles ask."""

from typing import Any

from django.db.models import F, FloatField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from vested.core.models import Unit
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.skills.models import JobFamily, Level, Post, Role, Skill


def people_behind(
    viewer: Viewer, *, skill: Skill, unit: Unit | None, itself: bool, family: JobFamily | None, role: Role | None
) -> QuerySet[Any, Any]:
    """Posts whose role asks for the skill, as they are now: ``unit_name``, ``level``, ``asked``, ``short`` and more.

    Of the unit and all below it, or of the unit ``itself`` only.
    """
    require(viewer, Permission.PEOPLE_SEE, on=unit)
    works = Q(person__memberships__until=None)
    if unit:
        works &= (
            Q(person__memberships__unit=unit) if itself else Q(person__memberships__unit__path__startswith=unit.path)
        )
    asks = Q(role__requirements__skill=skill)
    if family:
        asks &= Q(role__family=family)
    if role:
        asks &= Q(role=role)
    known = Level.objects.filter(person=OuterRef("person"), skill=skill)
    rows = Post.objects.visible_to(viewer).filter(works, asks, until=None).select_related("person", "role")
    return rows.annotate(
        unit_id=F("person__memberships__unit"),
        unit_name=F("person__memberships__unit__name"),
        asked=F("role__requirements__level"),
        level=Coalesce(Subquery(known.values("level")[:1]), Value(0.0), output_field=FloatField()),
        source=Subquery(known.values("source")[:1]),
        assessed_on=Subquery(known.values("assessed_on")[:1]),
    ).annotate(short=Greatest(F("asked") - F("level"), Value(0.0), output_field=FloatField()))
