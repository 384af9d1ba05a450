"""Why compulsory courses and wishes are not given: the first ``Why`` that holds for each."""

from typing import NamedTuple

import numba as nb
import numpy as np

from vested.engines.training._explain._search import (
    LITTLE,
    Spread,
    best_plan,
    nothing_counts,
    parts_of,
    reward_for,
    workers_for,
)
from vested.engines.training._model import Model
from vested.engines.training._nouns import Flags, Floats, Ints, Plan
from vested.engines.training._pricing import Duals, Work
from vested.engines.training._reasons import Why

_CHUNK = 1_000  # rows a thread takes at a time
_SLACK = 1e-6  # of the largest budget
_NEVER, _ALWAYS = np.iinfo(np.int64).max, 0  # periods something is completed in
_NO_SESSION, _LANGUAGE, _DECLINED, _LEVEL, _PREREQUISITE, _HOURS, _SEATS, _BUDGET, _WORTH = (int(why) for why in Why)


class Unmet(NamedTuple):
    """Sorted by person and course: ``compulsory``, or else a wish, and ``why`` it is not given; all (m,)."""

    person: Ints
    course: Ints
    why: Ints
    compulsory: Flags


class Offer(NamedTuple):
    """What a plan leaves to take.

    Prices of seats (j,): what the course ``costs`` (infinite where full), and the ``same`` for every session. ``left``
    (b,) money, with the ``slack`` of its sums; ``reward`` for the course looked for.
    """

    costs: Floats
    same: Floats
    left: Floats
    slack: float
    reward: float


def unmet(model: Model, of: Ints, plan: Plan, *, spread: Spread, threads: int) -> Unmet:
    """List every compulsory course and wish that is neither completed nor given, once, with the reason."""
    compulsory = model.compulsory[model.role]
    asked = compulsory.copy()
    asked[np.repeat(np.arange(len(model.hours)), np.diff(model.wish_of)), model.wish] = True
    asked[np.repeat(np.arange(len(model.hours)), np.diff(model.completed_of)), model.completed] = False
    asked[plan.person, model.session_course[plan.session]] = False
    person, course = (rows.astype(np.int64) for rows in np.nonzero(asked))
    offer = offer_of(model, plan)
    why = np.zeros(len(person), np.int64)
    ranges = parts_of(len(person), _CHUNK)
    spare = workers_for(model, min(threads, len(ranges)))

    def one(part: int) -> None:
        work = spare.pop()
        start, stop = ranges[part]
        duals = nothing_counts(model, offer.same)
        rows = slice(start, stop)
        _reasons(model, duals, offer, of, plan.session, person[rows], course[rows], work, why[rows])
        spare.append(work)

    spread(one, len(ranges))
    return Unmet(person, course, why, compulsory[person, course])


def offer_of(model: Model, plan: Plan) -> Offer:
    """What the plan leaves to take: seats that are free, and money."""
    full = (model.seats >= 0) & (plan.seats_used >= model.seats)
    return Offer(
        costs=np.where(full, np.inf, model.course_cost[model.session_course] + LITTLE),
        same=np.full(len(full), LITTLE),
        left=model.budget - plan.budget_used,
        slack=_SLACK * float(model.budget.max(initial=1.0)),
        reward=reward_for(model),
    )


@nb.njit(cache=True, nogil=True)
def _reasons(
    m: Model, d: Duals, offer: Offer, of: Ints, session: Ints, person: Ints, course: Ints, w: Work, why: Ints
) -> None:
    levels = np.zeros((m.periods + 1, m.required.shape[1]))
    done = np.zeros(len(m.course_hours), np.int64)
    refused = np.zeros(len(m.period), np.bool_)
    last = -1
    for x in range(len(person)):
        i, c = person[x], course[x]
        if i != last:
            earliest(m, i, levels, done, refused)
            last = i
        why[x] = alone(m, i, c, levels, done, refused)
        if why[x] == 0:
            why[x], _ = beside_others(m, d, offer, i, c, session[of[i] : of[i + 1]], w)


