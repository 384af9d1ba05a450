"""Shares and means: published figures, a slow second opinion, and coverage counted out case by case."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.engines.reliability import oracle
from vested.engines import reliability
from vested.engines.reliability import Estimate, Why

LEVELS = st.sampled_from([0.8, 0.9, 0.95, 0.99])


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int, int | None]:
    """How many said yes, of how many, out of a group of what size."""
    n = draw(st.integers(1, 200))
    return draw(st.integers(0, n)), n, draw(st.none() | st.integers(n, 3 * n))


@pytest.mark.parametrize(
    ("yes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_shares_as_newcombe_published_them(yes: int, n: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17, 1998, pp. 857-872, table I, method 3."""
    found = reliability.share(yes, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(counts(), LEVELS)
def test_a_share_is_what_the_slow_way_finds(case: tuple[int, int, int | None], level: float) -> None:
    yes, n, population = case
    found = reliability.share(yes, n, population=population, level=level)
    expected = oracle.score_interval(yes, n, population, level)
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-9)
    assert found.value == yes / n
    assert 0 <= found.low <= found.value <= found.high <= 1


@given(counts(), LEVELS)
def test_no_is_the_mirror_of_yes(case: tuple[int, int, int | None], level: float) -> None:
    yes, n, population = case
    one = reliability.share(yes, n, population=population, level=level)
    other = reliability.share(n - yes, n, population=population, level=level)
    assert (1 - one.high, 1 - one.low) == pytest.approx((other.low, other.high), abs=1e-12)


@given(counts())
def test_the_more_of_a_group_answered_the_narrower(case: tuple[int, int, int | None]) -> None:
    yes, n, _ = case
    widths = [
        found.high - found.low
        for found in (reliability.share(yes, n, population=group) for group in (n, n + 1, 2 * n, 1000 * n, None))
    ]
    assert widths[0] == 0
    assert all(narrow <= wide + 1e-12 for narrow, wide in pairwise(widths))
    assert widths[3] == pytest.approx(widths[4], rel=2e-3)


def test_many_shares_at_once_are_the_shares_one_by_one() -> None:
    yes, n, groups = np.array([0, 3, 34, 80]), np.array([5, 9, 40, 80]), np.array([5, 30, 41, 100])
    low, high = reliability.wilson(yes, n, population=groups, level=0.9)
    for i in range(4):
        alone = reliability.share(int(yes[i]), int(n[i]), population=int(groups[i]), level=0.9)
        assert (low[i], high[i]) == (alone.low, alone.high)


def test_none_and_all_reach_the_very_ends() -> None:
    n = np.arange(1, 400)
    assert (reliability.wilson(0, n)[0] == 0).all()
    assert (reliability.wilson(n, n)[1] == 1).all()


def coverage(n: int, population: int) -> np.ndarray:
    """How often the interval holds the true share, for every true count in the group, from all samples there are."""
    low, high = reliability.wilson(np.arange(n + 1), n, population=population)
    held = []
    for count in range(population + 1):
        chance = stats.hypergeom.pmf(np.arange(n + 1), population, count, n)
        true = count / population
        held.append(float(chance[(low - 1e-9 <= true) & (true <= high + 1e-9)].sum()))
    return np.array(held)


@pytest.mark.parametrize("n", [10, 34, 80])
def test_coverage_in_a_group_of_100_is_near_95_in_100(n: int) -> None:
    held = coverage(n, 100)
    assert 0.94 < held.mean() < 0.975
    assert held.min() >= 0.8  # at one yes in the group, which 20 of 100 samples of 80 leave out
    uncorrected_low, uncorrected_high = reliability.wilson(np.arange(n + 1), n)
    low, high = reliability.wilson(np.arange(n + 1), n, population=100)
    assert ((uncorrected_high - uncorrected_low) > (high - low)).all()


def test_the_standard_error_in_a_counted_group_as_cochran_has_it() -> None:
    """Cochran 1977, ch. 2: 50 of 676 sheets, sum 1,471, squares 54,497; 19,888 in all, normal 80 % limits to 18,107.

    Fifty values of the same mean and spread stand for the sheets.
    """
    spread = math.sqrt((54_497 - 1_471**2 / 50) / 50)
    sheets = np.concatenate([np.full(25, 29.42 - spread), np.full(25, 29.42 + spread)])
    found = reliability.mean(sheets, population=676, level=0.8)
    assert round(676 * found.value) == 19_888
    half = (found.high - found.value) * stats.norm.ppf(0.9) / stats.t.ppf(0.9, 49)
    assert 676 * (found.value - half) == pytest.approx(18_107, abs=6)  # he rounds the deviate to 1.28


@given(st.lists(st.integers(1, 5), min_size=2, max_size=60), LEVELS)
def test_a_mean_is_what_students_interval_says(answers: list[int], level: float) -> None:
    found = reliability.mean(answers, level=level)
    if len(set(answers)) == 1:
        assert math.isnan(found.low)
        assert Why.SAME in {reason.why for reason in found.reasons}
        return
    low, high = stats.t.interval(level, len(answers) - 1, np.mean(answers), stats.sem(answers))
    assert (found.low, found.high) == pytest.approx((low, high))


def test_a_mean_leaves_out_and_tells_missing_answers() -> None:
    found = reliability.mean([3, math.nan, 4, 5, math.nan])
    assert (found.n, found.value) == (3, 4)
    assert [reason.why for reason in found.reasons] == [Why.FEW, Why.MISSING]
    assert "2 of 5 gave no answer" in found.reasons[1].words


def test_one_answer_cannot_say_how_far_off_it_is_unless_it_is_everybody() -> None:
    alone = reliability.mean([4])
    assert math.isnan(alone.low)
    assert math.isnan(alone.high)
    assert [reason.why for reason in alone.reasons] == [Why.FEW, Why.NONE]
    everybody = reliability.mean([4], population=1)
    assert (everybody.low, everybody.high) == (4, 4)
    alike = reliability.mean([4, 4], population=2)
    assert (alike.low, alike.high) == (4, 4)


def whys(found: Estimate) -> list[Why]:
    return [reason.why for reason in found.reasons]


def test_what_a_share_says_of_its_group() -> None:
    assert whys(reliability.share(30, 34)) == []
    assert whys(reliability.share(5, 9)) == [Why.FEW]
    part = reliability.share(52, 80, population=100)
    assert whys(part) == [Why.POPULATION]
    assert part.reasons[0].words.startswith("80 of 100 answered")
    assert whys(reliability.share(52, 80, population=80)) == [Why.EVERYBODY]


def test_means_in_a_group_hold_the_truth_as_often_as_they_say() -> None:
    rng = np.random.default_rng(7)
    group = rng.integers(1, 6, size=100)
    held = [
        found.low <= group.mean() <= found.high
        for found in (
            reliability.mean(rng.choice(group, size=60, replace=False), population=100, level=0.9) for _ in range(2_000)
        )
    ]
    assert 0.88 < np.mean(held) < 0.92
