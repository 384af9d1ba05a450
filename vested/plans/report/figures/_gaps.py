"""What each person lacks before and after the plan, and the same by unit and job family."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from vested.engines.training import Plan, Problem
from vested.formats.sector_folder import Sector, UnitKind
from vested.plans.report.figures._hiding import Line, hide

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_FAMILIES = 12
"""More job families than these are shown as one."""
LARGE = 500
"""A unit of this many people is shown by department too, ..."""
MOST_DEPARTMENTS = 60
"""... as long as all departments shown are no more than these."""
_CHUNK = 50_000


def person_gaps(problem: Problem, plan: Plan) -> tuple[Floats, Floats]:
    """Return the weighted levels each person (n,) lacks for their role, before and after the plan.

    Every session of a valid plan takes its person to its outcomes' levels, so the highest level counts.
    """
    people, roles, catalogue = problem.people, problem.roles, problem.catalogue
    by_course = np.argsort(catalogue.outcome_course, kind="stable")
    count = np.bincount(catalogue.outcome_course, minlength=len(catalogue.hours))
    first = np.cumsum(count) - count
    course = catalogue.session_course[plan.session]
    person = np.repeat(plan.person, count[course])
    step = np.arange(len(person)) - np.repeat(np.cumsum(count[course]) - count[course], count[course])
    outcome = by_course[np.repeat(first[course], count[course]) + step]
    before, after = np.zeros(len(people.role)), np.zeros(len(people.role))
    for start in range(0, len(before), _CHUNK):  # so that a million people do not need three more tables of levels
        rows = slice(start, start + _CHUNK)
        required, weight = roles.required[people.role[rows]], roles.weight[people.role[rows]]
        levels = people.levels[rows].copy()
        before[rows] = (weight * np.maximum(required - levels, 0.0)).sum(axis=1)
        low, high = np.searchsorted(person, (start, start + _CHUNK))
        some = outcome[low:high]
        np.maximum.at(levels, (person[low:high] - start, catalogue.outcome_skill[some]), catalogue.outcome_to[some])
        after[rows] = (weight * np.maximum(required - levels, 0.0)).sum(axis=1)
    return before, after


class Scope(StrEnum):
    """Whom a row is about."""

    ALL = "all"
    UNIT = "unit"  # everybody in the unit
    OWN = "own"  # the unit's own people, beside the agencies below it
    DEPARTMENT = "department"
    DIRECT = "direct"  # people of the unit outside its departments


@dataclass(frozen=True, slots=True)
class Cell:
    """Weighted levels some ``people`` lack together, ``before`` and ``after``; nothing of it shows where ``hidden``."""

    people: int
    before: float
    after: float
    hidden: bool

    @property
    def mean_before(self) -> float:
        """Levels short per person, before."""
        return self.before / self.people if self.people else 0.0

    @property
    def mean_after(self) -> float:
        """Levels short per person, after."""
        return self.after / self.people if self.people else 0.0

    @property
    def share(self) -> float | None:
        """Share of the gap closed; None where there is no gap."""
        return (self.before - self.after) / self.before if self.before > 0 else None


@dataclass(frozen=True, slots=True)
class Row:
    """A unit: in ``total``, by job family (``cells``), and by department where it is large (``parts``).

    ``unit`` is its row among the sector's units, -1 for all of them.
    """

    name: str
    scope: Scope
    total: Cell
    cells: tuple[Cell, ...]
    parts: tuple["Row", ...] = ()
    unit: int = -1


@dataclass(frozen=True, slots=True)
class Family:
    """A column: a job family by ``name`` (empty: roles without one), or all ``others`` that have no column."""

    name: str
    others: int = 0


@dataclass(frozen=True, slots=True)
class Widest:
    """A unit's job family with the widest gap left."""

    row: Row
    family: Family
    cell: Cell


