"""What one more seat or a little more money would buy."""

from dataclasses import dataclass

from vested.plans.outcome import Outcome

STEP = 0.01
"""The share of a budget one step adds."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A session whose seats are scarce; one more buys ``gain`` levels at least and ``at_most`` at the very most."""

    title: str
    session_id: str
    period: int
    seats: int
    used: int
    gain: float
    at_most: float


@dataclass(frozen=True, slots=True)
class Money:
    """A budget (``unit`` None: overall) and what ``step`` more of it buys; gains None where not solved again."""

    unit: str | None
    amount: float
    used: float
    step: float
    price: float
    gain: float | None
    at_most: float | None

    @property
    def share(self) -> float:
        """Share of the money that is used."""
        return self.used / self.amount if self.amount > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Scarce:
    """Scarce seats and all budgets, each by what more of it buys, the most first; ``full`` of ``limited`` sessions."""

    seats: tuple[Seat, ...]
    budgets: tuple[Money, ...]
    full: int
    limited: int
    most_seat: float
    most_budget: float


def scarce(outcome: Outcome) -> Scarce:
    """Collect the seats and budgets that were solved again, and every other budget."""
    sector, plan = outcome.sector, outcome.plan
    course_title = {course.course_id: course.title for course in sector.courses}
    unit_name = {unit.unit_id: unit.name for unit in sector.units}
    seats, money = [], {}
    for gain in outcome.gains:
        if gain.kind == "seat":
            session = sector.sessions[gain.index]
            seats.append(
                Seat(
                    title=course_title[session.course_id],
                    session_id=session.session_id,
                    period=session.period,
                    seats=session.seats or 0,
                    used=int(plan.seats_used[gain.index]),
                    gain=max(gain.gain, 0.0),
                    at_most=max(gain.at_most, gain.gain, 0.0),
                )
            )
        else:
            money[gain.index] = gain
    budgets = []
    for at, budget in enumerate(sector.budgets):
        found = money.get(at)
        budgets.append(
            Money(
                unit=None if budget.unit_id is None else unit_name[budget.unit_id],
                amount=budget.amount,
                used=float(plan.budget_used[at]),
                step=STEP * budget.amount,
                price=float(plan.prices.budget[at]) * STEP * budget.amount,
                gain=None if found is None else max(found.gain, 0.0),
                at_most=None if found is None else max(found.at_most, found.gain, 0.0),
            )
        )
    limits = [(s.seats, int(u)) for s, u in zip(sector.sessions, plan.seats_used, strict=True) if s.seats is not None]
    return Scarce(
        seats=tuple(sorted(seats, key=lambda seat: (-seat.gain, -seat.at_most, seat.session_id))),
        budgets=tuple(sorted(budgets, key=lambda b: (b.gain is None, -(b.gain or 0.0), -b.price, -b.share))),
        full=sum(used >= most for most, used in limits),
        limited=len(limits),
        most_seat=max((seat.at_most for seat in seats), default=0.0),
        most_budget=max((budget.at_most or 0.0 for budget in budgets), default=0.0),
    )
