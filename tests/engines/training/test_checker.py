"""The judge is judged: it passes what is right, and one fault planted for each rule is found."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.training import oracle
from tests.engines.training.by_hand import problem_of
from tests.engines.training.checker import check, check_bound, proven_bound, stated
from tests.engines.training.strategies import pairs, problems, random_problem
from vested.engines.training import Plan, Prices, Problem
from vested.engines.training._nouns import Floats

# Two people of one team (unit 1) and one beside it. Person 0 takes session 0 (course 0, 0 -> 1), then session 2
# (course 1, 1 -> 3, after course 0); person 1 takes session 1 (course 0 in period 2); person 2 takes session 3.
OFFICE = problem_of(
    levels=[[0], [0], [2]],
    hours=[4, 2, 2],
    unit=[1, 1, 0],
    parent=[-1, 0],
    grade=[0, 1, -1],
    required=[[3]],
    courses=[(2, 10), (2, 20), (1, 5), (1, 5)],
    outcomes=[(0, 0, 0, 1), (1, 0, 1, 3)],
    prerequisite=[-1, 0, -1, -1],
    language=[-1, -1, 0, 1],
    speaks=[[True, False]] * 3,
    sessions=[(0, 1, 1), (0, 2, 1), (1, 2, 1), (2, 1, 1), (3, 1, -1)],
    compulsory=[[True, False, False, False]],
    completed=[(2, 0)],
    wishes=[(2, 2, 0.5)],
    accepted=[(0, 2)],
    declined=[(1, 0)],
    needs=[(1, 0, 3, 2, 2, 4), (-1, 0, 1, 3, 1, 1)],
    budgets=[(-1, 50), (1, 40)],
    fair_unit=[1],
    fairness=0.75,
    cost_weight=0.001,
)
PLANNED = ([0, 0, 1, 2], [0, 2, 1, 3])
# Compulsory: 2 given. Gap of unit 1: 6, target 4.5, closed 3 + 1; grades: 3 (target 2.25, closed 3), 3 (closed 1).
# Need 0: person 0 holds level 3 by period 2: 4. Need 1, by period 1: persons 0 and 2, one of them new: 1. Wish 0.5.
WORTH = 3 + 1 + 4 + 1 + 0.5 - 0.001 * 45


def test_what_is_right_passes() -> None:
    plan = stated(OFFICE, *PLANNED)
    assert check(OFFICE, plan).violations == ()
    assert plan.compulsory.given == 2
    assert plan.fairness.shortfall == pytest.approx(0.5 + 1.25)
    assert plan.fairness.closed.tolist() == [4, 3, 1]
    assert plan.value.objective == pytest.approx(WORTH)
    assert plan.holders_before.tolist() == [0, 1]
    assert plan.holders_after.tolist() == [1, 2]
    assert plan.budget_used.tolist() == [45, 40]
    assert plan.seats_used.tolist() == [1, 1, 1, 1, 0]


def _people(**change: Any) -> Problem:
    return replace(OFFICE, people=replace(OFFICE.people, **change))


def _catalogue(**change: Any) -> Problem:
    return replace(OFFICE, catalogue=replace(OFFICE.catalogue, **change))


def _limits(**change: Any) -> Problem:
    return replace(OFFICE, limits=replace(OFFICE.limits, **change))


BROKEN_RULES: dict[str, tuple[Problem, tuple[list[int], list[int]], str]] = {
    "seats": (OFFICE, ([0, 0, 1, 2], [0, 2, 0, 3]), "session 0: 2 people for 1 seats"),
    "no seats": (_catalogue(session_seats=np.array([1, 1, 1, 0, -1])), PLANNED, "session 3: 1 people for 0 seats"),
    "overall budget": (_limits(budget=np.array([44.5, 40.0])), PLANNED, "budget 0: 45 spent of 44.5"),
    "unit budget": (_limits(budget=np.array([50.0, 39.0])), PLANNED, "budget 1: 40 spent of 39"),
    "hours": (_people(hours=np.array([3.5, 2.0, 2.0])), PLANNED, "person 0: 4 hours of 3.5"),
    "accepted": (OFFICE, ([0, 1, 2], [0, 1, 3]), "person 0, session 2: was accepted"),
    "declined": (_people(declined=pairs([(2, 3)])), PLANNED, "person 2, session 3: was declined"),
    "completed": (_people(completed=pairs([(2, 2)])), PLANNED, "course 2 is completed already"),
    "twice": (OFFICE, ([0, 0, 0], [0, 1, 2]), "person 0: course 0 twice, in sessions 0 and 1"),
    "the same row twice": (OFFICE, ([0, 0, 2, 2], [0, 2, 3, 3]), "person 2: course 2 twice, in sessions 3 and 3"),
    "language": (OFFICE, ([0, 0, 2], [0, 2, 4]), "person 2, session 4: does not learn in language 1"),
    "prerequisite missing": (_people(completed=pairs([])), ([0, 0, 2], [0, 2, 2]), "course 0 has to come before"),
    "prerequisite in the same period": (
        _people(accepted=pairs([]), levels=np.array([[1.0], [0.0], [2.0]])),
        ([0, 0], [1, 2]),
        "person 0, session 2: course 0 has to come before course 1",
    ),
    "level": (_people(levels=np.array([[0.0], [0.0], [0.5]])), ([0, 0, 2], [0, 2, 2]), "level 0.5 in skill 0, course"),
    "level in the same period": (
        _catalogue(prerequisite=np.full(4, -1)),
        ([0, 0], [1, 2]),
        "person 0, session 2: level 0 in skill 0, course 1 starts from 1",
    ),
}


@pytest.mark.parametrize("name", BROKEN_RULES)
def test_a_broken_rule_is_found(name: str) -> None:
    problem, planned, words = BROKEN_RULES[name]
    violations = check(problem, stated(problem, *planned)).violations
    assert len([violation for violation in violations if words in violation]) == 1, violations


def test_a_prerequisite_may_be_completed_before() -> None:
    problem = _people(completed=pairs([(0, 0), (2, 0)]), levels=np.array([[1.0], [0.0], [2.0]]))
    assert check(problem, stated(problem, [0], [2])).violations == ()


Change = Callable[[Plan], Plan]


def _value(**change: float) -> Change:
    return lambda plan: replace(plan, value=replace(plan.value, **change))


def _fairness(**change: Any) -> Change:
    return lambda plan: replace(plan, fairness=replace(plan.fairness, **change))


def _prices(**change: Any) -> Change:
    return lambda plan: replace(plan, prices=replace(plan.prices, **change))


def _nudged(name: str, *, row: int, by: float) -> Change:
    """Change one row of an array of the plan, or of its fairness (``fairness.closed``)."""
    where, _, what = name.rpartition(".")

    def change(plan: Plan) -> Plan:
        holder: Any = getattr(plan, where) if where else plan
        array = getattr(holder, what).copy()
        array[row] += by
        changed: Any = replace(holder, **{what: array})
        return replace(plan, fairness=changed) if where else changed  # fairness is the only part with rows

    return change


FALSE_CLAIMS: dict[str, tuple[Change, str]] = {
    "compulsory given": (lambda p: replace(p, compulsory=replace(p.compulsory, given=1)), "compulsory given: claims 1"),
    "compulsory bound": (lambda p: replace(p, compulsory=replace(p.compulsory, bound=1)), "2 given, bound 1"),
    "shortfall": (_fairness(shortfall=1.5, bound=0.0), "fairness shortfall: claims 1.5"),
    "shortfall below its bound": (_fairness(bound=1.8), "is below its bound"),
    "group gap": (_nudged("fairness.gap", row=0, by=0.01), "gap of group 0"),
    "group target": (_nudged("fairness.target", row=1, by=0.01), "target of group 1"),
    "group closed": (_nudged("fairness.closed", row=2, by=0.01), "closed in group 2"),
    "group shortfall": (_nudged("fairness.group_shortfall", row=2, by=-0.01), "shortfall of group 2"),
    "objective": (_value(objective=9.4), "objective: claims 9.4"),
    "objective above its bound": (_value(bound=9.0), "is above its bound"),
    "gap": (_value(bound=2 * WORTH, gap=0.4), "value: gap 0.4"),
    "gap denied": (_value(bound=2 * WORTH, gap=0.0), "value: gap 0.0"),
    "gap invented": (_value(gap=0.1), "value: gap 0.1"),
    "gap closed": (_value(gap_closed=4.001), "gap closed: claims 4.001"),
    "value of needs": (_value(needs=4.0), "value of needs: claims 4.0"),
    "value of wishes": (_value(wishes=0.0), "value of wishes: claims 0.0"),
    "cost": (_value(cost=44.0), "cost: claims 44.0"),
    "seats used": (_nudged("seats_used", row=4, by=1), "seats used of session 4"),
    "budget used": (_nudged("budget_used", row=1, by=5.0), "spent of budget 1"),
    "holders before": (_nudged("holders_before", row=1, by=1), "holders before for need 1"),
    "holders after": (_nudged("holders_after", row=1, by=1), "holders after for need 1"),
    "a negative price": (_prices(need=np.array([0.0, -0.5])), "price of need 1 is -0.5"),
    "a price that is no number": (_prices(group=np.array([0.0, np.nan, 0.0])), "price of group 1 is nan"),
    "an endless price": (_prices(compulsory=np.inf), "price of compulsory 0 is inf"),
    "a price where nothing is scarce": (_prices(seat=np.array([0, 0, 0, 0, 1.0])), "session 4 has no limit"),
    "order": (lambda p: replace(p, person=p.person[::-1], session=p.session[::-1]), "not sorted"),
    "order in time": (lambda p: replace(p, session=p.session[[1, 0, 2, 3]]), "not sorted"),
    "lengths": (lambda p: replace(p, session=p.session[:-1]), "session has shape (3,), not (4,)"),
    "prices of everything": (_prices(budget=np.zeros(1)), "prices.budget has shape (1,), not (2,)"),
    "an unknown person": (lambda p: replace(p, person=p.person + 1), "person names a row outside 0..2"),
    "an unknown session": (lambda p: replace(p, session=p.session - 1), "session names a row outside 0..4"),
}


@pytest.mark.parametrize("name", FALSE_CLAIMS)
def test_a_false_claim_is_found(name: str) -> None:
    change, words = FALSE_CLAIMS[name]
    violations = check(OFFICE, change(stated(OFFICE, *PLANNED))).violations
    assert [violation for violation in violations if words in violation], violations


def test_finishing_short_of_the_gap_asked_for_is_found() -> None:
    plan = _value(bound=2 * WORTH, gap=0.5)(stated(OFFICE, *PLANNED))
    assert check(OFFICE, plan).violations == ()
    assert check(OFFICE, plan, gap=0.5).violations == ()
    assert "finished with a gap" in check(OFFICE, plan, gap=0.002).violations[0]
    assert check(OFFICE, replace(plan, finished=False), gap=0.002).violations == ()


@given(problems(), st.integers(0, 2**32 - 1))
def test_any_prices_prove_a_bound(problem: Problem, seed: int) -> None:
    best = oracle.optimum(problem)
    prices = _any_prices(problem, np.random.default_rng(seed))
    proven = proven_bound(problem, prices, given=best.given, shortfall=best.shortfall)
    assert proven >= best.value - 1e-9
    plan = stated(
        problem, best.person, best.session, bounds=(best.given, best.shortfall, max(proven, best.value)), prices=prices
    )
    assert check(problem, plan).violations == ()
    assert check_bound(problem, plan).violations == ()


def _any_prices(problem: Problem, rng: np.random.Generator) -> Prices:
    seats, groups = problem.catalogue.session_seats, oracle.group_gaps(problem)

    def some(size: int) -> Floats:
        return rng.choice([0.0, 0.0, 0.2, 1.0, 5.0], size) * rng.random(size)

    return Prices(
        seat=np.where(seats == -1, 0.0, some(len(seats))),
        budget=some(len(problem.limits.budget)),
        need=some(len(problem.needs.unit)),
        group=some(len(groups)),
        compulsory=float(some(1)[0]),
    )


def test_bounds_that_promise_too_much_are_found() -> None:
    best = oracle.optimum(OFFICE)
    assert (best.given, best.shortfall, best.value) == pytest.approx((2, 1.75, WORTH))
    right = stated(OFFICE, best.person, best.session)
    proven = proven_bound(OFFICE, right.prices, given=best.given, shortfall=best.shortfall)
    # Without any price everybody does as they like. Person 1, short of hours, takes course 0 (1 and need 1) or waits;
    # 0 and 2 do as planned, and 2 closes the last level by course 1 (1); both needs are met in full beside (2 * 4 + 2).
    assert proven == pytest.approx((3 - 0.03) + (1 - 0.01) + (1 - 0.02) + 10)
    plan = stated(OFFICE, best.person, best.session, bounds=(2, 1.75, proven))
    assert check_bound(OFFICE, plan).violations == ()

    def words(*, compulsory: int = 2, shortfall: float = 1.75, value: float = proven) -> str:
        changed = stated(OFFICE, best.person, best.session, bounds=(compulsory, shortfall, value))
        return " | ".join(check_bound(OFFICE, changed).violations)

    assert "2 pairs can be given" in words(compulsory=1)
    assert "a shortfall of 1.75 can be reached" in words(shortfall=1.8)
    assert words(value=proven - 0.1) == ""  # tighter than the prices prove, and right all the same
    assert f"but {best.value!r} can be reached" in words(value=WORTH - 0.1)


def test_bounds_hold_given_what_the_stages_before_reached() -> None:
    # A plan that gives less is judged against all that give as little: nothing accepted, and nobody has to learn.
    problem = _people(accepted=pairs([]))
    idle = stated(problem, [], [], bounds=(2, 1.75, 20.0))
    verdict = check_bound(problem, idle)
    assert (verdict.compulsory, verdict.shortfall) == (2, 1.75)
    assert verdict.value >= WORTH
    assert verdict.violations == ()


def test_a_large_plan_is_judged() -> None:
    problem = random_problem(3, 3000, 120)
    accepted = problem.people.accepted
    assert len(accepted) > 10
    assert check(problem, stated(problem, accepted[:, 0], accepted[:, 1])).violations == ()
