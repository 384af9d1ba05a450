"""Whether several questions together give a score that can be trusted."""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from vested.engines.reliability._checks import InvalidAnswers, fraction, numbers, positive
from vested.engines.reliability._factor import Factor, one_factor
from vested.engines.reliability._intervals import few, normal_quantile
from vested.engines.reliability._nouns import Floats, Reason, Scale, ScoreError, Verdict, Why

ROUNDING = 1e-12  # of the variances: a sum's variance below this is none
WEAK = 0.3  # least correlation of a question with the others (Nunnally & Bernstein 1994)
LOOSE = 0.1  # RMSEA above which one factor does not describe the questions (Browne & Cudeck 1993)


def scale(answers: ArrayLike, *, level: float = 0.95, enough: float = 0.7) -> Scale:
    """Judge the sum of ``k`` >= 2 questions from ``answers`` (n, k), all pointing the same way, nan for missing.

    People who left a question out are not used. Trusted where all of alpha's interval reaches ``enough``, not trusted
    where none of it does. Omega is total, from one factor, for 3 questions or more; a hierarchical omega would need a
    structure nobody stated. Raises InvalidAnswers.
    """
    table = numbers("answers", answers, dimensions=2)
    fraction("enough", enough)
    if table.shape[1] < 2:
        raise InvalidAnswers("answers has one column; a scale takes at least two questions")
    whole = table[~np.isnan(table).any(axis=1)]
    covariance, n, dropped = _spread(whole), len(whole), len(table) - len(whole)
    k, own = len(covariance), np.diag(covariance)
    total, trace = float(covariance.sum()), float(own.sum())
    if total <= ROUNDING * trace:
        raise InvalidAnswers("the questions cancel out in everybody's sum; turn round those that are put negatively")
    alpha = k / (k - 1) * (1 - trace / total)
    ends = alpha_interval(alpha, n=n, k=k, level=level)
    rest = covariance.sum(axis=1) - own  # each question's covariance with the sum of the others
    others = total - 2 * rest - own  # and the variance of that sum
    others = np.where(others > ROUNDING * trace, others, np.nan)
    alpha_dropped = (k - 1) / (k - 2) * (1 - (trace - own) / others) if k > 2 else np.full(k, np.nan)
    item_total = rest / np.sqrt(own * others)
    factor = one_factor(covariance, n) if k > 2 else None
    low, high = factor.interval(level) if factor else (math.nan, math.nan)
    figures = f"alpha of these {k} questions is {alpha:.2f} ({ends[0]:.2f} to {ends[1]:.2f} with {n} people)"
    verdict, words = Verdict.UNSETTLED, f"{n} people are too few to tell: {figures}, and {enough:.2f} was asked for."
    if ends[0] >= enough:
        verdict = Verdict.TRUSTED
        words = f"The score can be used for groups: {figures}, all of it {enough:.2f} or more."
    elif ends[1] < enough:
        verdict = Verdict.NOT_TRUSTED
        words = f"The score should not be used: {figures}, below the {enough:.2f} asked for."
    reasons = [Reason(Why.VERDICT, words), *few(n)]
    if dropped:
        words = f"{dropped} of {len(table)} people left a question out; their answers are not used."
        reasons.append(Reason(Why.MISSING, words))
    return Scale(
        alpha=alpha,
        alpha_low=ends[0],
        alpha_high=ends[1],
        omega=factor.omega if factor else math.nan,
        omega_low=low,
        omega_high=high,
        level=level,
        n=n,
        dropped=dropped,
        sem=math.sqrt(total * (1 - alpha)),
        item_total=item_total,
        alpha_dropped=alpha_dropped,
        loading=factor.loading if factor else np.full(k, np.nan),
        rmsea=factor.rmsea if factor else math.nan,
        verdict=verdict,
        reasons=(*reasons, *_questions(alpha, item_total, alpha_dropped), *_common(factor, k)),
    )


def alpha_interval(alpha: float, *, n: int, k: int, level: float = 0.95) -> tuple[float, float]:
    """Return Feldt's interval of a published alpha of ``k`` questions and ``n`` people.

    (1 - population alpha) / (1 - alpha) has the F distribution with n - 1 and (n - 1)(k - 1) degrees of freedom,
    exactly so for normal answers with equal variances and covariances (Feldt, Woodruff & Salih 1987, p. 95). Raises
    InvalidAnswers.
    """
    if n < 2 or k < 2 or not alpha <= 1:
        raise InvalidAnswers(f"alpha {alpha:g} of {k} questions and {n} people; give alpha <= 1, k and n of 2 or more")
    half = fraction("level", level) / 2
    low, high = (1 - (1 - alpha) * float(special.fdtri(n - 1, (n - 1) * (k - 1), 0.5 + at)) for at in (half, -half))
    return low, high


def score_error(sd: float, *, reliability: float, level: float = 0.95) -> ScoreError:
    """Return how exact one person's score is, given the scores' ``sd`` and ``reliability`` (alpha or omega).

    sem = sd * sqrt(1 - reliability); two scores of a person differ by error alone up to z * sqrt(2) * sem (Jacobson &
    Truax 1991). Raises InvalidAnswers.
    """
    if not 0 <= reliability <= 1:
        raise InvalidAnswers(f"reliability is {reliability:g}; give a number from 0 to 1")
    sem = positive("sd", sd) * math.sqrt(1 - reliability)
    z = normal_quantile(0.5 + fraction("level", level) / 2)
    return ScoreError(sem=sem, change=z * math.sqrt(2) * sem, level=level)


def _spread(whole: Floats) -> Floats:
    if len(whole) < 2:
        raise InvalidAnswers(f"answers has {len(whole)} complete rows; give at least two")
    alike = np.flatnonzero(np.ptp(whole, axis=0) == 0)
    if len(alike):
        raise InvalidAnswers(f"everybody gave the same answer to question {alike[0] + 1}; leave it out")
    return np.cov(whole, rowvar=False)


def _questions(alpha: float, item_total: Floats, alpha_dropped: Floats) -> Iterator[Reason]:
    for i, (with_others, without) in enumerate(zip(item_total.tolist(), alpha_dropped.tolist(), strict=True), 1):
        if with_others < 0:
            yield Reason(Why.AGAINST, f"Question {i} runs against the others: was it meant to be turned round?")
        elif with_others < WEAK and without > alpha:
            words = f"Question {i} says little of what the others say; without it alpha is {without:.2f}."
            yield Reason(Why.WEAK, words)


def _common(factor: Factor | None, k: int) -> Iterator[Reason]:
    if factor is None:
        cause = "it takes three questions" if k < 3 else "questions follow from others, or people are too few"
        yield Reason(Why.NO_OMEGA, f"Omega cannot be had: {cause}.")
    elif factor.at_edge:
        words = "One question takes the common factor for itself: omega is of no use, and has no interval."
        yield Reason(Why.NO_OMEGA, words)
    if factor and factor.rmsea > LOOSE and not factor.fits:
        words = f"The questions measure more than one thing (RMSEA {factor.rmsea:.2f}): consider a score for each."
        yield Reason(Why.NOT_ONE, words)
