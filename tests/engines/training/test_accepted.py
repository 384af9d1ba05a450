"""What people accepted is kept, what they declined is not proposed again, and what cannot be kept is said."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.engines.training import oracle
from tests.engines.training.by_hand import problem_of
from tests.engines.training.strategies import pairs, problems
from tests.engines.training.test_plan import judged
from vested.engines.training import Infeasible, Problem, plan

UNKEEPABLE: dict[str, tuple[Problem, list[int]]] = {
    "too few hours": (
        problem_of(
            levels=[[0], [0]],
            hours=[5, 1],
            required=[[1]],
            courses=[(2, 1)],
            sessions=[(0, 1, -1)],
            accepted=[(1, 0)],
        ),
        [1],
    ),
    "level not reached": (
        problem_of(
            levels=[[0]],
            required=[[1]],
            courses=[(1, 1)],
            outcomes=[(0, 0, 1, 2)],
            sessions=[(0, 1, -1)],
            accepted=[(0, 0)],
        ),
        [0],
    ),
    "completed already": (
        problem_of(
            levels=[[0]],
            required=[[1]],
            courses=[(1, 1)],
            sessions=[(0, 1, -1)],
            completed=[(0, 0)],
            accepted=[(0, 0)],
        ),
        [0],
    ),
    "declined too": (
        problem_of(
            levels=[[0]],
            required=[[1]],
            courses=[(1, 1)],
            sessions=[(0, 1, -1)],
            accepted=[(0, 0)],
            declined=[(0, 0)],
        ),
        [0],
    ),
    "one course twice": (
        problem_of(
            levels=[[0]],
            required=[[1]],
            courses=[(1, 1)],
            sessions=[(0, 1, -1), (0, 2, -1)],
            accepted=[(0, 0), (0, 1)],
        ),
        [0],
    ),
    "another language": (
        problem_of(
            levels=[[0]],
            required=[[1]],
            courses=[(1, 1)],
            language=[1],
            speaks=[[True, False]],
            sessions=[(0, 1, -1)],
            accepted=[(0, 0)],
        ),
        [0],
    ),
    "prerequisite in the same period only": (
        problem_of(
            levels=[[0]],
            required=[[1]],
            courses=[(1, 1), (1, 1)],
            prerequisite=[-1, 0],
            sessions=[(0, 1, -1), (1, 1, -1)],
            accepted=[(0, 1)],
        ),
        [0],
    ),
    "too few seats": (
        problem_of(
            levels=[[0], [0], [0]],
            required=[[1]],
            courses=[(1, 1)],
            sessions=[(0, 1, 1)],
            accepted=[(0, 0), (2, 0)],
        ),
        [0, 2],
    ),
    "too little money": (
        problem_of(
            levels=[[0], [0], [0]],
            required=[[1]],
            courses=[(1, 2)],
            sessions=[(0, 1, -1)],
            accepted=[(0, 0), (2, 0)],
            budgets=[(-1, 3)],
        ),
        [0, 2],
    ),
}


@pytest.mark.parametrize("name", UNKEEPABLE)
def test_what_cannot_be_kept_is_said(name: str) -> None:
    problem, people = UNKEEPABLE[name]
    with pytest.raises(Infeasible) as raised:
        plan(problem)
    assert raised.value.people.tolist() == people


@given(problems(), st.integers(0, 2**32 - 1))
def test_accepted_at_random_is_kept_or_refused_rightly(problem: Problem, seed: int) -> None:
    rng = np.random.default_rng(seed)
    people, sessions = len(problem.people.hours), len(problem.catalogue.session_course)
    assume(sessions)
    flat = rng.choice(people * sessions, min(2, people * sessions), replace=False)
    accepted = pairs([(int(at) // sessions, int(at) % sessions) for at in np.sort(flat)])
    problem = replace(problem, people=replace(problem.people, accepted=accepted))
    if len(oracle.frontier(problem).given):
        assert judged(problem, plan(problem, gap=0.0)) == []
    else:
        with pytest.raises(Infeasible):
            plan(problem, gap=0.0)


@given(problems())
def test_declined_never_appears_and_accepted_always_does(problem: Problem) -> None:
    first = plan(problem)
    accepted = set(map(tuple, problem.people.accepted.tolist()))
    chosen = set(zip(first.person.tolist(), first.session.tolist(), strict=True))
    assert accepted <= chosen
    # Decline all that was proposed: nothing of it comes back.
    refused = sorted(chosen - accepted)
    declined = pairs(sorted({*map(tuple, problem.people.declined.tolist()), *refused}))
    answered = replace(problem, people=replace(problem.people, declined=declined))
    if not len(oracle.frontier(answered).given):  # what was accepted stood on what is now declined
        with pytest.raises(Infeasible):
            plan(answered)
        return
    second = plan(answered)
    proposed = set(zip(second.person.tolist(), second.session.tolist(), strict=True))
    assert not proposed & set(map(tuple, declined.tolist()))
    assert accepted <= proposed
