"""Trees, rules, and what is refused."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array

from tests.engines.disclosure.by_hand import Ints, demands, flat, members, small, square
from vested.engines.disclosure import (
    Demands,
    InvalidTable,
    Table,
    Why,
    added,
    counts,
    cross,
    dominated,
    few,
    joined,
    protect,
)

TREE = np.array([-1, 0, 0, 1, 1])
PEOPLE = counts(square(3, 2), np.array([12, 3, 15, 9, 24, 33, 11, 18, 29, 32, 45, 77], dtype=float))


def test_people_count_in_every_group_above_them() -> None:
    groups = cross(trees=(TREE, flat(2)), tables=((0, 1),))
    count = members(groups, (TREE, flat(2)), np.array([[3, 0], [2, 1], [3, 0]]))
    assert count.reshape(5, 3).tolist() == [[2, 1, 3], [2, 0, 2], [0, 1, 1], [2, 0, 2], [0, 0, 0]]
    sums = groups.sums @ count
    assert (sums == 0).all()
    assert len(sums) == 2 * 3 + 5  # two units with others below them, by family; every unit over families


def test_linked_tables_share_their_margins() -> None:
    trees = (TREE, flat(2), flat(3))
    linked = cross(trees=trees, tables=((0, 1), (0, 2)))
    assert len(linked.node) == 5 * 3 + 5 * 4 - 5
    count = members(linked, trees, np.array([[4, 1, 2]]))
    assert count.sum() == 3 * 2 + 3 * 2 - 3  # three units, times family or grade or neither
    assert (linked.sums @ count == 0).all()


def test_groups_of_no_trees_add_up_as_they_are_told_to() -> None:
    by_tree = cross(trees=(TREE, flat(2)), tables=((0, 1),))
    rows = [row.indices[row.data < 0].tolist() + row.indices[row.data > 0].tolist() for row in by_tree.sums.tocsr()]
    told = added(len(by_tree.node), [(row[0], row[1:]) for row in rows])
    assert (told.sums.toarray() == by_tree.sums.toarray()).all()
    assert added(2, []).sums.shape == (0, 2)
    with pytest.raises(InvalidTable, match="a group there is not"):
        added(2, [(0, (1, 2))])


def test_few_people_ask_for_more_doubt_the_fewer_they_are() -> None:
    table = counts(square(2, 2), np.array([1, 7, 8, 4, 0, 4, 5, 7, 12], dtype=float))
    asked = few(table, minimum=5)
    assert dict(zip(asked.cell.tolist(), zip(asked.down, asked.up, strict=True), strict=True)) == {
        0: (0.0, 4.0), 3: (1.0, 1.0), 5: (1.0, 1.0),
    }  # fmt: skip
    assert set(asked.why.tolist()) == {Why.FEW}
    assert len(few(table, minimum=1).cell) == 0


def test_a_sum_of_ones_cannot_be_smaller() -> None:
    """Two people in two families that are not empty: everybody knows that it is at least two."""
    table = counts(square(1, 2), np.array([1, 1, 2, 1, 1, 2], dtype=float))
    assert table.least.tolist() == [1, 1, 2, 1, 1, 2]
    assert few(table, minimum=5).down.tolist() == [0] * 6


def test_dominance_by_two_and_by_percent() -> None:
    """Fischetti and Salazar-González (2000), table 3: levels of the (n, k) and the p-percent rule."""
    amount = np.array([90.0, 5, 5, 40, 30, 30, 50, 50, 1])
    cell, person = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2]), np.tile((0, 1, 2), 3)
    by_two = dominated(person=person, cell=cell, amount=amount, cells=4, share=0.75, percent=0.0)
    assert by_two.cell.tolist() == [0, 2]
    assert by_two.up == pytest.approx([95 / 0.75 - 100, 100 / 0.75 - 101])
    by_percent = dominated(person=person, cell=cell, amount=amount, cells=4, share=1.0, percent=10.0)
    assert by_percent.cell.tolist() == [0, 2]
    assert by_percent.up == pytest.approx([9 - 5, 5 - 1])
    assert set(by_percent.why.tolist()) == {Why.DOMINATED}


def test_what_one_person_adds_twice_is_added_up() -> None:
    twice = dominated(
        person=np.array([7, 7, 8, 9]), cell=np.zeros(4, dtype=np.int64), amount=np.array([30.0, 30, 20, 20]), cells=1,
        top=1, share=0.5, percent=0.0,
    )  # fmt: skip
    assert twice.up == pytest.approx([60 / 0.5 - 100])


def test_rules_are_joined() -> None:
    both = joined(small(PEOPLE), demands([4], down=2.0, up=2.0))
    assert both.cell.tolist() == [1, 4]


@pytest.mark.parametrize(
    ("trees", "tables", "said"),
    [((np.array([0, 0]),), ((0,),), "exactly one node"), ((np.array([-1, 2, 1]),), ((0,),), "ring"),
     ((TREE,), ((1,),), "not there"), ((TREE,), ((0, 0),), "twice"), ((np.zeros(0, dtype=int),), ((0,),), "at least"),
     ((), (), "no tree"), ((np.array([-1.0]),), ((0,),), "flat array of parents")],
)  # fmt: skip
def test_trees_that_are_none_are_refused(
    trees: tuple[Ints, ...], tables: tuple[tuple[int, ...], ...], said: str
) -> None:
    with pytest.raises(InvalidTable, match=said):
        cross(trees=trees, tables=tables)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"value": PEOPLE.value.astype(int)}, "value is not an array"),
     ({"group": np.zeros(3, dtype=int)}, "group is not"),
     ({"sums": PEOPLE.sums[:, 1:]}, "sums is not a sparse"), ({"links": np.zeros((1, 12))}, "links is not a sparse"),
     ({"link_most": np.zeros(2, dtype=int)}, "link_most"),
     ({"value": np.where(np.arange(12) == 1, np.nan, PEOPLE.value)}, "not a number"),
     ({"group": PEOPLE.group * 2}, "without holes"), ({"least": PEOPLE.least + 99}, "do not hold"),
     ({"value": PEOPLE.value + np.eye(12)[0]}, "2 relations do not add up"),
     ({"value": PEOPLE.value * 1.25}, "not a whole number"),
     ({"links": csr_array(np.eye(12)[:1] + np.eye(12)[1]), "link_most": np.ones(1)}, "1 links do not hold"),
     ({"links": csr_array(np.eye(12)[:1] + np.eye(12)[1]), "link_most": np.full(1, 99.0)}, "beyond its group")],
)  # fmt: skip
def test_tables_that_do_not_fit_are_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidTable, match=said):
        protect(replace(PEOPLE, **wrong), small(PEOPLE))


def test_a_table_without_cells_is_refused() -> None:
    nothing: dict[str, Any] = {
        name: getattr(PEOPLE, name)[:0] for name in ("value", "group", "link_most", "least", "most", "whole")
    }
    nothing |= {"sums": csr_array((0, 0)), "links": csr_array((0, 0))}
    with pytest.raises(InvalidTable, match="no cells"):
        protect(Table(**nothing), small(PEOPLE))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"cost": np.ones(3)}, "cost is not"), ({"cost": np.full(12, -1.0)}, "cost is not"),
     ({"hidden": np.ones(12)}, "hidden is not one flag")],
)  # fmt: skip
def test_wishes_that_do_not_fit_are_refused(wrong: dict[str, np.ndarray], said: str) -> None:
    with pytest.raises(InvalidTable, match=said):
        protect(PEOPLE, small(PEOPLE), **wrong)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    ("wrong", "said"),
    [(demands([99], down=0.0, up=1.0), "not there"), (demands([1], down=5.0, up=1.0), "leave open"),
     (demands([1], down=0.0, up=np.inf), "finite"),
     (replace(demands([1], down=0.0, up=1.0), up=np.zeros(2)), "of one length"),
     (replace(demands([1], down=0.0, up=1.0), why=np.ones((1, 1), dtype=np.int64)), "flat arrays")],
)  # fmt: skip
def test_demands_that_do_not_fit_are_refused(wrong: Demands, said: str) -> None:
    with pytest.raises(InvalidTable, match=said):
        protect(PEOPLE, wrong)


def test_rules_that_make_no_sense_are_refused() -> None:
    with pytest.raises(InvalidTable, match="minimum is 0"):
        few(PEOPLE, minimum=0)
    one = {"person": np.array([0]), "cell": np.array([0]), "amount": np.array([1.0]), "cells": 1}
    with pytest.raises(InvalidTable, match="top has to be"):
        dominated(**one, share=0.0)  # type: ignore[arg-type]  # a table of arguments
    with pytest.raises(InvalidTable, match="one length"):
        dominated(**(one | {"amount": np.array([-1.0])}))  # type: ignore[arg-type]  # likewise