@dataclass(frozen=True, slots=True)
class GapTable:
    """Units (widest gap left first) by job families, with the total; ``hidden`` of ``cells`` figures are hidden.

    ``fair_hidden`` says which of the fairness groups that are units must be hidden, by the same rule.
    """

    families: tuple[Family, ...]
    rows: tuple[Row, ...]
    total: Row
    widest: tuple[Widest, ...]
    hidden: int
    cells: int
    fair_hidden: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A row before anything is hidden: its unit (-1: all), its people (rows) and where its cells stand, total last."""

    unit: int
    name: str
    scope: Scope
    members: Ints
    first: int
    parts: tuple["_Part", ...] = ()


def gap_table(sector: Sector, problem: Problem, before: Floats, after: Floats) -> GapTable:
    """Tabulate the gaps of people (n,) by unit and job family, hiding what is about too few."""
    families, family = _families(sector, problem)
    width = len(families) + 1
    whole = _Part(-1, "", Scope.ALL, np.arange(len(before)), 0)
    parts = _units(sector, problem, start=width, width=width)
    flat = [whole, *(row for part in parts for row in (part, *part.parts))]
    people = np.concatenate([_by_family(row, family, None, width) for row in flat]).astype(int).tolist()
    sums = [np.concatenate([_by_family(row, family, gaps, width) for row in flat]) for gaps in (before, after)]
    lines = [Line(row.first + width - 1, tuple(range(row.first, row.first + width - 1))) for row in flat]
    for column in range(width):
        lines.append(Line(column, tuple(part.first + column for part in parts)))
        lines += [Line(p.first + column, tuple(d.first + column for d in p.parts)) for p in parts if p.parts]
    fair_cells = _fair_groups(problem, parts, people, lines, width)
    told = [sorted(set(fair_cells))]  # the certificate's sum of shortfalls
    hidden = hide(people, lines, elsewhere={width - 1}, told=told)

    def row(part: _Part) -> Row:
        cells = tuple(
            Cell(people[at], float(sums[0][at]), float(sums[1][at]), at in hidden)
            for at in range(part.first, part.first + width)
        )
        below = tuple(row(one) for one in part.parts)
        return Row(part.name, part.scope, cells[-1], cells[:-1], below, part.unit)

    rows = tuple(sorted((row(part) for part in parts), key=lambda r: (r.total.hidden, -r.total.mean_after, r.name)))
    shown = [Widest(r, f, c) for r in rows for f, c in zip(families, r.cells, strict=True) if c.people and not c.hidden]
    widest = sorted(shown, key=lambda w: -w.cell.mean_after)[:10]
    used = [at for at in range(width * len(flat)) if people[at]]
    return GapTable(
        families=families,
        rows=rows,
        total=row(whole),
        widest=tuple(w for w in widest if w.cell.mean_after >= 0.05),
        hidden=sum(at in hidden for at in used),
        cells=len(used),
        fair_hidden=tuple(at in hidden for at in fair_cells),
    )


def _families(sector: Sector, problem: Problem) -> tuple[tuple[Family, ...], Ints]:
    """Return the columns, largest family first, and the column of each person (n,)."""
    names = sorted({role.job_family for role in sector.roles})
    of_role = np.array([names.index(role.job_family) for role in sector.roles], dtype=np.int64)
    family = of_role[problem.people.role]
    count = np.bincount(family, minlength=len(names))
    order = [int(at) for at in np.argsort(-count, kind="stable") if count[at]]
    if len(order) <= MOST_FAMILIES:
        kept, columns = order, tuple(Family(names[at]) for at in order)
    else:
        kept = order[: MOST_FAMILIES - 1]
        columns = (*(Family(names[at]) for at in kept), Family("", others=len(order) - len(kept)))
    column = np.full(len(names), len(kept))
    column[kept] = np.arange(len(kept))
    return columns, column[family]


def _by_family(row: _Part, family: Ints, values: Floats | None, width: int) -> Floats:
    """Sum ``values`` (counts where None) of a row's people by job family, and in total."""
    of_row = None if values is None else values[row.members]
    sums = np.bincount(family[row.members], weights=of_row, minlength=width - 1)
    return np.append(sums, sums.sum())


def _units(sector: Sector, problem: Problem, *, start: int, width: int) -> list[_Part]:
    """Return a part for each unit's own people, with its departments where it is large; all people are in one."""
    parent = problem.limits.unit_parent
    fair = {UnitKind.MINISTRY, UnitKind.AGENCY}
    home, below = np.zeros(len(parent), dtype=np.int64), np.full(len(parent), -1)
    for unit in range(len(parent)):
        at = unit
        while True:
            if sector.units[at].kind in fair or parent[at] < 0:
                break
            if sector.units[at].kind is UnitKind.DEPARTMENT:
                below[unit] = at  # the last one met, so the highest department
            at = int(parent[at])
        home[unit] = at
    above_others = {int(home[parent[h]]) for h in set(home.tolist()) if parent[h] >= 0}
    person_home, person_below = home[problem.people.unit], below[problem.people.unit]
    size = np.bincount(person_home, minlength=len(parent))
    split, room = set(), MOST_DEPARTMENTS
    for unit in np.argsort(-size, kind="stable").tolist():
        count = len(np.unique(person_below[person_home == unit])) if size[unit] >= LARGE else 0
        if 2 <= count <= room:
            split.add(unit)
            room -= count
    parts, at = [], start
    for unit in np.flatnonzero(size).tolist():
        members = np.flatnonzero(person_home == unit)
        first, at = at, at + width
        departments = []
        for department in np.unique(person_below[members]).tolist() if unit in split else []:
            name = sector.units[department].name if department >= 0 else ""
            scope = Scope.DEPARTMENT if department >= 0 else Scope.DIRECT
            departments.append(_Part(department, name, scope, members[person_below[members] == department], at))
            at += width
        scope = Scope.OWN if unit in above_others else Scope.UNIT
        parts.append(_Part(unit, sector.units[unit].name, scope, members, first, tuple(departments)))
    return parts


def _fair_groups(
    problem: Problem, parts: Sequence[_Part], people: list[int], lines: list[Line], width: int
) -> list[int]:
    """Return the cell that stands for each fairness group that is a unit, adding cells and lines where needed."""
    parent, units = problem.limits.unit_parent, problem.limits.fair_unit.tolist()
    own_cell = {part.unit: part.first + width - 1 for part in parts}
    children: dict[int, list[int]] = {unit: [] for unit in units}
    for unit in units:
        above = int(parent[unit])
        while above >= 0 and above not in children:
            above = int(parent[above])
        if above >= 0:
            children[above].append(unit)
    cell_of: dict[int, int] = {}

    def cell(unit: int) -> int:
        if unit not in cell_of:
            inside = [own_cell[unit]] if unit in own_cell else []
            inside += [cell(child) for child in children[unit]]
            inside = [at for at in inside if people[at]]
            count = sum(people[at] for at in inside)
            if len(inside) == 1:
                cell_of[unit] = inside[0]
            elif count == people[width - 1] and count:
                cell_of[unit] = width - 1
                lines.append(Line(width - 1, tuple(inside)))
            else:
                cell_of[unit] = len(people)
                people.append(count)
                lines.append(Line(cell_of[unit], tuple(inside)))
        return cell_of[unit]

    return [cell(unit) for unit in units]
