"""Reasons, each worked out on paper, and true of every tiny plan: the change stated is enough, and less is not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from tests.engines.roadmap.by_hand import Initiative, Mode, one, problem_of
from tests.engines.roadmap.checker import Starts, allowed, starts_of
from tests.engines.roadmap.oracle import optimum
from tests.engines.roadmap.strategies import problems
from vested.engines.roadmap import Explanation, Infeasible, Problem, Row, Why, explain, forced, make_problem, plan


def reasons(problem: Problem) -> tuple[Starts, Explanation]:
    found = plan(problem, gap=0.0, workers=1)
    return starts_of(found), explain(problem, found)


def test_the_smallest_change_that_lets_one_in() -> None:
    # In quarter 1 two people of pool 0 at 10 are missing (20), in quarter 0 five of money and one of them (15).
    problem = problem_of(
        Initiative(modes=[Mode(benefit=90, cost=[5, 1], people={0: [2, 3]})]),
        Initiative(modes=[Mode(benefit=9, cost=[5], people={0: [2]})], group=-1),
        quarters=2,
        budget=[5, 10],
        capacity=[[3, 3]],
        discount=1.0,
    )
    starts, why = reasons(problem)
    assert set(starts) == {0}
    assert (why.out.tolist(), why.why.tolist(), why.rival.tolist()) == ([1], [Why.LIMITS], [-1])
    assert (why.way_mode.tolist(), why.way_start.tolist(), why.way_price.tolist()) == ([1], [0], [15.0])
    assert why.more_of.tolist() == [0, 0]
    assert why.more_kind.tolist() == [Row.BUDGET, Row.POOL]
    assert (why.more_pool.tolist(), why.more_quarter.tolist(), why.more.tolist()) == ([-1, 0], [0, 0], [5.0, 1.0])


def test_a_cheap_person_changes_the_way_in() -> None:
    problem = problem_of(
        Initiative(modes=[Mode(benefit=90, cost=[5, 1], people={0: [2, 3]})]),
        Initiative(modes=[Mode(benefit=9, cost=[5], people={0: [2]})]),
        quarters=2,
        budget=[5, 10],
        capacity=[[3, 3]],
        rate=[1.0],
        discount=1.0,
    )
    assert reasons(problem)[1].way_start.tolist() == [1]


WHY: dict[str, tuple[Problem, Why]] = {
    "no quarter": (problem_of(one(9, 1, 1, earliest=2), one(1)), Why.NEVER),
    "what it needs is too dear": (problem_of(one(9, 1, needs=[1]), one(0, 9), budget=[2, 2, 2]), Why.NEEDS),
    "what it needs would take too long beside the rest": (
        problem_of(one(1, 1, needs=[1]), one(0, 2), one(99, 2), one(99, 2), one(99, 2), budget=[2, 2, 2]),
        Why.NEEDS,
    ),
    "another of its group": (problem_of(one(8, group=1), one(9, group=1)), Why.GROUP),
    "risk": (problem_of(one(8, risk=2), one(9, risk=2), risk=3), Why.RISK),
    "explores too much": (problem_of(one(8, 1, explore=True), one(99, 1), explore=(0.0, 0.4)), Why.EXPLORE),
    "money": (problem_of(one(8, 2), one(9, 2), quarters=1, budget=[3]), Why.LIMITS),
}


@pytest.mark.parametrize("name", WHY)
def test_why_the_first_is_out(name: str) -> None:
    problem, cause = WHY[name]
    starts, why = reasons(problem)
    assert 0 not in starts
    assert why.why[0] == cause
    assert why.waits[why.waits_of == 0].tolist() == ([1] if cause is Why.NEEDS else [])
    assert why.rival[0] == (1 if cause is Why.GROUP else -1)
    assert np.isfinite(why.way_price[0]) == (cause is Why.LIMITS)


def test_what_would_fit_and_adds_nothing() -> None:
    problem = problem_of(one(0, 1), one(9, 1), budget=[9, 9, 9])
    found = plan(problem, gap=0.0, workers=1)
    keep = found.initiative == 1
    found = replace(found, initiative=found.initiative[keep], mode=found.mode[keep], start=found.start[keep])
    why = explain(problem, found)
    assert (why.out.tolist(), why.why.tolist(), why.way_price.tolist()) == ([0], [Why.WORTH], [0.0])
    assert len(why.more) == 0


def test_what_binds_comes_with_its_price() -> None:
    problem = problem_of(one(8, 2), one(9, 2), quarters=1, budget=[2], discount=1.0)
    _, why = reasons(problem)
    assert why.bind_kind.tolist() == [Row.BUDGET]
    assert (why.bind_used.tolist(), why.bind_limit.tolist()) == ([2.0], [2.0])
    assert why.bind_price[0] == pytest.approx(4.0)  # half of the second would be let in by one more
    assert 0.0 <= why.lost[0] <= 1.0


def test_a_share_binds_at_a_limit_of_nothing() -> None:
    problem = problem_of(one(1, 2, explore=True), one(9, 3), quarters=1, explore=(0.5, 1.0), discount=1.0)
    _, why = reasons(problem)
    assert Row.EXPLORE_LEAST in why.bind_kind.tolist()


@settings(max_examples=60)
@given(problems())
def test_reasons_are_true(problem: Problem) -> None:
    try:
        found = plan(problem, gap=0.0, workers=1)
    except Infeasible:
        return
    starts, why = starts_of(found), explain(problem, found)
    assert sorted([*starts, *why.out.tolist()]) == list(range(len(problem.initiatives.mandatory)))
    for n, p in enumerate(why.out.tolist()):
        if why.why[n] in {Why.LIMITS, Why.WORTH}:
            way = {**starts, p: (int(why.way_mode[n]), int(why.way_start[n]))}
            assert allowed(_with_more(problem, why, n, 1.0), way)
            assert why.why[n] == Why.WORTH or not allowed(_with_more(problem, why, n, 0.9), way)
            assert why.way_price[n] == pytest.approx(_price(problem, why, n))
        else:
            assert why.way_mode[n] == -1
            lifted = replace(
                problem,
                limits=replace(
                    problem.limits,
                    budget=np.full_like(problem.limits.budget, np.inf),
                    capacity=np.full_like(problem.limits.capacity, np.inf),
                ),
            )
            assert not any(allowed(lifted, {**starts, p: way}) for way in _ways(problem, p))
        must = problem.initiatives.mandatory.copy()
        must[p] = True
        best = optimum(replace(problem, initiatives=replace(problem.initiatives, mandatory=must)))
        if best is not None:
            assert why.lost[n] <= found.value - best + 1e-6


def _with_more(problem: Problem, why: Explanation, n: int, share: float) -> Problem:
    budget, capacity = problem.limits.budget.copy(), problem.limits.capacity.copy()
    for row in np.flatnonzero(why.more_of == n):
        if why.more_kind[row] == Row.BUDGET:
            budget[why.more_quarter[row]] += share * why.more[row]
        else:
            capacity[why.more_pool[row], why.more_quarter[row]] += share * why.more[row]
    return replace(problem, limits=replace(problem.limits, budget=budget, capacity=capacity))


def _price(problem: Problem, why: Explanation, n: int) -> float:
    rows = np.flatnonzero(why.more_of == n)
    rate = np.array(
        [1.0 if why.more_kind[row] == Row.BUDGET else problem.limits.rate[why.more_pool[row]] for row in rows]
    )
    return float((rate * why.more[rows]).sum())


def _ways(problem: Problem, p: int) -> list[tuple[int, int]]:
    modes = np.flatnonzero(problem.modes.initiative == p).tolist()
    return [(mode, at) for mode in modes for at in range(len(problem.limits.budget))]


def test_forcing_costs_what_it_costs() -> None:
    problem = problem_of(one(8, 2), one(9, 2), quarters=1, budget=[2], discount=1.0)
    known = plan(problem, gap=0.0, workers=1)
    exact = forced(problem, known, 0, gap=0.0, workers=1)
    assert [exact.least, exact.most] == pytest.approx([1.0, 1.0])
    assert exact.plan is not None
    assert exact.plan.initiative.tolist() == [0]
    quick = forced(problem, known, 0, search=False)
    assert quick.plan is None
    assert quick.least == pytest.approx(1.0)
    assert quick.most == np.inf


def test_forcing_is_an_interval_that_holds_the_truth() -> None:
    problem = make_problem(initiatives=10, seed=4)
    known = plan(problem, gap=0.0, workers=1)
    for p in explain(problem, known).out.tolist():
        try:
            exact = forced(problem, known, p, gap=0.0, workers=1)
        except Infeasible:
            continue
        rough = forced(problem, known, p, gap=0.2, workers=1)
        assert rough.least <= exact.most + 1e-6
        assert exact.least <= rough.most + 1e-6
        assert forced(problem, known, p, search=False).least <= exact.least + 1e-6
