"""The model as a program of zeros and ones, its linear relaxation, and parts of it solved by HiGHS."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from vested.engines.roadmap._model import Model
from vested.engines.roadmap._nouns import Flags, Floats, Ints

if TYPE_CHECKING:
    import highspy

_STEPS = 1_000  # of the simplex method, between two questions whether to stop
_SCALE = 1_000.0  # what the largest value is scaled to: the solver's tolerances are absolute

Stop = Callable[[], bool]


class Watch:
    """What happens while a search goes on; others are told of what it finds, or hand it what they found."""

    def __init__(self, stop: Stop) -> None:
        self.stop = stop

    def ends(self, _bound: float) -> bool:
        """Whether to end, now that no plan of this search is worth more than ``_bound``."""
        return self.stop()

    def found(self, chosen: Ints) -> None:
        """Hear of a better plan."""

    def known(self) -> Ints | None:
        """Hand over a plan that is better than what the search has."""
        return None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Program:
    """Maximise ``value`` x with ``least`` <= ``matrix`` x <= ``most``; x is 0 or 1.

    The first rows are choices: of ``choice[j]`` at most one column is chosen; then one for each mandatory initiative;
    then from ``shared`` on those of the model, then what has to be there before. ``unit`` is what values are divided
    by.
    """

    model: Model
    choice: Ints
    choices: int
    shared: int
    matrix: "sparse.csc_matrix[np.float64]"
    least: Floats
    most: Floats
    unit: float


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Relaxed:
    """The linear relaxation: ``share`` of each column, ``price`` of each row, and what these prices prove.

    No plan is worth more than ``bound``; none that has column j more than ``bound`` - ``loss[j]``.
    """

    share: Floats
    price: Floats
    bound: float
    loss: Floats


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Found:
    """What a search through a part of the program found: ``chosen`` columns (None: nothing), and its ``bound``.

    ``complete`` is False where it was ended before nothing was left to look at.
    """

    chosen: Ints | None
    bound: float
    complete: bool


def program_of(model: Model) -> Program:
    """Write the model as a program."""
    count = len(model.value)
    _, choice_of = np.unique(
        np.where(model.group >= 0, model.group, model.group.max(initial=-1) + 1 + np.arange(len(model.group))),
        return_inverse=True,
    )
    choice = choice_of[model.initiative].astype(np.int64)
    choices = int(choice_of.max(initial=-1)) + 1
    # A mandatory initiative has a row of its own; the others of its group are then out by the row of the choice.
    must = np.flatnonzero(model.mandatory)
    must_row = np.full(len(model.mandatory), -1)
    must_row[must] = choices + np.arange(len(must))
    mine = np.flatnonzero(must_row[model.initiative] >= 0)
    shared = choices + len(must)
    first = shared + len(model.limit)
    wait_row, wait_column, wait_entry, waits = _waits(model)
    row = np.concatenate((choice, must_row[model.initiative[mine]], shared + model.row, first + wait_row))
    used_by = np.repeat(np.arange(count), np.diff(model.use_of))
    column = np.concatenate((np.arange(count), mine, used_by, wait_column))
    entry = np.concatenate((np.ones(count), np.ones(len(mine)), model.amount, wait_entry))
    matrix = sparse.csc_matrix((entry, (row, column)), shape=(first + waits, count))
    least = np.full(first + waits, -np.inf)
    least[choices:shared] = 1.0
    most = np.concatenate((np.ones(shared), model.limit, np.zeros(waits)))
    return Program(
        model=model,
        choice=choice,
        choices=choices,
        shared=shared,
        matrix=matrix,
        least=least,
        most=most,
        unit=max(float(model.value.max(initial=0.0)), 1e-12) / _SCALE,
    )


def _waits(model: Model) -> tuple[Ints, Ints, Floats, int]:
    """Rows of what has to be there before: as many have started by a quarter as suppliers are finished by then."""
    waiting: dict[tuple[int, int], list[int]] = {}
    for j in np.flatnonzero(np.diff(model.wait_of)).tolist():
        for k in model.thing[model.wait_of[j] : model.wait_of[j + 1]].tolist():
            waiting.setdefault((int(model.initiative[j]), k), []).append(j)
    row: list[Ints] = []
    column: list[Ints] = []
    entry: list[Floats] = []
    size = 0
    for (_, k), who in waiting.items():
        left = np.array(who, dtype=np.int64)
        suppliers = model.supplier[model.thing_of[k] : model.thing_of[k + 1]]
        right = np.concatenate([np.arange(model.of[q], model.of[q + 1]) for q in suppliers])
        for quarter in np.unique(model.start[left]).tolist():
            begun, there = left[model.start[left] <= quarter], right[model.finish[right] <= quarter]
            row.append(np.full(len(begun) + len(there), size))
            column += [begun, there]
            entry += [np.ones(len(begun)), -np.ones(len(there))]
            size += 1
    if not size:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), 0
    return np.concatenate(row), np.concatenate(column), np.concatenate(entry), size


def relax(program: Program, *, stop: Stop) -> Relaxed | None:
    """Solve the linear relaxation; None where it has no solution, or was stopped."""
    import highspy  # noqa: PLC0415 - loaded where it solves: its library cannot share a process with CP-SAT's

    every = np.arange(len(program.choice))
    if not len(every):
        return None if program.model.mandatory.any() else priced(program, np.zeros(0), np.zeros(len(program.most)))
    solver = _solver()
    part, rows = _part(program, every, program.least, program.most, whole=False)
    solver.passModel(part)
    asked = itertools.count(1)
    _ask(solver.cbSimplexInterrupt, lambda: next(asked) % _STEPS == 0 and stop())
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    solution = solver.getSolution()
    dual = np.zeros(len(program.most))
    dual[rows] = np.array(solution.row_dual) * program.unit
    return priced(program, np.array(solution.col_value), dual)


def priced(program: Program, share: Floats, dual: Floats) -> Relaxed:
    """What prices prove by themselves: each choice made alone, after paying, and the worth of what there is."""
    price = np.maximum(dual, 0.0)
    price[: program.shared] = 0.0
    price[~np.isfinite(program.most)] = 0.0
    left = program.model.value - program.matrix.T @ price
    best = np.zeros(program.choices)
    must = np.flatnonzero(program.model.mandatory[program.model.initiative])
    best[program.choice[must]] = -np.inf
    takes = np.ones(len(left), np.bool_)
    takes[best[program.choice] == -np.inf] = False
    takes[must] = True
    np.maximum.at(best, program.choice[takes], left[takes])
    best[~np.isfinite(best)] = 0.0
    limit = np.where(price > 0, program.most, 0.0)
    loss = np.where(takes, best[program.choice] - left, np.inf)
    return Relaxed(share=share, price=price, bound=float(limit @ price + best.sum()), loss=loss)


def search(
    program: Program,
    columns: Ints,
    fixed: Ints,
    *,
    effort: float = np.inf,
    gap: float = 0.0,
    hint: Ints | None = None,
    quick: bool = False,
    watch: Watch,
) -> Found:
    """Choose among ``columns`` beside those ``fixed``, which stay.

    Ends when the best is found but for a share of ``gap``, after ``effort`` questions of the solver, or when ``watch``
    says so. A ``quick`` search never starts over, which in small parts takes longer than it helps.
    """
    import highspy  # noqa: PLC0415 - as above

    base = float(program.model.value[fixed].sum())
    if not len(columns):
        return Found(chosen=fixed, bound=base, complete=True)
    taken = np.asarray(program.matrix[:, fixed].sum(axis=1)).reshape(-1) if len(fixed) else np.zeros(len(program.most))
    solver = _solver()
    part, _ = _part(program, columns, program.least - taken, program.most - taken, whole=True)
    solver.setOptionValue("mip_rel_gap", gap)
    solver.setOptionValue("mip_abs_gap", 1e-6)
    solver.setOptionValue("mip_allow_restart", not quick)
    solver.passModel(part)
    if hint is not None:
        solution = highspy.HighsSolution()
        solution.col_value = np.isin(columns, hint).astype(np.float64).tolist()
        solver.setSolution(solution)
    asked = itertools.count(1)

    def interrupt(event: "highspy.HighsCallbackEvent") -> None:
        bound = base + event.data_out.mip_dual_bound * program.unit
        if next(asked) > effort or watch.ends(bound):
            event.interrupt()

    def better(event: "highspy.HighsCallbackEvent") -> None:
        watch.found(_chosen(fixed, columns, event.data_out.mip_solution))

    def known(event: "highspy.HighsCallbackEvent") -> None:
        plan = watch.known()
        if plan is not None:
            event.data_in.setSolution(np.isin(columns, plan).astype(np.float64))

    solver.cbMipInterrupt.subscribe(interrupt)
    solver.cbMipImprovingSolution.subscribe(better)
    solver.cbMipUserSolution.subscribe(known)
    solver.run()
    info, status = solver.getInfo(), solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Found(chosen=None, bound=-np.inf, complete=True)
    complete = status == highspy.HighsModelStatus.kOptimal
    bound = base + info.mip_dual_bound * program.unit if np.isfinite(info.mip_dual_bound) else np.inf
    if info.primal_solution_status != highspy.kSolutionStatusFeasible:
        return Found(chosen=None, bound=bound, complete=complete)
    return Found(chosen=_chosen(fixed, columns, solver.getSolution().col_value), bound=bound, complete=complete)


def _chosen(fixed: Ints, columns: Ints, values: Sequence[float]) -> Ints:
    return np.sort(np.concatenate((fixed, columns[np.asarray(values) > 0.5])))


def _part(
    program: Program, columns: Ints, least: Floats, most: Floats, *, whole: bool
) -> tuple["highspy.HighsLp", Flags]:
    """Some columns of the program in the solver's own form, and the rows it has: those that one of them is in."""
    import highspy  # noqa: PLC0415 - as above

    matrix = program.matrix[:, columns]
    used = np.bincount(matrix.indices, minlength=len(least)) > 0
    used |= least > 0  # a mandatory initiative without columns
    matrix = matrix[used]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(columns), int(used.sum())
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = program.model.value[columns] / program.unit
    lp.col_lower_, lp.col_upper_ = np.zeros(len(columns)), np.ones(len(columns))
    lp.row_lower_, lp.row_upper_ = least[used], most[used]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = matrix.indptr, matrix.indices
    lp.a_matrix_.value_ = matrix.data
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(columns)
    return lp, used


def _ask(interrupt: "highspy.HighsCallback", stop: Stop) -> None:
    def ask(event: "highspy.HighsCallbackEvent") -> None:
        if stop():
            event.interrupt()

    interrupt.subscribe(ask)


def _solver() -> "highspy.Highs":
    import highspy  # noqa: PLC0415 - as above

    solver = highspy.Highs()
    for option, setting in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        solver.setOptionValue(option, setting)
    return solver
