"""How sure estimated figures are: the inverse of the observed information of the marginal likelihood.

Up to forty people a figure, or 40,000 in all, the information is exact: what complete data would give, less what the
unknown abilities take away (Louis 1982, JRSS B 44, pages 226-233). The loss is each person's posterior variance of
the derivative of the log-likelihood; it is added up along polynomials that are orthonormal under the posterior, of
which a few carry all of it. With more people, the products of the derivatives of half of them or fewer (never fewer
than 20,000 or twenty a figure) are within a percent of it and cost much less.
"""

from collections.abc import Iterator

import numpy as np

from vested.engines.adaptive._checks import Data
from vested.engines.adaptive._curves import chances, slopes
from vested.engines.adaptive._layout import Layout, curvature
from vested.engines.adaptive._nouns import Floats
from vested.engines.adaptive._people import block_of, every, posteriors


def covariance_of(data: Data, table: Floats, counts: Floats, layout: Layout, grid: Floats, prior: Floats) -> Floats:
    """Return the covariance (p, p) of the estimated figures."""
    size = layout.join.shape[1]
    enough = max(20 * size, 20_000)
    chance = chances(table, grid)
    tables = (slopes(table, grid) / chance[:, None]).transpose(2, 3, 0, 1).reshape(chance.shape[1], len(grid), -1)
    if data.n > 2 * enough:
        some = every(data, data.n // enough)
        products = np.zeros((size, size))
        for people, posterior, _ in posteriors(some, chance, prior):
            part = _derivative(some, people, posterior, tables, layout)
            products += part.T @ part
        bare = curvature(table, np.zeros_like(counts), grid, layout)[1]  # priors alone
        believed = layout.gather(np.where(layout.free[:, :, None] & layout.free[:, None, :], bare, 0.0))
        return _inverse(products * (data.n / (some.n - size)) + believed)
    left = layout.gather(curvature(table, counts, grid, layout, observed=True)[1])
    for people, posterior, _ in posteriors(data, chance, prior):
        weights = _orthonormal(posterior, grid)
        more, lost = 1.0, 0.0
        while more > 1e-9 * lost:
            part = _derivative(data, people, next(weights), tables, layout)
            left -= part.T @ part
            more = float((part**2).sum())
            lost += more
    return _inverse(left)


def _derivative(data: Data, people: slice, weight: Floats, tables: Floats, layout: Layout) -> Floats:
    """Return the sum over the grid of weight (b, q) times the derivatives of each person's log-likelihood: (b, p)."""
    block = block_of(data, people)
    b, m = block.shape
    found = np.zeros((b, m, tables.shape[2] // m))
    for value, table in enumerate(tables):
        found += (block == value)[:, :, None] * (weight @ table).reshape(b, m, -1)
    return np.asarray(found.reshape(b, -1) @ layout.join)


def _orthonormal(posterior: Floats, grid: Floats) -> Iterator[Floats]:
    """Yield posterior times polynomials of degree 1, 2, … orthonormal under it, each (b, q)."""
    before, now, length = np.zeros_like(posterior), np.ones_like(posterior), np.zeros((len(posterior), 1))
    while True:
        middle = (posterior * now**2 * grid).sum(axis=1, keepdims=True)
        after = (grid - middle) * now - length * before
        length = np.sqrt((posterior * after**2).sum(axis=1, keepdims=True))
        before, now = now, after / np.maximum(length, 1e-12)
        yield posterior * now


def _inverse(matrix: Floats) -> Floats:
    return np.asarray(np.linalg.inv((matrix + matrix.T) / 2), np.float64)
