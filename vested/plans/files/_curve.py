"""curve.csv: the plan at other budgets, and who gains or loses between them."""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vested.engines.training import Problem
from vested.plans.files._cells import MONEY, proven, rounded, write_table
from vested.plans.outcome import CurvePoint, Outcome
from vested.plans.report.figures import person_gaps

NOTICED = 1e-6  # weighted levels; a person whose gap closes by less more or less neither gains nor loses


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveRow:
    """The whole sector (``unit_id`` empty) or a ministry or agency with all below it, at ``factor`` times every budget.

    What is certified is certified for the whole sector, so these cells are None for a unit. ``gaining`` and ``losing``
    count people whose weighted gap closes more or less than at the smaller budget before; None at the smallest.
    """

    factor: float
    unit_id: str
    value: float | None
    bound: float | None
    gap: float | None
    compulsory: int | None
    compulsory_bound: int | None
    shortfall: float | None
    shortfall_bound: float | None
    gap_closed: float
    cost: float
    assignments: int
    people: int
    people_gaining: int | None
    people_losing: int | None


def curve_rows(outcome: Outcome) -> list[CurveRow]:
    """Give for each point of the curve the sector's row, then a row for each ministry and agency."""
    units = [group.group_id for group in outcome.groups if group.kind == "unit"]
    members = [("", np.ones(len(outcome.sector.staff), dtype=np.bool_))]
    members += zip(units, _subtrees(outcome.problem), strict=True)
    rows: list[CurveRow] = []
    before: NDArray[np.float64] | None = None
    for point in outcome.curve:
        closed = np.subtract(*person_gaps(outcome.problem, point.plan))
        rows += [
            _row(outcome.problem, point, unit_id=unit_id, those=those, closed=closed, before=before)
            for unit_id, those in members
        ]
        before = closed
    return rows


def write_curve(rows: list[CurveRow], path: Path) -> None:
    """Write the curve, a column a field of ``CurveRow``."""
    names = [field.name for field in fields(CurveRow)]
    write_table(path, names, ([getattr(row, name) for name in names] for row in rows))


def _row(
    problem: Problem,
    point: CurvePoint,
    *,
    unit_id: str,
    those: NDArray[np.bool_],
    closed: NDArray[np.float64],
    before: NDArray[np.float64] | None,
) -> CurveRow:
    plan = point.plan
    theirs = those[plan.person]
    cost = problem.catalogue.cost[problem.catalogue.session_course[plan.session]]
    whole = not unit_id
    return CurveRow(
        factor=point.factor,
        unit_id=unit_id,
        value=rounded(plan.value.objective) if whole else None,
        bound=proven(plan.value.bound) if whole else None,
        gap=proven(plan.value.gap) if whole else None,
        compulsory=plan.compulsory.given if whole else None,
        compulsory_bound=plan.compulsory.bound if whole else None,
        shortfall=rounded(plan.fairness.shortfall) if whole else None,
        shortfall_bound=rounded(plan.fairness.bound) if whole else None,
        gap_closed=rounded(closed[those].sum()),
        cost=rounded(cost[theirs].sum(), MONEY),
        assignments=int(theirs.sum()),
        people=len(np.unique(plan.person[theirs])),
        people_gaining=None if before is None else int((closed - before > NOTICED)[those].sum()),
        people_losing=None if before is None else int((before - closed > NOTICED)[those].sum()),
    )


def _subtrees(problem: Problem) -> list[NDArray[np.bool_]]:
    """For each fair unit, a flag per person (n,) who is in it or below it."""
    parent = problem.limits.unit_parent.tolist()
    lines: list[set[int]] = []  # of each unit: itself and all above it
    for unit in range(len(parent)):
        line, at = set(), unit
        while at >= 0:
            line.add(at)
            at = parent[at]
        lines.append(line)
    return [
        np.array([fair in line for line in lines], dtype=np.bool_)[problem.people.unit]
        for fair in problem.limits.fair_unit.tolist()
    ]
