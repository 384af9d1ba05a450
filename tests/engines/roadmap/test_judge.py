"""The engine's own check and the tests' checker say the same of any roadmap, right or wrong."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.roadmap.by_hand import one, problem_of
from tests.engines.roadmap.checker import allowed, starts_of
from tests.engines.roadmap.strategies import problems
from vested.engines.roadmap import Infeasible, Plan, Problem, check, plan
from vested.engines.roadmap._judge import breaches


@given(problems(), st.integers(0, 2**32 - 1))
def test_any_roadmap_is_judged_alike(problem: Problem, seed: int) -> None:
    rng = np.random.default_rng(seed)
    starts: dict[int, tuple[int, int]] = {}
    for p in range(len(problem.initiatives.mandatory)):
        modes = np.flatnonzero(problem.modes.initiative == p)
        if len(modes) and rng.random() < 0.6:
            starts[p] = (int(rng.choice(modes)), int(rng.integers(0, len(problem.limits.budget))))
    rows = np.array([(p, *way) for p, way in starts.items()], dtype=np.int64).reshape(-1, 3)
    assert (breaches(problem, rows[:, 0], rows[:, 1], rows[:, 2]) == ()) == allowed(problem, starts)


@given(problems())
def test_plans_of_the_engine_pass(problem: Problem) -> None:
    try:
        found = plan(problem, gap=0.0, workers=1)
    except Infeasible:
        return
    assert check(problem, found) == ()


PROBLEM = problem_of(one(8, 1, explore=True, risk=1), one(8, 1, needs=[0]), budget=[1, 1, 1], explore=(0.2, 0.8))


def found() -> Plan:
    return plan(PROBLEM, gap=0.0, workers=1)


WRONG = {
    "value": ({"value": 99.0}, "value is not what is stated"),
    "risk": ({"risk": 0.0}, "risk is not what is stated"),
    "explore": ({"explore": 0.1}, "share of those who explore is not what is stated"),
    "money": ({"budget_used": np.zeros(3)}, "money used is not what is stated"),
    "bound": ({"bound": 1.0}, "the value is above the bound"),
    "priced": ({"priced": 1.0}, "the bound is above what prices prove"),
    "gap": ({"gap": 0.5}, "the gap is not that between value and bound"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_false_figure_is_found(name: str) -> None:
    fields, said = WRONG[name]
    assert check(PROBLEM, found()) == ()
    assert said in check(PROBLEM, replace(found(), **fields))  # type: ignore[arg-type]  # by name


def test_what_is_not_there_is_said() -> None:
    one_ = np.array([0])
    assert breaches(PROBLEM, np.array([7]), one_, one_) == ("there is no initiative 7",)
    assert breaches(PROBLEM, one_, np.array([-1]), one_) == ("there is no mode -1",)
    assert "mode 1 is not initiative 0's" in breaches(PROBLEM, one_, np.array([1]), one_)
    assert "initiative 0 starts twice" in breaches(PROBLEM, np.array([0, 0]), np.array([0, 0]), np.array([0, 1]))
    assert starts_of(found()) == {0: (0, 0), 1: (1, 1)}


def test_what_breaks_a_rule_is_judged_no_further() -> None:
    late = replace(found(), start=found().start[::-1].copy())
    assert check(PROBLEM, late) == ("initiative 1 starts before 0 is finished",)


def test_the_cap_on_risk_is_one_for_all() -> None:
    problem = problem_of(one(8, risk=2), one(8, risk=2), risk=3)
    both = np.array([0, 1])
    assert breaches(problem, both, both, np.zeros(2, np.int64)) == ("the risk is above its cap",)


def test_nothing_costs_nothing() -> None:
    nothing = problem_of(one(1, earliest=2, latest=1), quarters=2)
    assert check(nothing, plan(nothing, workers=1)) == ()
