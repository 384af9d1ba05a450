"""An adopted plan beside what has happened since: answers, attendance, levels, and what that makes likely."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import OuterRef, Subquery
from numpy.typing import NDArray

from vested.academy.models import Enrolment, Session
from vested.engines import reliability
from vested.plans.models import Assignment, Plan
from vested.plans.packing import Frozen
from vested.plans.queries.solved import solved
from vested.skills.models import Level

Status = Enrolment.Status
GONE = (Status.DECLINED, Status.WITHDRAWN, Status.ABSENT)  # what the plan gave and nobody takes
LIKELY = 0.90  # the share of cases an interval is meant to hold
SOON = timedelta(days=21)
FEW = 0.5  # of the places of a session that begins soon, accepted


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Places of a period (0: all), by what has become of them."""

    period: int
    planned: int
    counts: Mapping[str, int]

    def of(self, *states: str) -> int:
        """How many are in any of these states."""
        return sum(self.counts.get(state, 0) for state in states)

    @property
    def yes(self) -> int:
        """Accepted, whether or not it has taken place."""
        return self.of(Status.ACCEPTED, Status.ATTENDED, Status.ABSENT)

    @property
    def no(self) -> int:
        """Declined or withdrawn by a person."""
        return self.of(Status.DECLINED, Status.WITHDRAWN)

    @property
    def open(self) -> int:
        """Not answered yet."""
        return self.planned - self.yes - self.no


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Weighted levels the plan closes by its end: as planned, ``sure`` (attended), and the range that is likely."""

    planned: float
    sure: float
    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat:
    """An initiative's need that the plan met, or nearly, and that declines now put at risk."""

    initiative: str
    skill: str
    level: float
    period: int
    people: int
    planned: int
    now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Thin:
    """A session that begins soon, and how few of its planned places are accepted."""

    session: Session
    planned: int
    accepted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """A plan and what has become of it.

    ``stages`` by period; ``late`` answers; ``raised`` levels the plan raises, ``assessed`` of them since, ``reached``
    of these where it said; ``threats`` with what is missing most first; ``thin`` sessions by day.
    """

    whole: Stage
    stages: tuple[Stage, ...]
    late: int
    forecast: Forecast
    raised: int
    assessed: int
    reached: int
    threats: tuple[Threat, ...]
    thin: tuple[Thin, ...]

    @property
    def answered(self) -> float:
        """The share of places somebody has answered."""
        return 1 - self.whole.open / self.whole.planned if self.whole.planned else 1.0


def following(plan: Plan, *, on: date) -> Following:
    """See what has become of an adopted plan by that day."""
    frozen = solved(plan)
    rows = _states(plan)
    period = frozen.outcome.problem.catalogue.session_period[frozen.outcome.plan.session]
    states = [rows.get(row, "") for row in range(len(period))]
    stages = [_stage(number, period == number, states) for number in np.unique(period).tolist()]
    reached = _reached(plan, frozen)
    return Following(
        whole=_stage(0, np.ones(len(period), dtype=np.bool_), states),
        stages=tuple(stages),
        late=Enrolment.objects.all().late(on).count(),
        forecast=_forecast(frozen, states),
        raised=reached[0],
        assessed=reached[1],
        reached=reached[2],
        threats=_threats(frozen, states),
        thin=_thin(plan, states, on=on),
    )


def _states(plan: Plan) -> dict[int, str]:
    """What has become of each assignment, by its row; those that nobody was asked about are left out."""
    asked = Enrolment.objects.filter(person=OuterRef("person"), session=OuterRef("session")).values("status")[:1]
    found = Assignment.objects.filter(plan=plan).order_by().annotate(state=Subquery(asked))
    return {row: state for row, state in found.values_list("row", "state") if state}


def _stage(period: int, inside: NDArray[np.bool_], states: list[str]) -> Stage:
    counts = Counter(states[row] for row in np.flatnonzero(inside).tolist())
    return Stage(period=period, planned=int(inside.sum()), counts=counts)


