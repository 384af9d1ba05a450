"""The bridge and Mine, for programs."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.timezone import localdate
from ninja import Field, Router, Schema

from vested.academy.models.enrolments import Status
from vested.core.api.lists import one_of
from vested.core.permissions import Permission
from vested.core.viewer import Viewer, viewer_of
from vested.direction.queries.measures import Verdict
from vested.insights.queries.agenda import Matter
from vested.insights.queries.bridge import Bridge, Planned, behind, bridge_of
from vested.insights.queries.mine import Mine, mine_of
from vested.portfolio.models.following import Standing

router = Router()


class WaitingOut(Schema):
    """Things of a kind that wait for you."""

    matter: Matter
    count: int
    late: int = Field(description="How many of them are past their day.")
    due: date | None = Field(description="The day of the first; null: no day is set.")
    since: date | None = Field(description="How long the first has waited, where no day is set.")
    id: int | None = Field(alias="pk", description="Of one thing.")
    name: str = Field(description="Of one thing.")


class LateOut(Schema):
    """What is past its day."""

    kind: str = Field(description="objective, commitment, or measure: nobody has looked in time.")
    id: int
    name: str
    days: int


class ShortOut(Schema):
    """An initiative that will be short of people."""

    initiative: str
    skill: str
    period: int
    people: int
    then: int | None = Field(description="null: hidden from you")


class PlannedOut(Schema):
    """The plan that is followed, or else the newest that is solved."""

    id: int
    name: str
    adopted: bool
    places: int
    accepted: int | None = Field(description="null: it is not adopted; so are the others below.")
    declined: int | None
    open: int | None
    late: int | None
    closes: float = Field(description="Weighted levels it closes, as planned.")
    low: float | None = Field(description="What it closes as answers go so far: nine times of ten at least this,")
    likely: float | None
    high: float | None = Field(description="and at most this.")
    assessed: int | None = Field(description="Levels it raises that were assessed since, and reached.")
    reached: int | None
    changed: int = Field(description="Changes of the data since it was computed.")
    at_risk: list[ShortOut]


class StandsOut(Schema):
    """How many initiatives stand so, by their worst side."""

    standing: str = one_of(Standing)
    computed: int
    claimed: int


class PortfolioOut(Schema):
    """How the portfolio stands, of what is approved and not closed."""

    followed: int
    standings: list[StandsOut]
    silent: int = Field(description="Of how many nothing is claimed.")
    differences: int = Field(description="Open ones between claimed and computed.")
    reopened: int = Field(description="Of how many a gate is open again.")


class BridgeOut(Schema):
    """What needs you, what is late, and how far the loop has come."""

    on: date
    waits: list[WaitingOut]
    late: list[LateOut]
    objectives: int
    on_course: int
    half_assessed_before: date | None = Field(description="The day before which half of the levels were assessed.")
    counted_at: datetime | None = Field(description="When gaps were counted.")
    planned: PlannedOut | None
    portfolio: PortfolioOut
    sessions_soon: int = Field(description="Sessions that begin within three weeks.")


class CourseOut(Schema):
    """A course of yours."""

    enrolment: int
    course: int
    session: int
    status: Status
    starts_on: date | None
    answer_by: date | None


class GapOut(Schema):
    """A skill you lack, surely or perhaps."""

    skill: int
    level: float
    low: float = Field(description="Nine times of ten the level is at least this,")
    high: float = Field(description="and at most this.")
    asked: float


class MineOut(Schema):
    """What waits for you, what you learn, and what your role asks."""

    on: date
    waits: list[WaitingOut]
    courses: list[CourseOut]
    compulsory: list[int] = Field(description="Courses you must still complete, and that are not planned.")
    wishes: list[int] = Field(description="Courses you ask for.")
    gaps: list[GapOut]
    jobs: list[int] = Field(description="Your newest.")
    team_late: list[int] | None = Field(description="Enrolments of your team, the longest late; null: you lead none.")


@router.get("/bridge", response=BridgeOut)
def bridge(request: HttpRequest) -> dict[str, Any]:
    """Read what needs you, what is late, and how the plan goes."""
    viewer = viewer_of(request)
    return _bridge(bridge_of(viewer, on=localdate()), viewer)


@router.get("/mine", response=MineOut)
def mine(request: HttpRequest) -> dict[str, Any]:
    """Read what waits for you, what you learn, and what your role asks."""
    viewer = viewer_of(request)
    if viewer.person is None:
        raise Http404
    return _mine(mine_of(viewer, viewer.person, on=localdate()))


def _bridge(found: Bridge, viewer: Viewer) -> dict[str, Any]:
    return {
        "on": found.on,
        "waits": found.waits,
        "late": [
            {
                "kind": one.what._meta.model_name,
                "id": one.what.pk,
                "name": str(one.what),
                "days": one.days,
            }
            for one in found.late
        ],
        "objectives": len(found.objectives),
        "on_course": behind(found, Verdict.ON_COURSE),
        "half_assessed_before": found.known.half if found.known else None,
        "counted_at": found.widest.taken_at if found.widest else None,
        "planned": _planned(found.planned, viewer) if found.planned else None,
        "portfolio": {
            "followed": found.portfolio.followed,
            "standings": [
                {
                    "standing": str(one),
                    "computed": found.portfolio.computed[one],
                    "claimed": found.portfolio.claimed[one],
                }
                for one in Standing
            ],
            "silent": found.portfolio.silent,
            "differences": found.portfolio.differences,
            "reopened": found.portfolio.reopened,
        },
        "sessions_soon": found.coming,
    }


def _planned(found: Planned, viewer: Viewer) -> dict[str, Any]:
    followed, figures = found.following, found.plan.figures
    exact = viewer.may(Permission.PEOPLE_SEE)
    return {
        "id": found.plan.pk,
        "name": str(found.plan),
        "adopted": followed is not None,
        "places": figures["places"],
        "accepted": followed and followed.whole.yes,
        "declined": followed and followed.whole.no,
        "open": followed and followed.whole.open,
        "late": followed and followed.late,
        "closes": figures["closed"],
        "low": followed and followed.forecast.low,
        "likely": followed and followed.forecast.likely,
        "high": followed and followed.forecast.high,
        "assessed": followed and followed.assessed,
        "reached": followed and followed.reached,
        "changed": sum(change.times for change in found.changes),
        "at_risk": [
            {
                "initiative": one.initiative,
                "skill": one.skill,
                "period": one.period,
                "people": one.people,
                "then": one.then if exact else None,
            }
            for one in found.short
        ],
    }


def _mine(found: Mine) -> dict[str, Any]:
    return {
        "on": found.on,
        "waits": found.waits,
        "courses": [
            {
                "enrolment": one.pk,
                "course": one.session.course_id,
                "session": one.session_id,
                "status": one.status,
                "starts_on": one.session.starts_on,
                "answer_by": one.answer_by,
            }
            for one in found.plan
        ],
        "compulsory": [one.pk for one in found.missing],
        "wishes": [one.course_id for one in found.courses.wishes],
        "gaps": [
            {
                "skill": one.skill.pk,
                "level": one.estimate,
                "low": one.range[0],
                "high": one.range[1],
                "asked": one.asked,
            }
            for one in found.short
        ],
        "jobs": [one.pk for one in found.jobs],
        "team_late": None if found.team is None else [one.pk for one in found.team],
    }
