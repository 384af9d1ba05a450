"""How many people could be holders for each need, and why there are too few of them in a plan."""

import numba as nb
import numpy as np

from vested.engines.training._columns import serves
from vested.engines.training._explain._search import (
    LITTLE,
    Spread,
    best_plan,
    nothing_counts,
    parts_of,
    reward_for,
    workers_for,
)
from vested.engines.training._explain._unmet import extra_cost
from vested.engines.training._model import Model, with_candidates
from vested.engines.training._nouns import Floats, Ints, Plan
from vested.engines.training._pricing import Duals, Work
from vested.engines.training._reasons import Why

_CHUNK = 500  # people a thread takes at a time
_SLACK = 1e-6  # of the largest budget
_SEATS, _BUDGET, _WORTH = int(Why.SEATS), int(Why.BUDGET), int(Why.WORTH)
_NO, _PERHAPS, _YES = range(3)


def reachable(model: Model, *, spread: Spread, threads: int) -> Ints:
    """Count (k,) who is a holder or could be one in time, each with their own hours and what they accepted."""
    if (model.need_cap == 0).any():  # a need that is met makes no course a candidate, and is asked about all the same
        model = with_candidates(model._replace(need_cap=np.ones(len(model.need_cap))))
    ranges = parts_of(len(model.hours), _CHUNK)
    spare = workers_for(model, min(threads, len(ranges)))
    able = np.zeros((len(ranges), len(model.need_by)), np.int64)

    def one(part: int) -> None:
        work = spare.pop()
        duals = nothing_counts(model, np.full(len(model.period), LITTLE))
        _count(model, duals, reward_for(model), *ranges[part], work, able[part])
        spare.append(work)

    if len(model.need_by):
        spread(one, len(ranges))
    return np.asarray(model.need_before + able.sum(axis=0), np.int64)


def need_reasons(
    model: Model,
    of: Ints,
    plan: Plan,
    able: Ints,
    *,
    spread: Spread,
    threads: int,
) -> Ints:
    """Say (k,) why each need is not met: 0 where it is; ``able`` (k,) from ``reachable``.

    Beyond LEVEL, those who could be holders are given, one after the other, what they lack: SEATS where free seats do
    not make enough of them holders, BUDGET where the money left does not, else WORTH.
    """
    short = np.maximum(model.need_people - plan.holders_after, 0)
    why = np.where(short == 0, 0, np.where(able < model.need_people, int(Why.LEVEL), _WORTH))
    open_ = np.flatnonzero(why == _WORTH)
    spare = workers_for(model, min(threads, len(open_)))
    free = np.where(model.seats < 0, np.iinfo(np.int64).max, model.seats - plan.seats_used)
    left = model.budget - plan.budget_used + _SLACK * float(model.budget.max(initial=1.0))
    price = np.where(free > 0, model.course_cost[model.session_course] + LITTLE, np.inf)

    def one(part: int) -> None:
        work, k = spare.pop(), int(open_[part])
        duals = nothing_counts(model, price)
        duals.need[k] = reward_for(model)
        why[k] = _lack(model, duals, k, int(short[k]), of, plan.session, free.copy(), left.copy(), work)
        spare.append(work)

    spread(one, len(open_))
    return why.astype(np.int64)


@nb.njit(cache=True, nogil=True)
def _glance(m: Model, i: int, k: int) -> int:
    """Whether person ``i`` could be a holder for need ``k``, as far as one course decides it."""
    s = m.need_skill[k]
    answer = _NO
    for x in range(m.candidate_of[i], m.candidate_of[i + 1]):
        c = m.candidate[x]
        if m.candidate_first[x] > m.need_by[k]:
            continue
        teaches, ready = False, m.accepted_of[i] == m.accepted_of[i + 1]
        for o in range(m.outcome_of[c], m.outcome_of[c + 1]):
            if m.outcome_skill[o] == s and m.outcome_to[o] >= m.need_level[k]:
                teaches = True
            if m.levels[i, m.outcome_skill[o]] < m.outcome_from[o]:
                ready = False
        if not teaches:
            continue
        before = m.prerequisite[c]
        if before >= 0 and ready:
            ready = False
            for a in range(m.completed_of[i], m.completed_of[i + 1]):
                if m.completed[a] == before:
                    ready = True
        if ready:
            return _YES
        answer = _PERHAPS
    return answer


@nb.njit(cache=True, nogil=True)
def _count(m: Model, d: Duals, reward: float, start: int, stop: int, w: Work, able: Ints) -> None:
    for i in range(start, stop):
        for a in range(m.unit_need_of[m.unit[i]], m.unit_need_of[m.unit[i] + 1]):
            k = m.unit_need[a]
            if m.levels[i, m.need_skill[k]] >= m.need_level[k]:
                continue
            answer = _glance(m, i, k)
            if answer == _PERHAPS:
                d.need[k] = reward
                worth, _ = best_plan(m, d, i, w)
                d.need[k] = 0.0
                if worth > reward / 2:
                    answer = _YES
            if answer == _YES:
                able[k] += 1


@nb.njit(cache=True, nogil=True)
def _lack(m: Model, d: Duals, k: int, short: int, of: Ints, session: Ints, free: Ints, left: Floats, w: Work) -> int:
    """Say what is lacking, of ``free`` seats (j,) and ``left`` money (b,), to make ``short`` more people holders."""
    taught = False
    for j in range(len(free)):
        c = m.session_course[j]
        for o in range(m.outcome_of[c], m.outcome_of[c + 1]):
            if m.outcome_skill[o] == m.need_skill[k] and m.outcome_to[o] >= m.need_level[k]:
                taught = taught or (free[j] > 0 and m.period[j] <= m.need_by[k])
    given, dear = 0, 0
    for i in range(len(of) - 1):
        if not taught or given >= short:
            break
        inside = False
        for a in range(m.unit_need_of[m.unit[i]], m.unit_need_of[m.unit[i] + 1]):
            inside = inside or m.unit_need[a] == k
        mine = session[of[i] : of[i + 1]]
        if (
            not inside
            or m.levels[i, m.need_skill[k]] >= m.need_level[k]
            or serves(m, i, k, mine, len(mine))
            or _glance(m, i, k) == _NO
        ):
            continue
        prices = d.seat[mine]
        d.seat[mine] = LITTLE
        worth, then = best_plan(m, d, i, w)
        d.seat[mine] = prices
        if worth < d.need[k] / 2:
            continue
        cost = extra_cost(m, mine, then)
        budgets = m.unit_budget[m.unit_budget_of[m.unit[i]] : m.unit_budget_of[m.unit[i] + 1]]
        if (left[budgets] < cost).any():
            dear += 1
            continue
        given += 1
        left[budgets] -= cost
        for j in then:
            if not (mine == j).any():
                free[j] -= 1
                if free[j] == 0:
                    d.seat[j] = np.inf
    if given >= short:
        return _WORTH
    return _BUDGET if given + dear >= short else _SEATS
