"""What is known of a stage while it is searched."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from vested.engines.training._columns import Columns, join, worth
from vested.engines.training._descent import Descent
from vested.engines.training._dual import Goal, Stage, duals_of
from vested.engines.training._fill import merit
from vested.engines.training._master import Mixture
from vested.engines.training._model import Model
from vested.engines.training._nouns import Floats, Prices, Progress
from vested.engines.training._use import use_of

Stop = Callable[[Progress], bool]

EVEN = 1e-6  # less than this is missing from nobody's share
_FAIR = 2e-4  # how near, as a share of what is asked for, the second stage is to come: the third is bound by it
_STAY = 1.0  # how sticky prices are for everybody


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
    mixture: Mixture | None = None  # the program that shares out the plans known
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
        return self.gap * abs(self.estimate if np.isfinite(self.estimate) else self.result)

    @property
    def short(self) -> bool:
        """Whether somebody's share falls short that perhaps need not."""
        return self.goal.soft > 0.0 and use_of(self.model, self.chosen).shortfall(self.model) > EVEN

    @property
    def short_for_good(self) -> bool:
        """Whether shares cannot all be kept, so that how near they come is the second stage's to say."""
        return self.goal.soft > 0.0 and self.unfair > EVEN

    @property
    def done(self) -> bool:
        """Whether the result is good enough."""
        if self.goal.stage is Stage.COMPULSORY:
            return bool(self.result >= np.floor(self.bound + 1e-6))
        if self.short and self.unfair <= EVEN:
            return False
        return self.distance <= (min(self.gap, _FAIR) if self.goal.stage is Stage.FAIRNESS else self.gap)

    def combining(self) -> bool:
        """Report that plans are being combined; True where the search is to end."""
        return self.tell("combining")

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


def margin_of(model: Model, goal: Goal, columns: Columns, rates: Prices, pool: Columns | None = None) -> Floats:
    """How much less than its owner's best (of the ``pool``, or of themselves) each column is worth."""
    duals = duals_of(model, goal, rates)
    value = worth(model, columns, duals)
    best = np.full(len(model.hours), -np.inf)
    np.maximum.at(best, columns.person, value)
    if pool is not None:
        np.maximum.at(best, pool.person, worth(model, pool, duals))
    margin: Floats = best[columns.person] - value
    return margin
