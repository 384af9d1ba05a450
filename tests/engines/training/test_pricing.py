"""One person's best plan, against every plan that person could have."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.training.oracle import Choice, choices
from tests.engines.training.strategies import problems
from vested.engines.training import Problem
from vested.engines.training._columns import price, worth
from vested.engines.training._model import Model, model_of
from vested.engines.training._pricing import Duals


def some_duals(model: Model, seed: int) -> Duals:
    rng = np.random.default_rng(seed)
    units, sessions = len(model.unit_budget_of) - 1, len(model.period)

    def some(size: int, *values: float) -> np.ndarray:
        return rng.choice(np.array(values), size)

    return Duals(
        level=float(rng.choice([0.0, 1.0])),
        unit_level=some(units, 0.0, 0.0, 0.5),
        grade_level=some(model.groups - model.fair_units + 1, 0.0, 0.25),
        money=some(units, 0.0, 0.001, 0.01),
        seat=some(sessions, 0.0, 0.0, 0.3, 1.5, np.inf),
        need=some(len(model.need_by), 0.0, 0.4, 1.3) * (model.need_cap > 0),  # a need that is met earns nothing
        wish=float(rng.choice([0.0, 1.0])),
        compulsory=float(rng.choice([0.0, 0.7, 5.0])),
    )


@given(
    problem=problems(max_people=3, max_courses=8), seed=st.integers(0, 10_000), largest=st.sampled_from([1, 2, 3, 12])
)
def test_the_best_plan_is_the_best_of_all(problem: Problem, seed: int, largest: int) -> None:
    model = model_of(problem)
    duals = some_duals(model, seed)
    people = len(problem.people.hours)
    priced = price(model, duals, np.arange(people), keep=1, slack=0.0, threads=1, largest=largest)
    several = price(model, duals, np.arange(people), keep=8, slack=0.6, threads=2, largest=largest)
    worths = worth(model, several.columns, duals)
    for person in range(people):
        plans = choices(problem, person)
        expected = _best(problem, duals, person)
        assert priced.best[person] == pytest.approx(expected, abs=1e-7)
        assert priced.upper[person] == pytest.approx(expected, abs=1e-7)
        assert several.best[person] == pytest.approx(expected, abs=1e-7)
        mine = worths[several.columns.person == person]
        if expected > -np.inf:
            assert mine.max() == pytest.approx(expected, abs=1e-7)
            assert mine.min() >= expected - 0.6 - 1e-7
        listed = {tuple(sorted(plan.sessions)) for plan in plans}
        for row in np.flatnonzero(several.columns.person == person):
            sessions = several.columns.session[several.columns.of[row] : several.columns.of[row + 1]]
            assert tuple(sorted(sessions.tolist())) in listed


@given(
    problem=problems(max_people=3, max_courses=8),
    seed=st.integers(0, 10_000),
    largest=st.sampled_from([1, 2, 12]),
    nodes=st.integers(0, 6),
)
def test_a_search_cut_short_still_bounds_the_best_plan(problem: Problem, seed: int, largest: int, nodes: int) -> None:
    model = model_of(problem)
    duals = some_duals(model, seed)
    people = np.arange(len(problem.people.hours))
    priced = price(model, duals, people, keep=2, slack=0.5, threads=1, nodes=nodes, largest=largest)
    for person in people.tolist():
        expected = _best(problem, duals, person)
        assert priced.upper[person] >= expected - 1e-7
        assert priced.best[person] <= expected + 1e-7
        if not len(problem.people.accepted):  # then there is always the plan of nothing
            assert priced.best[person] > -np.inf


def _best(problem: Problem, duals: Duals, person: int) -> float:
    return max((_worth(problem, duals, person, plan) for plan in choices(problem, person)), default=-np.inf)


def _worth(problem: Problem, duals: Duals, person: int, plan: Choice) -> float:
    unit, grade = int(problem.people.unit[person]), int(problem.people.grade[person])
    per_level = duals.level + duals.unit_level[unit] + duals.grade_level[grade]
    return float(
        per_level * plan.closed
        + duals.wish * plan.wishes
        + duals.compulsory * plan.given
        - duals.money[unit] * plan.cost
        + (duals.need * plan.held).sum()
        - sum(duals.seat[session] for session in plan.sessions)
    )
