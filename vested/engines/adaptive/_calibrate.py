"""Marginal maximum likelihood by expectation and maximisation, made to converge.

Each pass over the answers is an expectation step and one Newton step for each item (Lange 1995, JRSS B 57, pages
425-437), followed by moving and stretching the scale so that people are standard normal again (parameter expansion:
Liu, Rubin and Wu 1998, Biometrika 85, pages 755-770), which removes the slowest directions of the plain method. What is
slow still is extrapolated from the last passes (Anderson acceleration: Walker and Ni 2011, SIAM Journal on Numerical
Analysis 49, pages 1715-1735), and an extrapolation that lowers the likelihood is taken back. Where there are many
answers, a calibration of some of the people comes first.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import logit

from vested.engines.adaptive._checks import Data, InvalidAnswers, check_calibrated, counts_of, read
from vested.engines.adaptive._curves import bank_of, chances, grid_of
from vested.engines.adaptive._errors import covariance_of
from vested.engines.adaptive._layout import Layout, curvature, layout_of
from vested.engines.adaptive._nouns import Answers, Bank, Calibration, Doubt, Floats, Ints, Priors, Whole
from vested.engines.adaptive._people import every, expected_counts

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
    counts = counts_of(data)
    check_calibrated(counts)
    if model in {"2pl", "3pl"} and data.categories > 2:
        raise InvalidAnswers(f"responses holds {data.categories - 1}, but {model} knows 0 and 1: use model='graded'")
    if data.n < 2 or data.m < (2 if model == "rasch" else 3):
        raise InvalidAnswers("responses has too few people or items to tell slopes apart: give at least 3 items")
    layout = layout_of(counts, model=model, priors=priors or Priors())
    start = _start(counts, layout)
    thinning = int(counts.sum() / data.m / FIRST)
    if thinning > 2:
        some = every(data, thinning)
        seen = counts_of(some)
        if (seen[counts > 0] >= 10).all():
            start = _climb(some, layout, start, points=points, tolerance=1e-2, most=50).table
    end = _climb(data, layout, start, points=points, tolerance=tolerance, most=most)
    return _calibration(data, counts, layout, end, points=points, tolerance=tolerance, errors=errors)


@dataclass(frozen=True, slots=True, eq=False)
class _End:
    table: Floats
    counts: Floats
    likelihood: float
    rounds: int
    step: float


def _start(counts: Ints, layout: Layout) -> Floats:
    """Slopes of 1, thresholds from the shares of answers, guessing at one in six."""
    reached = np.cumsum(counts[:, ::-1], axis=1)[:, ::-1]
    share = (reached[:, 1:] + 0.5) / (reached[:, :1] + 1.0)
    share = np.where(layout.free[:, -1:], np.maximum(share - 0.15, 0.05), share)
    table = np.full((len(counts), counts.shape[1] + 1), -np.inf)
    table[:, 0] = 1.0
    table[:, 1:-1] = np.where(layout.free[:, 1:-1], 1.2 * logit(share), -np.inf)
    table[layout.free[:, -1], -1] = logit(1 / 6)
    return table


def _climb(data: Data, layout: Layout, table: Floats, *, points: int, tolerance: float, most: int) -> _End:
    """Pass over the answers until nothing moves."""
    grid, prior = grid_of(points)
    here = layout.flat(table)
    best, best_value, back = here, -np.inf, here
    steps: list[Floats] = []
    images: list[Floats] = []
    for number in range(1, most + 1):
        table = layout.table(here)
        counts, people_at, likelihood = expected_counts(data, chances(table, grid), prior)
        value = likelihood + layout.log_prior(table)
        if value < best_value - 1e-10 * abs(best_value) and number < most:
            here, back = back, (back + best) / 2
            steps, images = [], []
            continue
        best, best_value = here, value
        image = _improve(table, counts, people_at, grid, layout)
        step = image - here
        largest = float(np.abs(step).max())
        if largest <= tolerance:
            break
        steps, images = [*steps[-MEMORY:], step], [*images[-MEMORY:], image]
        back, here = image, _extrapolate(steps, images)
        if not layout.ordered(layout.table(here)).all() or np.abs(here - image).max() > 2.0:
            here = image
        if here is image:
            back = (image + best) / 2
    return _End(table, counts, likelihood, number, largest)


def _improve(table: Floats, counts: Floats, people_at: Floats, grid: Floats, layout: Layout) -> Floats:
    """Take one Newton step for each item and bring people back to standard normal."""
    gradient, bend = curvature(table, counts, grid, layout)
    if layout.tied:
        step = layout.table(np.linalg.solve(layout.gather(bend), layout.join.T @ gradient.ravel()), otherwise=0.0)
    else:
        step = np.asarray(np.linalg.solve(bend, gradient[..., None])[..., 0], np.float64)
    largest = np.abs(step).max(axis=1, keepdims=True)
    step *= 1.0 / np.maximum(largest.max() if layout.tied else largest, 1.0)
    moved = np.where(layout.free, table + step, table)
    while (crossed := ~layout.ordered(moved, table)).any():
        rows = slice(None) if layout.tied else crossed  # a shared slope goes back for all
        moved[rows] = np.where(layout.free[rows], (moved[rows] + table[rows]) / 2, table[rows])
    if layout.shifts:
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


def _calibration(
    data: Data, counts: Ints, layout: Layout, end: _End, *, points: int, tolerance: float, errors: bool
) -> Calibration:
    grid, prior = grid_of(points)
    bank = bank_of(end.table)
    size = layout.join.shape[1]
    covariance, distance = np.full((size, size), np.nan), np.nan
    if errors:
        covariance = covariance_of(data, end.table, end.counts, layout, grid, prior)
        gradient = layout.join.T @ curvature(end.table, end.counts, grid, layout)[0].ravel()
        distance = float(np.abs(covariance @ gradient).max())
    spread = layout.table(np.sqrt(np.diag(covariance)), otherwise=0.0)
    error = Bank(slope=spread[:, 0], intercept=spread[:, 1:-1], guess=spread[:, -1] * bank.guess * (1 - bank.guess))
    doubts = (
        Doubt.NEGATIVE * (bank.slope < 0)
        + Doubt.FLAT * (np.abs(bank.slope) < 2 * np.nan_to_num(error.slope))
        + Doubt.STEEP * (bank.slope > 5)
        + Doubt.FEW * (np.where(counts > 0, counts, 20).min(axis=1) < 20)
    )
    return Calibration(
        bank=bank,
        error=error,
        covariance=covariance,
        parameter=layout.parameter,
        people=data.n,
        likelihood=end.likelihood,
        rounds=end.rounds,
        step=end.step,
        distance=distance,
        converged=end.step <= tolerance,
        doubts=doubts.astype(np.int64),
    )
