"""What has been proven about the plan."""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from vested.plans.outcome import Outcome, Stopped


@dataclass(frozen=True, slots=True)
class Certificate:
    """The three stages' results with what is proven about each, and what the plan uses.

    ``pairs`` of person and compulsory course were to be given, ``given`` are and no plan gives more than ``most``.
    ``shortfall`` (weighted levels missing to the floor ``fairness``) cannot be below ``least``. The plan's ``value``
    (levels) cannot be above ``ceiling``, which it misses by at most the share ``distance``; ``asked`` is what the
    value would be if everybody had all they lack, every initiative its people and everyone their wishes. ``gap`` of
    weighted levels is there before, ``closed`` of it after. ``budget`` is the overall amount, None without one.
    """

    pairs: int
    given: int
    most: int
    fairness: float
    shortfall: float
    least: float
    value: float
    ceiling: float
    distance: float
    asked: float
    gap: float
    closed: float
    needs: float
    wishes: float
    cost: float
    budget: float | None
    trained: int
    people: int
    places: int
    periods: int
    stopped: Stopped
    seconds: float
    seed: int

    @property
    def share(self) -> float:
        """Share of the gap that closes, 0 where there is none."""
        return self.closed / self.gap if self.gap > 0 else 0.0

    @property
    def bounded(self) -> bool:
        """Whether any ceiling was proven before the search ended."""
        return isfinite(self.ceiling)

    @property
    def proven_compulsory(self) -> bool:
        """No plan gives more compulsory courses."""
        return self.given >= self.most

    @property
    def proven_fairness(self) -> bool:
        """No plan is fairer: the shortfall is the least possible but for rounding in the computer."""
        return self.shortfall <= self.least + 1e-6 * max(1.0, self.shortfall)


def certificate(outcome: Outcome, gap: float) -> Certificate:
    """Collect what is proven; ``gap`` is the sum of weighted levels lacking before the plan."""
    plan, needs, settings = outcome.plan, outcome.problem.needs, outcome.sector.settings
    missing = np.maximum(needs.people - plan.holders_before, 0)
    budgets = [budget.amount for budget in outcome.sector.budgets if budget.unit_id is None]
    unmet = int(outcome.explanation.unmet_compulsory.sum())
    return Certificate(
        pairs=plan.compulsory.given + unmet,
        given=plan.compulsory.given,
        most=plan.compulsory.bound,
        fairness=outcome.problem.limits.fairness,
        shortfall=plan.fairness.shortfall,
        least=min(max(plan.fairness.bound, 0.0), plan.fairness.shortfall),
        value=plan.value.objective,
        ceiling=max(plan.value.bound, plan.value.objective),
        distance=max(plan.value.gap, 0.0),
        asked=gap + float((needs.weight * missing).sum()) + float(outcome.problem.people.wish_weight.sum()),
        gap=gap,
        closed=plan.value.gap_closed,
        needs=plan.value.needs,
        wishes=plan.value.wishes,
        cost=plan.value.cost,
        budget=budgets[0] if budgets else None,
        trained=len(np.unique(plan.person)),
        people=len(outcome.sector.staff),
        places=len(plan.person),
        periods=settings.periods,
        stopped=outcome.stopped,
        seconds=outcome.seconds,
        seed=settings.seed,
    )
