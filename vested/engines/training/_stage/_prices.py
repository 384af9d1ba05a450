"""Better prices and bounds: from some people, from everybody, and from sharing out the plans known."""

import numpy as np

from vested.engines.training._columns import Columns, Priced, join, price, take, worth
from vested.engines.training._descent import WELL, Descent
from vested.engines.training._dual import constant, duals_of
from vested.engines.training._master import Mixture
from vested.engines.training._model import Model
from vested.engines.training._nouns import Floats, Prices
from vested.engines.training._stage._state import Search, margin_of
from vested.engines.training._stage._whole import settle

_STEP, _STEPS = 8.0, 6  # first step, and steps, in a direction that is known to be good
_NEARLY = 0.1  # of the distance allowed, that lower prices may prove less
_ROUNDS = 12  # of pricing everybody before plans are combined
_IDLE = 3  # of them in turn that bring next to nothing
_NEAR = 30_000  # plans a linear program begins with
_MIXES, _GAIN = 100, 1e-6  # programs solved in turn; weighted levels from which a plan is worth adding
_FEW_PLANS, _PULL = 4, 0.2  # plans of a person kept then; the first step from the best prices to the program's


def sample(at: Search, size: int, rounds: int, stay: float) -> None:
    """Prices from some people, each standing for several."""
    who = np.sort(at.rng.choice(len(at.model.hours), size, replace=False)).astype(np.int64)
    few = Descent(
        model=at.model,
        goal=at.goal,
        who=who,
        threads=at.threads,
        pool=take(at.base, who),
        rates=at.descent.rates,
        stay=stay,
    )
    for _ in range(rounds):
        if at.tell("prices"):
            break
        few.advance()
    at.descent.rates = at.descent.center = few.center
    at.know(few.pool)


def along(at: Search, way: Prices) -> None:
    """Go from the prices there are as far in the direction ``way`` as the bound falls."""
    start, step, far = at.descent.rates, _STEP, 0.0
    for _ in range(_STEPS):
        rates = further(start, way, far + step)
        priced = _exactly(at, rates)
        proved(at, priced, rates)
        if at.descent.learn(priced, rates):
            far += step
        else:
            step /= -2 if far else 2
        if at.tell("prices"):
            break


def cheapen(at: Search, way: Prices) -> None:
    """Go back in the direction ``way`` as far as the prices still prove nearly as much.

    Prices of what the first stage's result needs may be as high as one likes; the lowest say what a seat is worth.
    """
    start, most = at.proof, at.proven + _NEARLY * at.allowed
    step, back = start.compulsory / 2, 0.0
    for _ in range(_STEPS if step > 0 else 0):
        rates = further(start, way, -(back + step))
        bound = proved(at, _exactly(at, rates), rates)
        if bound <= most:
            back += step
            at.proof, at.proven = rates, bound
        step /= 2


def price_all(at: Search) -> None:
    """Price everybody for as long as it pays: plans worth knowing, a bound, and better prices."""
    idle = 0
    for _ in range(_ROUNDS):
        before, rates = at.estimate, at.descent.rates
        proved(at, at.descent.advance(), rates)
        idle = idle + 1 if before - at.estimate < at.allowed / 2 else 0
        if idle == _IDLE or at.done or at.tell("prices"):
            break


def prove(at: Search) -> None:
    """Price everybody exactly at the best prices."""
    priced = _exactly(at, at.descent.center)
    at.know(priced.columns)
    proved(at, priced, at.descent.center)


def _exactly(at: Search, rates: Prices) -> Priced:
    duals = duals_of(at.model, at.goal, rates)
    return price(at.model, duals, at.descent.who, keep=2, slack=0.1, threads=at.threads)


def proved(at: Search, priced: Priced, rates: Prices) -> float:
    """Take the bound that pricing everybody at ``rates`` proves."""
    bound = float(priced.upper.sum()) + constant(at.model, at.goal, rates)
    if bound < at.result - 1e-6 * max(1.0, abs(at.result)):
        raise ArithmeticError(f"a bound of {bound} on the {at.goal.stage} stage is below what is reached, {at.result}")
    if bound < at.proven:
        at.proven, at.proof = bound, rates
        at.bound = min(at.bound, bound)
    return bound


def generate(at: Search) -> None:
    """Share out the plans known, and price between the prices this gives and the best ones, until both agree."""
    model, goal, best = at.model, at.goal, at.descent
    pull = 1.0 if at.mixture else _PULL
    at.mixture = mixture = _program(at)
    columns, share = at.chosen, np.ones(len(at.chosen.person))
    for _ in range(_MIXES):
        mix = mixture.solve()
        if mix is None:
            break
        columns, share = mixture.columns, mix.share
        at.combined, at.unfair = mix.objective, mix.shortfall
        if best.best - mix.objective <= at.allowed / 2 or at.combining():
            break
        rates = _between(best.center, mix.rates, pull)
        duals = duals_of(model, goal, rates)
        priced = price(model, duals, best.who, keep=_FEW_PLANS, slack=0.3, threads=at.threads, nodes=WELL)
        proved(at, priced, rates)
        better_prices = best.learn(priced, rates)
        at.know(priced.columns)
        new = _best_new(model, at.pool, worth(model, at.pool, duals_of(model, goal, mix.rates)), mix.worth)
        if not len(new.person) and pull == 1.0:
            break
        pull = min(1.0, pull * 1.5) if better_prices or not len(new.person) else pull * 0.7
        mixture.add(new)
    settle(at, columns, share, at_once=at.short_for_good)


def _program(at: Search) -> Mixture:
    """The linear program of this stage: the one of the stage before, or one of the plans nearest to the best."""
    if at.mixture is not None:
        at.mixture.turn(at.goal, stop=at.combining)
        return at.mixture
    pool = join(at.pool, at.chosen)
    margin = margin_of(at.model, at.goal, pool, at.descent.rates)
    level = np.partition(margin, _NEAR)[_NEAR] if len(margin) > _NEAR else np.inf
    return Mixture(at.model, at.goal, join(take(pool, np.flatnonzero(margin <= level)), at.chosen), stop=at.combining)


def _best_new(model: Model, pool: Columns, value: Floats, least: Floats) -> Columns:
    """The few plans of each person that are worth more than the ``least`` that would be shared out."""
    gain = value - least[pool.person]
    new = np.flatnonzero(gain > _GAIN)
    new = new[np.lexsort((-gain[new], pool.person[new]))]
    first = np.searchsorted(pool.person[new], np.arange(len(model.hours)))
    rank = np.arange(len(new)) - first[pool.person[new]]
    return take(pool, new[rank < _FEW_PLANS])


def further(start: Prices, way: Prices, step: float) -> Prices:
    """The prices that many steps from ``start`` in the direction ``way``; needs' prices stay."""
    return Prices(
        seat=np.maximum(start.seat + step * way.seat, 0.0),
        budget=np.maximum(start.budget + step * way.budget, 0.0),
        need=start.need,
        group=np.maximum(start.group + step * way.group, 0.0),
        compulsory=max(start.compulsory + step * way.compulsory, 0.0),
    )


def _between(left: Prices, right: Prices, step: float) -> Prices:
    """The prices ``step`` of the way from left to right."""
    return Prices(
        seat=left.seat + step * (right.seat - left.seat),
        budget=left.budget + step * (right.budget - left.budget),
        need=left.need + step * (right.need - left.need),
        group=left.group + step * (right.group - left.group),
        compulsory=left.compulsory + step * (right.compulsory - left.compulsory),
    )
