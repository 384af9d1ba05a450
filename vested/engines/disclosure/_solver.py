"""HiGHS set up for a linear program, with whole numbers or without."""

import highspy
import numpy as np
from scipy.sparse import csr_array

from vested.engines.disclosure._nouns import Flags, Floats


def program(
    rows: csr_array, cost: Floats, columns: tuple[Floats, Floats], bounds: tuple[Floats, Floats], whole: Flags
) -> highspy.Highs:
    """Set up the least ``cost`` (c,) with ``rows`` (r, c) and columns between two ends each; ``whole`` (c,) numbers."""
    linear = highspy.HighsLp()
    linear.num_row_, linear.num_col_ = rows.shape
    linear.col_cost_ = cost
    linear.col_lower_, linear.col_upper_ = columns
    linear.row_lower_, linear.row_upper_ = bounds
    linear.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    linear.a_matrix_.start_, linear.a_matrix_.index_, linear.a_matrix_.value_ = rows.indptr, rows.indices, rows.data
    if whole.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        linear.integrality_ = [kinds[kind] for kind in whole.astype(np.int64).tolist()]
    solver = highspy.Highs()
    for option, setting in (("output_flag", False), ("threads", 1)):
        solver.setOptionValue(option, setting)
    solver.passModel(linear)
    return solver
