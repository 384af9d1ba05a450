"""One stage of the plan: prices, bound and the best combination found, in turn, until the gap is small enough."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from vested.engines.training._columns import Columns, Priced, join, price, take, worth
from vested.engines.training._descent import WELL, Descent
from vested.engines.training._dual import Goal, Stage, constant, duals_of
from vested.engines.training._fill import better, fill, merit
from vested.engines.training._master import Mixture, combine
from vested.engines.training._model import Model
from vested.engines.training._nouns import Floats, Ints, Prices, Progress
from vested.engines.training._use import use_of

Stop = Callable[[Progress], bool]

_SAMPLES = ((1_000, 25, 0.1), (4_000, 12, 0.1))  # people whose prices are found first, rounds, and how sticky
_ROUNDS = 12  # of pricing everybody before plans are combined
_FAIR = 2e-4  # how near, as a share of what is asked for, the second stage is to come: the third is bound by it
EVEN = 1e-6  # less than this is missing from nobody's share
_STAY = 0.3  # how sticky prices are for everybody
_NEAR = 30_000  # plans a linear program begins with
_MIXES, _GAIN = 100, 1e-6  # programs solved in turn; weighted levels from which a plan is worth adding
_ROUGH = 1e-4  # how near the best combination a program of whole plans is to come
_FEW_PLANS, _PULL = 4, 0.3  # plans of a person kept then; the first step from the best prices to the program's
_ALL = 150_000  # columns an exhaustive program is given
_CLOSE, _FEW_PEOPLE = 3.0, 20  # levels from the bound, and people, from which going through all plans may pay


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
    rates: Prices  # to begin with
    bound: float = np.inf
    proven: float = np.inf  # the bound that the prices ``proof`` alone prove
    proof: Prices = field(init=False)
    descent: Descent = field(init=False)
    combined: float = np.inf  # the best mixture of the plans known
    unfair: float = 0.0  # the shortfall of that mixture
    stopped: bool = False

    def __post_init__(self) -> None:
        self.proof = self.rates
        self.descent = Descent(
            model=self.model,
            goal=self.goal,
            who=np.arange(len(self.model.hours)),
            threads=self.threads,
            pool=join(self.chosen, self.base),
            rates=self.rates,
            stay=_STAY,
        )

    @property
    def pool(self) -> Columns:
        """The plans known."""
        return self.descent.pool

    @property
    def estimate(self) -> float:
        """The bound, if no best plan was missed."""
        return self.descent.best

    def know(self, columns: Columns) -> None:
        """Add to the plans known."""
        self.descent.pool = join(self.descent.pool, columns)

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
            return min(self.gap, _FAIR) * float(self.model.fairness * self.model.group_gap.sum())
        return self.gap * abs(self.estimate)

    @property
    def short(self) -> bool:
        """Whether somebody's share falls short that perhaps need not."""
        return self.goal.soft > 0.0 and use_of(self.model, self.chosen).shortfall(self.model) > EVEN

    @property
    def done(self) -> bool:
        """Whether the result is good enough."""
        if self.goal.stage is Stage.COMPULSORY:
            return bool(self.result >= np.floor(self.bound + 1e-6))
        if self.short and self.unfair <= EVEN:
            return False
        return self.distance <= (min(self.gap, _FAIR) if self.goal.stage is Stage.FAIRNESS else self.gap)

    def tell(self, doing: str) -> bool:
        """Report; True where the search is to end."""
        if not self.stopped:
            shown = -1.0 if self.goal.stage is Stage.FAIRNESS else 1.0
            known = np.isfinite(self.bound)
            kept = not self.short  # what the stage before is to reach
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


def search(at: Search, *, rounds: int, samples: int = len(_SAMPLES)) -> None:
    """Improve ``at`` until its gap is small enough, or ``stop`` says so, or after so many rounds without progress.

    Prices come first from as many ``samples`` of people, the largest ones.
    """
    n = len(at.model.hours)
    for size, count, stay in _SAMPLES[len(_SAMPLES) - samples :]:
        if size * 3 <= n and not at.tell("prices"):
            _sample(at, size, count, stay)
    turn, stale = 0, 0
    while not at.tell("prices"):
        before = (at.result, at.estimate)
        _price(at)
        if at.done or at.tell("combining"):
            break
        _generate(at)
        turn += 1
        moved = at.result > before[0] + 1e-9 or at.estimate < before[1] - 1e-5 * abs(before[1])
        stale = 0 if moved else stale + 1
        if not at.done and not at.tell("proving") and (stale or at.estimate - at.result <= 1.5 * at.allowed):
            _prove(at)
        if (
            not at.done
            and turn > 2
            and (at.proven - at.result < _CLOSE or len(at.model.hours) <= _FEW_PEOPLE)
            and not at.tell("combining")
        ):
            _exhaust(at)
        if (at.short and at.unfair <= EVEN) or (turn > 2 and at.combined - at.result > (at.bound - at.result) / 3):
            _neighbours(at, tries=6)
        if at.done or stale >= rounds or (at.goal.soft and turn > 4 and at.unfair > EVEN):
            break
    if at.stopped and at.proven > at.estimate + at.allowed and not at.done:
        _prove(at)


def glance(at: Search) -> None:
    """When there is no time to search: a bound at the prices there are, and what each person can do by themselves."""
    model, goal = at.model, at.goal
    everybody = np.arange(len(model.hours))
    rates = at.descent.center
    priced = price(model, duals_of(model, goal, rates), everybody, keep=1, slack=0.0, threads=at.threads, nodes=WELL)
    _proved(at, priced, rates)
    _keep(at, at.chosen)


