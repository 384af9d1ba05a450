"""Who learns what, when: the best training plan within money, seats and hours, with a proof of how good it is.

``plan`` decides, ``explain`` says why, ``what_if`` what keeps a course from a person, ``next_gains`` what one more seat
or a little more money buys; ``warm_up`` compiles beforehand.

>>> import numpy as np
>>> from vested.engines import training
>>> none, pairs, both = np.zeros(0), np.zeros((0, 2), np.int64), np.zeros(2, np.int64)
>>> problem = training.Problem(  # two people, and one seat in the course that both need
...     people=training.People(
...         levels=np.array([[1.0], [0.0]]), hours=np.array([8.0, 8.0]), role=both, unit=both, grade=both - 1,
...         speaks=np.ones((2, 1), np.bool_), completed=pairs, wishes=pairs, wish_weight=none, accepted=pairs,
...         declined=pairs,
...     ),
...     roles=training.Roles(
...         required=np.array([[2.0]]), weight=np.ones((1, 1)), compulsory=np.zeros((1, 1), np.bool_)
...     ),
...     catalogue=training.Catalogue(
...         hours=np.array([6.0]), cost=np.array([300.0]), language=both[:1], prerequisite=both[:1] - 1,
...         outcome_course=both[:1], outcome_skill=both[:1], outcome_from=np.zeros(1), outcome_to=np.array([2.0]),
...         session_course=both[:1], session_period=both[:1] + 1, session_seats=both[:1] + 1,
...     ),
...     needs=training.Needs(
...         unit=both[:0], skill=both[:0], level=none, people=both[:0], by_period=both[:0], weight=none
...     ),
...     limits=training.Limits(
...         unit_parent=both[:1] - 1, budget_unit=both[:1], budget=np.array([1000.0]), fair_unit=both[:0],
...         fairness=0.0, cost_weight=0.0,
...     ),
... )
>>> found = training.plan(problem, gap=0.0, threads=1)
>>> found.person.tolist(), found.session.tolist(), found.value.objective, found.value.gap  # who lacks two levels
([1], [0], 2.0, 0.0)
>>> training.what_if(problem, found, person=0, course=0).why.name
'SEATS'

Prices for seats, money and fairness from a smoothed dual and a bundle method; each person's best plans at these prices
exactly; the best combination of plans by linear and mixed-integer programs of HiGHS. The modules name the sources.
"""

from vested.engines.training._checks import Infeasible, InvalidProblem
from vested.engines.training._explain import explain, what_if
from vested.engines.training._gains import next_gains
from vested.engines.training._nouns import (
    Catalogue,
    Compulsory,
    Fairness,
    Limits,
    Needs,
    People,
    Plan,
    Prices,
    Problem,
    Progress,
    Roles,
    Value,
)
from vested.engines.training._planning import plan
from vested.engines.training._reasons import Explanation, Gain, WhatIf, Why
from vested.engines.training._warm import warm_up

__all__ = [
    "Catalogue",
    "Compulsory",
    "Explanation",
    "Fairness",
    "Gain",
    "Infeasible",
    "InvalidProblem",
    "Limits",
    "Needs",
    "People",
    "Plan",
    "Prices",
    "Problem",
    "Progress",
    "Roles",
    "Value",
    "WhatIf",
    "Why",
    "explain",
    "next_gains",
    "plan",
    "warm_up",
    "what_if",
]
