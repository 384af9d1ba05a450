"""What chosen plans use and bring together."""

from dataclasses import dataclass

import numpy as np

from vested.engines.training._columns import Columns, columns_of
from vested.engines.training._model import Model
from vested.engines.training._nouns import Floats, Ints


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Use:
    """Totals over one column for each of some people.

    ``seats`` (j,), ``budget`` (b,), new holders for each ``need`` (k,), weighted levels ``closed`` in each group (g,),
    compulsory courses ``given``, and what it is worth by itself (``own``: gap closed, wishes, cost; not needs).
    """

    seats: Ints
    budget: Floats
    need: Ints
    closed: Floats
    given: int
    own: float

    def shortfall(self, model: Model) -> float:
        """What is missing from the share of each group's gap that should close."""
        return float(np.maximum(model.fairness * model.group_gap - self.closed, 0.0).sum())

    def value(self, model: Model) -> float:
        """What the third stage counts."""
        return self.own + float(np.minimum(self.need, model.need_cap) @ model.need_weight)


def use_of(model: Model, columns: Columns) -> Use:
    """Add up columns."""
    unit, grade = model.unit[columns.person], model.grade[columns.person]
    units = len(model.unit_budget_of) - 1
    cost = _sums(unit, columns.cost, units)
    closed = _sums(unit, columns.closed, units)
    graded = grade >= 0
    return Use(
        seats=np.bincount(columns.session, minlength=len(model.seats)).astype(np.int64),
        budget=to_rows(model.unit_budget_of, model.unit_budget, cost, len(model.budget)),
        need=np.bincount(columns.need, minlength=len(model.need_by)).astype(np.int64),
        closed=np.concatenate(
            (
                to_rows(model.unit_group_of, model.unit_group, closed, model.fair_units),
                _sums(grade[graded], columns.closed[graded], model.groups - model.fair_units),
            )
        ),
        given=int(columns.compulsory.sum()),
        own=float((columns.closed + columns.wishes - model.cost_weight * columns.cost).sum()),
    )


def nobody(model: Model) -> Use:
    """What is used and brought together where nobody has a plan."""
    none = np.zeros(0, np.int64)
    return use_of(model, columns_of(model, none, np.zeros(1, np.int64), none))


def to_rows(of: Ints, rows: Ints, amount: Floats, size: int) -> Floats:
    """Amounts by unit, added up over the rows (budgets, groups) each unit belongs to."""
    total = np.zeros(size)
    np.add.at(total, rows, np.repeat(amount, np.diff(of)))
    return total


def _sums(row: Ints, amount: Floats, size: int) -> Floats:
    return np.bincount(row, weights=amount, minlength=size).astype(np.float64)
