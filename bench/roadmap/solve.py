"""One solver on one problem in this process: ``python -m bench.roadmap.solve SOLVER PROBLEM ANSWER …``.

CP-SAT and HiGHS are never imported into the same process.
"""

import argparse
import importlib
import importlib.metadata
import json
import resource
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bench.roadmap._files import load_problem
from bench.roadmap._model import compact_model
from tests.engines.roadmap.checker import Starts, starts_of, violations, worth


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a solver made of a problem.

    ``value`` (None: no plan) as the checker finds it, ``bound`` (None: none) as the solver states it, ``cpu`` and
    ``wall`` seconds, and ``violations`` that the checker found.
    """

    solver: str
    version: str
    value: float | None
    bound: float | None
    cpu: float
    wall: float
    violations: list[str]


def main() -> None:
    """Solve, judge and write down."""
    parser = argparse.ArgumentParser(description="Solve one problem by one solver.")
    parser.add_argument("solver", choices=["vested", "highs", "cpsat"])
    parser.add_argument("problem", type=Path)
    parser.add_argument("answer", type=Path)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    problem = load_problem(given.problem)
    version = "0"
    starts: Starts | None = None
    said: float | None = None
    if given.solver == "vested":
        ours = importlib.import_module("bench.roadmap._ours")
        before, started = cpu(), time.perf_counter()
        plan = ours.solve(problem, seconds=given.seconds, workers=given.threads, seed=given.seed)
        starts, bound, said = starts_of(plan), plan.bound, plan.value
    else:
        model = compact_model(problem)
        peer = importlib.import_module(f"bench.roadmap._{given.solver}")
        version = importlib.metadata.version({"highs": "highspy", "cpsat": "ortools"}[given.solver])
        before, started = cpu(), time.perf_counter()
        columns, bound = peer.solve(model, seconds=given.seconds, threads=given.threads)
        if columns is not None:
            taken = np.flatnonzero(columns > 0.5)
            rows = zip(model.initiative[taken], model.mode[taken], model.start[taken], strict=True)
            starts = {int(p): (int(mode), int(at)) for p, mode, at in rows}
    spent, passed = cpu() - before, time.perf_counter() - started
    wrong = [] if starts is None else list(violations(problem, starts))
    value = None if starts is None else worth(problem, starts)
    if said is not None and value is not None and abs(said - value) > 1e-6 * max(1.0, value):
        wrong.append(f"states {said}, is worth {value}")
    answer = Answer(
        solver=given.solver, version=version, value=value, bound=bound, cpu=spent, wall=passed, violations=wrong
    )
    given.answer.write_text(json.dumps(asdict(answer)), encoding="utf-8")


def cpu() -> float:
    """CPU seconds of this process, its threads and its children that have ended."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(row.ru_utime + row.ru_stime for row in usage)


if __name__ == "__main__":
    main()
