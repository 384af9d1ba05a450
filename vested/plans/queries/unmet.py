"""What was asked for and is not given, counted: exactly, or with what is about few people hidden."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vested.engines.training import Why
from vested.plans.models import Plan
from vested.plans.queries.solved import solved
from vested.plans.report.figures import MOST_COURSES, hide

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Count:
    """How many compulsory courses and wishes a reason or a course keeps from people; None where hidden."""

    name: str
    why: Why | None
    compulsory: int | None
    wishes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotGiven:
    """All of it, by reason and by the courses most often not given; ``more`` courses have no row."""

    compulsory: int
    wishes: int
    reasons: tuple[Count, ...]
    courses: tuple[Count, ...]
    more: int
    hidden: bool


def not_given(plan: Plan, *, exact: bool) -> NotGiven:
    """Count what a plan does not give, the most first."""
    outcome = solved(plan).outcome
    said, must = outcome.explanation, outcome.explanation.unmet_compulsory
    titles = [course.title for course in outcome.sector.courses]
    whys = np.unique(said.unmet_why)
    courses = np.unique(said.unmet_course)
    reasons = _counts(said.unmet_why, whys, said.unmet_person, must, exact=exact)
    taught = _counts(said.unmet_course, courses, said.unmet_person, must, exact=exact)
    by_reason = [Count("", Why(why), *pair) for why, pair in zip(whys.tolist(), reasons, strict=True)]
    by_course = [Count(titles[at], None, *pair) for at, pair in zip(courses.tolist(), taught, strict=True)]
    rows = [*by_reason, *by_course]
    return NotGiven(
        compulsory=int(must.sum()),
        wishes=int((~must).sum()),
        reasons=tuple(sorted(by_reason, key=_most)),
        courses=tuple(sorted(by_course, key=_most)[:MOST_COURSES]),
        more=max(len(by_course) - MOST_COURSES, 0),
        hidden=any(None in {row.compulsory, row.wishes} for row in rows),
    )


def _most(row: Count) -> tuple[int, int, str]:
    return -(row.compulsory or 0), -(row.wishes or 0), row.name


def _counts(
    key: Ints, keys: Ints, person: Ints, must: NDArray[np.bool_], *, exact: bool
) -> list[tuple[int | None, int | None]]:
    """For each key how many compulsory courses and wishes, those about few people hidden unless ``exact``."""
    columns = []
    for flag in (True, False):
        cells = [person[(key == one) & (must == flag)] for one in keys]
        columns.append(_shown([len(cell) for cell in cells], [len(np.unique(cell)) for cell in cells], exact=exact))
    return list(zip(*columns, strict=True))


def _shown(counts: Sequence[int], people: Sequence[int], *, exact: bool) -> list[int | None]:
    if exact:
        return list(counts)
    cells = hide(people, [], told=[range(len(people))])
    return [None if at in cells else count for at, count in enumerate(counts)]


def missed(plan: Plan, seen: set[int]) -> list[int]:
    """Rows of what is not given to people who are ``seen`` (ids in the database), compulsory courses first."""
    frozen = solved(plan)
    said = frozen.outcome.explanation
    shown = np.isin(frozen.people[said.unmet_person], list(seen))
    order = np.lexsort((said.unmet_course, said.unmet_person, ~said.unmet_compulsory))
    rows: list[int] = order[shown[order]].tolist()
    return rows
