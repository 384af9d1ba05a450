"""``./run bench training``: our engine and the compact program in HiGHS and CP-SAT, on the same made-up sector.

Runs alternate, each in a fresh process. A peer ends each stage at the gap that our plan of the same round proved: its
CPU seconds are those to be proven as near the best as ours, or those of its time limit where it does not get there.
Reading the problem and writing down the peers' program are not counted.
"""

import argparse
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median

from bench.beside import load_now, print_setting, run_alone
from bench.training._compare import as_near, disagreements, gap_of, missing_of, ratio
from bench.training._files import Answer, load_answer, save_problem
from vested.engines.training import Problem
from vested.plans.generator import make_sector
from vested.plans.problem import problem_of

SPARE = 600.0  # seconds a process may take beside its limit, to write the program down and to be judged


def main() -> int:
    """Run, print and compare; 1 where the answers do not agree."""
    parser = argparse.ArgumentParser(prog="./run bench training", description="Training plans beside peers.")
    parser.add_argument("--people", type=int, default=1000, help="size of the sector (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the sector and of our search (%(default)s)")
    parser.add_argument("--seconds", type=float, default=120.0, help="limit of every run by the clock (%(default)s)")
    parser.add_argument("--gap", type=float, default=0.002, help="what our search ends at (%(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="rounds (%(default)s)")
    parser.add_argument("--peers", default="highs,cpsat", help="which peers (%(default)s)")
    given = parser.parse_args()
    peers = [peer for peer in given.peers.split(",") if peer]
    unknown = sorted(set(peers) - {"highs", "cpsat"})
    if given.runs < 1:
        parser.error("--runs has to be at least 1")
    if unknown or not peers:
        parser.error(f"unknown peers {', '.join(unknown)}; choose highs, cpsat or both")

    problem = problem_of(make_sector(people=given.people, seed=given.seed))
    _print_setting(problem, given)
    answers: list[Answer] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "problem.npz"
        save_problem(file, problem_of(make_sector(people=60, seed=0)))
        _run("vested", file, seconds=given.seconds, gap=given.gap, seed=0)  # compiles what is not compiled yet
        save_problem(file, problem)
        for number in range(1, given.runs + 1):
            ours = _run("vested", file, seconds=given.seconds, gap=given.gap, seed=given.seed)
            answers.append(ours)
            _print_answer(number, ours)
            for peer in peers:
                near = {"gap": gap_of(ours) or 0.0, "missing": missing_of(ours)}
                answer = _run(peer, file, seconds=given.seconds, seed=given.seed, **near)
                answer = replace(answer, reached=as_near(answer, ours))
                answers.append(answer)
                _print_answer(number, answer)
    return _print_comparison(answers, peers)


def _run(solver: str, problem: Path, *, seconds: float, gap: float, missing: float = 0.0, seed: int) -> Answer:
    """Let a process of its own solve the problem."""
    target = problem.with_name("answer.json")
    target.unlink(missing_ok=True)
    options = {"seconds": seconds, "gap": gap, "missing": missing, "threads": os.cpu_count() or 1, "seed": seed}
    flags = [f"--{name}={value}" for name, value in options.items()]
    run_alone("bench.training.solve", solver, problem, target, *flags, seconds=seconds + SPARE)
    return load_answer(target)


def _print_setting(problem: Problem, given: argparse.Namespace) -> None:
    print(
        f"{given.people} people, seed {given.seed}: {len(problem.catalogue.hours)} courses, "
        f"{len(problem.catalogue.session_course)} sessions, {len(problem.needs.unit)} needs, "
        f"{len(problem.limits.budget)} budgets, fairness {problem.limits.fairness:g}"
    )
    print_setting("numpy", "numba", "highspy", "ortools")
    print(
        f"{given.runs} rounds, at most {given.seconds:g} s each by the clock; ours ends at a gap of {given.gap:.2%}, "
        "peers in every stage at the gap ours proved\n"
    )


def _print_answer(number: int, answer: Answer) -> None:
    print(
        f"{number}  {answer.solver:<7} cpu {answer.cpu:8.2f}  wall {answer.wall:8.2f}  load {load_now():5.2f}  "
        f"{'near enough' if answer.reached else 'stopped by time'}, judged: "
        f"{'no plan' if answer.person is None else 'allowed' if not answer.violations else 'NOT ALLOWED'}"
    )
    for stage in answer.stages:
        result = "none" if stage.result is None else f"{stage.result:.6g}"
        bound = "none" if stage.bound is None else f"{stage.bound:.6g}"
        print(f"     {stage.name:<10} result {result:>10}  bound {bound:>10}  cpu {stage.seconds:8.2f}")
    gap = gap_of(answer)
    print(f"     gap {'none' if gap is None else f'{gap:.3%}'}", flush=True)


def _print_comparison(answers: list[Answer], peers: list[str]) -> int:
    by_solver = {name: [answer for answer in answers if answer.solver == name] for name in ("vested", *peers)}
    print("\nMedians")
    for name, rows in by_solver.items():
        gaps = [gap for row in rows if (gap := gap_of(row)) is not None]
        print(
            f"   {name:<7} {rows[0].version:<10} cpu {median(row.cpu for row in rows):8.2f}  "
            f"wall {median(row.wall for row in rows):8.2f}  gap {f'{median(gaps):.3%}' if gaps else 'no plan'}"
        )
    ratios = {peer: ratio(by_solver["vested"], by_solver[peer]) for peer in peers}
    for peer, times in ratios.items():
        reached = sum(row.reached for row in by_solver[peer])
        print(
            f"   {peer} took {'at least ' if reached < len(by_solver[peer]) else ''}{times:.1f} times our CPU seconds "
            f"to be proven as near the best, which it was in {reached} of {len(by_solver[peer])} rounds"
        )
    wrong = disagreements(answers)
    for line in wrong:
        print(f"   {line}")
    print(f"ratio={min(ratios.values()):.1f} agree={'no' if wrong else 'yes'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
