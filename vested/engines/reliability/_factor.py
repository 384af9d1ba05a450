"""One common factor by maximum likelihood, and McDonald's omega from it."""

import math
from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from vested.engines.reliability._intervals import normal_quantile
from vested.engines.reliability._nouns import Floats

EDGE = 0.005  # least share of a question's variance that is its own; as in R's factanal


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Factor:
    """The factor of ``k`` questions: ``loading``, ``own`` variance (k,), omega with standard error, misfit."""

    loading: Floats
    own: Floats
    omega: float
    error: float
    rmsea: float
    fits: bool
    at_edge: bool

    def interval(self, level: float) -> tuple[float, float]:
        """Return where omega may lie, symmetric in log(1 - omega); nan at the edge, where no such error is known."""
        if self.at_edge:
            return math.nan, math.nan
        rest = 1 - self.omega
        spread = math.exp(normal_quantile(0.5 + level / 2) * self.error / rest)
        return max(0.0, 1 - rest * spread), 1 - rest / spread


def one_factor(covariance: Floats, n: int) -> Factor | None:
    """Fit one factor to a covariance matrix (k, k) of ``n`` people; None where it is not positive definite.

    Minimises Jöreskog's (1967) likelihood concentrated on the questions' own variances. Omega is
    (sum loading)^2 / ((sum loading)^2 + sum own) (McDonald 1999, ch. 6); its standard error comes from the expected
    information by the delta method (Raykov 2002). It needs k >= 3.
    """
    k = len(covariance)
    sd = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(sd, sd)
    if np.linalg.eigvalsh(correlation)[0] < 1e-8:
        return None
    start = np.clip((1 - 0.5 / k) / np.diag(np.linalg.inv(correlation)), EDGE, 1)
    found = optimize.minimize(
        _misfit,
        np.log(start),
        args=(correlation,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(math.log(EDGE), 0.0)] * k,
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 500},
    )
    uniqueness = np.exp(found.x)
    values, vectors = _scaled(uniqueness, correlation)
    loading = sd * np.sqrt(uniqueness) * vectors[:, -1] * math.sqrt(max(values[-1] - 1, 0.0))
    loading, own = math.copysign(1, loading.sum()) * loading, uniqueness * sd**2
    freedom = k * (k - 3) // 2
    # Bartlett's (1951) correction for small samples.
    chi2 = max(0.0, (n - 1 - (2 * k + 5) / 6 - 2 / 3) * float(found.fun))
    common, rest = float(loading.sum()), float(own.sum())
    return Factor(
        loading=loading,
        own=own,
        omega=common**2 / (common**2 + rest),
        error=_omega_error(loading, own, n),
        rmsea=math.sqrt(max(0.0, chi2 - freedom) / (freedom * (n - 1))) if freedom else math.nan,
        fits=not freedom or float(special.chdtrc(freedom, chi2)) >= 0.05,
        at_edge=bool((uniqueness <= EDGE * 1.001).any()),
    )


def _scaled(uniqueness: Floats, correlation: Floats) -> tuple[Floats, Floats]:
    root = np.sqrt(uniqueness)
    values, vectors = np.linalg.eigh(correlation / np.outer(root, root))
    return values, vectors


def _misfit(logs: Floats, correlation: Floats) -> tuple[float, Floats]:
    """Return the likelihood's misfit and its slope, for the logarithms of the questions' own variances."""
    uniqueness = np.exp(logs)
    values, vectors = _scaled(uniqueness, correlation)
    rest = values[:-1]
    first = max(values[-1] - 1, 0.0) * vectors[:, -1] ** 2
    slope = first + 1 - np.diag(correlation) / uniqueness
    return float((rest - np.log(rest) - 1).sum()), slope


def _omega_error(loading: Floats, own: Floats, n: int) -> float:
    k = len(loading)
    inverse = np.linalg.inv(np.outer(loading, loading) + np.diag(own))
    weights = inverse @ loading
    # Expected information of (loading, own): (n-1)/2 * trace of (inverse * slope) twice.
    information = np.empty((2 * k, 2 * k))
    information[:k, :k] = inverse * (loading @ weights) + np.outer(weights, weights)
    information[:k, k:] = inverse * weights
    information[k:, :k] = information[:k, k:].T
    information[k:, k:] = inverse**2 / 2
    common, rest = loading.sum(), own.sum()
    slope = np.concatenate([np.full(k, 2 * common * rest), np.full(k, -(common**2))]) / (common**2 + rest) ** 2
    return math.sqrt(max(0.0, float(slope @ np.linalg.pinv(information) @ slope)) / (n - 1))
