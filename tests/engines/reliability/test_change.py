"""Changes: published intervals and p-values, slow second opinions, and false alarms counted out."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.engines.reliability import oracle
from vested.engines import reliability
from vested.engines.reliability import Changes, Verdict, Why

P_VALUES = st.lists(st.integers(0, 1000).map(lambda p: p / 1000), min_size=1, max_size=7)
# Benjamini & Hochberg 1995: fifteen comparisons of two treatments of heart attacks.
HEART = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.324,
    0.4262,
    0.5719,
    0.6528,
    0.759,
    1,
]


@st.composite
def waves(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """How many said yes, of how many, before and after."""
    before, after = draw(st.integers(1, 60)), draw(st.integers(1, 60))
    return draw(st.integers(0, before)), before, draw(st.integers(0, after)), after


def shares(case: tuple[int, int, int, int], alpha: float = 0.05) -> Changes:
    return reliability.changes_in_shares(*([count] for count in case), alpha=alpha)


@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0528, 0.3382),
        ((9, 10), (3, 10), 0.1700, 0.8406),
        ((5, 56), (0, 29), -0.0326, 0.1933),
        ((0, 10), (0, 20), -0.1658, 0.2844),
    ],
)
def test_differences_of_shares_as_newcombe_published_them(
    after: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe, Statistics in Medicine 17, 1998, pp. 873-890, table II, method of Miettinen and Nurminen."""
    found = shares((*before, *after))
    assert (round(float(found.low[0]), 4), round(float(found.high[0]), 4)) == (low, high)


def test_a_difference_of_shares_as_another_program_has_it() -> None:
    """diffscoreci(7, 34, 1, 34) of R's PropCIs, as the tests of statsmodels quote it."""
    found = shares((1, 34, 7, 34))
    assert (found.low[0], found.high[0]) == pytest.approx((0.0270416, 0.3452912), abs=1e-6)


@settings(max_examples=30)
@given(waves(), st.sampled_from([0.01, 0.05, 0.2]))
def test_an_interval_is_what_the_slow_way_finds(case: tuple[int, int, int, int], alpha: float) -> None:
    found = shares(case, alpha=alpha)
    expected = oracle.change_interval(case, 1 - alpha)
    assert (found.low[0], found.high[0]) == pytest.approx(expected, abs=1e-6)


@given(waves())
def test_p_is_that_of_the_chi_squared_with_one_less(case: tuple[int, int, int, int]) -> None:
    """Of the pooled table, times (n - 1) / n."""
    yes0, n0, yes1, n1 = case
    found = shares(case)
    if yes0 + yes1 in {0, n0 + n1}:
        assert found.p[0] == 1
        return
    table = [[yes0, n0 - yes0], [yes1, n1 - yes1]]
    chi2 = stats.chi2_contingency(table, correction=False).statistic * (n0 + n1 - 1) / (n0 + n1)
    assert found.p[0] == pytest.approx(stats.chi2.sf(chi2, 1))


@given(waves(), st.none() | st.integers(0, 40), st.none() | st.integers(0, 40))
def test_an_interval_holds_no_change_just_when_p_is_above_alpha(
    case: tuple[int, int, int, int], more_before: int | None, more_after: int | None
) -> None:
    found = reliability.changes_in_shares(
        *([count] for count in case),
        population_before=None if more_before is None else [case[1] + more_before],
        population_after=None if more_after is None else [case[3] + more_after],
    )
    assert (found.low[0] <= 1e-9 and found.high[0] >= -1e-9) == (found.p[0] > 0.05)
    assert found.low[0] <= found.difference[0] <= found.high[0]


@given(waves())
def test_looking_back_in_time_turns_the_change_round(case: tuple[int, int, int, int]) -> None:
    forth, back = shares(case), shares((*case[2:], *case[:2]))
    assert back.p[0] == pytest.approx(forth.p[0])
    assert (back.low[0], back.high[0]) == pytest.approx((-forth.high[0], -forth.low[0]), abs=1e-9)
    opposite = {Verdict.RISEN: Verdict.FALLEN, Verdict.FALLEN: Verdict.RISEN}
    assert back.verdict[0] is opposite.get(forth.verdict[0], forth.verdict[0])


@given(waves())
def test_knowing_the_group_sharpens_and_a_vast_group_does_not(case: tuple[int, int, int, int]) -> None:
    widths = []
    for factor in (1, 2, 5, 10**7):
        before, after = [case[1] * factor], [case[3] * factor]
        found = reliability.changes_in_shares(
            *([count] for count in case), population_before=before, population_after=after
        )
        widths.append(float(found.high[0] - found.low[0]))
    plain = shares(case)
    assert widths[0] <= 1e-9
    assert all(narrow <= wide + 1e-9 for narrow, wide in pairwise(widths))
    assert widths[-1] == pytest.approx(float(plain.high[0] - plain.low[0]), rel=1e-4, abs=1e-6)


