"""Compile ahead what a first plan would wait for."""

from dataclasses import replace

import numpy as np

from vested.engines.training._explain import explain, what_if
from vested.engines.training._nouns import Catalogue, Limits, Needs, People, Problem, Roles
from vested.engines.training._planning import plan


def warm_up() -> None:
    """Compile what a plan and its reasons need, so that the first ones do not wait for it."""
    problem = _smallest()
    found = plan(problem)
    explain(problem, found)
    what_if(problem, replace(found, person=found.person[:0], session=found.session[:0]), person=0, course=0)


def _smallest() -> Problem:
    """One person with one course to take, and another that is compulsory, needed, and full."""
    pairs, none, zero, one = np.zeros((0, 2), np.int64), np.zeros(0), np.zeros(1, np.int64), np.ones(1, np.int64)
    both = np.arange(2)
    return Problem(
        people=People(
            levels=np.zeros((1, 2)),
            hours=np.full(1, 2.0),
            role=zero,
            unit=zero,
            grade=zero,
            speaks=np.zeros((1, 0), np.bool_),
            completed=pairs,
            wishes=pairs,
            wish_weight=none,
            accepted=pairs,
            declined=pairs,
        ),
        roles=Roles(required=np.ones((1, 2)), weight=np.ones((1, 2)), compulsory=np.array([[False, True]])),
        catalogue=Catalogue(
            hours=np.ones(2),
            cost=np.ones(2),
            language=np.full(2, -1),
            prerequisite=np.full(2, -1),
            outcome_course=both,
            outcome_skill=both,
            outcome_from=np.zeros(2),
            outcome_to=np.ones(2),
            session_course=both,
            session_period=np.ones(2, np.int64),
            session_seats=1 - both,
        ),
        needs=Needs(unit=zero, skill=one, level=np.ones(1), people=one, by_period=one, weight=np.ones(1)),
        limits=Limits(
            unit_parent=-one, budget_unit=zero, budget=np.ones(1), fair_unit=zero, fairness=0.0, cost_weight=0.0
        ),
    )
