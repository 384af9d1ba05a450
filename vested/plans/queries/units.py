"""Questions about a unit in a plan: exactly for who may see its people, else what the plan's figures release."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vested.core.models import Unit
from vested.core.viewer import Viewer
from vested.plans.models import Plan
from vested.plans.outcome import Outcome
from vested.plans.queries.solved import figures, gaps_of, solved
from vested.plans.report.figures import Cell, FairGroup, Family, Row
from vested.skills.queries.gaps.permitted import exact

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class InUnit:
    """What a plan does for a unit with all below it.

    ``whole`` is the gap before and after, ``families`` the same by job family, widest left first. Where it is not
    ``exact`` they are what is released, of the unit's own ``row`` of the table of gaps, and of the ``group`` that
    fairness looks at; None where nothing is. ``trained`` people take ``places``; ``money`` is the amount of the unit's
    own budget and what is used of it.
    """

    exact: bool
    whole: Cell | None
    families: tuple[tuple[Family, Cell], ...]
    group: FairGroup | None
    row: Row | None
    trained: int | None
    places: int | None
    cost: float | None
    money: tuple[float, float] | None


def in_unit(viewer: Viewer, plan: Plan, unit: Unit) -> InUnit | None:
    """What the plan does for a unit; None where it was computed without it.

    Raises NotAllowed where the viewer may see no figure of the unit.
    """
    see_all = exact(viewer, unit=unit)
    frozen = solved(plan)
    rows = np.flatnonzero(frozen.units == unit.pk)
    if not len(rows):
        return None
    at = int(rows[0])
    return _exactly(plan, frozen.outcome, at) if see_all else _released(plan, frozen.outcome, at)


def _exactly(plan: Plan, outcome: Outcome, at: int) -> InUnit:
    problem, chosen = outcome.problem, outcome.plan
    inside = below(problem.limits.unit_parent, at)[problem.people.unit]
    before, after = gaps_of(plan)
    family_of = [role.job_family for role in outcome.sector.roles]
    names = sorted(set(family_of))
    family = np.array([names.index(name) for name in family_of], dtype=np.int64)[problem.people.role]
    cells = [(Family(name), _cell(inside & (family == number), before, after)) for number, name in enumerate(names)]
    shown = [row for row in cells if row[1].people]
    mine = inside[chosen.person]
    course = problem.catalogue.session_course[chosen.session[mine]]
    return InUnit(
        exact=True,
        whole=_cell(inside, before, after),
        families=tuple(sorted(shown, key=lambda row: (-row[1].mean_after, row[0].name))),
        group=None,
        row=None,
        trained=len(np.unique(chosen.person[mine])),
        places=int(mine.sum()),
        cost=float(problem.catalogue.cost[course].sum()),
        money=_money(outcome, at),
    )


def _released(plan: Plan, outcome: Outcome, at: int) -> InUnit:
    found = figures(plan)
    every = [row for top in found.gaps.rows for row in (top, *top.parts)]
    row = next((row for row in every if row.unit == at), None)
    group = next((one for one in found.fairness.units if one.unit == at), None)
    shown = row if row and not row.total.hidden else None
    open_ = shown is not None or (group is not None and not group.hidden)
    return InUnit(
        exact=False,
        whole=shown.total if shown else None,
        families=tuple(pair for pair in zip(found.gaps.families, row.cells, strict=True) if pair[1].people)
        if row
        else (),
        group=group if group and not group.hidden else None,
        row=row,
        trained=None,
        places=None,
        cost=None,
        money=_money(outcome, at) if open_ else None,
    )


def below(parent: NDArray[np.int64], at: int) -> NDArray[np.bool_]:
    """Which units (u,) are the unit ``at`` or below it."""
    found = np.zeros(len(parent), dtype=np.bool_)
    for unit in range(len(parent)):
        up = unit
        while up >= 0 and up != at:
            up = int(parent[up])
        found[unit] = up == at
    return found


def _cell(who: NDArray[np.bool_], before: Floats, after: Floats) -> Cell:
    return Cell(int(who.sum()), float(before[who].sum()), float(after[who].sum()), hidden=False)


def _money(outcome: Outcome, at: int) -> tuple[float, float] | None:
    code = outcome.sector.units[at].unit_id
    rows = (row for row, budget in enumerate(outcome.sector.budgets) if budget.unit_id == code)
    row = next(rows, None)
    return None if row is None else (outcome.sector.budgets[row].amount, float(outcome.plan.budget_used[row]))
