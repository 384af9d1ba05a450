"""Made-up answers and banks, by seed, and files that hand them to other processes."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]  # (items, thresholds + 2): slope, intercepts, chance of guessing
STEPS = {"2pl": 1, "3pl": 1, "graded": 3}
SHAPES = (5.0, 17.0)  # the beta density of guessing beforehand, the same for all solvers
AREAS, SHARE = 5, np.array([0.3, 0.25, 0.2, 0.15, 0.1])


def answers(model: str, *, people: int, items: int, seed: int) -> NDArray[np.int8]:
    """Draw answers (people, items): slopes log-normal around 1, difficulties standard normal, guessing .2."""
    draw = np.random.default_rng(seed)
    steps = STEPS[model]
    ability = draw.normal(size=(people, 1))
    slope = np.exp(draw.normal(0, 0.3, items))
    difficulty = draw.normal(size=(items, 1)) + (np.arange(steps) - (steps - 1) / 2)
    guess = 0.2 if model == "3pl" else 0.0
    luck = draw.random((people, items))
    found = np.zeros((people, items), np.int8)
    for step in range(steps):
        found += luck < guess + (1 - guess) / (1 + np.exp(-slope * (ability - difficulty[:, step])))
    return found


def sparse(*, people: int, items: int, each: int, seed: int) -> tuple[NDArray[np.int16], NDArray[np.int8]]:
    """Draw items (people, each), rising along a row, and the answers to them."""
    draw = np.random.default_rng(seed)
    slope, difficulty = np.exp(draw.normal(0, 0.3, items)), draw.normal(size=items)
    item, value = np.empty((people, each), np.int16), np.empty((people, each), np.int8)
    for begin in range(0, people, 10_000):
        rows = slice(begin, min(begin + 10_000, people))
        order = np.argpartition(draw.random((rows.stop - begin, items), dtype=np.float32), each, axis=1)
        item[rows] = np.sort(order[:, :each], axis=1)
        ability = draw.normal(size=(rows.stop - begin, 1))
        chance = 1 / (1 + np.exp(-slope[item[rows]] * (ability - difficulty[item[rows]])))
        value[rows] = draw.random(chance.shape) < chance
    return item, value


def bank(items: int, *, seed: int, mean: float) -> tuple[Table, NDArray[np.int64]]:
    """Draw items (slopes log-normal with this mean and .3, difficulties standard normal) and their areas."""
    draw = np.random.default_rng(seed)
    slope, difficulty = np.exp(draw.normal(mean, 0.3, items)), draw.normal(size=items)
    return np.column_stack((slope, -slope * difficulty, np.zeros(items))), draw.integers(0, AREAS, items)


def save(path: Path, **arrays: Any) -> None:
    """Write arrays to a file."""
    np.savez(path, **arrays)


def load(path: Path) -> dict[str, Any]:
    """Read the arrays of a file."""
    with np.load(path) as file:
        return {name: file[name] for name in file.files}
