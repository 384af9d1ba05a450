"""assignments.csv and prices.csv."""

from collections.abc import Iterator
from pathlib import Path

from vested.plans.files._cells import MONEY, PRICE, Cell, need_id, rounded, sentence, write_table
from vested.plans.outcome import Outcome
from vested.plans.reasons import reasons_of

ASSIGNMENTS = ("person_id", "session_id", "course_id", "period", "reason")
PRICES = ("kind", "id", "capacity", "used", "price", "step", "gain", "at_most")


def write_assignments(outcome: Outcome, path: Path) -> None:
    """Write who takes which session and why, a row an assignment, in the order of the plan."""
    write_table(path, ASSIGNMENTS, _assignments(outcome))


def write_prices(outcome: Outcome, path: Path) -> None:
    """Write what limits the plan and what a little more of it is worth.

    A row for each session (kind seat), budget, need of an initiative and fairness group; ``price`` is the value of one
    more seat, unit of money, person, or weighted level. ``step`` is what ``gain`` and ``at_most`` are for: one seat,
    or one per cent of a budget; they are given for the dearest ones, which were solved again.
    """
    write_table(path, PRICES, _prices(outcome))


def _assignments(outcome: Outcome) -> Iterator[tuple[Cell, ...]]:
    sector, plan = outcome.sector, outcome.plan
    rows = zip(plan.person.tolist(), plan.session.tolist(), reasons_of(outcome), strict=True)
    for person, number, reason in rows:
        session = sector.sessions[number]
        person_id = sector.staff[person].person_id
        yield person_id, session.session_id, session.course_id, session.period, sentence(reason)


def _prices(outcome: Outcome) -> Iterator[tuple[Cell, ...]]:
    sector, plan, prices = outcome.sector, outcome.plan, outcome.plan.prices
    again = {(gain.kind, gain.index): (rounded(gain.gain), rounded(gain.at_most)) for gain in outcome.gains}
    for j, session in enumerate(sector.sessions):
        used, price = int(plan.seats_used[j]), rounded(prices.seat[j], PRICE)
        yield "seat", session.session_id, session.seats, used, price, 1, *again.get(("seat", j), (None, None))
    for b, budget in enumerate(sector.budgets):
        amount, spent, step = (rounded(x, MONEY) for x in (budget.amount, plan.budget_used[b], budget.amount / 100))
        price, gains = rounded(prices.budget[b], PRICE), again.get(("budget", b), (None, None))
        yield "budget", budget.unit_id or "", amount, spent, price, step, *gains
    for k, need in enumerate(sector.initiative_skills):
        price = rounded(prices.need[k], PRICE)
        yield "need", need_id(need), need.people, int(plan.holders_after[k]), price, None, None, None
    for g, group in enumerate(outcome.groups):
        target, closed = rounded(plan.fairness.target[g]), rounded(plan.fairness.closed[g])
        name = f"{group.kind}|{group.group_id}"
        yield "fairness", name, target, closed, rounded(prices.group[g], PRICE), None, None, None
