"""The compact program by HiGHS."""

import highspy
import numpy as np

from bench.roadmap._model import Floats, Model


def solve(model: Model, *, seconds: float, threads: int) -> tuple[Floats | None, float | None]:
    """Solve within ``seconds``; the columns (None: no plan), and the bound (None: none)."""
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(model.value), len(model.rows)
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = model.value
    program.col_lower_, program.col_upper_ = np.zeros(len(model.value)), np.ones(len(model.value))
    program.row_lower_ = np.array([row[2] for row in model.rows])
    program.row_upper_ = np.array([row[3] for row in model.rows])
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.concatenate(([0], np.cumsum([len(row[0]) for row in model.rows]))).astype(np.int32)
    program.a_matrix_.index_ = np.array([j for row in model.rows for j in row[0]], dtype=np.int32)
    program.a_matrix_.value_ = np.array([entry for row in model.rows for entry in row[1]])
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(model.value)
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", threads)
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.passModel(program)
    solver.run()
    info = solver.getInfo()
    bound = float(info.mip_dual_bound)
    found = info.primal_solution_status == highspy.kSolutionStatusFeasible
    columns = np.array(solver.getSolution().col_value) if found else None
    return columns, bound if np.isfinite(bound) and abs(bound) < 1e20 else None
