"""Least changes: published sample sizes, and the change found as often as said."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from vested.engines import reliability
from vested.engines.reliability import Why


@pytest.mark.parametrize(
    ("n", "power", "before", "after"),
    [(151.869, 0.8, 0.25, 0.40), (76.7, 0.9, 0.50, 0.75)],
)
def test_shares_as_published(n: float, power: float, before: float, after: float) -> None:
    """Fleiss, Levin & Paik 2003, ch. 4 (.25 and .40: 152 each); example of R's power.prop.test (.50, .75: 76.7)."""
    found = [
        reliability.detectable_share(before, n_before=at, n_after=at, power=power).rise
        for at in (math.floor(n), math.ceil(n))
    ]
    assert found[1] < after - before < found[0]


def test_means_as_published() -> None:
    """Cohen 1988, table 2.4.1: 64 in each for .50 at .80; example of R's power.t.test: 22.02 in each for 1 at .90."""
    least = {n: reliability.detectable_mean(1, n_before=n, n_after=n).rise for n in (63, 64)}
    assert least[64] < 0.5 < least[63]
    least = {n: reliability.detectable_mean(1, n_before=n, n_after=n, power=0.9).rise for n in (22, 23)}
    assert least[23] < 1 < least[22]
    assert least[22] == pytest.approx(1, abs=0.001)


SIZES = st.integers(3, 400)


@settings(max_examples=25)
@given(SIZES, SIZES, st.floats(0.55, 0.97), st.sampled_from([0.01, 0.05, 0.1]))
def test_a_mean_moved_by_the_least_change_has_the_power(n0: int, n1: int, power: float, alpha: float) -> None:
    found = reliability.detectable_mean(2, n_before=n0, n_after=n1, power=power, alpha=alpha)
    errors = found.rise / (2 * math.sqrt(1 / n0 + 1 / n1))
    critical = stats.t.ppf(1 - alpha / 2, n0 + n1 - 2)
    distribution = stats.nct(n0 + n1 - 2, errors)
    assert distribution.sf(critical) + distribution.cdf(-critical) == pytest.approx(power, abs=1e-6)
    assert found.fall == found.rise


@given(st.floats(0.05, 0.95), st.integers(20, 300), st.integers(0, 300))
def test_more_answers_and_a_counted_group_find_less(share: float, n: int, more: int) -> None:
    few = reliability.detectable_share(share, n_before=n, n_after=n)
    many = reliability.detectable_share(share, n_before=n + more, n_after=n + more)
    group = reliability.detectable_share(share, n_before=n, n_after=n, population_before=2 * n, population_after=2 * n)
    for way in ("rise", "fall"):
        least = getattr(few, way)
        if not math.isnan(least):
            assert getattr(many, way) <= least + 1e-9
            assert getattr(group, way) <= least + 1e-9


def test_a_share_moved_by_the_least_change_has_the_power_where_waves_differ_in_size() -> None:
    least, n0, n1 = reliability.detectable_share(0.3, n_before=40, n_after=160), 40, 160
    for change in (least.rise, -least.fall):
        pooled = (n0 * 0.3 + n1 * (0.3 + change)) / (n0 + n1)
        same = math.sqrt(pooled * (1 - pooled) * (1 / n0 + 1 / n1))
        moved = math.sqrt(0.21 / n0 + (0.3 + change) * (0.7 - change) / n1)
        assert stats.norm.cdf((abs(change) - stats.norm.ppf(0.975) * same) / moved) == pytest.approx(0.8)


def test_half_of_a_group_counts_as_the_larger_sample_it_is_worth() -> None:
    """50 of 99 are worth 50 * 98 / 49 = 100 for a share; 50 of 100 are worth 50 / (1 - 1/2) = 100 for a mean."""
    part = reliability.detectable_share(0.4, n_before=50, n_after=100, population_before=99)
    assert part.rise == pytest.approx(reliability.detectable_share(0.4, n_before=100, n_after=100).rise, abs=1e-9)
    half = reliability.detectable_mean(1, n_before=50, n_after=50, population_before=100, population_after=100)
    plain = reliability.detectable_mean(1, n_before=50, n_after=50)
    assert half.rise == pytest.approx(plain.rise / math.sqrt(2))


@given(st.floats(0.05, 0.95), st.integers(30, 300))
def test_a_rise_is_the_fall_of_those_who_said_no(share: float, n: int) -> None:
    one = reliability.detectable_share(share, n_before=n, n_after=2 * n)
    other = reliability.detectable_share(1 - share, n_before=n, n_after=2 * n)
    assert (one.rise, one.fall) == pytest.approx((other.fall, other.rise), abs=1e-7, nan_ok=True)


def test_more_comparisons_and_more_power_need_more_change() -> None:
    sizes = {"n_before": 80, "n_after": 80}
    plain = reliability.detectable_share(0.5, **sizes)
    assert reliability.detectable_share(0.5, alpha=0.005, **sizes).rise > plain.rise
    assert reliability.detectable_share(0.5, power=0.95, **sizes).rise > plain.rise
    assert reliability.detectable_mean(1, alpha=0.005, **sizes).rise > reliability.detectable_mean(1, **sizes).rise


@pytest.mark.parametrize("population", [None, 100])
def test_a_share_moved_by_the_least_change_is_found_as_often_as_said(population: int | None) -> None:
    """By the engine's own verdict, over 4,000 pairs of waves of 80, drawn from a group of 100 or without end."""
    least = reliability.detectable_share(
        0.5, n_before=80, n_after=80, population_before=population, population_after=population
    )
    rng, true = np.random.default_rng(3), 0.5 + least.rise
    if population is None:
        before, after = rng.binomial(80, 0.5, 4_000), rng.binomial(80, true, 4_000)
    else:
        moved = round(population * true)
        before = rng.hypergeometric(50, 50, 80, 4_000)
        after = rng.hypergeometric(moved, population - moved, 80, 4_000)
    groups = None if population is None else np.full(4_000, population)
    n = np.full(4_000, 80)
    found = reliability.changes_in_shares(
        before, n, after, n, population_before=groups, population_after=groups, control="none"
    )
    assert 0.75 < np.mean(found.p <= 0.05) < 0.87


def test_what_is_said_where_nothing_or_everything_is_found() -> None:
    tiny = reliability.detectable_share(0.5, n_before=3, n_after=3)
    assert math.isnan(tiny.rise)
    assert math.isnan(tiny.fall)
    assert [reason.why for reason in tiny.reasons] == [Why.FEW, Why.FEW]
    top = reliability.detectable_share(1.0, n_before=50, n_after=50)
    assert math.isnan(top.rise)
    assert 0 < top.fall < 0.3
    whole = {"n_before": 50, "n_after": 60, "population_before": 50, "population_after": 60}
    for everything in (reliability.detectable_share(0.5, **whole), reliability.detectable_mean(1, **whole)):
        assert (everything.rise, everything.fall) == (0, 0)
        assert [reason.why for reason in everything.reasons] == [Why.EVERYBODY]
    known_after = reliability.detectable_share(0.0, n_before=5, n_after=50, population_before=5, population_after=50)
    assert known_after.rise == 0
    from_none = reliability.detectable_share(0.0, n_before=30, n_after=50, population_after=50)
    assert 0 < from_none.rise < 0.3


def test_the_smallest_waves_a_mean_can_be_compared_in() -> None:
    found = reliability.detectable_mean(1, n_before=2, n_after=2, alpha=0.05 / 60)
    assert 30 < found.rise < 1_000
