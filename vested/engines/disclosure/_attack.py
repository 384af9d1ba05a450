"""What somebody can work out from what is published: two programs a hidden cell, and nothing of how it was chosen."""

import highspy
import numpy as np
from scipy.sparse import coo_matrix, csc_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

from vested.engines.disclosure._nouns import Floats, Intervals, Ints, Published


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
        touching = np.flatnonzero(np.diff(rows[:, inside].tocsr().indptr))
        solver = _program(published, hidden[inside], rows[touching][:, inside].tocsc(), low[touching], high[touching])
        if integers:
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            for column, kind in enumerate(published.whole[hidden[inside]].astype(int).tolist()):
                solver.changeColIntegrality(column, kinds[kind])
        for place, cell in enumerate(asked.tolist()):
            column = int(np.searchsorted(hidden, cell))
            if part[column] == number:
                column = int(np.searchsorted(inside, column))
                lows[place], highs[place] = _extreme(solver, column, 1.0), -_extreme(solver, column, -1.0)
    return Intervals(cell=asked, low=lows, high=highs)


def _rows(published: Published, hidden: Ints) -> tuple[csr_matrix, Floats, Floats]:
    """Write relations and links with what is shown on the right-hand side."""
    known = np.nan_to_num(published.value)
    relations, links = int(published.row.max(initial=-1)) + 1, len(published.link_most)
    row = np.concatenate((published.row, published.link_row + relations))
    cell = np.concatenate((published.cell, published.link_cell))
    factor = np.concatenate((published.sign, published.link_factor))
    whole = coo_matrix((factor, (row, cell)), shape=(relations + links, len(known))).tocsr()
    right = np.concatenate((np.zeros(relations), published.link_most)) - whole @ known
    left = np.where(np.arange(relations + links) < relations, right, -np.inf)
    return whole[:, hidden], left, right


def _program(published: Published, cells: Ints, columns: csc_matrix, low: Floats, high: Floats) -> "highspy.Highs":
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(cells), len(low)
    program.col_cost_ = np.zeros(len(cells))
    program.col_lower_, program.col_upper_ = published.least[cells], published.most[cells]
    program.row_lower_, program.row_upper_ = low, high
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = columns.indptr
    program.a_matrix_.index_, program.a_matrix_.value_ = columns.indices, columns.data
    solver = highspy.Highs()
    for option, setting in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0)):
        solver.setOptionValue(option, setting)
    solver.passModel(program)
    return solver


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
