"""Prices for what is shared, and the bound they prove.

Every shared row (seats, budgets, needs, fairness, compulsory courses given) gets a price; at any admissible prices the
sum of everybody's best plan plus the price of the right-hand sides is an upper bound on the stage (weak Lagrangian
duality). Good prices come from the entropy-smoothed dual over the plans known so far (L-BFGS-B), plans from pricing
everybody exactly at those prices, in turn.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum

import numba as nb
import numpy as np
from scipy.optimize import minimize

from vested.engines.training._columns import Columns, column_worth
from vested.engines.training._model import Model
from vested.engines.training._nouns import Floats, Ints, Prices
from vested.engines.training._pricing import Duals
from vested.engines.training._use import to_rows

_DEAREST = 1_000.0  # weighted levels; of a group's level and of a compulsory course


class Stage(StrEnum):
    """What is decided, in this order."""

    COMPULSORY = "compulsory"
    FAIRNESS = "fairness"
    VALUE = "value"


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal:
    """A stage, and what the stages before it reached: ``given`` courses at least, ``shortfall`` at most.

    Where ``soft`` is given, more shortfall is allowed in the third stage, at that price.
    """

    stage: Stage
    given: int = 0
    shortfall: float = 0.0
    soft: float = 0.0


def no_rates(model: Model, goal: Goal) -> Prices:
    """Prices to begin with: nothing costs anything, needs are worth what they bring."""
    value = goal.stage is Stage.VALUE
    return Prices(
        seat=np.zeros(len(model.seats)),
        budget=np.zeros(len(model.budget)),
        need=np.where(model.need_cap > 0, model.need_weight, 0.0) if value else np.zeros(len(model.need_weight)),
        group=np.ones(model.groups) if goal.stage is Stage.FAIRNESS else np.zeros(model.groups),
        compulsory=1.0 if goal.stage is Stage.COMPULSORY else 0.0,
    )


def duals_of(model: Model, goal: Goal, rates: Prices) -> Duals:
    """What these prices mean for each person."""
    value = goal.stage is Stage.VALUE
    money = _by_unit(model.unit_budget_of, model.unit_budget, rates.budget)
    if value:
        money = money + model.cost_weight
    return Duals(
        level=1.0 if value else 0.0,
        unit_level=_by_unit(model.unit_group_of, model.unit_group, rates.group),
        grade_level=np.concatenate((rates.group[model.fair_units :], [0.0])),
        money=money,
        seat=rates.seat,
        need=rates.need,
        wish=1.0 if value else 0.0,
        compulsory=rates.compulsory,
    )


def _by_unit(of: Ints, rows: Ints, price: Floats) -> Floats:
    total = np.concatenate(([0.0], np.cumsum(price[rows])))
    return total[of[1:]] - total[of[:-1]]


def constant(model: Model, goal: Goal, rates: Prices) -> float:
    """What the bound adds to the sum of everybody's best plans."""
    limited = model.seats >= 0
    total = float(rates.seat[limited] @ model.seats[limited] + rates.budget @ model.budget)
    if goal.stage is not Stage.COMPULSORY:
        total -= rates.compulsory * goal.given + float(rates.group @ model.group_gap) * model.fairness
    if goal.stage is Stage.VALUE:
        total += float((model.need_weight - rates.need) @ model.need_cap)
        total += goal.shortfall * float(rates.group.max(initial=0.0))
    return total


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Variables:
    """Where each price lies in the vector L-BFGS-B works on, its bounds, and its unit."""

    seat: Ints
    scale: Floats
    lower: Floats
    upper: Floats


