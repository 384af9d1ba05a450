"""Outcomes made by hand, for tests of what is written about them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vested.engines.training import Compulsory, Explanation, Fairness, Gain, Plan, Prices, Problem, Value
from vested.formats.sector_folder import Sector
from vested.plans.outcome import CurvePoint, Outcome, Stopped
from vested.plans.problem import groups_of, problem_of

INTEGERS = {"gain_of", "gain_skill", "serves_of", "serves", "opens_of", "opens", "unmet_person", "unmet_course"}
INTEGERS |= {"unmet_why"}
LISTS = INTEGERS | {"gain_before", "gain_after", "gain_value", "unmet_compulsory"}


def made_plan(
    problem: Problem, taken: Sequence[tuple[int, int]], *, objective: float = 10.0, bound: float = 10.5
) -> Plan:
    """Make a plan of (person, session) pairs, whose claims are only as true as the test needs."""
    rows = np.array(sorted(taken), dtype=np.int64).reshape(-1, 2)
    person, session = rows[:, 0], rows[:, 1]
    courses = problem.catalogue.session_course[session]
    budgets, needs = len(problem.limits.budget), len(problem.needs.people)
    groups = len(problem.limits.fair_unit) + int(problem.people.grade.max(initial=-1)) + 1
    cost = float(problem.catalogue.cost[courses].sum())
    return Plan(
        person=person,
        session=session,
        compulsory=Compulsory(given=2, bound=3),
        fairness=Fairness(
            shortfall=1.25,
            bound=1.0,
            gap=np.full(groups, 10.0),
            target=np.full(groups, 3.0),
            closed=np.full(groups, 2.0),
            group_shortfall=np.full(groups, 1.0),
        ),
        value=Value(
            objective=objective,
            bound=bound,
            gap=(bound - objective) / bound,
            gap_closed=objective,
            needs=0.0,
            wishes=0.0,
            cost=cost,
            priced=bound,
        ),
        prices=Prices(
            seat=np.zeros(len(problem.catalogue.session_course)),
            budget=np.full(budgets, 0.001),
            need=np.zeros(needs),
            group=np.zeros(groups),
            compulsory=0.0,
        ),
        seats_used=np.bincount(session, minlength=len(problem.catalogue.session_course)),
        budget_used=np.full(budgets, cost),
        holders_before=np.zeros(needs, dtype=np.int64),
        holders_after=np.ones(needs, dtype=np.int64),
        finished=True,
    )


def made_explanation(problem: Problem, plan: Plan, **facts: Any) -> Explanation:
    """Make an explanation that says nothing but the ``facts``, given as lists."""
    assignments, needs = len(plan.person), len(problem.needs.people)
    values: dict[str, NDArray[Any]] = {name: np.zeros(0, dtype=np.int64) for name in LISTS}
    values |= {name: np.zeros(assignments, dtype=np.bool_) for name in ("compulsory", "accepted")}
    values |= {name: np.zeros(assignments) for name in ("wish", "next_loss", "next_price")}
    values |= {"next_session": np.full(assignments, -1), "next_why": np.zeros(assignments, dtype=np.int64)}
    values |= {name: np.zeros(needs, dtype=np.int64) for name in ("need_reachable", "need_why")}
    unknown = facts.keys() - values.keys()
    assert not unknown, unknown
    return Explanation(**(values | {name: np.array(fact) for name, fact in facts.items()}))


def made_outcome(
    sector: Sector,
    taken: Sequence[tuple[int, int]],
    *,
    gains: tuple[Gain, ...] = (),
    factors: Sequence[float] = (),
    stopped: Stopped = Stopped.GAP,
    **facts: Any,
) -> Outcome:
    """Make an outcome of a plan of (person, session) pairs and an explanation with the ``facts``."""
    problem = problem_of(sector)
    plan = made_plan(problem, taken)
    return Outcome(
        sector=sector,
        problem=problem,
        groups=groups_of(sector),
        plan=plan,
        explanation=made_explanation(problem, plan, **facts),
        gains=gains,
        curve=tuple(CurvePoint(factor=factor, plan=replace(plan)) for factor in factors),
        stopped=stopped,
        seconds=1.5,
    )
