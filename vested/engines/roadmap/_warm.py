"""Compile ahead what a first roadmap would wait for."""

import numpy as np

from vested.engines.roadmap._generator import make_problem
from vested.engines.roadmap._improve import Improver
from vested.engines.roadmap._planning import begin, never


def warm_up() -> None:
    """Compile what a roadmap needs, so that the first one does not wait for it."""
    Improver(state=begin(make_problem(initiatives=3), gap=1.0, stop=never, seed=0)).begin(np.zeros(0, np.int64))