def smooth(
    model: Model,
    goal: Goal,
    rates: Prices,
    columns: Columns,
    *,
    people: float,
    temperature: float,
    steps: int,
    threads: int,
    stay: float,
) -> tuple[Prices, float]:
    """Prices that minimise the smoothed dual over these columns, and the bound they prove if no plan is missing.

    Each person counts ``people`` times; leaving ``rates`` costs ``stay``.
    """
    space = _space(model, goal)
    starts = np.flatnonzero(np.diff(columns.person, prepend=-1)).astype(np.int64)
    ends = np.append(starts[1:], len(columns.person))
    limited, groups = space.seat, model.groups
    sizes = np.cumsum([len(limited), len(model.budget), len(model.need_weight), groups])

    def unpack(point: Floats) -> Prices:
        price = point * space.scale
        seat = np.zeros(len(model.seats))
        seat[limited] = price[: sizes[0]]
        return Prices(
            seat=seat,
            budget=price[sizes[0] : sizes[1]],
            need=price[sizes[1] : sizes[2]],
            group=price[sizes[2] : sizes[3]],
            compulsory=float(price[sizes[3]]),
        )

    parts = np.array_split(np.arange(len(starts)), min(4, 1 + len(starts) // 2_000))  # whatever the threads
    pool = ThreadPoolExecutor(threads)
    units = len(model.unit_budget_of) - 1
    spans = (len(model.seats), len(model.need_weight), units, units, groups - model.fair_units + 1)

    def share(duals: Duals, part: Ints) -> Floats:
        used = np.zeros(2 + sum(spans))
        _, seat, need, cost, closed, graded = np.split(used, np.cumsum((2, *spans[:-1])))
        used[:2] = _smooth_sum(
            model, columns, duals, starts[part], ends[part], temperature, seat, need, cost, closed, graded
        )
        return used

    def dual(point: Floats) -> tuple[float, Floats]:
        at = unpack(point)
        duals = duals_of(model, goal, at)
        used = np.sum(list(pool.map(lambda part: share(duals, part), parts)), axis=0)
        (total, given), seat, need, cost, closed, graded = np.split(used, np.cumsum((2, *spans[:-1])))
        slope = np.concatenate(
            (
                model.seats[limited] - people * seat[limited],
                model.budget - people * to_rows(model.unit_budget_of, model.unit_budget, cost, len(model.budget)),
                people * need,
                people
                * np.concatenate(
                    (to_rows(model.unit_group_of, model.unit_group, closed, model.fair_units), graded[:-1])
                ),
                [people * given],
            )
        )
        value = people * total + constant(model, goal, replace(at, group=np.zeros(groups)))
        if goal.stage is not Stage.COMPULSORY:
            slope[sizes[2] : sizes[3]] -= model.fairness * model.group_gap
            slope[sizes[3]] -= goal.given
            value -= float(at.group @ model.group_gap) * model.fairness
        if goal.stage is Stage.VALUE:
            slope[sizes[1] : sizes[2]] -= model.need_cap
            if groups and goal.shortfall > 0:  # the largest group price, smoothed
                warm = np.exp((at.group - at.group.max()) / 0.01)
                value += goal.shortfall * float(at.group.max() + 0.01 * np.log(warm.sum()))
                slope[sizes[2] : sizes[3]] += goal.shortfall * warm / warm.sum()
        slope = slope * space.scale
        away = point - start
        value += stay / 2 * float(weight @ away**2)
        return value, slope + stay * weight * away

    def cold(at: Prices) -> float:
        duals = duals_of(model, goal, at)
        parts_best = pool.map(lambda part: _best_sum(model, columns, duals, starts[part], ends[part]), parts)
        return people * float(sum(parts_best)) + constant(model, goal, at)

    # How much of each there is: so a step is weighed by what it changes.
    weight = np.maximum(
        np.concatenate(
            (
                model.seats[limited],
                model.budget * space.scale[sizes[0] : sizes[1]],
                model.need_cap,
                model.fairness * model.group_gap,
                [goal.given],
            )
        ),
        1.0,
    )
    start = np.concatenate((rates.seat[limited], rates.budget, rates.need, rates.group, [rates.compulsory]))
    start = np.clip(start / space.scale, space.lower, space.upper)
    with pool:
        result = minimize(
            dual,
            start,
            jac=True,
            method="L-BFGS-B",
            bounds=list(zip(space.lower, space.upper, strict=True)),
            options={"maxiter": steps, "maxcor": 20, "ftol": 1e-10, "gtol": 1e-9},
        )
        found = unpack(np.asarray(result.x, np.float64))
        return found, cold(found)


def _space(model: Model, goal: Goal) -> _Variables:
    seat = np.flatnonzero(model.seats >= 0).astype(np.int64)
    budgets, needs = len(model.budget), len(model.need_weight)
    value, first = goal.stage is Stage.VALUE, goal.stage is Stage.COMPULSORY
    dear = model.course_cost[model.course_cost > 0]
    money = 1.0 / float(dear.mean()) if len(dear) else 1.0
    top = np.where(model.need_cap > 0, model.need_weight, 0.0) if value else np.zeros(needs)
    # Finite, since the plans known so far may not be able to keep what the stages before reached.
    group = 0.0 if first or model.fairness == 0 else goal.soft or _DEAREST if value else 1.0
    fixed = 1.0 if first else 0.0
    most = 1.0 if first else _DEAREST if goal.given else 0.0
    return _Variables(
        seat=seat,
        scale=np.concatenate((np.ones(len(seat)), np.full(budgets, money), np.ones(needs + model.groups + 1))),
        lower=np.concatenate((np.zeros(len(seat) + budgets + needs + model.groups), [fixed])),
        upper=np.concatenate((np.full(len(seat) + budgets, np.inf), top, np.full(model.groups, group), [most])),
    )


@nb.njit(cache=True, nogil=True)
def _best_sum(m: Model, columns: Columns, d: Duals, starts: Ints, ends: Ints) -> float:
    """Sum over people of what their best plan is worth."""
    total = 0.0
    for p in range(len(starts)):
        best = -np.inf
        for x in range(starts[p], ends[p]):
            best = max(best, column_worth(m, columns, d, x))
        total += best
    return total


@nb.njit(cache=True, nogil=True)
def _smooth_sum(
    m: Model,
    columns: Columns,
    d: Duals,
    starts: Ints,
    ends: Ints,
    temperature: float,
    seat: Floats,
    need: Floats,
    cost: Floats,
    closed: Floats,
    graded: Floats,
) -> tuple[float, float]:
    """Sum over people of temperature * log sum exp(worth / temperature), and what is used at those probabilities."""
    total, given = 0.0, 0.0
    share = np.zeros(np.max(ends - starts))
    for p in range(len(starts)):
        first, last = starts[p], ends[p]
        i = columns.person[first]
        unit, grade = m.unit[i], m.grade[i]
        best = -np.inf
        for x in range(first, last):
            worth = column_worth(m, columns, d, x)
            share[x - first] = worth
            best = max(best, worth)
        weight = 0.0
        for x in range(last - first):
            share[x] = np.exp((share[x] - best) / temperature)
            weight += share[x]
        total += best + temperature * np.log(weight)
        for x in range(first, last):
            part = share[x - first] / weight
            if part < 1e-9:
                continue
            cost[unit] += part * columns.cost[x]
            closed[unit] += part * columns.closed[x]
            graded[grade] += part * columns.closed[x]
            given += part * columns.compulsory[x]
            for a in range(columns.need_of[x], columns.need_of[x + 1]):
                need[columns.need[a]] += part
            for a in range(columns.of[x], columns.of[x + 1]):
                seat[columns.session[a]] += part
    return total, given
