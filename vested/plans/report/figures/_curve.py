"""What other budgets would buy, and who would feel it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vested.engines.training import Plan
from vested.plans.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Point:
    """The plan at ``factor`` times every budget; ``changed`` people get other sessions than in this plan.

    ``value`` (levels) is proven to miss the ``ceiling`` by at most the share ``distance``; ``share`` of the gap
    closes, ``worth`` and ``worth_ceiling`` are the value and its ceiling as shares of everything asked.
    """

    factor: float
    budget: float | None
    cost: float
    given: int
    value: float
    ceiling: float
    distance: float
    share: float
    worth: float
    worth_ceiling: float
    changed: int


@dataclass(frozen=True, slots=True)
class Shift:
    """A ministry or agency: the ``shares`` of its own gap that close at each point, ``base`` being this plan's."""

    name: str
    hidden: bool
    shares: tuple[float, ...]
    base: int

    @property
    def differences(self) -> tuple[tuple[float, float], ...]:
        """For each point the difference to this plan, and the share itself."""
        return tuple((share - self.shares[self.base], share) for share in self.shares)


@dataclass(frozen=True, slots=True)
class Curve:
    """Points by rising budget, ``base`` being this plan's place among them, and the units, hardest hit first."""

    points: tuple[Point, ...]
    base: int
    shifts: tuple[Shift, ...]

    @property
    def here(self) -> Point:
        """This plan's point."""
        return self.points[self.base]

    @property
    def last(self) -> Point:
        """The point with the most money."""
        return self.points[-1]

    @property
    def less(self) -> Point | None:
        """The next point with less money."""
        return self.points[self.base - 1] if self.base else None

    @property
    def more(self) -> Point | None:
        """The next point with more money."""
        return self.points[self.base + 1] if self.base + 1 < len(self.points) else None


def curve(outcome: Outcome, *, gap: float, asked: float, unit_hidden: Sequence[bool]) -> Curve | None:
    """Compare the plans along the curve; None where it was not asked for."""
    if not outcome.curve:
        return None
    along = sorted(outcome.curve, key=lambda point: point.factor)
    base = min(range(len(along)), key=lambda at: abs(along[at].factor - 1.0))
    overall = next((budget.amount for budget in outcome.sector.budgets if budget.unit_id is None), None)
    points = []
    for point in along:
        value = point.plan.value
        ceiling = max(value.bound, value.objective)
        points.append(
            Point(
                factor=point.factor,
                budget=None if overall is None else overall * point.factor,
                cost=value.cost,
                given=point.plan.compulsory.given,
                value=value.objective,
                ceiling=ceiling,
                distance=max(value.gap, 0.0),
                share=value.gap_closed / gap if gap > 0 else 0.0,
                worth=value.objective / asked if asked > 0 else 0.0,
                worth_ceiling=ceiling / asked if asked > 0 else 0.0,
                changed=changed_people(along[base].plan, point.plan),
            )
        )
    shifts = []
    for at, hidden in enumerate(unit_hidden):
        own = float(outcome.plan.fairness.gap[at])
        if own > 0:
            shares = tuple(float(point.plan.fairness.closed[at]) / own for point in along)
            shifts.append(Shift(outcome.groups[at].name, hidden, shares, base))
    shifts.sort(key=lambda s: (s.hidden, 0.0 if s.hidden else s.shares[0] - s.shares[base], s.name))
    return Curve(points=tuple(points), base=base, shifts=tuple(shifts))


def changed_people(one: Plan, other: Plan) -> int:
    """Count the people whose sessions differ between two plans."""
    sessions = len(one.seats_used)
    pairs = [plan.person * sessions + plan.session for plan in (one, other)]
    return len(np.unique(np.setxor1d(pairs[0], pairs[1]) // sessions)) if sessions else 0
