"""What waits for somebody in the room for direction."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from vested.core.viewer import Viewer
from vested.direction.models import Commitment, Escalation, Obstacle
from vested.direction.queries.commitments import State, commitments_listed
from vested.direction.queries.escalations import waiting_for
from vested.direction.queries.obstacles import obstacles_listed

SOON = timedelta(days=14)
MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Escalations to decide, obstacles to answer, and promises that are late or soon due."""

    escalations: list[Escalation]
    obstacles: list[Obstacle]
    commitments: list[Commitment]


def waiting(viewer: Viewer, day: date) -> Waiting:
    """What waits for the viewer on that day."""
    if viewer.person is None:
        return Waiting(escalations=[], obstacles=[], commitments=[])
    owned = obstacles_listed(viewer).filter(owner=viewer.person, answered_on=None).order_by("answer_by", "pk")
    rows: QuerySet[Any] = commitments_listed(viewer, day)
    mine = rows.filter(person=viewer.person, state__in=(State.OPEN, State.LATE))
    return Waiting(
        escalations=waiting_for(viewer, day),
        obstacles=list(owned[:MOST]),
        commitments=list(mine.filter(due_on__lte=day + SOON).order_by("due_on", "pk")[:MOST]),
    )
