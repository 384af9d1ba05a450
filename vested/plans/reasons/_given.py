"""Why a session is in the plan, and what would come next."""

from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.engines.training import Why
from vested.formats.sector_folder import Session
from vested.plans.outcome import Outcome
from vested.plans.problem import ALL_ROLES
from vested.plans.reasons._words import Names, amount, names_of, need_sentence, number

MOST_SKILLS = 3  # named in one reason, those that close most first
MOST_OPENED = 2  # later courses named in one reason
SAME = 0.005  # a difference in value that two decimals do not show


def reasons_of(outcome: Outcome) -> Iterator[str]:
    """Give the reason of every assignment, in the plan's order: what it does, who needs it, and the next best."""
    sector, explanation, names = outcome.sector, outcome.explanation, names_of(outcome.sector)
    people, sessions = outcome.plan.person.tolist(), outcome.plan.session.tolist()
    raised = _raised(outcome, names)
    serves, served = _rows(explanation.serves_of.tolist()), explanation.serves.tolist()
    opens, opened = _rows(explanation.opens_of.tolist()), explanation.opens.tolist()
    compulsory, accepted = explanation.compulsory.tolist(), explanation.accepted.tolist()
    wish = explanation.wish.tolist()
    next_best = _next_best(outcome, names)
    for a, (person, session) in enumerate(zip(people, sessions, strict=True)):
        course = sector.sessions[session].course_id
        parts = chain(
            raised.get(a, ()),
            (need_sentence(names, sector.initiative_skills[served[x]]) for x in serves.get(a, ())),
            [_compulsory(names, course, sector.staff[person].role_id)] if compulsory[a] else [],
            [_("The person asked for it.")] if wish[a] > 0 else [],
            [_("The person has accepted it.")] if accepted[a] else [],
            (_opened(names, sector.sessions[sessions[opened[y]]]) for y in opens.get(a, ())[:MOST_OPENED]),
        )
        yield " ".join([*(list(parts) or [_("Closes no gap by itself.")]), next_best[a]])


def _raised(outcome: Outcome, names: Names) -> dict[int, list[str]]:
    """For each assignment: which skills rise, from where to where, and what the role asks for."""
    sector, explanation = outcome.sector, outcome.explanation
    role_of, required = outcome.problem.people.role.tolist(), outcome.problem.roles.required.tolist()
    people = outcome.plan.person.tolist()
    skill, value = explanation.gain_skill.tolist(), explanation.gain_value.tolist()
    before, after = explanation.gain_before.tolist(), explanation.gain_after.tolist()

    def sentence(role: int, g: int) -> str:
        asked = required[role][skill[g]]
        words = {"skill": names.skills[sector.skills[skill[g]].skill_id]}
        words |= {"before": number(before[g]), "after": number(after[g])}
        if asked <= before[g]:
            return _("Raises %(skill)s from %(before)s to %(after)s.") % words
        words |= {"role": sector.roles[role].name, "asked": number(asked)}
        return _("Raises %(skill)s from %(before)s to %(after)s; the role %(role)s asks for %(asked)s.") % words

    sentences: dict[int, list[str]] = {}
    for a, rows in _rows(explanation.gain_of.tolist()).items():
        dearest = sorted(rows, key=lambda g: (-value[g], skill[g]))
        sentences[a] = [sentence(role_of[people[a]], g) for g in dearest[:MOST_SKILLS]]
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


def _next_best(outcome: Outcome, names: Names) -> list[str]:
    """For each assignment: what the person would take instead, how much less it is worth, or who needs it more."""
    sessions, explanation = outcome.sector.sessions, outcome.explanation
    rows = zip(
        outcome.plan.session.tolist(),
        explanation.next_session.tolist(),
        explanation.next_loss.tolist(),
        explanation.next_why.tolist(),
        strict=True,
    )
    sentences = []
    for chosen, best, loss, why in rows:
        if best < 0:
            sentences.append(_("Nothing else would help."))
            continue
        words = {"course": _instead(names, sessions[best], chosen=sessions[chosen]), "worth": _worth(loss)}
        if why == Why.SEATS:
            text = _("Next best: %(course)s, %(worth)s; others need its seats more.")
        elif why == Why.BUDGET:
            text = _("Next best: %(course)s, %(worth)s; others need the money more.")
        else:
            text = _("Next best: %(course)s, %(worth)s.")
        sentences.append(text % words)
    return sentences


def _instead(names: Names, best: Session, *, chosen: Session) -> str:
    if best.course_id != chosen.course_id:
        return names.courses[best.course_id].title
    if best.period != chosen.period:
        return _("the same course in period %(period)s") % {"period": best.period}
    return _("the same course in session %(session)s") % {"session": best.session_id}


def _worth(loss: float) -> str:
    if loss >= SAME:
        return _("worth %(amount)s less to this person") % {"amount": amount(loss)}
    if loss <= -SAME:
        return _("worth %(amount)s more to this person") % {"amount": amount(-loss)}
    return _("worth as much to this person")


def _rows(owners: list[int]) -> dict[int, list[int]]:
    rows: dict[int, list[int]] = {}
    for row, owner in enumerate(owners):
        rows.setdefault(owner, []).append(row)
    return rows