def test_where_one_wave_asked_everybody_only_the_other_is_noise() -> None:
    """Then the interval is that of the one share, moved: the score interval against a known figure."""
    found = reliability.changes_in_shares([30], [60], [20], [34], population_before=[60])
    low, high = oracle.score_interval(20, 34, None, 0.95)
    assert (found.low[0], found.high[0]) == pytest.approx((low - 0.5, high - 0.5), abs=1e-9)
    assert found.reasons[0][0].why is Why.VERDICT


@pytest.mark.parametrize(("n0", "n1"), [(10, 10), (34, 36), (15, 60)])
def test_false_alarms_counted_out_over_all_answers_there_could_be(n0: int, n1: int) -> None:
    yes0, yes1 = (grid.ravel() for grid in np.meshgrid(np.arange(n0 + 1), np.arange(n1 + 1)))
    q = len(yes0)
    found = reliability.changes_in_shares(yes0, np.full(q, n0), yes1, np.full(q, n1), control="none")
    alarm = found.p <= 0.05
    rates = [
        float((stats.binom.pmf(yes0, n0, true) * stats.binom.pmf(yes1, n1, true))[alarm].sum())
        for true in np.arange(5, 100, 5) / 100
    ]
    assert 0.025 < np.mean(rates) < 0.055
    assert max(rates) < 0.07


def test_the_heart_attacks_of_benjamini_and_hochberg() -> None:
    """They find three by Bonferroni's kind of control and four by theirs."""
    assert (reliability.adjusted(HEART, control="holm") <= 0.05).sum() == 3
    assert (reliability.adjusted(HEART, control="bh") <= 0.05).sum() == 4
    assert reliability.adjusted(HEART, control="none").tolist() == HEART


@given(P_VALUES)
def test_adjusting_is_what_the_definitions_say(p: list[float]) -> None:
    assert reliability.adjusted(p) == pytest.approx(oracle.closed_bonferroni(p))
    assert reliability.adjusted(p, control="bh") == pytest.approx(oracle.step_up(p))


@given(P_VALUES)
def test_adjusting_keeps_the_order_and_never_lowers(p: list[float]) -> None:
    holm, bh = reliability.adjusted(p), reliability.adjusted(p, control="bh")
    assert (np.array(p) <= bh + 1e-12).all()
    assert (bh <= holm + 1e-12).all()
    assert (np.diff(holm[np.argsort(p, kind="stable")]) >= 0).all()


def test_a_missing_p_counts_for_nothing() -> None:
    found = reliability.adjusted([0.02, math.nan, 0.04])
    assert found == pytest.approx([0.04, math.nan, 0.04], nan_ok=True)


def test_means_are_compared_as_welch_does() -> None:
    rng = np.random.default_rng(4)
    before, after = rng.integers(1, 6, (34, 3)).astype(float), rng.integers(1, 6, (50, 3)).astype(float)
    before[:4, 1] = np.nan
    found = reliability.changes_in_means(before, after, control="none", alpha=0.1)
    for i in range(3):
        one, other = before[~np.isnan(before[:, i]), i].tolist(), after[:, i].tolist()
        difference, error, freedom = oracle.welch(one, other)
        half = stats.t.ppf(0.95, freedom) * error
        assert found.difference[i] == pytest.approx(difference)
        assert (found.low[i], found.high[i]) == pytest.approx((difference - half, difference + half))
        assert found.p[i] == pytest.approx(stats.ttest_ind(other, one, equal_var=False).pvalue)
    assert found.n_before.tolist() == [34, 30, 34]


def test_knowing_the_group_shrinks_the_error_of_a_mean() -> None:
    rng = np.random.default_rng(4)
    before, after = rng.normal(3, 1, (40, 1)), rng.normal(3.5, 1, (60, 1))
    found = reliability.changes_in_means(before, after, population_before=50, population_after=80)
    parts = np.array([before.var(ddof=1) / 40 * (1 - 40 / 50), after.var(ddof=1) / 60 * (1 - 60 / 80)])
    freedom = parts.sum() ** 2 / (parts**2 / [39, 59]).sum()
    half = stats.t.ppf(0.975, freedom) * math.sqrt(parts.sum())
    assert found.high[0] - found.low[0] == pytest.approx(2 * half)
    assert found.verdict == (Verdict.RISEN,)
    assert [reason.why for reason in found.reasons[0]] == [Why.VERDICT, Why.POPULATION]


