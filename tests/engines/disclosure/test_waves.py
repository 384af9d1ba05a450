"""The same table at several dates."""

from dataclasses import replace

import numpy as np
import pytest

from tests.engines.disclosure.by_hand import Flags, Floats, small, square
from vested.engines.disclosure import (
    Demands,
    InvalidTable,
    Protection,
    Table,
    Why,
    attack,
    changed,
    counts,
    few,
    joined,
    protect,
    publish,
)

GROUPS = square(3, 2)
FIRST = counts(GROUPS, np.array([12, 30, 42, 9, 24, 33, 11, 18, 29, 32, 72, 104], dtype=float))
# Two people came to the first unit's first family; everything else stayed.
SECOND = counts(GROUPS, np.array([14, 30, 44, 9, 24, 33, 11, 18, 29, 34, 72, 106], dtype=float))
NOTHING = np.zeros(12, dtype=bool)


def protect_next(
    later: Table, wanted: Demands, *, before: list[tuple[Table, Flags]], moved: list[Floats] | None = None
) -> Protection:
    """Protect a table after others."""
    return protect(later, joined(changed(later, before=before, minimum=5, moved=moved), wanted))


def test_a_difference_of_two_people_is_hidden_and_cannot_be_worked_out() -> None:
    found = protect_next(SECOND, small(SECOND), before=[(FIRST, NOTHING)])
    assert found.hidden[[0, 2, 9, 11]].all()  # these differ by two
    assert (found.why[[0, 2, 9, 11]] == Why.CHANGED).all()
    assert (found.why[found.hidden & ~np.isin(np.arange(12), [0, 2, 9, 11])] == Why.PROTECTS).all()
    seen = attack(publish(SECOND, found.hidden), cells=np.array([0, 2, 9, 11]))  # all of the first date is known
    assert (seen.low <= SECOND.value[seen.cell] - 1).all()
    assert (seen.high >= SECOND.value[seen.cell] + 1).all()
    assert not found.hidden.all()


def test_without_earlier_dates_there_is_nothing_to_hide() -> None:
    assert not protect(SECOND, small(SECOND)).hidden.any()
    assert not protect_next(SECOND, small(SECOND), before=[]).hidden.any()


def test_what_was_hidden_then_asks_for_nothing_now() -> None:
    before = np.isin(np.arange(12), [0, 2, 9, 11])
    assert not protect_next(SECOND, small(SECOND), before=[(FIRST, before)]).hidden.any()


def test_who_came_and_left_counts_not_only_how_many_more() -> None:
    same = protect_next(FIRST, small(FIRST), before=[(FIRST, NOTHING)])
    assert not same.hidden.any()
    moved = np.where(np.arange(12) == 4, 2.0, 0.0)
    found = protect_next(FIRST, small(FIRST), before=[(FIRST, NOTHING)], moved=[moved])
    assert found.why[4] == Why.CHANGED
    assert 4 <= found.hidden.sum() < 12


def test_one_person_left_over_is_not_told_by_who_went() -> None:
    """Nothing is too small here but the change, and the group cannot be smaller: it has to be able to be larger."""
    before = counts(GROUPS, np.array([3, 30, 33, 9, 24, 33, 11, 18, 29, 23, 72, 95], dtype=float))
    after = counts(GROUPS, np.array([1, 30, 31, 9, 24, 33, 11, 18, 29, 21, 72, 93], dtype=float))
    found = protect_next(after, few(after, minimum=1), before=[(before, NOTHING)])
    seen = attack(publish(after, found.hidden), cells=np.array([0]))
    assert seen.high[0] >= 2
    assert found.hidden.sum() >= 4


def test_several_dates_and_their_order() -> None:
    third = counts(GROUPS, np.array([14, 36, 50, 9, 24, 33, 11, 18, 29, 34, 78, 112], dtype=float))
    hidden = protect_next(SECOND, small(SECOND), before=[(FIRST, NOTHING)]).hidden
    found = protect_next(third, small(third), before=[(FIRST, NOTHING), (SECOND, hidden)])
    assert found.hidden[0]  # still two people more than at the first date
    assert not found.hidden.all()


def test_other_groups_are_refused() -> None:
    with pytest.raises(InvalidTable, match="other groups"):
        protect_next(SECOND, small(SECOND), before=[(replace(FIRST, group=FIRST.group[::-1]), NOTHING)])
