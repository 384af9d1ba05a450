"""The nouns of direction."""

from vested.direction.models.objectives import Measure, Objective, Observation
from vested.direction.models.vision import Meaning, Need, Retelling, Scenario, Vision

__all__ = ["Meaning", "Measure", "Need", "Objective", "Observation", "Retelling", "Scenario", "Vision"]
