"""One side's release in a process of its own: ``python -m bench.disclosure.solve SIDE STAFF ANSWER``."""

import importlib
import sys
import time
from pathlib import Path

import numpy as np

from bench.disclosure._staff import RULES, load
from vested.engines.disclosure import release

TIMES = 2  # the second one is warm


def main() -> None:
    """Hide twice; write down what is hidden, and the seconds of the first and the second time."""
    side, given, answer = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    staff = load(given)
    cpu, wall = [], []
    for _ in range(TIMES if side == "vested" else 1):
        cpu.append(-time.process_time())
        wall.append(-time.perf_counter())
        if side == "vested":
            cube = release(
                unit_parent=staff.unit_parent, people=staff.people, below=staff.below, gap=staff.gap, rules=RULES
            ).cube
            hidden, states = cube.people.ravel() < 0, cube.below.reshape(len(cube.below), -1) < 0
            mean_gap = cube.mean_gap
        else:
            hidden, states = importlib.import_module("bench.disclosure._argus").release(staff)
            mean_gap = np.zeros(0)
        cpu[-1] += time.process_time()
        wall[-1] += time.perf_counter()
    np.savez(answer, hidden=hidden, states=states, cpu=cpu, wall=wall, mean_gap=mean_gap)


if __name__ == "__main__":
    main()
