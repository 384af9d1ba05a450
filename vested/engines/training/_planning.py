"""The three stages in their order, and the plan they end in."""

from dataclasses import replace

import numpy as np

from vested.engines.training._checks import Infeasible, check
from vested.engines.training._columns import Columns, join, price, take
from vested.engines.training._dual import Goal, Stage, no_rates
from vested.engines.training._master import combine
from vested.engines.training._model import Model, model_of
from vested.engines.training._nouns import Compulsory, Fairness, Plan, Prices, Problem, Progress, Value
from vested.engines.training._pricing import Duals
from vested.engines.training._stage import EVEN, SAMPLES, Samples, Search, Stop, along, cheapen, further, glance, search
from vested.engines.training._use import use_of

_ROUNDS, _VALUE_ROUNDS = 3, 8  # without progress before a stage gives up

_DEAR = 100.0  # weighted levels, the first price of a compulsory course in the third stage
_SOFT = 5.0  # weighted levels, the price of one that is missing from a group's share while it can still be avoided


def never(_progress: Progress) -> bool:
    """Do not stop, whatever the progress."""
    return False


def plan(
    problem: Problem,
    *,
    gap: float = 0.002,
    stop: Stop | None = None,
    seed: int = 0,
    start: Prices | None = None,
    threads: int = 2,
) -> Plan:
    """Find the best training plan, and prove how near to the best possible one it is.

    The search ends when the value found is within ``gap`` of its bound, when ``stop`` says so (the best plan so far is
    returned), or when it makes no more progress; ``finished`` tells. ``start`` are prices of a similar problem.
    The same problem, ``seed`` and ``start`` give the same plan, whatever ``threads``, unless ``stop`` cuts it short.
    Raises InvalidProblem for arrays that do not fit together, Infeasible where accepted sessions cannot all be kept.
    """
    check(problem, start)
    model = model_of(problem)
    base = least(model)
    rng = np.random.default_rng(seed)

    def begin(goal: Goal, chosen: Columns, rates: Prices | None = None) -> Search:
        return Search(
            model=model,
            goal=goal,
            stop=stop or never,
            gap=gap,
            threads=threads,
            rng=rng,
            base=base,
            chosen=chosen,
            rates=rates or no_rates(model, goal),
        )

    first = begin(Goal(stage=Stage.COMPULSORY), base)
    first.bound = _most(model)
    _run(first)
    given, keeps = use_of(model, first.chosen).given, first.proof
    # Most often nobody's share need fall short: then the second stage is settled by the way.
    soft = _SOFT if model.fairness > 0 and model.group_gap.any() else 0.0
    goal = Goal(stage=Stage.VALUE, given=given, soft=soft)
    prices = rates_of(model, start, soft=soft) if start else further(no_rates(model, goal), keeps, _DEAR)
    third = begin(goal, first.chosen, prices)
    third.stopped = first.stopped
    _run(third, samples=SAMPLES[-1:] if start else SAMPLES)
    shortfall = use_of(model, third.chosen).shortfall(model)
    least_short = 0.0
    if soft and shortfall > EVEN:
        second = begin(Goal(stage=Stage.FAIRNESS, given=given), third.chosen)
        second.bound, second.stopped = 0.0, third.stopped
        second.know(third.pool)
        second.mixture = third.mixture
        nothing = replace(no_rates(model, second.goal), group=np.zeros(model.groups))
        second.descent.rates = second.descent.center = further(nothing, third.descent.center, 1 / _SOFT)
        _run(second, samples=())
        shortfall = use_of(model, second.chosen).shortfall(model)
        least_short = min(max(-second.bound, 0.0), shortfall)
        goal = Goal(stage=Stage.VALUE, given=given, shortfall=shortfall)
        hard = begin(goal, second.chosen, third.descent.center)
        hard.know(join(third.pool, second.pool))
        hard.mixture, hard.stopped = second.mixture, second.stopped
        along(hard, second.descent.center)
        third = hard
        _run(third, samples=())
    cheapen(third, keeps)
    return _stated(model, first, third, least_short)


def _run(at: Search, *, samples: Samples = SAMPLES) -> None:
    if at.done and at.goal.stage is not Stage.VALUE:
        return
    if not len(at.model.hours):  # nobody to plan for
        at.bound = at.proven = at.result
        return
    if at.stopped:
        glance(at)
    else:
        search(at, rounds=_VALUE_ROUNDS if at.goal.stage is Stage.VALUE else _ROUNDS, samples=samples)
        if not np.isfinite(at.bound):
            glance(at)


