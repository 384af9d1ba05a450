"""Our own engine, as everybody calls it."""

import time

from bench.training._files import Stage
from vested.engines import training
from vested.engines.training import Plan, Problem, Progress


def solve(problem: Problem, *, seconds: float, gap: float, seed: int) -> tuple[Plan, list[Stage]]:
    """Plan until ``gap`` is proven or ``seconds`` have passed; returns the plan and its stages."""
    until = time.monotonic() + seconds
    started = time.process_time()
    spent: dict[str, float] = {}

    def stop(progress: Progress) -> bool:
        spent[progress.stage] = time.process_time() - started
        return time.monotonic() >= until

    plan = training.plan(problem, gap=gap, stop=stop, seed=seed)
    spent["value"] = time.process_time() - started
    results = {
        "compulsory": (float(plan.compulsory.given), float(plan.compulsory.bound)),
        "fairness": (plan.fairness.shortfall, plan.fairness.bound),
        "value": (plan.value.objective, plan.value.bound),
    }
    stages, before = [], 0.0
    for name, (result, bound) in results.items():
        until_then = max(before, spent.get(name, before))
        stages.append(Stage(name=name, result=result, bound=bound, seconds=until_then - before))
        before = until_then
    return plan, stages
