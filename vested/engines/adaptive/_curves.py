"""Chances of answers over a grid of abilities, and how they change with the items' figures.

Figures of ``m`` items stand in a table (m, k + 2): slope, k intercepts, logit of guess (-inf: none).
"""

import numpy as np
from scipy.special import expit, logit

from vested.engines.adaptive._nouns import Bank, Floats

SMALLEST = 1e-12  # chances below are raised to it: products of eight stay normal numbers


def grid_of(points: int) -> tuple[Floats, Floats]:
    """Return abilities from -6 to 6 and the standard normal weights that sum to one, both (points,)."""
    grid = np.linspace(-6.0, 6.0, points)
    weight = np.exp(-0.5 * grid**2)
    return grid, weight / weight.sum()


def table_of(bank: Bank) -> Floats:
    """Return the figures of a bank as a table."""
    with np.errstate(divide="ignore"):
        return np.column_stack((bank.slope, bank.intercept, logit(bank.guess)))


def bank_of(table: Floats) -> Bank:
    """Return a table as a bank."""
    return Bank(slope=table[:, 0].copy(), intercept=table[:, 1:-1].copy(), guess=expit(table[:, -1]))


def chances(table: Floats, grid: Floats) -> Floats:
    """Return P (m, k + 1, q) of each answer at each ability."""
    guess = expit(table[:, -1])[:, None, None]
    least = guess + (1 - guess) * expit(table[:, 0, None, None] * grid + table[:, 1:-1, None])
    least[table[:, 1:-1] == -np.inf] = 0.0  # nobody guesses an answer there is not
    return np.maximum(_differences(least, first=1.0), SMALLEST)


def scores(table: Floats, grid: Floats) -> Floats:
    """Return the expected points (m, q) of each item at each ability."""
    return np.asarray(np.arange(table.shape[1] - 1) @ chances(table, grid))


def slopes(table: Floats, grid: Floats) -> Floats:
    """Return how P changes with each figure of its item: (m, k + 2, k + 1, q)."""
    m, width = table.shape
    guess = expit(table[:, -1])[:, None, None]
    curve = expit(table[:, 0, None, None] * grid + table[:, 1:-1, None])
    change = (1 - guess) * curve * (1 - curve)
    found = np.zeros((m, width, width - 1, len(grid)))
    found[:, 0] = _differences(change * grid, first=0.0)
    for j in range(width - 2):
        found[:, j + 1, j + 1] = change[:, j]
        found[:, j + 1, j] = -change[:, j]
    found[:, -1, 1] = (guess * (1 - guess) * (1 - curve))[:, 0]  # guessing belongs to items with two answers
    found[:, -1, 0] = -found[:, -1, 1]
    return found


def information(table: Floats, grid: Floats) -> Floats:
    """Return the information (m, q) of each item at each ability: sum over answers of (dP/d ability)^2 / P."""
    guess = expit(table[:, -1])[:, None, None]
    curve = expit(table[:, 0, None, None] * grid + table[:, 1:-1, None])
    change = _differences(table[:, 0, None, None] * (1 - guess) * curve * (1 - curve), first=0.0)
    return np.asarray((change**2 / chances(table, grid)).sum(axis=1))


def _differences(least: Floats, *, first: float) -> Floats:
    """Turn values for "at least j", j = 1..k, into values for "exactly j", j = 0..k."""
    m, _, q = least.shape
    return np.concatenate((np.full((m, 1, q), first), least), axis=1) - np.concatenate(
        (least, np.zeros((m, 1, q))), axis=1
    )
