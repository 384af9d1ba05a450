"""Reasons of computed plans are true, and every reason there is can be given."""

from collections import Counter
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.training._explanation import instead_of
from tests.engines.training.by_hand import problem_of
from tests.engines.training.checker import check, check_explanation, stated
from tests.engines.training.strategies import problems, random_problem
from tests.engines.training.test_checker_explanation import REASONS, TAKEN, UNMET
from vested.engines.training import Explanation, Plan, Prices, Problem, Why, explain, plan

NEAR = 1e-6  # worth at prices


@given(problem=problems(), seed=st.integers(0, 3))
def test_reasons_are_true_and_the_next_best_is_the_best(problem: Problem, seed: int) -> None:
    chosen = plan(problem, gap=0.0, seed=seed, threads=1)
    explanation = explain(problem, chosen, threads=1)
    assert check_explanation(problem, chosen, explanation) == ()
    _check_best(problem, chosen, explanation)


def _check_best(problem: Problem, chosen: Plan, explanation: Explanation) -> None:
    """Compare each next best with everything the person could have without the course."""
    assert explanation.gain_value.sum() == pytest.approx(chosen.value.gap_closed)
    for row in np.flatnonzero(~explanation.accepted).tolist():
        options = instead_of(problem, chosen, row)
        assert options is not None
        held = [option for option in options if not set(option.sessions) & _closed(problem)]
        best = max((option.reduced for option in held), default=-np.inf)
        able = [option for option in held if option.reduced >= best - NEAR]
        said = (int(explanation.next_session[row]), float(explanation.next_loss[row]))
        assert (said[0] == -1 and not held) or any(
            option.session == said[0] and option.loss == pytest.approx(said[1], abs=NEAR) for option in able
        ), (row, said, able)


def _closed(problem: Problem) -> set[int]:
    """List the sessions without any seat: nobody takes one of these instead."""
    return set(np.flatnonzero(problem.catalogue.session_seats == 0).tolist())


@pytest.mark.parametrize(("seed", "skills"), [(0, 5), (1, 3)])
def test_reasons_are_true_for_an_office(seed: int, skills: int) -> None:
    problem = random_problem(seed, people=60, courses=20, skills=skills, periods=3, scarcity=0.9, money=0.3)
    chosen = plan(problem, gap=0.01, seed=seed)
    explanation = explain(problem, chosen, threads=1)
    assert check_explanation(problem, chosen, explanation) == ()
    assert (explanation.next_session >= 0).any()
    assert len(set(explanation.unmet_why.tolist())) > 3
    again = explain(problem, chosen, threads=3)
    for field in fields(Explanation):
        assert np.array_equal(getattr(explanation, field.name), getattr(again, field.name)), field.name


def test_every_reason_for_what_is_not_given() -> None:
    explanation = explain(UNMET, stated(UNMET, *TAKEN))
    assert explanation.unmet_person.tolist() == [0] * 9
    assert explanation.unmet_course.tolist() == list(range(9))
    assert explanation.unmet_why.tolist() == REASONS
    assert not explanation.unmet_compulsory.any()


def test_a_compulsory_course_wished_for_is_listed_once_and_as_compulsory() -> None:
    compulsory = np.zeros((1, 10), dtype=np.bool_)
    compulsory[0, 5] = True
    problem = replace(UNMET, roles=replace(UNMET.roles, compulsory=compulsory))
    explanation = explain(problem, stated(problem, *TAKEN))
    rows = zip(explanation.unmet_person, explanation.unmet_course, explanation.unmet_compulsory, strict=True)
    assert Counter(row for row in rows if row[1] == 5) == {(0, 5, True): 1, (1, 5, True): 1}


# Course 2 needs level 1, which course 0 gives in 2 hours and course 1 in 1, and course 3 done before it.
CHAIN = problem_of(
    levels=[[0.0]],
    required=[[2.0]],
    courses=[(2, 0), (1, 3), (4, 0), (3, 0)],
    prerequisite=[-1, -1, 3, -1],
    outcomes=[(0, 0, 0, 1), (1, 0, 0, 1), (2, 0, 1, 2)],
    sessions=[(0, 1, -1), (1, 1, -1), (2, 2, -1), (3, 1, -1), (3, 2, -1)],
    wishes=[(0, 2, 1.0)],
)


@pytest.mark.parametrize(
    ("hours", "budget", "accepted", "why"),
    [
        (7.75, 100, [], Why.HOURS),  # 1 + 3 + 4 hours are needed
        (8, 100, [], Why.WORTH),
        (8, 2, [], Why.BUDGET),  # 9 hours would do without money
        (9, 2, [], Why.WORTH),
        (9, 2, [(0, 4)], Why.PREREQUISITE),  # course 3 in the period of course 2
        (9, 3, [(0, 1)], Why.WORTH),
        (8.5, 3, [(0, 0)], Why.HOURS),
    ],
)
def test_support_counts_for_hours_and_money(
    hours: float, budget: float, accepted: list[tuple[int, int]], why: Why
) -> None:
    problem = replace(
        CHAIN,
        people=replace(
            CHAIN.people, hours=np.array([float(hours)]), accepted=np.array(accepted, np.int64).reshape(-1, 2)
        ),
        limits=replace(CHAIN.limits, budget_unit=np.array([-1]), budget=np.array([float(budget)])),
    )
    chosen = stated(problem, [0] * len(accepted), [j for _, j in accepted])
    assert check(problem, chosen).violations == ()
    assert explain(problem, chosen).unmet_why.tolist() == [why]


