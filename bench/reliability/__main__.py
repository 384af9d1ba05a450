"""``./run bench reliability``: our figures beside those of pingouin and statsmodels, on the same made-up survey.

Rounds alternate, each side in a fresh process. With ``--simulate`` it prints instead how often our intervals hold the
truth and how often a change is claimed where there is none.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bench.beside import print_setting, run_alone
from bench.reliability._simulate import simulate

# Largest difference that counts as agreement: pingouin rounds its intervals to three digits, the peer's factor stops
# early, and its solver for the least change as well; the rest is the same arithmetic.
TOLERANCE = {"scales": 6e-4, "wilson": 1e-9, "shares": 1e-9, "means": 1e-9, "least": 1e-5}


def main() -> int:
    """Run, print and compare; 1 where the figures do not agree."""
    parser = argparse.ArgumentParser(prog="./run bench reliability", description="Trust in scores, beside peers.")
    parser.add_argument("--organisations", type=int, default=40, help="of 20 to 300 people (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the survey or the simulation (%(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="rounds (%(default)s)")
    parser.add_argument("--simulate", action="store_true", help="count coverage and false alarms instead")
    parser.add_argument("--pairs", type=int, default=10_000, help="simulated pairs of waves (%(default)s)")
    given = parser.parse_args()
    if min(given.runs, given.organisations, given.pairs) < 1:
        parser.error("--runs, --organisations and --pairs have to be at least 1")
    if given.simulate:
        simulate(pairs=given.pairs, seed=given.seed)
        return 0
    print(f"{given.organisations} organisations, 8 questions, two waves, seed {given.seed}")
    print_setting("numpy", "scipy", "pandas", "pingouin", "statsmodels", more=f", {given.runs} rounds\n")
    answers: dict[str, list[dict[str, Any]]] = {"ours": [], "peers": []}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, given.runs + 1):
            for side, rows in answers.items():
                rows.append(_run(side, Path(folder) / "answer.json", given))
                cold, warm = rows[-1]["cold"], sum(rows[-1]["warm"].values())
                print(
                    f"{number}  {side:<6} cold cpu {cold[0]:7.3f} wall {cold[1]:7.3f}   warm cpu {warm:7.3f} wall "
                    f"{rows[-1]['wall']:7.3f}   load {rows[-1]['load']:5.2f}",
                    flush=True,
                )
    return _compare(answers)


def _run(side: str, target: Path, given: argparse.Namespace) -> dict[str, Any]:
    run_alone("bench.reliability.side", side, target, f"--organisations={given.organisations}", f"--seed={given.seed}")
    answer: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return answer


def _compare(answers: dict[str, list[dict[str, Any]]]) -> int:
    print("\nMedians, warm CPU seconds, and the largest difference of any figure")
    agree = True
    for task, tolerance in TOLERANCE.items():
        ours, peers = (median(row["warm"][task] for row in answers[side]) for side in ("ours", "peers"))
        figures = [np.array(answers[side][0]["figures"][task]) for side in ("ours", "peers")]
        differ = float(np.abs(figures[0] - figures[1]).max())
        agree &= bool(differ <= tolerance)  # nan is no agreement
        print(
            f"   {task:<7} ours {ours:8.4f}  peers {peers:8.4f}  ratio {peers / ours:7.1f}  "
            f"{figures[0].size:>5} figures differ by at most {differ:.1e}, allowed {tolerance:.0e}"
        )
    cold = [median(row["cold"][0] for row in answers[side]) for side in ("ours", "peers")]
    warm = [median(sum(row["warm"].values()) for row in answers[side]) for side in ("ours", "peers")]
    print(f"   cold    ours {cold[0]:8.4f}  peers {cold[1]:8.4f}  ratio {cold[1] / cold[0]:7.1f}  (loading included)")
    print(f"   warm    ours {warm[0]:8.4f}  peers {warm[1]:8.4f}  ratio {warm[1] / warm[0]:7.1f}")
    print(f"ratio={warm[1] / warm[0]:.1f} agree={'yes' if agree else 'no'}")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
