"""Marginal maximum likelihood by expectation and maximisation, made to converge.

Each pass over the answers is an expectation step and one Newton step for each item (Lange 1995, JRSS B 57, pages
425-437), followed by moving and stretching the scale so that people are standard normal again (parameter expansion:
Liu, Rubin and Wu 1998, Biometrika 85, pages 755-770), which removes the slowest directions of the plain method. What is
slow still is extrapolated from the last passes (Anderson acceleration: Walker and Ni 2011, SIAM Journal on Numerical
Analysis 49, pages 1715-1735), and an extrapolation that lowers the likelihood is taken back. Where there are many
answers, a calibration of some of the people comes first.

Standard errors come from the inverse of the observed information. Up to forty people a figure, or 40,000 in all, it is
exact: what complete data would give, less what the unknown abilities take away (Louis 1982, JRSS B 44, pages 226-233).
The loss is each person's posterior variance of the derivative of the log-likelihood; it is added up along polynomials
that are orthonormal under the posterior, of which a few carry all of it. With more people, the products of the
derivatives of half of them or fewer (never fewer than 20,000 or twenty a figure) are within a percent of it and cost
much less.
"""

from collections.abc import Iterator
from typing import Literal

import numpy as np
from scipy.sparse import csr_array
from scipy.special import logit

from vested.engines.adaptive._checks import Data, InvalidAnswers, check_calibrated, counts_of, read
from vested.engines.adaptive._curves import Layout, bank_of, chances, curvature, grid_of, layout_of, slopes
from vested.engines.adaptive._nouns import Answers, Bank, Calibration, Doubt, Floats, Ints, Priors, Whole
from vested.engines.adaptive._people import every, expected_counts, posteriors

Model = Literal["rasch", "2pl", "3pl", "graded"]
MEMORY = 6  # passes an extrapolation looks back
FIRST = 4000  # answers an item has in the first calibration


def calibrate(
    responses: Whole | Floats | Answers,
    *,
    model: Model = "2pl",
    priors: Priors | None = None,
    points: int = 61,
    tolerance: float = 1e-4,
    most: int = 500,
    errors: bool = True,
) -> Calibration:
    """Find the bank under which the answers are most likely; people are standard normal on its scale.

    ``responses`` (n, m): 0, 1, ... (higher is better), -1 or nan where nothing was answered or asked; or ``Answers``.
    ``model``: "rasch" one slope for all items (and any number of thresholds), "2pl", "3pl" with guessing, "graded"
    (Samejima 1969) with as many thresholds as an item has values less one. ``points`` of the ability grid from -6 to 6:
    61 hold tests with standard errors down to .13, more are for longer ones. Ends when no figure moves by more than
    ``tolerance`` in a pass, or after ``most`` passes. ``errors`` asks for standard errors, covariance and distance.

    Raises InvalidAnswers for answers no figures follow from, ValueError for an unknown model or a grid too coarse.
    """
    if model not in ("rasch", "2pl", "3pl", "graded"):
        raise ValueError(f"model is {model!r}: choose rasch, 2pl, 3pl or graded")
    if points < 21 or tolerance <= 0 or most < 1:
        raise ValueError("points has to be at least 21, tolerance above 0 and most at least 1")
    data = read(responses)
    people, items = data.matrix.shape
    counts = counts_of(data)
    check_calibrated(counts)
    if model in {"2pl", "3pl"} and data.categories > 2:
        raise InvalidAnswers(f"responses holds {data.categories - 1}, but {model} knows 0 and 1: use model='graded'")
    if people < 2 or items < (2 if model == "rasch" else 3):
        raise InvalidAnswers("responses has too few people or items to tell slopes apart: give at least 3 items")
    layout = layout_of(counts, model=model, priors=priors or Priors())
    grid, prior = grid_of(points)
    table = _start(counts, layout)
    thinning = int(counts.sum() / items / FIRST)
    if thinning > 2:
        some = every(data, thinning)
        if (counts_of(some)[counts > 0] >= 10).all():
            table, *_ = _climb(some, layout, table, grid, prior, tolerance=1e-2, most=50)
    table, expected, likelihood, rounds, step = _climb(data, layout, table, grid, prior, tolerance=tolerance, most=most)
    size = layout.join.shape[1]
    covariance, distance = np.full((size, size), np.nan), np.nan
    if errors:
        covariance = _covariance(data, table, expected, layout, grid, prior)
        gradient = layout.join.T @ curvature(table, expected, grid, layout)[0].ravel()
        distance = float(np.abs(covariance @ gradient).max())
    bank = bank_of(table)
    spread = layout.table(np.sqrt(np.diag(covariance)), otherwise=0.0)
    error = Bank(slope=spread[:, 0], intercept=spread[:, 1:-1], guess=spread[:, -1] * bank.guess * (1 - bank.guess))
    doubts = (
        Doubt.NEGATIVE * (bank.slope < 0)
        + Doubt.FLAT * (np.abs(bank.slope) < 2 * np.nan_to_num(error.slope))
        + Doubt.STEEP * (bank.slope > 5)
        + Doubt.FEW * ((counts > 0) & (counts < 20)).any(axis=1)
    )
    return Calibration(
        bank=bank,
        error=error,
        covariance=covariance,
        parameter=layout.parameter,
        likelihood=likelihood,
        rounds=rounds,
        step=step,
        distance=distance,
        converged=step <= tolerance,
        doubts=doubts.astype(np.int64),
    )


