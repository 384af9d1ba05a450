"""Questions that the academy's pages ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Func, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from vested.academy.models import (
    Budget,
    Completion,
    Compulsory,
    Course,
    Enrolment,
    Learner,
    Outcome,
    Provider,
    Session,
    Wish,
)
from vested.core.models import Person, Sector, Unit
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.skills.models import Level, Post, Role, Skill


def courses_listed(viewer: Viewer) -> QuerySet[Course]:
    """Courses with how many times each is ``held``, and its ``seats`` in all (None: a session has no limit)."""
    rows = Session.objects.filter(course=OuterRef("pk")).order_by().values("course")
    held = Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
    unlimited = Exists(Session.objects.filter(course=OuterRef("pk"), seats=None))
    seats = Subquery(rows.annotate(n=Sum("seats")).values("n"), output_field=IntegerField(null=True))
    found = Course.objects.all().visible_to(viewer).select_related("sector").prefetch_related("provider")
    return found.annotate(held=held, unlimited=unlimited, seats=seats)


def courses_named(viewer: Viewer, words: str, most: int) -> list[Course]:
    """Courses that the words find."""
    rows = Course.objects.all().visible_to(viewer).finding(words)
    return list(rows.prefetch_related("provider").order_by("find", "pk")[:most])


def sessions_listed(viewer: Viewer) -> QuerySet[Session]:
    """Sessions with their courses, and how many seats somebody holds in each (``taken``)."""
    held = Enrolment.objects.seated().filter(session=OuterRef("pk")).order_by().values("session")
    taken = Subquery(held.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return Session.objects.all().visible_to(viewer).select_related("course").annotate(taken=Coalesce(taken, 0))


def providers_listed(viewer: Viewer) -> QuerySet[Provider]:
    """Providers with how many courses each ``offers``."""
    rows = Course.objects.filter(provider=OuterRef("pk")).order_by().values("provider")
    offers = Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return Provider.objects.all().visible_to(viewer).annotate(offers=Coalesce(offers, 0))


def teaches(viewer: Viewer, course: Course) -> list[Outcome]:
    """What a course teaches, where it leads furthest first."""
    rows = Outcome.objects.all().visible_to(viewer).filter(course=course).select_related("skill")
    return list(rows.order_by("-to_level", "skill__find", "pk"))


def taught(viewer: Viewer, skill: Skill) -> list[Outcome]:
    """The courses that teach a skill, the one that leads furthest first."""
    rows = (
        Outcome.objects.all()
        .visible_to(viewer)
        .filter(skill=skill)
        .select_related("course")
        .prefetch_related("course__provider")
    )
    return list(rows.order_by("-to_level", "from_level", "course__find", "pk"))


def must_take(course: Course) -> tuple[bool, list[Role]]:
    """Whether everybody must have completed a course, and else the roles that must."""
    rows = list(Compulsory.objects.filter(course=course).select_related("role").order_by("role__find", "pk"))
    return any(row.role is None for row in rows), [row.role for row in rows if row.role]


def compulsory_for(viewer: Viewer, role: Role) -> list[Compulsory]:
    """The courses that everybody in a role must have completed; those for all have no ``role``."""
    rows = Compulsory.objects.all().visible_to(viewer).filter(Q(role=role) | Q(role=None)).select_related("course")
    return list(rows.order_by("course__find", "pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """What is known of a person's learning; ``missing`` are compulsory courses not completed."""

    learner: Learner | None
    completions: Sequence[Completion]
    wishes: Sequence[Wish]
    enrolments: Sequence[Enrolment]
    missing: Sequence[Course]


def learning(viewer: Viewer, person: Person) -> Learning:
    """What is known of the learning of a person; nothing where the viewer may not see them."""
    if not Person.objects.all().visible_to(viewer).filter(pk=person.pk).exists():  # once: in each question it is slow
        return Learning(learner=None, completions=[], wishes=[], enrolments=[], missing=[])
    completions = Completion.objects.filter(person=person).select_related("course")
    wishes = Wish.objects.filter(person=person).select_related("course")
    enrolments = Enrolment.objects.filter(person=person).select_related("session__course")
    return Learning(
        learner=Learner.objects.filter(person=person).first(),
        completions=list(completions.order_by("-completed_on", "course__find", "pk")),
        wishes=list(wishes.order_by("course__find", "pk")),
        enrolments=list(enrolments.order_by("session__period", "pk")),
        missing=list(missing(viewer, person).order_by("find", "pk")),
    )


def missing(viewer: Viewer, person: Person) -> QuerySet[Course]:
    """Compulsory courses that a person has not completed."""
    roles = Post.objects.filter(person=person, until=None).values("role")
    asked = Compulsory.objects.filter(Q(role=None) | Q(role__in=roles)).values("course")
    done = Completion.objects.filter(person=person).values("course")
    return Course.objects.all().visible_to(viewer).filter(pk__in=asked).exclude(pk__in=done)


def budget_of(viewer: Viewer, unit: Unit) -> Budget | None:
    """The training budget of a unit, where the viewer may see its figures."""
    if not viewer.may(Permission.FIGURES_SEE, on=unit):
        return None
    return Budget.objects.all().visible_to(viewer).filter(unit=unit).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """How much is known of a sector: counts, how many levels are ``undated``, and the first and last of their days.

    ``half`` is the day before which half of the dated ones were assessed.
    """

    people: int
    units: int
    roles: int
    skills: int
    levels: int
    courses: int
    undated: int
    oldest: date | None
    newest: date | None
    half: date | None


def known(viewer: Viewer) -> Known | None:
    """How much is known of the sector, for who may see the figures of all of it."""
    if not viewer.may(Permission.FIGURES_SEE):
        return None
    days = Level.objects.exclude(assessed_on=None).order_by("assessed_on").values_list("assessed_on", flat=True)
    counted: dict[str, QuerySet[Any, Any]] = {
        "people": Person.objects.filter(counterparty=None),
        "units": Unit.objects.filter(ended_on=None),
        "roles": Role.objects.filter(ended_on=None),
        "skills": Skill.objects.all(),
        "levels": Level.objects.all(),
        "courses": Course.objects.all(),
        "undated": Level.objects.filter(assessed_on=None),
    }
    here = Sector.objects.filter(pk=viewer.sector.pk).annotate(
        **{name: _counted(rows) for name, rows in counted.items()},
        oldest=Subquery(days[:1]),
        newest=Subquery(days.reverse()[:1]),
    )
    found = here.values(*counted, "oldest", "newest").get()
    dated = found["levels"] - found["undated"]  # counting those few is quicker than counting these many
    half = days[dated // 2] if dated else None
    return Known(half=half, **found)


def _counted(rows: QuerySet[Any, Any]) -> Subquery:
    """How many rows there are, as a part of another question; ``Count`` itself would group them."""
    return Subquery(rows.order_by().values(n=Func("pk", function="COUNT")), output_field=IntegerField())


def highest() -> float:
    """The highest level any course of the sector leads to: the end of every scale of what courses teach."""
    return Outcome.objects.aggregate(most=Max("to_level"))["most"] or 1.0
