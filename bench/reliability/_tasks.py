"""What both sides compute from one survey. Each task returns one array of figures in the same order.

The peers' ways: pingouin's cronbach_alpha, for alpha without a question on the others; statsmodels' maximum-likelihood
factor of the correlations, Wilson's interval, score test of two shares, Welch's test and interval, multipletests and
the power of the t test. statsmodels has the score *interval* too, but up to 0.15 takes a wrong coefficient of its cubic
(its issue 10269), so only the test is compared; the interval is held to published values in our tests.
"""

import gc
import importlib
import warnings
from collections.abc import Callable

import numpy as np

from bench.reliability._survey import QUESTIONS, Floats, Survey

POWER_SIZES = [20, 34, 50, 80, 120, 200, 400, 800]
Task = Callable[[Survey], Floats]


def ours() -> dict[str, Task]:
    """Return our side of each task."""
    reliability = importlib.import_module("vested.engines.reliability")

    def alpha(given: Survey) -> Floats:
        return np.array(
            [
                [s.alpha, s.alpha_low, s.alpha_high, *s.alpha_dropped, s.omega]
                for s in map(reliability.scale, given.before)
            ]
        )

    def wilson(given: Survey) -> Floats:
        yes, n = _agreeing(given.before)
        return np.array(reliability.wilson(yes, n)).T

    def shares(given: Survey) -> Floats:
        found = reliability.changes_in_shares(*_agreeing(given.before), *_agreeing(given.after))
        return np.array([found.p, found.p_adjusted, reliability.adjusted(found.p, control="bh")]).T

    def means(given: Survey) -> Floats:
        found = [reliability.changes_in_means(*waves) for waves in zip(given.before, given.after, strict=True)]
        return np.concatenate([np.array([f.low, f.high, f.p, f.p_adjusted]).T for f in found])

    def least(given: Survey) -> Floats:
        del given
        return np.array([reliability.detectable_mean(1, n_before=n, n_after=n).rise for n in POWER_SIZES])

    return {"scales": alpha, "wilson": wilson, "shares": shares, "means": means, "least": least}


def peers() -> dict[str, Task]:
    """Return the peers' side of each task."""
    pandas, pingouin = importlib.import_module("pandas"), importlib.import_module("pingouin")
    proportion = importlib.import_module("statsmodels.stats.proportion")
    multiple = importlib.import_module("statsmodels.stats.multitest").multipletests
    weights = importlib.import_module("statsmodels.stats.weightstats")
    power = importlib.import_module("statsmodels.stats.power").TTestIndPower()
    factor = importlib.import_module("statsmodels.multivariate.factor").Factor
    gc.freeze()  # multipletests collects garbage at every call; what was loaded need not be looked through each time

    def alpha(given: Survey) -> Floats:
        rows = []
        for answers in given.before:
            frame = pandas.DataFrame(answers)
            whole, ends = pingouin.cronbach_alpha(frame)
            dropped = [pingouin.cronbach_alpha(frame.drop(columns=i))[0] for i in range(QUESTIONS)]
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it says that it did not converge where it did
                fitted = factor(corr=np.corrcoef(answers, rowvar=False), n_factor=1, method="ml").fit()
            sd = answers.std(axis=0, ddof=1)
            common = (fitted.loadings[:, 0] * sd).sum() ** 2
            rows.append([whole, *ends, *dropped, common / (common + (fitted.uniqueness * sd**2).sum())])
        return np.array(rows)

    def wilson(given: Survey) -> Floats:
        yes, n = _agreeing(given.before)
        return np.array(proportion.proportion_confint(yes, n, method="wilson")).T

    def shares(given: Survey) -> Floats:
        counts = zip(*_agreeing(given.after), *_agreeing(given.before), strict=True)
        p = np.array([proportion.test_proportions_2indep(*row, method="score").pvalue for row in counts])
        for row in zip(*_agreeing(given.after), *_agreeing(given.before), strict=True):
            proportion.confint_proportions_2indep(*row, method="newcomb")  # an interval too, as ours gives one
        return np.array([p, multiple(p, method="holm")[1], multiple(p, method="fdr_bh")[1]]).T

    def means(given: Survey) -> Floats:
        rows = []
        for before, after in zip(given.before, given.after, strict=True):
            compared = weights.CompareMeans(weights.DescrStatsW(after), weights.DescrStatsW(before))
            p = compared.ttest_ind(usevar="unequal")[1]
            rows.append(np.array([*compared.tconfint_diff(usevar="unequal"), p, multiple(p, method="holm")[1]]).T)
        return np.concatenate(rows)

    def least(given: Survey) -> Floats:
        del given
        return np.array([float(power.solve_power(nobs1=n, alpha=0.05, power=0.8)) for n in POWER_SIZES])

    return {"scales": alpha, "wilson": wilson, "shares": shares, "means": means, "least": least}


def _agreeing(wave: list[Floats]) -> tuple[Floats, Floats]:
    """Count the answers 4 and 5, and all answers, for every organisation and question."""
    yes = np.concatenate([(answers >= 4).sum(axis=0) for answers in wave]).astype(np.float64)
    return yes, np.repeat([float(len(answers)) for answers in wave], QUESTIONS)
