"""The compact program by CP-SAT, which knows whole numbers only."""

import numpy as np
from ortools.sat.python import cp_model

from bench.roadmap._model import Floats, Model

FINE = 1000  # rows and values are counted in thousandths, which holds every amount the generator makes exactly


def solve(model: Model, *, seconds: float, threads: int) -> tuple[Floats | None, float | None]:
    """Solve within ``seconds``; the columns (None: no plan), and the bound widened by what rounding could hide.

    Where a coefficient is no whole number of thousandths, rows are rounded so that every plan found is one.
    """
    program = cp_model.CpModel()
    columns = [program.new_bool_var("") for _ in model.value]
    for index, entries, low, high in model.rows:
        scale = 1 if all(float(entry).is_integer() for entry in entries) else FINE
        exact = np.array(entries) * scale
        terms = [columns[j] for j in index]
        if np.isfinite(high):
            up = np.ceil(exact - 1e-6).astype(np.int64).tolist()
            program.add(cp_model.LinearExpr.weighted_sum(terms, up) <= int(np.floor(high * scale + 1e-6)))
        if np.isfinite(low) and (low > 0 or min(entries, default=0.0) < 0):
            down = np.floor(exact + 1e-6).astype(np.int64).tolist()
            program.add(cp_model.LinearExpr.weighted_sum(terms, down) >= int(np.ceil(low * scale - 1e-6)))
    exact = model.value * FINE
    whole = np.rint(exact)
    program.maximize(cp_model.LinearExpr.weighted_sum(columns, whole.astype(np.int64).tolist()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = threads
    status = solver.solve(program)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, None
    hidden = float(np.abs(whole - exact).sum())
    taken = np.array([solver.value(column) for column in columns], dtype=np.float64)
    return taken, (solver.best_objective_bound + hidden) / FINE
