"""What somebody can work out from what is published: two programs a hidden cell, and nothing of how it was chosen."""

import highspy
import numpy as np
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import connected_components

from vested.engines.disclosure._nouns import Floats, Intervals, Ints, Published
from vested.engines.disclosure._solver import program


def attack(published: Published, *, cells: Ints | None = None, integers: bool = False) -> Intervals:
    """Give the interval of every hidden cell, or of the hidden ``cells`` asked for.

    The attacker knows every cell shown, every relation, every link and the bounds of every cell, and with ``integers``
    that counts are whole numbers. Raises ArithmeticError where no table at all agrees with what is published.
    """
    hidden = np.flatnonzero(np.isnan(published.value))
    asked = hidden if cells is None else np.intersect1d(cells, hidden)
    rows, low, high = _rows(published, hidden)
    _, part = connected_components(rows.T @ rows, directed=False)
    lows, highs = np.zeros(len(asked)), np.zeros(len(asked))
    for number in np.unique(part[np.searchsorted(hidden, asked)]).tolist():
        inside = np.flatnonzero(part == number)
        touching = np.flatnonzero(np.diff(rows[:, inside].indptr))
        cells, none = hidden[inside], np.zeros(len(inside))
        columns, bounds = (published.least[cells], published.most[cells]), (low[touching], high[touching])
        solver = program(rows[touching][:, inside], none, columns, bounds, published.whole[cells] & integers)
        solver.setOptionValue("mip_rel_gap", 0.0)
        for place, cell in enumerate(asked.tolist()):
            column = int(np.searchsorted(hidden, cell))
            if part[column] == number:
                column = int(np.searchsorted(inside, column))
                lows[place], highs[place] = _extreme(solver, column, 1.0), -_extreme(solver, column, -1.0)
    return Intervals(cell=asked, low=lows, high=highs)


def _rows(published: Published, hidden: Ints) -> tuple[csr_array, Floats, Floats]:
    """Write relations and links with what is shown on the right-hand side."""
    relations = np.zeros(published.sums.shape[0])
    both = vstack((published.sums, published.links), format="csr")
    right = np.concatenate((relations, published.link_most)) - both @ np.nan_to_num(published.value)
    left = np.where(np.arange(len(right)) < len(relations), right, -np.inf)
    return both[:, hidden], left, right


def _extreme(solver: "highspy.Highs", column: int, cost: float) -> float:
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
