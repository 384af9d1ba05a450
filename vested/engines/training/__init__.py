"""Who learns what, when: the best training plan within money, seats and hours, with a proof of how good it is."""

from vested.engines.training._nouns import (
    Catalogue,
    Compulsory,
    Explanation,
    Fairness,
    Gain,
    Limits,
    Needs,
    People,
    Plan,
    Prices,
    Problem,
    Progress,
    Roles,
    Value,
    Why,
)

__all__ = [
    "Catalogue",
    "Compulsory",
    "Explanation",
    "Fairness",
    "Gain",
    "Limits",
    "Needs",
    "People",
    "Plan",
    "Prices",
    "Problem",
    "Progress",
    "Roles",
    "Value",
    "Why",
]
