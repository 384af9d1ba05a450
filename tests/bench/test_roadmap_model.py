"""The compact program that peers are given has the same optimum as going through everything."""

import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from bench.roadmap.__main__ import INSTANCES, disagreements, gap_of
from bench.roadmap._files import load_problem, save_problem
from bench.roadmap._highs import solve
from bench.roadmap._model import compact_model
from bench.roadmap.solve import Answer
from tests.engines.roadmap.checker import allowed, worth
from tests.engines.roadmap.oracle import optimum
from tests.engines.roadmap.strategies import problems, tiny_problem
from vested.engines.roadmap import Problem, make_problem

ROOT = Path(__file__).parents[2]


@given(problems())
def test_highs_finds_the_optimum(problem: Problem) -> None:
    best, model = optimum(problem), compact_model(problem)
    columns, bound = solve(model, seconds=60.0, threads=1)
    if best is None or not len(model.value):
        assert best is None or best == 0
        return
    assert columns is not None
    taken = np.flatnonzero(columns > 0.5)
    rows = zip(model.initiative[taken].tolist(), model.mode[taken].tolist(), model.start[taken].tolist(), strict=True)
    starts = {p: (mode, at) for p, mode, at in rows}
    assert allowed(problem, starts)
    assert [worth(problem, starts), bound] == pytest.approx([best, best], abs=1e-5)


def _by(solver: str, problem: Problem, folder: Path) -> Answer:
    """Solve in a process of its own, as the benchmark does."""
    save_problem(folder / "problem.json", problem)
    command = [sys.executable, "-m", "bench.roadmap.solve", solver, str(folder / "problem.json")]
    subprocess.run([*command, str(folder / "answer.json"), "--seconds=60", "--threads=1"], cwd=ROOT, check=True)
    return Answer(**json.loads((folder / "answer.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("seed", [1, 2])
def test_all_three_find_the_optimum_in_processes_of_their_own(seed: int, tmp_path: Path) -> None:
    problem = tiny_problem(seed, mandatory=0.0, band=(0.25, 0.75))
    best = optimum(problem)
    answers = [_by(solver, problem, tmp_path) for solver in ("vested", "highs", "cpsat")]
    assert disagreements(answers) == []
    assert [answer.value for answer in answers] == pytest.approx([best] * 3, abs=1e-6)
    assert [gap_of(answer) for answer in answers] == pytest.approx([0.0] * 3, abs=1e-3)


def _assert_same(one: Problem, other: Problem) -> None:
    for part in fields(one):
        mine, theirs = getattr(one, part.name), getattr(other, part.name)
        for noun in fields(mine):
            assert np.array_equal(getattr(mine, noun.name), getattr(theirs, noun.name)), noun.name
            assert np.asarray(getattr(mine, noun.name)).dtype == np.asarray(getattr(theirs, noun.name)).dtype


@pytest.mark.parametrize("problem", [make_problem(initiatives=20), tiny_problem(7), tiny_problem(1, initiatives=0)])
def test_a_problem_survives_its_file(problem: Problem, tmp_path: Path) -> None:
    save_problem(tmp_path / "problem.json", problem)
    _assert_same(load_problem(tmp_path / "problem.json"), problem)


@pytest.mark.parametrize("path", sorted(INSTANCES.glob("*.json")), ids=lambda path: path.stem)
def test_published_instances_are_what_the_generator_makes(path: Path) -> None:
    family, _, size = path.stem.partition("-")
    _assert_same(load_problem(path), make_problem(initiatives=int(size), family=family, seed=100))


def _answer(solver: str, value: float | None, bound: float | None, *violations: str) -> Answer:
    return Answer(solver=solver, version="1", value=value, bound=bound, cpu=1.0, wall=1.0, violations=list(violations))


def test_a_plan_beyond_a_bound_or_against_the_rules_is_a_disagreement() -> None:
    ours = _answer("a", 99.0, 100.0)
    assert disagreements([ours, _answer("b", None, 99.0)]) == []
    assert gap_of(ours) == pytest.approx(0.01)
    assert gap_of(_answer("b", None, 99.0)) == 1.0
    assert disagreements([ours, _answer("b", 101.0, 102.0)]) == ["b reaches 101.0, a bounds 100.0"]
    assert disagreements([_answer("b", 1.0, 2.0, "risk")]) == ["b: risk"]
