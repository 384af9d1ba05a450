"""``./run bench adaptive``: calibration and sittings beside PyPI's mirt, theta-irt, girth and catsim.

A calibration is timed at the loosest setting at which its largest distance to the converged maximum (found by
``_maximum``, not by our engine) is at most .005; settings are tried once, before the rounds. Rounds alternate, each run
in a fresh process that works twice: cold and warm. Standard errors are not asked of anybody. The ratio at the end is
that of warm CPU seconds of the best peer to ours in calibrating 2PL.
"""

import argparse
import importlib.metadata
import importlib.util
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bench.adaptive import _data
from bench.adaptive._maximum import likelihood, maximum
from bench.beside import load_now, print_setting, run_alone

NEAR = 0.005
PEERS = {"2pl": ["mirt", "theta", "girth"], "3pl": ["mirt"], "graded": ["mirt"]}
PACKAGES = {"mirt": "mirt", "theta": "theta-irt", "girth": "girth", "catsim": "catsim"}
CONSTRAINTS = {0.0: "unconstrained  ", 1.0: "all constraints"}
POINTS, TIGHTER = (61.0, 121.0, 181.0, 241.0), (1e-3, 1e-4, 1e-5)
Answer = dict[str, Any]


def main() -> int:
    """Run, print and compare; 1 where the answers do not agree."""
    parser = argparse.ArgumentParser(prog="./run bench adaptive", description="Calibration and sittings beside peers.")
    parser.add_argument("--people", type=int, default=1000, help="answers compared (%(default)s)")
    parser.add_argument("--items", type=int, default=200, help="items compared (%(default)s)")
    parser.add_argument("--models", default="2pl,3pl,graded", help="which models (%(default)s)")
    parser.add_argument("--peers", default="mirt,theta,catsim", help="of mirt, theta, girth, catsim (%(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="rounds (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of all that is drawn (%(default)s)")
    parser.add_argument("--large", action="store_true", help="ours alone at 100,000 x 200 and sparse 1,000,000 x 500")
    given = parser.parse_args()
    peers = [peer for peer in given.peers.split(",") if peer]
    if given.runs < 1 or not set(peers) <= set(PACKAGES) or not set(given.models.split(",")) <= set(PEERS):
        parser.error("--runs has to be at least 1, --peers and --models of those named in the help")
    _print_setting(peers)
    wrong: list[str] = []
    best = float("nan")
    with tempfile.TemporaryDirectory() as folder:
        for model in given.models.split(","):
            ratio = _calibrations(Path(folder), model, peers, given, wrong)
            best = ratio if model == "2pl" else best
        _sittings(Path(folder), peers, given, wrong)
        if given.large:
            _large(Path(folder), given)
    for line in wrong:
        print(f"   {line}")
    print(f"ratio={best:.1f} agree={'no' if wrong else 'yes'}")
    return 1 if wrong else 0


def _run(solver: str, task: str, source: Path, **settings: float) -> Answer:
    """Let a process of its own work, with one thread."""
    target = source.with_name("answer.npz")
    target.unlink(missing_ok=True)
    given = [f"{name}={value}" for name, value in settings.items()]
    single = {"OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
    run_alone("bench.adaptive.solve", solver, task, source, target, *given, seconds=3600, **single)
    return _data.load(target)


def _calibrations(folder: Path, model: str, peers: list[str], given: argparse.Namespace, wrong: list[str]) -> float:
    responses = _data.answers(model, people=given.people, items=given.items, seed=given.seed)
    best = maximum(responses, model)
    top = likelihood(responses, best)
    file = folder / "answers.npz"
    _data.save(file, responses=responses, model=model)
    print(f"\n{model}: {given.people} people x {given.items} items; converged log-likelihood {top:.4f}")
    settings: dict[str, dict[str, float]] = {"vested": {}}
    reached = {"vested": True}
    for peer in (peer for peer in PEERS[model] if peer in peers):
        settings[peer], reached[peer] = _tuned(peer, file, best)
    rows: dict[str, list[Answer]] = {name: [] for name in settings}
    for number in range(1, given.runs + 1):
        for name, options in settings.items():
            answer = _run(name, "fit", file, **options)
            rows[name].append(answer)
            print(
                f"{number}  {name:<7} cpu {answer['cpu']:8.3f}  wall {answer['wall']:8.3f}  cold cpu "
                f"{answer['cold']:8.3f}  load {load_now():5.2f}  {_apart(answer, best)}",
                flush=True,
            )
            more = likelihood(responses, answer["table"]) - top
            if more > 1e-3:
                wrong.append(f"{model}: {name} finds a log-likelihood {more:.2g} above the converged one")
    ours = median(float(row["cpu"]) for row in rows["vested"])
    furthest = max(_distance(row["table"], best) for row in rows["vested"])
    if not furthest <= NEAR:
        wrong.append(f"{model}: ours is {furthest:.4f} from the converged maximum, more than {NEAR}")
    ratios = {}
    for name in list(rows)[1:]:
        ratios[name] = median(float(row["cpu"]) for row in rows[name]) / ours
        print(f"   {name}: {'' if reached[name] else 'not as near, '}{ratios[name]:.1f} times our CPU seconds")
    return min(ratios.values(), default=float("nan"))


def _tuned(peer: str, file: Path, best: _data.Table) -> tuple[dict[str, float], bool]:
    """Find the first setting that is near enough, from the coarsest on; the nearest where none is."""
    tried: list[tuple[float, dict[str, float]]] = []
    settings = [(points, tol) for tol in TIGHTER for points in POINTS]
    for points, tol in [(61.0, 60.0)] if peer == "girth" else settings:  # girth takes a number of passes instead
        options = {"points": points, "tol": tol, "accelerate": 1.0}
        tried.append((_distance(_run(peer, "fit", file, turns=1, **options)["table"], best), options))
        if tried[-1][0] <= NEAR:
            break
    distance, options = min(tried, key=lambda one: one[0])
    named = ", ".join(f"{name} {value:g}" for name, value in options.items())
    print(f"   {peer} with {named}: {distance:.5f} from the maximum", flush=True)
    return options, distance <= NEAR


def _distance(table: _data.Table, best: _data.Table) -> float:
    return float(np.abs(table - best).max())


def _apart(answer: Answer, best: _data.Table) -> str:
    apart = np.abs(answer["table"] - best)
    return f"from the maximum: slope {apart[:, 0].max():.5f} intercept {apart[:, 1:-1].max():.5f} " + (
        f"guess {apart[:, -1].max():.5f}" if best[:, -1].any() else ""
    )


def _sittings(folder: Path, peers: list[str], given: argparse.Namespace, wrong: list[str]) -> None:
    abilities = np.random.default_rng(given.seed).normal(size=10_000)
    file = folder / "bank.npz"
    for mean in (0.0, 0.1):
        table, area = _data.bank(500, seed=given.seed, mean=mean)
        _data.save(file, table=table, area=area, abilities=abilities)
        print(f"\nsittings to a standard error of .3, 500 items with slopes log-normal ({mean}, .3), 10,000 people")
        ours: dict[float, Answer] = {}
        for constraints in (0.0, 1.0):
            found = [_run("vested", "sit", file, seed=run, constraints=constraints) for run in range(given.runs)]
            ours[constraints] = found[0]
            ratios = [
                np.sqrt(((one["estimate"] - abilities) ** 2).mean() / (one["error"] ** 2).mean()) for one in found
            ]
            cpu, length = (median(float(np.median(one[name])) for one in found) for name in ("cpu", "length"))
            print(
                f"   vested  {CONSTRAINTS[constraints]}  cpu {cpu:8.3f}  cold {float(found[0]['cold']):8.3f}  median "
                f"length {length:g}  most shown {max(float(one['exposure'].max()) for one in found):.4f}  "
                f"error/claimed {min(ratios):.3f} to {max(ratios):.3f}  areas {np.round(found[0]['share'], 3)}",
                flush=True,
            )
    for peer, constraints, people in (("mirt", 0.0, 10_000), ("mirt", 1.0, 100), ("catsim", 0.0, 100)):
        if peer in peers:
            given_file = folder / "some.npz"
            showing = ours[1.0]["showing"]
            _data.save(given_file, table=table, area=area, abilities=abilities[:people], showing=showing)
            answer = _run(peer, "sit", given_file, constraints=constraints, turns=2 if constraints == 0.0 else 1)
            length = _print_peer(peer, answer, ours[constraints], constraints, 10_000 / people)
            if peer == "mirt" and not constraints and abs(length - np.median(ours[0.0]["length"])) > 1:
                wrong.append(f"sittings: {peer} needs a median of {length:g} items, ours another number")
    table, area = _data.bank(3000, seed=given.seed, mean=0.0)
    _data.save(file, table=table, area=area)
    asked = [_run("vested", "next", file, seed=run) for run in range(given.runs)]
    each = median(float(one["cpu"]) / int(one["asked"]) * 1e6 for one in asked)
    print(f"   next item of 3,000 with all constraints: {each:.0f} microseconds of CPU")


def _print_peer(peer: str, answer: Answer, ours: Answer, constraints: float, scale: float) -> float:
    """Print a peer's sittings, their time scaled up to 10,000 people; returns their median length."""
    length, cpu = float(np.median(answer["length"])), float(answer["cpu"]) * scale
    print(
        f"   {peer:<7} {CONSTRAINTS[constraints]}  cpu {cpu:8.1f} (from {10_000 / scale:.0f} people)  median length "
        f"{length:g}: {cpu / float(ours['cpu']):.0f} times our CPU seconds",
        flush=True,
    )
    return length


def _large(folder: Path, given: argparse.Namespace) -> None:
    file = folder / "large.npz"
    print("\nours alone")
    _data.save(file, responses=_data.answers("2pl", people=100_000, items=200, seed=given.seed), model="2pl")
    _print_large("100,000 x 200", file, given.runs)
    item, value = _data.sparse(people=1_000_000, items=500, each=20, seed=given.seed)
    _data.save(file, item=item, value=value, items=500, model="2pl")
    _print_large("1,000,000 x 500, 20 answers each", file, given.runs)


def _print_large(name: str, file: Path, runs: int) -> None:
    for errors in (0.0, 1.0):
        found = [_run("vested", "fit", file, errors=errors) for _ in range(runs)]
        cpu, cold = (median(float(one[key]) for one in found) for key in ("cpu", "cold"))
        print(
            f"   {name}{', with standard errors' if errors else ''}: cpu {cpu:.2f}  cold {cold:.2f}  memory "
            f"{max(float(one['memory']) for one in found):.2f} GB  passes {int(found[0]['rounds'])}",
            flush=True,
        )


def _print_setting(peers: list[str]) -> None:
    missing = [name for name in peers if importlib.util.find_spec(name) is None]
    if missing:
        sys.exit(f"peers that are not installed: {', '.join(missing)}; install the group peers, or choose by --peers")
    print_setting("numpy", "scipy", "numba", *(PACKAGES[peer] for peer in peers), more=", one thread each")


if __name__ == "__main__":
    sys.exit(main())
