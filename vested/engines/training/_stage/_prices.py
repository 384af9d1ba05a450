"""Better prices and bounds: from some people, from everybody, and from sharing out the plans known."""

import numpy as np

from vested.engines.training._columns import Priced, join, price, take, worth
from vested.engines.training._descent import WELL, Descent
from vested.engines.training._dual import constant, duals_of
from vested.engines.training._master import Mixture
from vested.engines.training._nouns import Prices
from vested.engines.training._stage._state import Search, margin_of
from vested.engines.training._stage._whole import settle

_ROUNDS = 12  # of pricing everybody before plans are combined
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


def price_all(at: Search) -> None:
    """Price everybody for as long as it pays: plans worth knowing, a bound, and better prices."""
    for _ in range(_ROUNDS):
        before, rates = at.estimate, at.descent.rates
        proved(at, at.descent.advance(), rates)
        if before - at.estimate < at.allowed / 4 or at.done or at.tell("prices"):
            break


def prove(at: Search) -> None:
    """Price everybody exactly at the best prices."""
    everybody = np.arange(len(at.model.hours))
    duals = duals_of(at.model, at.goal, at.descent.center)
    priced = price(at.model, duals, everybody, keep=2, slack=0.1, threads=at.threads)
    at.know(priced.columns)
    proved(at, priced, at.descent.center)


def proved(at: Search, priced: Priced, rates: Prices) -> None:
    """Take the bound that pricing everybody at ``rates`` proves."""
    bound = float(priced.upper.sum()) + constant(at.model, at.goal, rates)
    if bound < at.result - 1e-6 * max(1.0, abs(at.result)):
        raise ArithmeticError(f"a bound of {bound} on the {at.goal.stage} stage is below what is reached, {at.result}")
    if bound < at.proven:
        at.proven, at.proof = bound, rates
        at.bound = min(at.bound, bound)


def generate(at: Search) -> None:
    """Share out the plans known, and price between the prices this gives and the best ones, until both agree."""
    model, goal, best = at.model, at.goal, at.descent
    pool = join(at.pool, at.chosen)
    margin = margin_of(model, goal, pool, best.center)
    level = np.partition(margin, _NEAR)[_NEAR] if len(margin) > _NEAR else np.inf
    near = join(take(pool, np.flatnonzero(margin <= level)), at.chosen)
    mixture = Mixture(model, goal, near, stop=lambda: at.tell("combining"))
    pull, found, columns = _PULL, at.base, at.chosen
    share = np.ones(len(columns.person))
    for _ in range(_MIXES):
        mix = mixture.solve()
        if mix is None:
            break
        columns, share = mixture.columns, mix.share
        at.combined, at.unfair = mix.objective, mix.shortfall
        if best.best - mix.objective <= at.allowed / 2 or at.tell("combining"):
            break
        rates = _between(best.center, mix.rates, pull)
        duals = duals_of(model, goal, rates)
        priced = price(model, duals, best.who, keep=_FEW_PLANS, slack=0.3, threads=at.threads, nodes=WELL)
        proved(at, priced, rates)
        better_prices = best.learn(priced, rates)
        gain = worth(model, priced.columns, duals_of(model, goal, mix.rates)) - mix.worth[priced.columns.person]
        new = take(priced.columns, np.flatnonzero(gain > _GAIN))
        if not len(new.person) and pull == 1.0:
            break
        pull = min(1.0, pull * 1.5) if better_prices or not len(new.person) else pull * 0.7
        mixture.add(new)
        found = join(found, new)
    at.know(found)
    settle(at, columns, share)


def _between(left: Prices, right: Prices, step: float) -> Prices:
    """The prices ``step`` of the way from left to right."""
    return Prices(
        seat=left.seat + step * (right.seat - left.seat),
        budget=left.budget + step * (right.budget - left.budget),
        need=left.need + step * (right.need - left.need),
        group=left.group + step * (right.group - left.group),
        compulsory=left.compulsory + step * (right.compulsory - left.compulsory),
    )
