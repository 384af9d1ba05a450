"""The compact program, stage by stage, by CP-SAT, which knows whole numbers only."""

import time

import numpy as np
from ortools.sat.python import cp_model

from bench.training._files import Stage
from bench.training._model import Floats, Model

UNIT = 1e-6  # what shortfalls and the objective are counted in
LARGEST = 10**6  # coefficients are multiplied by at most this


def solve(
    model: Model, *, seconds: float, gap: float, missing: float, threads: int
) -> tuple[Floats | None, list[Stage], bool]:
    """Solve the three stages within ``seconds``, each of the first two in at most half of what is left.

    Rows are scaled to whole numbers; where that cannot be exact, they are rounded so that every plan found is one.
    The objective is rounded to millionths, and its bound widened by all that rounding could hide. Stages start from
    the plan of the one before. The second ends when it is within ``missing`` of the least shortfall, the last at
    (bound - objective) / bound <= ``gap``; returns the columns (None: no plan), the stages, and whether that last gap
    was reached.
    """
    program = cp_model.CpModel()
    real = ~(model.whole | model.step)  # shortfalls, counted in units
    size = np.where(real, UNIT, 1.0)
    columns = [
        program.new_int_var(int(np.ceil(low / unit)), int(np.ceil(high / unit)), "")
        for low, high, unit in zip(model.lower.tolist(), model.upper.tolist(), size.tolist(), strict=True)
    ]
    rounded = 0.0
    for row in range(len(model.row_lower)):
        at = slice(model.start[row], model.start[row + 1])
        index = model.column[at]
        rounded += _add_row(
            program,
            [columns[column] for column in index],
            model.coefficient[at] * size[index],
            low=float(model.row_lower[row]),
            high=float(model.row_upper[row]),
        )
    until = time.monotonic() + seconds
    best: Floats | None = None
    stages: list[Stage] = []
    reached = False
    for name, objective, sign in (
        ("compulsory", model.compulsory, 1.0),
        ("fairness", model.shortfall, -1.0),
        ("value", model.value, 1.0),
    ):
        started = time.process_time()
        last = name == "value"
        if not last and not (objective * model.upper).any():  # nothing compulsory, or no shortfall possible
            stages.append(Stage(name=name, result=0.0, bound=0.0, seconds=0.0))
            continue
        unit = 1.0 if name == "compulsory" else UNIT
        exact = objective * size / unit
        whole = np.rint(exact)
        hidden = unit * float((np.abs(whole - exact) * model.upper / size).sum())
        if name == "fairness":
            hidden += rounded
        used = np.flatnonzero(whole)
        total = cp_model.LinearExpr.weighted_sum([columns[c] for c in used], [int(whole[c]) for c in used])
        if sign > 0:
            program.maximize(total)
        else:
            program.minimize(total)
        solver = cp_model.CpSolver()
        left = max(0.5, until - time.monotonic())
        solver.parameters.max_time_in_seconds = left if last else left / 2
        solver.parameters.num_workers = threads
        solver.parameters.relative_gap_limit = gap / (1 - gap) if last else 0.0  # divides by the objective
        if name == "fairness":
            solver.parameters.absolute_gap_limit = missing / UNIT
        if best is not None:
            program.clear_hints()
            for column, value in zip(columns, np.rint(best / size).astype(np.int64).tolist(), strict=True):
                program.add_hint(column, value)
        status = solver.solve(program)
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        if found:
            best = np.array([solver.value(column) for column in columns], dtype=np.float64) * size
        stages.append(
            Stage(
                name=name,
                result=float(objective @ best) if best is not None else None,
                bound=unit * solver.best_objective_bound + sign * hidden if found else None,
                seconds=time.process_time() - started,
            )
        )
        if best is None:
            return None, stages, False
        if last:
            reached = status == cp_model.OPTIMAL
        elif len(used):
            kept = round(float(whole @ np.rint(best / size)))
            program.add(total >= kept if sign > 0 else total <= kept)
    return best, stages, reached


def _add_row(
    program: cp_model.CpModel, columns: list[cp_model.IntVar], coefficients: Floats, *, low: float, high: float
) -> float:
    """Add one row in whole numbers, which may be narrower than asked for and never wider; return by how much."""
    scale = 1
    while scale < LARGEST and not _is_whole(coefficients * scale):
        scale *= 10
    exact = _is_whole(coefficients * scale)
    if high < np.inf:
        right = int(np.floor(high * scale + 1e-6))
        left = np.rint(coefficients * scale) if exact else np.ceil(coefficients * scale - 1e-9)
        program.add(cp_model.LinearExpr.weighted_sum(columns, left.astype(np.int64).tolist()) <= right)
    if low > -np.inf:
        right = int(np.ceil(low * scale - 1e-6))
        left = np.rint(coefficients * scale) if exact else np.floor(coefficients * scale + 1e-9)
        program.add(cp_model.LinearExpr.weighted_sum(columns, left.astype(np.int64).tolist()) >= right)
    return 0.0 if exact else (len(columns) + 1) / scale


def _is_whole(values: Floats) -> bool:
    return bool(np.all(np.abs(values - np.rint(values)) <= 1e-9 * np.maximum(1.0, np.abs(values))))
