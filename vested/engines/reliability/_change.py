"""Change between two anonymous waves, told from chance."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from vested.engines.reliability._checks import InvalidAnswers, fraction, numbers
from vested.engines.reliability._intervals import counted, few, normal_quantile, whole_group, worth
from vested.engines.reliability._nouns import Changes, Floats, Reason, Verdict, Why

HALVINGS = 40  # of the range from -1 to 1: ends to 2e-12


class _Wave(NamedTuple):
    """One wave, question by question (q,)."""

    value: Floats  # the share or mean, nan where nobody answered
    varies: Floats  # of a share one over the sample size, of a mean its variance
    n: Floats
    everybody: NDArray[np.bool_]
    counted: bool  # how large the group is, is known


def changes_in_shares(
    yes_before: ArrayLike,
    n_before: ArrayLike,
    yes_after: ArrayLike,
    n_after: ArrayLike,
    *,
    population_before: ArrayLike | None = None,
    population_after: ArrayLike | None = None,
    control: str = "holm",
    alpha: float = 0.05,
) -> Changes:
    """Compare the shares who said yes, question by question (q,); ``n`` 0 where nobody answered.

    The score test and interval of Miettinen & Nurminen (1985), so that an interval holds 0 just when ``p`` is above
    ``alpha``. Waves are taken as independent, since anonymous answers cannot be paired: where the same people answer
    twice and stick to their views, fewer changes are found, not more.

    A counted group enters as in ``wilson``. Then only who happens to answer is chance, and a group whose members answer
    a little otherwise on another day has changed: leave the groups out to judge what lies behind the answers.
    ``control`` is holm, bh or none, see ``adjusted``. Raises InvalidAnswers.
    """
    fraction("alpha", alpha)
    before, after = _shares(yes_before, n_before, population_before), _shares(yes_after, n_after, population_after)
    _refuse_unlike(before, after)
    p = 2 * special.ndtr(-np.abs(_score(np.float64(0), before, after)))
    low, high = _score_ends(normal_quantile(1 - alpha / 2), before, after)
    return _judged(before, after, low, high, p, control, alpha, percent=True)


def changes_in_means(
    before: ArrayLike,
    after: ArrayLike,
    *,
    population_before: int | None = None,
    population_after: int | None = None,
    control: str = "holm",
    alpha: float = 0.05,
) -> Changes:
    """Compare the means of ``before`` (n, q) and ``after`` (m, q), question by question; nan is a missing answer.

    Each question uses all answers it got. Welch's (1947) test and interval, each variance times 1 - n/N where the
    group is counted. Fewer than two answers, or answers all alike in both waves, give an unknown verdict, unless
    everybody answered. Waves and groups as in ``changes_in_shares``. Raises InvalidAnswers.
    """
    fraction("alpha", alpha)
    first, second = _means("before", before, population_before), _means("after", after, population_after)
    _refuse_unlike(first, second)
    difference, variance = second.value - first.value, first.varies + second.varies
    tested = variance > 0  # nan where a wave has fewer than two answers
    parts = first.varies**2 / np.maximum(first.n - 1, 1) + second.varies**2 / np.maximum(second.n - 1, 1)
    freedom = np.divide(variance**2, parts, out=np.full(len(parts), np.nan), where=tested)
    error = np.sqrt(np.where(tested, variance, np.nan))
    exact = first.everybody & second.everybody
    same = np.abs(difference) <= 1e-12 * np.maximum(1, np.abs(first.value))  # but for rounding
    p = np.where(exact, np.where(same, 1.0, 0.0), 2 * special.stdtr(freedom, -np.abs(difference) / error))
    half = np.where(exact, 0.0, special.stdtrit(freedom, 1 - alpha / 2) * error)
    return _judged(first, second, difference - half, difference + half, p, control, alpha, percent=False)


def adjusted(p: ArrayLike, *, control: str = "holm") -> Floats:
    """Adjust p-values (q,) for being several; nan is left out and stays nan.

    holm: the chance of even one false alarm stays at most alpha (Holm 1979). bh: of the alarms, at most a share
    alpha is false on average, for independent or positively related comparisons (Benjamini & Hochberg 1995).
    none: each as if alone. Raises InvalidAnswers.
    """
    array = numbers("p", p, dimensions=1)
    known = np.flatnonzero(~np.isnan(array))
    if ((array[known] < 0) | (array[known] > 1)).any():
        raise InvalidAnswers("p holds something outside 0 to 1; give p-values")
    order = known[np.argsort(array[known], kind="stable")]
    m = len(order)
    out = array.copy()
    if control == "holm":
        out[order] = np.minimum(1, np.maximum.accumulate(array[order] * np.arange(m, 0, -1)))
    elif control == "bh":
        stepped = array[order] * m / np.arange(1, m + 1)
        out[order] = np.minimum(1, np.minimum.accumulate(stepped[::-1])[::-1])
    elif control != "none":
        raise InvalidAnswers(f"control is {control!r}; choose holm, bh or none")
    return out


def _shares(yes: ArrayLike, n: ArrayLike, population: ArrayLike | None) -> _Wave:
    yes, n, inverse = (np.atleast_1d(part) for part in counted(yes, n, population))
    share = np.where(n > 0, yes / np.maximum(n, 1), np.nan)
    return _Wave(share, inverse, n, (inverse == 0) & (n > 0), population is not None)


def _means(name: str, values: ArrayLike, population: int | None) -> _Wave:
    table = numbers(name, values, dimensions=2)
    given = ~np.isnan(table)
    n = given.sum(axis=0).astype(np.float64)
    inverse = worth(n, whole_group(n, population), less=0)
    mean = np.where(n > 0, np.where(given, table, 0).sum(axis=0) / np.maximum(n, 1), np.nan)
    squares = (np.where(given, table - mean, 0) ** 2).sum(axis=0)
    alike = np.where(given, table, np.inf).min(axis=0) == np.where(given, table, -np.inf).max(axis=0)
    variance = np.where(n > 1, squares / np.maximum(n - 1, 1) * inverse, np.nan)
    everybody = (inverse == 0) & (n > 0)
    certain = everybody | (alike & (n > 1))
    return _Wave(mean, np.where(certain, 0.0, variance), n, everybody, population is not None)


def _refuse_unlike(before: _Wave, after: _Wave) -> None:
    if len(before.n) != len(after.n):
        sizes = f"{len(before.n)} questions before and {len(after.n)} after"
        raise InvalidAnswers(f"{sizes}; give the same questions in both waves")


def _score(delta: Floats | np.float64, first: _Wave, second: _Wave) -> Floats:
    """Return the score statistic of after - before = delta, the shares of two waves.

    The shares most likely under delta solve a cubic (Miettinen & Nurminen 1985, appendix), here divided by the total
    sample size so that a wave everybody answered in is no special case.
    """
    before, inverse0, after, inverse1 = first.value, first.varies, second.value, second.varies
    total = np.where(inverse0 + inverse1 > 0, inverse0 + inverse1, 1.0)
    weight = inverse0 / total  # of after; more where before says less
    pooled = weight * after + (1 - weight) * before
    b = -(1 + pooled + delta * (1 + weight))
    c = weight * delta**2 + delta * (2 * weight * after + 1) + pooled
    d = -weight * after * delta * (1 + delta)
    v = b**3 / 27 - b * c / 6 + d / 2
    u = np.copysign(np.sqrt(np.maximum(b * b / 9 - c / 3, 0)), v)
    turn = np.divide(v, u**3, out=np.zeros_like(v), where=u != 0)
    likely1 = 2 * u * np.cos((np.pi + np.arccos(np.clip(turn, -1, 1))) / 3) - b / 3
    likely1 = np.clip(likely1, np.maximum(delta, 0), np.minimum(1 + delta, 1))
    likely0 = likely1 - delta
    variance = likely1 * (1 - likely1) * inverse1 + likely0 * (1 - likely0) * inverse0
    error = np.sqrt(np.maximum(variance, 0) / (1 - inverse0 * inverse1 / total))
    gap = after - before - delta
    out: Floats = np.divide(gap, error, out=gap * 1e300, where=error > 0)
    return out


def _score_ends(z: float, before: _Wave, after: _Wave) -> Floats:
    """Halve towards the deltas whose scores are z and -z, (2, q); both ends of every comparison at once."""
    inside, outside = after.value - before.value, np.array([[-1.0], [1.0]])
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        near = np.abs(_score(middle, before, after)) <= z
        inside, outside = np.where(near, middle, inside), np.where(near, outside, middle)
    return inside


def _judged(
    before: _Wave, after: _Wave, low: Floats, high: Floats, p: Floats, control: str, alpha: float, *, percent: bool
) -> Changes:
    """Put verdicts and reasons to the figures."""
    p_adjusted = adjusted(p, control=control)
    difference, compared = after.value - before.value, int((~np.isnan(p)).sum())
    many = f", allowing for {compared} comparisons" if compared > 1 and control != "none" else ""
    unit, form = (100, "+z.0f") if percent else (1, "+z.2f")
    verdicts, reasons = [], []
    for i in range(len(p)):
        verdict = Verdict.RISEN if difference[i] > 0 else Verdict.FALLEN
        if np.isnan(p[i]):
            verdict = Verdict.UNKNOWN
        elif p_adjusted[i] > alpha:
            verdict = Verdict.WITHIN_CHANCE
        n0, n1 = int(before.n[i]), int(after.n[i])
        step, least, most = (format(unit * change[i], form) for change in (difference, low, high))
        moved = f"From {before.value[i]:.2f} to {after.value[i]:.2f} ({step})"
        if percent:
            moved = f"From {before.value[i]:.0%} to {after.value[i]:.0%} ({step} points)"
        if verdict is Verdict.UNKNOWN:
            why, cause = Why.SAME, "all answers of each wave are alike"
            if min(n0, n1) < 2:
                why, cause = Why.NONE, "too few answered"
            said = [Reason(why, f"{n0} answers before and {n1} after: {cause}, nothing to judge by.")]
        elif before.everybody[i] and after.everybody[i]:
            words = f"{moved}: everybody answered both times; this is what they said those days."
            said = [Reason(Why.EVERYBODY, words)]
        else:
            chance = "within what" if verdict is Verdict.WITHIN_CHANCE else "more than"
            words = f"{moved}: {chance} chance gives for {n0} and {n1} answers{many}"
            said = [Reason(Why.VERDICT, f"{words}; the true change may lie between {least} and {most}.")]
        if verdict is Verdict.WITHIN_CHANCE and p[i] <= alpha:
            words = f"Taken alone it would stand out; among {compared} comparisons chance gives such a one too."
            said.append(Reason(Why.MANY, words))
        said += few(n0, " before") + few(n1, " after")
        if before.counted or after.counted:
            words = "Only who happened to answer is taken as chance, not that people answer otherwise on another day."
            said.append(Reason(Why.POPULATION, words))
        verdicts.append(verdict)
        reasons.append(tuple(said))
    return Changes(
        before=before.value,
        after=after.value,
        difference=difference,
        low=low,
        high=high,
        p=p,
        p_adjusted=p_adjusted,
        n_before=before.n.astype(np.int64),
        n_after=after.n.astype(np.int64),
        control=control,
        alpha=alpha,
        verdict=tuple(verdicts),
        reasons=tuple(reasons),
    )
