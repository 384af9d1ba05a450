"""The frontier: never falling, each point a plan of its own, with a gap."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.engines.roadmap.by_hand import one, problem_of
from tests.engines.roadmap.checker import judged
from tests.engines.roadmap.test_plan import SMALL, Stop
from vested.engines.roadmap import Infeasible, NoPlan, Point, Problem, _frontier, frontier, make_problem, plan


def within(problem: Problem, along: str, limit: float) -> Problem:
    limits = problem.limits
    limits = replace(limits, risk=limit) if along == "risk" else replace(limits, explore_least=limit)
    return replace(problem, limits=limits)


def assert_frontier(problem: Problem, along: str, points: tuple[Point, ...]) -> None:
    """Each point keeps its rules, and from tight to loose neither values nor bounds fall."""
    for point in points:
        assert judged(within(problem, along, point.limit), point.plan) == []
    order = sorted(points, key=lambda point: point.limit if along == "risk" else -point.limit)
    for tight, loose in pairwise(order):
        assert tight.plan.value <= loose.plan.value + 1e-6
        assert tight.plan.bound <= loose.plan.bound + 1e-6


def test_each_unit_of_risk_lets_in_the_next_best() -> None:
    problem = problem_of(*(one(2 * n, risk=1) for n in (1, 2, 4)), quarters=1, discount=1.0)
    points = frontier(problem, [2, 0, 1, 5], gap=0.0)
    assert [(point.limit, point.plan.value) for point in points] == [(2, 12.0), (0, 0.0), (1, 8.0), (5, 14.0)]
    assert all(point.plan.finished for point in points)


def test_to_explore_more_costs() -> None:
    problem = problem_of(one(1, 2, explore=True), one(9, 2), one(8, 2), quarters=1, budget=[4], discount=1.0)
    points = frontier(problem, [0.0, 0.5, 1.0], along="explore", gap=0.0)
    assert [point.plan.value for point in points] == [17.0, 10.0, 1.0]


@pytest.mark.parametrize(("along", "shares"), [("risk", (0.5, 0.75, 1.0)), ("explore", (0.4, 0.2, 0.0))])
def test_a_frontier_never_falls(along: str, shares: tuple[float, ...]) -> None:
    problem = SMALL["realistic"]
    limits = [share * (problem.limits.risk if along == "risk" else 1.0) for share in shares]
    points = frontier(problem, limits, along=along, gap=0.05, stop=Stop(400))
    assert_frontier(problem, along, points)


def test_what_can_still_be_helped_is_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_frontier, "_FIRST", 0)
    monkeypatch.setattr(_frontier, "_GLANCE", 0)
    problem = SMALL["tight"]
    points = frontier(problem, [problem.limits.risk * share for share in (0.7, 1.0)], gap=0.0, stop=Stop(40))
    assert_frontier(problem, "risk", points)


def test_a_frontier_ended_before_it_has_a_plan() -> None:
    problem = make_problem(initiatives=60, family="tight", seed=1)
    with pytest.raises(NoPlan, match="stopped before"):
        frontier(problem, [problem.limits.risk], stop=Stop(0))


def test_a_frontier_cut_short_never_falls_either() -> None:
    problem = SMALL["tight"]
    points = frontier(problem, [problem.limits.risk * share for share in (1.0, 0.6, 0.8)], gap=0.0, stop=Stop(30))
    assert_frontier(problem, "risk", points)
    assert not all(point.plan.finished for point in points)


def test_there_is_no_frontier_along_anything_else() -> None:
    with pytest.raises(ValueError, match="no frontier along money; there are risk and explore"):
        frontier(SMALL["tight"], [1.0], along="money")


def test_a_limit_too_tight_for_what_is_mandatory_is_said() -> None:
    problem = problem_of(one(1, risk=2, mandatory=True), one(1))
    assert plan(problem, workers=1).risk == 2
    with pytest.raises(Infeasible, match="0 cannot start, because of risk"):
        frontier(problem, [1.0, 3.0])
