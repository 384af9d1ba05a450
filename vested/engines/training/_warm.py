"""Compile ahead what a first plan would wait for."""

import numpy as np

from vested.engines.training._explain import explain
from vested.engines.training._nouns import Catalogue, Ints, Limits, Needs, People, Problem, Roles
from vested.engines.training._planning import plan


def warm_up() -> None:
    """Compile what a plan and its reasons need, so that the first ones do not wait for it."""
    problem = _smallest(np.array([0], np.int64))
    explain(problem, plan(problem))


def _smallest(one: Ints) -> Problem:
    pairs = np.zeros((0, 2), np.int64)
    none, no_floats = np.zeros(0, np.int64), np.zeros(0)
    return Problem(
        people=People(
            levels=np.zeros((1, 1)),
            hours=np.ones(1),
            role=one,
            unit=one,
            grade=one,
            speaks=np.zeros((1, 0), np.bool_),
            completed=pairs,
            wishes=pairs,
            wish_weight=no_floats,
            accepted=pairs,
            declined=pairs,
        ),
        roles=Roles(required=np.ones((1, 1)), weight=np.ones((1, 1)), compulsory=np.zeros((1, 1), np.bool_)),
        catalogue=Catalogue(
            hours=np.ones(1),
            cost=np.ones(1),
            language=one - 1,
            prerequisite=one - 1,
            outcome_course=one,
            outcome_skill=one,
            outcome_from=np.zeros(1),
            outcome_to=np.ones(1),
            session_course=one,
            session_period=one + 1,
            session_seats=one + 1,
        ),
        needs=Needs(unit=none, skill=none, level=no_floats, people=none, by_period=none, weight=no_floats),
        limits=Limits(
            unit_parent=one - 1, budget_unit=none, budget=no_floats, fair_unit=none, fairness=0.0, cost_weight=0.0
        ),
    )
