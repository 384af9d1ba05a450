"""The marginal likelihood written down plainly, and its maximum by a general optimiser. Nothing is the engine's.

Figures are one row: all slopes (one when tied), then the intercepts of each item, then the logits of guessing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from vested.engines.adaptive import Bank

Floats = NDArray[np.float64]
GRID = np.linspace(-7.5, 7.5, 151)
WEIGHT = np.exp(-(GRID**2) / 2) / np.exp(-(GRID**2) / 2).sum()


# Two thresholds, one, guessing: what an office may have.
BANK = Bank(
    slope=np.array([1.3, 0.8, 1.7, 1.1]),
    intercept=np.array([[0.4, -0.9], [0.1, -np.inf], [-0.5, -np.inf], [1.5, 0.2]]),
    guess=np.array([0.0, 0.25, 0.1, 0.0]),
)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """``responses`` (n, m) with -1 for none, each row counted ``times``; normal and beta priors as in the engine."""

    responses: NDArray[np.int64]
    times: Floats
    steps: tuple[int, ...]  # thresholds of each item
    tied: bool = False
    guessing: bool = False
    slope: tuple[float, float] | None = None
    intercept: tuple[float, float] | None = None
    beta: tuple[float, float] = (5.0, 17.0)


def parts(problem: Problem, figures: Floats) -> tuple[Floats, list[Floats], Floats]:
    """Return slopes, intercepts of each item and chances of guessing."""
    m = len(problem.steps)
    slopes = np.repeat(figures[0], m) if problem.tied else figures[:m]
    rest = figures[1 if problem.tied else m :]
    intercepts = np.split(rest[: sum(problem.steps)], np.cumsum(problem.steps)[:-1])
    guess = 1 / (1 + np.exp(-rest[sum(problem.steps) :])) if problem.guessing else np.zeros(m)
    return slopes, intercepts, guess


def log_posterior(problem: Problem, figures: Floats) -> float:
    """Return the marginal log-likelihood plus the logarithm of the priors."""
    slopes, intercepts, guess = parts(problem, figures)
    product = np.ones((len(problem.responses), len(GRID)))
    for item, steps in enumerate(problem.steps):
        reach = [np.ones_like(GRID)]
        reach += [
            guess[item] + (1 - guess[item]) / (1 + np.exp(-slopes[item] * GRID - intercepts[item][step]))
            for step in range(steps)
        ]
        reach.append(np.zeros_like(GRID))
        curves = np.array([reach[value] - reach[value + 1] for value in range(steps + 1)])
        answered = problem.responses[:, item] >= 0
        product[answered] *= np.maximum(curves, 1e-300)[problem.responses[answered, item]]
    total = float(problem.times @ np.log(product @ WEIGHT))
    if problem.slope:
        used = slopes[:1] if problem.tied else slopes
        total -= float((((used - problem.slope[0]) / problem.slope[1]) ** 2).sum() / 2)
    if problem.intercept:
        total -= float((((np.concatenate(intercepts) - problem.intercept[0]) / problem.intercept[1]) ** 2).sum() / 2)
    if problem.guessing:
        up, down = problem.beta
        total += float(((up - 1) * np.log(guess) + (down - 1) * np.log(1 - guess)).sum())
    return total


def best(problem: Problem, start: Floats) -> Floats:
    """Return the figures at the maximum: by a general optimiser, then by two Newton steps over differences."""

    def fall(figures: Floats) -> float:
        return -log_posterior(problem, figures)

    found = minimize(fall, start.ravel(), method="BFGS", options={"gtol": 1e-4, "maxiter": 500})
    figures = np.asarray(found.x)
    for _ in range(2):
        moves = 1e-4 * np.eye(len(figures))
        rise = [
            (log_posterior(problem, figures + move) - log_posterior(problem, figures - move)) / 2e-4 for move in moves
        ]
        figures = figures + covariance(problem, figures) @ np.array(rise)
    return figures


def covariance(problem: Problem, figures: Floats, *, step: float = 1e-3) -> Floats:
    """Return the inverse of the negative matrix of second differences."""
    size = len(figures)
    moves = step * np.eye(size)
    bend = np.zeros((size, size))
    for i in range(size):
        for j in range(i, size):
            corners = [
                first * second * log_posterior(problem, figures + first * moves[i] + second * moves[j])
                for first in (1, -1)
                for second in (1, -1)
            ]
            bend[i, j] = bend[j, i] = sum(corners) / (4 * step**2)
    return np.asarray(np.linalg.inv(-bend))


def drawn(
    *, people: int, steps: tuple[int, ...], seed: int, guess: float = 0.0, missing: float = 0.0
) -> NDArray[np.int64]:
    """Draw answers to items with these thresholds, each left out with a chance."""
    draw = np.random.default_rng(seed)
    ability = draw.normal(size=people)
    found = np.zeros((people, len(steps)), np.int64)
    for item, count in enumerate(steps):
        slope = np.exp(draw.normal(0.2, 0.3))
        places = np.sort(draw.normal(size=count)) + 0.6 * np.arange(count) - 0.3 * (count - 1)
        chance = guess + (1 - guess) / (1 + np.exp(-slope * (ability[:, None] - places)))
        found[:, item] = (draw.random((people, 1)) < chance).sum(axis=1)
    found[draw.random(found.shape) < missing] = -1
    return found


def chance(bank: Bank, item: int, value: int, ability: float) -> float:
    """P of one answer, written down once more."""
    steps = [step for step in bank.intercept[item] if step > -np.inf]
    guess = float(bank.guess[item])
    reach = [1.0, *(guess + (1 - guess) * float(expit(bank.slope[item] * ability + step)) for step in steps), 0.0]
    return reach[value] - reach[value + 1]
