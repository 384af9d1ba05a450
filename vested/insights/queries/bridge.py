"""The bridge: what needs somebody who sees plans, what is late, and how far the loop has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, When

from vested.academy.queries.catalogue import Known, known
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.direction.models import Commitment, Measure, Objective
from vested.direction.queries.commitments import commitments_listed
from vested.direction.queries.measures import Verdict, worst
from vested.direction.queries.objectives import objectives_listed
from vested.insights.queries.agenda import Waiting, look_again, unseen, waits_for
from vested.plans.models import Plan
from vested.plans.queries.following import Following, begin_soon, following
from vested.plans.queries.solved import certified, figures
from vested.plans.queries.staleness import Change, changes_since
from vested.portfolio.queries.overall import Overall, overall
from vested.skills.queries.gaps.widest import Widest, widest

MOST = 3  # lines of a station
PROMISES = 20  # late ones looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """What is late in the sector, by computation: a promise, an objective past its end, a measure nobody looked at."""

    what: Objective | Measure | Commitment
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """People an initiative will not have by the end of a period: of ``people`` needed there will be ``then``."""

    initiative: str
    skill: str
    period: int
    people: int
    then: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The plan that is followed with what has become of it, or else the newest that is solved, with its certificate.

    ``short`` are the needs in most trouble, in the order of their days; ``changes`` what has changed in the data since.
    """

    plan: Plan
    following: Following | None
    certificate: str
    starts: dict[int, date]
    short: tuple[Short, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """What the bridge says on a day; ``objectives`` are open ones with how each stands, the worst first.

    ``planned`` is None where no plan is solved, ``solving`` the plan being solved then; ``coming`` is how many sessions
    begin within three weeks.
    """

    on: date
    waits: Sequence[Waiting]
    late: Sequence[Late]
    objectives: Sequence[tuple[Objective, Verdict]]
    known: Known | None
    widest: Widest | None
    planned: Planned | None
    solving: Plan | None
    coming: int
    portfolio: Overall

    @property
    def empty(self) -> bool:
        """Whether nothing is known of the sector's work yet."""
        return self.known is not None and not self.known.levels and not self.known.courses


def bridge_of(viewer: Viewer, *, on: date) -> Bridge:
    """Look from the bridge, as far as the viewer may see."""
    require(viewer, Permission.PLAN_SEE)
    objectives = list(objectives_listed(viewer).filter(closed_on=None).order_by("ends_on", "find", "pk"))
    verdicts = list(Verdict)
    standing = [(one, worst(one, on)) for one in objectives]
    proposed, plan = _plans(viewer)
    planned = _planned(plan, on) if plan and plan.ready else None
    return Bridge(
        on=on,
        waits=waits_for(viewer, objectives=objectives, proposed=proposed, on=on),
        late=_late(viewer, objectives, on),
        objectives=sorted(standing, key=lambda one: verdicts.index(one[1])),
        known=known(viewer),
        widest=widest(viewer, MOST + 1),
        planned=planned,
        solving=None if planned else plan,
        coming=planned.following.coming if planned and planned.following else begin_soon(on).count(),
        portfolio=overall(viewer, on),
    )


def _plans(viewer: Viewer) -> tuple[Plan | None, Plan | None]:
    """The plan that is proposed; and the one that is followed, else the newest that is solved or is being solved."""
    states = (Plan.State.PROPOSED, Plan.State.ADOPTED)
    order = Case(
        *(When(state=state, then=place) for place, state in enumerate(states)), When(figures={}, then=3), default=2
    )
    unsolved = Q(figures={}) & (~Q(state=Plan.State.SOLVING) | Q(job=None) | Q(job__ended_at__isnull=False))
    rows = Plan.objects.all().visible_to(viewer).light().select_related("scenario").exclude(unsolved)
    found = list(rows.order_by(order, "-asked_at", "-pk")[:2])
    proposed = found[0] if found and found[0].state == Plan.State.PROPOSED else None
    followed = next((one for one in found if one.state == Plan.State.ADOPTED), None)
    return proposed, followed or next(iter(found), None)


def _late(viewer: Viewer, objectives: Sequence[Objective], on: date) -> list[Late]:
    """What is past its day, the longest first."""
    rows: QuerySet[Any] = commitments_listed(viewer, on)
    promises = rows.filter(state=Commitment.State.LATE).order_by("due_on", "pk")
    found = [Late(what=one, days=(on - one.ends_on).days) for one in objectives if one.ends_on < on]
    found += [
        Late(what=measure, days=(on - look_again(measure)).days)
        for one in objectives
        for measure in one.measures.all()
        if unseen(measure, on)
    ]
    found += [Late(what=one, days=(on - one.due_on).days) for one in promises[:PROMISES]]
    return sorted(found, key=lambda one: -one.days)


def _planned(plan: Plan, on: date) -> Planned:
    followed = following(plan, on=on) if plan.state == Plan.State.ADOPTED else None
    said = figures(plan)
    short = [
        Short(initiative=one.initiative, skill=one.skill, period=one.period, people=one.people, then=one.now)
        for one in (followed.threats if followed else ())
    ]
    if followed is None:
        worst_first = said.initiatives.short[:MOST]
        short = [
            Short(initiative=one.initiative, skill=one.skill, period=one.period, people=one.people, then=one.then)
            for one in sorted(worst_first, key=lambda one: one.period)
        ]
    return Planned(
        plan=plan,
        following=followed,
        certificate=certified(plan),
        starts=said.starts,
        short=tuple(short),
        changes=tuple(changes_since(plan)),
    )


def behind(bridge: Bridge, *verdicts: Verdict) -> int:
    """How many objectives stand in one of these ways."""
    return sum(verdict in verdicts for _objective, verdict in bridge.objectives)
