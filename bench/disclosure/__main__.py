"""``./run bench disclosure``: our release of a cube and tau-ARGUS's, on the same made-up staff.

Runs alternate, each in a fresh process. The peer gets the sizes as one table and then those below by skill as fifty,
with the same cells too small or telling, the same protection and every cell at the same cost; ours also protects the
mean gaps, and sizes and skills against one another, which the peer is not asked for. Every release is then attacked.
"""

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from bench.beside import load_now, print_setting, run_alone
from bench.disclosure._staff import Staff, make_staff, save
from bench.disclosure._tables import Flags, Floats, exposed, layout, sizes, skill
from vested.engines.disclosure import Demands, Table, attack, publish

MOST = 1.1  # times what the peer hides


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a side hid, (n,) and (s, n), with the seconds it took, each time it was asked."""

    hidden: Flags
    states: Flags
    cpu: Floats
    wall: Floats


def main() -> int:
    """Run, print and attack; 1 where a release does not stand, or hides more than it may."""
    parser = argparse.ArgumentParser(prog="./run bench disclosure", description="Hiding beside tau-ARGUS.")
    for name, value in (("people", 12_000), ("units", 30), ("skills", 50), ("families", 12), ("seed", 1), ("runs", 5)):
        parser.add_argument(f"--{name}", type=int, default=value, help="(%(default)s)")
    given = parser.parse_args()
    if given.runs < 1 or given.units < 7:
        parser.error("--runs has to be at least 1 and --units at least 7")
    staff = make_staff(
        people=given.people, units=given.units, skills=given.skills, families=given.families, seed=given.seed
    )
    print(
        f"{given.people} people, {given.units} units x {given.skills} skills x {given.families} families, "
        f"seed {given.seed}"
    )
    print_setting("numpy", "highspy", "pytauargus")
    answers: dict[str, list[Answer]] = {"vested": [], "argus": []}
    with tempfile.TemporaryDirectory() as folder:
        save(Path(folder) / "staff.npz", staff)
        for number in range(1, given.runs + 1):
            for side, mine in answers.items():
                mine.append(_run(side, Path(folder)))
                last = mine[-1]
                seconds = ", ".join(
                    f"cpu {cpu:.2f} wall {wall:.2f}" for cpu, wall in zip(last.cpu, last.wall, strict=True)
                )
                print(
                    f"{number}  {side:<6} {seconds}  load {load_now():.2f}  hidden {_hidden(last)} of "
                    f"{last.hidden.size + last.states.size}",
                    flush=True,
                )
    return _judge(staff, answers)


def _run(side: str, folder: Path) -> Answer:
    answer = folder / "answer.npz"
    run_alone("bench.disclosure.solve", side, folder / "staff.npz", answer)
    with np.load(answer) as kept:
        return Answer(**{name: kept[name] for name in ("hidden", "states", "cpu", "wall")})


def _hidden(answer: Answer) -> int:
    return int(answer.hidden.sum() + answer.states.sum())


def _judge(staff: Staff, answers: dict[str, list[Answer]]) -> int:
    """Attack each side's release, and every one that differs from the side's first."""
    wrong = []
    for side, mine in answers.items():
        for number, answer in enumerate(mine):
            if number and (answer.hidden == mine[0].hidden).all() and (answer.states == mine[0].states).all():
                continue
            open_cells = _exposed(staff, answer)
            print(f"   {side}, round {number + 1}: the attacker gets more than allowed of {open_cells} cells")
            if open_cells:
                wrong.append(side)
    ours, theirs = answers["vested"], answers["argus"]
    share = median(map(_hidden, ours)) / median(map(_hidden, theirs))
    cold, warm = (median(answer.cpu[time] for answer in ours) for time in (0, 1))
    peer = median(answer.cpu[0] for answer in theirs)
    wall = median(answer.wall[1] for answer in ours)
    print(
        f"   vested cpu cold {cold:.2f} warm {warm:.2f} wall {wall:.2f} · argus cpu {peer:.2f} wall "
        f"{median(answer.wall[0] for answer in theirs):.2f} · hidden {share:.3f} times what argus hides"
    )
    agree = not wrong and share <= MOST
    print(f"ratio={peer / warm:.1f} agree={'yes' if agree else 'no'}")
    return 0 if agree else 1


def _exposed(staff: Staff, answer: Answer) -> int:
    """Count cells of which an attacker of each table gets more than allowed."""
    groups, people, below = layout(staff)
    found = _open(*sizes(groups, people), answer.hidden)
    for count, hidden in zip(below, answer.states, strict=True):
        table, demands = skill(groups, people, count, answer.hidden)
        found += _open(table, demands, hidden) + int((~hidden[demands.cell]).sum())
    return found


def _open(table: Table, demands: Demands, hidden: Flags) -> int:
    seen = attack(publish(table, hidden))
    low = dict(zip(seen.cell.tolist(), seen.low.tolist(), strict=True))
    high = dict(zip(seen.cell.tolist(), seen.high.tolist(), strict=True))
    return exposed(table, demands, low, high)


if __name__ == "__main__":
    sys.exit(main())