def test_a_session_opens_what_falls_without_it_at_once_or_in_turn() -> None:
    problem = problem_of(
        levels=[[0.0]],
        required=[[3.0]],
        courses=[(1, 0)] * 4,
        prerequisite=[-1, -1, 1, -1],
        outcomes=[(0, 0, 0, 1), (1, 0, 1, 2), (3, 0, 0, 1)],
        sessions=[(0, 1, -1), (1, 2, -1), (2, 3, -1), (3, 1, -1)],
        needs=[(-1, 0, 1.0, 1, 1, 1.0), (-1, 0, 2.0, 1, 1, 1.0)],
    )
    chain = explain(problem, stated(problem, [0] * 3, [0, 1, 2]))
    assert list(zip(chain.opens_of, chain.opens, strict=True)) == [(0, 1), (0, 2), (1, 2)]
    twice = explain(problem, stated(problem, [0] * 4, [0, 1, 2, 3]))  # rows: sessions 0, 3, 1, 2
    assert list(zip(twice.opens_of, twice.opens, strict=True)) == [(2, 3)]
    assert twice.gain_of.tolist() == [0, 1, 2]
    assert twice.gain_value.tolist() == [1.0, 0.0, 1.0]
    assert list(zip(twice.serves_of, twice.serves, strict=True)) == [(0, 0)]  # level 2 comes too late for need 1


# One person, one hour: course 0 closes two levels, course 1 one and course 2 three, of which one person has the seat.
CHOICE = problem_of(
    levels=[[0.0, 0.0, 0.0]],
    hours=[1],
    required=[[2.0, 1.0, 3.0]],
    courses=[(1, 0), (1, 0), (1, 10)],
    outcomes=[(0, 0, 0, 2), (1, 1, 0, 1), (2, 2, 0, 3)],
    sessions=[(0, 1, -1), (0, 2, -1), (1, 1, -1), (2, 1, 5)],
    budgets=[(-1, 50)],
)


@pytest.mark.parametrize(
    ("prices", "instead", "why"),  # of the seat and of money; session, loss and price
    [
        ((1.5, 0.0), (3, -1.0, 1.5), Why.SEATS),
        ((0.0, 0.15), (3, -1.0, 1.5), Why.BUDGET),
        ((0.75, 0.1), (3, -1.0, 1.75), Why.BUDGET),
        ((2.5, 0.0), (2, 1.0, 0.0), Why.WORTH),
        ((1.0, 0.125), (2, 1.0, 0.0), Why.WORTH),
    ],
)
def test_why_not_the_next_best(prices: tuple[float, float], instead: tuple[int, float, float], why: Why) -> None:
    seat, money = prices
    asked = Prices(
        seat=np.array([0.0, 0.0, 0.0, seat]),
        budget=np.array([money]),
        need=np.array([]),
        group=np.array([]),
        compulsory=0.0,
    )
    explanation = explain(CHOICE, stated(CHOICE, [0], [0], prices=asked))
    session, loss, price = instead
    assert explanation.next_session.tolist() == [session]
    assert explanation.next_loss.tolist() == pytest.approx([loss])
    assert explanation.next_price.tolist() == pytest.approx([price])
    assert explanation.next_why.tolist() == [why]


def test_what_was_accepted_has_no_next_best_and_the_same_course_is_none() -> None:
    problem = replace(CHOICE, people=replace(CHOICE.people, accepted=np.array([[0, 0]])))
    assert explain(problem, stated(problem, [0], [0])).next_session.tolist() == [-1]
    alone = replace(CHOICE, roles=replace(CHOICE.roles, required=np.array([[2.0, 0.0, 0.0]])))
    explanation = explain(alone, stated(alone, [0], [0]))
    assert (explanation.next_session.tolist(), explanation.next_why.tolist()) == ([-1], [0])
    assert explanation.next_loss.tolist() == [2.0]


@pytest.mark.parametrize(
    ("asked", "seats", "budget", "why"),
    [
        (1, 1, 0, 0),
        (4, 9, 99, Why.LEVEL),  # the fourth person has no hours
        (3, 2, 99, Why.SEATS),
        (3, 1, 0, Why.SEATS),
        (3, 3, 19, Why.BUDGET),
        (3, 3, 20, Why.WORTH),
    ],
)
def test_why_a_need_is_not_met(asked: int, seats: int, budget: float, why: int) -> None:
    # The first person is a holder already; the course costs 10.
    problem = problem_of(
        levels=[[1.0], [0.0], [0.0], [0.0]],
        hours=[9, 9, 9, 0],
        required=[[0.0]],
        courses=[(1, 10)],
        outcomes=[(0, 0, 0, 1)],
        sessions=[(0, 1, seats - 1), (0, 2, 5)],
        needs=[(-1, 0, 1.0, asked, 1, 1.0)],
        budgets=[(-1, budget)],
    )
    explanation = explain(problem, stated(problem, [], []))
    assert explanation.need_reachable.tolist() == [3]
    assert explanation.need_why.tolist() == [why]


def test_nothing_to_explain() -> None:
    problem = problem_of(levels=[[0.0]], required=[[1.0]], courses=[(1, 0)], sessions=[])
    explanation = explain(problem, stated(problem, [], []))
    assert explanation.unmet_why.tolist() == []
    assert explanation.next_session.tolist() == []
