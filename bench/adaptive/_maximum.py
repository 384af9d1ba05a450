"""The converged maximum, found without our engine: quasi-Newton steps on the marginal likelihood over a fine grid."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit

from bench.adaptive._data import SHAPES, Table

POINTS = 161


def maximum(responses: NDArray[np.int8], model: str) -> Table:
    """Return the figures under which answers are most likely (with guessing, most likely together with its prior)."""
    start = _start(responses, model)
    free = np.isfinite(start)

    def fall(figures: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        table = start.copy()
        table[free] = figures
        value, gradient = _value(responses, table)
        return -value, -gradient[free]

    found = minimize(
        fall,
        start[free],
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 3000, "maxfun": 6000, "maxcor": 30, "gtol": 1e-4, "ftol": 1e-15},
    )
    table = start.copy()
    table[free] = found.x
    table[:, -1] = expit(table[:, -1])
    return table


def likelihood(responses: NDArray[np.int8], table: Table) -> float:
    """Return the marginal log-likelihood of figures, with the logarithm of the prior of guessing."""
    with np.errstate(divide="ignore"):
        inner = np.column_stack((table[:, :-1], logit(table[:, -1])))
    return _value(responses, inner)[0]


def _start(responses: NDArray[np.int8], model: str) -> Table:
    steps = int(responses.max())
    share = np.stack([(responses >= step).mean(axis=0) for step in range(1, steps + 1)], axis=1)
    table = np.full((responses.shape[1], steps + 2), -np.inf)
    table[:, 0], table[:, 1:-1] = 1.0, logit(np.clip(share, 0.01, 0.99))
    if model == "3pl":
        table[:, -1] = logit(0.2)
    return table


def _value(responses: NDArray[np.int8], table: Table) -> tuple[float, Any]:
    """Return value and gradient at slope, intercepts and the logit of guessing."""
    grid = np.linspace(-6, 6, POINTS)
    weight = np.exp(-0.5 * grid**2) / np.exp(-0.5 * grid**2).sum()
    guess = expit(table[:, -1])[:, None]
    steps = table.shape[1] - 2
    curve = [expit(table[:, :1] * grid + table[:, step + 1, None]) for step in range(steps)]
    least = [np.ones_like(curve[0]), *(guess + (1 - guess) * part for part in curve), np.zeros_like(curve[0])]
    chance = [np.maximum(least[step] - least[step + 1], 1e-300) for step in range(steps + 1)]
    marks = [(responses == step).astype(np.float64) for step in range(steps + 1)]
    logs = sum(mark @ np.log(part) for mark, part in zip(marks, chance, strict=True)) + np.log(weight)
    top = logs.max(axis=1, keepdims=True)
    posterior = np.exp(logs - top)
    total = posterior.sum(axis=1, keepdims=True)
    posterior /= total
    ratio = [(mark.T @ posterior) / part for mark, part in zip(marks, chance, strict=True)]
    gradient = np.zeros_like(table)
    for step in range(steps):
        rise = (ratio[step + 1] - ratio[step]) * (1 - guess) * curve[step] * (1 - curve[step])
        gradient[:, 0] += rise @ grid
        gradient[:, step + 1] = rise.sum(axis=1)
    value = float((np.log(total) + top).sum())
    if np.isfinite(table[:, -1]).all():
        up, down = SHAPES
        rise = (ratio[1] - ratio[0]) * (1 - curve[0]) * guess * (1 - guess)
        gradient[:, -1] = rise.sum(axis=1) + (up - 1) * (1 - guess[:, 0]) - (down - 1) * guess[:, 0]
        value += float(((up - 1) * np.log(guess) + (down - 1) * np.log1p(-guess)).sum())
    return value, gradient
