"""Can this score be trusted: scales, shares, means, changes between waves, and positions among published scores.

Scales: Cronbach's alpha (Psychometrika 16, 1951) with Feldt's interval (Psychometrika 30, 1965, pp. 357-370;
Feldt, Woodruff & Salih, Applied Psychological Measurement 11, 1987, p. 95); omega total from one factor by maximum
likelihood (McDonald, Test Theory, 1999, ch. 6; Jöreskog, Psychometrika 32, 1967, pp. 443-482). Shares: Wilson (Journal
of the American Statistical Association 22, 1927, pp. 209-212). Part of a counted group: Cochran (Sampling Techniques,
3rd ed., 1977, ch. 2 and 3). Changes: Miettinen & Nurminen (Statistics in Medicine 4, 1985, pp. 213-226) and Welch
(Biometrika 34, 1947, pp. 28-35), several at once by Holm (Scandinavian Journal of Statistics 6, 1979) or
Benjamini & Hochberg (Journal of the Royal Statistical Society B 57, 1995). Least change: Fleiss, Levin & Paik
(Statistical Methods for Rates and Proportions, 3rd ed., 2003, ch. 4), Cohen (Statistical Power Analysis, 2nd ed., 1988,
ch. 2), Jacobson & Truax (Journal of Consulting and Clinical Psychology 59, 1991).

Results carry ``n`` and warn of small groups; what may be shown at all is not decided here. An agency asked 80 of its
100 people, and a year later 34 of 40 in one office agree instead of 28 of 40:

>>> from vested.engines import reliability
>>> agreeing = reliability.share(52, 80, population=100)
>>> f"{agreeing.value:.2f} ({agreeing.low:.2f} to {agreeing.high:.2f})"
'0.65 (0.60 to 0.70)'
>>> changes = reliability.changes_in_shares([28], [40], [34], [40])
>>> changes.verdict[0].value
'within chance'
>>> print(changes.reasons[0][0].words)  # doctest: +NORMALIZE_WHITESPACE
From 70% to 85% (+15 points): within what chance gives for 40 and 40 answers; the true change may lie between -4
and +33.
"""

from vested.engines.reliability._change import adjusted, changes_in_means, changes_in_shares
from vested.engines.reliability._checks import InvalidAnswers
from vested.engines.reliability._detectable import detectable_mean, detectable_share
from vested.engines.reliability._intervals import mean, share, wilson
from vested.engines.reliability._nouns import (
    Changes,
    Detectable,
    Estimate,
    Position,
    Reason,
    Scale,
    ScoreError,
    Verdict,
    Why,
)
from vested.engines.reliability._position import position
from vested.engines.reliability._scale import alpha_interval, scale, score_error

__all__ = [
    "Changes",
    "Detectable",
    "Estimate",
    "InvalidAnswers",
    "Position",
    "Reason",
    "Scale",
    "ScoreError",
    "Verdict",
    "Why",
    "adjusted",
    "alpha_interval",
    "changes_in_means",
    "changes_in_shares",
    "detectable_mean",
    "detectable_share",
    "mean",
    "position",
    "scale",
    "score_error",
    "share",
    "wilson",
]
