"""Whether items fit what was calibrated, by counting everything there is."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import expit

from tests.engines.adaptive.oracle import chance, drawn
from vested.engines.adaptive import (
    InvalidAnswers,
    calibrate,
    item_fit,
)


def test_item_fit_is_what_counting_all_patterns_gives() -> None:
    """Expected answers at each score from all 2^4 patterns, integrated one by one."""
    responses = drawn(people=700, steps=(1, 1, 1, 1), seed=2)
    calibration = calibrate(responses, tolerance=1e-6)
    weights = {}
    for pattern in product((0, 1), repeat=4):
        weights[pattern] = quad(
            lambda x, p=pattern: (
                np.exp(-(x**2) / 2) * np.prod([chance(calibration.bank, i, v, x) for i, v in enumerate(p)])
            ),
            -8,
            8,
        )[0]
    found = item_fit(responses, calibration)
    total = responses.sum(axis=1)
    for item in range(4):
        statistic = 0.0
        for points in (1, 2, 3):
            alike = {p: w for p, w in weights.items() if sum(p) == points}
            share = sum(w for p, w in alike.items() if p[item]) / sum(alike.values())
            people = (total == points).sum()
            seen = responses[total == points, item].sum()
            statistic += (seen - people * share) ** 2 / (people * share * (1 - share))
        assert found.statistic[item] == pytest.approx(statistic, rel=1e-5)
    assert (found.freedom == 3 - 2).all()
    assert found.people == 700


def test_item_fit_finds_the_item_that_does_not_rise() -> None:
    draw = np.random.default_rng(3)
    ability = draw.normal(size=2000)
    chance = expit(1.3 * (ability[:, None] - np.linspace(-1.5, 1.5, 10)))
    chance[:, 4] = 0.2 + 0.6 * (np.abs(ability) < 0.7)  # those in the middle know it, those above do not
    responses = (draw.random((2000, 10)) < chance).astype(int)
    responses[:50, 0] = -1  # set aside
    found = item_fit(responses, calibrate(responses))
    assert found.people == 1950
    assert found.chance[4] < 1e-6
    assert np.delete(found.chance, 4).min() > 1e-4
    assert (found.statistic[4] > 3 * np.delete(found.statistic, 4)).all()


def test_item_fit_of_graded_items_keeps_its_level() -> None:
    responses = drawn(people=1500, steps=(2, 3, 1, 2, 3, 2, 1, 2), seed=4)
    found = item_fit(responses, calibrate(responses, model="graded"))
    assert (found.freedom > 3).all()
    assert found.chance.min() > 0.001
    assert np.abs(found.statistic / found.freedom - 1).max() < 0.9


def test_item_fit_without_freedom_says_nothing() -> None:
    responses = drawn(people=300, steps=(1, 1, 1), seed=5)
    found = item_fit(responses, calibrate(responses))
    assert (found.freedom <= 0).all()
    assert np.isnan(found.chance).all()


@pytest.mark.parametrize(
    ("responses", "words"),
    [
        (np.zeros((5, 4), int), "a column for each item"),
        (np.full((5, 3), 2), "a column for each item"),
        (np.array([[0, 1, -1], [1, -1, 0]]), "fewer than two people"),
        (np.array([[0, -1, -1, -1, -1]] * 9)[:, :3], "fewer than two people"),
        (np.full((9, 3), -1), "fewer than two people"),
    ],
)
def test_item_fit_needs_whole_answers_to_its_items(responses: Any, words: str) -> None:
    calibration = calibrate(drawn(people=300, steps=(1, 1, 1), seed=5))
    with pytest.raises(InvalidAnswers, match=words):
        item_fit(responses, calibration)
