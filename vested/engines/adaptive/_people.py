"""What answers say about each person, and what people together say about items: the expectation step.

Many answers a person are matrix products (Bock and Aitkin 1981, Psychometrika 46, pages 443-459). Few answers among
many items are gone through one by one: chances are multiplied, no exponential is taken, and the weight is brought back
to one every eight answers, so that nothing becomes too small. Abilities are the mean and the spread of the posterior
(Bock and Mislevy 1982, APM 6, pages 431-444).
"""

from collections.abc import Iterator
from dataclasses import replace

import numba
import numpy as np
from scipy.sparse import csr_array

from vested.engines.adaptive._checks import Data, InvalidAnswers, InvalidBank, check_bank, read
from vested.engines.adaptive._curves import chances, grid_of, table_of
from vested.engines.adaptive._nouns import Answers, Bank, Floats, Ints, Scores, Whole

BLOCK = 1024  # people at a time: their posteriors stay in the cache


def score(
    responses: Whole | Floats | Answers, bank: Bank, *, prior: tuple[float, float] = (0.0, 1.0), points: int = 121
) -> Scores:
    """Estimate everybody's ability from ``responses`` (n, m), missing -1 or nan, to the items of a bank.

    ``prior`` is the mean and standard deviation of the people, on the bank's scale; somebody without answers gets just
    that. The mean of a posterior is drawn towards the prior's: by .13 beyond 1.5 on a short test. Abilities are looked
    for from 6 standard deviations below the prior's mean to 6 above. Raises InvalidAnswers and InvalidBank.
    """
    check_bank(bank)
    table = table_of(bank)
    data = read_for(responses, table)
    if not (np.isfinite(prior[0]) and prior[1] > 0):
        raise InvalidBank(f"prior is {prior}: give a mean and a standard deviation above 0")
    base, weight = grid_of(points)
    grid = prior[0] + prior[1] * base
    powers = np.stack((grid, grid**2), axis=1)
    parts = [posterior @ powers for _, posterior, _ in posteriors(data, chances(table, grid), weight)]
    mean, square = np.concatenate(parts).T
    return Scores(ability=mean, error=np.sqrt(np.maximum(square - mean**2, 0.0)))


def read_for(responses: Whole | Floats | Answers, table: Floats) -> Data:
    """Read answers to the items of a bank, given as its table."""
    categories = table.shape[1] - 1
    data = read(responses, categories=categories)
    if data.matrix.shape[1] != len(table) or data.categories > categories:
        raise InvalidAnswers(
            f"responses has {data.matrix.shape[1]} items and values up to {data.categories - 1}, the bank {len(table)} "
            f"and knows answers 0..{categories - 1}: give a column for each item"
        )
    return data


def posteriors(data: Data, chance: Floats, prior: Floats) -> Iterator[tuple[slice, Floats, float]]:
    """Yield people (a slice), their posteriors (b, q) over the grid and their marginal log-likelihood in sum."""
    logs, base, first = np.log(chance), np.log(prior), 0
    if data.complete:  # who gave no other answer gave a 0
        logs, base, first = logs - logs[:, :1], base + logs[:, 0].sum(axis=0), 1
    matrix = data.matrix
    for begin in range(0, matrix.shape[0], BLOCK):
        people = slice(begin, begin + BLOCK)
        if isinstance(matrix, csr_array):
            start = matrix.indptr[begin : begin + BLOCK + 1]
            found = np.empty((len(start) - 1, len(prior)))
            yield people, found, _multiply(start, matrix.indices, matrix.data, chance, prior, found)
            continue
        block = matrix[people]
        found = sum(
            ((block == value + 1).astype(np.float64) @ logs[:, value] for value in range(first, data.categories)),
            start=base,
        )
        top = found.max(axis=1, keepdims=True)
        found -= top
        np.exp(found, out=found)
        total = found.sum(axis=1, keepdims=True)
        found /= total
        yield people, found, float((np.log(total) + top).sum())


def expected_counts(data: Data, chance: Floats, prior: Floats) -> tuple[Floats, Floats, float]:
    """Return expected counts (m, categories, q) of answers, of people (q,), and the marginal log-likelihood."""
    counts, people_at, likelihood = np.zeros(chance.shape), np.zeros(len(prior)), 0.0
    matrix = data.matrix
    for people, posterior, part in posteriors(data, chance, prior):
        likelihood += part
        people_at += posterior.sum(axis=0)
        if isinstance(matrix, csr_array):
            start = matrix.indptr[people.start : people.stop + 1]
            _add(start, matrix.indices, matrix.data, posterior, counts)
            continue
        block = matrix[people]
        for value in range(1 if data.complete else 0, data.categories):
            counts[:, value] += (block == value + 1).astype(np.float64).T @ posterior
    if data.complete:
        counts[:, 0] = np.maximum(people_at - counts[:, 1:].sum(axis=1), 0.0)
    return counts, people_at, likelihood


def every(data: Data, step: int) -> Data:
    """Keep one person in ``step``, evenly, whatever order they are in."""
    return replace(data, matrix=data.matrix[::step])


@numba.njit(cache=True)
def _multiply(start: Ints, item: Ints, code: Ints, chance: Floats, prior: Floats, found: Floats) -> float:
    _, categories, points = chance.shape
    table = chance.reshape(-1, points)
    weight = np.empty(points)
    likelihood = 0.0
    for i in range(len(start) - 1):
        for q in range(points):
            weight[q] = prior[q]
        for k in range(start[i], start[i + 1]):
            at = np.uint32(item[k] * categories + code[k] - 1)  # unsigned: never looked up from the end
            for q in range(points):
                weight[q] *= table[at, q]
            if (k - start[i]) % 8 == 7:
                top = weight.max()
                likelihood += np.log(top)
                for q in range(points):
                    weight[q] = weight[q] / top + 1e-150  # keeps the tails normal numbers, and changes nothing else
        total = weight.sum()
        likelihood += np.log(total)
        for q in range(points):
            found[i, q] = weight[q] / total
    return likelihood


@numba.njit(cache=True)
def _add(start: Ints, item: Ints, code: Ints, posterior: Floats, counts: Floats) -> None:
    _, categories, points = counts.shape
    table = counts.reshape(-1, points)
    for i in range(len(start) - 1):
        for k in range(start[i], start[i + 1]):
            at = np.uint32(item[k] * categories + code[k] - 1)
            for q in range(points):
                table[at, q] += posterior[i, q]
