"""One stage of the plan: prices, bound and the best combination found, in turn, until the gap is small enough."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from vested.engines.training._columns import Columns, Priced, join, price, take, worth
from vested.engines.training._dual import Goal, Stage, constant, duals_of, smooth
from vested.engines.training._fill import better, fill, merit
from vested.engines.training._master import combine
from vested.engines.training._model import Model
from vested.engines.training._nouns import Ints, Prices, Progress
from vested.engines.training._pricing import FEW
from vested.engines.training._use import use_of

Stop = Callable[[Progress], bool]

_SAMPLES = (250, 3_000)  # people whose prices are found first, at a fraction of the work
_KEEP = 8  # plans of a person kept from each pricing
_SAMPLE_WARMTH = (0.2, 0.1, 0.1, 0.05, 0.05, 0.03, 0.03, 0.02)
_WARMTH = (0.03, 0.01, 0.004, 0.002)  # of the smoothed dual, round by round, in weighted levels
_TURNS, _OFF = 3, 0.4  # pricings at prices off by up to so much, for plans to combine
_STEPS = 60  # of the smoothed dual's descent
_FAR = 2.0  # weighted levels below its owner's best, a plan no longer shapes the prices
_NEAR = 40_000  # columns a linear program is given
_ALL = 150_000  # columns an exhaustive program is given
_CLOSE, _FEW_PEOPLE = 0.02, 20  # the gap from which, and the people among whom, going through all plans may pay


@dataclass(kw_only=True, slots=True, eq=False)
class Search:
    """What is known of a stage so far. ``chosen`` has one column for each person, in order."""

    model: Model
    goal: Goal
    stop: Stop
    gap: float
    threads: int
    rng: np.random.Generator
    base: Columns  # the least everybody can do
    chosen: Columns
    rates: Prices  # to price at next
    bound: float = np.inf
    proven: float = np.inf  # the bound that the prices ``proof`` alone prove
    proof: Prices = field(init=False)
    center: Prices = field(init=False)  # the best by ``estimate``: the bound if no best plan was missed
    estimate: float = np.inf
    pool: Columns = field(init=False)
    combined: float = np.inf  # the best mixture of the plans known
    unfair: float = 0.0  # the shortfall of that mixture
    mixed: Prices | None = None  # its prices
    step: float = 1.0  # how far towards new prices
    stopped: bool = False

    def __post_init__(self) -> None:
        self.pool = join(self.chosen, self.base)
        self.proof = self.center = self.rates

    @property
    def result(self) -> float:
        """What the stage maximises, for the plan chosen."""
        return merit(self.model, self.goal, use_of(self.model, self.chosen))

    @property
    def distance(self) -> float:
        """How far the result may be from the best, as a share of the bound (of what is missing, for fairness)."""
        result, missing = self.result, self.bound - self.result
        if missing <= 1e-9 * max(1.0, abs(result)):
            return 0.0
        if self.goal.stage is Stage.FAIRNESS:
            return missing / max(float(self.model.fairness * self.model.group_gap.sum()), 1e-9)
        return missing / abs(self.bound) if np.isfinite(self.bound) and self.bound else np.inf

    @property
    def allowed(self) -> float:
        """How far the result may stay from the bound."""
        if self.goal.stage is Stage.COMPULSORY:
            return 1.0
        if self.goal.stage is Stage.FAIRNESS:
            return self.gap * float(self.model.fairness * self.model.group_gap.sum())
        return self.gap * abs(self.estimate)

    @property
    def done(self) -> bool:
        """Whether the result is good enough."""
        if self.goal.stage is Stage.COMPULSORY:
            return bool(self.result >= np.floor(self.bound + 1e-6))
        return self.distance <= self.gap

    def tell(self, doing: str) -> bool:
        """Report; True where the search is to end."""
        if not self.stopped:
            shown = -1.0 if self.goal.stage is Stage.FAIRNESS else 1.0
            known = np.isfinite(self.bound)
            use = use_of(self.model, self.chosen)
            kept = not self.goal.soft or use.shortfall(self.model) <= 1e-6  # what the stage before is to reach
            self.stopped = self.stop(
                Progress(
                    stage=self.goal.stage,
                    doing=doing,
                    objective=shown * self.result if kept else None,
                    bound=shown * self.bound if known else None,
                    gap=self.distance if known and kept else None,
                )
            )
        return self.stopped


def search(at: Search, *, rounds: int, samples: bool = True) -> None:
    """Improve ``at`` until its gap is small enough, or ``stop`` says so, or after so many rounds without progress."""
    n = len(at.model.hours)
    if samples:
        for size in _SAMPLES:
            if size * 3 <= n and not at.tell("prices"):
                _sample(at, at.pool, size)
    turn, stale = 0, 0
    while not at.tell("prices"):
        before = (at.result, at.estimate)
        _price(at, turn)
        if at.done or at.tell("combining"):
            break
        _improve(at)
        turn += 1
        moved = at.result > before[0] + 1e-9 or at.estimate < before[1] - 1e-5 * abs(before[1])
        stale = 0 if moved else stale + 1
        if not at.done and not at.tell("proving") and (stale or at.estimate - at.result <= 1.5 * at.allowed):
            _prove(at)
        if (
            not at.done
            and turn > 2
            and (at.distance < _CLOSE or len(at.model.hours) <= _FEW_PEOPLE)
            and not at.tell("combining")
        ):
            _exhaust(at)
        if turn > 2 and at.combined - at.result > (at.bound - at.result) / 3:
            _neighbours(at, tries=6)
        if stale and at.mixed is not None:
            at.rates = at.mixed
        if at.done or stale >= rounds or (at.goal.soft and turn > 4 and at.unfair > 1e-6):
            break
    if at.stopped and at.proven > at.estimate + at.allowed and not at.done:
        _prove(at)


def glance(at: Search) -> None:
    """When there is no time to search: a bound at the prices there are, and what each person can do by themselves."""
    model, goal = at.model, at.goal
    everybody = np.arange(len(model.hours))
    priced = price(model, duals_of(model, goal, at.rates), everybody, keep=1, slack=0.0, threads=at.threads, nodes=1)
    _proved(at, priced, at.rates)
    _keep(at, at.chosen)


def _sample(at: Search, base: Columns, size: int) -> None:
    """Prices from some people, each standing for several."""
    model, goal = at.model, at.goal
    n = len(model.hours)
    who = np.sort(at.rng.choice(n, size, replace=False)).astype(np.int64)
    pool = take(base, who)
    best, center, rates, step = np.inf, at.rates, at.rates, at.step
    for warmth in _SAMPLE_WARMTH:
        duals = duals_of(model, goal, rates)
        priced = price(model, duals, who, keep=_KEEP, slack=0.5, threads=at.threads, nodes=FEW)
        estimate = float(priced.best.sum()) * n / size + constant(model, goal, rates)
        step = min(1.0, step * 1.5) if estimate < best else step / 2
        if estimate < best:
            best, center = estimate, rates
        pool = join(pool, priced.columns)
        if at.tell("prices"):
            return
        if size != _SAMPLES[0] and warmth == _SAMPLE_WARMTH[0]:
            pool = join(pool, _others(at, who, rates))
        target = smooth(
            model, goal, center, pool, people=n / size, temperature=warmth, steps=_STEPS, threads=at.threads
        )
        rates = _between(center, target, step)
    at.rates = at.center = center
    at.step = 0.3
    at.pool = join(at.pool, pool)


def _price(at: Search, turn: int) -> None:
    """Price everybody, quickly: plans worth knowing, a rough bound, and where better prices lie."""
    model, goal = at.model, at.goal
    everybody = np.arange(len(model.hours))
    duals = duals_of(model, goal, at.rates)
    priced = price(model, duals, everybody, keep=_KEEP, slack=0.3, threads=at.threads, nodes=FEW)
    estimate = float(priced.best.sum()) + constant(model, goal, at.rates)
    at.step = min(1.0, at.step * 1.5) if estimate < at.estimate else at.step / 2
    if estimate < at.estimate:
        at.estimate, at.center = estimate, at.rates
    _proved(at, priced, at.rates)
    at.pool = join(at.pool, priced.columns)
    if turn == 0:
        at.pool = join(at.pool, _others(at, everybody, at.rates))
    warmth = _WARMTH[min(turn, len(_WARMTH) - 1)]
    margin = _margin(model, goal, at.pool, at.center)
    near = join(join(take(at.pool, np.flatnonzero(margin <= _FAR)), at.base), at.chosen)
    target = smooth(model, goal, at.center, near, people=1.0, temperature=warmth, steps=_STEPS, threads=at.threads)
    at.rates = _between(at.center, target, at.step)


def _prove(at: Search) -> None:
    """Price everybody exactly at the best prices."""
    everybody = np.arange(len(at.model.hours))
    duals = duals_of(at.model, at.goal, at.center)
    priced = price(at.model, duals, everybody, keep=2, slack=0.1, threads=at.threads)
    at.pool = join(at.pool, priced.columns)
    _proved(at, priced, at.center)


def _others(at: Search, who: Ints, rates: Prices) -> Columns:
    """Plans that are best at prices somewhat off these, so that there is something to combine."""
    found = take(at.base, who)
    for _ in range(_TURNS):
        off = Prices(
            seat=rates.seat * at.rng.uniform(1 - _OFF, 1 + _OFF, len(rates.seat)),
            budget=rates.budget * at.rng.uniform(1 - _OFF, 1 + _OFF, len(rates.budget)),
            need=rates.need,
            group=rates.group * at.rng.uniform(1 - _OFF, 1 + _OFF, len(rates.group)),
            compulsory=rates.compulsory,
        )
        duals = duals_of(at.model, at.goal, off)
        priced = price(at.model, duals, who, keep=_KEEP // 2, slack=0.2, threads=at.threads, nodes=FEW)
        found = join(found, priced.columns)
    return found


def _proved(at: Search, priced: Priced, rates: Prices) -> None:
    """Take the bound that pricing everybody at ``rates`` proves."""
    bound = float(priced.upper.sum()) + constant(at.model, at.goal, rates)
    if bound < at.result - 1e-6 * max(1.0, abs(at.result)):
        raise ArithmeticError(f"a bound of {bound} on the {at.goal.stage} stage is below what is reached, {at.result}")
    if bound < at.proven:
        at.proven, at.proof = bound, rates
        at.bound = min(at.bound, bound)


def _improve(at: Search) -> None:
    """Combine the plans nearest to their owners' best: shares first, whole plans then, and fill what is left."""
    model, goal = at.model, at.goal
    pool = join(at.pool, at.chosen)
    margin = _margin(model, goal, pool, at.rates)
    level = np.partition(margin, _NEAR)[_NEAR] if len(margin) > _NEAR else np.inf
    near = join(take(pool, np.flatnonzero(margin <= min(level, 1.0))), at.chosen)
    nobody = use_of(model, take(near, np.zeros(0, np.int64)))
    mix = combine(model, goal, near, fixed=nobody, whole=False)
    if mix is None:
        return
    at.combined, at.unfair, at.mixed = mix.objective, mix.shortfall, mix.rates
    whole = np.flatnonzero(mix.share > 1 - 1e-6)
    torn = np.ones(len(model.hours), np.bool_)
    torn[near.person[whole]] = False
    kept = take(near, whole)
    _whole(at, kept, take(pool, np.flatnonzero(torn[pool.person] & (margin <= 1.0 + level))))


