"""The nouns of the academy."""

from vested.academy.models.catalogue import Compulsory, Course, Outcome, Provider, Session
from vested.academy.models.enrolments import Enrolment, Objection
from vested.academy.models.learners import Budget, Completion, Learner, Wish

__all__ = [
    "Budget",
    "Completion",
    "Compulsory",
    "Course",
    "Enrolment",
    "Learner",
    "Objection",
    "Outcome",
    "Provider",
    "Session",
    "Wish",
]
