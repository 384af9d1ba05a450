"""Chances of answers over a grid of abilities, how they change with the items' figures, and which of these are sought.

Figures of ``m`` items stand in a table (m, k + 2): slope, k intercepts, logit of guess (-inf: none).
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.special import expit, log_expit, logit

from vested.engines.adaptive._nouns import Bank, Flags, Floats, Ints, Priors

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
    return np.maximum(_exactly(least, first=1.0), SMALLEST)


def _exactly(least: Floats, *, first: float) -> Floats:
    """Turn values for "at least j", j = 1..k, into values for "exactly j", j = 0..k."""
    end = np.zeros_like(least[:, :1])
    ends = np.concatenate((end + first, least, end), axis=1)
    return np.asarray(ends[:, :-1] - ends[:, 1:])


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
    found[:, 0] = _exactly(change * grid, first=0.0)
    for j in range(width - 2):
        found[:, j + 1, j + 1] = change[:, j]
        found[:, j + 1, j] = -change[:, j]
    found[:, -1, 1] = (guess * (1 - guess) * (1 - curve))[:, 0]  # guessing belongs to items with two answers
    found[:, -1, 0] = -found[:, -1, 1]
    return found


def information(table: Floats, grid: Floats) -> Floats:
    """Return the information (m, q) of each item at each ability: sum over answers of (dP/d ability)^2 / P."""
    rise = table[:, 0, None, None] * slopes(table, grid)[:, 1:-1].sum(axis=1)
    return np.asarray((rise**2 / chances(table, grid)).sum(axis=1))


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Layout:
    """``free`` and ``parameter`` (m, k + 2), the latter the row of the p estimated figures (-1: none).

    ``join`` (m (k + 2), p) adds what belongs to one figure; ``tied``: one slope for all. Beforehand, figures are normal
    around ``mean`` with the inverse variances ``weight``, both (k + 2,), and guessing is beta of the shapes ``guess``.
    """

    free: Flags
    parameter: Ints
    join: csr_array
    tied: bool
    mean: Floats
    weight: Floats
    guess: tuple[float, float]

    def flat(self, table: Floats) -> Floats:
        """Return the estimated figures (p,) of a table."""
        found = np.empty(self.join.shape[1])
        found[self.parameter[self.free]] = table[self.free]
        return found

    def table(self, flat: Floats, *, otherwise: float = -np.inf) -> Floats:
        """Return estimated figures, or changes of them, as a table; ``otherwise`` stands where none is."""
        return np.where(self.free, flat[self.parameter], otherwise)

    def gather(self, blocks: Floats) -> Floats:
        """Add blocks (m, k + 2, k + 2) up to a matrix (p, p)."""
        size = self.join.shape[1]
        found = np.zeros((size + 1, size + 1))  # the last row and column take what is not estimated
        np.add.at(found, (self.parameter[:, :, None], self.parameter[:, None, :]), blocks)
        return found[:-1, :-1]

    def ordered(self, table: Floats, before: Floats | None = None) -> Flags:
        """Tell for each item whether its thresholds fall, and by a tenth or more of what they fell ``before``."""
        with np.errstate(invalid="ignore"):
            least = 0.0 if before is None else 0.1 * np.diff(before[:, 1:-1], axis=1)
            falls = np.diff(table[:, 1:-1], axis=1) < least
        return np.asarray((falls | ~self.free[:, 2:-1]).all(axis=1))

    def log_prior(self, table: Floats) -> float:
        """Return the logarithm of the density of a table beforehand, up to a constant."""
        (up, down), guess = self.guess, table[self.free[:, -1], -1]
        normal = -0.5 * (self.weight * np.where(self.free, table - self.mean, 0.0) ** 2).sum()
        return float(normal + ((up - 1) * log_expit(guess) + (down - 1) * log_expit(-guess)).sum())


def layout_of(counts: Ints, *, model: str, priors: Priors) -> Layout:
    """Lay out what a model estimates for items whose values were counted (m, k + 1)."""
    m, steps = len(counts), counts.shape[1] - 1
    tied = model == "rasch"
    free = np.column_stack((np.ones(m, np.bool_), counts[:, 1:] > 0, np.full(m, model == "3pl")))
    number = np.arange(free.size).reshape(free.shape)
    number[:, 0] *= not tied
    parameter = np.full(free.shape, -1)
    parameter[free] = np.unique(number[free], return_inverse=True)[1]
    places = (np.flatnonzero(free), parameter[free])
    join = csr_array((np.ones(len(places[0])), places), shape=(free.size, int(parameter.max()) + 1))
    slope, intercept = priors.slope or (0.0, np.inf), priors.intercept or (0.0, np.inf)
    weight = np.array([slope[1], *[intercept[1]] * steps, np.inf]) ** -2.0
    weight[0] /= m if tied else 1  # what many items share is believed once
    return Layout(
        free=free,
        parameter=parameter,
        join=join,
        tied=tied,
        mean=np.array([slope[0], *[intercept[0]] * steps, 0.0]),
        weight=weight,
        guess=priors.guess or (1.0, 1.0),
    )


def curvature(table: Floats, counts: Floats, grid: Floats, layout: Layout) -> tuple[Floats, Floats]:
    """Return gradient (m, k + 2) and curvature (m, k + 2, k + 2) of each item's expected log-likelihood and prior.

    The curvature is the expected one (Fisher's), which never bends the wrong way. Its diagonal is 1 for figures that
    are not estimated.
    """
    chance, slope = chances(table, grid), slopes(table, grid)
    m, width = table.shape
    flat = slope.reshape(m, width, -1)
    weight = counts.sum(axis=1, keepdims=True) / chance
    bend = (flat * weight.reshape(m, 1, -1)) @ flat.transpose(0, 2, 1) + np.diag(layout.weight)
    gradient = np.matvec(flat, (counts / chance).reshape(m, -1))
    gradient -= layout.weight * np.where(layout.free, table - layout.mean, 0.0)
    (up, down), guess = layout.guess, expit(table[:, -1])
    gradient[:, -1] += (up - 1) * (1 - guess) - (down - 1) * guess
    bend[:, -1, -1] += (up + down - 2) * guess * (1 - guess)
    both = layout.free[:, :, None] & layout.free[:, None, :]
    return np.where(layout.free, gradient, 0.0), np.where(both, bend, np.eye(width)) + 1e-9 * np.eye(width)
