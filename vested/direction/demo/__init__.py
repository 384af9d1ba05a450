"""A believable half year of direction for a generated sector: made up, relative to a day, and all done by actions."""

from datetime import datetime, timedelta

from django.utils import timezone

from vested.core.models import Membership, Person, Unit
from vested.core.viewer import Viewer
from vested.direction import actions
from vested.direction.demo.aims import meanings, objectives, vision
from vested.direction.demo.promises import escalations, obstacles, promises
from vested.direction.demo.windows import steering, windows


def fill(*, by: Viewer, at: datetime) -> None:
    """Let a generated sector have half a year of aims, promises, obstacles and decisions."""
    today = timezone.localdate(at)
    start = today - timedelta(days=182)
    units = list(Unit.objects.filter(kind__in=(Unit.Kind.MINISTRY, Unit.Kind.AGENCY)).order_by("path")[:7])
    leaders = _leaders(units)
    vision(by, start, today)
    meanings(by, units, leaders, start, today)
    objectives(by, units, leaders, start, today)
    promises(by, units, leaders, start, today)
    obstacles(by, units, leaders, start)
    escalations(by, units, leaders, start, today)
    windows(by, units, leaders, today)
    steering(by, units, leaders, today)
    for remind in (
        actions.remind_of_commitments,
        actions.remind_of_obstacles,
        actions.climb_escalations,
        actions.remind_of_meanings,
    ):
        remind(by=by, at=at)


def _leaders(units: list[Unit]) -> dict[int, Person]:
    """Somebody others answer to in each unit or below it."""
    found = {}
    for unit in units:
        held = Membership.objects.filter(unit__path__startswith=unit.path, until=None, person__reports__isnull=False)
        first = held.order_by("unit__path", "person__code").select_related("person").first()
        if first:
            found[unit.pk] = first.person
    return found
