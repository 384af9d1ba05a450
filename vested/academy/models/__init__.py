"""The nouns of the academy."""

from vested.academy.models.catalogue import Compulsory, Course, Outcome, Provider, Session
from vested.academy.models.learners import Answer, Budget, Completion, Learner, Wish

__all__ = [
    "Answer",
    "Budget",
    "Completion",
    "Compulsory",
    "Course",
    "Learner",
    "Outcome",
    "Provider",
    "Session",
    "Wish",
]
