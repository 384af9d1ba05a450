"""Scales: published alphas and factors, slow second opinions, and what may not change them."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.engines.reliability import oracle
from vested.engines import reliability
from vested.engines.reliability import Verdict, Why
from vested.engines.reliability._factor import one_factor


@st.composite
def tables(draw: st.DrawFn) -> np.ndarray:
    """Answers 1 to 5 of 4 to 30 people to 2 to 6 questions; drawn by a seed, which is much quicker than one by one."""
    shape = draw(st.integers(4, 30)), draw(st.integers(2, 6))
    table = np.random.default_rng(draw(st.integers(0, 10**6))).integers(1, 6, shape).astype(float)
    assume((np.ptp(table, axis=0) > 0).all() and np.ptp(table.sum(axis=1)) > 0)
    return table


def drawn(n: int, loading: list[float], seed: int) -> np.ndarray:
    """Answers of ``n`` people to questions of variance 1 with one factor in common."""
    rng, strength = np.random.default_rng(seed), np.array(loading)
    common, own = rng.normal(size=(n, 1)), rng.normal(size=(n, len(loading)))
    return np.asarray(common * strength + own * np.sqrt(1 - strength**2))


def test_the_interval_of_a_published_alpha() -> None:
    """Evans, in the statistics pages of the MRC Cognition and Brain Sciences Unit: Feldt's interval in R."""
    assert reliability.alpha_interval(0.913, n=873, k=20) == pytest.approx((0.9044024, 0.9211588), abs=1e-7)


def test_alpha_of_a_documented_covariance_matrix() -> None:
    """The example of cronbachalpha in StatsBase.jl 0.34; answers made to have that matrix exactly."""
    matrix = np.full((4, 4), 6.0) + np.diag([4.0, 5, 6, 7])
    raw = drawn(50, [0.0] * 4, 1)
    white = np.linalg.solve(np.linalg.cholesky(np.cov(raw, rowvar=False)), (raw - raw.mean(axis=0)).T)
    found = reliability.scale((np.linalg.cholesky(matrix) @ white).T)
    assert round(found.alpha, 4) == 0.8136
    assert found.alpha_dropped.round(4).tolist() == [0.75, 0.7606, 0.7714, 0.7826]


@pytest.mark.real_data
@pytest.mark.parametrize(("file", "alpha"), [("lsat6", 0.295), ("lsat7", 0.453)])
def test_the_law_school_test_has_its_published_alpha(real_data: Path, file: str, alpha: float) -> None:
    """Rizopoulos, Journal of Statistical Software 17(5), 2006: the LSAT data; alpha as its package prints it."""
    path = real_data / "skills" / "irt" / f"{file}.csv"
    found = reliability.scale(np.genfromtxt(path, delimiter=",", skip_header=1))
    assert round(found.alpha, 3) == alpha
    assert found.verdict is Verdict.NOT_TRUSTED
    assert found.omega >= found.alpha


def test_one_factor_of_five_examinations() -> None:
    """Mardia, Kent & Bibby, Multivariate Analysis, 1979, section 9.5: loadings of 88 students' marks."""
    marks = np.eye(5)
    marks[np.triu_indices(5, 1)] = [0.553, 0.547, 0.409, 0.389, 0.610, 0.485, 0.437, 0.711, 0.665, 0.607]
    factor = one_factor(marks + np.triu(marks, 1).T, 88)
    assert factor is not None
    assert factor.loading == pytest.approx([0.600, 0.667, 0.917, 0.772, 0.724], abs=0.002)
    assert factor.fits
    assert not factor.at_edge


@given(tables())
def test_alpha_and_its_questions_are_what_the_slow_way_finds(table: np.ndarray) -> None:
    found, rows = reliability.scale(table), table.tolist()
    assert found.alpha == pytest.approx(oracle.alpha(rows), abs=1e-9)
    assert found.sem == pytest.approx(table.sum(axis=1).std(ddof=1) * math.sqrt(1 - found.alpha))
    for i in range(table.shape[1]):
        rest = [sum(row) for row in oracle.without(rows, i)]
        if len(set(rest)) == 1:
            assert math.isnan(found.item_total[i])
            continue
        assert found.item_total[i] == pytest.approx(oracle.item_total(rows, i), abs=1e-9)
        if table.shape[1] > 2:
            assert found.alpha_dropped[i] == pytest.approx(oracle.alpha(oracle.without(rows, i)), abs=1e-9)
    assert found.alpha_low <= found.alpha <= found.alpha_high


