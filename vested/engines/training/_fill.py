"""Person by person, a better plan out of what the others leave: always feasible, never worse."""

import numba as nb
import numpy as np

from vested.engines.training._columns import Columns, brings, columns_of, serves
from vested.engines.training._dual import Goal, Stage, duals_of
from vested.engines.training._model import Model
from vested.engines.training._nouns import Floats, Ints, Prices
from vested.engines.training._pricing import FEW, Duals, Work, best_plans, work_for
from vested.engines.training._use import Use, use_of

_KEEP_GIVEN = 100.0  # weighted levels: nobody gives up a compulsory course for less


def fill(model: Model, goal: Goal, chosen: Columns, rates: Prices, *, order: Ints) -> Columns:
    """Let everybody, in this order, exchange their plan for a better one that fits beside the others'.

    ``rates`` guide each person's search; a plan is exchanged only where the stage's result gets better and the
    stages before it lose nothing.
    """
    use = use_of(model, chosen)
    n = len(model.hours)
    plan = np.zeros((n, model.longest + 1), np.int64)
    size = np.diff(chosen.of)
    plan[np.arange(plan.shape[1])[None, :] < size[:, None]] = chosen.session
    left = np.where(model.seats >= 0, model.seats - use.seats, np.iinfo(np.int64).max)
    duals = duals_of(model, goal, rates)
    if goal.given > 0 and goal.stage is not Stage.COMPULSORY:
        duals = duals._replace(compulsory=max(duals.compulsory, _KEEP_GIVEN))
    kind = {Stage.COMPULSORY: 0, Stage.FAIRNESS: 1, Stage.VALUE: 2}[goal.stage]
    _exchange(
        model,
        duals._replace(seat=np.where(left > 0, rates.seat, np.inf), need=duals.need.copy()),
        rates.seat,
        order,
        plan,
        size,
        left,
        model.budget - use.budget,
        use.need.astype(np.float64),
        use.closed.copy(),
        use.given,
        kind,
        goal.given,
        goal.shortfall,
        goal.soft,
        work_for(model, nodes=FEW),
    )
    filled = np.arange(plan.shape[1])[None, :] < size[:, None]
    of = np.concatenate(([0], np.cumsum(size))).astype(np.int64)
    return columns_of(model, np.arange(n), of, plan[filled])


def better(model: Model, goal: Goal, left: Use, right: Use) -> bool:
    """Whether ``left`` is the better result of the stage; both keep what the stages before reached."""
    if goal.stage is Stage.COMPULSORY:
        return left.given > right.given
    if goal.stage is Stage.FAIRNESS:
        return left.shortfall(model) < right.shortfall(model) - 1e-12
    if left.given < min(goal.given, right.given):
        return False
    if goal.soft:
        return merit(model, goal, left) > merit(model, goal, right) + 1e-12
    if left.shortfall(model) > max(goal.shortfall + 2e-6, right.shortfall(model)):
        return False
    return left.value(model) > right.value(model) + 1e-12


def merit(model: Model, goal: Goal, use: Use) -> float:
    """What the stage maximises."""
    if goal.stage is Stage.COMPULSORY:
        return float(use.given)
    if goal.stage is Stage.FAIRNESS:
        return -use.shortfall(model)
    return use.value(model) - (goal.soft * use.shortfall(model) if goal.soft else 0.0)


@nb.njit(cache=True, nogil=True)
def _exchange(
    m: Model,
    d: Duals,
    price: Floats,
    order: Ints,
    plan: Ints,
    size: Ints,
    left: Ints,
    money: Floats,
    held: Floats,
    closed: Floats,
    given: int,
    kind: int,
    least_given: int,
    most_short: float,
    soft: float,
    w: Work,
) -> None:
    groups = len(closed)
    mine = np.zeros(groups, np.bool_)
    fresh = np.zeros(plan.shape[1], np.int64)
    for i in order:
        unit = m.unit[i]
        mine[:] = False
        for a in range(m.unit_group_of[unit], m.unit_group_of[unit + 1]):
            mine[m.unit_group[a]] = True
        if m.grade[i] >= 0:
            mine[m.fair_units + m.grade[i]] = True
        # Take the person's plan out.
        old = size[i]
        _book(m, d, price, i, plan[i], old, -1, left, held)
        old_closed, old_wish, old_cost, old_given = brings(m, i, plan[i], old)
        old_needs = _needs(m, i, plan[i], old, held)
        purse = np.inf
        for a in range(m.unit_budget_of[unit], m.unit_budget_of[unit + 1]):
            money[m.unit_budget[a]] += old_cost
            purse = min(purse, money[m.unit_budget[a]])
        for a in range(m.unit_need_of[unit], m.unit_need_of[unit + 1]):
            k = m.unit_need[a]
            d.need[k] = m.need_weight[k] if kind == 2 and held[k] < m.need_cap[k] else 0.0
        count, _, _ = best_plans(m, d, i, purse, 0.0, w)
        accept = False
        if count > 0:
            new = w.size[0]
            for x in range(new):
                fresh[x] = w.plan[0, x]
            new_closed, new_wish, new_cost, new_given = brings(m, i, fresh, new)
            gain = new_closed - old_closed
            short_old, short_new = 0.0, 0.0
            for g in range(groups):
                target = m.fairness * m.group_gap[g]
                short_old += max(0.0, target - closed[g])
                short_new += max(0.0, target - closed[g] - (gain if mine[g] else 0.0))
            enough = given - old_given + new_given >= least_given or new_given >= old_given
            if kind == 0:
                accept = new_given > old_given
            elif kind == 1:
                accept = enough and short_new < short_old - 1e-9
            else:
                fair = short_new <= max(most_short, short_old) + 1e-12
                worth = gain + new_wish - old_wish - m.cost_weight * (new_cost - old_cost)
                worth += _needs(m, i, fresh, new, held) - old_needs
                if soft > 0.0:
                    worth -= soft * (short_new - short_old)
                    fair = True
                accept = enough and fair and worth > 1e-9
        if accept:
            size[i] = new
            for x in range(new):
                plan[i, x] = fresh[x]
            given += new_given - old_given
            for g in range(groups):
                if mine[g]:
                    closed[g] += gain
            old_cost = new_cost
        for a in range(m.unit_budget_of[unit], m.unit_budget_of[unit + 1]):
            money[m.unit_budget[a]] -= old_cost
        _book(m, d, price, i, plan[i], size[i], 1, left, held)


@nb.njit(cache=True, nogil=True)
def _book(
    m: Model, d: Duals, price: Floats, i: int, sessions: Ints, size: int, sign: int, left: Ints, held: Floats
) -> None:
    """Take a person's plan in (1) or out (-1) of the seats left and the holders there are."""
    for x in range(size):
        j = sessions[x]
        if m.seats[j] >= 0:
            left[j] -= sign
            d.seat[j] = price[j] if left[j] > 0 else np.inf
    for a in range(m.unit_need_of[m.unit[i]], m.unit_need_of[m.unit[i] + 1]):
        if serves(m, i, m.unit_need[a], sessions, size):
            held[m.unit_need[a]] += sign


@nb.njit(cache=True, nogil=True)
def _needs(m: Model, i: int, sessions: Ints, size: int, held: Floats) -> float:
    """Worth of the needs a person's plan serves beside the holders there are."""
    worth = 0.0
    for a in range(m.unit_need_of[m.unit[i]], m.unit_need_of[m.unit[i] + 1]):
        k = m.unit_need[a]
        if held[k] < m.need_cap[k] and serves(m, i, k, sessions, size):
            worth += m.need_weight[k]
    return worth
