"""Shares and means with the interval chance leaves them, also where part of a counted group answered."""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from vested.engines.reliability._checks import InvalidAnswers, counts, fraction, numbers, together, within
from vested.engines.reliability._nouns import Estimate, Floats, Reason, Why

FEW = 10  # answers below which a figure is to be read with care


def wilson(
    yes: ArrayLike, n: ArrayLike, *, population: ArrayLike | None = None, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Return the lower and upper ends of the score interval of shares ``yes`` of ``n``, element by element.

    With ``population`` the variance is the hypergeometric one, P(1-P)/n * (N-n)/(N-1) (Cochran 1977, ch. 3), and the
    score test is inverted as Wilson (1927) does: a part of a group counts as a sample of n(N-1)/(N-n).
    Raises InvalidAnswers.
    """
    yes, n, inverse = counted(yes, n, population)
    if (n < 1).any():
        raise InvalidAnswers("n is 0 somewhere; leave out what nobody answered")
    z = normal_quantile(0.5 + fraction("level", level) / 2)
    share, wide = yes / n, z * z * inverse
    middle = (share + wide / 2) / (1 + wide)
    half = z * np.sqrt(share * (1 - share) * inverse + wide * inverse / 4) / (1 + wide)
    # Rounding may leave the ends of 0 and n yes a hair inside or beyond.
    return np.where(yes == 0, 0.0, np.maximum(middle - half, 0)), np.where(yes == n, 1.0, np.minimum(middle + half, 1))


def share(yes: int, n: int, *, population: int | None = None, level: float = 0.95) -> Estimate:
    """Return the share who said yes, with Wilson's interval; ``population`` is how many were there to be asked.

    Below ten answers a reason warns. Raises InvalidAnswers.
    """
    low, high = wilson(yes, n, population=population, level=level)
    if low.ndim:
        raise InvalidAnswers("yes, n and population are single counts here; wilson takes lists")
    return _estimate(yes / n, float(low), float(high), level, n, population, [])


def mean(values: ArrayLike, *, population: int | None = None, level: float = 0.95) -> Estimate:
    """Return the mean of ``values`` (n,), with Student's interval; nan is a missing answer and is left out.

    With ``population`` the standard error is s/sqrt(n) * sqrt(1 - n/N) (Cochran 1977, ch. 2). One answer, or answers
    all alike, cannot say how far off they are: the ends are nan, unless everybody answered. Raises InvalidAnswers.
    """
    array = numbers("values", values, dimensions=1)
    given = array[~np.isnan(array)]
    n = len(given)
    if n == 0:
        raise InvalidAnswers("values are all missing; give at least one answer")
    inverse = float(worth(np.asarray(n), whole_group(n, population), less=0))
    reasons = []
    if n < len(array):
        reasons.append(Reason(Why.MISSING, f"{len(array) - n} of {len(array)} gave no answer: left out."))
    middle = float(given.mean())
    upper, half = 0.5 + fraction("level", level) / 2, 0.0
    if inverse and np.ptp(given):
        half = float(special.stdtrit(n - 1, upper) * math.sqrt(inverse) * given.std(ddof=1))
    elif inverse:
        half = math.nan
        why, words = (Why.NONE, "There is one answer") if n == 1 else (Why.SAME, f"All {n} answers are alike")
        reasons.append(Reason(why, f"{words}: how far off the mean may be cannot be told."))
    return _estimate(middle, middle - half, middle + half, level, n, population, reasons)


def _estimate(
    value: float, low: float, high: float, level: float, n: int, population: int | None, more: list[Reason]
) -> Estimate:
    """Put to the figures what is said of small groups and of counted ones, before what else there is to say."""
    reasons = few(n)
    if n == population:
        reasons.append(Reason(Why.EVERYBODY, f"All {n} answered: the figure is exact for them on that day."))
    elif population is not None:
        words = f"{n} of {population} answered; those who did not are taken to be like those who did."
        reasons.append(Reason(Why.POPULATION, words))
    reasons += more
    return Estimate(value=value, low=low, high=high, level=level, n=n, population=population, reasons=tuple(reasons))


def counted(yes: ArrayLike, n: ArrayLike, population: ArrayLike | None) -> tuple[Floats, Floats, Floats]:
    """Check counts; return them and one over the sample size they are worth, 0 if all answered."""
    group = np.asarray(math.inf) if population is None else counts("population", population)
    yes, n, group = together(yes=counts("yes", yes), n=counts("n", n), population=group)
    within("yes", yes, "n", n)
    within("n", n, "population", group)
    return yes, n, worth(n, group, less=1)


def whole_group(n: ArrayLike, population: int | None) -> Floats:
    """Return the size of the group, endless where it is not counted."""
    group = np.asarray(math.inf) if population is None else counts("population", population)
    within("the number of answers", np.asarray(n, dtype=np.float64), "population", group)
    return group


def worth(n: NDArray[Any], group: Floats, *, less: int) -> Floats:
    """Return one over the sample size that n of a group are worth, (N - n) / (n(N - less)); less 1 is for shares."""
    return np.asarray((1 - n / np.maximum(group, 1)) / (np.maximum(n, 1) * (1 - less / np.maximum(group, 2))))


def normal_quantile(probability: float) -> float:
    """Return the point below which a standard normal lies with this probability."""
    return float(special.ndtri(probability))


def few(n: int, when: str = "") -> list[Reason]:
    """Warn of a small group."""
    words = f"Only {n} answers{when}, fewer than {FEW}: read with care."
    return [Reason(Why.FEW, words)] if n < FEW else []