@given(tables())
def test_order_level_and_unit_do_not_change_a_scale(table: np.ndarray) -> None:
    shuffle = np.random.default_rng(len(table)).permutation
    columns = shuffle(table.shape[1])
    plain, other = reliability.scale(table), reliability.scale(table[shuffle(len(table))][:, columns] * 3 - 7)
    for name in ("alpha", "alpha_low", "alpha_high"):
        assert getattr(other, name) == pytest.approx(getattr(plain, name), abs=1e-9)
    assert other.item_total == pytest.approx(plain.item_total[columns], abs=1e-9, nan_ok=True)
    assert other.sem == pytest.approx(3 * plain.sem)
    assert other.verdict is plain.verdict


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("loading", [[0.7, 0.6, 0.8], [0.5, 0.6, 0.7, 0.8, 0.4], [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3]])
def test_omega_is_what_a_search_over_all_parameters_finds(loading: list[float], seed: int) -> None:
    table = drawn(200, loading, seed) * np.arange(1, len(loading) + 1)
    covariance = np.cov(table, rowvar=False)
    expected, where = oracle.omega(covariance)
    found = reliability.scale(table)
    assert found.omega == pytest.approx(expected, abs=1e-5)
    assert np.abs(found.loading) == pytest.approx(np.abs(where[: len(loading)]), abs=1e-3)


def test_the_error_of_omega_is_that_of_the_slopes_of_the_likelihood() -> None:
    """Observed curvature of an exact covariance matrix is the expected information."""
    loading = np.array([0.5, 0.7, 0.9, 0.6])
    matrix = np.outer(loading, loading) + np.diag(1 - loading**2)
    factor = one_factor(matrix, 301)
    assert factor is not None
    at, step = np.concatenate([factor.loading, np.log(factor.own)]), 1e-4
    unit = np.eye(8) * step

    def misfit(shift: np.ndarray) -> float:
        return oracle.likelihood_misfit(at + shift, matrix)

    curvature = np.array(
        [[(misfit(a + b) - misfit(a - b) - misfit(b - a) + misfit(-a - b)) / (4 * step**2) for b in unit] for a in unit]
    )
    slope = np.array([(oracle.omega_of(at + a) - oracle.omega_of(at - a)) / (2 * step) for a in unit])
    expected = math.sqrt(slope @ np.linalg.solve(curvature / 2, slope) / 300)
    assert factor.omega == pytest.approx(2.7**2 / (2.7**2 + 4 - 1.91), abs=1e-7)
    assert factor.error == pytest.approx(expected, rel=1e-4)


def test_a_question_that_is_nearly_the_factor_itself_is_still_inside() -> None:
    loading = np.array([0.98, 0.6, 0.7, 0.5])
    factor = one_factor(np.outer(loading, loading) + np.diag(1 - loading**2), 200)
    assert factor is not None
    assert not factor.at_edge
    assert factor.loading == pytest.approx(loading, abs=1e-5)


def test_how_badly_one_factor_fits() -> None:
    """Bartlett's chi-squared of the least misfit, its RMSEA, and whether chance explains it."""
    judged = set()
    for seed in range(12):
        table = drawn(150, [0.7] * 5, seed)
        table[:, 1] += 0.25 * table[:, 0]  # a little more in common than the factor
        covariance = np.cov(table, rowvar=False)
        chi2 = (149 - 15 / 6 - 2 / 3) * oracle.likelihood_misfit(oracle.omega(covariance)[1], covariance)
        factor = one_factor(covariance, 150)
        assert factor is not None
        assert factor.rmsea == pytest.approx(math.sqrt(max(0, chi2 - 5) / (5 * 149)), abs=1e-4)
        assert factor.fits == (stats.chi2.sf(chi2, 5) >= 0.05)
        judged.add(factor.fits)
    assert judged == {True, False}


def test_the_interval_of_omega_is_even_in_the_logarithm_of_the_rest() -> None:
    factor = one_factor(np.full((4, 4), 0.4) + 0.6 * np.eye(4), 80)
    assert factor is not None
    low, high = factor.interval(0.9)
    rest = 1 - factor.omega
    assert math.log((1 - low) / rest) == pytest.approx(1.6448536 * factor.error / rest)
    assert (1 - low) * (1 - high) == pytest.approx(rest**2)


def test_where_all_questions_are_equal_omega_is_alpha() -> None:
    matrix = np.full((5, 5), 0.4) + 0.6 * np.eye(5)
    factor = one_factor(matrix, 100)
    assert factor is not None
    assert factor.omega == pytest.approx(5 / 4 * (1 - 5 / matrix.sum()), abs=1e-7)
    assert factor.loading == pytest.approx([math.sqrt(0.4)] * 5, abs=1e-6)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    loading, held = [0.7] * 5, np.zeros(2)
    truth = 3.5**2 / (3.5**2 + 5 * 0.51)  # alpha and omega are the same here
    for seed in range(400):
        found = reliability.scale(drawn(60, loading, seed))
        held += [found.alpha_low <= truth <= found.alpha_high, found.omega_low <= truth <= found.omega_high]
    assert 0.92 < held[0] / 400 < 0.98
    assert 0.92 < held[1] / 400 < 0.98


