"""The compact program, stage by stage, by HiGHS."""

import time

import highspy
import numpy as np

from bench.training._files import Stage
from bench.training._model import Floats, Model

ENOUGH = 1e-6  # absolute gap at which a stage is solved
KEPT = 1e-5  # by how much a later stage may miss the shortfall reached: ten times the solver's own tolerance
SIZE = 1000.0  # of the last objective: HiGHS takes coefficients (costs) near zero for zero, and stops too early


def solve(
    model: Model, *, seconds: float, gap: float, missing: float, threads: int
) -> tuple[Floats | None, list[Stage], bool]:
    """Solve the three stages within ``seconds``, each of the first two in at most half of what is left.

    Stages start from the plan of the one before. The second ends when it is within ``missing`` of the least shortfall,
    the last at (bound - objective) / bound <= ``gap``; returns the columns (None: no plan), the stages, and whether
    that last gap was reached.
    """
    program = _linear_program(model)
    kept: list[tuple[float, float, Floats]] = []  # rows that keep what a stage reached
    every = np.arange(len(model.lower), dtype=np.int32)
    until = time.monotonic() + seconds
    best: Floats | None = None
    stages: list[Stage] = []
    reached = False
    asked = (
        ("compulsory", model.compulsory, highspy.ObjSense.kMaximize),
        ("fairness", model.shortfall, highspy.ObjSense.kMinimize),
        ("value", model.value, highspy.ObjSense.kMaximize),
    )
    if not model.whole.any():  # nobody can take anything: no mixed-integer program to solve
        best = np.where(model.step, 0.0, model.upper)
        results = [(name, float(objective @ best)) for name, objective, _ in asked]
        return best, [Stage(name=name, result=at, bound=at, seconds=0.0) for name, at in results], True
    for name, objective, sense in asked:
        started = time.process_time()
        last = name == "value"
        if not last and not (objective * model.upper).any():  # nothing compulsory, or no shortfall possible
            stages.append(Stage(name=name, result=0.0, bound=0.0, seconds=0.0))
            continue
        solver = highspy.Highs()  # a new one each time, whose clock starts at nothing
        solver.silent()
        solver.setOptionValue("threads", threads)
        size = SIZE if last else 1.0
        solver.setOptionValue("mip_abs_gap", max(ENOUGH, missing) if name == "fairness" else size * ENOUGH)
        solver.passModel(program)
        for low, high, row in kept:
            used = np.flatnonzero(row).astype(np.int32)
            solver.addRow(low, high, len(used), used, row[used])
        left = max(0.5, until - time.monotonic())
        solver.setOptionValue("time_limit", left if last else left / 2)
        solver.setOptionValue("mip_rel_gap", gap / (1 - gap) if last else 0.0)  # HiGHS divides by the objective
        solver.changeColsCost(len(every), every, size * objective)
        solver.changeObjectiveSense(sense)
        if best is not None:
            start = highspy.HighsSolution()
            start.col_value = best.tolist()
            solver.setSolution(start)
        solver.run()
        info = solver.getInfo()
        found = info.primal_solution_status == highspy.kSolutionStatusFeasible
        if found:
            best = np.array(solver.getSolution().col_value, dtype=np.float64)
        bound = float(info.mip_dual_bound) / size
        result = float(objective @ best) if best is not None else None
        stages.append(
            Stage(
                name=name,
                result=result,
                bound=bound if np.isfinite(bound) and abs(bound) < 1e20 else None,
                seconds=time.process_time() - started,
            )
        )
        if result is None:
            return None, stages, False
        reached = last and stages[-1].bound is not None and solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if name == "compulsory":
            kept.append((round(result), np.inf, objective))
        elif name == "fairness":
            kept.append((-np.inf, result + KEPT, objective))
    return best, stages, reached


def _linear_program(model: Model) -> highspy.HighsLp:
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(model.lower), len(model.row_lower)
    program.col_cost_ = np.zeros(len(model.lower))
    program.col_lower_, program.col_upper_ = model.lower, model.upper
    program.row_lower_, program.row_upper_ = model.row_lower, model.row_upper
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = model.start.astype(np.int32)
    program.a_matrix_.index_ = model.column.astype(np.int32)
    program.a_matrix_.value_ = model.coefficient
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    program.integrality_ = [kinds[whole] for whole in model.whole.astype(np.int64).tolist()]
    return program
