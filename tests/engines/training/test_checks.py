"""Arrays that do not fit together are refused in words, and never get through to a crash."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.training.checker import check
from tests.engines.training.strategies import tiny_problem
from vested.engines.training import Infeasible, InvalidProblem, Problem, plan

RIGHT = tiny_problem(3)
PARTS = ("people", "roles", "catalogue", "needs", "limits")
ARRAYS = [
    (part, field.name)
    for part in PARTS
    for field in fields(getattr(RIGHT, part))
    if isinstance(getattr(getattr(RIGHT, part), field.name), np.ndarray)
]


def changed(part: str, **values: Any) -> Problem:
    return replace(RIGHT, **{part: replace(getattr(RIGHT, part), **values)})


def first_set(part: str, name: str, value: float) -> Problem:
    array = getattr(getattr(RIGHT, part), name).copy()
    array.reshape(-1)[0] = value
    return changed(part, **{name: array})


@pytest.mark.parametrize(("part", "name"), ARRAYS)
def test_one_dimension_too_many_is_named(part: str, name: str) -> None:
    array = getattr(getattr(RIGHT, part), name)
    with pytest.raises(InvalidProblem, match=rf"{part}\.{name}"):
        plan(changed(part, **{name: array[..., None]}))


@pytest.mark.parametrize(("part", "name"), ARRAYS)
def test_no_dimension_at_all_is_named(part: str, name: str) -> None:
    array = getattr(getattr(RIGHT, part), name)
    with pytest.raises(InvalidProblem, match=rf"{part}\.{name}"):
        plan(changed(part, **{name: np.zeros((), array.dtype)}))


@pytest.mark.parametrize(("part", "name"), [at for at in ARRAYS if getattr(getattr(RIGHT, at[0]), at[1]).dtype == "i8"])
def test_indices_that_are_no_integers_are_named(part: str, name: str) -> None:
    array = getattr(getattr(RIGHT, part), name)
    with pytest.raises(InvalidProblem, match=rf"{part}\.{name}"):
        plan(changed(part, **{name: array.astype(np.float64)}))


@pytest.mark.parametrize(("part", "name"), [at for at in ARRAYS if getattr(getattr(RIGHT, at[0]), at[1]).dtype == "f8"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_numbers_that_are_not_finite_are_named(part: str, name: str, value: float) -> None:
    with pytest.raises(InvalidProblem, match=rf"{part}\.{name} holds a number that is not finite"):
        plan(first_set(part, name, value))


OUTSIDE = [
    ("people", "role", 9),
    ("people", "unit", -1),
    ("people", "grade", -2),
    ("people", "wishes", 99),
    ("people", "declined", 99),
    ("catalogue", "language", 2),
    ("catalogue", "prerequisite", 5),
    ("catalogue", "outcome_course", 5),
    ("catalogue", "outcome_skill", 2),
    ("catalogue", "session_course", -1),
    ("needs", "unit", 4),
    ("needs", "skill", 2),
    ("limits", "unit_parent", 4),
    ("limits", "budget_unit", -2),
    ("limits", "fair_unit", -1),
]


@pytest.mark.parametrize(("part", "name", "value"), OUTSIDE)
def test_rows_that_are_not_there_are_named(part: str, name: str, value: int) -> None:
    with pytest.raises(InvalidProblem, match=rf"{part}\.{name} refers to a row that is not there"):
        plan(first_set(part, name, value))


TOO_LOW = [
    ("people", "hours", -1),
    ("people", "wish_weight", -1),
    ("roles", "weight", -1),
    ("catalogue", "hours", -1),
    ("catalogue", "cost", -1),
    ("catalogue", "session_period", 0),
    ("catalogue", "session_seats", -2),
    ("needs", "people", -1),
    ("needs", "weight", -1),
    ("limits", "budget", -1),
]


@pytest.mark.parametrize(("part", "name", "value"), TOO_LOW)
def test_numbers_too_low_are_named(part: str, name: str, value: int) -> None:
    with pytest.raises(InvalidProblem, match=rf"{part}\.{name} holds {value}"):
        plan(first_set(part, name, value))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("fairness", -0.1, "fairness holds -0.1"),
        ("fairness", 1.1, "fairness is 1.1, more than 1"),
        ("fairness", np.nan, "fairness holds a number that is not finite"),
        ("cost_weight", -1.0, "cost_weight holds -1.0"),
        ("cost_weight", np.inf, "cost_weight holds a number that is not finite"),
    ],
)
def test_settings_out_of_range_are_named(name: str, value: float, words: str) -> None:
    with pytest.raises(InvalidProblem, match=words):
        plan(changed("limits", **{name: value}))


def test_a_ring_of_units_is_named() -> None:
    with pytest.raises(InvalidProblem, match="goes round in a ring"):
        plan(changed("limits", unit_parent=np.array([1, 0, 0, 0])))


@pytest.mark.parametrize("name", ["completed", "wishes", "accepted", "declined"])
def test_a_row_twice_is_named(name: str) -> None:
    twice: dict[str, Any] = {name: np.zeros((2, 2), np.int64)}
    if name == "wishes":
        twice["wish_weight"] = np.ones(2)
    with pytest.raises(InvalidProblem, match=rf"people\.{name} has a row twice"):
        plan(changed("people", **twice))


def test_everything_wrong_is_said_at_once() -> None:
    wrong = replace(
        changed("people", hours=-RIGHT.people.hours - 1), limits=replace(RIGHT.limits, fairness=2.0, cost_weight=-1.0)
    )
    with pytest.raises(InvalidProblem) as raised:
        plan(wrong)
    assert [part.split()[0] for part in str(raised.value).split("; ")] == [
        "people.hours",
        "limits.cost_weight",
        "limits.fairness",
    ]


def test_nobody_at_all_has_an_empty_plan() -> None:
    people = RIGHT.people
    nobody = {field.name: getattr(people, field.name)[:0] for field in fields(people)}
    found = plan(changed("people", **nobody))
    assert len(found.person) == 0


@pytest.mark.parametrize("wrong", ["too short", "not a number", "negative"])
def test_prices_to_start_from_are_checked_too(wrong: str) -> None:
    prices = plan(RIGHT).prices
    seat = {"too short": prices.seat[:-1], "not a number": prices.seat * np.nan, "negative": prices.seat - 1.0}[wrong]
    with pytest.raises(ValueError, match=r"start\.seat"):
        plan(RIGHT, start=replace(prices, seat=seat))


@given(
    at=st.sampled_from(ARRAYS),
    where=st.integers(0, 10_000),
    value=st.sampled_from([-2, -1, 0, 1, 2, 3, 7, 1_000]),
    seed=st.integers(0, 20),
)
def test_a_changed_number_is_refused_or_planned_with(at: tuple[str, str], where: int, value: int, seed: int) -> None:
    part, name = at
    problem = tiny_problem(seed)
    array = getattr(getattr(problem, part), name).copy()
    if array.size:
        array.reshape(-1)[where % array.size] = value
    problem = replace(problem, **{part: replace(getattr(problem, part), **{name: array})})
    try:
        found = plan(problem)
    except (InvalidProblem, Infeasible):
        return
    assert check(problem, found).violations == ()
