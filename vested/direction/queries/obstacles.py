"""Questions about obstacles, and how many there are where."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from vested.core.models import Membership, Unit
from vested.core.viewer import Viewer
from vested.direction.models import Obstacle
from vested.direction.queries.leaders import LARGE

FEWEST = 5  # people of a unit, with all below it, before its obstacles are counted apart or one stands there unnamed


@dataclass(frozen=True, slots=True)
class Counted:
    """How many obstacles were raised in a ministry or agency, not counting agencies below it; None where hidden."""

    unit: str
    pk: int
    open: int | None
    removed: int | None
    explained: int | None


def obstacles_listed(viewer: Viewer) -> QuerySet[Obstacle]:
    """The obstacles that exist for the viewer."""
    return (
        Obstacle.objects.all().visible_to(viewer).select_related("unit", "owner", "sector", "raised_by", "answered_by")
    )


def large_enough(unit: Unit | None) -> Unit | None:
    """The unit, or the nearest above it in which enough people work that nobody can be guessed; None: the sector."""
    while unit is not None and Membership.objects.filter(until=None, unit__path__startswith=unit.path).count() < FEWEST:
        unit = unit.parent
    return unit


def counted(viewer: Viewer) -> list[Counted]:
    """How many obstacles there are in each ministry and agency.

    Each obstacle counts once, at the nearest one; no sums are given. So no two figures tell what a third one hides.
    """
    units = list(Unit.objects.all().visible_to(viewer).filter(kind__in=LARGE, ended_on=None).order_by("path"))
    people = _people(units)
    found: dict[int, list[int]] = {unit.pk: [0, 0, 0] for unit in units}
    rows = Obstacle.objects.exclude(unit=None).order_by().values_list("unit__path", "outcome").annotate(n=Count("pk"))
    for path, outcome, count in rows:
        nearest = _nearest(path, units)
        if nearest is not None:
            found[nearest.pk][("", *Obstacle.Outcome).index(outcome)] += count
    return [
        Counted(unit.name, unit.pk, *found[unit.pk])
        if people[unit.pk] >= FEWEST
        else Counted(unit.name, unit.pk, None, None, None)
        for unit in units
    ]


def _people(units: list[Unit]) -> dict[int, int]:
    """How many people work in each unit, or below it and in none of the others that is nearer."""
    found = {unit.pk: 0 for unit in units}
    rows = Membership.objects.filter(until=None).order_by().values_list("unit__path").annotate(n=Count("pk"))
    for path, count in rows:
        nearest = _nearest(path, units)
        if nearest is not None:
            found[nearest.pk] += count
    return found


def _nearest(path: str, units: list[Unit]) -> Unit | None:
    around = [unit for unit in units if path.startswith(unit.path)]
    return max(around, key=lambda unit: len(unit.path), default=None)
