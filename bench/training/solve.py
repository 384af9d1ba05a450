"""One solver on one problem in this process: ``python -m bench.training.solve SOLVER PROBLEM ANSWER …``.

CP-SAT and HiGHS are never imported into the same process.
"""

import argparse
import importlib
import importlib.metadata
import resource
import time
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.training._files import Answer, Stage, load_problem, save_answer
from bench.training._model import compact_model
from tests.engines.training.checker import Facts, check, facts_of
from vested.engines.training import Problem

SAME = 1e-5  # relative difference that solvers' own tolerances explain


def main() -> None:
    """Solve, judge and write down."""
    parser = argparse.ArgumentParser(description="Solve one problem by one solver.")
    parser.add_argument("solver", choices=["vested", "highs", "cpsat"])
    parser.add_argument("problem", type=Path)
    parser.add_argument("answer", type=Path)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--gap", type=float, required=True)
    parser.add_argument("--missing", type=float, default=0.0, help="enough for a peer: this near the least shortfall")
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    problem = load_problem(given.problem)
    if given.solver == "vested":
        answer = by_vested(problem, seconds=given.seconds, gap=given.gap, seed=given.seed)
    else:
        limits = {"seconds": given.seconds, "gap": given.gap, "missing": given.missing, "threads": given.threads}
        answer = by_peer(given.solver, problem, limits)
    save_answer(given.answer, answer)


def by_vested(problem: Problem, *, seconds: float, gap: float, seed: int) -> Answer:
    """Plan with our engine."""
    ours = importlib.import_module("bench.training._ours")
    (plan, stages), cpu, wall = _timed(lambda: ours.solve(problem, seconds=seconds, gap=gap, seed=seed))
    verdict = check(problem, plan, gap=gap)
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Answer(
        solver="vested",
        version=project["version"],
        person=plan.person.tolist(),
        session=plan.session.tolist(),
        stages=stages,
        cpu=cpu,
        wall=wall,
        reached=plan.finished,
        violations=list(verdict.violations),
    )


def by_peer(solver: str, problem: Problem, limits: dict[str, float]) -> Answer:
    """Give the compact program to a peer, with what its ``solve`` takes; writing it down is not counted."""
    model = compact_model(problem)
    peer = importlib.import_module(f"bench.training._{solver}")
    (columns, stages, reached), cpu, wall = _timed(lambda: peer.solve(model, **limits))
    answer = Answer(
        solver=solver,
        version=importlib.metadata.version({"highs": "highspy", "cpsat": "ortools"}[solver]),
        person=None,
        session=None,
        stages=stages,
        cpu=cpu,
        wall=wall,
        reached=reached,
        violations=[],
    )
    if columns is None:
        return answer
    taken = model.take[columns[: len(model.take)] > 0.5]
    facts = facts_of(problem, taken[:, 0], taken[:, 1])
    stages, wrong = judged(stages, facts)
    return replace(
        answer,
        person=taken[:, 0].tolist(),
        session=taken[:, 1].tolist(),
        stages=stages,
        violations=[*facts.breaches, *wrong],
    )


def judged(stages: list[Stage], facts: Facts) -> tuple[list[Stage], list[str]]:
    """Put the results the checker finds in the place of those the solver states; say where they are worse.

    They may be better: a solver that stops early may not have seen all that its plan is good for.
    """
    true = {"compulsory": float(facts.given), "fairness": facts.shortfall, "value": facts.objective}
    wrong = []
    for stage in stages:
        at = true[stage.name]
        said = at if stage.result is None else stage.result
        worse = at - said if stage.name == "fairness" else said - at
        if worse > SAME * max(1.0, abs(at)):
            wrong.append(f"{stage.name}: states {stage.result!r}, is {at!r}")
    return [replace(stage, result=true[stage.name]) for stage in stages], wrong


def _timed(run: Callable[[], Any]) -> tuple[Any, float, float]:
    """Run something; CPU seconds of this process, its threads and its children, and seconds by the clock."""
    before, started = _cpu(), time.perf_counter()
    result = run()
    return result, _cpu() - before, time.perf_counter() - started


def _cpu() -> float:
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return float(np.sum([row.ru_utime + row.ru_stime for row in usage]))


if __name__ == "__main__":
    main()