def least(model: Model) -> Columns:
    """The plans that hold what was accepted, what that needs before it, and nothing else."""
    units = len(model.unit_budget_of) - 1
    limited = model.seats >= 0
    duals = Duals(
        level=0.0,
        unit_level=np.zeros(units),
        grade_level=np.zeros(model.groups - model.fair_units + 1),
        money=np.full(units, 1e-6),
        seat=np.where(limited, 1.0, 1e-3),
        need=np.zeros(len(model.need_by)),
        wish=0.0,
        compulsory=0.0,
    )
    n = len(model.hours)
    priced = price(model, duals, np.arange(n), keep=1, slack=0.0, threads=1)
    stuck = np.flatnonzero(priced.best == -np.inf)
    if len(stuck):
        raise Infeasible(f"what people accepted cannot be kept by themselves: people {stuck[:20].tolist()}", stuck)
    if _fits(model, priced.columns):
        return priced.columns
    several = price(
        model, duals, np.flatnonzero(np.diff(model.accepted_of)), keep=200, slack=1e6, threads=1, every=True
    )
    free = np.diff(model.accepted_of) == 0
    rest = take(priced.columns, np.flatnonzero(free))
    mix = combine(model, Goal(stage=Stage.COMPULSORY), several.columns, fixed=use_of(model, rest), nodes=5_000)
    if mix is None:
        raise Infeasible("what people accepted needs more seats or money than there are", np.flatnonzero(~free))
    return join(rest, take(several.columns, np.flatnonzero(mix.share > 0.5)))


def _fits(model: Model, columns: Columns) -> bool:
    use = use_of(model, columns)
    return bool(((use.seats <= model.seats) | (model.seats < 0)).all() and (use.budget <= model.budget + 1e-6).all())


def _most(model: Model) -> float:
    """Every compulsory course within reach: a bound that needs no search."""
    who = np.repeat(np.arange(len(model.hours)), np.diff(model.candidate_of))
    return float(model.compulsory[model.role[who], model.candidate].sum())


def rates_of(model: Model, prices: Prices, *, soft: float = np.inf) -> Prices:
    """Take published prices up again, as far as they are admissible where a shortfall costs no more than ``soft``."""
    fair = soft if model.fairness > 0 else 0.0
    return Prices(
        seat=np.where(model.seats >= 0, np.maximum(prices.seat, 0.0), 0.0),
        budget=np.maximum(prices.budget, 0.0),
        need=np.clip(prices.need, 0.0, np.where(model.need_cap > 0, model.need_weight, 0.0)),
        group=np.clip(prices.group, 0.0, fair),
        compulsory=max(prices.compulsory, 0.0),
    )


def _stated(model: Model, first: Search, last: Search, least_short: float) -> Plan:
    chosen, use = last.chosen, use_of(model, last.chosen)
    size = np.diff(chosen.of)
    person = np.repeat(chosen.person, size)
    order = np.lexsort((chosen.session, model.period[chosen.session], person))
    objective = use.value(model)
    bound = max(last.bound, objective)
    if bound - objective <= 1e-9 * max(1.0, abs(objective)):
        bound = objective  # rounding
    shortfall, target = use.shortfall(model), model.fairness * model.group_gap
    return Plan(
        person=person[order],
        session=chosen.session[order],
        compulsory=Compulsory(given=use.given, bound=max(int(np.floor(first.bound + 1e-6)), use.given)),
        fairness=Fairness(
            shortfall=shortfall,
            bound=min(least_short, shortfall),
            gap=model.group_gap,
            target=target,
            closed=use.closed,
            group_shortfall=np.maximum(target - use.closed, 0.0),
        ),
        value=Value(
            objective=objective,
            bound=bound,
            gap=(bound - objective) / max(abs(bound), 1e-12),
            gap_closed=float(chosen.closed.sum()),
            needs=float(np.minimum(use.need, model.need_cap) @ model.need_weight),
            wishes=float(chosen.wishes.sum()),
            cost=float(chosen.cost.sum()),
            priced=max(last.proven, objective),
        ),
        prices=last.proof,
        seats_used=use.seats,
        budget_used=use.budget,
        holders_before=model.need_before,
        holders_after=model.need_before + use.need,
        finished=not last.stopped and last.done,
    )
