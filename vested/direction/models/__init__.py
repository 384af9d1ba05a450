"""The nouns of direction."""

from vested.direction.models.objectives import Measure, Objective, Observation
from vested.direction.models.vision import Meaning, Need, Retelling, Future, Vision

__all__ = ["Meaning", "Measure", "Need", "Objective", "Observation", "Retelling", "Future", "Vision"]
