"""What a person would take instead of each session: the best plan at the plan's prices without that course."""

from typing import NamedTuple

import numba as nb
import numpy as np

from vested.engines.training._columns import brings, serves
from vested.engines.training._dual import Goal, Stage, duals_of
from vested.engines.training._explain._search import Spread, best_plan, parts_of, workers_for
from vested.engines.training._model import Model
from vested.engines.training._nouns import Flags, Floats, Ints, Plan
from vested.engines.training._pricing import FEW, Duals, Work
from vested.engines.training._reasons import Why

_CHUNK = 2_000  # assignments a thread takes at a time
_SAME = 1e-9  # weighted levels; worth less than this is worth the same
_SEATS, _BUDGET, _WORTH = int(Why.SEATS), int(Why.BUDGET), int(Why.WORTH)


class NextBest(NamedTuple):
    """Of each assignment: the ``session`` instead (-1: none), the ``loss``, the ``price`` and ``why`` not; all (a,).

    Where nothing else would help, ``loss`` and ``price`` are those of going without.
    """

    session: Ints
    loss: Floats
    price: Floats
    why: Ints


class State(NamedTuple):
    """Of the plan: full sessions (j,), money left (b,), prices of seats and budgets, and holders after (k,)."""

    full: Flags
    left: Floats
    seat: Floats
    budget: Floats
    holders: Ints


def state_of(model: Model, plan: Plan) -> State:
    """What is full and left in a plan, and what it was priced with."""
    return State(
        full=(model.seats >= 0) & (plan.seats_used >= model.seats),
        left=model.budget - plan.budget_used,
        seat=plan.prices.seat,
        budget=plan.prices.budget,
        holders=plan.holders_after,
    )


def next_best(
    model: Model,
    of: Ints,
    plan: Plan,
    *,
    accepted: Flags,
    spread: Spread,
    threads: int,
) -> NextBest:
    """Find the next best of every assignment that was not accepted.

    The other sessions of the same course are closed, what was accepted stays, and all else may change. The session
    named is the first of a course that is not in the plan chosen. The search looks at a few hundred possibilities: it
    finds a good plan, not always the best.
    """
    duals, state = duals_of(model, Goal(stage=Stage.VALUE), plan.prices), state_of(model, plan)
    seat = np.where(model.seats == 0, np.inf, plan.prices.seat)
    size = len(plan.person)
    best = NextBest(np.full(size, -1, np.int64), np.zeros(size), np.zeros(size), np.zeros(size, np.int64))
    ranges = parts_of(size, _CHUNK)
    workers = min(threads, len(ranges))
    spare = list(zip(workers_for(model, workers, FEW), workers_for(model, workers), strict=True))

    def one(part: int) -> None:
        work = spare.pop()
        mine = duals._replace(seat=seat.copy())
        _next_best(model, mine, state, of, plan.person, plan.session, accepted, *ranges[part], *work, best)
        spare.append(work)

    spread(one, len(ranges))
    return best


@nb.njit(cache=True, nogil=True)
def _next_best(
    m: Model,
    d: Duals,
    state: State,
    of: Ints,
    person: Ints,
    session: Ints,
    accepted: Flags,
    start: int,
    stop: int,
    quick: Work,
    thorough: Work,
    best: NextBest,
) -> None:
    for r in range(start, stop):
        if accepted[r]:
            continue
        i = person[r]
        c = m.session_course[session[r]]
        mine = session[of[i] : of[i + 1]]
        closed = m.session[m.session_of[c] : m.session_of[c + 1]]
        prices = d.seat[closed]
        d.seat[closed] = np.inf
        worth, then = best_plan(m, d, i, quick)
        if worth == -np.inf:  # what was accepted needs much before it, or this very course
            worth, then = best_plan(m, d, i, thorough)
        d.seat[closed] = prices
        if worth == -np.inf:
            continue
        best.session[r] = _first_new(m, mine, then)
        loss, cost = loss_of(m, state, i, mine, then)
        seats, crowded = 0.0, False
        for j in then:
            seats += state.seat[j]
        for j in mine:
            seats -= state.seat[j]
        for j in then:
            if state.full[j] and not (mine == j).any():
                crowded = True
        money, short = 0.0, False
        for a in range(m.unit_budget_of[m.unit[i]], m.unit_budget_of[m.unit[i] + 1]):
            money += state.budget[m.unit_budget[a]] * cost
            short = short or cost > state.left[m.unit_budget[a]] + _SAME
        best.loss[r], best.price[r] = loss, seats + money
        if best.session[r] < 0:
            continue
        best.why[r] = _WORTH
        if loss <= _SAME:
            if crowded or (seats > _SAME and seats >= money):
                best.why[r] = _SEATS
            elif short or money > _SAME:
                best.why[r] = _BUDGET


@nb.njit(cache=True, nogil=True)
def _first_new(m: Model, mine: Ints, then: Ints) -> int:
    """Find the first session (by period, then number) of a course that is not in the plan chosen, or -1."""
    first = -1
    for j in then:
        new = True
        for other in mine:
            if m.session_course[other] == m.session_course[j]:
                new = False
        if new and (first < 0 or (m.period[j], j) < (m.period[first], first)):
            first = j
    return first


@nb.njit(cache=True, nogil=True)
def loss_of(m: Model, state: State, i: int, mine: Ints, then: Ints) -> tuple[float, float]:
    """Say what the plan is worth less with ``then`` for ``mine``, all else as it is, and what it costs more."""
    closed, wish, cost, _ = brings(m, i, mine, len(mine))
    closed_then, wish_then, cost_then, _ = brings(m, i, then, len(then))
    loss = closed - closed_then + wish - wish_then - m.cost_weight * (cost - cost_then)
    for a in range(m.unit_need_of[m.unit[i]], m.unit_need_of[m.unit[i] + 1]):
        k = m.unit_need[a]
        now, after = serves(m, i, k, mine, len(mine)), serves(m, i, k, then, len(then))
        if now and not after and state.holders[k] <= m.need_people[k]:
            loss += m.need_weight[k]
        if after and not now and state.holders[k] < m.need_people[k]:
            loss -= m.need_weight[k]
    return loss, cost_then - cost