def test_where_everybody_answered_there_is_no_noise_in_who_did() -> None:
    same = reliability.changes_in_means([[0.1 + 0.2], [1.0]], [[0.3], [1.0]], population_before=2, population_after=2)
    assert same.verdict == (Verdict.WITHIN_CHANCE,)
    rounded = reliability.changes_in_means([[0.1 + 0.2]], [[0.3]], population_before=1, population_after=1)
    assert rounded.difference[0] != 0
    assert rounded.verdict == (Verdict.WITHIN_CHANCE,)
    one_wave = reliability.changes_in_means([[3.0], [4.0]], [[3.0], [4.0], [4.0]], population_before=2)
    assert one_wave.low[0] < one_wave.difference[0] < one_wave.high[0]
    assert one_wave.reasons[0][0].why is Why.VERDICT
    moved = reliability.changes_in_means([[3.0]], [[4.0], [4.0]], population_before=1, population_after=2)
    assert moved.verdict == (Verdict.RISEN,)
    assert (moved.low[0], moved.high[0], moved.p[0]) == (1, 1, 0)
    assert moved.reasons[0][0].why is Why.EVERYBODY
    counted = reliability.changes_in_shares([6], [20], [5], [20], population_before=[20], population_after=[20])
    assert counted.verdict == (Verdict.FALLEN,)
    assert (counted.low[0], counted.high[0]) == pytest.approx((-0.05, -0.05))
    assert counted.reasons[0][0].words.startswith("From 30% to 25% (-5 points): everybody answered both times")


def test_what_cannot_be_compared_is_unknown_and_counts_for_nothing() -> None:
    found = reliability.changes_in_shares([0, 10], [0, 40], [5, 30], [9, 40], population_before=[0, 90])
    assert found.verdict == (Verdict.UNKNOWN, Verdict.RISEN)
    assert [reason.why for reason in found.reasons[0]] == [Why.NONE, Why.FEW, Why.FEW, Why.POPULATION]
    assert found.p_adjusted[1] == found.p[1]
    assert math.isnan(found.low[0])
    nobody = reliability.changes_in_shares([0], [0], [0], [0])
    assert nobody.verdict == (Verdict.UNKNOWN,)
    rows = np.array([[np.nan, 4, 3, 5]] * 12)
    rows[0, 0] = 3
    later = np.array([[4.0, 5, 3, 4]] * 12)
    later[:6] += [1, 0, 0, 1]
    means = reliability.changes_in_means(rows, later)
    unknown = (Verdict.UNKNOWN,) * 3
    assert means.verdict == (*unknown, Verdict.FALLEN)
    assert [reasons[0].why for reasons in means.reasons] == [Why.NONE, Why.SAME, Why.SAME, Why.VERDICT]
    thirds = reliability.changes_in_means([[0.1]] * 3, [[0.3]] * 3)  # three tenths have no exact mean
    assert thirds.verdict == (Verdict.UNKNOWN,)
    empty = reliability.changes_in_means([[np.nan]], [[1.0], [2.0]], population_before=0)
    assert empty.verdict == (Verdict.UNKNOWN,)


def test_what_is_said_of_one_change_among_many() -> None:
    found = reliability.changes_in_shares([14, 30, 20], [34, 60, 40], [24, 31, 35], [36, 60, 40])
    assert found.verdict == (Verdict.WITHIN_CHANCE, Verdict.WITHIN_CHANCE, Verdict.RISEN)
    assert found.p[0] < 0.05 < found.p_adjusted[0]
    said, alone = (reason.words for reason in found.reasons[0])
    assert said == (
        "From 41% to 67% (+25 points): within what chance gives for 34 and 36 answers, allowing for 3 comparisons; "
        "the true change may lie between +2 and +46."
    )
    assert alone == "Taken alone it would stand out; among 3 comparisons chance gives such a one too."
    assert "more than chance gives for 40 and 40 answers" in found.reasons[2][0].words
    assert [len(reasons) for reasons in found.reasons] == [2, 1, 1]
    single = reliability.changes_in_shares([14], [34], [24], [36])
    assert single.verdict == (Verdict.RISEN,)
    assert "allowing" not in single.reasons[0][0].words
    loose = reliability.changes_in_shares([14, 30, 20], [34, 60, 40], [24, 31, 35], [36, 60, 40], control="none")
    assert loose.verdict[0] is Verdict.RISEN
    assert "allowing" not in loose.reasons[0][0].words


def test_a_change_too_small_to_print_has_no_minus() -> None:
    found = reliability.changes_in_means([[3.001], [2.0], [4.0]], [[3.0], [2.0], [4.0]])
    assert found.difference[0] < 0
    assert "From 3.00 to 3.00 (+0.00)" in found.reasons[0][0].words
    share = reliability.changes_in_shares([500], [1000], [499], [1000])
    assert "(+0 points)" in share.reasons[0][0].words


def test_two_waves_of_one_office_raise_no_more_false_alarms_than_said() -> None:
    """The same people answer both times, most as before: the waves are not independent, and alarms get fewer."""
    rng = np.random.default_rng(11)
    opinion = rng.random(60) < 0.6
    waves_of = [
        [np.where(rng.random(60) < 0.85, opinion, ~opinion)[rng.permutation(60)[:45]].sum() for _ in range(1_000)]
        for _ in "ab"
    ]
    n = np.full(1_000, 45)
    found = reliability.changes_in_shares(waves_of[0], n, waves_of[1], n, control="none")
    assert 1_000 - found.verdict.count(Verdict.WITHIN_CHANCE) < 50
