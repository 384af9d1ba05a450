"""Abilities."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import expit

from tests.engines.adaptive.oracle import BANK, chance
from vested.engines.adaptive import (
    Answers,
    Bank,
    InvalidAnswers,
    InvalidBank,
    score,
)


@pytest.mark.parametrize("answers", [(2, 1, 1, 2), (0, 0, 0, 0), (1, 1, 0, -1), (-1, 0, 1, 1)])
@pytest.mark.parametrize("prior", [(0.0, 1.0), (1.5, 0.5)])
def test_abilities_are_means_of_the_posterior(answers: tuple[int, ...], prior: tuple[float, float]) -> None:
    def density(ability: float) -> float:
        weight = float(np.exp(-(((ability - prior[0]) / prior[1]) ** 2) / 2))
        for item, value in enumerate(answers):
            weight *= chance(BANK, item, value, ability) if value >= 0 else 1.0
        return weight

    total, first, second = (quad(lambda x, k=k: density(x) * x**k, -8, 8, epsabs=1e-13)[0] for k in range(3))
    found = score(np.array([answers]), BANK, prior=prior)
    assert found.ability[0] == pytest.approx(first / total, abs=1e-6)
    assert found.error[0] == pytest.approx(np.sqrt(second / total - (first / total) ** 2), abs=1e-5)


def test_nobody_knows_more_than_the_prior_of_somebody_without_answers() -> None:
    found = score(np.full((1, 4), -1), BANK, prior=(0.3, 0.8))
    assert (found.ability[0], found.error[0]) == (pytest.approx(0.3), pytest.approx(0.8, abs=1e-6))
    none = Answers(person=np.array([1]), item=np.array([0]), value=np.array([2]), people=3, items=4)
    assert score(none, BANK).ability[[0, 2]] == pytest.approx([0, 0], abs=1e-12)


@settings(max_examples=30)
@given(values=st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 1), st.integers(0, 1)))
def test_a_better_answer_never_lowers_an_ability(values: tuple[int, ...]) -> None:
    base = score(np.array([values]), BANK).ability[0]
    for item, value in enumerate(values):
        better = list(values)
        better[item] = min(value + 1, 1)
        assert score(np.array([better]), BANK).ability[0] >= base


def test_claimed_errors_are_true() -> None:
    draw = np.random.default_rng(1)
    ability, place = draw.normal(size=20_000), draw.normal(size=25)
    bank = Bank(slope=np.full(25, 1.2), intercept=-1.2 * place[:, None], guess=np.zeros(25))
    responses = (draw.random((20_000, 25)) < expit(1.2 * (ability[:, None] - place))).astype(int)
    found = score(responses, bank)
    assert np.sqrt(((found.ability - ability) ** 2).mean() / (found.error**2).mean()) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("responses", "options", "words"),
    [
        (np.zeros((2, 3), int), {}, "a column for each item"),
        (np.full((2, 4), 3), {}, r"knows answers 0\.\.2"),
    ],
)
def test_answers_that_do_not_fit_the_bank_are_refused(responses: Any, options: Any, words: str) -> None:
    with pytest.raises(InvalidAnswers, match=words):
        score(responses, BANK, **options)


def test_a_prior_needs_a_spread() -> None:
    with pytest.raises(InvalidBank, match="prior is"):
        score(np.zeros((1, 4), int), BANK, prior=(0.0, 0.0))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"slope": np.zeros((2, 2))}, "one length"),
        ({"guess": np.zeros(3)}, "one length"),
        ({"intercept": np.zeros((4, 0))}, "a row for each item"),
        ({"intercept": np.zeros(4)}, "a row for each item"),
        ({"slope": np.array([1, 1, np.nan, 1])}, "not finite"),
        ({"intercept": np.array([[0.0, 1.0]] * 4)}, "fall along a row"),
        ({"intercept": np.array([[0.0, np.nan]] * 4)}, "fall along a row"),
        ({"guess": np.full(4, 1.0)}, r"outside 0\.\.1"),
        ({"guess": np.full(4, 0.2)}, "items with two answers"),
    ],
)
def test_banks_that_cannot_be_are_refused(changes: dict[str, Any], words: str) -> None:
    given = {"slope": BANK.slope, "intercept": BANK.intercept, "guess": BANK.guess} | changes
    with pytest.raises(InvalidBank, match=words):
        score(np.zeros((1, 4), int), Bank(**given))
