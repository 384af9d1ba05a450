"""Where a score stands among published ones."""

import numpy as np
from numpy.typing import ArrayLike

from vested.engines.reliability._checks import InvalidAnswers, numbers
from vested.engines.reliability._nouns import Estimate, Position, Reason, Verdict, Why


def position(score: Estimate, published: ArrayLike, *, step: float = 0.0) -> Position:
    """Place ``score`` among ``published`` scores (m,) of other organisations, nan where a score is withheld.

    ``step`` is what the table is rounded to (0.01 for whole per cents): a published score is then taken to lie
    anywhere within half a step, so that equal ones count half. The table holds every organisation there is and is not
    itself a sample; how noisy its scores are is not published and not allowed for. Leave the organisation's own row
    out. Raises InvalidAnswers.
    """
    table = numbers("published", published, dimensions=1)
    if not 0 <= step < np.inf:
        raise InvalidAnswers(f"step is {step:g}; give what the table is rounded to, 0 where it is not")
    known = table[~np.isnan(table)]
    m, withheld = len(known), int(np.isnan(table).sum())
    if not m:
        raise InvalidAnswers("published holds no score, all are withheld; choose another question")

    def below(value: float) -> float:
        gap = value - known
        parts = np.clip(gap / step + 0.5, 0, 1) if step else (np.sign(gap) + 1) / 2
        return float(parts.sum())

    percentile = 100 * below(score.value) / m
    low = 100 * below(score.low) / len(table)  # as if all the withheld were above
    high = 100 * (below(score.high) + withheld) / len(table)  # and as if all were below
    verdict, words = Verdict.AROUND, "Around the middle, as far as can be told"
    if np.isnan(score.low):
        low = high = np.nan
        verdict, words = Verdict.UNKNOWN, "How far off the score may be is not known"
    elif low > 50:
        verdict, words = Verdict.ABOVE, "Above the middle"
    elif high < 50:
        verdict, words = Verdict.BELOW, "Below the middle"
    words += f": {percentile:.0f} % of {m} published scores are lower"
    words += "." if np.isnan(low) else f" ({low:.0f} to {high:.0f} %, with {score.n} answers)."
    reasons = [Reason(Why.VERDICT, words)]
    if withheld:
        words = f"{withheld} more organisations are withheld; the range holds wherever theirs are."
        reasons.append(Reason(Why.WITHHELD, words))
    few = tuple(reason for reason in score.reasons if reason.why is Why.FEW)
    return Position(
        percentile=percentile,
        low=low,
        high=high,
        organisations=m,
        withheld=withheld,
        verdict=verdict,
        reasons=(*reasons, *few),
    )
