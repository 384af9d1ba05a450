"""Questions about enrolments: one's own, a team's, and all that somebody may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, FilteredRelation, Q, QuerySet

from vested.academy.models import Completion, Course, Enrolment, Objection, Wish
from vested.core.models import Person
from vested.core.permissions import Permission
from vested.core.queries import works_in
from vested.core.viewer import Viewer

Status = Enrolment.Status
OVER = (Status.DECLINED, Status.WITHDRAWN, Status.ATTENDED, Status.ABSENT)


def enrolments_listed(viewer: Viewer) -> QuerySet[Enrolment]:
    """Enrolments with their person, session and course, and the unit the person works in now (``unit_name``)."""
    now = FilteredRelation("person__memberships", condition=Q(person__memberships__until=None))
    rows = Enrolment.objects.all().visible_to(viewer).annotate(now=now)
    words = {"unit_name": F("now__unit__name"), "unit_find": F("now__unit__find"), "unit_path": F("now__unit__path")}
    return rows.annotate(**words).select_related("person", "session__course")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """One's own enrolments by what is to be done about them, and one's wishes, completions and objections."""

    proposed: Sequence[Enrolment]
    accepted: Sequence[Enrolment]
    waiting: Sequence[Enrolment]
    over: Sequence[Enrolment]
    wishes: Sequence[Wish]
    completions: Sequence[Completion]
    objections: Sequence[Objection]


def mine(person: Person) -> Mine:
    """All of a person's own, the first due first."""
    rows = list(Enrolment.objects.filter(person=person).select_related("session__course").order_by("pk"))

    def soon(one: Enrolment) -> tuple[bool, date, int]:
        day = one.session.starts_on
        return day is None, day or date.max, one.session.period

    def of(*states: str) -> list[Enrolment]:
        return [one for one in rows if one.status in states]

    wishes = Wish.objects.filter(person=person).select_related("course").order_by("course__find", "pk")
    done = Completion.objects.filter(person=person).select_related("course").order_by("-completed_on", "pk")
    objections = Objection.objects.filter(person=person).select_related("course").order_by("-raised_at", "-pk")
    return Mine(
        proposed=sorted(of(Status.PROPOSED), key=lambda one: (one.answer_by or date.max, one.pk)),
        accepted=sorted(of(Status.ACCEPTED), key=soon),
        waiting=of(Status.WAITING),
        over=sorted(of(*OVER), key=lambda one: (one.answered_at is None, one.pk), reverse=True),
        wishes=list(wishes),
        completions=list(done),
        objections=list(objections),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a person stands to a course: enrolments in its sessions, a wish, a completion."""

    enrolments: Sequence[Enrolment]
    wish: Wish | None
    completion: Completion | None

    @property
    def going(self) -> bool:
        """Whether a session is proposed, accepted or waited for."""
        return any(one.status not in OVER for one in self.enrolments)


def standing(person: Person, course: Course) -> Standing:
    """How a person stands to a course."""
    rows = Enrolment.objects.filter(person=person, session__course=course).select_related("session")
    return Standing(
        enrolments=list(rows.order_by("session__period", "session__starts_on", "pk")),
        wish=Wish.objects.filter(person=person, course=course).first(),
        completion=Completion.objects.filter(person=person, course=course).first(),
    )


def may_answer(viewer: Viewer, person: Person) -> bool:
    """Whether the viewer answers for the person: oneself, or who may change enrolments where the person works."""
    if viewer.person and viewer.person.pk == person.pk:
        return True
    return viewer.may(Permission.ENROLMENT_CHANGE, on=works_in(person))
