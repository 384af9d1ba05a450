"""One scale for banks calibrated at different times.

Stocking and Lord 1983 (APM 7, pages 201-210) bring the curves of the whole common test together, weighted by a
standard normal density.
"""

import numpy as np
from scipy.optimize import least_squares

from vested.engines.adaptive._checks import InvalidBank, check_bank
from vested.engines.adaptive._curves import grid_of, scores, table_of
from vested.engines.adaptive._nouns import Bank, Flags, Floats, Link, Whole


def link(new: Bank, old: Bank, *, common: Whole | None = None) -> Link:
    """Find how abilities on the scale of ``new`` read on the scale of ``old``.

    ``common`` (c, 2) rows of the same items in new and old; without it the banks hold the same items in the same order.
    Raises InvalidBank with fewer than two common items, or where common items differ in their number of thresholds.
    """
    check_bank(new)
    check_bank(old)
    if common is None:
        if len(new.slope) != len(old.slope):
            raise InvalidBank("the banks differ in size: name the common items")
        common = np.stack([np.arange(len(new.slope))] * 2, axis=1)
    sizes = np.array([len(new.slope), len(old.slope)])
    if common.ndim != 2 or common.shape[1] != 2 or (common < 0).any() or (common >= sizes).any():
        raise InvalidBank("common has to hold rows of new and old items, in two columns")
    if len(common) < 2 or len(np.unique(common[:, 0])) < len(common) or len(np.unique(common[:, 1])) < len(common):
        raise InvalidBank("common has to name two items or more, each once")
    mine, theirs = table_of(new)[common[:, 0]], table_of(old)[common[:, 1]]
    width = max(mine.shape[1], theirs.shape[1])
    mine, theirs = _widened(mine, width), _widened(theirs, width)
    if (np.isfinite(mine[:, 1:-1]) != np.isfinite(theirs[:, 1:-1])).any():
        raise InvalidBank("common items differ in their number of thresholds between the banks: leave those out")
    return linked(mine, theirs, np.ones(len(mine), np.bool_))


def linked(mine: Floats, theirs: Floats, used: Flags) -> Link:
    """Link tables of the same items by the items ``used``."""
    mine, theirs = mine[used], theirs[used]
    grid, weight = grid_of(61)
    target, root = scores(theirs, grid), np.sqrt(weight)
    beside = _mean_sigma(mine, theirs)

    def apart(figures: Floats) -> Floats:
        difference = scores(moved(mine, figures[0], figures[1]), grid) - target
        return np.asarray(root * difference.sum(axis=0))

    found = least_squares(apart, beside, bounds=([0.01, -np.inf], np.inf), xtol=1e-12, ftol=1e-12, gtol=1e-12)
    slope, intercept = (float(figure) for figure in found.x)
    loss = ((scores(moved(mine, slope, intercept), grid) - target) ** 2 @ weight).mean()
    return Link(slope=slope, intercept=intercept, mean_sigma=beside, loss=float(np.sqrt(loss)))


def rescale(bank: Bank, by: Link) -> Bank:
    """Return a bank's figures on the scale that ``by`` leads to."""
    check_bank(bank)
    slope = bank.slope / by.slope
    return Bank(slope=slope, intercept=bank.intercept - (slope * by.intercept)[:, None], guess=bank.guess)


def moved(table: Floats, slope: float, intercept: float) -> Floats:
    """Return a table on another scale."""
    found = table.copy()
    found[:, 0] /= slope
    found[:, 1:-1] -= found[:, :1] * intercept
    return found


def _mean_sigma(mine: Floats, theirs: Floats) -> tuple[float, float]:
    """Marco 1977 (JEM 14, pages 139-160); items that hardly tell people apart have difficulties far out: left aside."""
    told = (mine[:, 0] > 0.1) & (theirs[:, 0] > 0.1)
    real = np.isfinite(mine[told, 1:-1])
    here, there = ((-table[told, 1:-1] / table[told, :1])[real] for table in (mine, theirs))
    if len(here) < 2 or here.std() == 0 or there.std() == 0:
        return 1.0, 0.0
    slope = float(there.std() / here.std())
    return slope, float(there.mean() - slope * here.mean())


def _widened(table: Floats, width: int) -> Floats:
    """Give a table columns for more thresholds."""
    none = np.full((len(table), width - table.shape[1]), -np.inf)
    return np.concatenate((table[:, :-1], none, table[:, -1:]), axis=1)
