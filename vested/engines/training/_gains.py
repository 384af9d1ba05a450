"""What one more seat, or a little more money, buys: by solving again, not by the price alone."""

from dataclasses import replace

import numpy as np

from vested.engines.training._columns import Columns, columns_of, join, price, take
from vested.engines.training._dual import Goal, Stage, duals_of
from vested.engines.training._master import combine
from vested.engines.training._model import Model, model_of
from vested.engines.training._nouns import Flags, Floats, Plan, Prices, Problem, Progress
from vested.engines.training._planning import rates_of
from vested.engines.training._pricing import FEW
from vested.engines.training._reasons import Gain
from vested.engines.training._stage import Stop, margin_of
from vested.engines.training._use import use_of

_SHARE = 0.01  # more of a budget
_PEOPLE = 400  # whose plans may change
_CHEAPER = 0.7  # of its price, at which it is seen who would use a step


def next_gains(
    problem: Problem, plan: Plan, *, most: int = 10, stop: Stop | None = None, threads: int = 2
) -> tuple[Gain, ...]:
    """Solve again with one more seat, or 1 % more of a budget, for the ``most`` dearest by price.

    Up to 400 people nearest to a change may exchange plans; both programs, with and without the step, are solved to
    the end, so ``gain`` is what the step alone adds among them. No plan gains more than ``at_most``: the price of the
    step plus what is not proven about the plan itself.
    """
    model = model_of(problem)
    goal = Goal(stage=Stage.VALUE, given=plan.compulsory.given, shortfall=plan.fairness.shortfall)
    rates = rates_of(model, plan.prices)
    duals = duals_of(model, goal, rates)
    n = len(model.hours)
    keep = 8 if n > _PEOPLE else 40
    slack = 0.3 if n > _PEOPLE else 1.0
    priced = price(model, duals, np.arange(n), keep=keep, slack=slack, threads=threads, nodes=FEW)
    of = np.searchsorted(plan.person, np.arange(n + 1)).astype(np.int64)
    chosen = columns_of(model, np.arange(n), of, plan.session)
    known = join(priced.columns, chosen)
    limited = np.flatnonzero((model.seats >= 0) & (rates.seat > 0))
    steps = [("seat", int(j), float(rates.seat[j])) for j in limited]
    steps += [
        ("budget", int(b), float(rates.budget[b] * model.budget[b] * _SHARE)) for b in np.flatnonzero(rates.budget)
    ]
    steps.sort(key=lambda step: (-step[2], step[0], step[1]))
    gains = []
    for kind, index, cost in steps[:most]:
        told = Progress(stage=Stage.VALUE, doing="gains", objective=plan.value.objective, bound=None, gap=None)
        if stop is not None and stop(told):
            break
        pool = join(known, _cheaper(model, goal, rates, kind, index, threads))
        free = _near(model, pool, margin_of(model, goal, pool, rates), kind, index)
        gain = _gain(model, goal, pool, chosen, free, kind, index)
        unproven = plan.value.bound - plan.value.objective
        gains.append(Gain(kind=kind, index=index, price=cost, gain=gain, at_most=max(cost + unproven, gain)))
    return tuple(gains)


def _cheaper(model: Model, goal: Goal, rates: Prices, kind: str, index: int, threads: int) -> Columns:
    """What people would choose if the step cost less than its price: plans that could use it."""
    seat, budget = rates.seat.copy(), rates.budget.copy()
    (seat if kind == "seat" else budget)[index] *= _CHEAPER
    duals = duals_of(model, goal, replace(rates, seat=seat, budget=budget))
    everybody = np.arange(len(model.hours))
    return price(model, duals, everybody, keep=2, slack=0.3, threads=threads, nodes=FEW).columns


def _near(model: Model, pool: Columns, margin: Floats, kind: str, index: int) -> Flags:
    """The people who are nearest to another plan, those first whom the step could serve."""
    n = len(model.hours)
    again = np.full(n, np.inf)  # the least anybody loses by another plan than their best
    np.minimum.at(again, pool.person, np.where(margin > 0, margin, np.inf))
    if kind == "seat":
        users = np.repeat(np.arange(len(pool.person)), np.diff(pool.of))[pool.session == index]
        touched = np.full(n, np.inf)
        np.minimum.at(touched, pool.person[users], margin[users])
        again = np.minimum(again, touched - 1.0)
    free = np.zeros(n, np.bool_)
    free[np.argsort(again, kind="stable")[:_PEOPLE]] = True
    return free


def _gain(model: Model, goal: Goal, pool: Columns, chosen: Columns, free: Flags, kind: str, index: int) -> float:
    kept = use_of(model, take(chosen, np.flatnonzero(~free)))
    options = take(pool, np.flatnonzero(free[pool.person]))
    found = []
    for more in (False, True):
        if more and kind == "seat":
            seats = model.seats.copy()
            seats[index] += 1
            model = model._replace(seats=seats)
        elif more:
            budget = model.budget.copy()
            budget[index] *= 1 + _SHARE
            model = model._replace(budget=budget)
        mix = combine(model, goal, options, fixed=kept, nodes=2_000)
        if mix is None:
            return 0.0
        found.append(mix.objective)
    return max(found[1] - found[0], 0.0)