def test_the_three_verdicts() -> None:
    good = reliability.scale(drawn(300, [0.8] * 6, 1))
    assert good.verdict is Verdict.TRUSTED
    assert good.alpha_low >= 0.7
    assert good.reasons[0].words.startswith("The score can be used for groups: alpha of these 6 questions is 0.9")
    unsettled = reliability.scale(drawn(20, [0.65] * 4, 1))
    assert unsettled.verdict is Verdict.UNSETTLED
    assert "20 people are too few to tell" in unsettled.reasons[0].words
    for enough in ((good.alpha_low + good.alpha) / 2, (good.alpha + good.alpha_high) / 2):
        assert reliability.scale(drawn(300, [0.8] * 6, 1), enough=enough).verdict is Verdict.UNSETTLED
    bad = reliability.scale(drawn(300, [0.2] * 4, 1))
    assert bad.verdict is Verdict.NOT_TRUSTED
    assert "should not be used" in bad.reasons[0].words
    assert reliability.scale(drawn(300, [0.8] * 6, 1), enough=0.95).verdict is Verdict.NOT_TRUSTED


def test_a_question_put_the_other_way_round_is_found() -> None:
    table = drawn(200, [0.7] * 5, 3)
    table[:, 2] *= -1
    found = reliability.scale(table)
    against = [reason.words for reason in found.reasons if reason.why is Why.AGAINST]
    assert against == ["Question 3 runs against the others: was it meant to be turned round?"]
    assert found.item_total[2] < 0
    assert found.loading[2] < 0 < found.loading[0]


def test_a_question_that_says_nothing_is_found() -> None:
    found = reliability.scale(drawn(400, [0.8, 0.8, 0.8, 0.8, 0.05], 3))
    weak = [reason.words for reason in found.reasons if reason.why is Why.WEAK]
    assert len(weak) == 1
    assert weak[0].startswith("Question 5 ")
    assert found.alpha_dropped[4] > found.alpha
    fair = reliability.scale(drawn(400, [0.9, 0.9, 0.9, 0.5], 3))
    assert fair.alpha_dropped[3] > fair.alpha
    assert Why.WEAK not in {reason.why for reason in fair.reasons}


def test_two_things_measured_at_once_are_noticed() -> None:
    two = np.hstack([drawn(300, [0.8] * 3, 1), drawn(300, [0.8] * 3, 2)])
    assert Why.NOT_ONE in {reason.why for reason in reliability.scale(two).reasons}
    assert Why.NOT_ONE not in {reason.why for reason in reliability.scale(drawn(300, [0.8] * 6, 1)).reasons}


def test_what_is_said_where_omega_cannot_be_had() -> None:
    two = reliability.scale(drawn(50, [0.8, 0.8], 1))
    assert math.isnan(two.omega)
    assert np.isnan(two.alpha_dropped).all()
    assert "three questions" in two.reasons[-1].words
    doubled = drawn(50, [0.8] * 4, 1)
    doubled[:, 3] = doubled[:, 0] + doubled[:, 1]
    follows = reliability.scale(doubled)
    assert math.isnan(follows.omega)
    assert np.isnan(follows.loading).all()
    assert follows.reasons[-1].why is Why.NO_OMEGA
    third = drawn(100, [0.3, 0.3], 5)
    greedy = reliability.scale(np.column_stack([third.sum(axis=1), third + 0.1 * drawn(100, [0.0, 0.0], 6)]))
    assert math.isnan(greedy.omega_low)
    assert math.isnan(greedy.omega_high)
    assert Why.NO_OMEGA in {reason.why for reason in greedy.reasons}
    assert 0 <= greedy.omega <= 1


def test_three_questions_are_always_one_factor() -> None:
    found = reliability.scale(drawn(200, [0.7, 0.6, 0.8], 0))
    assert math.isnan(found.rmsea)
    assert not math.isnan(found.omega)


@settings(max_examples=40)
@given(tables(), st.integers(0, 10**6))
def test_people_who_left_an_answer_out_are_not_used(table: np.ndarray, seed: int) -> None:
    holes = np.random.default_rng(seed).random(table.shape) < 0.05
    gappy = np.where(holes, np.nan, table)
    whole = gappy[~np.isnan(gappy).any(axis=1)]
    assume(len(whole) > 2)
    assume((np.ptp(whole, axis=0) > 0).all())
    assume(np.ptp(whole.sum(axis=1)) > 0)
    found = reliability.scale(gappy)
    assert found.alpha == pytest.approx(oracle.alpha(whole.tolist()), abs=1e-9)
    assert (found.n, found.dropped) == (len(whole), int(holes.any(axis=1).sum()))
    assert (Why.MISSING in {reason.why for reason in found.reasons}) == holes.any()


def test_a_small_group_is_warned_of() -> None:
    words = [reason.words for reason in reliability.scale(drawn(7, [0.8] * 3, 2)).reasons if reason.why is Why.FEW]
    assert words == ["Only 7 answers, fewer than 10: read with care."]


def test_how_exact_one_score_is_as_jacobson_and_truax_have_it() -> None:
    """Jacobson & Truax 1991: sd 7.5, reliability .80; 3.35 for a score and 4.74 for a difference."""
    found = reliability.score_error(7.5, reliability=0.8)
    assert round(found.sem, 2) == 3.35
    assert found.change == pytest.approx(1.96 * 4.74, abs=0.01)
    assert reliability.score_error(7.5, reliability=1).change == 0
