"""The judge of reasons is judged: it passes what is true, and finds each kind of untruth and omission."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.engines.training.by_hand import problem_of
from tests.engines.training.checker import check, check_explanation, stated
from tests.engines.training.test_checker import OFFICE, PLANNED
from vested.engines.training import Explanation, Plan, Problem, Why

# Rows: 0 person 0 session 0 (0 -> 1), 1 person 0 session 2 (1 -> 3), 2 person 1 session 1 (0 -> 1, too late for
# need 1), 3 person 2 session 3 (a wish, raises nothing). Person 2 could take session 2 instead: 2 -> 3 is worth
# 1 - 0.02, the wish 0.5 - 0.005; its one seat is taken. Person 1 declined session 0, so cannot be at level 1 by
# period 1, nor at level 3 by period 2.
TRUE = Explanation(
    gain_of=np.array([0, 1, 2]),
    gain_skill=np.array([0, 0, 0]),
    gain_before=np.array([0.0, 1.0, 0.0]),
    gain_after=np.array([1.0, 3.0, 1.0]),
    gain_value=np.array([1.0, 2.0, 1.0]),
    serves_of=np.array([1, 0]),
    serves=np.array([0, 1]),
    opens_of=np.array([0]),
    opens=np.array([1]),
    compulsory=np.array([True, False, True, False]),
    accepted=np.array([False, True, False, False]),
    wish=np.array([0.0, 0.0, 0.0, 0.5]),
    next_session=np.array([-1, -1, -1, 2]),
    next_loss=np.array([0.0, 0.0, 0.0, 0.495 - 0.98]),
    next_price=np.zeros(4),
    next_why=np.array([0, 0, 0, Why.SEATS]),
    unmet_person=np.array([], dtype=np.int64),
    unmet_course=np.array([], dtype=np.int64),
    unmet_why=np.array([], dtype=np.int64),
    unmet_compulsory=np.array([], dtype=np.bool_),
    need_reachable=np.array([1, 2]),
    need_why=np.array([Why.LEVEL, Why.LEVEL]),
)


def _office() -> Plan:
    return stated(OFFICE, *PLANNED)


def test_true_reasons_pass() -> None:
    assert check_explanation(OFFICE, _office(), TRUE) == ()


UNTRUE: dict[str, tuple[dict[str, Sequence[Any]], str]] = {
    "level before": ({"gain_before": [0.0, 0.0, 0.0]}, "gain of assignment 1 in skill 0: 0 to 3, is 1 to 3"),
    "level after": ({"gain_after": [1.0, 2.0, 1.0]}, "gain of assignment 1 in skill 0: 1 to 2, is 1 to 3"),
    "worth": ({"gain_value": [1.0, 2.5, 1.0]}, "gains of person 0 in skill 0 and period 2: worth 2.5, is 2.0"),
    "a gain that is none": ({"gain_of": [0, 1, 3]}, "gain of assignment 3 in skill 0: it raises no level"),
    "a gain left out": ({"gain_of": [0, 1, 3]}, "gains of person 1 in skill 0 and period 2: nothing stated"),
    "a gain twice": ({"gain_of": [0, 0, 2]}, "gain of assignment 0 in skill 0: stated twice"),
    "serves what it does not": ({"serves_of": [1, 2]}, "assignment 2 serves need 1: it does not"),
    "serves and not said": ({"serves_of": [1, 2]}, "need 1: person 0 becomes a holder in period 1, not stated"),
    "opens what it does not": ({"opens": [2]}, "assignment 0 opens 2: it does not"),
    "opens and not said": ({"opens_of": [], "opens": []}, "assignment 0 opens 1: not stated"),
    "compulsory": ({"compulsory": [True, True, True, False]}, "assignment 1: compulsory is True"),
    "accepted": ({"accepted": [False, False, False, False]}, "assignment 1: accepted is False"),
    "wish": ({"wish": [0.0, 0.0, 0.0, 0.25]}, "assignment 3: wish 0.25, is 0.5"),
    "next best not open": ({"next_session": [-1, -1, -1, 4]}, "next best session 4 is not open to person 2"),
    "loss": ({"next_loss": [0.0, 0.0, 0.0, 0.1]}, "next best session 2 loses 0.1"),
    "why not the next best": ({"next_why": [0, 0, 0, Why.HOURS]}, "assignment 3: 6 is no reason"),
    "why not nothing": ({"next_why": [Why.WORTH, 0, 0, Why.SEATS]}, "assignment 0: no next best, and a reason"),
    "reachable": ({"need_reachable": [2, 2]}, "need 0: 2 people could be holders, are 1"),
    "why a need is not met": ({"need_why": [0, Why.LEVEL]}, "need 0: reason 0, should be one of [4]"),
}


@pytest.mark.parametrize("name", UNTRUE)
def test_an_untruth_is_found(name: str) -> None:
    change, words = UNTRUE[name]
    changes: Any = {field: np.array(rows, dtype=getattr(TRUE, field).dtype) for field, rows in change.items()}
    wrong = check_explanation(OFFICE, _office(), replace(TRUE, **changes))
    assert [line for line in wrong if words in line], wrong


# Person 0 has 10 hours and wishes for a course per reason, the first ones not to be had in this order: not held; in
# another language; declined; from level 1 nobody leads to; after a course that is not held; 11 hours; its seat taken
# by person 1; the money for it spent by person 1; and one of 4 hours beside one of 8 that closes a level.
WISHES = [(0, c, 0.1) for c in range(9)]
UNMET = problem_of(
    levels=[[0], [0]],
    hours=[10, 100],
    required=[[1]],
    courses=[(1, 0), (1, 0), (1, 0), (1, 0), (1, 0), (11, 0), (1, 0), (1, 5), (4, 0), (8, 0)],
    language=[-1, 1, -1, -1, -1, -1, -1, -1, -1, -1],
    speaks=[[True, False], [True, True]],
    prerequisite=[-1, -1, -1, -1, 0, -1, -1, -1, -1, -1],
    outcomes=[(3, 0, 2, 3), (9, 0, 0, 1)],
    sessions=[*((c, 1, 1 if c == 6 else -1) for c in range(1, 10)), (7, 2, -1)],
    declined=[(0, 1)],
    wishes=WISHES,
    budgets=[(-1, 5)],
)
TAKEN = ([0, 1, 1], [8, 5, 6])
REASONS = [
    Why.NO_SESSION,
    Why.LANGUAGE,
    Why.DECLINED,
    Why.LEVEL,
    Why.PREREQUISITE,
    Why.HOURS,
    Why.SEATS,
    Why.BUDGET,
    Why.WORTH,
]


def _unmet(problem: Problem, person: Sequence[int], course: Sequence[int], why: Sequence[int]) -> tuple[str, ...]:
    """Judge nothing but what is said to be unmet."""
    plan = stated(problem, *TAKEN)
    assert check(problem, plan).violations == ()
    rows = len(plan.person)
    explanation = replace(
        TRUE,
        gain_of=np.array([0]),
        gain_skill=np.array([0]),
        gain_before=np.array([0.0]),
        gain_after=np.array([1.0]),
        gain_value=np.array([1.0]),
        **_empty("serves_of", "serves", "opens_of", "opens", "need_reachable", "need_why"),
        compulsory=problem.roles.compulsory[0][problem.catalogue.session_course[plan.session]],
        accepted=np.zeros(rows, dtype=np.bool_),
        wish=np.zeros(rows),
        next_session=np.full(rows, -1),
        next_why=np.zeros(rows, dtype=np.int64),
        next_loss=np.zeros(rows),
        next_price=np.zeros(rows),
        unmet_person=np.array(person, dtype=np.int64),
        unmet_course=np.array(course, dtype=np.int64),
        unmet_why=np.array(why, dtype=np.int64),
        unmet_compulsory=np.array(
            [bool(problem.roles.compulsory[0, c]) for c in course],
            dtype=np.bool_,
        ),
    )
    return check_explanation(problem, plan, explanation)


def _empty(*fields: str) -> Any:
    return {field: np.array([], dtype=np.int64) for field in fields}


def test_true_reasons_for_what_is_unmet_pass() -> None:
    assert _unmet(UNMET, [0] * 9, range(9), REASONS) == ()


@pytest.mark.parametrize("course", range(9))
def test_a_wrong_reason_for_what_is_unmet_is_found(course: int) -> None:
    for why in Why:
        if why != REASONS[course]:
            said = [why if c == course else REASONS[c] for c in range(9)]
            assert any(
                f"unmet person 0, course {course}: reason {why}" in w for w in _unmet(UNMET, [0] * 9, range(9), said)
            )


def test_what_is_unmet_is_stated_once() -> None:
    assert _unmet(UNMET, [0] * 8, range(1, 9), REASONS[1:]) == (
        "unmet person 0, course 0, compulsory False: not stated",
    )
    assert _unmet(UNMET, [0] * 10, [*range(9), 8], [*REASONS, Why.WORTH]) == (
        "unmet person 0, course 8: stated 2 times",
    )
    assert "unmet person 1, course 7, compulsory False: nothing of the kind is unmet" in _unmet(
        UNMET, [0] * 9 + [1], [*range(9), 7], [*REASONS, Why.BUDGET]
    )


def test_a_compulsory_course_is_unmet_too() -> None:
    compulsory = np.zeros((1, 10), dtype=np.bool_)
    compulsory[0, 5] = True
    problem = replace(UNMET, roles=replace(UNMET.roles, compulsory=compulsory))
    # Person 0 has no hours for course 5; person 1 has hours enough, and gave them to nothing better.
    assert _unmet(problem, [*[0] * 9, 1], [*range(9), 5], [*REASONS, Why.WORTH]) == ()
    assert _unmet(problem, [0] * 9, range(9), REASONS) == ("unmet person 1, course 5, compulsory True: not stated",)
