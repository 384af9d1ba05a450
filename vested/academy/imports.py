"""The tables of a sector folder that the academy keeps."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vested.academy.models import (
    Budget,
    Completion,
    Compulsory,
    Course,
    Enrolment,
    Learner,
    Outcome,
    Session,
    Wish,
)
from vested.core.imports.kept import BATCH, gone, ids, kept
from vested.core.imports.tables import Key, Row, TableImport, register
from vested.core.models import Person
from vested.core.viewer import Viewer
from vested.formats import sector_folder
from vested.skills.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

ALL = "all"  # in place of role ids: everybody must take the course


def _own_courses() -> "QuerySet[Course]":
    """What a host shares is not the files' to change."""
    return Course.objects.filter(shared=False)


def _answered() -> "QuerySet[Enrolment]":
    """What was answered; but who attended what the files say is completed is told as that alone."""
    told = Completion.objects.filter(session=None, person=OuterRef("person"), course=OuterRef("session__course"))
    return Enrolment.objects.all().answered().exclude(Q(status=Enrolment.Status.ATTENDED) & Exists(told))


COURSES = kept(
    Course,
    "courses",
    label=_("Courses"),
    counted=lambda count: ngettext("%(count)s course", "%(count)s courses", count),
    keys={"course_id": "code"},
    columns={
        "title": "title",
        "provider": "provider__name",
        "mode": "mode",
        "language": "language",
        "hours": "hours",
        "cost": "cost",
        "url": "url",
    },
    longest={"course_id": 100, "title": 300, "provider": 200, "language": 35, "url": 500},
    rows=_own_courses,
)
BUDGETS = kept(
    Budget,
    "budgets",
    label=_("Training budgets"),
    counted=lambda count: ngettext("%(count)s budget", "%(count)s budgets", count),
    keys={"unit_id": "unit__code"},
    columns={"amount": "amount"},
)

ANSWERS = kept(
    Enrolment,
    "fixed",
    label=_("Answers to sessions"),
    counted=lambda count: ngettext("%(count)s answer", "%(count)s answers", count),
    keys={"person_id": "person__code", "session_id": "session__code"},
    columns={"status": "status"},
    rows=_answered,
)
COMPLETIONS = kept(
    Completion,
    "completions",
    label=_("Courses completed"),
    counted=lambda count: ngettext("%(count)s completion", "%(count)s completions", count),
    keys={"person_id": "person__code", "course_id": "course__code"},
    columns={"completed_on": "completed_on"},
    rows=lambda: Completion.objects.filter(session=None),  # those recorded here are told as accepted sessions
)


def _courses_now() -> dict[Key, Row]:
    """Courses with what comes before each, and the roles that must take it."""
    roles: dict[str, list[str]] = {}
    for course, role in Compulsory.objects.values_list("course__code", "role__code"):
        roles.setdefault(course, []).append(role or ALL)
    before = dict(_own_courses().values_list("code", "prerequisite__code"))
    return {
        (code,): (*row, before[code], "|".join(sorted(roles.get(code, ()))))
        for (code,), row in COURSES.current().items()
    }


def _courses_apply(
    *, by: Viewer, added: Mapping[Key, Row], changed: Mapping[Key, Row], removed: Collection[Key], at: datetime
) -> None:
    """Add and change courses, then what comes before each and who must take it."""
    rows = {**added, **changed}
    COURSES.apply(by=by, added={key: row[:-2] for key, row in rows.items()}, changed={}, removed=(), at=at)
    course_of, role_of = ids(Course), ids(Role)
    courses = Course.objects.in_bulk([course_of[code] for (code,) in rows])
    for (code,), row in rows.items():
        courses[course_of[code]].prerequisite_id = course_of[str(row[-2])] if row[-2] else None
    Course.objects.bulk_update(courses.values(), ("prerequisite",), batch_size=BATCH)
    gone(Compulsory.objects.all(), rows, "course__code")
    Compulsory.objects.bulk_create(
        Compulsory(sector=by.sector, course_id=course_of[code], role_id=None if role == ALL else role_of[role])
        for (code,), row in rows.items()
        for role in str(row[-1] or "").split("|")
        if role
    )
    leaving = [code for (code,) in removed]
    _own_courses().filter(code__in=leaving, prerequisite__code__in=leaving).update(prerequisite=None)
    COURSES.apply(by=by, added={}, changed={}, removed=removed, at=at)


def _courses_wanted(sector: sector_folder.Sector) -> dict[Key, Row]:
    """Courses of the files, with what comes before each, and the roles that must take it."""
    more = {course.course_id: (course.prerequisite_id, sorted(course.compulsory_for)) for course in sector.courses}
    return {(code,): (*row, more[code][0], "|".join(more[code][1])) for (code,), row in COURSES.wanted(sector).items()}


def _budgets_apply(
    *, by: Viewer, added: Mapping[Key, Row], changed: Mapping[Key, Row], removed: Collection[Key], at: datetime
) -> None:
    """Change a budget by making it anew: no unit, for the whole sector, is no conflict to a database."""
    gone(Budget.objects.all(), {*changed, *removed}, "unit__code")
    BUDGETS.apply(by=by, added={**added, **changed}, changed={}, removed=(), at=at)


