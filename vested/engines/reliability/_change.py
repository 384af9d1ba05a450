"""Change between two anonymous waves, told from chance."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from vested.engines.reliability._checks import InvalidAnswers, counts, fraction, numbers, within
from vested.engines.reliability._intervals import counted, few, normal_quantile
from vested.engines.reliability._nouns import Changes, Floats, Reason, Verdict, Why

HALVINGS = 40  # of the range from -1 to 1: ends to 2e-12


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
    minimum: int = 10,
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
    sides = [
        tuple(np.atleast_1d(part) for part in counted(yes, n, population))
        for yes, n, population in ((yes_before, n_before, population_before), (yes_after, n_after, population_after))
    ]
    (yes0, n0, inverse0), (yes1, n1, inverse1) = sides
    if len(n0) != len(n1):
        raise InvalidAnswers(f"{len(n0)} questions before and {len(n1)} after; give the same questions in both waves")
    known = (n0 > 0) & (n1 > 0)
    before, after = (np.where(known, yes / np.maximum(n, 1), np.nan) for yes, n in ((yes0, n0), (yes1, n1)))
    low, high, p = (np.full(len(n0), np.nan) for _ in range(3))
    if known.any():
        compared = (before[known], inverse0[known], after[known], inverse1[known])
        p[known] = special.chdtrc(1, _score(np.zeros(int(known.sum())), *compared) ** 2)
        low[known], high[known] = _score_ends(normal_quantile(1 - alpha / 2), *compared)
    n, exact = (n0, n1), known & (inverse0 == 0) & (inverse1 == 0)
    groups = population_before is not None or population_after is not None
    found = _judged(
        before, after, (low, high), p, n, exact, control=control, alpha=alpha, minimum=minimum, percent=True
    )
    return _of_groups(found) if groups else found


def changes_in_means(
    before: ArrayLike,
    after: ArrayLike,
    *,
    population_before: int | None = None,
    population_after: int | None = None,
    control: str = "holm",
    alpha: float = 0.05,
    minimum: int = 10,
) -> Changes:
    """Compare the means of ``before`` (n, q) and ``after`` (m, q), question by question; nan is a missing answer.

    Each question uses all answers it got. Welch's (1947) test and interval, each variance times 1 - n/N where the
    group is counted. Fewer than two answers, or answers all alike in both waves, give an unknown verdict, unless
    everybody answered. Waves and groups as in ``changes_in_shares``. Raises InvalidAnswers.
    """
    fraction("alpha", alpha)
    tables = [numbers(name, table, dimensions=2) for name, table in (("before", before), ("after", after))]
    if tables[0].shape[1] != tables[1].shape[1]:
        sizes = f"{tables[0].shape[1]} questions before and {tables[1].shape[1]} after"
        raise InvalidAnswers(f"{sizes}; give the same questions in both waves")
    mean0, variance0, n0, all0 = _wave(tables[0], population_before)
    mean1, variance1, n1, all1 = _wave(tables[1], population_after)
    difference, variance, exact = mean1 - mean0, variance0 + variance1, all0 & all1
    tested = variance > 0  # nan where a wave has fewer than two answers
    parts = variance0**2 / np.maximum(n0 - 1, 1) + variance1**2 / np.maximum(n1 - 1, 1)
    freedom = np.divide(variance**2, parts, out=np.full(len(parts), np.nan), where=tested)
    error = np.sqrt(np.where(tested, variance, np.nan))
    p = 2 * special.stdtr(freedom, -np.abs(difference) / error)
    half = special.stdtrit(freedom, 1 - alpha / 2) * error
    same = np.abs(difference) <= 1e-12 * np.maximum(1, np.abs(mean0))  # but for rounding
    half = np.where(exact, 0.0, half)
    p, ends = np.where(exact, np.where(same, 1.0, 0.0), p), (difference - half, difference + half)
    groups = population_before is not None or population_after is not None
    n = (n0, n1)
    found = _judged(mean0, mean1, ends, p, n, exact, control=control, alpha=alpha, minimum=minimum, percent=False)
    return _of_groups(found) if groups else found


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


def _wave(table: Floats, group: int | None) -> tuple[Floats, Floats, Floats, NDArray[np.bool_]]:
    """Return means, the variances of the means, answers and whether everybody answered, for each question (q,)."""
    given = ~np.isnan(table)
    n = given.sum(axis=0).astype(np.float64)
    whole = np.broadcast_to(np.inf if group is None else counts("population", group), n.shape)
    within("the number of answers", n, "population", whole)
    mean = np.divide(np.where(given, table, 0).sum(axis=0), n, out=np.full(len(n), np.nan), where=n > 0)
    squares = (np.where(given, table - mean, 0) ** 2).sum(axis=0)
    alike = np.where(given, table, np.inf).min(axis=0) == np.where(given, table, -np.inf).max(axis=0)
    spread = np.divide(squares, n - 1, out=np.full(len(n), np.nan), where=n > 1)
    variance = np.where(alike & (n > 1), 0.0, spread / np.maximum(n, 1) * (1 - n / np.maximum(whole, 1)))
    everybody = (n == whole) & (n > 0)
    return mean, np.where(everybody, 0.0, variance), n, everybody


def _score(delta: Floats, before: Floats, inverse0: Floats, after: Floats, inverse1: Floats) -> Floats:
    """Return the score statistic of after - before = delta, with one over the sample sizes as ``counted`` has it.

    The shares most likely under delta solve a cubic (Miettinen & Nurminen 1985, appendix), here divided by the total
    sample size so that a wave everybody answered in is no special case.
    """
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
    out: Floats = np.divide(gap, error, out=np.where(gap == 0, 0.0, np.copysign(np.inf, gap)), where=error > 0)
    return out


def _score_ends(z: float, *compared: Floats) -> tuple[Floats, Floats]:
    """Halve towards the deltas whose scores are z and -z; both ends of every comparison at once."""
    q = len(compared[0])
    twice = [np.tile(part, 2) for part in compared]
    difference = twice[2] - twice[0]
    lower_end = np.arange(2 * q) < q
    inside, outside = difference, np.where(lower_end, -1.0, 1.0)
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        near = np.abs(_score(middle, *twice)) <= z
        inside, outside = np.where(near, middle, inside), np.where(near, outside, middle)
    return inside[:q], inside[q:]


def _judged(
    before: Floats,
    after: Floats,
    ends: tuple[Floats, Floats],
    p: Floats,
    n: tuple[Floats, Floats],
    exact: NDArray[np.bool_],
    *,
    control: str,
    alpha: float,
    minimum: int,
    percent: bool,
) -> Changes:
    """Put verdicts and reasons to the figures."""
    p_adjusted = adjusted(p, control=control)
    difference, compared = after - before, int((~np.isnan(p)).sum())
    many = f", allowing for {compared} comparisons" if compared > 1 and control != "none" else ""
    verdicts, reasons = [], []
    for i in range(len(p)):
        n0, n1 = int(n[0][i]), int(n[1][i])
        small = few(n0, minimum, " before") + few(n1, minimum, " after")
        if math.isnan(p[i]):
            none = min(n0, n1) < 2
            cause = "too few answered" if none else "all answers of each wave are alike"
            words = f"{n0} answers before and {n1} after: {cause}, nothing to judge by."
            verdicts.append(Verdict.UNKNOWN)
            reasons.append((Reason(Why.NONE if none else Why.SAME, words), *small))
            continue
        changed = bool(p_adjusted[i] <= alpha)
        verdicts.append((Verdict.RISEN if difference[i] > 0 else Verdict.FALLEN) if changed else Verdict.WITHIN_CHANCE)
        step, low, high = (_signed(float(x), percent=percent) for x in (difference[i], ends[0][i], ends[1][i]))
        moved = f"From {before[i]:.0%} to {after[i]:.0%}" if percent else f"From {before[i]:.2f} to {after[i]:.2f}"
        moved += f" ({step} points)" if percent else f" ({step})"
        if exact[i]:
            said = Reason(Why.EVERYBODY, f"{moved}: everybody answered both times; this is what they said those days.")
        else:
            chance = f"{'more than' if changed else 'within what'} chance gives for {n0} and {n1} answers{many}"
            said = Reason(Why.VERDICT, f"{moved}: {chance}; the true change may lie between {low} and {high}.")
        alone = f"Taken alone it would stand out; among {compared} comparisons chance gives such a one too."
        stood_out = [Reason(Why.MANY, alone)] if p[i] <= alpha and not changed else []
        reasons.append((said, *stood_out, *small))
    return Changes(
        before=before,
        after=after,
        difference=difference,
        low=ends[0],
        high=ends[1],
        p=p,
        p_adjusted=p_adjusted,
        n_before=n[0].astype(np.int64),
        n_after=n[1].astype(np.int64),
        control=control,
        alpha=alpha,
        verdict=tuple(verdicts),
        reasons=tuple(reasons),
    )


def _of_groups(found: Changes) -> Changes:
    """Say of each comparison what counting the group leaves out."""
    words = "Only who happened to answer is taken as chance, not that people answer otherwise on another day."
    return replace(found, reasons=tuple((*reasons, Reason(Why.POPULATION, words)) for reasons in found.reasons))


def _signed(change: float, *, percent: bool) -> str:
    return f"{round(100 * change):+d}" if percent else f"{round(change, 2) + 0.0:+.2f}"  # never -0
