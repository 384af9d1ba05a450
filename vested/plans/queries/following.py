"""An adopted plan beside what has happened since: answers, attendance, levels, and what that makes likely."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from django.db.models import OuterRef, QuerySet, Subquery
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
STATES = ("", *Status.values)  # each place's is kept as its number here; the first: nobody was asked
NUMBER = {state: number for number, state in enumerate(STATES)}

Ints = NDArray[np.int64]


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

    ``on`` which day; ``stages`` by period; ``raised`` levels the plan raises, ``assessed`` of them since, ``reached``
    of these where it said; ``threats`` with what is missing most first; of the sessions ``coming`` within three weeks
    the ``thin`` ones by day.
    """

    on: date
    whole: Stage
    stages: tuple[Stage, ...]
    forecast: Forecast
    raised: int
    assessed: int
    reached: int
    threats: tuple[Threat, ...]
    thin: tuple[Thin, ...]
    coming: int

    @property
    def late(self) -> int:
        """How many answers are late; counted anew each time."""
        return Enrolment.objects.all().late(self.on).count()

    @property
    def answered(self) -> float:
        """The share of places somebody has answered."""
        return 1 - self.whole.open / self.whole.planned if self.whole.planned else 1.0


def following(plan: Plan, *, on: date) -> Following:
    """See what has become of an adopted plan by that day."""
    frozen = solved(plan)
    period = frozen.outcome.problem.catalogue.session_period[frozen.outcome.plan.session]
    states = _states(plan, len(period))
    stages = [_stage(number, states[period == number]) for number in np.unique(period).tolist()]
    reached = _reached(plan, frozen)
    coming = list(begin_soon(on).select_related("course"))
    return Following(
        on=on,
        whole=_stage(0, states),
        stages=tuple(stages),
        forecast=_forecast(frozen, states),
        raised=reached[0],
        assessed=reached[1],
        reached=reached[2],
        threats=_threats(frozen, states),
        thin=_thin(frozen, states, coming),
        coming=len(coming),
    )


def _states(plan: Plan, places: int) -> Ints:
    """What has become of each place, as its number in STATES."""
    asked = Enrolment.objects.filter(person=OuterRef("person"), session=OuterRef("session")).values("status")[:1]
    found = Assignment.objects.filter(plan=plan).order_by().annotate(state=Subquery(asked)).values_list("row", "state")
    states = np.zeros(places, dtype=np.int64)
    rows = np.array([(row, NUMBER[state or ""]) for row, state in found], dtype=np.int64).reshape(-1, 2)
    states[rows[:, 0]] = rows[:, 1]
    return states


def _stage(period: int, states: Ints) -> Stage:
    counts = np.bincount(states, minlength=len(STATES)).tolist()
    return Stage(period=period, planned=len(states), counts=dict(zip(STATES, counts, strict=True)))


def _among(states: Ints, *named: str) -> NDArray[np.bool_]:
    """Which places are in any of these states."""
    return np.isin(states, [NUMBER[state] for state in named])


def _forecast(frozen: Frozen, states: Ints) -> Forecast:
    """What closes if those who have not answered answer as the others did, and those who accepted come as others came.

    The range is that of the two shares (Wilson); where nobody has answered or come yet, anything is possible.
    """
    explanation, places = frozen.outcome.explanation, len(states)
    value = np.bincount(explanation.gain_of, weights=explanation.gain_value, minlength=places)
    of = dict(zip(STATES, np.bincount(states, weights=value, minlength=len(STATES)).tolist(), strict=True))
    count = _stage(0, states).counts
    came = _share(count[Status.ATTENDED], count[Status.ATTENDED] + count[Status.ABSENT])
    said = count[Status.ACCEPTED] + count[Status.ATTENDED] + count[Status.ABSENT]
    yes = _share(said, said + count[Status.DECLINED] + count[Status.WITHDRAWN])
    sure, accepted = of[Status.ATTENDED], of[Status.ACCEPTED]
    waits = of[""] + of[Status.PROPOSED] + of[Status.WAITING]
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
    target = _targets(frozen)
    since = plan.solved_at.date() if plan.solved_at else date.max
    known = Level.objects.filter(assessed_on__gt=since).values_list("person", "skill__code", "level")
    now = {(pk, code): level for pk, code, level in known if (pk, code) in target}
    return len(target), len(now), sum(level >= target[key] for key, level in now.items())


@lru_cache(maxsize=4)  # as of plans
def _targets(frozen: Frozen) -> dict[tuple[int, str], float]:
    """Where the plan takes each person (an id) in each skill (a code) it raises."""
    outcome, explanation = frozen.outcome, frozen.outcome.explanation
    person = frozen.people[outcome.plan.person[explanation.gain_of]]
    codes = [skill.skill_id for skill in outcome.sector.skills]
    target: dict[tuple[int, str], float] = {}
    rows = zip(person.tolist(), explanation.gain_skill.tolist(), explanation.gain_after.tolist(), strict=True)
    for pk, skill, after in rows:
        key = (pk, codes[skill])
        target[key] = max(after, target.get(key, 0.0))
    return target


def _threats(frozen: Frozen, states: Ints) -> tuple[Threat, ...]:
    """Needs that will have fewer people than planned, since somebody said no or did not come."""
    outcome = frozen.outcome
    sector, explanation, needs = outcome.sector, outcome.explanation, outcome.sector.initiative_skills
    lost = Counter(explanation.serves[_among(states, *GONE)[explanation.serves_of]].tolist())
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


def begin_soon(on: date) -> QuerySet[Session]:
    """Sessions that begin within three weeks."""
    return Session.objects.filter(starts_on__gte=on, starts_on__lte=on + SOON)


def _thin(frozen: Frozen, states: Ints, coming: Iterable[Session]) -> tuple[Thin, ...]:
    """Those of the sessions that begin soon of whose planned places less than half are accepted."""
    held, place = np.unique(frozen.sessions[frozen.outcome.plan.session], return_inverse=True)
    planned = dict(zip(held.tolist(), np.bincount(place).tolist(), strict=True))
    yes = np.bincount(place, weights=_among(states, Status.ACCEPTED, Status.ATTENDED), minlength=len(held))
    accepted = dict(zip(held.tolist(), yes.astype(int).tolist(), strict=True))
    thin = [
        Thin(session=session, planned=planned[session.pk], accepted=accepted[session.pk])
        for session in coming
        if session.pk in planned and accepted[session.pk] < FEW * planned[session.pk]
    ]
    return tuple(sorted(thin, key=lambda one: (one.session.starts_on or date.max, one.session.pk)))
