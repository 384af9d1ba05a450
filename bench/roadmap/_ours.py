"""Our own engine, as everybody calls it."""

import time

from vested.engines import roadmap
from vested.engines.roadmap import Plan, Problem, Progress


def solve(problem: Problem, *, seconds: float, workers: int, seed: int) -> Plan:
    """Plan until the best is proven or ``seconds`` have passed."""
    until = time.monotonic() + seconds

    def stop(_progress: Progress) -> bool:
        return time.monotonic() >= until

    return roadmap.plan(problem, gap=0.0, stop=stop, seed=seed, workers=workers)
