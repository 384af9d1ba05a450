"""Questions about leaders and steering sessions: what each has championed, and what a session is shown."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from vested.core.models import Person
from vested.core.viewer import Viewer
from vested.direction.models import Attendance, Decision, Hope, Obstacle, Retelling, SteeringSession
from vested.direction.queries.commitments import Share, State, commitments_listed, kept
from vested.direction.queries.duties import duties_listed
from vested.direction.queries.escalations import escalations_listed
from vested.direction.queries.measures import Verdict, worst
from vested.direction.queries.objectives import tree
from vested.direction.queries.obstacles import obstacles_listed

AHEAD = timedelta(days=30)  # promises due so soon belong into a session's pack
MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Championed:
    """What a leader did, with dates: facts only."""

    share: Share
    commitments: list[Any]
    retellings: list[Retelling]
    removed: list[Obstacle]
    sessions: list[SteeringSession]


def championed(viewer: Viewer, person: Person, day: date) -> Championed:
    """What a person promised, told, removed, and where they sat."""
    rows: QuerySet[Any] = commitments_listed(viewer, day)
    removed = obstacles_listed(viewer).filter(answered_by=person).exclude(outcome="").order_by("-answered_on", "pk")
    sat = Attendance.objects.all().visible_to(viewer).filter(person=person).select_related("session")
    return Championed(
        share=kept(viewer, day, narrowed=Q(person=person)),
        commitments=list(rows.filter(person=person).order_by("-due_on", "pk")[:MOST]),
        retellings=list(
            Retelling.objects.all().visible_to(viewer).filter(told_by=person).order_by("-told_on", "pk")[:MOST]
        ),
        removed=list(removed[:MOST]),
        sessions=[one.session for one in sat.order_by("-session__on", "pk")[:MOST]],
    )


def has_championed(found: Championed) -> bool:
    """Whether there is anything to tell."""
    return bool(found.commitments or found.retellings or found.removed or found.sessions)


def hopes_listed(viewer: Viewer) -> QuerySet[Hope]:
    """What managers hope for, as far as the viewer may see it."""
    return Hope.objects.all().visible_to(viewer).select_related("person", "unit", "answered_by", "need")


def sessions_listed(viewer: Viewer) -> QuerySet[SteeringSession]:
    """The sessions in which leaders steer."""
    return SteeringSession.objects.all().visible_to(viewer).select_related("unit", "sector")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What a session is shown: what is late, what asks for a decision, what is due next, what stands in the way."""

    late: list[Any]
    escalations: list[Any]
    due: list[Any]
    obstacles: list[Obstacle]
    behind: list[Any]
    duties: list[Any]


def pack_for(viewer: Viewer, session: SteeringSession) -> Pack:
    """The pack of a session, as things stand on its day; of the session's unit and all below, or of the sector."""
    day, path = session.on, session.unit.path if session.unit else ""
    promises: QuerySet[Any] = _within(commitments_listed(viewer, day), path)
    asked: QuerySet[Any] = _within(escalations_listed(viewer, day), path)
    obstacles = _within(obstacles_listed(viewer), path).filter(answered_on=None, answer_by__lte=day)
    behind = [
        one
        for _depth, one in tree(viewer)
        if (not path or (one.unit and one.unit.path.startswith(path)))
        and worst(one, day) in {Verdict.BEHIND, Verdict.STALE}
    ]
    duties = _within(duties_listed(viewer, day), path).filter(state__in=("late", "uncovered"))
    return Pack(
        late=list(promises.filter(state__in=(State.LATE, State.BROKEN)).order_by("due_on", "pk")[:MOST]),
        escalations=list(asked.filter(decided_on=None).order_by("top_by", "pk")[:MOST]),
        due=list(promises.filter(state=State.OPEN, due_on__lte=day + AHEAD).order_by("due_on", "pk")[:MOST]),
        obstacles=list(obstacles.order_by("answer_by", "pk")[:MOST]),
        behind=behind[:MOST],
        duties=list(duties.order_by("due_on", "pk")[:MOST]),
    )


def _within(rows: QuerySet[Any], path: str) -> QuerySet[Any]:
    return rows.filter(unit__path__startswith=path) if path else rows


def minuted(viewer: Viewer, session: SteeringSession, day: date) -> tuple[list[Decision], list[Any]]:
    """The decisions taken and the promises made in a session."""
    decisions = Decision.objects.all().visible_to(viewer).filter(session=session).select_related("decided_by")
    promises: QuerySet[Any] = commitments_listed(viewer, day)
    return list(decisions.order_by("pk")), list(promises.filter(session=session).order_by("due_on", "pk"))


def attended(viewer: Viewer, session: SteeringSession) -> list[Person]:
    """Who was there."""
    rows = Attendance.objects.all().visible_to(viewer).filter(session=session).select_related("person")
    return [one.person for one in rows.order_by("person__find", "pk")]
