"""Hiding: nothing more can be worked out, and nothing is hidden for nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array, kron

from tests.engines.disclosure import oracle
from tests.engines.disclosure.by_hand import Flags, Floats, demands, flat, holds, members, small, square
from tests.engines.disclosure.test_attack import INVESTMENT
from vested.engines.disclosure import (
    Groups,
    Progress,
    Protection,
    Table,
    Unprotectable,
    Why,
    attack,
    counts,
    cross,
    figures,
    protect,
    publish,
)

TREE = np.array([-1, 0, 0, 1, 1, 1, 2, 2, 2, 2])


def stands_up(table: Table, found: Protection) -> bool:
    seen = attack(publish(table, found.hidden), integers=True)
    return holds(small(table), table, seen.cell, seen.low, seen.high)


def random_table(
    seed: int, *, people: int, trees: tuple[np.ndarray, ...], tables: tuple[tuple[int, ...], ...]
) -> Table:
    """Put people into leaves at random."""
    draw = np.random.default_rng(seed)
    groups = cross(trees=trees, tables=tables)
    ends = [np.flatnonzero(~np.isin(np.arange(len(tree)), tree)) for tree in trees]
    nodes = np.stack([draw.choice(end, people, p=draw.dirichlet(np.ones(len(end)))) for end in ends], axis=1)
    return counts(groups, members(groups, trees, nodes))


def test_the_published_example() -> None:
    """Three more cells protect activity II in region C; Fischetti and Salazar-González (2000), figure 1."""
    table = figures(square(3, 3), INVESTMENT, least=np.zeros(16), most=np.full(16, np.inf), whole=False)
    found = protect(table, demands([6], down=10.0, up=8.0))
    assert (found.cost, found.bound) == (4.0, 4.0)
    assert sorted(found.why.tolist()) == [Why.SHOWN] * 12 + [Why.FEW] + [Why.PROTECTS] * 3
    seen = attack(publish(table, found.hidden), cells=np.array([6]))
    assert seen.low[0] <= 12.0
    assert seen.high[0] >= 30.0


@settings(deadline=None, max_examples=15)
@given(st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_as_few_as_by_trying_everything(inner: list[int]) -> None:
    value = oracle.with_margins(np.array(inner, dtype=float).reshape(2, 2))
    table = counts(square(2, 2), value.ravel())
    found = protect(table, small(table))
    least = table.least.reshape(3, 3)
    assert oracle.safe(value, found.hidden.reshape(3, 3), minimum=5, least=least)
    assert found.cost == found.bound == oracle.fewest(value, minimum=5, least=least)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("gap", [0.0, 1.0])
def test_trees_stand_up_to_the_attacker(seed: int, gap: float) -> None:
    table = random_table(seed, people=120, trees=(TREE, flat(4)), tables=((0, 1),))
    found = protect(table, small(table), gap=gap)
    assert stands_up(table, found)
    assert found.bound <= found.cost
    best = protect(table, small(table))
    assert best.cost == best.bound
    assert found.bound <= best.cost <= found.cost


def test_linked_tables_stand_up_together() -> None:
    """Units by families and units by grades share the units; three dimensions at once as well."""
    for tables in (((0, 1), (0, 2)), ((0, 1, 2),)):
        table = random_table(5, people=60, trees=(TREE[:5], flat(3), flat(2)), tables=tables)
        found = protect(table, small(table), gap=1.0)
        assert stands_up(table, found)
        assert found.hidden.sum() < len(found.hidden)


def test_small_groups_alone_are_not_enough() -> None:
    """The attack succeeds where only what is too small is hidden: else the tests above say nothing."""
    table = random_table(0, people=120, trees=(TREE, flat(4)), tables=((0, 1),))
    alone = np.isin(np.arange(len(table.value)), small(table).cell)
    seen = attack(publish(table, alone))
    assert (seen.high - seen.low < 1e-6).any()


def test_cost_decides_which() -> None:
    table = counts(square(3, 2), np.array([12, 3, 15, 9, 24, 33, 11, 18, 29, 32, 45, 77], dtype=float))
    dear = protect(table, small(table), cost=np.where(np.isin(np.arange(12), [3, 4]), 9.0, 1.5))
    assert not dear.hidden[[3, 4]].any()
    assert dear.cost == 6.0


def test_what_was_hidden_is_free() -> None:
    table = counts(square(3, 2), np.array([12, 3, 15, 9, 24, 33, 11, 18, 29, 32, 45, 77], dtype=float))
    before = np.isin(np.arange(12), [0, 6, 7])
    found = protect(table, small(table), hidden=before)
    assert (found.cost, found.hidden.sum()) == (1.0, 4)
    assert (found.why[before] == Why.BEFORE).all()


def test_what_cannot_be_protected_is_said() -> None:
    """Two people in two families that everybody knows to be somebody cannot be fewer."""
    people = np.array([1, 1, 2, 1, 1, 2], dtype=float)
    least = np.array([1, 1, 0, 1, 1, 0], dtype=float)
    table = figures(square(1, 2), people, least=least, most=np.full(6, 9.0), whole=True)
    with pytest.raises(Unprotectable, match="ask for less"):
        protect(table, demands([2], down=1.0, up=0.0))


def test_stop_ends_the_search_with_a_safe_choice() -> None:
    table = random_table(3, people=150, trees=(TREE, flat(4)), tables=((0, 1),))
    seen: list[Progress] = []

    def stop(progress: Progress) -> bool:
        seen.append(progress)
        return True

    found = protect(table, small(table), stop=stop)
    assert stands_up(table, found)
    assert len(seen) == 1
    assert found.bound <= found.cost


def odd() -> tuple[Table, Flags]:
    """Make cells that fractions could move and whole numbers cannot: twice one of them is another two together."""
    sums = csr_array([[2.0, -1.0, 0.0, 0.0], [0.0, 1.0, -1.0, -1.0]])
    groups = Groups(node=np.zeros((4, 1), dtype=np.int64), sums=sums)
    value: Floats = np.array([2.0, 4.0, 3.0, 1.0])
    return counts_free(groups, value), np.zeros(4, dtype=bool)


def counts_free(groups: Groups, value: Floats) -> Table:
    return figures(groups, value, least=np.zeros(4), most=np.array([9.0, 9.0, 4.0, 9.0]), whole=True)


def test_whole_numbers_are_protected_as_whole_numbers() -> None:
    """The second cell moves by two at a time: with the first and third it could be one more only in halves."""
    table, none = odd()
    found = protect(table, demands([1, 2], down=0.0, up=1.0), hidden=none)
    seen = attack(publish(table, found.hidden), integers=True)
    assert holds(demands([1, 2], down=0.0, up=1.0), table, seen.cell, seen.low, seen.high)
    assert found.hidden.all()
    fewer = protect(table, demands([1, 2], down=1.0, up=0.0), hidden=none)
    seen = attack(publish(table, fewer.hidden), integers=True)
    assert holds(demands([1, 2], down=1.0, up=0.0), table, seen.cell, seen.low, seen.high)


@pytest.mark.parametrize("seed", range(6))
def test_linked_figures_need_as_few_as_by_trying_everything(seed: int) -> None:
    """Two figures a group, one at most twice the other: all choices of groups, judged by the attacker."""
    draw = np.random.default_rng(seed)
    groups, n = square(2, 2), 9
    below = oracle.with_margins(draw.integers(1, 9, (2, 2)).astype(float)).ravel()
    extra = oracle.with_margins(np.floor(draw.random((2, 2)) * 2 * below.reshape(3, 3)[:2, :2])).ravel()
    table = Table(
        value=np.concatenate((below, extra)), group=np.tile(np.arange(n), 2),
        sums=csr_array(kron(np.eye(2), groups.sums)), links=csr_array(kron([[-2.0, 1.0]], np.eye(n))),
        link_most=np.zeros(n), least=np.zeros(2 * n), most=np.full(2 * n, np.inf), whole=np.zeros(2 * n, dtype=bool),
    )  # fmt: skip
    wanted = demands([0, 4], down=0.6 * min(below[0], below[4]), up=0.0)
    best = n + 1
    for choice in range(2**n):
        hidden = (choice >> np.arange(n)) % 2 == 1
        if hidden[[0, 4]].all() and hidden.sum() < best:
            seen = attack(publish(table, hidden), cells=wanted.cell)
            best = int(hidden.sum()) if holds(wanted, table, seen.cell, seen.low, seen.high) else best
    found = protect(table, wanted)
    assert found.cost == found.bound == best


@pytest.mark.parametrize(
    ("up", "room", "hidden"),
    [(1.0, 9.0, [True, True, False]), (1.0, 1.0, [True, True, True]), (-1.0, 1.0, [True, True, True])],
)
def test_halves_are_no_doubt_about_people(up: float, room: float, hidden: list[bool]) -> None:
    """Twice the first cell is the other two: one person more in the second alone is half a person in the first.

    Two more would do, where there is room; else the third has to be hidden as well.
    """
    groups = Groups(node=np.zeros((3, 1), dtype=np.int64), sums=csr_array(np.array([[2.0, -1.0, -1.0]])))
    value = np.array([3.0, 4.0, 2.0])
    table = figures(
        groups, value, least=value - np.minimum(value, (3, room, 2)), most=value + np.array((9, room, 9)), whole=True
    )
    base = np.array([True, False, False])
    found = protect(table, demands([1], down=max(-up, 0.0), up=max(up, 0.0)), hidden=base)
    assert found.hidden.tolist() == hidden
    assert found.cost == found.bound


def test_nothing_small_hides_nothing() -> None:
    table = counts(square(1, 1), np.full(4, 8.0))
    found = protect(table, small(table))
    assert (found.hidden.sum(), found.cost, found.bound) == (0, 0.0, 0.0)
