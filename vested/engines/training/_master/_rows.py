"""The rows that plans share, and each plan as a column of them."""

from typing import TYPE_CHECKING

import numpy as np

from vested.engines.training._columns import Columns
from vested.engines.training._dual import Goal, Stage
from vested.engines.training._model import Model
from vested.engines.training._nouns import Flags, Floats, Ints, Prices
from vested.engines.training._use import Use

if TYPE_CHECKING:
    import highspy

_LOOSE = 1e-6  # of the row that keeps the second stage's result; tighter, presolve may call it impossible


class Rows:
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
        import highspy  # noqa: PLC0415 - loaded where it solves: its library cannot share a process with CP-SAT's

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
