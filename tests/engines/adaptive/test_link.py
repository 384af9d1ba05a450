"""One scale for banks calibrated at different times."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.adaptive.oracle import BANK, chance
from vested.engines.adaptive import (
    Bank,
    InvalidBank,
    link,
    rescale,
)


def _moved(bank: Bank, slope: float, intercept: float) -> Bank:
    """Write a bank on the scale on which abilities read (ability - intercept) / slope."""
    return Bank(
        slope=bank.slope * slope, intercept=bank.intercept + (bank.slope * intercept)[:, None], guess=bank.guess
    )


@settings(max_examples=25)
@given(slope=st.floats(0.5, 2.0), intercept=st.floats(-1.5, 1.5))
def test_a_scale_that_was_moved_is_found_again(slope: float, intercept: float) -> None:
    found = link(_moved(BANK, slope, intercept), BANK)
    assert (found.slope, found.intercept) == pytest.approx((slope, intercept), abs=1e-5)
    assert found.loss < 1e-5
    back = rescale(_moved(BANK, slope, intercept), found)
    np.testing.assert_allclose(back.slope, BANK.slope, atol=1e-4)
    np.testing.assert_allclose(back.intercept, BANK.intercept, atol=1e-4)


def test_no_other_scale_brings_the_curves_of_the_whole_test_nearer() -> None:
    other = _moved(BANK, 1.2, 0.3)
    other.intercept[0] -= 0.4
    found = link(other, BANK)
    assert found.loss > 0.005
    least = _squares(other, found.slope, found.intercept)
    for slope, intercept in ((0.02, 0.0), (-0.02, 0.0), (0.0, 0.02), (0.0, -0.02)):
        assert least < _squares(other, found.slope + slope, found.intercept + intercept)


def _squares(bank: Bank, slope: float, intercept: float) -> float:
    grid = np.linspace(-5, 5, 101)
    moved = _moved(bank, 1 / slope, -intercept / slope)
    steps = [int(np.isfinite(row).sum()) for row in BANK.intercept[:4]]
    total = 0.0
    for x in grid:
        here, there = (
            sum(v * chance(given, item, v, x) for item in range(4) for v in range(1, steps[item] + 1))
            for given in (moved, BANK)
        )
        total += float(np.exp(-(x**2) / 2)) * (here - there) ** 2
    return total


def test_banks_of_different_size_are_linked_by_their_common_items() -> None:
    old = BANK
    new = _moved(BANK, 0.8, -0.4)
    few = Bank(slope=new.slope[[2, 1]], intercept=new.intercept[[2, 1], :1], guess=new.guess[[2, 1]])
    found = link(few, old, common=np.array([[0, 2], [1, 1]]))
    assert (found.slope, found.intercept) == pytest.approx((0.8, -0.4), abs=1e-4)


@pytest.mark.parametrize(
    ("common", "words"),
    [
        (None, "differ in size"),
        (np.array([0, 1]), "two columns"),
        (np.array([[0, 9], [1, 1]]), "rows of new and old"),
        (np.array([[0, 1]]), "two items or more"),
        (np.array([[0, 1], [0, 2]]), "each once"),
        (np.array([[0, 1], [1, 1]]), "each once"),
        (np.array([[0, 0], [1, 1]]), "number of thresholds"),
    ],
)
def test_links_that_cannot_be_are_refused(common: Any, words: str) -> None:
    few = Bank(slope=np.ones(2), intercept=np.zeros((2, 1)), guess=np.zeros(2))
    with pytest.raises(InvalidBank, match=words):
        link(few, BANK, common=common)