def _forecast(frozen: Frozen, states: list[str]) -> Forecast:
    """What closes if those who have not answered answer as the others did, and those who accepted come as others came.

    The range is that of the two shares (Wilson); where nobody has answered or come yet, anything is possible.
    """
    explanation, places = frozen.outcome.explanation, len(states)
    value = np.bincount(explanation.gain_of, weights=explanation.gain_value, minlength=places)
    of = {state: float(value[[at for at, one in enumerate(states) if one == state]].sum()) for state in set(states)}
    count = Counter(states)
    came = _share(count[Status.ATTENDED], count[Status.ATTENDED] + count[Status.ABSENT])
    said = count[Status.ACCEPTED] + count[Status.ATTENDED] + count[Status.ABSENT]
    yes = _share(said, said + count[Status.DECLINED] + count[Status.WITHDRAWN])
    sure, accepted = of.get(Status.ATTENDED, 0.0), of.get(Status.ACCEPTED, 0.0)
    waits = sum(amount for state, amount in of.items() if state in {"", Status.PROPOSED, Status.WAITING})
    ends = [sure + accepted * came[end] + waits * yes[end] * came[end] for end in range(3)]
    return Forecast(planned=float(value.sum()), sure=sure, low=ends[0], likely=ends[1], high=ends[2])


def _share(yes: int, of: int) -> tuple[float, float, float]:
    """A share with its range: the lowest, the likely and the highest; everything while nothing is known."""
    if not of:
        return 0.0, 1.0, 1.0
    low, high = reliability.wilson(yes, of, level=LIKELY)
    return float(low), yes / of, float(high)


def _reached(plan: Plan, frozen: Frozen) -> tuple[int, int, int]:
    """How many levels the plan raises, how many of them were assessed since it was solved, and reached."""
    explanation, outcome = frozen.outcome.explanation, frozen.outcome
    person = frozen.people[outcome.plan.person[explanation.gain_of]]
    codes = [skill.skill_id for skill in outcome.sector.skills]
    target: dict[tuple[int, str], float] = {}
    rows = zip(person.tolist(), explanation.gain_skill.tolist(), explanation.gain_after.tolist(), strict=True)
    for pk, skill, after in rows:
        key = (pk, codes[skill])
        target[key] = max(after, target.get(key, 0.0))
    since = plan.solved_at.date() if plan.solved_at else date.max
    known = Level.objects.filter(assessed_on__gt=since).values_list("person", "skill__code", "level")
    now = {(pk, code): level for pk, code, level in known if (pk, code) in target}
    return len(target), len(now), sum(level >= target[key] for key, level in now.items())


def _threats(frozen: Frozen, states: list[str]) -> tuple[Threat, ...]:
    """Needs that will have fewer people than planned, since somebody said no or did not come."""
    outcome = frozen.outcome
    sector, explanation, needs = outcome.sector, outcome.explanation, outcome.sector.initiative_skills
    lost = Counter(
        need
        for at, need in zip(explanation.serves_of.tolist(), explanation.serves.tolist(), strict=True)
        if states[at] in GONE
    )
    titles = {row.initiative_id: row.title for row in sector.initiatives}
    names = {row.skill_id: row.name for row in sector.skills}
    found = [
        Threat(
            initiative=titles[needs[need].initiative_id],
            skill=names[needs[need].skill_id],
            level=needs[need].level,
            period=needs[need].by_period,
            people=needs[need].people,
            planned=int(outcome.plan.holders_after[need]),
            now=int(outcome.plan.holders_after[need]) - gone,
        )
        for need, gone in lost.items()
    ]
    short = [one for one in found if one.now < one.people]
    return tuple(sorted(short, key=lambda one: (one.period, one.now - one.people, one.initiative)))


def _thin(plan: Plan, states: list[str], *, on: date) -> tuple[Thin, ...]:
    """Sessions that begin soon and of whose planned places less than half are accepted."""
    coming = Session.objects.filter(starts_on__gte=on, starts_on__lte=on + SOON).select_related("course")
    sessions = {session.pk: session for session in coming}
    rows = Assignment.objects.filter(plan=plan, session__in=sessions).order_by("row").values_list("session", "row")
    planned: Counter[int] = Counter()
    accepted: Counter[int] = Counter()
    for session, row in rows:
        planned[session] += 1
        accepted[session] += states[row] in {Status.ACCEPTED, Status.ATTENDED}
    thin = [
        Thin(session=sessions[pk], planned=places, accepted=accepted[pk])
        for pk, places in planned.items()
        if accepted[pk] < FEW * places
    ]
    return tuple(sorted(thin, key=lambda one: (one.session.starts_on or date.max, one.session.pk)))
