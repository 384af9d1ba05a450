"""What would have to change for a person to be given a course."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vested.core import amounts
from vested.engines.training import WhatIf, Why, what_if
from vested.plans.outcome import Outcome
from vested.plans.reasons._given import SAME, worth
from vested.plans.reasons._unmet import why_not
from vested.plans.reasons._words import amount, names_of, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Why a person does not get the course, what would have to change, and what the person's plan would be ``then``."""

    code: str
    title: str
    found: WhatIf
    reason: str
    change: str
    then: str


def changes_for(outcome: Outcome, *, person: int, course: int) -> Changes:
    """Work out what keeps a course from a person; ValueError where the plan gives it, or it is completed."""
    found = what_if(outcome.problem, outcome.plan, person=person, course=course)
    return Changes(
        code=outcome.sector.courses[course].course_id,
        title=outcome.sector.courses[course].title,
        found=found,
        reason=why_not(outcome, person=person, course=course, why=found.why),
        change=_change(outcome, found, person, course),
        then=_then(outcome, found),
    )


def _change(outcome: Outcome, found: WhatIf, person: int, course: int) -> str:
    sector, who, what = outcome.sector, outcome.sector.staff[person], outcome.sector.courses[course]
    match found.why:
        case Why.NO_SESSION:
            return _("A session of it would have to be held within the plan's periods.")
        case Why.LANGUAGE:
            words = {"language": what.language, "languages": ", ".join(who.languages)}
            return _("It is held in %(language)s and would have to be held in %(languages)s.") % words
        case Why.DECLINED:
            return _("Another date would have to be offered, or what keeps the person from it would have to change.")
        case Why.LEVEL:
            words = {"skill": sector.skills[found.skill].name, "asked": number(found.asked)}
            words |= {"reached": number(found.reached), "missing": number(found.asked - found.reached)}
            return (
                _(
                    "It starts from %(asked)s in %(skill)s, and %(reached)s is the most that can be reached by then. "
                    "A course that leads up to it would have to be held earlier, or the level be %(missing)s higher."
                )
                % words
            )
        case Why.PREREQUISITE:
            words = {"before": sector.courses[found.before].title, "course": what.title}
            return _("%(before)s would have to be held before the last session of %(course)s.") % words
        case Why.HOURS:
            words = {"hours": number(found.hours), "has": number(who.hours), "more": number(found.hours - who.hours)}
            return (
                _(
                    "With what must come first, and what is accepted, it takes %(hours)s hours; the person has "
                    "%(has)s. With %(more)s hours more it would fit."
                )
                % words
            )
        case Why.SEATS:
            return _seats(found)
        case Why.BUDGET:
            return _money(outcome, found)
        case Why.WORTH:
            return _more(found)


def _seats(found: WhatIf) -> str:
    if found.session < 0:
        return _("None of its sessions has a seat: seats would have to be added.")
    words = {"seat": amount(found.seat), "worth": amount(max(found.seat - found.short, 0.0))}
    text = _(
        "One more seat would have to be added. A seat is worth %(seat)s levels to others, by the plan's price, and "
        "%(worth)s to this person."
    )
    return text % words


def _money(outcome: Outcome, found: WhatIf) -> str:
    budget, currency = outcome.sector.budgets[found.budget], outcome.sector.settings.currency
    left = max(budget.amount - float(outcome.plan.budget_used[found.budget]), 0.0)
    words: dict[str, Any] = {
        "cost": amounts.money(found.cost, currency),
        "left": amounts.money(left, currency),
        "more": amounts.money(found.cost - left, currency),
    }
    if budget.unit_id is None:
        text = _("It costs %(cost)s, and %(left)s is left of the overall budget: %(more)s more would be needed.")
    else:
        words["unit"] = names_of(outcome.sector).units[budget.unit_id]
        text = _("It costs %(cost)s, and %(left)s is left of the budget of %(unit)s: %(more)s more would be needed.")
    return f"{text % words} {_more(found)}".strip()


def _more(found: WhatIf) -> str:
    if found.session < 0:
        return ""
    if found.short < SAME:
        return _("At the plan's prices it is worth as much as what the person is given: either would do.")
    text = _("It would have to be worth %(short)s levels more, counting what others do with its seats and money.")
    return text % {"short": amount(found.short)}


def _then(outcome: Outcome, found: WhatIf) -> str:
    if found.session < 0:
        return ""
    takes, gives = (_named(outcome, rows.tolist()) for rows in (found.takes, found.gives))
    words = {"takes": takes, "gives": gives, "worth": worth(found.loss)}
    if gives:
        return _("The person would then take %(takes)s and not %(gives)s; that is %(worth)s.") % words
    return _("The person would then take %(takes)s as well; that is %(worth)s.") % words


def _named(outcome: Outcome, sessions: list[int]) -> str:
    titles = {course.course_id: course.title for course in outcome.sector.courses}
    rows = [outcome.sector.sessions[row] for row in sessions]
    words = [
        _("%(course)s (period %(period)s)") % {"course": titles[one.course_id], "period": one.period} for one in rows
    ]
    return ", ".join(words)
