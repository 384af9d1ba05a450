"""What would have to change for a person to be given a course: numbers worked out on paper, and true of any plan."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.training.by_hand import problem_of
from tests.engines.training.checker import stated
from tests.engines.training.strategies import problems, random_problem
from vested.engines.training import Plan, Prices, Problem, WhatIf, Why, explain, plan, what_if

# One person with ten hours, who takes course 0 (four hours, two levels of skill 0).
OFFICE = problem_of(
    levels=[[0.0, 0.0, 0.0]],
    hours=[10],
    required=[[2.0, 1.0, 3.0]],
    courses=[(4, 0), (12, 0), (8, 30), (3, 0), (2, 0), (5, 0)],
    outcomes=[(0, 0, 0, 2), (1, 1, 0, 1), (2, 2, 0, 3), (3, 1, 2, 3)],
    prerequisite=[-1, -1, -1, -1, 1, -1],
    sessions=[(0, 1, -1), (1, 2, -1), (2, 1, 5), (3, 2, -1), (4, 2, -1)],
    budgets=[(-1, 50)],
)


def priced(problem: Problem, *, seat: float = 0.0, money: float = 0.0) -> Plan:
    prices = Prices(
        seat=np.array([0.0, 0.0, seat, 0.0, 0.0]),
        budget=np.array([money]),
        need=np.array([]),
        group=np.array([]),
        compulsory=0.0,
    )
    return stated(problem, [0], [0], prices=prices)


def asked(course: int, problem: Problem = OFFICE, *, seat: float = 0.0, money: float = 0.0) -> WhatIf:
    return what_if(problem, priced(problem, seat=seat, money=money), person=0, course=course)


def test_what_hours_levels_and_courses_before_it_are_missing() -> None:
    long = asked(1)
    assert (long.why, long.hours) == (Why.HOURS, 12.0)
    high = asked(3)
    assert (high.why, high.skill, high.asked, high.reached) == (Why.LEVEL, 1, 2.0, 0.0)
    late = asked(4)
    assert (late.why, late.before) == (Why.PREREQUISITE, 1)
    assert asked(5).why is Why.NO_SESSION


def test_what_the_hours_hold_beside_it_count() -> None:
    people = replace(OFFICE.people, accepted=np.array([[0, 0]]))
    assert asked(2, replace(OFFICE, people=people)).hours == 12.0


def test_the_plan_with_it_gives_up_what_no_longer_fits() -> None:
    found = asked(2, seat=1.5, money=0.01)
    assert (found.why, found.session) == (Why.WORTH, 2)
    assert (found.takes.tolist(), found.gives.tolist()) == ([2], [0])
    assert (found.loss, found.price, found.seat) == pytest.approx((-1.0, 1.8, 1.5))
    assert (found.cost, found.budget) == (30.0, -1)
    assert found.short == pytest.approx(0.8)  # 2 levels now against 3 less 1.8


def test_what_is_worth_it_at_these_prices_is_short_of_nothing() -> None:
    assert asked(2).short == 0.0


def test_money_and_seats_that_are_missing() -> None:
    poor = replace(OFFICE, limits=replace(OFFICE.limits, budget=np.array([20.0])))
    found = asked(2, poor, money=0.1)
    assert (found.why, found.cost, found.budget, found.session) == (Why.BUDGET, 30.0, 0, 2)
    assert found.short == pytest.approx(2.0 - (3.0 - 3.0))
    none = replace(OFFICE, catalogue=replace(OFFICE.catalogue, session_seats=np.array([-1, -1, 0, -1, -1])))
    found = asked(2, none)
    assert (found.why, found.session) == (Why.SEATS, -1)
    assert np.isnan(found.short)


def test_what_the_plan_gives_or_the_person_has_is_refused() -> None:
    with pytest.raises(ValueError, match="in the plan"):
        asked(0)
    with pytest.raises(ValueError, match="completed"):
        asked(2, replace(OFFICE, people=replace(OFFICE.people, completed=np.array([[0, 2]]))))


@given(problem=problems(), seed=st.integers(0, 3))
def test_it_names_the_reason_the_plan_gives(problem: Problem, seed: int) -> None:
    _agrees(problem, plan(problem, gap=0.0, seed=seed, threads=1))


def test_it_names_the_reason_the_plan_of_an_office_gives() -> None:
    problem = random_problem(0, people=60, courses=20, skills=5, periods=3, scarcity=0.9, money=0.3)
    assert len(_agrees(problem, plan(problem, gap=0.01))) > 3


def _agrees(problem: Problem, chosen: Plan) -> set[Why]:
    said = explain(problem, chosen, threads=1)
    rows = zip(said.unmet_person.tolist(), said.unmet_course.tolist(), said.unmet_why.tolist(), strict=True)
    seen = set()
    for person, course, why in rows:
        found = what_if(problem, chosen, person=person, course=course)
        assert found.why == why
        seen.add(found.why)
        if found.why is Why.HOURS:
            hours = problem.people.hours.copy()
            assert found.hours > hours[person]
            for give, enough in ((found.hours, True), (found.hours - 1e-6, False)):
                hours[person] = give
                longer = replace(problem, people=replace(problem.people, hours=hours))
                assert (what_if(longer, chosen, person=person, course=course).why is not Why.HOURS) == enough
        elif found.why is Why.LEVEL:
            assert found.reached < found.asked
        elif found.why is Why.BUDGET:
            assert found.cost > problem.limits.budget[found.budget] - chosen.budget_used[found.budget]
        if found.session >= 0:
            assert problem.catalogue.session_course[found.session] == course
            assert found.session in found.takes
            assert found.short >= 0.0
    return seen
