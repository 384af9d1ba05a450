"""Why something asked for is not in the plan."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.engines.training import Why
from vested.plans.outcome import Outcome
from vested.plans.reasons._words import Names, names_of, need_sentence, number


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
    explanation, names = outcome.explanation, names_of(outcome.sector)
    rows = sorted(
        zip(
            explanation.unmet_person.tolist(),
            explanation.unmet_course.tolist(),
            explanation.unmet_why.tolist(),
            explanation.unmet_compulsory.tolist(),
            strict=True,
        )
    )
    for person, course, why, compulsory in rows:
        if compulsory:
            what = _("%(course)s is compulsory and not in the plan.")
            yield _course(outcome, names, "compulsory", what, person=person, course=course, why=Why(why))
    yield from _needs(outcome, names)
    for person, course, why, compulsory in rows:
        if not compulsory:
            what = _("%(course)s was asked for and is not in the plan.")
            yield _course(outcome, names, "wish", what, person=person, course=course, why=Why(why))


def _course(outcome: Outcome, names: Names, kind: str, what: str, *, person: int, course: int, why: Why) -> Unmet:
    text = what % {"course": outcome.sector.courses[course].title}
    reason = f"{text} {_why(outcome, names, person=person, course=course, why=why)}"
    return Unmet(kind=kind, person=person, course=course, need=-1, why=why, reason=reason)


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
