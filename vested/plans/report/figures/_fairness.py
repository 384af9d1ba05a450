"""What each group gets of its own gap."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vested.plans.outcome import Outcome
from vested.plans.report.figures._hiding import Line, hide


@dataclass(frozen=True, slots=True)
class FairGroup:
    """A ministry, agency or grade: the weighted levels its people lack, those closed, and those short of the floor.

    ``unit`` is its row among the sector's units, -1 for a grade.
    """

    name: str
    people: int
    gap: float
    closed: float
    shortfall: float
    hidden: bool
    unit: int = -1

    @property
    def share(self) -> float:
        """Share of the group's gap that closes (1 where it has none)."""
        return self.closed / self.gap if self.gap > 0 else 1.0

    @property
    def short(self) -> bool:
        """Whether the group stays below the floor."""
        return self.shortfall > 1e-6 * max(1.0, self.gap)


@dataclass(frozen=True, slots=True)
class Fairness:
    """The groups, least served first, hidden ones last; ``floor`` is the share asked for each (0: none asked)."""

    floor: float
    units: tuple[FairGroup, ...]
    grades: tuple[FairGroup, ...]
    lowest: FairGroup | None

    @property
    def groups(self) -> tuple[FairGroup, ...]:
        """All groups with people in them."""
        return self.units + self.grades

    @property
    def shown(self) -> int:
        """How many groups have figures."""
        return sum(not group.hidden for group in self.groups)

    @property
    def below(self) -> int:
        """How many groups stay below the floor, hidden ones included."""
        return sum(group.short for group in self.groups)


def fairness(outcome: Outcome, unit_hidden: Sequence[bool]) -> Fairness:
    """Collect the groups; ``unit_hidden`` says which of those that are units must not be shown."""
    people = _people(outcome)
    hidden = [*unit_hidden, *grade_hidden(outcome)]
    result, made = outcome.plan.fairness, []
    units = outcome.problem.limits.fair_unit.tolist()
    for at, group in enumerate(outcome.groups):
        gap, closed, short = (float(v[at]) for v in (result.gap, result.closed, result.group_shortfall))
        unit = units[at] if at < len(units) else -1
        made.append(FairGroup(group.name, people[at], gap, closed, short, hidden[at], unit))
    split = len(unit_hidden)
    by_unit, by_grade = (
        tuple(sorted((g for g in part if g.people), key=lambda g: (g.hidden, 0.0 if g.hidden else g.share, g.name)))
        for part in (made[:split], made[split:])
    )
    shown = [group for group in by_unit + by_grade if not group.hidden and group.gap > 0]
    return Fairness(
        floor=outcome.problem.limits.fairness,
        units=by_unit,
        grades=by_grade,
        lowest=min(shown, key=lambda group: group.share, default=None),
    )


def grade_hidden(outcome: Outcome) -> list[bool]:
    """Return which grades must not be shown; people without a grade are in no figure but in the sector's total."""
    grade = outcome.problem.people.grade
    count = len(outcome.groups) - len(outcome.problem.limits.fair_unit)
    graded = np.bincount(grade[grade >= 0], minlength=count).tolist()
    people = [*graded, len(grade) - sum(graded), len(grade)]
    without = {count} if people[count] else set()
    lines, told = [Line(count + 1, tuple(range(count + 1)))], [range(count)]  # the certificate's sum of shortfalls
    cells = hide(people, lines, unpublished=without, elsewhere={count + 1}, told=told)
    return [at in cells for at in range(count)]


def _people(outcome: Outcome) -> list[int]:
    """Count the people of each group, subtrees included."""
    people, parent = outcome.problem.people, outcome.problem.limits.unit_parent
    own = np.bincount(people.unit, minlength=len(parent))
    count = np.zeros(len(parent), dtype=np.int64)
    for unit in range(len(parent)):
        at = unit
        while at >= 0:
            count[at] += own[unit]
            at = int(parent[at])
    grades = len(outcome.groups) - len(outcome.problem.limits.fair_unit)
    by_grade = np.bincount(people.grade[people.grade >= 0], minlength=grades)
    return [*count[outcome.problem.limits.fair_unit].tolist(), *by_grade.tolist()]
