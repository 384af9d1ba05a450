"""Abilities from answers: the mean and the spread of the posterior (Bock and Mislevy 1982, APM 6, pages 431-444)."""

import numpy as np

from vested.engines.adaptive._checks import InvalidAnswers, InvalidBank, check_bank, read
from vested.engines.adaptive._curves import chances, grid_of, table_of
from vested.engines.adaptive._nouns import Answers, Bank, Floats, Scores, Whole
from vested.engines.adaptive._people import posteriors


def score(
    responses: Whole | Floats | Answers, bank: Bank, *, prior: tuple[float, float] = (0.0, 1.0), points: int = 121
) -> Scores:
    """Estimate everybody's ability from ``responses`` (n, m), missing -1 or nan, to the items of a bank.

    ``prior`` is the mean and standard deviation of the people, on the bank's scale; somebody without answers gets just
    that. The mean of a posterior is drawn towards the prior's: by .13 beyond 1.5 on a short test. Abilities are looked
    for from 6 standard deviations below the prior's mean to 6 above. Raises InvalidAnswers and InvalidBank.
    """
    check_bank(bank)
    categories = bank.intercept.shape[1] + 1
    data = read(responses, categories=categories)
    if data.m != len(bank.slope):
        raise InvalidAnswers(f"responses has {data.m} items, the bank {len(bank.slope)}: give a column for each item")
    if data.categories > categories:
        raise InvalidAnswers(f"responses holds {data.categories - 1}, the bank knows answers 0..{categories - 1}")
    if not (np.isfinite(prior[0]) and prior[1] > 0):
        raise InvalidBank(f"prior is {prior}: give a mean and a standard deviation above 0")
    base, weight = grid_of(points)
    grid = prior[0] + prior[1] * base
    ability, error = np.empty(data.n), np.empty(data.n)
    for people, posterior, _ in posteriors(data, chances(table_of(bank), grid), weight):
        mean = posterior @ grid
        ability[people] = mean
        error[people] = np.sqrt(np.maximum(posterior @ grid**2 - mean**2, 0.0))
    return Scores(ability=ability, error=error)
