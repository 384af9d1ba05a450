"""What does not fit together is said, and so is what is mandatory and cannot be done."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from tests.engines.roadmap.by_hand import Initiative, Mode, one, problem_of
from tests.engines.roadmap.oracle import optimum, smallest_conflict
from tests.engines.roadmap.strategies import problems
from vested.engines.roadmap import Infeasible, InvalidProblem, NoPlan, Problem, Progress, plan

GOOD = problem_of(
    Initiative(modes=[Mode(benefit=4, cost=[1], people={0: [1.0]}, uses=[0])], needs=[1]),
    one(4, 1, supplies=[0]),
    one(4, 1),
    budget=[2, 2, 2],
    capacity=[[1, 1, 1]],
    exists=[False],
)


def changed(part: str, **fields: Any) -> Problem:
    return replace(GOOD, **{part: replace(getattr(GOOD, part), **fields)})


WRONG: dict[str, tuple[Problem, str]] = {
    "no array": (changed("modes", benefit=[1.0]), "modes.benefit is not an array of kind f in 1 dimensions"),
    "whole numbers where there are fractions": (changed("modes", cost=np.ones(3, np.int64)), "modes.cost is not an"),
    "words": (changed("limits", risk="high"), "limits.risk is not a number"),
    "too few rows": (changed("initiatives", risk=np.zeros(2)), r"initiatives.risk has shape \(2,\), not \(3,\)"),
    "triples": (
        changed("links", needs=np.zeros((1, 3), np.int64)),
        r"links.needs has shape \(1, 3\), not \('any', 2\)",
    ),
    "less than nothing": (changed("modes", cost=np.array([1.0, -1.0, 1.0])), "modes.cost holds what is negative"),
    "no number": (changed("limits", budget=np.full(3, np.nan)), "limits.budget|budget holds what is negative"),
    "no share": (changed("limits", explore_least=0.6, explore_most=0.5), "explore_least and explore_most"),
    "discount": (changed("limits", discount=0.0), "limits.discount is not above 0"),
    "no time": (changed("modes", quarters=np.array([0, 1, 1])), "modes.quarters holds what is less than 1"),
    "unknown pool": (changed("modes", people_pool=np.array([7])), r"rows \[0\] name an unknown pool, \[7\]"),
    "unknown initiative": (changed("links", needs=np.array([[0, 9]])), r"name an unknown initiative, \[9\]"),
    "unknown block": (
        changed("links", uses=np.array([[0, 2]])),
        r"links.uses: rows \[0\] name an unknown block, \[2\]",
    ),
    "a quarter too far": (
        changed("modes", cost_quarter=np.array([0, 0, 5])),
        "modes.cost_quarter: rows .2. lie outside",
    ),
    "a circle": (
        changed("links", needs=np.array([[0, 1], [1, 2], [2, 0], [2, 1]])),
        "circle: initiatives 1 needs 2 needs 1|circle: initiatives 0 needs 1 needs 2 needs 0",
    ),
    "itself": (changed("links", needs=np.array([[1, 1]])), "circle: initiatives 1 needs 1"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said(name: str) -> None:
    problem, said = WRONG[name]
    with pytest.raises(InvalidProblem, match=said):
        plan(problem, workers=1)


def test_all_that_is_wrong_is_said_at_once() -> None:
    problem = changed("modes", people_pool=np.array([7]), cost_mode=np.array([0, 1, 8]))
    with pytest.raises(InvalidProblem, match=r"unknown mode, \[8\].*unknown pool, \[7\]"):
        plan(problem, workers=1)


def test_needs_without_a_circle_are_none() -> None:
    chain = changed("links", needs=np.array([[0, 1], [0, 2], [1, 2]]))
    assert plan(chain, gap=0.0, workers=1).initiative.tolist() == [2, 1, 0]


CONFLICTS: dict[str, tuple[Problem, list[int], tuple[str, ...], str]] = {
    "more money than there is": (
        problem_of(one(1, 1), one(1, 5, mandatory=True), budget=[2, 2, 2]),
        [1],
        ("budget",),
        "mandatory: 1 cannot start, because of budget",
    ),
    "a window too short": (
        problem_of(one(1, 1, 1, 1, mandatory=True, earliest=1)),
        [0],
        (),
        "because of the quarters they may start in",
    ),
    "two at a time in a pool for one": (
        problem_of(
            Initiative(modes=[Mode(benefit=1, people={0: [1]})], mandatory=True),
            Initiative(modes=[Mode(benefit=1, people={0: [1], 1: [1]})], mandatory=True),
            Initiative(modes=[Mode(benefit=1, people={1: [1]})], mandatory=True),
            quarters=1,
            capacity=[[1], [2]],
        ),
        [0, 1],
        ("pool 0",),
        "mandatory: 0, 1 cannot all start, because of pool 0",
    ),
    "three of them": (
        problem_of(*(one(1, 2, mandatory=True) for _ in range(3)), one(1, 1), quarters=2, budget=[2, 2]),
        [0, 1, 2],
        ("budget",),
        "mandatory: 0, 1, 2 cannot all start, because of budget",
    ),
    "of one group": (
        problem_of(one(1, group=0, mandatory=True), one(1, group=0, mandatory=True)),
        [0, 1],
        (),
        "and their groups",
    ),
    "risk": (problem_of(one(1, risk=2, mandatory=True), one(1), risk=1), [0], ("risk",), "because of risk"),
    "too much that explores": (
        problem_of(one(1, 1, explore=True, mandatory=True), explore=(0.0, 0.5)),
        [0],
        ("explore",),
        "because of explore",
    ),
    "money or people, either would do": (
        problem_of(
            Initiative(modes=[Mode(benefit=1, cost=[3], people={0: [3]})], mandatory=True),
            quarters=1,
            budget=[2],
            capacity=[[2]],
        ),
        [0],
        ("pool 0",),
        "because of pool 0",
    ),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_what_is_mandatory_and_cannot_be_done(name: str) -> None:
    problem, initiatives, limits, said = CONFLICTS[name]
    with pytest.raises(Infeasible, match=said) as caught:
        plan(problem, workers=1)
    assert caught.value.initiatives.tolist() == initiatives
    assert caught.value.limits == limits


@settings(max_examples=60)
@given(problems(max_initiatives=4))
def test_the_conflict_is_a_smallest_one(problem: Problem) -> None:
    problem = replace(
        problem, initiatives=replace(problem.initiatives, mandatory=np.ones_like(problem.initiatives.mandatory))
    )
    size = smallest_conflict(problem)
    if size == 0:
        assert plan(problem, workers=1).value >= 0
        return
    with pytest.raises(Infeasible) as caught:
        plan(problem, workers=1)
    assert len(caught.value.initiatives) == size
    must = np.isin(np.arange(len(problem.initiatives.mandatory)), caught.value.initiatives)
    assert optimum(replace(problem, initiatives=replace(problem.initiatives, mandatory=must))) is None


def test_looking_for_a_conflict_can_be_stopped() -> None:
    left = iter(range(3))

    def stop(_progress: Progress) -> bool:
        return next(left, None) is None

    with pytest.raises(NoPlan):
        plan(CONFLICTS["three of them"][0], stop=stop, workers=1)
