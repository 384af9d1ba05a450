"""The nouns of plans."""

from vested.plans.models.plans import Assignment, Plan
from vested.plans.models.scenarios import Comment, Scenario

__all__ = ["Assignment", "Comment", "Plan", "Scenario"]
