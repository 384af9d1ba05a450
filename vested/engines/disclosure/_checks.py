"""Whether tables, trees and demands fit together."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import issparse

from vested.engines.disclosure._nouns import Demands, Flags, Floats, Ints, Rules, Table


class InvalidTable(ValueError):
    """The arrays do not fit together; says what is wrong."""


class Unprotectable(ValueError):
    """What has to stay uncertain cannot, whatever else is hidden."""


def need(holds: object, said: str) -> None:
    """Raise InvalidTable with what is ``said`` to be wrong, unless something ``holds``."""
    if not holds:
        raise InvalidTable(said)


def check_trees(trees: Sequence[Ints], tables: Sequence[Sequence[int]]) -> None:
    """Raise InvalidTable unless every tree has one top that all nodes lead to, and tables cross trees there are."""
    need(len(trees) and len(tables), "there is no tree or no table")
    for d, parent in enumerate(trees):
        flat = _is(parent, "i", np.shape(parent)) and parent.ndim == 1 and len(parent)
        need(flat, f"tree {d} is not a flat array of parents with at least one node")
        one = (parent < 0).sum() == 1 and parent.min() == -1 and parent.max() < len(parent)
        need(one, f"tree {d} needs exactly one node with parent -1, and parents that are its nodes")
        at = np.arange(len(parent))
        for _ in parent:
            at = np.where(at >= 0, parent[at], -1)
        need((at < 0).all(), f"tree {d} goes round in a ring")
    for number, table in enumerate(tables):
        once = len(set(table)) == len(table) and set(table) <= set(range(len(trees)))
        need(once, f"table {number} names a tree twice or one that is not there")


def check_table(table: Table, demands: Demands, *, cost: Floats | None, hidden: Flags | None) -> tuple[Floats, Flags]:
    """Raise InvalidTable where something does not fit; give what hiding costs, and what is hidden before, (g,)."""
    _check_shapes(table)
    _check_content(table)
    _check_demands(table, demands)
    groups = int(table.group.max()) + 1
    price = np.ones(groups) if cost is None else cost
    before = np.zeros(groups, dtype=bool) if hidden is None else hidden
    fine = _is(price, "f", (groups,)) and (np.isfinite(price) & (price >= 0)).all()
    need(fine, f"cost is not one finite number, 0 or more, for each of {groups} groups")
    need(_is(before, "b", (groups,)), f"hidden is not one flag for each of {groups} groups")
    link, cell = table.links.nonzero()
    beyond = np.isin(link, link[owners(table)[link] != table.group[cell]])
    inside = before[table.group[cell[beyond]]].all()
    need(inside, "a link goes beyond its group, to groups that are not hidden before")
    return price, before


def owners(table: Table) -> Ints:
    """Give the group each link lies in, (l,)."""
    owner = np.zeros(len(table.link_most), dtype=np.int64)
    link, cell = table.links.nonzero()
    owner[link] = table.group[cell]
    return owner


def check_cube(unit_parent: Ints, people: Ints, below: Ints, gap: Floats, rules: Rules) -> None:
    """Raise InvalidTable where the figures of a cube do not fit together."""
    check_trees([unit_parent], [[0]])
    wide = np.shape(people)[-1:]
    counted = _is(people, "i", (len(unit_parent), *wide)) and people.size and (people >= 0).all()
    need(counted, "people is not a count of 0 or more for every unit and at least one family")
    for name, figure, kind in (("below", below, "i"), ("gap", gap, "f")):
        fits = _is(figure, kind, (len(below), *people.shape)) and len(below)
        need(fits, f"{name} is not an array of kind {kind}, at least one skill by units by families")
    sane = rules.minimum >= 1 and min(rules.state, rules.percent) >= 0 and 0 <= rules.shallowest < rules.deepest
    need(sane, "rules need minimum of 1 or more, state and percent of 0 or more, shallowest under deepest")
    need(((below >= 0) & (below <= people)).all(), "below holds more people than there are, or fewer than none")
    loose = 1e-6 * np.maximum(gap, 1.0)
    within = (gap >= rules.shallowest * below - loose) & (gap <= rules.deepest * below + loose)
    need(within.all(), "gap holds less than shallowest, or more than deepest, levels for each person below")


def _check_shapes(table: Table) -> None:
    n = len(table.value)
    need(n, "there are no cells")
    for name, kind in (("value", "f"), ("group", "i"), ("least", "f"), ("most", "f"), ("whole", "b")):
        need(_is(getattr(table, name), kind, (n,)), f"{name} is not an array of {n} of kind {kind}")
    for name, matrix in (("sums", table.sums), ("links", table.links)):
        fits = issparse(matrix) and matrix.shape[1] == n
        need(fits, f"{name} is not a sparse matrix with a column for each of {n} cells")
    need(_is(table.link_most, "f", table.links.shape[:1]), "link_most does not give every link its most")


def _check_content(table: Table) -> None:
    value = table.value
    numbers = np.isfinite(value).all() and not np.isnan((table.least, table.most)).any()
    need(numbers, "value, least or most holds what is not a number, or value one that is not finite")
    numbered = np.array_equal(np.unique(table.group), np.arange(table.group.max() + 1))
    need(numbered, "group does not number the groups 0, 1, 2 and so on without holes")
    scale = 1e-6 * max(1.0, float(np.abs(value).max()))
    held = (value >= table.least - scale) & (value <= table.most + scale)
    need(held.all(), "least and most do not hold the value of every cell")
    whole = np.abs(value - np.rint(value))[table.whole] <= scale
    need(whole.all(), "whole names cells whose value is not a whole number")
    apart = int((np.abs(table.sums @ value) > scale).sum())
    need(not apart, f"{apart} relations do not add up")
    over = int((table.links @ value > table.link_most + scale).sum())
    need(not over, f"{over} links do not hold")


def _check_demands(table: Table, demands: Demands) -> None:
    cell, down, up = demands.cell, demands.down, demands.up
    parts = zip((cell, down, up, demands.why), "iffi", strict=True)
    alike = np.ndim(cell) == 1 and all(_is(part, kind, cell.shape) for part, kind in parts)
    need(alike, "cell, down, up and why of demands are not flat arrays of one length: two of whole numbers around two")
    need(((cell >= 0) & (cell < len(table.value))).all(), "demands name a cell that is not there")
    fine = (np.isfinite((down, up)) & (np.minimum(down, up) >= 0)).all()
    need(fine, "down and up of demands have to be finite and 0 or more")
    value = table.value[cell]
    open_to = (down <= value - table.least[cell] + 1e-9) & (up <= table.most[cell] - value + 1e-9)
    need(open_to.all(), "demands ask for more than least and most, which everybody knows, leave open")


def _is(array: object, kind: str, shape: tuple[int, ...]) -> bool:
    return isinstance(array, np.ndarray) and array.dtype.kind == kind and array.shape == shape
