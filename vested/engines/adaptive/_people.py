"""What answers say about each person, and what people together say about items: the expectation step.

Many answers a person are matrix products (Bock and Aitkin 1981, Psychometrika 46, pages 443-459). Few answers among
many items are gone through one by one: chances are multiplied, no exponential is taken, and the weight is brought back
to one every eight answers, so that nothing becomes too small.
"""

from collections.abc import Iterator
from dataclasses import replace

import numba
import numpy as np
from numpy.typing import NDArray

from vested.engines.adaptive._checks import Data
from vested.engines.adaptive._nouns import Floats, Ints

BLOCK = 1024  # people at a time: their posteriors stay in the cache


def posteriors(data: Data, chance: Floats, prior: Floats) -> Iterator[tuple[slice, Floats, float]]:
    """Yield people (a slice), their posteriors (b, q) over the grid and their marginal log-likelihood in sum."""
    table = np.ascontiguousarray(chance.reshape(-1, chance.shape[2]))
    logs = np.log(chance)
    base = logs[:, 0].sum(axis=0) if data.complete else np.zeros(chance.shape[2])
    with np.errstate(divide="ignore"):
        base = base + np.log(prior)
    first = 1 if data.complete else 0
    relative = logs - logs[:, :1] if data.complete else logs
    for begin in range(0, data.n, BLOCK):
        people = slice(begin, min(begin + BLOCK, data.n))
        if data.matrix is None:
            found = np.empty((people.stop - begin, chance.shape[2]))
            yield people, found, _multiply(data.start[begin : people.stop + 1], data.cell, table, prior, found)
            continue
        block = data.matrix[people]
        found = sum(
            ((block == value).astype(np.float64) @ relative[:, value] for value in range(first, data.categories)),
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
    q = chance.shape[2]
    counts = np.zeros((data.m, data.categories, q))
    flat, people_at, likelihood = counts.reshape(-1, q), np.zeros(q), 0.0
    for people, posterior, part in posteriors(data, chance, prior):
        likelihood += part
        people_at += posterior.sum(axis=0)
        if data.matrix is None:
            _add(data.start[people.start : people.stop + 1], data.cell, posterior, flat)
            continue
        block = data.matrix[people]
        for value in range(1 if data.complete else 0, data.categories):
            counts[:, value] += (block == value).astype(np.float64).T @ posterior
    if data.complete:
        counts[:, 0] = np.maximum(people_at - counts[:, 1:].sum(axis=1), 0.0)
    return counts, people_at, likelihood


def block_of(data: Data, people: slice) -> NDArray[np.int8]:
    """Return some people's answers as a matrix, -1 where there is none."""
    if data.matrix is not None:
        return data.matrix[people]
    begin, end = data.start[people.start], data.start[people.stop]
    block = np.full((people.stop - people.start, data.m), -1, np.int8)
    rows = np.repeat(np.arange(len(block)), np.diff(data.start[people.start : people.stop + 1]))
    item, value = np.divmod(data.cell[begin:end], data.categories)
    block[rows, item] = value
    return block


def every(data: Data, step: int) -> Data:
    """Keep one person in ``step``, evenly, whatever order they are in."""
    kept = np.arange(0, data.n, step)
    if data.matrix is not None:
        return replace(data, n=len(kept), matrix=data.matrix[kept])
    length = np.diff(data.start)[kept]
    start = np.concatenate(([0], np.cumsum(length)))
    rows = np.repeat(data.start[kept] - start[:-1], length) + np.arange(start[-1])
    return replace(data, n=len(kept), start=start, cell=data.cell[rows])


@numba.njit(cache=True)
def _multiply(start: Ints, cell: NDArray[np.int32], table: Floats, prior: Floats, found: Floats) -> float:
    points = len(prior)
    weight = np.empty(points)
    likelihood = 0.0
    for i in range(len(start) - 1):
        for q in range(points):
            weight[q] = prior[q]
        for k in range(start[i], start[i + 1]):
            at = np.uint32(cell[k])  # an unsigned row is not looked up from the end, and the loop stays straight
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
def _add(start: Ints, cell: NDArray[np.int32], posterior: Floats, counts: Floats) -> None:
    points = posterior.shape[1]
    for i in range(len(start) - 1):
        for k in range(start[i], start[i + 1]):
            at = np.uint32(cell[k])
            for q in range(points):
                counts[at, q] += posterior[i, q]
