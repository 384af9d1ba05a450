"""What change a survey of a given size can find at all."""

import math
from collections.abc import Callable

import numpy as np
from scipy import optimize, special

from vested.engines.reliability._checks import InvalidAnswers, fraction, positive
from vested.engines.reliability._intervals import normal_quantile, whole_group, worth
from vested.engines.reliability._nouns import Detectable, Reason, Why


def detectable_share(
    share: float,
    *,
    n_before: int,
    n_after: int,
    population_before: int | None = None,
    population_after: int | None = None,
    alpha: float = 0.05,
    power: float = 0.8,
) -> Detectable:
    """Return the least true rise and fall from ``share`` that ``n`` answers in each wave find with ``power``.

    By the two-sided test of two shares (Fleiss, Levin & Paik 2003, without continuity correction). Of
    several comparisons give each its part of ``alpha``, the strictest Holm's control asks. A counted group counts as in
    ``wilson``. Raises InvalidAnswers.
    """
    if not 0 <= share <= 1:
        raise InvalidAnswers(f"share is {share:g}; give a share from 0 to 1")
    z = normal_quantile(1 - _checked(alpha, power) / 2)
    inverse0 = _inverse("before", n_before, population_before, less=1)
    inverse1 = _inverse("after", n_after, population_after, less=1)
    both = inverse0 + inverse1

    def power_at(change: float) -> float:
        after = min(max(share + change, 0.0), 1.0)
        pooled = (share * inverse1 + after * inverse0) / both
        under_same = math.sqrt(pooled * (1 - pooled) * both)
        under_change = math.sqrt(share * (1 - share) * inverse0 + after * (1 - after) * inverse1)
        beyond = abs(change) - z * under_same
        return float(special.ndtr(beyond / under_change)) if under_change else float(beyond > 0)

    if not both:
        return _detectable(0.0, 0.0, alpha, power)
    rise, fall = _least(power_at, 1 - share, power), _least(lambda fall: power_at(-fall), share, power)
    return _detectable(rise, fall, alpha, power)


def detectable_mean(
    sd: float,
    *,
    n_before: int,
    n_after: int,
    population_before: int | None = None,
    population_after: int | None = None,
    alpha: float = 0.05,
    power: float = 0.8,
) -> Detectable:
    """Return the least true change of a mean that ``n`` answers in each wave find with ``power``, given their ``sd``.

    By the two-sided t test with n_before + n_after - 2 degrees of freedom (Cohen 1988). Several comparisons and groups
    as in ``detectable_share``. Raises InvalidAnswers.
    """
    _checked(alpha, power)
    inverse0 = _inverse("before", n_before, population_before, less=0)
    inverse1 = _inverse("after", n_after, population_after, less=0)
    freedom = n_before + n_after - 2
    if min(n_before, n_after) < 2:
        raise InvalidAnswers("n_before or n_after is 1; a spread takes at least two answers in each wave")
    error = positive("sd", sd) * math.sqrt(inverse0 + inverse1)
    critical = float(special.stdtrit(freedom, 1 - alpha / 2))

    # Over the estimated spread as a part of the true one; scipy's noncentral t gives nan for the smallest waves.
    places, weights = np.polynomial.legendre.leggauss(200)
    border = critical * np.sqrt(special.chdtri(freedom, (1 - places) / 2) / freedom)

    def power_at(errors: float) -> float:
        return float(weights @ (special.ndtr(errors - border) + special.ndtr(-errors - border)) / 2)

    beyond = float(border.max()) + 9  # found for certain, but for rounding
    least = _least(power_at, beyond, power) * error
    return _detectable(least, least, alpha, power)


def _checked(alpha: float, power: float) -> float:
    if not 0.5 <= power < 1:
        raise InvalidAnswers(f"power is {power:g}; give a number from 0.5 to below 1, such as 0.8")
    return fraction("alpha", alpha)


def _inverse(when: str, n: int, population: int | None, *, less: int) -> float:
    positive(f"n_{when}", n)
    return float(worth(np.asarray(n), whole_group(n, population), less=less))


def _least(power_at: Callable[[float], float], limit: float, power: float) -> float:
    """Return the change at which the power is reached, nan where not even ``limit`` does."""
    if not limit or power_at(limit) < power:
        return math.nan
    return float(optimize.brentq(lambda gap: power_at(gap) - power, 0.0, limit, xtol=1e-12))


def _detectable(rise: float, fall: float, alpha: float, power: float) -> Detectable:
    reasons = []
    if rise == fall == 0:
        reasons.append(Reason(Why.EVERYBODY, "Everybody answers both times: any change shows."))
    for way, least in (("rise", rise), ("fall", fall)):
        if math.isnan(least):
            reasons.append(Reason(Why.FEW, f"Not even the largest {way} there can be would be found."))
    return Detectable(rise=rise, fall=fall, alpha=alpha, power=power, reasons=tuple(reasons))
