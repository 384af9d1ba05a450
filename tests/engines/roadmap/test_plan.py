"""Plans of the real engine, judged by the checker and, where they are small, by going through everything."""

from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given

from tests.engines.roadmap.by_hand import Initiative, Mode, one, problem_of
from tests.engines.roadmap.checker import judged, starts_of
from tests.engines.roadmap.oracle import optimum
from tests.engines.roadmap.strategies import problems
from vested.engines.roadmap import Infeasible, NoPlan, Problem, Progress, _planning, make_problem, plan, warm_up
from vested.engines.roadmap._improve import Improver
from vested.engines.roadmap._kernel import rounds_of
from vested.engines.roadmap._planning import begin, find, run, stated

# Each with its best roadmap, worked out on paper.
KNOWN: dict[str, tuple[Problem, dict[int, tuple[int, int]], float]] = {
    "money for one at a time, the better one first": (
        problem_of(one(8, 2), one(16, 2), quarters=2, budget=[2, 2]),
        {0: (0, 1), 1: (1, 0)},
        16 / 2 + 8 / 4,
    ),
    "what is needed comes first though it is worth nothing": (
        problem_of(one(0, 1), one(16, 1, needs=[0]), quarters=2),
        {0: (0, 0), 1: (1, 1)},
        16 / 4,
    ),
    "of a group only one": (
        problem_of(one(8, 1, group=3), one(10, 1, group=3), quarters=1),
        {1: (1, 0)},
        5.0,
    ),
    "what is mandatory keeps out what is better": (
        problem_of(one(1, 2, mandatory=True), one(100, 2), quarters=1, budget=[2]),
        {0: (0, 0)},
        0.5,
    ),
    "a mode that reuses a block waits for its supplier": (
        problem_of(
            Initiative(modes=[Mode(benefit=4)], supplies=[0]),
            Initiative(modes=[Mode(benefit=32, cost=[9]), Mode(benefit=32, cost=[1], uses=[0])]),
            quarters=2,
            budget=[2, 2],
            exists=[False],
        ),
        {0: (0, 0), 1: (2, 1)},
        4 / 2 + 32 / 4,
    ),
    "a block that exists is waited for by nobody": (
        problem_of(Initiative(modes=[Mode(benefit=4, uses=[0])]), quarters=1, exists=[True]),
        {0: (0, 0)},
        2.0,
    ),
    "the pool decides for the mode with fewer people": (
        problem_of(
            Initiative(modes=[Mode(benefit=9, people={0: [3]}), Mode(benefit=8, people={0: [2]})]),
            quarters=1,
            capacity=[[2]],
        ),
        {0: (1, 0)},
        4.0,
    ),
    "the cap on risk takes two small ones": (
        problem_of(one(6, risk=2), one(4, risk=1), one(4, risk=1), quarters=1, risk=2),
        {1: (1, 0), 2: (2, 0)},
        4.0,
    ),
    "half of the costs have to explore": (
        problem_of(one(1, 2, explore=True), one(9, 2), one(9, 2), quarters=1, explore=(0.5, 1.0)),
        {0: (0, 0), 1: (1, 0)},
        5.0,
    ),
    "and at most half may": (
        problem_of(one(1, 2), one(9, 2, explore=True), one(9, 2, explore=True), quarters=1, explore=(0.0, 0.5)),
        {0: (0, 0), 1: (1, 0)},
        5.0,
    ),
    "a window that closes before it opens": (problem_of(one(8, earliest=2, latest=1)), {}, 0.0),
    "nothing to choose from": (problem_of(), {}, 0.0),
}


@pytest.mark.parametrize("name", KNOWN)
def test_answers_worked_out_on_paper(name: str) -> None:
    problem, starts, value = KNOWN[name]
    found = plan(problem, gap=0.0, workers=1)
    assert judged(problem, found, gap=0.0) == []
    assert found.value == pytest.approx(value)
    assert found.bound == pytest.approx(value)
    assert (found.gap, found.finished) == (0.0, True)
    equal = {"money for one at a time, the better one first", "half of the costs have to explore"}
    if name not in equal and "at most half" not in name:
        assert starts_of(found) == starts


@given(problems())
def test_the_best_of_all_roadmaps_is_found_and_proven(problem: Problem) -> None:
    best = optimum(problem)
    try:
        found = plan(problem, gap=0.0, workers=1)
    except Infeasible:
        assert best is None
        return
    assert judged(problem, found, gap=0.0) == []
    assert best is not None
    assert found.value == pytest.approx(best, abs=1e-6)
    assert found.bound == pytest.approx(best, abs=1e-6)
    assert found.priced >= best - 1e-6


