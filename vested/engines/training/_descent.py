"""Better prices, round by round: a proximal bundle method.

A round prices people and adds what they would choose to the plans known. The next prices minimise the smoothed dual
over the plans known plus what leaving the best prices so far costs; that is relaxed where the plans known foretold the
bound well, and tightened where they did not (Lemaréchal, Nemirovskii, Nesterov: New variants of bundle methods,
Mathematical Programming 69, 1995).
"""

from dataclasses import dataclass, field

import numpy as np

from vested.engines.training._columns import Columns, Priced, join, price
from vested.engines.training._dual import Goal, constant, duals_of, smooth
from vested.engines.training._model import Model
from vested.engines.training._nouns import Ints, Prices

_KEEP, _SLACK = 8, 1.0  # plans of a person kept from each pricing, and weighted levels below the best one
WELL = 2_000  # nodes of one person's search
_STEPS = 60  # of the smoothed dual's descent
_WARMEST, _COLDEST = 0.05, 0.01  # temperatures, in weighted levels
_MUCH, _EASE, _TIGHTEN = 0.5, 0.2, 2.5  # of what was hoped for; of how sticky prices are


@dataclass(kw_only=True, slots=True, eq=False)
class Descent:
    """Prices for the people ``who``, each standing for as many as it takes to make everybody."""

    model: Model
    goal: Goal
    who: Ints
    threads: int
    pool: Columns  # the plans known; at least one for each person
    rates: Prices  # to price at next
    stay: float = 1.0  # what leaving the best prices costs
    best: float = np.inf  # the lowest bound, if no best plan was missed
    center: Prices = field(init=False)  # the prices that gave it
    foretold: float = -np.inf  # the bound at ``rates`` by the plans known

    def __post_init__(self) -> None:
        self.center = self.rates

    @property
    def people(self) -> float:
        """How many people each one stands for."""
        return len(self.model.hours) / len(self.who)

    def advance(self) -> Priced:
        """Price at ``rates``, learn from it, and find the prices to try next."""
        model, goal = self.model, self.goal
        duals = duals_of(model, goal, self.rates)
        priced = price(model, duals, self.who, keep=_KEEP, slack=_SLACK, threads=self.threads, nodes=WELL)
        hoped, before = self.best - self.foretold, self.best
        self.pool = join(self.pool, priced.columns)
        if not self.learn(priced, self.rates):
            self.stay *= _TIGHTEN
        elif before - self.best > _MUCH * hoped:
            self.stay *= _EASE
        self._look_ahead()
        return priced

    def learn(self, priced: Priced, rates: Prices) -> bool:
        """Take these prices for the best ones if they are; whether they are."""
        bound = float(priced.best.sum()) * self.people + constant(self.model, self.goal, rates)
        if bound >= self.best:
            return False
        self.best, self.center = bound, rates
        return True

    def _look_ahead(self) -> None:
        hoped = self.best - self.foretold if np.isfinite(self.foretold) else np.inf
        warmth = float(np.clip(0.3 * hoped / len(self.model.hours), _COLDEST, _WARMEST))
        self.rates, self.foretold = smooth(
            self.model,
            self.goal,
            self.center,
            self.pool,
            people=self.people,
            temperature=warmth,
            steps=_STEPS,
            threads=self.threads,
            stay=self.stay,
        )
