"""Mine: what waits for a person, where they stand, and what they learn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vested.academy.models import Course, Enrolment
from vested.academy.queries.catalogue import missing
from vested.academy.queries.enrolments import Mine as Courses
from vested.academy.queries.enrolments import mine as courses_of
from vested.core.models import Job, Person
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.direction.queries.objectives import objectives_listed
from vested.insights.queries.agenda import Waiting, waits_for
from vested.plans.models import Plan
from vested.skills.queries.standing import Standing, Stood, Verdict, stands

MOST = 5  # gaps, jobs and late answers shown; the rest is a page away


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """What is a person's own on a day.

    ``missing`` are compulsory courses neither completed nor planned, ``team`` the late answers of people they lead,
    None where they lead nobody.
    """

    on: date
    person: Person
    waits: Sequence[Waiting]
    courses: Courses
    missing: Sequence[Course]
    stood: Stood
    jobs: Sequence[Job]
    team: Sequence[Enrolment] | None

    @property
    def plan(self) -> list[Enrolment]:
        """What is proposed, accepted or waited for, by date."""
        rows = [*self.courses.proposed, *self.courses.accepted, *self.courses.waiting]
        return sorted(rows, key=lambda one: (one.session.starts_on or date.max, one.session.period, one.pk))

    @property
    def short(self) -> list[Standing]:
        """The skills the person surely or perhaps lacks, the widest gap first."""
        return [one for one in self.stood.asked if one.verdict is not Verdict.MEETS]


def mine_of(viewer: Viewer, person: Person, *, on: date) -> Mine:
    """All that is the viewer's own; ``person`` is the viewer's."""
    owned = list(objectives_listed(viewer).filter(owner=person, closed_on=None))
    leads = bool(set(viewer.paths(Permission.PEOPLE_SEE)) - {"/"})
    late = Enrolment.objects.all().visible_to(viewer).late(on).exclude(person=person)
    plans = Plan.objects.all().visible_to(viewer).light().filter(state=Plan.State.PROPOSED)
    proposed = plans.select_related("scenario").first() if viewer.may(Permission.PLAN_ADOPT) else None
    courses = courses_of(person)
    going = {one.session.course_id for one in (*courses.proposed, *courses.accepted, *courses.waiting)}
    return Mine(
        on=on,
        person=person,
        waits=waits_for(viewer, objectives=owned, proposed=proposed, on=on),
        courses=courses,
        missing=[one for one in missing(viewer, person).order_by("find", "pk") if one.pk not in going],
        stood=stands(viewer, person),
        jobs=list(Job.objects.all().started_by(viewer)[:MOST]),
        team=list(late.select_related("person", "session__course").order_by("answer_by", "pk")[:MOST])
        if leads
        else None,
    )