def test_compiling_ahead_leaves_nothing_to_compile() -> None:
    warm_up()
    before = rounds_of.stats.cache_misses
    plan(SMALL["tight"], stop=Stop(5), workers=1)
    assert rounds_of.stats.cache_misses == before


SMALL = {
    "realistic": make_problem(initiatives=12, seed=3),
    "tight": make_problem(initiatives=14, family="tight", seed=1),
}


class Stop:
    """Ends a search after some questions, and remembers what it was told."""

    def __init__(self, after: int) -> None:
        self.left, self.told = after, list[Progress]()

    def __call__(self, progress: Progress) -> bool:
        self.told.append(progress)
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("family", SMALL)
def test_the_same_input_and_answers_give_the_same_plan(family: str) -> None:
    once, again = (plan(SMALL[family], gap=0.0, stop=Stop(130), seed=3, workers=1) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(astuple(once)[:3], astuple(again)[:3], strict=True))
    assert (once.value, once.bound, once.finished) == (again.value, again.bound, again.finished)
    assert judged(SMALL[family], once, gap=0.0) == []


def test_two_processes_end_where_one_does() -> None:
    problem = SMALL["realistic"]
    both = plan(problem, gap=0.0, stop=Stop(240), workers=2)
    assert judged(problem, both, gap=0.0) == []
    alone = plan(problem, gap=0.0, stop=Stop(100), workers=1)
    assert alone.value <= both.bound + 1e-6
    assert both.value <= alone.bound + 1e-6


@pytest.mark.parametrize("workers", [1, 2])
def test_improving_goes_on_until_it_is_ended(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Improver, "widen", Improver.step)
    monkeypatch.setattr(_planning, "_GLANCE", 0)
    found = plan(SMALL["tight"], gap=0.0, stop=Stop(40), workers=workers)
    assert judged(SMALL["tight"], found, gap=0.0) == []


def test_a_search_is_told_how_far_it_is_and_ends_when_told_to() -> None:
    stop = Stop(40)
    found = plan(SMALL["tight"], gap=0.0, stop=stop, workers=1)
    assert not found.finished
    assert judged(SMALL["tight"], found, gap=0.0) == []
    values = [row.value for row in stop.told if row.value is not None]
    bounds = [row.bound for row in stop.told if row.bound is not None]
    assert values == sorted(values)
    assert bounds == sorted(bounds, reverse=True)
    assert {"relaxing", "starting", "proving"} & {row.doing for row in stop.told}
    assert stop.left < 0


def test_stopped_before_there_is_a_plan() -> None:
    with pytest.raises(NoPlan, match="stopped before"):
        plan(SMALL["tight"], stop=Stop(0), workers=1)


def test_a_plan_goes_on_from_an_earlier_one() -> None:
    problem = SMALL["realistic"]
    before = plan(problem, stop=Stop(90), workers=1)
    less = replace(problem, limits=replace(problem.limits, budget=problem.limits.budget * 0.9))
    after = plan(less, stop=Stop(90), start=before, workers=1)
    assert judged(less, after) == []
    assert after.value <= before.bound + 1e-6
    again = plan(problem, start=before, stop=Stop(5), workers=1)
    assert again.value >= before.value - 1e-6


@pytest.mark.parametrize("family", ["realistic", "tight"])
def test_larger_problems_keep_every_rule(family: str) -> None:
    problem = make_problem(initiatives=130, family=family, seed=2)
    found = plan(problem, gap=0.0, stop=Stop(60), workers=1)
    assert judged(problem, found, gap=0.0) == []
    assert 0 < found.gap < 0.4


def test_a_plan_is_looked_for_where_annealing_met_none() -> None:
    problem = problem_of(*(one(1, 1, 1, mandatory=True) for _ in range(3)), one(50, 3), quarters=4, budget=[1, 2, 2, 1])
    state = begin(problem, gap=0.0, stop=Stop(999), seed=0)
    find(problem, state)
    assert judged(problem, stated(problem, state)) == []


def test_a_search_that_is_ended_while_it_looks_for_a_plan_says_so() -> None:
    problem = make_problem(initiatives=60, family="tight", seed=1)
    state = begin(problem, gap=0.0, stop=Stop(99), seed=0)
    state.stopped, state.stop = True, Stop(0)
    with pytest.raises(NoPlan, match="everything mandatory"):
        run(problem, state, np.zeros(0, np.int64), workers=1)
