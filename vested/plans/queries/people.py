"""Questions about the people of a plan: who learns what, and everything a plan says about one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import Count, F, FilteredRelation, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from vested.core.models import Person
from vested.core.viewer import Viewer
from vested.engines.training import Problem
from vested.formats.sector_folder import Person as Learner
from vested.plans.models import Assignment, Plan
from vested.plans.outcome import Outcome
from vested.plans.queries.solved import solved
from vested.plans.reasons import Unmet, reasons_of, unmet_by

Z = 1.645  # standard errors to either side, within which nine of ten true levels lie


def assignments_listed(viewer: Viewer, plan: Plan) -> QuerySet[Assignment]:
    """A plan's assignments with person, session and course, and the unit the person works in now (``unit_name``)."""
    now = FilteredRelation("person__memberships", condition=Q(person__memberships__until=None))
    rows = Assignment.objects.all().visible_to(viewer).filter(plan=plan).annotate(now=now)
    words = {"unit_name": F("now__unit__name"), "unit_find": F("now__unit__find"), "unit_path": F("now__unit__path")}
    return rows.annotate(**words).select_related("person", "session__course")


def followed_for(person: Person) -> tuple[Plan, int] | None:
    """The plan the sector follows, and how many sessions it gives the person; None while none is followed."""
    given = Count("assignments", filter=Q(assignments__person=person))
    plan = Plan.objects.light().filter(state=Plan.State.ADOPTED).annotate(given=given).first()
    return (plan, plan.given) if plan else None  # type: ignore[attr-defined]  # as annotated


def found_of(viewer: Viewer, plan: int, person: int) -> tuple[Plan, Person]:
    """A solved plan and a person of it; 404 unless both exist for the viewer.

    Who may not see plans sees of the plan that is followed what it says of themselves.
    """
    who = get_object_or_404(Person.objects.all().visible_to(viewer), pk=person)
    rows = Plan.objects.all().light().select_related("scenario")
    found = rows.visible_to(viewer).filter(pk=plan).first()
    if found is None and viewer.person is not None and viewer.person.pk == who.pk:
        found = rows.filter(pk=plan, state=Plan.State.ADOPTED).first()
    if found is None or not found.ready:
        raise Http404
    return found, who


def people_in(plan: Plan) -> list[int]:
    """The people a plan was computed from; who was erased since has no key."""
    return [pk for pk in solved(plan).people.tolist() if pk > 0]


def place_of(plan: Plan, person: int) -> int | None:
    """A person's row in what a plan was computed from; None where nothing was planned for them."""
    rows = np.flatnonzero(solved(plan).people == person)
    return int(rows[0]) if len(rows) else None


