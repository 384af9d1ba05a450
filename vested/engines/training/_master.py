"""The best combination of known plans: a linear or mixed-integer program over columns, by HiGHS."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vested.engines.training._columns import Columns, below
from vested.engines.training._dual import Goal, Stage
from vested.engines.training._model import Model
from vested.engines.training._nouns import Flags, Floats, Ints, Prices
from vested.engines.training._use import Use, nobody

if TYPE_CHECKING:
    import highspy

_STEPS, _NODES = 1_000, 20  # of the solver, between two questions whether to stop
_LOOSE = 1e-6  # of the row that keeps the second stage's result; tighter, presolve may call it impossible


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
    rows = _Rows(model, goal, np.unique(columns.person), fixed, scarce)
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
        self._rows = _Rows(model, goal, np.arange(len(model.hours)), nobody(model), self._limited)
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
        rows = self._rows = _Rows(self.model, goal, np.arange(len(self.model.hours)), nobody(self.model), self._limited)
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


class _Rows:
    """The rows that plans share, maximised: people, seats, budgets, needs, groups, compulsory courses given.

    Before the columns of plans come those of needs met and of groups' shortfalls, worth ``cost``.
    """

    def __init__(self, model: Model, goal: Goal, people: Ints, fixed: Use, scarce: Flags) -> None:
        self.model, self.goal = model, goal
        value, first = goal.stage is Stage.VALUE, goal.stage is Stage.COMPULSORY
        needs, groups = 0 if first else len(model.need_by), 0 if first or model.fairness == 0 else model.groups
        self.needs, self.groups = needs, groups
        lower: list[Floats] = []
        upper: list[Floats] = []
        self.size = 0

        def add(low: Floats, high: Floats) -> int:
            lower.append(low)
            upper.append(high)
            self.size += len(low)
            return self.size - len(low)

        def no_less(high: Floats) -> Floats:
            return np.full(len(high), -np.inf)

        self.person = np.full(len(model.hours), -1)
        self.person[people] = np.arange(len(people))
        add(np.ones(len(people)), np.ones(len(people)))
        self.scarce = np.flatnonzero(scarce)
        left = (model.seats - fixed.seats)[self.scarce].astype(np.float64)
        self.seat = np.full(len(model.seats), -1)
        self.seat[self.scarce] = add(no_less(left), left) + np.arange(len(self.scarce))
        money = model.budget - fixed.budget
        self.budget = add(no_less(money), money)
        # Needs are met as far as there are holders, and no further than asked.
        held = fixed.need.astype(np.float64)[:needs]
        self.need = add(no_less(held), held)
        self.group = self.size
        short = -1
        if groups:
            target = model.fairness * model.group_gap - fixed.closed
            add(target, np.full(groups, np.inf))
            hard = value and not goal.soft
            short = add(np.array([-np.inf]), np.array([goal.shortfall + _LOOSE if hard else np.inf]))
        self.given = -1
        if goal.stage is not Stage.COMPULSORY and goal.given > 0:
            self.given = add(np.array([float(goal.given - fixed.given)]), np.array([np.inf]))
        self.lower, self.upper = np.concatenate(lower), np.concatenate(upper)
        self.offset = fixed.own if value else float(fixed.given) if goal.stage is Stage.COMPULSORY else 0.0
        # Needs met and shortfalls.
        price = goal.soft if value else 1.0
        self.cost = np.concatenate((model.need_weight[:needs] * value, np.full(groups, -price)))
        self.high = np.concatenate((model.need_cap[:needs], np.full(groups, np.inf)))
        extra, row = np.arange(needs + groups), np.arange(needs + groups) + self.need
        row[needs:] = self.group + np.arange(groups)
        if short >= 0:
            extra = np.concatenate((extra, needs + np.arange(groups)))
            row = np.concatenate((row, np.full(groups, short)))
        order = np.lexsort((row, extra))
        self.extra = (_starts(extra, needs + groups), row[order], np.ones(len(row)))

    def worth(self, columns: Columns) -> Floats:
        """What the stage maximises, of each plan."""
        if self.goal.stage is Stage.VALUE:
            own: Floats = columns.closed + columns.wishes - self.model.cost_weight * columns.cost
            return own
        if self.goal.stage is Stage.COMPULSORY:
            return columns.compulsory.astype(np.float64)
        return np.zeros(len(columns.person))

    def entries(self, columns: Columns) -> tuple[Ints, Ints, Floats]:
        """The matrix of plans, column by column: starts, rows, entries."""
        model, size = self.model, len(columns.person)
        units, every = model.unit[columns.person], np.arange(size)
        seat, of_seat = self.seat[columns.session], np.repeat(every, np.diff(columns.of))
        row = [self.person[columns.person], seat[seat >= 0]]
        column = [every, of_seat[seat >= 0]]
        entry = [np.ones(size), np.ones(int((seat >= 0).sum()))]
        budget, spender = _spread(model.unit_budget_of, model.unit_budget, units)
        paid = columns.cost[spender] > 0
        row.append(self.budget + budget[paid])
        column.append(spender[paid])
        entry.append(columns.cost[spender[paid]])
        if self.needs:
            row.append(self.need + columns.need)
            column.append(np.repeat(every, np.diff(columns.need_of)))
            entry.append(-np.ones(len(columns.need)))
        if self.groups:
            group, member = _spread(model.unit_group_of, model.unit_group, units)
            graded = np.flatnonzero(model.grade[columns.person] >= 0)
            group = np.concatenate((group, model.fair_units + model.grade[columns.person[graded]]))
            member = np.concatenate((member, graded))
            row.append(self.group + group)
            column.append(member)
            entry.append(columns.closed[member])
        if self.given >= 0:
            giving = np.flatnonzero(columns.compulsory)
            row.append(np.full(len(giving), self.given))
            column.append(giving)
            entry.append(columns.compulsory[giving].astype(np.float64))
        rows, cols, entries = np.concatenate(row), np.concatenate(column), np.concatenate(entry)
        order = np.lexsort((rows, cols))
        return _starts(cols, size), rows[order], entries[order]

    def lp(self, columns: Columns) -> "highspy.HighsLp":
        """The program in the solver's own form."""
        import highspy  # noqa: PLC0415 - as above

        start, index, entry = self.entries(columns)
        own_start, own_index, own_entry = self.extra
        size = len(columns.person)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.cost) + size, self.size
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.concatenate((self.cost, self.worth(columns)))
        lp.col_lower_ = np.zeros(lp.num_col_)
        lp.col_upper_ = np.concatenate((self.high, np.ones(size)))
        lp.row_lower_, lp.row_upper_ = self.lower, self.upper
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.concatenate((own_start, own_start[-1] + start[1:]))
        lp.a_matrix_.index_ = np.concatenate((own_index, index))
        lp.a_matrix_.value_ = np.concatenate((own_entry, entry))
        return lp

    def completed(self, lp: "highspy.HighsLp", share: Floats) -> Floats:
        """A start for the solver: the columns' shares, and the best needs and shortfalls that go with them."""
        own = len(self.cost)
        values = np.concatenate((np.zeros(own), share))
        active = np.zeros(self.size)
        columns = np.repeat(values, np.diff(np.array(lp.a_matrix_.start_)))
        np.add.at(active, np.array(lp.a_matrix_.index_), np.array(lp.a_matrix_.value_) * columns)
        needs = slice(self.need, self.need + self.needs)
        values[: self.needs] = np.clip(self.upper[needs] - active[needs], 0.0, self.high[: self.needs])
        groups = slice(self.group, self.group + self.groups)
        values[self.needs : own] = np.maximum(self.lower[groups] - active[groups], 0.0)
        return values

    def rates(self, dual: Floats) -> Prices:
        """Row duals as admissible prices."""
        model, goal = self.model, self.goal
        seat, group = np.zeros(len(model.seats)), np.zeros(model.groups)
        need = np.zeros(len(model.need_weight))
        seat[self.scarce] = np.maximum(dual[self.seat[self.scarce]], 0.0)
        budget = np.maximum(dual[self.budget : self.budget + len(model.budget)], 0.0)
        if self.needs and goal.stage is Stage.VALUE:
            top = np.where(model.need_cap > 0, model.need_weight, 0.0)
            need = np.clip(dual[self.need : self.need + self.needs], 0.0, top)
        if self.groups:
            group = np.maximum(-dual[self.group : self.group + self.groups], 0.0)
            if goal.stage is Stage.FAIRNESS or goal.soft:
                group = np.minimum(group, goal.soft or 1.0)
        given = max(-float(dual[self.given]), 0.0) if self.given >= 0 else 0.0
        if goal.stage is Stage.COMPULSORY:
            given = 1.0
        return Prices(seat=seat, budget=budget, need=need, group=group, compulsory=given)


def _starts(key: Ints, size: int) -> Ints:
    return np.concatenate(([0], np.cumsum(np.bincount(key, minlength=size)))).astype(np.int64)


def _spread(of: Ints, rows: Ints, units: Ints) -> tuple[Ints, Ints]:
    """Rows that each column's unit belongs to, and the column of each."""
    size = of[units + 1] - of[units]
    offsets = np.cumsum(size) - size
    column = np.repeat(np.arange(len(units)), size)
    return rows[np.arange(size.sum()) - np.repeat(offsets, size) + np.repeat(of[units], size)], column