def _learners_now() -> dict[Key, Row]:
    rows = Learner.objects.values_list("person__code", "hours", "languages")
    return {(code,): (hours, "|".join(languages)) for code, hours, languages in rows}


def _learners_wanted(sector: sector_folder.Sector) -> dict[Key, Row]:
    return {(person.person_id,): (float(person.hours), "|".join(person.languages)) for person in sector.staff}


def _learners_apply(
    *,
    by: Viewer,
    added: Mapping[Key, Row],
    changed: Mapping[Key, Row],
    removed: Collection[Key],
    at: datetime,  # noqa: ARG001 - they have no beginning of their own
) -> None:
    """Say how long and in what languages people learn; who leaves is no learner any more."""
    person_of = ids(Person)
    learners = [
        Learner(
            sector=by.sector,
            person_id=person_of[code],
            hours=float(str(hours)),
            languages=[language for language in str(languages or "").split("|") if language],
        )
        for (code,), (hours, languages) in {**added, **changed}.items()
    ]
    Learner.objects.bulk_create(
        learners,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("person",),
        update_fields=("hours", "languages"),
    )
    gone(Learner.objects.all(), removed, "person__code")


def _answers_now() -> dict[Key, Row]:
    """What was answered, in the file's two words: who attended accepted, who withdrew is not to be asked again."""
    yes = {Enrolment.Status.ACCEPTED, Enrolment.Status.ATTENDED}
    words = {True: Enrolment.Status.ACCEPTED.value, False: Enrolment.Status.DECLINED.value}
    return {key: (words[status in yes],) for key, (status,) in ANSWERS.current().items()}


def _answers_wanted(sector: sector_folder.Sector) -> dict[Key, Row]:
    """The files' answers; those given here stay where the files are silent, and what took place stays as it was."""
    asked, now = ANSWERS.wanted(sector), _answers_now()
    here = Q(status=Enrolment.Status.ATTENDED) | Q(proposed_at__isnull=False)
    rows = _answered().filter(here).values_list("person__code", "session__code", "status")
    for person, session, status in rows:
        key = (person, session)
        if status == Enrolment.Status.ATTENDED or key not in asked:
            asked[key] = now[key]
    return asked


def _answers_apply(
    *, by: Viewer, added: Mapping[Key, Row], changed: Mapping[Key, Row], removed: Collection[Key], at: datetime
) -> None:
    """Write answers; where one to a proposal is taken back, the proposal waits for an answer again."""
    ANSWERS.apply(by=by, added=added, changed=changed, removed=(), at=at)
    proposed = Enrolment.objects.exclude(proposed_at=None)
    said = (Enrolment.Status.ACCEPTED, Enrolment.Status.DECLINED)
    proposed.filter(answered_at=None, status__in=said).update(answered_at=at, answered_by=by.person)
    keys = proposed.values_list("pk", "person__code", "session__code")
    again = [pk for pk, person, session in keys if (person, session) in removed] if removed else []
    for start in range(0, len(again), BATCH):
        proposed.filter(pk__in=again[start : start + BATCH]).update(
            status=Enrolment.Status.PROPOSED, answered_at=None, answered_by=None
        )
    gone(Enrolment.objects.filter(proposed_at=None), removed, "person__code", "session__code")


def _completions_apply(
    *, by: Viewer, added: Mapping[Key, Row], changed: Mapping[Key, Row], removed: Collection[Key], at: datetime
) -> None:
    """Write completions, in place of those recorded here of the same person and course."""
    gone(Completion.objects.exclude(session=None), added, "person__code", "course__code")
    COMPLETIONS.apply(by=by, added=added, changed=changed, removed=removed, at=at)


for table in (
    TableImport(
        name="staff: learners",
        label=_("Time and languages for learning"),
        counted=lambda count: ngettext("%(count)s learner", "%(count)s learners", count),
        keys=("person_id",),
        columns=("hours", "languages"),
        current=_learners_now,
        wanted=_learners_wanted,
        apply=_learners_apply,
    ),
    replace(
        COURSES,
        columns=(*COURSES.columns, "prerequisite_id", "compulsory_for"),
        current=_courses_now,
        wanted=_courses_wanted,
        apply=_courses_apply,
    ),
    kept(
        Outcome,
        "course_outcomes",
        label=_("What courses teach"),
        counted=lambda count: ngettext("%(count)s outcome", "%(count)s outcomes", count),
        keys={"course_id": "course__code", "skill_id": "skill__code"},
        columns={"from_level": "from_level", "to_level": "to_level"},
    ),
    kept(
        Session,
        "sessions",
        label=_("Sessions"),
        counted=lambda count: ngettext("%(count)s session", "%(count)s sessions", count),
        keys={"session_id": "code"},
        columns={"course_id": "course__code", "period": "period", "starts_on": "starts_on", "seats": "seats"},
        longest={"session_id": 100},
    ),
    replace(COMPLETIONS, apply=_completions_apply),
    kept(
        Wish,
        "wishes",
        label=_("Courses people ask for"),
        counted=lambda count: ngettext("%(count)s wish", "%(count)s wishes", count),
        keys={"person_id": "person__code", "course_id": "course__code"},
        columns={"weight": "weight"},
    ),
    replace(ANSWERS, current=_answers_now, wanted=_answers_wanted, apply=_answers_apply),
    replace(BUDGETS, apply=_budgets_apply),
):
    register(table)
