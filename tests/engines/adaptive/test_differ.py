"""Differences between groups."""

from typing import Any

import numpy as np
import pytest
from scipy.special import expit

from vested.engines.adaptive import (
    InvalidAnswers,
    calibrate,
    item_difference,
)


def _groups(seed: int, *, people: int = 1500, harder: float = 0.0) -> tuple[Any, Any]:
    """Two groups of different ability; the first item is harder for the second by ``harder``."""
    draw = np.random.default_rng(seed)
    slope, place = np.exp(draw.normal(0.1, 0.2, 12)), draw.normal(size=12)
    groups = []
    for mean, spread, more in ((0.0, 1.0, 0.0), (-0.6, 1.3, harder)):
        ability = mean + spread * draw.normal(size=(people, 1))
        places = place + more * (np.arange(12) == 0)
        groups.append((draw.random((people, 12)) < expit(slope * (ability - places))).astype(int))
    return groups[0], groups[1]


def test_an_item_that_is_harder_for_one_group_is_found() -> None:
    found = item_difference(*(calibrate(group) for group in _groups(1, harder=0.8)))
    assert np.flatnonzero(found.flagged).tolist() == [0]
    assert found.effect[0] < -0.08
    assert np.abs(found.effect[1:]).max() < 0.05
    assert (found.link.slope, found.link.intercept) == pytest.approx((1.3, -0.6), abs=0.15)
    easier = item_difference(*(calibrate(group) for group in _groups(1, harder=-0.8)))
    assert easier.effect[0] > 0.08


@pytest.mark.parametrize("model", ["2pl", "rasch"])
def test_alike_items_are_seldom_called_different(model: Any) -> None:
    """Chances are spread evenly where nothing differs: a tenth is below .1, give or take what 144 tests allow."""
    chances, ratios = [], []
    for seed in range(12):
        draw = np.random.default_rng(seed)
        ability, place = draw.normal(size=(2, 1200, 1)) * [[[1.0]], [[0.8]]] + [[[0.0]], [[0.5]]], draw.normal(size=12)
        groups = [(draw.random((1200, 12)) < expit(1.2 * (one - place))).astype(int) for one in ability]
        found = item_difference(*(calibrate(group, model=model, tolerance=1e-3) for group in groups))
        chances.append(found.chance)
        ratios.append(found.statistic / found.freedom)
    assert 0.04 < (np.array(chances) < 0.1).mean() < 0.16
    assert np.mean(ratios) == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize("level", [0.01, 0.05, 0.3])
def test_flags_are_those_of_benjamini_and_hochberg(level: float) -> None:
    """As written down in 1995: of the chances in order, all up to the last one below its part of the level."""
    one, other = _groups(4, people=800, harder=0.5)
    found = item_difference(calibrate(one), calibrate(other), level=level)
    parts = level * np.arange(1, 13) / 12
    below = np.flatnonzero(np.sort(found.chance) <= parts)
    most = parts[below[-1]] if len(below) else -1.0
    assert found.flagged.tolist() == (found.chance <= most).tolist()
    assert found.flagged.sum() == (6 if level == 0.3 else 1)


def test_purifying_ends_where_no_two_items_agree() -> None:
    draw = np.random.default_rng(2)
    ability = draw.normal(size=(5000, 1))
    one, other = (
        calibrate((draw.random((5000, 3)) < expit(1.5 * (ability - np.array(place)))).astype(int))
        for place in ([-1.0, 0.0, 1.0], [1.0, -1.0, 0.2])
    )
    found = item_difference(one, other)
    assert found.flagged.sum() >= 2


def test_comparing_once_is_enough_when_asked_for() -> None:
    groups = [calibrate(group) for group in _groups(1, harder=0.8)]
    once, again = (item_difference(*groups, rounds=rounds) for rounds in (1, 10))
    assert once.flagged[0]
    assert once.link.intercept != again.link.intercept


def test_only_like_calibrations_with_errors_are_compared() -> None:
    one, other = _groups(3, people=300)
    whole = calibrate(one)
    with pytest.raises(InvalidAnswers, match="differ in items"):
        item_difference(whole, calibrate(other[:, :5]))
    with pytest.raises(InvalidAnswers, match="differ in items"):
        item_difference(whole, calibrate(other, model="rasch"))
    with pytest.raises(InvalidAnswers, match="errors=True"):
        item_difference(whole, calibrate(other, errors=False))
