"""Who learns what, when: the best training plan within money, seats and hours, with a proof of how good it is."""

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
