"""The bounds of a small plan, proven anew by going through every plan of every person."""

from dataclasses import dataclass

import numpy as np

from tests.engines.training import oracle
from tests.engines.training._facts import at_most
from vested.engines.training import Plan, Prices, Problem


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class BoundVerdict:
    """``violations`` in words; what the published prices prove (``proven``) and the true three best results."""

    violations: tuple[str, ...]
    proven: float
    compulsory: int
    shortfall: float
    value: float


def proven_bound(problem: Problem, prices: Prices, *, given: int, shortfall: float) -> float:
    """Prove with prices what no plan can exceed in value that keeps ``given`` pairs and the total ``shortfall``.

    With prices pi of seats q, mu of budgets B, p of needs (at most m more holders of weight w), nu of groups with
    target T and lambda of compulsory pairs, all at least 0, relaxing every shared row gives

        sum over people of the best own plan at these prices                    (found by listing them all)
        + pi q + mu B + sum (w - p)+ m - nu T + max(nu) shortfall - lambda given

    since a plan that keeps the earlier results has sum over groups of nu (closed - T) >= - max(nu) shortfall.
    It is a bound at any prices of at least 0, good or bad ones.
    """
    needs, limits, seats = problem.needs, problem.limits, problem.catalogue.session_seats
    budget_of, group_of = oracle.memberships(problem)
    total = 0.0
    for i in range(len(problem.people.hours)):
        closed_worth = 1.0 + float(group_of[i] @ prices.group)
        money = limits.cost_weight + float(budget_of[i] @ prices.budget)
        total += max(
            closed_worth * choice.closed
            + choice.wishes
            + float(choice.held @ prices.need)
            + prices.compulsory * choice.given
            - money * choice.cost
            - float(prices.seat[list(choice.sessions)].sum())
            for choice in oracle.choices(problem, i)
        )
    priced = prices.seat > 0  # a price on seats without limit proves nothing
    if np.any(priced & (seats == -1)):
        return np.inf
    total += float(prices.seat[priced] @ seats[priced]) + float(prices.budget @ limits.budget)
    total += float(np.maximum(0.0, needs.weight - prices.need) @ oracle.need_caps(problem))
    total -= float(prices.group @ (limits.fairness * oracle.group_gaps(problem)))
    return total + float(prices.group.max(initial=0.0)) * shortfall - prices.compulsory * given


def check_bound(problem: Problem, plan: Plan) -> BoundVerdict:
    """Confirm every bound of a plan for a small problem.

    No plan gives more compulsory pairs than the first bound; none that gives as many as this plan has a total
    shortfall below the second; none that keeps both results is worth more than the third. The third may be tighter
    than what the published prices prove (``proven``), since few plans can also be gone through.

    Raises:
        TooLargeError: the problem is too large to go through.
    """
    front = oracle.frontier(problem)
    given, shortfall = plan.compulsory.given, plan.fairness.shortfall
    most = oracle.most_given(front)
    least = oracle.least_shortfall(front, given=given)
    best = oracle.most_value(front, given=given, shortfall=shortfall)
    proven = proven_bound(problem, plan.prices, given=given, shortfall=shortfall)
    wrong = []
    if plan.compulsory.bound < most:
        wrong.append(f"compulsory: bound {plan.compulsory.bound}, but {most} pairs can be given")
    if not at_most(plan.fairness.bound, least):
        wrong.append(f"fairness: bound {plan.fairness.bound!r}, but a shortfall of {least!r} can be reached")
    if not at_most(best, plan.value.bound):
        wrong.append(f"value: bound {plan.value.bound!r}, but {best!r} can be reached")
    return BoundVerdict(violations=tuple(wrong), proven=proven, compulsory=most, shortfall=least, value=best)
