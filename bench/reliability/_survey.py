"""A made-up survey in two waves, the same for both sides: organisations, people, questions on a scale of five."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
QUESTIONS = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Survey:
    """Answers before and after, for each organisation (people, questions)."""

    before: list[Floats]
    after: list[Floats]


def survey(*, organisations: int, seed: int) -> Survey:
    """Draw organisations of 20 to 300 people who share one attitude each to all questions."""
    rng = np.random.default_rng(seed)

    def wave(shift: float) -> list[Floats]:
        sizes = rng.integers(20, 301, organisations)
        return [_answers(rng, int(n), shift * float(rng.normal())) for n in sizes]

    return Survey(before=wave(0.0), after=wave(0.3))


def _answers(rng: np.random.Generator, n: int, shift: float) -> Floats:
    strength = np.linspace(0.5, 0.85, QUESTIONS)
    attitude, own = rng.normal(size=(n, 1)), rng.normal(size=(n, QUESTIONS))
    return np.clip(np.round(3.2 + shift + attitude * strength + own * np.sqrt(1 - strength**2)), 1, 5)
