"""Why something asked for is not in the plan."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from numpy.typing import NDArray

from vested.engines.training import Why
from vested.plans.outcome import Outcome
from vested.plans.reasons._words import Names, names_of, need_sentence, number

_Row = tuple[int, int, int, bool]  # person, course, why, is it compulsory


@dataclass(frozen=True, slots=True)
class Unmet:
    """Something asked for that the plan does not give.

    ``kind`` is compulsory, need or wish. ``person`` and ``course`` are rows of the sector's staff and courses for a
    compulsory course or a wish, ``need`` a row of its ``initiative_skills``; -1 where they do not apply.
    """

    kind: str
    person: int
    course: int
    need: int
    why: Why
    reason: str


def unmet_of(outcome: Outcome) -> Iterator[Unmet]:
    """Give everything asked for that is not in the plan: compulsory courses first, then needs, then wishes."""
    names, rows = names_of(outcome.sector), _rows(outcome, slice(None))
    yield from (_course(outcome, names, row) for row in rows if row[3])
    yield from _needs(outcome, names)
    yield from (_course(outcome, names, row) for row in rows if not row[3])


def unmet_by(outcome: Outcome, person: int) -> Iterator[Unmet]:
    """Give what one person does not get: compulsory courses first, then what they asked for."""
    names, rows = names_of(outcome.sector), _rows(outcome, np.flatnonzero(outcome.explanation.unmet_person == person))
    yield from (_course(outcome, names, row) for row in sorted(rows, key=lambda row: not row[3]))


def why_not(outcome: Outcome, *, person: int, course: int, why: Why) -> str:
    """Say in a sentence why a person does not get a course."""
    return _why(outcome, names_of(outcome.sector), person=person, course=course, why=why)


def _rows(outcome: Outcome, which: slice | NDArray[np.int64]) -> list[_Row]:
    """What is not given, sorted."""
    said = outcome.explanation
    columns = (said.unmet_person, said.unmet_course, said.unmet_why, said.unmet_compulsory)
    return sorted(zip(*(column[which].tolist() for column in columns), strict=True))


def _course(outcome: Outcome, names: Names, row: _Row) -> Unmet:
    person, course, why, compulsory = row
    if compulsory:
        kind, what = "compulsory", _("%(course)s is compulsory and not in the plan.")
    else:
        kind, what = "wish", _("%(course)s was asked for and is not in the plan.")
    text = what % {"course": outcome.sector.courses[course].title}
    reason = f"{text} {_why(outcome, names, person=person, course=course, why=Why(why))}"
    return Unmet(kind=kind, person=person, course=course, need=-1, why=Why(why), reason=reason)


def _why(outcome: Outcome, names: Names, *, person: int, course: int, why: Why) -> str:
    match why:
        case Why.NO_SESSION:
            return _("No session of it is held.")
        case Why.LANGUAGE:
            return _("It is not held in a language the person learns in.")
        case Why.DECLINED:
            return _("The person declined every session that is left.")
        case Why.LEVEL:
            return _("The level it starts from cannot be reached in time.")
        case Why.PREREQUISITE:
            first = outcome.sector.courses[course].prerequisite_id or ""
            return _("%(course)s must come first and cannot be completed in time.") % {
                "course": names.courses[first].title
            }
        case Why.HOURS:
            hours = number(outcome.sector.staff[person].hours)
            return _("It does not fit into the person's %(hours)s hours for learning.") % {"hours": hours}
        case Why.SEATS | Why.BUDGET | Why.WORTH:
            return _limit(why)


def _limit(why: Why) -> str:
    if why is Why.SEATS:
        return _("The seats are taken.")
    if why is Why.BUDGET:
        return _("The money is used.")
    return _("There is room, but hours, seats and money do more elsewhere.")


def _needs(outcome: Outcome, names: Names) -> Iterator[Unmet]:
    after, whys = outcome.plan.holders_after.tolist(), outcome.explanation.need_why.tolist()
    reachable = outcome.explanation.need_reachable.tolist()
    for k, need in enumerate(outcome.sector.initiative_skills):
        if after[k] >= need.people:
            continue
        if need.unit_id is None:
            will = _("It will have %(after)s.") % {"after": number(after[k])}
        else:
            words = {"unit": names.units[need.unit_id], "after": number(after[k])}
            will = _("In %(unit)s it will have %(after)s.") % words
        why = Why(whys[k]) if whys[k] else Why.WORTH
        limit = _reachable(reachable[k]) if why is Why.LEVEL else _limit(why)
        reason = f"{need_sentence(names, need)} {will} {limit}"
        yield Unmet(kind="need", person=-1, course=-1, need=k, why=why, reason=reason)


def _reachable(people: int) -> str:
    text = ngettext(
        "With hours as the only limit, %(count)s person could reach it in time.",
        "With hours as the only limit, %(count)s people could reach it in time.",
        people,
    )
    return text % {"count": number(people)}
