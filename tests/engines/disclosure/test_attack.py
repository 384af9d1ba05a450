"""The attacker: published examples, and everything that looks the same from outside."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from tests.engines.disclosure import oracle
from tests.engines.disclosure.by_hand import square
from vested.engines.disclosure import attack, counts, figures, publish

# Fischetti and Salazar-González (2000), figure 1: investment by activity and region, in millions.
INVESTMENT = np.array([20, 50, 10, 80, 8, 19, 22, 49, 17, 32, 12, 61, 45, 101, 44, 190], dtype=float)


def test_the_published_example() -> None:
    """Hiding the cells of activities II and III in regions A and C leaves 22 between 5 and 30."""
    free = np.full(16, np.inf)
    table = figures(square(3, 3), INVESTMENT, least=np.zeros(16), most=free, whole=False)
    found = attack(publish(table, np.isin(np.arange(16), [4, 6, 8, 10])))
    assert dict(zip(found.cell.tolist(), zip(found.low, found.high, strict=True), strict=True))[6] == (5.0, 30.0)


def test_one_hidden_cell_is_worked_out() -> None:
    table = figures(square(3, 3), INVESTMENT, least=np.zeros(16), most=np.full(16, np.inf), whole=False)
    found = attack(publish(table, np.arange(16) == 6))
    assert (found.low.tolist(), found.high.tolist()) == ([22.0], [22.0])


def test_only_what_is_asked_is_answered_and_no_bound_is_infinite() -> None:
    table = counts(square(3, 3), INVESTMENT)
    found = attack(publish(table, np.ones(16, dtype=bool)), cells=np.array([6]))
    assert (found.cell.tolist(), found.low.tolist(), found.high.tolist()) == ([6], [1.0], [np.inf])


def test_nothing_hidden_is_nothing_to_work_out() -> None:
    assert len(attack(publish(counts(square(3, 3), INVESTMENT), np.zeros(16, dtype=bool))).cell) == 0


def test_what_cannot_be_is_said() -> None:
    seen = publish(counts(square(3, 3), INVESTMENT), np.isin(np.arange(16), [4, 6, 8, 10]))
    with pytest.raises(ArithmeticError, match="no table agrees"):
        attack(replace(seen, value=np.where(np.arange(16) == 7, 500.0, seen.value)))


def test_whole_numbers_tell_more() -> None:
    """Twice a hidden number is at most 7: a fraction could be 3.5, a number of people is at most 3."""
    table = counts(square(1, 1), np.array([3.0, 3, 3, 3]))
    links = csr_array(2 * np.eye(4)[:1])
    seen = publish(replace(table, links=links, link_most=np.array([7.0])), np.ones(4, dtype=bool))
    assert attack(seen).high.tolist() == [3.5] * 4
    assert attack(seen, integers=True).high.tolist() == [3.0] * 4


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 4), min_size=6, max_size=6), st.lists(st.booleans(), min_size=12, max_size=12))
def test_intervals_are_those_of_all_tables(inner: list[int], flags: list[bool]) -> None:
    """For a table of two by three with margins: as narrow as can be, where the enumeration does not end it."""
    value = oracle.with_margins(np.array(inner, dtype=float).reshape(2, 3))
    hidden = np.array(flags).reshape(3, 4)
    table = counts(square(2, 3), value.ravel())
    tables = oracle.twins(value, hidden, least=np.minimum(value, 1.0), spread=5).reshape(-1, 12)
    edge = (tables[:, :] == value.ravel() + 5).any(axis=0)
    exact = attack(publish(table, hidden.ravel()), integers=True)
    loose = attack(publish(table, hidden.ravel()))
    for at, low, high in zip(exact.cell.tolist(), exact.low, exact.high, strict=True):
        assert low == pytest.approx(tables[:, at].min())
        assert edge.any() or high == pytest.approx(tables[:, at].max())
        assert high >= tables[:, at].max() - 1e-9
    assert (loose.low <= exact.low + 1e-6).all()
    assert (loose.high >= exact.high - 1e-6).all()