def _whole(at: Search, kept: Columns, options: Columns) -> None:
    """Choose whole plans from ``options`` beside what is ``kept``, fill up, and keep the result if it is better."""
    model, goal = at.model, at.goal
    missing = np.ones(len(model.hours), np.bool_)
    missing[kept.person] = False
    if not missing.any():
        _keep(at, kept)
        return
    least = take(at.base, np.flatnonzero(missing))
    options = join(join(options, take(at.chosen, np.flatnonzero(missing))), least)
    start = np.isin(_keys(options), _keys(least)).astype(np.float64)
    mix = combine(model, goal, options, fixed=use_of(model, kept), whole=True, nodes=200, start=start)
    if mix is None:
        return
    picked = take(options, np.flatnonzero(mix.share > 0.5))
    chosen = join(kept, picked)
    if len(chosen.person) != len(model.hours):
        return
    _keep(at, chosen)


def _keep(at: Search, chosen: Columns) -> None:
    model, goal = at.model, at.goal
    order = at.rng.permutation(len(model.hours)).astype(np.int64)
    chosen = fill(model, goal, chosen, at.rates, order=order)
    if better(model, goal, use_of(model, chosen), use_of(model, at.chosen)):
        at.chosen = chosen


def _neighbours(at: Search, *, tries: int) -> None:
    """Free some people at a time and combine their plans anew."""
    model, goal = at.model, at.goal
    n = len(model.hours)
    pool = join(at.pool, at.chosen)
    margin = _margin(model, goal, pool, at.center)
    for _ in range(tries):
        if at.done or at.tell("combining"):
            return
        free = np.zeros(n, np.bool_)
        free[at.rng.choice(n, min(n, 250), replace=False)] = True
        kept = take(at.chosen, np.flatnonzero(~free))
        _whole(at, kept, take(pool, np.flatnonzero(free[pool.person] & (margin <= 1.0))))


