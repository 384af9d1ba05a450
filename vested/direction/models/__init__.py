"""The nouns of direction."""

from vested.direction.models.commitments import Commitment, Reply
from vested.direction.models.escalations import Decision, Escalation, FollowUp
from vested.direction.models.objectives import Measure, Objective, Observation
from vested.direction.models.obstacles import Obstacle
from vested.direction.models.vision import Future, Meaning, Need, Retelling, Vision

__all__ = [
    "Commitment",
    "Decision",
    "Escalation",
    "FollowUp",
    "Future",
    "Meaning",
    "Measure",
    "Need",
    "Objective",
    "Observation",
    "Obstacle",
    "Reply",
    "Retelling",
    "Vision",
]