@nb.njit(cache=True, nogil=True)
def earliest(m: Model, i: int, levels: Floats, done: Ints, refused: Flags) -> None:
    """Levels (periods + 1, s) at the start of each period, and the period each course is completed in, at best.

    With hours for everything and every course as early as possible; what was accepted stays where it is. ``refused``
    (j,) becomes what the person declined, and the other sessions of accepted courses.
    """
    refused[:] = False
    done[:] = _NEVER
    for a in range(m.declined_of[i], m.declined_of[i + 1]):
        refused[m.declined[a]] = True
    for a in range(m.accepted_of[i], m.accepted_of[i + 1]):
        c = m.session_course[m.accepted[a]]
        refused[m.session[m.session_of[c] : m.session_of[c + 1]]] = True
    for a in range(m.accepted_of[i], m.accepted_of[i + 1]):
        refused[m.accepted[a]] = False
    for a in range(m.completed_of[i], m.completed_of[i + 1]):
        done[m.completed[a]] = _ALWAYS
    now = m.levels[i].copy()
    for t in range(1, m.periods + 1):
        levels[t] = now
        for c in range(len(done)):
            language, before = m.course_language[c], m.prerequisite[c]
            if done[c] < _NEVER or (language >= 0 and not m.speaks[i, language]) or (before >= 0 and done[before] >= t):
                continue
            held = False
            for a in range(m.session_of[c], m.session_of[c + 1]):
                if m.session_period[a] == t and not refused[m.session[a]]:
                    held = True
            for o in range(m.outcome_of[c], m.outcome_of[c + 1]):
                if levels[t, m.outcome_skill[o]] < m.outcome_from[o]:
                    held = False
            if held:
                done[c] = t
                for o in range(m.outcome_of[c], m.outcome_of[c + 1]):
                    now[m.outcome_skill[o]] = max(now[m.outcome_skill[o]], m.outcome_to[o])


@nb.njit(cache=True, nogil=True)
def alone(m: Model, i: int, c: int, levels: Floats, done: Ints, refused: Flags) -> int:
    """Find the reason that lies in the catalogue and the person apart from hours; 0 if there is none."""
    first, last = m.session_of[c], m.session_of[c + 1]
    language, before = m.course_language[c], m.prerequisite[c]
    if first == last:
        return _NO_SESSION
    if language >= 0 and not m.speaks[i, language]:
        return _LANGUAGE
    why = _DECLINED
    for a in range(first, last):
        if refused[m.session[a]]:
            continue
        t = m.session_period[a]
        ready = True
        for o in range(m.outcome_of[c], m.outcome_of[c + 1]):
            if levels[t, m.outcome_skill[o]] < m.outcome_from[o]:
                ready = False
        if not ready:
            why = max(why, _LEVEL)
        elif before >= 0 and done[before] >= t:
            why = max(why, _PREREQUISITE)
        else:
            return 0
    return why


@nb.njit(cache=True, nogil=True)
def beside_others(m: Model, d: Duals, offer: Offer, i: int, c: int, mine: Ints, w: Work) -> tuple[int, float]:
    """Find the reason that lies in hours, seats or money, and what the course costs with what it needs (else 0).

    The cheapest plan with the course, what was accepted and the least that these need, where there are seats; what
    the person's plan holds already costs nothing more.
    """
    looked = m.session[m.session_of[c] : m.session_of[c + 1]]
    d.seat[:] = offer.costs
    for j in mine:
        own = m.session_course[j]
        for a in range(m.session_of[own], m.session_of[own + 1]):
            d.seat[m.session[a]] = min(d.seat[m.session[a]], LITTLE)
        d.seat[j] = LITTLE
    d.seat[looked] -= offer.reward
    worth, then = best_plan(m, d, i, w)
    if worth < offer.reward / 2:
        d.seat[:] = offer.same
        d.seat[looked] -= offer.reward
        worth, _ = best_plan(m, d, i, w)
        return (_HOURS if worth < offer.reward / 2 else _SEATS), 0.0
    cost = extra_cost(m, mine, then)
    for a in range(m.unit_budget_of[m.unit[i]], m.unit_budget_of[m.unit[i] + 1]):
        if cost > offer.left[m.unit_budget[a]] + offer.slack:
            return _BUDGET, cost
    return _WORTH, cost


@nb.njit(cache=True, nogil=True)
def extra_cost(m: Model, mine: Ints, then: Ints) -> float:
    """Add up what the courses of ``then`` cost that are not in ``mine``."""
    cost = 0.0
    for j in then:
        new = True
        for other in mine:
            if m.session_course[other] == m.session_course[j]:
                new = False
        if new:
            cost += m.course_cost[m.session_course[j]]
    return cost
