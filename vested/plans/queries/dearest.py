"""What one more seat or a little more money would buy: exactly for a plan, estimated for a point of its curve."""

from dataclasses import dataclass

from vested.plans.models import Plan
from vested.plans.queries.solved import figures, solved
from vested.plans.report.figures import STEP


@dataclass(frozen=True, slots=True, kw_only=True)
class Dear:
    """A session's seat (``period`` is when it is held) or a budget (``step`` more money); what it buys, in levels.

    ``name`` is the course, or the budget's unit, empty for the whole sector. ``at_most`` is proven, and None where
    ``gain`` is an estimate from prices.
    """

    name: str
    gain: float
    at_most: float | None
    step: float = 0.0
    period: int = 0


def dearest(plan: Plan, *, most: int) -> list[Dear]:
    """The seats and budgets of which one more step buys most, each solved again."""
    scarce = figures(plan).scarce
    rows = [Dear(name=one.title, gain=one.gain, at_most=one.at_most, period=one.period) for one in scarce.seats]
    rows += [
        Dear(name=one.unit or "", gain=one.gain, at_most=one.at_most, step=one.step)
        for one in scarce.budgets
        if one.gain is not None
    ]
    return sorted((row for row in rows if row.gain > 0), key=lambda row: -row.gain)[:most]


def dearest_at(plan: Plan, factor: float, *, most: int) -> list[Dear]:
    """The same at a point of the budget curve, estimated from the prices its bound was proven with."""
    outcome = solved(plan).outcome
    sector, prices = outcome.sector, next(one for one in outcome.curve if one.factor == factor).plan.prices
    titles = {course.course_id: course.title for course in sector.courses}
    units = {unit.unit_id: unit.name for unit in sector.units}
    rows = [
        Dear(name=titles[session.course_id], gain=gain, at_most=None, period=session.period)
        for session, gain in zip(sector.sessions, prices.seat.tolist(), strict=True)
    ]
    for budget, price in zip(sector.budgets, prices.budget.tolist(), strict=True):
        step = STEP * factor * budget.amount
        name = units[budget.unit_id] if budget.unit_id else ""
        rows.append(Dear(name=name, gain=step * price, at_most=None, step=step))
    return sorted((row for row in rows if row.gain > 0), key=lambda row: -row.gain)[:most]
