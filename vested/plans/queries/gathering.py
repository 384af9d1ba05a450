"""A sector as its rows are now, and as a scenario asks for it, ready to be planned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from vested.academy import models as academy
from vested.core.errors import Invalid
from vested.core.models import Event, Membership, Unit
from vested.core.viewer import Viewer
from vested.formats import sector_folder as folder
from vested.plans.asked import Asked
from vested.plans.problem import ALL_ROLES
from vested.plans.queries.undertaking import Undertaken, undertaken
from vested.portfolio.models import Initiative
from vested.skills import models as skills

Ints = NDArray[np.int64]
KEPT = (academy.Enrolment.Status.ACCEPTED, academy.Enrolment.Status.ATTENDED)  # what people have said yes to


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Gathered:
    """A sector to plan, with the database's ids of its rows, and the last line of history it takes account of.

    ``first`` is the day the first quarter of its roadmap begins on, None where it has none.
    """

    sector: folder.Sector
    people: Ints
    sessions: Ints
    units: Ints
    seen: int
    first: date | None = None


def gathered(viewer: Viewer, asked: Asked, *, on: date) -> Gathered:
    """Read the viewer's sector as a scenario asks for it, sessions before the day left out.

    Raises Invalid, with what is missing, where there is nothing to plan.
    """
    seen = Event.objects.order_by("-number").values_list("number", flat=True).first() or 0
    units = list(
        Unit.objects.filter(ended_on=None).order_by("path").values_list("pk", "code", "name", "kind", "parent")
    )
    code_of = {pk: code for pk, code, *_rest in units}
    learners = _learners(asked)
    if not learners:
        raise Invalid(_("Nobody holds a post in a unit, so there is nobody to plan for. Bring the sector's files."))
    courses = list(academy.Course.objects.all().visible_to(viewer).order_by("pk").prefetch_related("provider"))
    answers = _answers(learners, keep=asked.keep)
    sessions = _sessions(asked, on=on, kept={session for _person, session, status in answers if status in KEPT})
    if not sessions:
        raise Invalid(_("No session is held from today on, so nothing can be planned. Bring the sessions to come."))
    place = {pk: number for number, (pk, *_rest) in enumerate(learners)}
    known = list(skills.Skill.objects.all().visible_to(viewer).order_by("pk"))
    roles = list(skills.Role.objects.filter(ended_on=None).order_by("pk").select_related("family"))
    role_of = {role.pk: role.code for role in roles}
    skill_of = {skill.pk: skill.code for skill in known}
    course_of = {course.pk: course.code for course in courses}
    session_of = {pk: code for pk, code, *_rest in sessions}
    person_of = {pk: code for pk, code, *_rest in learners}
    last = max(period for *_rest, period, _starts, _seats in sessions)
    road = undertaken(viewer, asked, on=on)
    levels = _levels(place, {pk: number for number, pk in enumerate(skill_of)})
    sector = folder.Sector(
        settings=folder.Settings(
            periods=asked.periods or last,
            currency=viewer.sector.currency,
            fairness=asked.fairness,
            max_level=max(8.0, float(levels.level.max(initial=0.0))),
            seed=asked.seed,
            **(road.settings if road else {}),
        ),
        units=tuple(
            folder.Unit(unit_id=code, name=name, kind=folder.UnitKind(kind), parent_id=code_of.get(parent or 0))
            for _pk, code, name, kind, parent in units
        ),
        staff=tuple(
            folder.Person(
                person_id=code,
                name=name,
                unit_id=code_of[unit],
                role_id=role_of[role],
                hours=hours or 0.0,
                grade=grade,
                languages=tuple(languages or ()),
            )
            for _pk, code, name, unit, grade, role, hours, languages in learners
        ),
        skills=tuple(folder.Skill(skill_id=skill.code, name=skill.name, area=skill.area) for skill in known),
        roles=tuple(_role(role, asked) for role in roles),
        role_requirements=tuple(
            folder.Requirement(role_id=role_of[role], skill_id=skill_of[skill], level=level, weight=weight)
            for role, skill, level, weight in skills.Requirement.objects.order_by("pk").values_list(
                "role", "skill", "level", "weight"
            )
        ),
        levels=levels,
        courses=_courses(courses, role_of, asked),
        course_outcomes=tuple(
            folder.Outcome(course_id=course_of[course], skill_id=skill_of[skill], from_level=start, to_level=end)
            for course, skill, start, end in academy.Outcome.objects.order_by("pk").values_list(
                "course", "skill", "from_level", "to_level"
            )
            if course in course_of
        ),
        sessions=tuple(
            folder.Session(session_id=code, course_id=course_of[course], period=period, starts_on=starts, seats=seats)
            for _pk, code, course, period, starts, seats in sessions
        ),
        completions=tuple(
            folder.Completion(person_id=person_of[person], course_id=course_of[course])
            for person, course, session in academy.Completion.objects.order_by("pk").values_list(
                "person", "course", "session"
            )
            if person in place and course in course_of and session not in session_of
        ),
        wishes=tuple(
            folder.Wish(person_id=person_of[person], course_id=course_of[course], weight=weight)
            for person, course, weight in academy.Wish.objects.order_by("pk").values_list("person", "course", "weight")
            if person in place and course in course_of
        ),
        fixed=tuple(
            folder.Fixed(
                person_id=person_of[person],
                session_id=session_of[session],
                status=folder.FixedStatus.ACCEPTED if status in KEPT else folder.FixedStatus.DECLINED,
            )
            for person, session, status in answers
            if session in session_of
        ),
        **_needs(asked, road, code_of=code_of, skill_of=skill_of),
        budgets=_budgets(asked, code_of),
        **(road.tables if road else {}),
    )
    return Gathered(
        sector=sector,
        people=_ids(pk for pk, *_rest in learners),
        sessions=_ids(pk for pk, *_rest in sessions),
        units=_ids(pk for pk, *_rest in units),
        seen=seen,
        first=road.first if road else None,
    )


def _learners(asked: Asked) -> list[tuple[Any, ...]]:
    """Everybody who holds a post in a unit that is not left out."""
    out = Unit.objects.filter(code__in=asked.without_units).values_list("path", flat=True)
    rows = Membership.objects.filter(until=None, unit__ended_on=None)
    for path in out:
        rows = rows.exclude(unit__path__startswith=path)
    role_of = dict(skills.Post.objects.filter(until=None).values_list("person", "role"))
    learns = {
        person: (hours, languages)
        for person, hours, languages in academy.Learner.objects.values_list("person", "hours", "languages")
    }
    found = rows.order_by("person").values_list("person", "person__code", "person__name", "unit", "grade")
    return [(*row, role_of[row[0]], *learns.get(row[0], (0.0, ()))) for row in found if row[0] in role_of]


def _answers(learners: list[tuple[Any, ...]], *, keep: bool) -> list[tuple[int, int, str]]:
    """What people have answered; what they said no to counts always, and so does what they have attended."""
    there = {pk for pk, *_rest in learners}
    rows = academy.Enrolment.objects.all().answered().order_by("pk").values_list("person", "session", "status")
    dropped = () if keep else (academy.Enrolment.Status.ACCEPTED,)
    return [row for row in rows if row[0] in there and row[2] not in dropped]


def _sessions(asked: Asked, *, on: date, kept: set[int]) -> list[tuple[Any, ...]]:
    """Sessions to come within the periods, of courses that are not left out, and those somebody has accepted."""
    wanted = Q(starts_on=None) | Q(starts_on__gte=on)
    if asked.periods:
        wanted &= Q(period__lte=asked.periods)
    wanted &= ~Q(course__code__in=asked.without_courses)
    rows: QuerySet[academy.Session] = academy.Session.objects.order_by("pk")
    found = rows.values_list("pk", "code", "course", "period", "starts_on", "seats")
    coming = set(rows.filter(wanted).values_list("pk", flat=True))
    return [row for row in found if row[0] in coming or row[0] in kept]


def _role(role: skills.Role, asked: Asked) -> folder.Role:
    family = role.family.name if role.family else ""
    weight = role.weight * asked.families.get(family, 1.0)
    return folder.Role(role_id=role.code, name=role.name, job_family=family, weight=weight)


def _courses(courses: list[academy.Course], role_of: dict[int, str], asked: Asked) -> tuple[folder.Course, ...]:
    must: dict[int, list[str]] = {}
    if asked.compulsory:
        for course, role in academy.Compulsory.objects.order_by("pk").values_list("course", "role"):
            must.setdefault(course, []).append(role_of[role] if role else ALL_ROLES)
    code_of = {course.pk: course.code for course in courses}
    return tuple(
        folder.Course(
            course_id=course.code,
            title=course.title,
            hours=course.hours,
            cost=float(course.cost),
            provider=course.provider.name if course.provider else "",
            mode=folder.Mode(course.mode) if course.mode else None,
            language=course.language,
            prerequisite_id=code_of.get(course.prerequisite_id) if course.prerequisite_id else None,
            compulsory_for=(ALL_ROLES,) if ALL_ROLES in must.get(course.pk, ()) else tuple(must.get(course.pk, ())),
            url=course.url,
        )
        for course in courses
    )


def _needs(
    asked: Asked, road: Undertaken | None, *, code_of: dict[int, str], skill_of: dict[int, str]
) -> dict[str, Any]:
    """Initiatives that are not left out, and the people they need: of those of the roadmap, counted from their start.

    One in delivery is not left out of the roadmap, whatever is asked; a closed one needs nobody.
    """
    told, shifts = (road.rows, road.shifts) if road else ({}, {})
    closed = set(Initiative.objects.exclude(closed_on=None).values_list("source_id", flat=True))
    out = {code for code, weight in asked.initiatives.items() if weight <= 0}
    every = skills.Source.objects.order_by("pk")
    sources = [row for row in every if row.code in told or not (row.pk in closed or row.code in out)]
    codes = {source.pk: source.code for source in sources}
    rows = skills.Demand.objects.filter(Q(unit=None) | Q(unit__ended_on=None)).order_by("pk")
    return {
        "initiatives": tuple(
            told.get(row.code) or folder.Initiative(initiative_id=row.code, title=row.title) for row in sources
        ),
        "initiative_skills": tuple(
            folder.InitiativeSkill(
                initiative_id=codes[row.source_id],
                skill_id=skill_of[row.skill_id],
                level=row.level,
                people=row.people,
                by_period=max(1, row.by_period + shifts.get(codes[row.source_id], 0)),
                unit_id=code_of[row.unit_id] if row.unit_id else None,
                weight=row.weight * asked.initiatives.get(codes[row.source_id], 1.0),
            )
            for row in rows
            if row.source_id in codes and codes[row.source_id] not in out
        ),
    }


def _budgets(asked: Asked, code_of: dict[int, str]) -> tuple[folder.Budget, ...]:
    """The budgets there are, those the scenario gives another amount, and all of them times its factor."""
    amounts = {
        code_of[unit] if unit else "": float(amount)
        for unit, amount in academy.Budget.objects.order_by("pk").values_list("unit", "amount")
        if not unit or unit in code_of
    }
    amounts |= {code: amount for code, amount in asked.budgets.items() if not code or code in code_of.values()}
    return tuple(folder.Budget(amount=amount * asked.money, unit_id=code or None) for code, amount in amounts.items())


def _levels(person_at: dict[int, int], skill_at: dict[int, int]) -> folder.Levels:
    """The levels of those people, column by column."""
    rows = skills.Level.objects.order_by("person", "skill").values_list(
        "person", "skill", "level", "error", "source", "assessed_on"
    )
    sources: dict[str, int] = {"": 0}
    days: dict[date, int] = {}
    kind = np.dtype(
        [("person", "i4"), ("skill", "i4"), ("level", "f8"), ("error", "f8"), ("source", "i4"), ("day", "i4")]
    )

    def plain() -> Iterable[tuple[int, int, float, float, int, int]]:
        for person, skill, level, error, source, day in rows.iterator(chunk_size=20_000):
            if person not in person_at:
                continue
            if day and day not in days:
                days[day] = day.toordinal()  # few distinct days among many levels
            yield (
                person_at[person],
                skill_at[skill],
                level,
                np.nan if error is None else error,
                sources.setdefault(source, len(sources)),
                days[day] if day else 0,
            )

    table = np.fromiter(plain(), dtype=kind)
    return folder.Levels(
        person=table["person"].copy(),
        skill=table["skill"].copy(),
        level=table["level"].copy(),
        error=table["error"].copy(),
        source=table["source"].copy(),
        assessed_on=table["day"].copy(),
        sources=tuple(sources),
    )


def _ids(pks: Iterable[int]) -> Ints:
    return np.fromiter(pks, dtype=np.int64)
