"""The programs that combine plans: whole ones, and shares that plans can be added to."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vested.engines.training._columns import Columns, below
from vested.engines.training._dual import Goal
from vested.engines.training._master._rows import Rows
from vested.engines.training._model import Model
from vested.engines.training._nouns import Floats, Prices
from vested.engines.training._use import Use, nobody

if TYPE_CHECKING:
    import highspy

_STEPS, _NODES = 1_000, 20  # of the solver, between two questions whether to stop


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Mix:
    """Shares of the columns (x,), one in all for each person.

    ``objective`` of the stage with what is fixed counted, ``bound`` that no combination of these columns exceeds,
    ``shortfall`` of the groups.
    """

    share: Floats
    objective: float
    bound: float
    shortfall: float


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Mixed(Mix):
    """Where plans are shared out: also the ``rates``, and what each person's plans are ``worth`` (n,) at them."""

    rates: Prices
    worth: Floats


def combine(
    model: Model,
    goal: Goal,
    columns: Columns,
    *,
    fixed: Use,
    nodes: int = 2_000,
    gap: float = 1e-5,
    start: Floats | None = None,
    stop: Callable[[], bool] | None = None,
) -> Mix | None:
    """Choose a whole column a person beside what is ``fixed``, the best but for a share of ``gap``; None: none found.

    ``stop`` is asked now and then, and ends the search when it says so.
    """
    import highspy  # noqa: PLC0415 - loaded where it solves: its library cannot share a process with CP-SAT's

    wanted = np.bincount(columns.session, minlength=len(model.seats))
    scarce = (model.seats >= 0) & (wanted > model.seats - fixed.seats)
    rows = Rows(model, goal, np.unique(columns.person), fixed, scarce)
    program = rows.lp(columns)
    own = len(rows.cost)
    kinds = [highspy.HighsVarType.kContinuous] * own + [highspy.HighsVarType.kInteger] * len(columns.person)
    program.integrality_ = kinds
    solver = _solver()
    solver.setOptionValue("mip_max_nodes", nodes)
    solver.setOptionValue("mip_rel_gap", gap)
    solver.setOptionValue("mip_abs_gap", 1e-6)
    solver.passModel(program)
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = rows.completed(program, start).tolist()
        solver.setSolution(solution)
    if stop is not None:
        _ask(solver.cbMipInterrupt, _NODES, lambda: stop)
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status != 2 or not np.isfinite(info.objective_function_value):
        return None
    values = np.array(solver.getSolution().col_value)
    bound = info.mip_dual_bound if np.isfinite(info.mip_dual_bound) else np.inf
    return Mix(
        share=values[own:],
        objective=info.objective_function_value + rows.offset,
        bound=bound + rows.offset,
        shortfall=float(values[rows.needs : own].sum()),
    )


class Mixture:
    """The best shares of the plans known: a linear program that plans can be added to."""

    def __init__(self, model: Model, goal: Goal, columns: Columns, *, stop: Callable[[], bool]) -> None:
        """Begin with ``columns``, at least one for each person, that can keep what the stages before reached.

        ``stop`` is asked now and then while it is solved, and ends that when it says so.
        """
        self.model, self.goal, self.columns, self.stop = model, goal, columns, stop
        self._limited = model.seats >= 0
        self._rows = Rows(model, goal, np.arange(len(model.hours)), nobody(model), self._limited)
        self._solver = _solver()
        self._solver.passModel(self._rows.lp(columns))
        _ask(self._solver.cbSimplexInterrupt, _STEPS, lambda: self.stop)

    def solve(self) -> Mixed | None:
        """The best shares; None where it was stopped, or numbers defeat the solver."""
        import highspy  # noqa: PLC0415 - as above

        rows = self._rows
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._solver.getSolution()
        values, dual = np.array(solution.col_value), np.array(solution.row_dual)
        own = len(rows.cost)
        objective = self._solver.getInfo().objective_function_value + rows.offset
        return Mixed(
            share=values[own:],
            objective=objective,
            bound=objective,
            shortfall=float(values[rows.needs : own].sum()),
            rates=rows.rates(dual),
            worth=dual[: len(self.model.hours)],
        )

    def turn(self, goal: Goal, *, stop: Callable[[], bool]) -> None:
        """Turn to another stage; what was solved is kept to go on from."""
        self.stop = stop
        if goal == self.goal:
            return
        rows = self._rows = Rows(self.model, goal, np.arange(len(self.model.hours)), nobody(self.model), self._limited)
        self.goal = goal
        cost = np.concatenate((rows.cost, rows.worth(self.columns)))
        self._solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        every = np.arange(rows.size, dtype=np.int32)
        self._solver.changeRowsBounds(rows.size, every, rows.lower, rows.upper)

    def add(self, columns: Columns) -> None:
        """Add plans that are not in it yet; what was solved is kept to go on from."""
        rows, size = self._rows, len(columns.person)
        start, index, entry = rows.entries(columns)
        self._solver.addCols(
            size,
            rows.worth(columns),
            np.zeros(size),
            np.ones(size),
            len(index),
            start[:-1].astype(np.int32),
            index.astype(np.int32),
            entry,
        )
        self.columns = below(self.columns, columns)


def _ask(interrupt: "highspy.HighsCallback", every: int, stop: Callable[[], Callable[[], bool]]) -> None:
    """Have the solver ask, each time so many steps have passed, whether to stop; who is asked may change."""
    asked = itertools.count(1)

    def ask(event: "highspy.HighsCallbackEvent") -> None:
        if next(asked) % every == 0 and stop()():
            event.interrupt()

    interrupt.subscribe(ask)


def _solver() -> "highspy.Highs":
    import highspy  # noqa: PLC0415 - as above

    solver = highspy.Highs()
    for option, setting in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        solver.setOptionValue(option, setting)
    return solver
