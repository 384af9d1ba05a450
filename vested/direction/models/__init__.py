"""The nouns of direction."""

from vested.direction.models.objectives import Measure, Objective, Observation
from vested.direction.models.vision import Future, Meaning, Need, Retelling, Vision

__all__ = ["Future", "Meaning", "Measure", "Need", "Objective", "Observation", "Retelling", "Vision"]
