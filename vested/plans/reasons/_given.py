"""Why a session is in the plan, and what would come next."""

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from numpy.typing import NDArray

from vested.engines.training import Why
from vested.formats.sector_folder import Session
from vested.plans.outcome import Outcome
from vested.plans.problem import ALL_ROLES
from vested.plans.reasons._words import Names, amount, names_of, need_sentence, number

MOST_SKILLS = 3  # named in one reason, those that close most first
MOST_OPENED = 2  # later courses named in one reason
SAME = 0.005  # a difference in value that two decimals do not show


def reasons_of(outcome: Outcome, rows: Iterable[int] | None = None) -> Iterator[str]:
    """Give the reason of these assignments, or of every one in the plan's order.

    Each says what the session does, who needs it, and the next best.
    """
    sector, explanation, names = outcome.sector, outcome.explanation, names_of(outcome.sector)
    people, sessions = outcome.plan.person, outcome.plan.session
    wanted = list(range(len(people)) if rows is None else rows)
    raised = _raised(outcome, names, wanted)
    serves, opens = _rows(explanation.serves_of, wanted), _rows(explanation.opens_of, wanted)
    for a in wanted:
        person, session = int(people[a]), int(sessions[a])
        course = sector.sessions[session].course_id
        needs = (sector.initiative_skills[explanation.serves[x]] for x in serves.get(a, ()))
        later = (sector.sessions[sessions[explanation.opens[y]]] for y in opens.get(a, ())[:MOST_OPENED])
        parts = chain(
            raised.get(a, ()),
            (need_sentence(names, need) for need in needs),
            [_compulsory(names, course, sector.staff[person].role_id)] if explanation.compulsory[a] else [],
            [_("The person asked for it.")] if explanation.wish[a] > 0 else [],
            [_("The person has accepted it.")] if explanation.accepted[a] else [],
            (_opened(names, one) for one in later),
        )
        yield " ".join([*(list(parts) or [_("Closes no gap by itself.")]), _next_best(outcome, names, a)])


def _raised(outcome: Outcome, names: Names, wanted: list[int]) -> dict[int, list[str]]:
    """For each assignment wanted: which skills rise, from where to where, and what the role asks for."""
    sector, explanation = outcome.sector, outcome.explanation
    role_of, required = outcome.problem.people.role, outcome.problem.roles.required
    skill, value = explanation.gain_skill, explanation.gain_value
    before, after = explanation.gain_before, explanation.gain_after

    def sentence(role: int, g: int) -> str:
        asked = float(required[role, skill[g]])
        words = {"skill": names.skills[sector.skills[skill[g]].skill_id]}
        words |= {"before": number(float(before[g])), "after": number(float(after[g]))}
        if asked <= before[g]:
            return _("Raises %(skill)s from %(before)s to %(after)s.") % words
        words |= {"role": sector.roles[role].name, "asked": number(asked)}
        return _("Raises %(skill)s from %(before)s to %(after)s; the role %(role)s asks for %(asked)s.") % words

    sentences: dict[int, list[str]] = {}
    for a, rows in _rows(explanation.gain_of, wanted).items():
        dearest = sorted(rows, key=lambda g: (-value[g], skill[g]))
        sentences[a] = [sentence(int(role_of[outcome.plan.person[a]]), g) for g in dearest[:MOST_SKILLS]]
        more = len(rows) - MOST_SKILLS
        if more > 0:
            text = ngettext("Raises %(count)s more skill.", "Raises %(count)s more skills.", more)
            sentences[a].append(text % {"count": number(more)})
    return sentences


def _compulsory(names: Names, course_id: str, role_id: str) -> str:
    if names.courses[course_id].compulsory_for == (ALL_ROLES,):
        return _("Compulsory for everybody.")
    return _("Compulsory for the role %(role)s.") % {"role": names.roles[role_id]}


def _opened(names: Names, later: Session) -> str:
    words = {"course": names.courses[later.course_id].title, "period": later.period}
    return _("Makes %(course)s possible in period %(period)s.") % words


def _next_best(outcome: Outcome, names: Names, a: int) -> str:
    """What the person would take instead of an assignment, how much less it is worth, or who needs it more."""
    sessions, explanation = outcome.sector.sessions, outcome.explanation
    best, why = int(explanation.next_session[a]), int(explanation.next_why[a])
    if best < 0:
        return _("Nothing else would help.")
    chosen = sessions[outcome.plan.session[a]]
    words = {
        "course": _instead(names, sessions[best], chosen=chosen),
        "worth": worth(float(explanation.next_loss[a])),
    }
    if why == Why.SEATS:
        return _("Next best: %(course)s, %(worth)s; others need its seats more.") % words
    if why == Why.BUDGET:
        return _("Next best: %(course)s, %(worth)s; others need the money more.") % words
    return _("Next best: %(course)s, %(worth)s.") % words


def _instead(names: Names, best: Session, *, chosen: Session) -> str:
    if best.course_id != chosen.course_id:
        return names.courses[best.course_id].title
    if best.period != chosen.period:
        return _("the same course in period %(period)s") % {"period": best.period}
    return _("the same course in session %(session)s") % {"session": best.session_id}


def worth(loss: float) -> str:
    """Say what a change that is worth so much less to a person is worth to them."""
    if loss >= SAME:
        return _("worth %(amount)s less to this person") % {"amount": amount(loss)}
    if loss <= -SAME:
        return _("worth %(amount)s more to this person") % {"amount": amount(-loss)}
    return _("worth as much to this person")


def _rows(owners: NDArray[np.int64], wanted: list[int]) -> dict[int, list[int]]:
    """The rows of each assignment wanted."""
    rows: dict[int, list[int]] = {}
    found = np.flatnonzero(np.isin(owners, wanted))
    for row, owner in zip(found.tolist(), owners[found].tolist(), strict=True):
        rows.setdefault(owner, []).append(row)
    return rows
