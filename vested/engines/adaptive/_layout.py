"""Which figures of a table are estimated, which are one and the same, and what is believed of them beforehand."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.special import expit, log_expit

from vested.engines.adaptive._curves import chances, slopes
from vested.engines.adaptive._nouns import Flags, Floats, Ints, Priors


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Layout:
    """``free`` and ``parameter`` (m, k + 2), the latter the row of the p estimated figures (-1: none).

    ``join`` (m (k + 2), p) adds what belongs to one figure; ``tied``: one slope for all; ``shifts``: the scale
    may be moved freely.
    """

    free: Flags
    parameter: Ints
    join: csr_array
    tied: bool
    shifts: bool
    priors: Priors

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
        rows = np.broadcast_to(self.parameter[:, :, None], blocks.shape)
        columns = np.broadcast_to(self.parameter[:, None, :], blocks.shape)
        used = (rows >= 0) & (columns >= 0)
        size = self.join.shape[1]
        found = np.bincount(rows[used] * size + columns[used], blocks[used], size * size)
        return np.asarray(found.reshape(size, size), np.float64)

    def ordered(self, table: Floats, before: Floats | None = None) -> Flags:
        """Tell for each item whether its thresholds fall, and by a tenth or more of what they fell ``before``."""
        with np.errstate(invalid="ignore"):
            least = 0.0 if before is None else 0.1 * np.diff(before[:, 1:-1], axis=1)
            falls = np.diff(table[:, 1:-1], axis=1) < least
        return np.asarray((falls | ~self.free[:, 2:-1]).all(axis=1))

    def believed(self) -> Iterator[tuple[int, float, float, float]]:
        """Yield columns with what a row of it counts, and the mean and deviation believed of it beforehand."""
        for column in range(self.free.shape[1] - 1):
            prior = self.priors.intercept if column else self.priors.slope
            if prior:
                yield column, 1.0 / len(self.free) if self.tied and not column else 1.0, *prior

    def log_prior(self, table: Floats) -> float:
        """Return the logarithm of the density of a table beforehand, up to a constant."""
        total = 0.0
        for column, once, mean, spread in self.believed():
            total -= 0.5 * once * (((table[self.free[:, column], column] - mean) / spread) ** 2).sum()
        if self.priors.guess:
            guess = table[self.free[:, -1], -1]
            up, down = self.priors.guess
            total += float(((up - 1) * log_expit(guess) + (down - 1) * log_expit(-guess)).sum())
        return total


def layout_of(counts: Ints, *, model: str, priors: Priors) -> Layout:
    """Lay out what a model estimates for items whose values were counted (m, k + 1)."""
    m, width = len(counts), counts.shape[1] + 1
    free = np.zeros((m, width), np.bool_)
    free[:, 0] = True
    free[:, 1:-1] = counts[:, 1:] > 0
    free[:, -1] = model == "3pl"
    tied = model == "rasch"
    counted = free.copy()
    counted[1:, 0] = not tied
    parameter = np.full(free.shape, -1)
    parameter[counted] = np.arange(int(counted.sum()))
    if tied:
        parameter[:, 0] = 0
    rows = np.flatnonzero(free)
    join = csr_array((np.ones(len(rows)), (rows, parameter[free])), shape=(m * width, int(parameter.max()) + 1))
    shifts = priors.slope is None and priors.intercept is None
    return Layout(free=free, parameter=parameter, join=join, tied=tied, shifts=shifts, priors=priors)


def curvature(
    table: Floats, counts: Floats, grid: Floats, layout: Layout, *, observed: bool = False
) -> tuple[Floats, Floats]:
    """Return gradient (m, k + 2) and curvature (m, k + 2, k + 2) of each item's expected log-likelihood and prior.

    The curvature is the expected one (Fisher's), which never bends the wrong way; ``observed``: as counted. Its
    diagonal is 1 for figures that are not estimated.
    """
    chance, slope = chances(table, grid), slopes(table, grid)
    ratio = counts / chance
    m, width = table.shape
    flat = slope.reshape(m, width, -1)
    gradient = np.matvec(flat, ratio.reshape(m, -1))
    weight = ratio / chance if observed else counts.sum(axis=1, keepdims=True) / chance
    bend = (flat * weight.reshape(m, 1, -1)) @ flat.transpose(0, 2, 1)
    if observed:
        bend -= _bends(table, ratio, grid)
    _add_priors(table, gradient, bend, layout)
    gradient = np.where(layout.free, gradient, 0.0)
    both = layout.free[:, :, None] & layout.free[:, None, :]
    return gradient, np.where(both, bend, np.eye(width)) + 1e-9 * np.eye(width)


def _bends(table: Floats, ratio: Floats, grid: Floats) -> Floats:
    """Return the sum over answers and abilities of ratio times the second derivatives of P."""
    m, width = table.shape
    guess = expit(table[:, -1])[:, None]
    found = np.zeros((m, width, width))
    for j in range(width - 2):
        curve = expit(table[:, 0, None] * grid + table[:, j + 1, None])
        weight = ratio[:, j + 1] - ratio[:, j]
        bend = weight * (1 - guess) * curve * (1 - curve) * (1 - 2 * curve)
        found[:, 0, 0] += bend @ grid**2
        found[:, 0, j + 1] = found[:, j + 1, 0] = bend @ grid
        found[:, j + 1, j + 1] = bend.sum(axis=1)
        if j == 0:
            cross = -weight * curve * (1 - curve) * guess * (1 - guess)
            found[:, 0, -1] = found[:, -1, 0] = cross @ grid
            found[:, 1, -1] = found[:, -1, 1] = cross.sum(axis=1)
            found[:, -1, -1] = (weight * (1 - curve) * guess * (1 - guess) * (1 - 2 * guess)).sum(axis=1)
    return found


def _add_priors(table: Floats, gradient: Floats, bend: Floats, layout: Layout) -> None:
    """Add what is believed beforehand; a figure many items share is believed once."""
    for column, once, mean, spread in layout.believed():
        gradient[:, column] -= once * (table[:, column] - mean) / spread**2
        bend[:, column, column] += once / spread**2
    if layout.priors.guess:
        guess = expit(table[:, -1])
        up, down = layout.priors.guess
        gradient[:, -1] += (up - 1) * (1 - guess) - (down - 1) * guess
        bend[:, -1, -1] += (up + down - 2) * guess * (1 - guess)