def _sample(at: Search, size: int, rounds: int, stay: float) -> None:
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


def _price(at: Search) -> None:
    """Price everybody for as long as it pays: plans worth knowing, a bound, and better prices."""
    for _ in range(_ROUNDS):
        before, rates = at.estimate, at.descent.rates
        _proved(at, at.descent.advance(), rates)
        if before - at.estimate < at.allowed / 4 or at.done or at.tell("prices"):
            break


def _prove(at: Search) -> None:
    """Price everybody exactly at the best prices."""
    everybody = np.arange(len(at.model.hours))
    duals = duals_of(at.model, at.goal, at.descent.center)
    priced = price(at.model, duals, everybody, keep=2, slack=0.1, threads=at.threads)
    at.know(priced.columns)
    _proved(at, priced, at.descent.center)


def _proved(at: Search, priced: Priced, rates: Prices) -> None:
    """Take the bound that pricing everybody at ``rates`` proves."""
    bound = float(priced.upper.sum()) + constant(at.model, at.goal, rates)
    if bound < at.result - 1e-6 * max(1.0, abs(at.result)):
        raise ArithmeticError(f"a bound of {bound} on the {at.goal.stage} stage is below what is reached, {at.result}")
    if bound < at.proven:
        at.proven, at.proof = bound, rates
        at.bound = min(at.bound, bound)


def _generate(at: Search) -> None:
    """Share out the plans known, and price between the prices this gives and the best ones, until both agree."""
    model, goal, best = at.model, at.goal, at.descent
    pool = join(at.pool, at.chosen)
    margin = _margin(model, goal, pool, best.center)
    level = np.partition(margin, _NEAR)[_NEAR] if len(margin) > _NEAR else np.inf
    mixture = Mixture(model, goal, join(take(pool, np.flatnonzero(margin <= level)), at.chosen))
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
        _proved(at, priced, rates)
        better_prices = best.learn(priced, rates)
        gain = worth(model, priced.columns, duals_of(model, goal, mix.rates)) - mix.worth[priced.columns.person]
        new = take(priced.columns, np.flatnonzero(gain > _GAIN))
        if not len(new.person) and pull == 1.0:
            break
        pull = min(1.0, pull * 1.5) if better_prices or not len(new.person) else pull * 0.7
        mixture.add(new)
        found = join(found, new)
    at.know(found)
    _round(at, columns, share)


def _round(at: Search, columns: Columns, share: Floats) -> None:
    """Whole plans: those shared by nobody stay, the others' owners choose anew among what is nearly as good."""
    whole = np.flatnonzero(share > 1 - 1e-6)
    whole = whole[np.argsort(columns.person[whole])]
    torn = np.ones(len(at.model.hours), np.bool_)
    torn[columns.person[whole]] = False
    pool = join(at.pool, at.chosen)
    margin = _margin(at.model, at.goal, pool, at.descent.center)
    _whole(at, take(columns, whole), take(pool, np.flatnonzero(torn[pool.person] & (margin <= 1.0))))


def _whole(at: Search, kept: Columns, options: Columns) -> None:
    """Choose whole plans from ``options`` beside what is ``kept``, fill up, and keep the result if it is better."""
    missing = np.ones(len(at.model.hours), np.bool_)
    missing[kept.person] = False
    if not missing.any():
        _keep(at, kept)
        return
    least = take(at.base, np.flatnonzero(missing))
    options = join(join(options, take(at.chosen, np.flatnonzero(missing))), least)
    if at.goal.soft and at.unfair <= EVEN:  # nobody's share need fall short: whole plans shall not let it either
        even = replace(at.goal, soft=0.0)
        chosen = _combined(at, even, kept, options, least)
        if chosen is not None and use_of(at.model, chosen).shortfall(at.model) <= EVEN:
            at.goal = at.descent.goal = even
            at.chosen = chosen
            _keep(at, chosen)
            return
    chosen = _combined(at, at.goal, kept, options, least)
    if chosen is not None:
        _keep(at, chosen)


def _combined(at: Search, goal: Goal, kept: Columns, options: Columns, least: Columns) -> Columns | None:
    start = np.isin(_keys(options), _keys(least)).astype(np.float64)
    mix = combine(at.model, goal, options, fixed=use_of(at.model, kept), nodes=200, gap=_ROUGH, start=start)
    if mix is None:
        return None
    chosen = join(kept, take(options, np.flatnonzero(mix.share > 0.5)))
    return chosen if len(chosen.person) == len(at.model.hours) else None


def _keep(at: Search, chosen: Columns) -> None:
    model, goal = at.model, at.goal
    order = at.rng.permutation(len(model.hours)).astype(np.int64)
    chosen = fill(model, goal, chosen, at.descent.center, order=order)
    if better(model, goal, use_of(model, chosen), use_of(model, at.chosen)):
        at.chosen = chosen


def _neighbours(at: Search, *, tries: int) -> None:
    """Free some people at a time and combine their plans anew."""
    model, goal = at.model, at.goal
    n = len(model.hours)
    pool = join(at.pool, at.chosen)
    margin = _margin(model, goal, pool, at.descent.center)
    for _ in range(tries):
        if at.done or at.tell("combining"):
            return
        free = np.zeros(n, np.bool_)
        free[at.rng.choice(n, min(n, 100), replace=False)] = True
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
    mix = combine(model, goal, options, fixed=nobody, nodes=5_000, start=start)
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
