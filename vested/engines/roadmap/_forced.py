"""What it costs to force an initiative, as an honest interval."""

from dataclasses import replace

import numpy as np

from vested.engines.roadmap._nouns import Forced, Plan, Problem
from vested.engines.roadmap._planning import begin, never, plan
from vested.engines.roadmap._state import Stop


def forced(
    problem: Problem,
    known: Plan,
    initiative: int,
    *,
    search: bool = True,
    gap: float = 0.005,
    stop: Stop = never,
    seed: int = 0,
    workers: int = 2,
) -> Forced:
    """Say what of a ``known`` plan's value is lost where ``initiative`` has to be in.

    At least what the bound with it in shows, at most what the best plan found with it shows. Without ``search`` only
    the relaxation is solved. Raises Infeasible where it cannot be in, as ``plan`` does.
    """
    mandatory = problem.initiatives.mandatory.copy()
    mandatory[initiative] = True
    asked = replace(problem, initiatives=replace(problem.initiatives, mandatory=mandatory))
    if not search:
        state = begin(asked, gap=gap, stop=stop, seed=seed)
        return Forced(initiative=initiative, least=max(0.0, known.value - state.bound), most=np.inf, plan=None)
    found = plan(asked, gap=gap, stop=stop, seed=seed, start=known, workers=workers)
    return Forced(
        initiative=initiative,
        least=max(0.0, known.value - found.bound),
        most=max(0.0, known.value - found.value),
        plan=found,
    )