def reason_of(plan: Plan, assignment: Assignment) -> str:
    """Why a plan gives somebody a session."""
    return next(reasons_of(solved(plan).outcome, [assignment.row]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A skill of a person: the level the plan started from, and the level it leads to if all is learnt.

    ``error`` is the level's standard error, None where not stated; ``known`` says whether there is a level at all,
    ``source`` and ``on`` where from and when. The role asks for ``asked`` (0: nothing); ``needs`` are initiatives that
    ask more people of the person's unit for the skill: title, level and period.
    """

    skill: str
    level: float
    after: float
    known: bool
    error: float | None
    source: str
    on: date | None
    asked: float
    needs: tuple[tuple[str, float, int], ...]

    @property
    def concerns(self) -> bool:
        """Whether the role asks for it, a course raises it, or the person knows something of it already."""
        return self.asked > 0 or self.after > self.level or self.known

    @property
    def low(self) -> float:
        """The lower end of where the level lies nine times of ten."""
        return max(self.level - Z * (self.error or 0.0), 0.0)

    @property
    def high(self) -> float:
        """The upper end."""
        return self.level + Z * (self.error or 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A session the plan gives a person, and why."""

    title: str
    session: str
    period: int
    starts: date | None
    hours: float
    cost: float
    compulsory: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything a plan says of a person; ``courses`` are those not given, as (code, title), to ask about."""

    learner: Learner
    role: str
    hours: float
    steps: tuple[Step, ...]
    taken: tuple[Taken, ...]
    unmet: tuple[Unmet, ...]
    courses: tuple[tuple[str, str], ...]


def told_of(plan: Plan, place: int) -> Told:
    """What a plan says of the person in a row of it."""
    outcome = solved(plan).outcome
    sector, chosen = outcome.sector, outcome.plan
    learner = sector.staff[place]
    rows = np.flatnonzero(chosen.person == place)
    course_at = {course.course_id: row for row, course in enumerate(sector.courses)}
    mine = [sector.sessions[row] for row in chosen.session[rows]]
    given = [course_at[one.course_id] for one in mine]
    taken = tuple(
        Taken(
            title=sector.courses[course].title,
            session=one.session_id,
            period=one.period,
            starts=one.starts_on,
            hours=sector.courses[course].hours,
            cost=sector.courses[course].cost,
            compulsory=bool(outcome.explanation.compulsory[row]),
            reason=reason,
        )
        for one, course, row, reason in zip(mine, given, rows, reasons_of(outcome, rows.tolist()), strict=True)
    )
    done = outcome.problem.people.completed
    over = {*given, *done[done[:, 0] == place, 1].tolist()}
    left = ((course.course_id, course.title) for row, course in enumerate(sector.courses) if row not in over)
    return Told(
        learner=learner,
        role=sector.roles[outcome.problem.people.role[place]].name,
        hours=sum(one.hours for one in taken),
        steps=tuple(_steps(outcome, place, given)),
        taken=taken,
        unmet=tuple(unmet_by(outcome, place)),
        courses=tuple(sorted(left, key=lambda pair: pair[1].casefold())),
    )


def _steps(outcome: Outcome, place: int, given: list[int]) -> Iterator[Step]:
    """The skills a role or an initiative asks for, and those a course raises: what is asked and short first."""
    sector, problem = outcome.sector, outcome.problem
    now = problem.people.levels[place]
    after = now.copy()
    teaches = np.isin(problem.catalogue.outcome_course, given)
    np.maximum.at(after, problem.catalogue.outcome_skill[teaches], problem.catalogue.outcome_to[teaches])
    asked = problem.roles.required[problem.people.role[place]]
    needs = _needs(problem, place)
    known = sector.levels
    rows = {int(known.skill[row]): int(row) for row in np.flatnonzero(known.person == place)}
    titles = {one.initiative_id: one.title for one in sector.initiatives}
    shown = np.flatnonzero((asked > 0) | (after > now) | np.isin(np.arange(len(now)), list(needs)))
    for skill in sorted(shown.tolist(), key=lambda s: (asked[s] <= now[s], now[s] - asked[s], s)):
        row = rows.get(skill)
        error = float(known.error[row]) if row is not None and np.isfinite(known.error[row]) else None
        day = int(known.assessed_on[row]) if row is not None else 0
        yield Step(
            skill=sector.skills[skill].name,
            level=float(now[skill]),
            after=float(after[skill]),
            known=row is not None,
            error=error,
            source=known.sources[known.source[row]] if row is not None else "",
            on=date.fromordinal(day) if day else None,
            asked=float(asked[skill]),
            needs=tuple(
                (titles[need.initiative_id], need.level, need.by_period)
                for need in (sector.initiative_skills[k] for k in needs.get(skill, ()))
            ),
        )


def _needs(problem: Problem, place: int) -> dict[int, list[int]]:
    """The needs of initiatives that the person could meet, by skill: those of the units above, and of everybody."""
    above, at = {-1}, int(problem.people.unit[place])
    while at >= 0:
        above.add(at)
        at = int(problem.limits.unit_parent[at])
    found: dict[int, list[int]] = {}
    for need in np.flatnonzero(np.isin(problem.needs.unit, list(above))).tolist():
        found.setdefault(int(problem.needs.skill[need]), []).append(need)
    return found
