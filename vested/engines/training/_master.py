"""The best combination of known plans: a linear or mixed-integer program over columns, by HiGHS."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vested.engines.training._columns import Columns
from vested.engines.training._dual import Goal, Stage
from vested.engines.training._model import Model
from vested.engines.training._nouns import Floats, Ints, Prices
from vested.engines.training._use import Use

if TYPE_CHECKING:
    import highspy

_LOOSE = 1e-6  # of the row that keeps the second stage's result; tighter, presolve may call it impossible


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Mix:
    """Shares of the columns (x,), one in all for each person.

    ``objective`` of the stage with what is fixed counted, ``bound`` that no combination of these columns exceeds,
    ``shortfall`` of the groups, ``rates`` where it was a linear program.
    """

    share: Floats
    objective: float
    bound: float
    shortfall: float
    rates: Prices | None


def combine(
    model: Model,
    goal: Goal,
    columns: Columns,
    *,
    fixed: Use,
    whole: bool,
    nodes: int = 2_000,
    start: Floats | None = None,
) -> Mix | None:
    """Choose one column a person (``whole``: not in parts) beside what is ``fixed``; None where there is no way to."""
    import highspy  # noqa: PLC0415 - loaded where it solves: its library cannot share a process with CP-SAT's

    program = _Program(model, goal, columns, fixed)
    solver = highspy.Highs()
    for option, setting in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        solver.setOptionValue(option, setting)
    if whole:
        solver.setOptionValue("mip_max_nodes", nodes)
        solver.setOptionValue("mip_rel_gap", 1e-5)
        solver.setOptionValue("mip_abs_gap", 1e-6)
    solver.passModel(program.lp(whole=whole))
    if whole and start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = program.completed(start).tolist()
        solver.setSolution(solution)
    solver.run()
    info = solver.getInfo()
    solved = solver.getModelStatus()
    if whole:
        if info.primal_solution_status != 2 or not np.isfinite(info.objective_function_value):
            return None
    elif solved != highspy.HighsModelStatus.kOptimal:
        return None
    solution = solver.getSolution()
    values = np.array(solution.col_value)
    share = values[: len(columns.person)]
    shortfall = float(values[len(share) + program.needs :].sum())
    objective = info.objective_function_value + program.offset
    if whole:
        bound = info.mip_dual_bound if np.isfinite(info.mip_dual_bound) else np.inf
        return Mix(share=share, objective=objective, bound=bound + program.offset, shortfall=shortfall, rates=None)
    rates = program.rates(np.array(solution.row_dual))
    return Mix(share=share, objective=objective, bound=objective, shortfall=shortfall, rates=rates)


class _Program:
    """Rows and columns of the program; maximised."""

    def __init__(self, model: Model, goal: Goal, columns: Columns, fixed: Use) -> None:
        self.model, self.goal, self.columns = model, goal, columns
        value, fair = goal.stage is Stage.VALUE, goal.stage is not Stage.COMPULSORY and model.fairness > 0
        x, units = len(columns.person), model.unit[columns.person]
        cells: list[tuple[Ints, Ints, Floats]] = []
        lower: list[Floats] = []
        upper: list[Floats] = []
        self.rows = 0

        def add(low: Floats, high: Floats, row: Ints, column: Ints, entry: Floats) -> int:
            cells.append((row + self.rows, column, entry))
            lower.append(low)
            upper.append(high)
            self.rows += len(low)
            return self.rows - len(low)

        people, person = np.unique(columns.person, return_inverse=True)
        one = np.ones(len(people))
        add(one, one, person, np.arange(x), np.ones(x))
        # Seats and budgets that could run out.
        of_column = np.repeat(np.arange(x), np.diff(columns.of))
        wanted = np.bincount(columns.session, minlength=len(model.seats))
        left = model.seats - fixed.seats
        self.seat = np.flatnonzero((model.seats >= 0) & (wanted > left))
        place = np.full(len(model.seats), -1)
        place[self.seat] = np.arange(len(self.seat))
        hit = place[columns.session] >= 0
        self.seat_row = add(
            np.full(len(self.seat), -np.inf),
            left[self.seat].astype(np.float64),
            place[columns.session[hit]],
            of_column[hit],
            np.ones(int(hit.sum())),
        )
        row, column = _spread(model.unit_budget_of, model.unit_budget, units)
        paid = columns.cost[column] > 0
        self.budget_row = add(
            np.full(len(model.budget), -np.inf),
            model.budget - fixed.budget,
            row[paid],
            column[paid],
            columns.cost[column[paid]],
        )
        # Needs are met as far as there are holders, and no further than asked.
        needs = len(model.need_by) if value else 0
        groups = model.groups if fair else 0
        self.need_row = -1
        if needs:
            self.need_row = add(
                np.full(needs, -np.inf),
                fixed.need.astype(np.float64),
                np.concatenate((columns.need, np.arange(needs))),
                np.concatenate((np.repeat(np.arange(x), np.diff(columns.need_of)), x + np.arange(needs))),
                np.concatenate((-np.ones(len(columns.need)), np.ones(needs))),
            )
        self.group_row = -1
        if groups:
            row, column = _spread(model.unit_group_of, model.unit_group, units)
            graded = np.flatnonzero(model.grade[columns.person] >= 0)
            row = np.concatenate((row, model.fair_units + model.grade[columns.person[graded]], np.arange(groups)))
            column = np.concatenate((column, graded, x + needs + np.arange(groups)))
            entry = np.where(column < x, columns.closed[np.minimum(column, x - 1)] if x else 1.0, 1.0)
            target = model.fairness * model.group_gap - fixed.closed
            self.group_row = add(target, np.full(groups, np.inf), row, column, entry)
            if value and not goal.soft:
                add(
                    np.array([-np.inf]),
                    np.array([goal.shortfall + _LOOSE]),
                    np.zeros(groups, np.int64),
                    x + needs + np.arange(groups),
                    np.ones(groups),
                )
        self.given_row = -1
        if goal.stage is not Stage.COMPULSORY and goal.given > 0:
            giving = np.flatnonzero(columns.compulsory)
            self.given_row = add(
                np.array([float(goal.given - fixed.given)]),
                np.array([np.inf]),
                np.zeros(len(giving), np.int64),
                giving,
                columns.compulsory[giving].astype(np.float64),
            )
        self.size = x + needs + groups
        self.needs, self.groups = needs, groups
        self.cost = np.zeros(self.size)
        self.high = np.concatenate((np.ones(x), np.zeros(needs), np.full(groups, np.inf)))
        self.offset = 0.0
        if value:
            self.cost[:x] = columns.closed + columns.wishes - model.cost_weight * columns.cost
            self.cost[x : x + needs] = model.need_weight
            self.high[x : x + needs] = model.need_cap
            self.cost[x + needs :] = -goal.soft
            self.offset = fixed.own
        elif goal.stage is Stage.COMPULSORY:
            self.cost[:x] = columns.compulsory
            self.offset = float(fixed.given)
        else:
            self.cost[x:] = -1.0
        self.lower, self.upper = np.concatenate(lower), np.concatenate(upper)
        rows, cols, entries = (np.concatenate(part) for part in zip(*cells, strict=True))
        order = np.lexsort((rows, cols))
        self.index, self.entry = rows[order], entries[order]
        self.start = np.concatenate(([0], np.cumsum(np.bincount(cols, minlength=self.size))))

    def lp(self, *, whole: bool) -> "highspy.HighsLp":
        """The program in the solver's own form; ``whole`` columns are not shared."""
        import highspy  # noqa: PLC0415 - as above

        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.size, self.rows
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = self.cost, np.zeros(self.size), self.high
        lp.row_lower_, lp.row_upper_ = self.lower, self.upper
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = self.start, self.index, self.entry
        if whole:
            x = len(self.columns.person)
            kinds = [highspy.HighsVarType.kInteger] * x + [highspy.HighsVarType.kContinuous] * (self.size - x)
            lp.integrality_ = kinds
        return lp

    def completed(self, share: Floats) -> Floats:
        """A start for the solver: the columns' shares, and the best needs and shortfalls that go with them."""
        values = np.concatenate((share, np.zeros(self.size - len(share))))
        active = np.zeros(self.rows)
        np.add.at(active, self.index, self.entry * np.repeat(values, np.diff(self.start)))
        x = len(share)
        if self.needs:
            room = self.upper[self.need_row : self.need_row + self.needs]
            met = room - active[self.need_row : self.need_row + self.needs]
            values[x : x + self.needs] = np.clip(met, 0.0, self.high[x : x + self.needs])
        if self.groups:
            asked = self.lower[self.group_row : self.group_row + self.groups]
            missing = asked - active[self.group_row : self.group_row + self.groups]
            values[x + self.needs :] = np.maximum(missing, 0.0)
        return values

    def rates(self, dual: Floats) -> Prices:
        """Row duals as admissible prices."""
        model, goal = self.model, self.goal
        seat, group = np.zeros(len(model.seats)), np.zeros(model.groups)
        need = np.zeros(len(model.need_weight))
        seat[self.seat] = np.maximum(dual[self.seat_row : self.seat_row + len(self.seat)], 0.0)
        budget = np.maximum(dual[self.budget_row : self.budget_row + len(model.budget)], 0.0)
        if self.need_row >= 0:
            top = np.where(model.need_cap > 0, model.need_weight, 0.0)
            need = np.clip(dual[self.need_row : self.need_row + self.needs], 0.0, top)
        if self.group_row >= 0:
            group = np.maximum(-dual[self.group_row : self.group_row + self.groups], 0.0)
            if goal.stage is Stage.FAIRNESS or goal.soft:
                group = np.minimum(group, goal.soft or 1.0)
        given = max(-float(dual[self.given_row]), 0.0) if self.given_row >= 0 else 0.0
        if goal.stage is Stage.COMPULSORY:
            given = 1.0
        return Prices(seat=seat, budget=budget, need=need, group=group, compulsory=given)


def _spread(of: Ints, rows: Ints, units: Ints) -> tuple[Ints, Ints]:
    """Rows that each column's unit belongs to, and the column of each."""
    size = of[units + 1] - of[units]
    offsets = np.cumsum(size) - size
    column = np.repeat(np.arange(len(units)), size)
    return rows[np.arange(size.sum()) - np.repeat(offsets, size) + np.repeat(of[units], size)], column
