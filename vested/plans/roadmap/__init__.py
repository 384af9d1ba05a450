"""The other half of a plan: which initiatives start, in which mode, when, and what that asks of the training plan.

``problem_of`` turns a sector's portfolio into the engine's arrays; ``dated`` gives the sector whose needs are those of
the initiatives chosen, dated by their starts; ``lateness`` says whose skills are not there in time, and ``held_back``
forbids the starts that come too early for them. ``why_of`` says in words why an initiative is out. All are pure;
``plans.solving`` calls the engines.
"""

from vested.plans.roadmap._asking import asked_of, dated, held_back, lateness, skills_of
from vested.plans.roadmap._nouns import Asked, Late, Repair, Roadmap
from vested.plans.roadmap._problem import Index, has_portfolio, index_of, problem_of
from vested.plans.roadmap._words import mode_word, repairs_told, skills_missing, title_of, way_in, why_of

__all__ = [
    "Asked",
    "Index",
    "Late",
    "Repair",
    "Roadmap",
    "asked_of",
    "dated",
    "has_portfolio",
    "held_back",
    "index_of",
    "lateness",
    "mode_word",
    "problem_of",
    "repairs_told",
    "skills_missing",
    "skills_of",
    "title_of",
    "way_in",
    "why_of",
]
