"""The independent judge of training plans; shares nothing with the engine but its nouns.

``check`` recomputes whether a plan keeps every rule and every figure it claims. ``check_bound`` proves the bounds of
small plans by going through everything. ``check_explanation`` recomputes the reasons given. Each returns a ``Verdict``
with every violation in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tests.engines.training._bound import check_bound, proven_bound
from tests.engines.training._explanation import check_explanation
from tests.engines.training._facts import Facts, at_most, close, facts_of
from vested.engines.training import Compulsory, Fairness, Plan, Prices, Problem, Value
from vested.engines.training._nouns import Ints

__all__ = ["Facts", "Verdict", "check", "check_bound", "check_explanation", "facts_of", "proven_bound", "stated"]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Verdict:
    """``violations`` in words, and the ``facts`` recomputed (None where indices are out of range)."""

    violations: tuple[str, ...]
    facts: Facts | None


def check(problem: Problem, plan: Plan, *, gap: float | None = None) -> Verdict:
    """Judge a plan: rules, figures and what it says of its own quality (``gap`` is what was asked for, if known)."""
    shape = _shape(problem, plan)
    if shape:
        return Verdict(violations=tuple(shape), facts=None)
    facts = facts_of(problem, plan.person, plan.session)
    violations = [*facts.breaches, *_order(problem, plan), *_claims(plan, facts), *_certificate(problem, plan)]
    if gap is not None and plan.finished and plan.value.gap > gap + 1e-9:
        violations.append(f"finished with a gap of {plan.value.gap:g} where {gap:g} was asked for")
    return Verdict(violations=tuple(violations), facts=facts)


def _shape(problem: Problem, plan: Plan) -> list[str]:
    """Lengths, and indices out of range, which everything else relies on."""
    sessions, budgets = len(problem.catalogue.session_course), len(problem.limits.budget)
    grades = int(problem.people.grade.max(initial=-1)) + 1
    needs, groups = len(problem.needs.unit), len(problem.limits.fair_unit) + grades
    lengths = {
        "session": (plan.session, len(plan.person)),
        "seats_used": (plan.seats_used, sessions),
        "budget_used": (plan.budget_used, budgets),
        "holders_before": (plan.holders_before, needs),
        "holders_after": (plan.holders_after, needs),
        "fairness.gap": (plan.fairness.gap, groups),
        "fairness.target": (plan.fairness.target, groups),
        "fairness.closed": (plan.fairness.closed, groups),
        "fairness.group_shortfall": (plan.fairness.group_shortfall, groups),
        "prices.seat": (plan.prices.seat, sessions),
        "prices.budget": (plan.prices.budget, budgets),
        "prices.need": (plan.prices.need, needs),
        "prices.group": (plan.prices.group, groups),
    }
    wrong = [
        f"{name} has shape {array.shape}, not ({length},)"
        for name, (array, length) in lengths.items()
        if array.shape != (length,)
    ]
    for name, indices, size in (
        ("person", plan.person, len(problem.people.hours)),
        ("session", plan.session, sessions),
    ):
        if not np.issubdtype(indices.dtype, np.integer):
            wrong.append(f"{name} holds {indices.dtype}, not integers")
        elif len(indices) and (indices.min() < 0 or indices.max() >= size):
            wrong.append(f"{name} names a row outside 0..{size - 1}")
    return wrong


def _order(problem: Problem, plan: Plan) -> list[str]:
    period = problem.catalogue.session_period[plan.session]
    order = np.lexsort((plan.session, period, plan.person))
    sorted_already = np.array_equal(order, np.arange(len(order)))
    return [] if sorted_already else ["assignments are not sorted by person, then period, then session"]


def _claims(plan: Plan, facts: Facts) -> list[str]:
    """Compare every figure a plan states with what it is."""
    figures: list[tuple[str, float, float]] = [
        ("compulsory given", plan.compulsory.given, facts.given),
        ("fairness shortfall", plan.fairness.shortfall, facts.shortfall),
        ("objective", plan.value.objective, facts.objective),
        ("gap closed", plan.value.gap_closed, facts.gap_closed),
        ("value of needs", plan.value.needs, facts.needs),
        ("value of wishes", plan.value.wishes, facts.wishes),
        ("cost", plan.value.cost, facts.cost),
    ]
    for name, claimed, true in (
        ("seats used of session", plan.seats_used, facts.seats_used),
        ("spent of budget", plan.budget_used, facts.budget_used),
        ("holders before for need", plan.holders_before, facts.holders_before),
        ("holders after for need", plan.holders_after, facts.holders_after),
        ("gap of group", plan.fairness.gap, facts.gap),
        ("target of group", plan.fairness.target, facts.target),
        ("closed in group", plan.fairness.closed, facts.closed),
        ("shortfall of group", plan.fairness.group_shortfall, facts.group_shortfall),
    ):
        pairs = zip(claimed.tolist(), true.tolist(), strict=True)
        figures += [(f"{name} {row}", mine, theirs) for row, (mine, theirs) in enumerate(pairs)]
    return [f"{name}: claims {claimed!r}, is {true!r}" for name, claimed, true in figures if not close(claimed, true)]


def _certificate(problem: Problem, plan: Plan) -> list[str]:
    """Results against their bounds, the gap, and signs of prices."""
    value, wrong = plan.value, []
    if plan.compulsory.given > plan.compulsory.bound:
        wrong.append(f"compulsory: {plan.compulsory.given} given, bound {plan.compulsory.bound}")
    if not at_most(plan.fairness.bound, plan.fairness.shortfall):
        wrong.append(f"fairness: shortfall {plan.fairness.shortfall!r} is below its bound {plan.fairness.bound!r}")
    if not at_most(value.objective, value.bound):
        wrong.append(f"value: objective {value.objective!r} is above its bound {value.bound!r}")
    if close(value.objective, value.bound):
        right = abs(value.gap) <= 1e-5 or (value.bound > 0 and close(value.gap, 1 - value.objective / value.bound))
    elif value.bound > 0:
        right = close(value.gap, (value.bound - value.objective) / value.bound)
    else:  # a bound of nothing has no relative gap; all that can be asked is that none is denied
        right = value.gap > 0
    if not right:
        wrong.append(f"value: gap {value.gap!r} for objective {value.objective!r} and bound {value.bound!r}")
    for name, prices in (
        ("seat", plan.prices.seat),
        ("budget", plan.prices.budget),
        ("need", plan.prices.need),
        ("group", plan.prices.group),
        ("compulsory", np.array([plan.prices.compulsory])),
    ):
        wrong += [
            f"price of {name} {row} is {price!r}"
            for row, price in enumerate(prices.tolist())
            if not 0.0 <= price < np.inf
        ]
    free = problem.catalogue.session_seats == -1
    wrong += [f"session {j} has no limit, and a price" for j in np.flatnonzero(free & (plan.prices.seat > 0)).tolist()]
    return wrong


def stated(
    problem: Problem,
    person: Ints | Sequence[int],
    session: Ints | Sequence[int],
    *,
    bounds: tuple[int, float, float] | None = None,
    prices: Prices | None = None,
) -> Plan:
    """State assignments as a plan that claims exactly what is true of them.

    ``bounds`` of the three stages are what the plan reaches where none are given; ``prices`` are nothing where none
    are given.
    """
    who, what = np.asarray(person, dtype=np.int64).reshape(-1), np.asarray(session, dtype=np.int64).reshape(-1)
    order = np.lexsort((what, problem.catalogue.session_period[what], who))
    who, what = who[order], what[order]
    facts = facts_of(problem, who, what)
    most, least, worth = bounds or (facts.given, facts.shortfall, facts.objective)
    return Plan(
        person=who,
        session=what,
        compulsory=Compulsory(given=facts.given, bound=most),
        fairness=Fairness(
            shortfall=facts.shortfall,
            bound=least,
            gap=facts.gap,
            target=facts.target,
            closed=facts.closed,
            group_shortfall=facts.group_shortfall,
        ),
        value=Value(
            objective=facts.objective,
            bound=worth,
            gap=0.0 if worth <= facts.objective else (worth - facts.objective) / worth if worth > 0 else np.inf,
            gap_closed=facts.gap_closed,
            needs=facts.needs,
            wishes=facts.wishes,
            cost=facts.cost,
        ),
        prices=prices
        or Prices(
            seat=np.zeros(len(facts.seats_used)),
            budget=np.zeros(len(facts.budget_used)),
            need=np.zeros(len(facts.holders_after)),
            group=np.zeros(len(facts.gap)),
            compulsory=0.0,
        ),
        seats_used=facts.seats_used,
        budget_used=facts.budget_used,
        holders_before=facts.holders_before,
        holders_after=facts.holders_after,
        finished=True,
    )