def _start(counts: Ints, layout: Layout) -> Floats:
    """Slopes of 1, thresholds from the shares of answers, guessing at one in six."""
    reached = np.cumsum(counts[:, ::-1], axis=1)[:, ::-1]
    share = (reached[:, 1:] + 0.5) / (reached[:, :1] + 1.0)
    ones = np.ones(len(counts))
    return np.where(layout.free, np.column_stack((ones, 1.2 * logit(share), logit(1 / 6) * ones)), -np.inf)


def _climb(
    data: Data, layout: Layout, table: Floats, grid: Floats, prior: Floats, *, tolerance: float, most: int
) -> tuple[Floats, Floats, float, int, float]:
    """Pass over the answers until nothing moves: table, expected counts, log-likelihood, passes and last change."""
    here = best = image = layout.flat(table)
    best_value, largest = -np.inf, np.inf
    steps: list[Floats] = []
    images: list[Floats] = []
    for number in range(1, most + 1):
        table = layout.table(here)
        counts, people_at, likelihood = expected_counts(data, chances(table, grid), prior)
        value = likelihood + layout.log_prior(table)
        if value < best_value - 1e-10 * abs(best_value) and number < most:  # back to where a plain pass led, or halfway
            here, image = image, (image + best) / 2
            steps, images = [], []
            continue
        best, best_value = here, value
        image = _improve(table, counts, people_at, grid, layout)
        step = image - here
        largest = float(np.abs(step).max())
        if largest <= tolerance:
            break
        steps, images = [*steps[-MEMORY:], step], [*images[-MEMORY:], image]
        here = _extrapolate(steps, images)
        if not layout.ordered(layout.table(here)).all() or np.abs(here - image).max() > 2.0:
            here = image
    return table, counts, likelihood, number, largest


def _improve(table: Floats, counts: Floats, people_at: Floats, grid: Floats, layout: Layout) -> Floats:
    """Take one Newton step for each item and bring people back to standard normal."""
    gradient, bend = curvature(table, counts, grid, layout)
    if layout.tied:
        step = layout.table(np.linalg.solve(layout.gather(bend), layout.join.T @ gradient.ravel()), otherwise=0.0)
    else:
        step = np.asarray(np.linalg.solve(bend, gradient[..., None])[..., 0], np.float64)
    moved = table + step / np.maximum(np.abs(step).max(axis=1, keepdims=True), 1.0)
    while (crossed := ~layout.ordered(moved, table)).any():
        moved = np.where(crossed[:, None], (moved + table) / 2, moved)
    if not layout.weight.any():  # nothing is believed of the scale: it may be moved
        share = people_at / people_at.sum()
        mean = share @ grid
        moved[:, 1:-1] += mean * moved[:, :1]
        moved[:, 0] *= np.sqrt(share @ (grid - mean) ** 2)
    return layout.flat(moved)


def _extrapolate(steps: list[Floats], images: list[Floats]) -> Floats:
    """Mix the last images so that their steps cancel best."""
    if len(steps) < 2:
        return images[-1]
    changes = np.stack([steps[-1] - step for step in steps[:-1]], axis=1)
    mix = np.linalg.lstsq(changes, steps[-1], rcond=1e-8)[0]
    return images[-1] - np.stack([images[-1] - image for image in images[:-1]], axis=1) @ mix


def _covariance(data: Data, table: Floats, counts: Floats, layout: Layout, grid: Floats, prior: Floats) -> Floats:
    """Return the covariance (p, p) of the estimated figures."""
    size = layout.join.shape[1]
    enough = max(20 * size, 20_000)
    chance = chances(table, grid)
    tables = (slopes(table, grid) / chance[:, None]).transpose(2, 3, 0, 1).reshape(chance.shape[1], len(grid), -1)
    people = data.matrix.shape[0]
    if people > 2 * enough:
        some = every(data, people // enough)
        products = np.zeros((size, size))
        for who, posterior, _ in posteriors(some, chance, prior):
            part = _derivative(some, who, posterior, tables, layout)
            products += part.T @ part
        believed = layout.gather(curvature(table, np.zeros_like(counts), grid, layout)[1])
        return np.asarray(np.linalg.inv(products * (people / (some.matrix.shape[0] - size)) + believed))
    left = layout.gather(_bend(table, counts, grid, layout))
    for who, posterior, _ in posteriors(data, chance, prior):
        weights = _orthonormal(posterior, grid)
        more, lost = 1.0, 0.0
        while more > 1e-9 * lost:
            part = _derivative(data, who, next(weights), tables, layout)
            left -= part.T @ part
            more = float((part**2).sum())
            lost += more
    return np.asarray(np.linalg.inv(left))


def _bend(table: Floats, counts: Floats, grid: Floats, layout: Layout) -> Floats:
    """Return the curvature (m, k + 2, k + 2) of each item as counted: differences of its gradient."""
    moves = 1e-5 * np.eye(table.shape[1])
    falls = [curvature(table - move, counts, grid, layout)[0] for move in moves]
    rises = [curvature(table + move, counts, grid, layout)[0] for move in moves]
    return (np.stack(falls, axis=2) - np.stack(rises, axis=2)) / 2e-5


def _derivative(data: Data, people: slice, weight: Floats, tables: Floats, layout: Layout) -> Floats:
    """Return the sum over the grid of weight (b, q) times the derivatives of each person's log-likelihood: (b, p)."""
    block = data.matrix[people]
    if isinstance(block, csr_array):
        block = block.toarray()
    b, m = block.shape
    found = np.zeros((b, m, tables.shape[2] // m))
    for value, table in enumerate(tables):
        found += (block == value + 1)[:, :, None] * (weight @ table).reshape(b, m, -1)
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
