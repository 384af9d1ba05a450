"""Whether items behave as calibrated: S-X2.

Orlando and Thissen 2000 (Applied Psychological Measurement 24, pages 50-64); for graded answers Kang and Chen 2008
(Journal of Educational Measurement 45, pages 391-406).
"""

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array
from scipy.stats import chi2

from vested.engines.adaptive._checks import InvalidAnswers
from vested.engines.adaptive._curves import chances, grid_of, table_of
from vested.engines.adaptive._nouns import Calibration, Floats, ItemFit, Whole
from vested.engines.adaptive._people import read_for


def item_fit(responses: Whole | Floats, calibration: Calibration, *, points: int = 61) -> ItemFit:
    """Compare answers with those expected of people with the same total score.

    ``responses`` (n, m) to the calibration's items; people who left one out are set aside, and those with the least and
    the greatest score say nothing. Neighbouring scores are put together until two cells or more of one expect a person
    or more each, then neighbouring answers until every cell does. The chance is of a misfit as large in a fitting item.

    Raises InvalidAnswers where fewer than two people answered everything: give the items of one form and their bank.
    """
    table = table_of(calibration.bank)
    data = read_for(responses, table)
    matrix = data.matrix.toarray() if isinstance(data.matrix, csr_array) else data.matrix
    matrix = matrix[(matrix > 0).all(axis=1)] - 1
    if len(matrix) < 2:
        raise InvalidAnswers("responses has fewer than two people who answered every item: give the items of one form")
    grid, weight = grid_of(points)
    chance = chances(table, grid)
    top = np.where(np.isfinite(table[:, 1:-1]), 1, 0).sum(axis=1)
    total = matrix.sum(axis=1, dtype=np.int64)
    size = np.bincount(total, minlength=int(top.sum()) + 1)
    statistic, freedom = np.zeros(len(table)), np.zeros(len(table), np.int64)
    for item in range(len(table)):
        answers = top[item] + 1
        rest = np.ones((1, len(grid)))
        for other in range(len(table)):
            if other != item:
                rest = _with(rest, chance[other, : top[other] + 1])
        expected = np.zeros((len(size), answers))
        for value in range(answers):
            expected[value : value + len(rest), value] = rest @ (weight * chance[item, value])
        expected *= (size / expected.sum(axis=1))[:, None]
        observed = np.bincount(total * answers + matrix[:, item], minlength=expected.size).reshape(expected.shape)
        scores = list(np.stack((observed, expected), axis=2)[1:-1])
        groups = [_cells(score) for score in _together(scores, lambda score: len(_cells(score)) > 1)]
        statistic[item] = sum((seen - meant) ** 2 / meant for cells in groups for seen, meant in cells)
        freedom[item] = sum(len(cells) - 1 for cells in groups) - (calibration.parameter[item] >= 0).sum()
    left = freedom > 0
    probability = np.where(left, chi2.sf(statistic, np.maximum(freedom, 1)), np.nan)
    return ItemFit(statistic=np.where(left, statistic, np.nan), freedom=freedom, chance=probability, people=len(matrix))


def _with(before: Floats, chance: Floats) -> Floats:
    """Add an item's points to the chances of scores (s, q): Lord and Wingersky 1984, APM 8, pages 453-461."""
    after = np.zeros((len(before) + len(chance) - 1, before.shape[1]))
    for value, row in enumerate(chance):
        after[value : value + len(before)] += before * row
    return after


def _cells(score: Floats) -> list[Floats]:
    """Put neighbouring answers (answers, 2), observed and expected, together until each expects one person or more."""
    return _together(list(score), lambda cell: bool(cell[1] >= 1.0))


def _together(rows: list[Floats], enough: Callable[[Floats], bool]) -> list[Floats]:
    """Add neighbours up until each sum is enough; what is left at the end goes to the last."""
    sums: list[Floats] = []
    rest = np.zeros_like(rows[0])
    for row in rows:
        rest = rest + row
        if enough(rest):
            sums.append(rest)
            rest = np.zeros_like(row)
    return [*sums[:-1], sums[-1] + rest] if sums else []
