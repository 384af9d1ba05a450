"""One side in this process: ``python -m bench.reliability.side ours|peers ANSWER …``.

The first time through counts from before the packages are loaded (cold); the median of the next ones is warm.
"""

import argparse
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.reliability import _tasks
from bench.reliability._survey import survey


def main() -> None:
    """Run all tasks and write figures and times down."""
    parser = argparse.ArgumentParser(description="Compute one side of the comparison.")
    parser.add_argument("side", choices=["ours", "peers"])
    parser.add_argument("answer", type=Path)
    parser.add_argument("--organisations", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    data = survey(organisations=given.organisations, seed=given.seed)
    loading: Callable[[], dict[str, _tasks.Task]] = _tasks.ours if given.side == "ours" else _tasks.peers
    before, started = time.process_time(), time.perf_counter()
    tasks = loading()
    figures = {name: task(data).tolist() for name, task in tasks.items()}
    cold = (time.process_time() - before, time.perf_counter() - started)
    warm: dict[str, list[float]] = {name: [] for name in tasks}
    walls = []
    for _ in range(given.repeats):
        started = time.perf_counter()
        for name, task in tasks.items():
            before = time.process_time()
            task(data)
            warm[name].append(time.process_time() - before)
        walls.append(time.perf_counter() - started)
    answer = {
        "figures": figures,
        "cold": cold,
        "warm": {name: median(times) for name, times in warm.items()},
        "wall": median(walls),
        "load": os.getloadavg()[0],
    }
    given.answer.write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main()
