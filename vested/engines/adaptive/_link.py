"""One scale for banks calibrated at different times.

Stocking and Lord 1983 (APM 7, pages 201-210) bring the curves of the whole common test together, weighted by a
standard normal density.
"""

import numpy as np
from scipy.optimize import least_squares

from vested.engines.adaptive._checks import InvalidBank, check_bank
from vested.engines.adaptive._curves import bank_of, grid_of, scores, table_of
from vested.engines.adaptive._nouns import Bank, Floats, Link, Whole


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
    steps = [np.isfinite(table[:, 1:-1]).sum(axis=1) for table in (mine, theirs)]
    if (steps[0] != steps[1]).any():
        raise InvalidBank("common items differ in their number of thresholds between the banks: leave those out")
    return linked(mine, theirs)


def linked(mine: Floats, theirs: Floats) -> Link:
    """Link tables of the same items."""
    grid, weight = grid_of(61)
    target, root = scores(theirs, grid), np.sqrt(weight)

    def apart(figures: Floats) -> Floats:
        difference = scores(moved(mine, figures[0], figures[1]), grid) - target
        return np.asarray(root * difference.sum(axis=0))

    found = least_squares(apart, (1.0, 0.0), bounds=([0.01, -np.inf], np.inf), xtol=1e-12, ftol=1e-12, gtol=1e-12)
    slope, intercept = (float(figure) for figure in found.x)
    loss = ((scores(moved(mine, slope, intercept), grid) - target) ** 2 @ weight).mean()
    return Link(slope=slope, intercept=intercept, loss=float(np.sqrt(loss)))


def rescale(bank: Bank, by: Link) -> Bank:
    """Return a bank's figures on the scale that ``by`` leads to."""
    check_bank(bank)
    return bank_of(moved(table_of(bank), by.slope, by.intercept))


def moved(table: Floats, slope: float, intercept: float) -> Floats:
    """Return a table on another scale."""
    found = table.copy()
    found[:, 0] /= slope
    found[:, 1:-1] -= found[:, :1] * intercept
    return found
