"""One scale for banks calibrated at different times, and whether items work alike in two groups.

Stocking and Lord 1983 (APM 7, pages 201-210) bring the curves of the whole common test together, weighted by a
standard normal density.

Groups are compared by Lord's Wald test (1980, Applications of Item Response Theory, pages 217-223), chosen before
likelihood ratios because one calibration a group serves all items, where ratios need one for each item with anchors
known beforehand. Its known fault, taking the link between the scales for exact, is mended: what a change of scale can
explain is projected out of the differences and of their covariance (generalised least squares over the anchors).
Anchors are purified (Candell and Drasgow 1988, APM 12, pages 253-260). Guessing is not compared.
"""

import numpy as np
from scipy.optimize import least_squares
from scipy.stats import chi2, false_discovery_control

from vested.engines.adaptive._checks import InvalidAnswers, InvalidBank, check_bank
from vested.engines.adaptive._curves import bank_of, grid_of, scores, table_of
from vested.engines.adaptive._nouns import Bank, Calibration, Flags, Floats, ItemDifference, Link, Whole


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


def item_difference(
    reference: Calibration, focal: Calibration, *, level: float = 0.05, rounds: int = 10
) -> ItemDifference:
    """Compare two groups' calibrations (same items, same order, same model, with errors).

    ``level`` is the share of false ones among the items flagged (Benjamini and Hochberg 1995). Items flagged stop being
    anchors and the comparison is made again, at most ``rounds`` times and while two anchors are left. Raises
    InvalidAnswers where the calibrations do not match or hold no errors.
    """
    mine, theirs = table_of(focal.bank), table_of(reference.bank)
    if focal.parameter.shape != reference.parameter.shape or (focal.parameter != reference.parameter).any():
        raise InvalidAnswers("reference and focal differ in items, thresholds or model: calibrate the same ones alike")
    if np.isnan(focal.covariance).any() or np.isnan(reference.covariance).any():
        raise InvalidAnswers("reference or focal holds no errors: calibrate with errors=True")
    compared = reference.parameter[:, :-1] >= 0
    if (reference.parameter[:, 0] == reference.parameter[0, 0]).all():
        compared[:, 0] = False  # one slope for all says nothing about an item
    anchors = np.ones(len(mine), np.bool_)
    for _ in range(max(rounds, 1)):
        by = linked(mine[anchors], theirs[anchors])
        there = moved(mine, by.slope, by.intercept)
        statistic = _wald(reference, focal, theirs, there, by, compared, anchors)
        freedom = compared.sum(axis=1)
        chance = chi2.sf(statistic, freedom)
        flagged = false_discovery_control(chance) <= level
        if (flagged == ~anchors).all() or (~flagged).sum() < 2:
            break
        anchors = ~flagged
    grid, weight = grid_of(61)
    people = np.interp(grid, by.slope * grid + by.intercept, weight)  # the focal group on the reference scale
    effect = (scores(there, grid) - scores(theirs, grid)) @ (people / people.sum())
    return ItemDifference(statistic=statistic, freedom=freedom, chance=chance, flagged=flagged, effect=effect, link=by)


def _wald(
    reference: Calibration, focal: Calibration, theirs: Floats, there: Floats, by: Link, compared: Flags, anchors: Flags
) -> Floats:
    """Return each item's Wald statistic (m,)."""
    m, width = compared.shape
    turn = np.eye(width)
    turn[:, 0] = -by.intercept / by.slope  # thresholds move with the slope when the scale does
    turn[0, 0] = 1 / by.slope
    turns = np.kron(np.eye(m), turn)
    cover = (_spread(reference) + turns @ _spread(focal) @ turns.T)[np.ix_(compared.ravel(), compared.ravel())]
    apart = there[:, :-1][compared] - theirs[:, :-1][compared]
    owner, column = np.nonzero(compared)
    slope = theirs[owner, 0]
    scale = np.stack((np.where(column == 0, slope, 0.0), np.where(column > 0, slope, 0.0)), axis=1)
    scale = scale[:, np.abs(scale).max(axis=0) > 0]
    held = anchors[owner]
    pull = np.linalg.solve(cover[np.ix_(held, held)], scale[held])
    rest = np.eye(len(owner))
    rest[:, held] -= scale @ np.linalg.solve(scale[held].T @ pull, pull.T)
    apart, left = rest @ apart, rest @ cover @ rest.T
    own = [owner == item for item in range(m)]
    return np.array([apart[here] @ np.linalg.solve(left[np.ix_(here, here)], apart[here]) for here in own])


def _spread(calibration: Calibration) -> Floats:
    """Return the covariance of all slopes and intercepts, item by item (m (k + 1), m (k + 1)); 0 where none is."""
    at = calibration.parameter[:, :-1].ravel()
    return np.asarray(np.pad(calibration.covariance, (0, 1))[np.ix_(at, at)])  # -1 finds the row of zeros
