"""What could not be given, and why."""

from collections import Counter
from dataclasses import dataclass

from vested.engines.training import Why
from vested.plans.outcome import Outcome

MOST_COURSES = 20
"""Courses listed; the rest is counted."""
MOST_PEOPLE = 100
"""People listed; plan.json has them all."""


@dataclass(frozen=True, slots=True)
class ByReason:
    """How many compulsory courses and wishes one reason keeps from people."""

    why: Why
    compulsory: int
    wishes: int


@dataclass(frozen=True, slots=True)
class ByCourse:
    """How many people do not get a course, and the reasons, the most frequent first, with counts."""

    title: str
    compulsory: int
    wishes: int
    reasons: tuple[tuple[Why, int], ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """A person who does not get a course."""

    person: str
    unit: str
    course: str
    why: Why
    compulsory: bool


@dataclass(frozen=True, slots=True)
class Unmet:
    """Everything asked for and not given; lists are cut at ``MOST_COURSES`` and ``MOST_PEOPLE``, counts are not."""

    compulsory: int
    wishes: int
    reasons: tuple[ByReason, ...]
    courses: tuple[ByCourse, ...]
    all_courses: int
    people: tuple[Missed, ...]

    @property
    def count(self) -> int:
        """Courses not given, all in all."""
        return self.compulsory + self.wishes

    @property
    def most(self) -> int:
        """The count of the most frequent reason."""
        return max((row.compulsory + row.wishes for row in self.reasons), default=0)


def unmet(outcome: Outcome) -> Unmet:
    """Count what is not given by reason and course, compulsory courses first."""
    sector, why = outcome.sector, outcome.explanation
    unit = {unit.unit_id: unit.name for unit in sector.units}
    rows = list(
        zip(
            why.unmet_person.tolist(),
            why.unmet_course.tolist(),
            map(Why, why.unmet_why.tolist()),
            why.unmet_compulsory.tolist(),
            strict=True,
        )
    )
    must: Counter[Why] = Counter(reason for _, _, reason, compulsory in rows if compulsory)
    wish: Counter[Why] = Counter(reason for _, _, reason, compulsory in rows if not compulsory)
    by_course: dict[int, Counter[tuple[Why, bool]]] = {}
    for _, course, reason, compulsory in rows:
        by_course.setdefault(course, Counter())[reason, compulsory] += 1
    courses = []
    for course, counts in by_course.items():
        reasons: Counter[Why] = Counter()
        for (reason, _), count in counts.items():
            reasons[reason] += count
        compulsory = sum(count for (_, flag), count in counts.items() if flag)
        ranked = tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])))
        courses.append(ByCourse(sector.courses[course].title, compulsory, counts.total() - compulsory, ranked))
    courses.sort(key=lambda course: (-course.compulsory, -course.wishes, course.title))
    people = sorted(rows, key=lambda row: (not row[3], row[0], row[1]))[:MOST_PEOPLE]
    return Unmet(
        compulsory=must.total(),
        wishes=wish.total(),
        reasons=tuple(
            ByReason(reason, must[reason], wish[reason])
            for reason in sorted(must.keys() | wish.keys(), key=lambda w: (-must[w], -wish[w], w))
        ),
        courses=tuple(courses[:MOST_COURSES]),
        all_courses=len(courses),
        people=tuple(
            Missed(
                person=sector.staff[person].name,
                unit=unit[sector.staff[person].unit_id],
                course=sector.courses[course].title,
                why=reason,
                compulsory=compulsory,
            )
            for person, course, reason, compulsory in people
        ),
    )
