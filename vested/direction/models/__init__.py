"""The nouns of direction."""

from vested.direction.models.commitments import Commitment, Reply
from vested.direction.models.escalations import Decision, Escalation, FollowUp
from vested.direction.models.objectives import Measure, Objective, Observation
from vested.direction.models.obstacles import Obstacle
from vested.direction.models.vision import Meaning, Need, Retelling, Scenario, Vision

__all__ = [
    "Commitment",
    "Decision",
    "Escalation",
    "FollowUp",
    "Meaning",
    "Measure",
    "Need",
    "Objective",
    "Observation",
    "Obstacle",
    "Reply",
    "Retelling",
    "Scenario",
    "Vision",
]
