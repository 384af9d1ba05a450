"""Answers and options that make no sense are refused in words."""

from typing import Any

import numpy as np
import pytest

from tests.engines.adaptive.oracle import drawn
from vested.engines import adaptive
from vested.engines.adaptive import InvalidAnswers, calibrate

GOOD = drawn(people=60, steps=(1, 1, 1), seed=20)


@pytest.mark.parametrize(
    ("responses", "words"),
    [
        (GOOD[0], "shape"),
        (GOOD[:0], "shape"),
        (GOOD + 0.5, "whole numbers"),
        (np.where(GOOD == 1, np.inf, GOOD), "whole numbers"),
        (GOOD.astype(str), "whole numbers"),
        (GOOD - 3, r"outside -1\.\.126"),
        (GOOD * 300, r"outside -1\.\.126"),
        (np.column_stack((GOOD, np.ones(60, int))), "items 3 were answered alike"),
        (np.column_stack((GOOD, np.full(60, -1))), "items 3 were answered alike"),
        (GOOD[:, :2], "too few people or items"),
        (GOOD * 2, "items 0, 1, 2 have a value nobody gave"),
    ],
)
def test_answers_that_cannot_be_calibrated_are_refused(responses: Any, words: str) -> None:
    with pytest.raises(InvalidAnswers, match=words):
        calibrate(responses)


def test_more_than_right_and_wrong_needs_the_graded_model() -> None:
    responses = drawn(people=200, steps=(2, 2, 2), seed=21)
    with pytest.raises(InvalidAnswers, match="use model='graded'"):
        calibrate(responses)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"item": np.array([0, 1])}, "one length"),
        (dict.fromkeys(("person", "item", "value"), np.zeros((2, 2), int)), "one length"),
        (dict.fromkeys(("person", "item", "value"), np.zeros(0, int)), "above 0"),
        ({"value": np.array([0.0, 1, 1])}, "value has to hold whole numbers"),
        ({"person": np.array([0, 0, 2])}, r"person has to hold whole numbers within 0\.\.1"),
        ({"person": np.array([-1, 0, 1])}, r"person has to hold whole numbers within 0\.\.1"),
        ({"item": np.array([0, 1, 5])}, r"item has to hold whole numbers within 0\.\.1"),
        ({"value": np.array([0, 1, -1])}, r"within 0\.\.126"),
        ({"person": np.array([0, 1, 1])}, "person 1 has two answers to item 1"),
    ],
)
def test_sparse_answers_that_cannot_be_are_refused(changes: dict[str, Any], words: str) -> None:
    arrays = {"person": np.array([0, 0, 1]), "item": np.array([0, 1, 1]), "value": np.array([1, 0, 1])} | changes
    with pytest.raises(InvalidAnswers, match=words):
        calibrate(adaptive.Answers(people=2, items=2, **arrays))


@pytest.mark.parametrize(
    ("options", "words"),
    [({"model": "4pl"}, "choose rasch"), ({"points": 5}, "at least 21"), ({"tolerance": 0.0}, "above 0")],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        calibrate(GOOD, **options)
