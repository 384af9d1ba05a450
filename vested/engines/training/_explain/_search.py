"""Searches over the people of a plan, spread over threads."""

from collections.abc import Callable

import numba as nb
import numpy as np

from vested.engines.training._model import Model
from vested.engines.training._nouns import Floats, Ints
from vested.engines.training._pricing import NODES, Duals, Work, best_plans, work_for

Spread = Callable[[Callable[[int], None], int], None]  # does work for 0, 1, … size - 1, in whatever order

LITTLE = 1e-3  # price of a seat where only the fewest sessions are wanted


def parts_of(size: int, chunk: int) -> list[tuple[int, int]]:
    """Cut ``size`` rows into ranges of at most ``chunk``."""
    return [(at, min(at + chunk, size)) for at in range(0, size, chunk)]


def workers_for(model: Model, count: int, nodes: int = NODES) -> list[Work]:
    """Scratch space, for one plan a person, for ``count`` threads."""
    return [work_for(model, nodes=nodes) for _ in range(max(count, 1))]


def nothing_counts(model: Model, seat: Floats) -> Duals:
    """Duals at which nothing is worth anything; the arrays ``seat`` and ``need`` are the caller's own to change."""
    return Duals(
        level=0.0,
        unit_level=np.zeros(len(model.unit_budget_of) - 1),
        grade_level=np.zeros(model.groups - model.fair_units + 1),
        money=np.zeros(len(model.unit_budget_of) - 1),
        seat=seat.copy(),
        need=np.zeros(len(model.need_by)),
        wish=0.0,
        compulsory=0.0,
    )


def reward_for(model: Model) -> float:
    """Choose a worth that no sum of a person's costs and seats comes near."""
    return 2.0 * (1.0 + float(model.course_cost.sum()) + LITTLE * len(model.course_cost))


@nb.njit(cache=True, nogil=True)
def best_plan(m: Model, d: Duals, i: int, w: Work) -> tuple[float, Ints]:
    """Find the best plan of person ``i`` its worth, -inf where none was found, and sessions."""
    found, _, _ = best_plans(m, d, i, np.inf, 0.0, w)
    if found == 0:
        return -np.inf, w.plan[0, :0]
    return w.found[0], w.plan[0, : w.size[0]]