def _exhaust(at: Search) -> None:
    """All plans that a better combination could hold, where they are few: their best combination is the best of all.

    A plan worth less than its owner's best, at the prices, by more than what the bound they prove exceeds the
    result by, is in no better plan.
    """
    model, goal = at.model, at.goal
    everybody = np.arange(len(model.hours))
    keep = min(20_000, 10 * _ALL // max(len(everybody), 1))
    if keep < 50:
        return
    slack = at.proven - at.result + 1e-6
    duals = duals_of(model, goal, at.proof)
    priced = price(model, duals, everybody, keep=keep, slack=slack, threads=at.threads, every=True)
    if (
        len(priced.columns.person) > _ALL
        or (np.bincount(priced.columns.person) >= keep).any()
        or (priced.upper > priced.best + 1e-9).any()
    ):
        return
    options = join(priced.columns, at.chosen)
    start = np.isin(_keys(options), _keys(at.chosen)).astype(np.float64)
    nobody = use_of(model, take(options, np.zeros(0, np.int64)))
    mix = combine(model, goal, options, fixed=nobody, whole=True, nodes=5_000, start=start)
    if mix is None:
        return
    _keep(at, take(options, np.flatnonzero(mix.share > 0.5)))
    at.bound = min(at.bound, max(mix.bound, at.result))


def _keys(columns: Columns) -> Ints:
    """A number for each column, equal for equal plans of the same person."""
    sums = np.add.reduceat(np.append((columns.session + 1) ** 3, 0), np.minimum(columns.of[:-1], len(columns.session)))
    sums[columns.of[1:] == columns.of[:-1]] = 0
    keys: Ints = columns.person * (1 << 40) + sums % (1 << 40)
    return keys


def _margin(model: Model, goal: Goal, columns: Columns, rates: Prices) -> np.ndarray:
    """How much less than its owner's best each column is worth."""
    value = worth(model, columns, duals_of(model, goal, rates))
    best = np.full(len(model.hours), -np.inf)
    np.maximum.at(best, columns.person, value)
    return best[columns.person] - value


def _between(left: Prices, right: Prices, step: float) -> Prices:
    """The prices ``step`` of the way from left to right."""
    return Prices(
        seat=left.seat + step * (right.seat - left.seat),
        budget=left.budget + step * (right.budget - left.budget),
        need=left.need + step * (right.need - left.need),
        group=left.group + step * (right.group - left.group),
        compulsory=left.compulsory + step * (right.compulsory - left.compulsory),
    )
