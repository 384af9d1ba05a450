"""The compact program that peers are given has the same optimum as going through everything."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from bench.training._compare import as_near, disagreements, gap_of
from bench.training._files import Answer, Stage, load_answer, load_problem, save_problem
from bench.training._highs import solve
from bench.training._model import compact_model
from bench.training.solve import judged
from tests.engines.training import oracle
from tests.engines.training.by_hand import problem_of
from tests.engines.training.checker import facts_of
from tests.engines.training.strategies import problems, random_problem, tiny_problem
from tests.engines.training.test_oracle import KNOWN
from vested.engines.training import Problem

ROOT = Path(__file__).parents[2]


def _agrees_with_the_oracle(problem: Problem) -> None:
    best = oracle.optimum(problem)
    model = compact_model(problem)
    columns, stages, reached = solve(model, seconds=60.0, gap=0.0, missing=0.0, threads=1)
    assert columns is not None
    assert reached
    taken = model.take[columns[: len(model.take)] > 0.5]
    facts = facts_of(problem, taken[:, 0], taken[:, 1])
    assert facts.breaches == ()
    exact = pytest.approx((best.given, best.shortfall, best.value), abs=1e-5)
    assert (facts.given, facts.shortfall, facts.objective) == exact
    assert tuple(stage.result for stage in stages) == exact
    assert tuple(stage.bound for stage in stages) == exact


@pytest.mark.parametrize("name", KNOWN)
def test_highs_finds_the_answers_worked_out_on_paper(name: str) -> None:
    _agrees_with_the_oracle(KNOWN[name][0])


@given(problems())
def test_highs_finds_the_optimum(problem: Problem) -> None:
    _agrees_with_the_oracle(problem)


def _by(solver: str, problem: Problem, folder: Path, *, seconds: float = 60.0) -> Answer:
    """Solve in a process of its own, as the benchmark does."""
    save_problem(folder / "problem.npz", problem)
    command = [sys.executable, "-m", "bench.training.solve", solver, str(folder / "problem.npz")]
    command += [str(folder / "answer.json"), "--seconds", str(seconds), "--gap", "0", "--threads", "1"]
    subprocess.run(command, cwd=ROOT, check=True)
    return load_answer(folder / "answer.json")


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_cp_sat_and_highs_find_the_optimum_in_processes_of_their_own(seed: int, tmp_path: Path) -> None:
    problem = tiny_problem(seed, people=6, courses=6, more_sessions=3, cost_weight=1e-6)
    best = oracle.optimum(problem)
    answers = [_by(solver, problem, tmp_path) for solver in ("cpsat", "highs")]
    assert disagreements(answers) == []
    for answer in answers:
        assert answer.reached
        exact = pytest.approx((best.given, best.shortfall, best.value), abs=1e-5)
        assert tuple(stage.result for stage in answer.stages) == exact
        assert tuple(stage.bound for stage in answer.stages) == exact


def test_what_was_accepted_and_cannot_be_has_no_plan(tmp_path: Path) -> None:
    problem = problem_of(levels=[[0]], required=[[0]], courses=[(0, 5)], sessions=[(0, 1, 0)], accepted=[(0, 0)])
    answer = _by("highs", problem, tmp_path)
    assert answer.person is None
    assert gap_of(answer) is None


def test_a_problem_survives_its_file(tmp_path: Path) -> None:
    problem = random_problem(5, 50, 10)
    save_problem(tmp_path / "problem.npz", problem)
    again = load_problem(tmp_path / "problem.npz")
    assert again.limits.fairness == problem.limits.fairness
    for part in ("people", "roles", "catalogue", "needs", "limits"):
        before, after = getattr(problem, part), getattr(again, part)
        for name in before.__slots__:
            assert np.array_equal(getattr(before, name), getattr(after, name)), name
            assert np.asarray(getattr(before, name)).dtype == np.asarray(getattr(after, name)).dtype, name


def _answer(solver: str, *stages: tuple[float, float], violations: list[str] | None = None) -> Answer:
    names = ("compulsory", "fairness", "value")
    return Answer(
        solver=solver,
        version="1",
        person=[],
        session=[],
        stages=[Stage(name=n, result=r, bound=b, seconds=0.0) for n, (r, b) in zip(names, stages, strict=True)],
        cpu=1.0,
        wall=1.0,
        reached=True,
        violations=violations or [],
    )


def test_answers_agree_within_their_bounds() -> None:
    ours, theirs = _answer("a", (5, 5), (2.0, 1.9), (100.0, 101.0)), _answer("b", (5, 6), (1.95, 1.8), (99.0, 102.0))
    assert disagreements([ours, theirs]) == []
    assert gap_of(ours) == pytest.approx(1 / 101)


def test_a_result_beyond_a_bound_is_a_disagreement() -> None:
    ours = _answer("a", (5, 5), (2.0, 1.9), (100.0, 101.0))
    assert "compulsory: b reaches 6" in disagreements([ours, _answer("b", (6, 6), (2.0, 2.0), (100.0, 101.0))])[0]
    assert "fairness: b reaches 1.5" in disagreements([ours, _answer("b", (5, 6), (1.5, 1.5), (99.0, 99.5))])[0]
    assert "value: b reaches 102.0" in disagreements([ours, _answer("b", (5, 6), (2.0, 2.0), (102.0, 103.0))])[0]
    assert disagreements([_answer("b", (5, 5), (0, 0), (1, 1), violations=["seats"])]) == ["b: seats"]


def test_a_bound_binds_only_those_who_kept_as_much() -> None:
    # One compulsory pair less leaves room for more value and less shortfall: no contradiction.
    ours = _answer("a", (5, 5), (2.0, 2.0), (100.0, 100.0))
    assert disagreements([ours, _answer("b", (4, 5), (1.0, 1.0), (150.0, 150.0))]) == []
    assert disagreements([ours, _answer("b", (5, 5), (2.5, 2.0), (150.0, 150.0))]) == []


def test_as_near_means_in_every_stage() -> None:
    ours = _answer("a", (5, 5), (2.0, 1.9), (99.0, 100.0))
    assert as_near(ours, ours)
    assert as_near(_answer("b", (5, 6), (3.0, 2.95), (199.0, 200.0)), ours)
    assert not as_near(_answer("b", (4, 6), (2.0, 1.9), (99.0, 100.0)), ours)
    assert not as_near(_answer("b", (5, 5), (2.0, 1.8), (99.0, 100.0)), ours)
    assert not as_near(_answer("b", (5, 5), (2.0, 1.9), (98.0, 100.0)), ours)
    assert not as_near(replace(ours, person=None), ours)


def test_a_solver_that_states_more_than_its_plan_is_worth_is_found() -> None:
    problem = tiny_problem(3)
    best = oracle.optimum(problem)
    facts = facts_of(problem, best.person, best.session)
    said = _answer("b", (best.given, 9), (best.shortfall, 0.0), (best.value, 99.0)).stages
    assert judged(said, facts)[1] == []
    for at, change in ((0, 1.0), (1, -0.1), (2, 0.1)):
        false = [replace(stage, result=(stage.result or 0.0) + change * (row == at)) for row, stage in enumerate(said)]
        stages, wrong = judged(false, facts)
        assert len(wrong) == 1
        assert [stage.result for stage in stages] == pytest.approx([best.given, best.shortfall, best.value])
