"""The nouns of direction."""

from vested.direction.models.commitments import Commitment, Reply
from vested.direction.models.duties import Duty, Invitation, Momentum, Opportunity
from vested.direction.models.escalations import Decision, Escalation, FollowUp
from vested.direction.models.objectives import Measure, Objective, Observation
from vested.direction.models.obstacles import Obstacle
from vested.direction.models.steering import Attendance, Hope, SteeringSession
from vested.direction.models.vision import Future, Meaning, Need, Retelling, Vision

__all__ = [
    "Attendance",
    "Commitment",
    "Decision",
    "Duty",
    "Escalation",
    "FollowUp",
    "Future",
    "Hope",
    "Invitation",
    "Meaning",
    "Measure",
    "Momentum",
    "Need",
    "Objective",
    "Observation",
    "Obstacle",
    "Opportunity",
    "Reply",
    "Retelling",
    "SteeringSession",
    "Vision",
]
