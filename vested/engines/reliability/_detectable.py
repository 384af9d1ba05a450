"""What change a survey of a given size can find at all."""

import math
from collections.abc import Callable

import numpy as np
from scipy import optimize, special

from vested.engines.reliability._checks import InvalidAnswers, fraction, positive
from vested.engines.reliability._intervals import normal_quantile, whole_group
from vested.engines.reliability._nouns import Detectable, Reason, Why


def detectable_share(
    share: float,
    *,
    n_before: int,
    n_after: int,
    population_before: int | None = None,
    population_after: int | None = None,
    comparisons: int = 1,
    alpha: float = 0.05,
    power: float = 0.8,
) -> Detectable:
    """Return the least true rise and fall from ``share`` that ``n`` answers in each wave find with ``power``.

    By the two-sided test of two shares (Fleiss, Levin & Paik 2003, without continuity correction). Of several
    ``comparisons`` each is tested at alpha / comparisons, the strictest Holm's control asks. A counted group counts as
    in ``wilson``. Raises InvalidAnswers.
    """
    if not 0 <= share <= 1:
        raise InvalidAnswers(f"share is {share:g}; give a share from 0 to 1")
    z = normal_quantile(1 - _each(alpha, comparisons, power) / 2)
    inverse0 = _inverse("before", n_before, population_before, corrected=1)
    inverse1 = _inverse("after", n_after, population_after, corrected=1)
    if not inverse0 + inverse1:
        return _answer(0.0, 0.0, alpha, power)

    def power_at(change: float) -> float:
        after = min(max(share + change, 0.0), 1.0)
        pooled = (share * inverse1 + after * inverse0) / (inverse0 + inverse1)
        under_same = math.sqrt(pooled * (1 - pooled) * (inverse0 + inverse1))
        under_change = math.sqrt(share * (1 - share) * inverse0 + after * (1 - after) * inverse1)
        beyond = abs(change) - z * under_same
        return float(special.ndtr(beyond / under_change)) if under_change else float(beyond > 0)

    rise = _least(power_at, 1 - share, power)
    return _answer(rise, _least(lambda fall: power_at(-fall), share, power), alpha, power)


def detectable_mean(
    sd: float,
    *,
    n_before: int,
    n_after: int,
    population_before: int | None = None,
    population_after: int | None = None,
    comparisons: int = 1,
    alpha: float = 0.05,
    power: float = 0.8,
) -> Detectable:
    """Return the least true change of a mean that ``n`` answers in each wave find with ``power``, given their ``sd``.

    By the two-sided t test with n_before + n_after - 2 degrees of freedom (Cohen 1988). ``comparisons`` and groups as
    in ``detectable_share``. Raises InvalidAnswers.
    """
    each = _each(alpha, comparisons, power)
    inverse0 = _inverse("before", n_before, population_before, corrected=0)
    inverse1 = _inverse("after", n_after, population_after, corrected=0)
    freedom = n_before + n_after - 2
    if min(n_before, n_after) < 2:
        raise InvalidAnswers("n_before or n_after is 1; a spread takes at least two answers in each wave")
    error = positive("sd", sd) * math.sqrt(inverse0 + inverse1)
    critical = float(special.stdtrit(freedom, 1 - each / 2))

    # Over the estimated spread as a part of the true one; scipy's noncentral t gives nan for the smallest waves.
    places, weights = np.polynomial.legendre.leggauss(200)
    border = critical * np.sqrt(special.chdtri(freedom, (1 - places) / 2) / freedom)

    def power_at(errors: float) -> float:
        return float(weights @ (special.ndtr(errors - border) + special.ndtr(-errors - border)) / 2)

    limit = critical
    while power_at(limit) < power:
        limit *= 2
    least = _least(power_at, limit, power) * error
    return _answer(least, least, alpha, power)


def _each(alpha: float, comparisons: int, power: float) -> float:
    if not 0.5 <= power < 1:
        raise InvalidAnswers(f"power is {power:g}; give a number from 0.5 to below 1, such as 0.8")
    return fraction("alpha", alpha) / positive("comparisons", comparisons)


def _inverse(when: str, n: int, population: int | None, *, corrected: int) -> float:
    """Return one over the sample size that n of a group are worth; ``corrected`` 1 for shares, 0 for means."""
    positive(f"n_{when}", n)
    whole = whole_group(n, population)
    return 1 / n if math.isinf(whole) else (whole - n) / (n * max(whole - corrected, 1))


def _least(power_at: Callable[[float], float], limit: float, power: float) -> float:
    if not limit or power_at(limit) < power:
        return math.nan
    return float(optimize.brentq(lambda gap: power_at(gap) - power, 0.0, limit, xtol=1e-12))


def _answer(rise: float, fall: float, alpha: float, power: float) -> Detectable:
    reasons = []
    if rise == fall == 0:
        reasons.append(Reason(Why.EVERYBODY, "Everybody answers both times: any change shows."))
    for way, least in (("rise", rise), ("fall", fall)):
        if math.isnan(least):
            reasons.append(Reason(Why.FEW, f"Not even the largest {way} there can be would be found."))
    return Detectable(rise=rise, fall=fall, alpha=alpha, power=power, reasons=tuple(reasons))
