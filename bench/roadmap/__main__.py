"""``./run bench roadmap``: our engine and the compact program in HiGHS and CP-SAT, on the same made-up portfolios.

Each solver has the same cores and the same time by the clock, in a fresh process; runs alternate. Every plan is
replayed by the tests' checker, and no plan may be worth more than anybody's bound. Made-up portfolios differ by seed;
those in ``bench/roadmap/instances`` are published and stay the same.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.beside import load_now, print_setting, run_alone
from bench.roadmap._files import load_problem, save_problem
from bench.roadmap.solve import Answer
from vested.engines.roadmap import FAMILIES, Problem, make_problem

INSTANCES = Path(__file__).parent / "instances"
SPARE = 600.0  # seconds a process may take beside its limit
SAME = 1e-6  # relative difference that rounding explains
NOTHING = 1.0  # the gap of who has no plan or no bound
PROVEN = 1e-5  # a gap at which a roadmap counts as proven the best


def main() -> int:
    """Run, print and compare; 1 where the answers do not agree."""
    parser = argparse.ArgumentParser(prog="./run bench roadmap", description="Roadmaps beside peers.")
    parser.add_argument("--sizes", default="60,200,500", help="numbers of initiatives (%(default)s)")
    parser.add_argument("--families", default=",".join(FAMILIES), help="which families (%(default)s)")
    parser.add_argument("--seeds", type=int, default=3, help="portfolios of each kind (%(default)s)")
    parser.add_argument("--seconds", type=float, default=60.0, help="limit of every run by the clock (%(default)s)")
    parser.add_argument("--peers", default="highs,cpsat", help="which peers (%(default)s)")
    parser.add_argument("--published", action="store_true", help="solve the published instances instead")
    given = parser.parse_args()
    peers = [peer for peer in given.peers.split(",") if peer]
    families, sizes = given.families.split(","), [int(size) for size in given.sizes.split(",")]
    if given.seeds < 1 or set(peers) - {"highs", "cpsat"} or set(families) - set(FAMILIES) or min(sizes) < 1:
        parser.error("--seeds and --sizes are at least 1; peers are highs and cpsat; families realistic and tight")
    print_setting("numba", "highspy", "ortools", more=f", {given.seconds:g} s a run\n")
    cells: dict[str, list[list[Answer]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "problem.json"
        save_problem(file, make_problem(initiatives=5))
        _run("vested", file, seconds=5.0)  # compiles what is not compiled yet
        for kind, problem in _problems(families, sizes, given.seeds, published=given.published):
            save_problem(file, problem)
            answers = [_run(solver, file, seconds=given.seconds) for solver in ("vested", *peers)]
            cells.setdefault(kind, []).append(answers)
            gaps = "  ".join(f"{answer.solver} {gap_of(answer):7.3%} cpu {answer.cpu:6.1f}" for answer in answers)
            print(f"{kind:<16} {len(cells[kind]):3}  {gaps}  load {load_now():.1f}", flush=True)
    return _print_comparison(cells, peers)


def _problems(families: list[str], sizes: list[int], seeds: int, *, published: bool) -> list[tuple[str, Problem]]:
    if published:
        return [(path.stem, load_problem(path)) for path in sorted(INSTANCES.glob("*.json"))]
    return [
        (f"{family} {size}", make_problem(initiatives=size, family=family, seed=seed))
        for family in families
        for size in sizes
        for seed in range(1, seeds + 1)
    ]


def _run(solver: str, problem: Path, *, seconds: float) -> Answer:
    """Let a process of its own solve the problem."""
    target = problem.with_name("answer.json")
    target.unlink(missing_ok=True)
    options = [f"--seconds={seconds}", f"--threads={os.cpu_count() or 1}"]
    run_alone("bench.roadmap.solve", solver, problem, target, *options, seconds=seconds + SPARE)
    return Answer(**json.loads(target.read_text(encoding="utf-8")))


def gap_of(answer: Answer) -> float:
    """Give (bound - value) / bound; 1 without a plan or a bound."""
    if answer.value is None or answer.bound is None or answer.bound <= 0:
        return NOTHING
    return max(0.0, (answer.bound - answer.value) / answer.bound)


def disagreements(answers: list[Answer]) -> list[str]:
    """List in words every plan against the rules, and every plan worth more than somebody's bound."""
    wrong = [f"{answer.solver}: {violation}" for answer in answers for violation in answer.violations]
    for answer in answers:
        for other in answers:
            if answer.value is not None and other.bound is not None:
                beyond = answer.value - other.bound > SAME * max(1.0, abs(other.bound))
                wrong += [f"{answer.solver} reaches {answer.value}, {other.solver} bounds {other.bound}"] * beyond
    return wrong


def _print_comparison(cells: dict[str, list[list[Answer]]], peers: list[str]) -> int:
    """Print the table of gaps, medians over the portfolios of each kind, and how far ours is ever behind."""
    names = ("vested", *peers)
    print(f"\n{'median gap':<16}" + "".join(f"{name:>10}" for name in names) + f"{'worst behind':>15}")
    ratios, wrong = [], []
    for kind, rounds in cells.items():
        gaps = [[gap_of(answer) for answer in answers] for answers in rounds]
        medians = [median(column) for column in zip(*gaps, strict=True)]
        behind = max(row[0] - min(row[1:], default=row[0]) for row in gaps)
        print(f"{kind:<16}" + "".join(f"{value:>10.3%}" for value in medians) + f"{behind:>14.3%}")
        ratios += [max(theirs, PROVEN) / max(medians[0], PROVEN) for theirs in medians[1:]]
        wrong += [f"{kind}: {line}" for answers in rounds for line in disagreements(answers)]
    for line in wrong:
        print(f"   {line}")
    print("\nThe ratio is the smallest of peers' median gaps divided by ours.")
    print(f"ratio={min(ratios, default=1.0):.2f} agree={'no' if wrong else 'yes'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
