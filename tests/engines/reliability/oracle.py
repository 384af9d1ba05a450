"""The same figures once more, slowly and from their definitions; nothing here is the engine's."""

import itertools
import math
from collections.abc import Callable, Sequence
from statistics import NormalDist, covariance, mean, variance

import numpy as np
from scipy import optimize


def normal(level: float) -> float:
    return NormalDist().inv_cdf(0.5 + level / 2)


def halve(inside: float, outside: float, holds: Callable[[float], bool]) -> float:
    """Where ``holds`` ends on the way from inside to outside."""
    for _ in range(80):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if holds(middle) else (inside, middle)
    return inside


def score_interval(yes: int, n: int, population: int | None, level: float) -> tuple[float, float]:
    """All true shares from which ``yes`` of ``n`` is no more than z hypergeometric standard errors away."""
    left = 1.0 if population is None else (population - n) / (population - 1) if population > 1 else 0.0

    def near(true: float) -> bool:
        return abs(yes / n - true) <= normal(level) * math.sqrt(true * (1 - true) / n * left) + 1e-15

    return halve(yes / n, 0.0, near), halve(yes / n, 1.0, near)


def alpha(rows: Sequence[Sequence[float]]) -> float:
    columns = list(zip(*rows, strict=True))
    k = len(columns)
    return float(k / (k - 1) * (1 - sum(map(variance, columns)) / variance([sum(row) for row in rows])))


def item_total(rows: Sequence[Sequence[float]], i: int) -> float:
    item, rest = [row[i] for row in rows], [sum(row) - row[i] for row in rows]
    return float(covariance(item, rest) / math.sqrt(variance(item) * variance(rest)))


def without(rows: Sequence[Sequence[float]], i: int) -> list[list[float]]:
    return [[answer for j, answer in enumerate(row) if j != i] for row in rows]


def likelihood_misfit(parameters: np.ndarray, matrix: np.ndarray) -> float:
    """Jöreskog's discrepancy in all 2k parameters, not concentrated on any."""
    k = len(matrix)
    loading, own = parameters[:k], np.exp(parameters[k:])
    model = np.outer(loading, loading) + np.diag(own)
    sign, log = np.linalg.slogdet(model)
    assert sign > 0
    return float(log + np.trace(np.linalg.solve(model, matrix)) - np.linalg.slogdet(matrix)[1] - k)


def omega_of(parameters: np.ndarray) -> float:
    k = len(parameters) // 2
    common = parameters[:k].sum() ** 2
    return float(common / (common + np.exp(parameters[k:]).sum()))


def omega(matrix: np.ndarray) -> tuple[float, np.ndarray]:
    """Search all parameters without slopes given; omega and where it is."""
    values, vectors = np.linalg.eigh(matrix)
    first = vectors[:, -1] * math.sqrt(values[-1] / 2)
    start = np.concatenate([first * np.sign(first.sum()), np.log(np.diag(matrix) / 2)])
    found = optimize.minimize(likelihood_misfit, start, args=(matrix,), method="BFGS", options={"gtol": 1e-8})
    return omega_of(found.x), found.x


def constrained_log_likelihood(share: float, delta: float, counts: tuple[float, float, float, float]) -> float:
    """Of ``share`` before and share + delta after."""
    yes0, n0, yes1, n1 = counts
    terms = [(yes0, share), (n0 - yes0, 1 - share), (yes1, share + delta), (n1 - yes1, 1 - share - delta)]
    return sum(count * math.log(max(chance, 1e-300)) for count, chance in terms if count)


def score_at(delta: float, counts: tuple[float, float, float, float]) -> float:
    """The most likely shares by golden section, and the score statistic from them."""
    yes0, n0, yes1, n1 = counts
    low, high = max(0.0, -delta), min(1.0, 1 - delta)
    golden = (math.sqrt(5) - 1) / 2
    for _ in range(90):
        left, right = high - golden * (high - low), low + golden * (high - low)
        if constrained_log_likelihood(left, delta, counts) < constrained_log_likelihood(right, delta, counts):
            low = left
        else:
            high = right
    share = (low + high) / 2
    spread = share * (1 - share) / n0 + (share + delta) * (1 - share - delta) / n1
    gap = yes1 / n1 - yes0 / n0 - delta
    if abs(gap) < 1e-12:
        return 0.0
    return gap / math.sqrt(max(spread, 1e-300) * (n0 + n1) / (n0 + n1 - 1))


def change_interval(counts: tuple[float, float, float, float], level: float) -> tuple[float, float]:
    yes0, n0, yes1, n1 = counts
    difference = yes1 / n1 - yes0 / n0
    low, high = (halve(difference, end, lambda delta: abs(score_at(delta, counts)) <= normal(level)) for end in (-1, 1))
    return low, high


def welch(before: Sequence[float], after: Sequence[float]) -> tuple[float, float, float]:
    """The difference of means, its standard error and degrees of freedom."""
    parts = [variance(wave) / len(wave) for wave in (before, after)]
    freedom = sum(parts) ** 2 / sum(part**2 / (len(w) - 1) for part, w in zip(parts, (before, after), strict=True))
    return mean(after) - mean(before), math.sqrt(sum(parts)), freedom


def closed_bonferroni(p: Sequence[float]) -> list[float]:
    """Holm by closed testing: the largest Bonferroni p-value of any set of comparisons with this one in it."""
    places = range(len(p))
    sets = [s for size in range(1, len(p) + 1) for s in itertools.combinations(places, size)]
    return [max(min(1.0, len(s) * min(p[j] for j in s)) for s in sets if i in s) for i in places]


def step_up(p: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg by definition: the least rate at which a comparison is among those found."""
    m = len(p)

    def found(rate: float) -> set[int]:
        line = [at for k, at in enumerate(sorted(p), 1) if at <= k / m * rate + 1e-15]
        return {i for i in range(m) if line and p[i] <= max(line)}

    rates = sorted({min(1.0, at * m / k) for at in p for k in range(1, m + 1)} | {1.0})
    return [next(rate for rate in rates if i in found(rate)) for i in range(m)]
