"""What somebody can work out from what is published: two programs a hidden cell, and nothing of how it was chosen."""

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import vstack

from vested.engines.disclosure._nouns import Floats, Ints, Table
from vested.engines.disclosure._solver import program


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Intervals:
    """What somebody can work out: each hidden ``cell`` (h,) lies between ``low`` and ``high`` (h,)."""

    cell: Ints
    low: Floats
    high: Floats


def attack(published: Table, *, cells: Ints | None = None, integers: bool = False) -> Intervals:
    """Give the interval of every hidden cell, or of the hidden ``cells`` asked for.

    The attacker knows every cell shown, every relation, every link and the bounds of every cell, and with ``integers``
    that counts are whole numbers. Raises ArithmeticError where no table at all agrees with what is published.
    """
    hidden = np.flatnonzero(np.isnan(published.value))
    asked = hidden if cells is None else np.intersect1d(cells, hidden)
    known = np.nan_to_num(published.value)
    right = np.concatenate((-(published.sums @ known), published.link_most - published.links @ known))
    left = np.where(np.arange(len(right)) < published.sums.shape[0], right, -np.inf)
    rows = vstack((published.sums, published.links), format="csr")[:, hidden]
    columns = published.least[hidden], published.most[hidden]
    solver = program(rows, np.zeros(len(hidden)), columns, (left, right), published.whole[hidden] & integers)
    solver.setOptionValue("mip_rel_gap", 0.0)
    places = np.searchsorted(hidden, asked).tolist()
    low = np.array([_extreme(solver, place, 1.0) for place in places])
    high = np.array([-_extreme(solver, place, -1.0) for place in places])
    return Intervals(cell=asked, low=low, high=high)


def _extreme(solver: highspy.Highs, column: int, cost: float) -> float:
    solver.changeColCost(column, cost)
    solver.run()
    status = solver.getModelStatus()
    found = float(solver.getInfo().objective_function_value)
    solver.changeColCost(column, 0.0)
    if status in {highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
        return -np.inf
    if status != highspy.HighsModelStatus.kOptimal:
        msg = f"no table agrees with what is published: {solver.modelStatusToString(status)}"
        raise ArithmeticError(msg)
    return found
