"""Whether tables, trees and demands fit together."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import issparse

from vested.engines.disclosure._nouns import Demands, Flags, Floats, Ints, Rules, Table


class InvalidTable(ValueError):
    """The arrays do not fit together; says everything that is wrong."""


class Unprotectable(ValueError):
    """What has to stay uncertain cannot, whatever else is hidden."""


def check_trees(trees: Sequence[Ints], tables: Sequence[Sequence[int]]) -> None:
    """Raise InvalidTable unless every tree has one top that all nodes lead to, and tables cross trees there are."""
    faults = []
    for d, parent in enumerate(trees):
        if not _is(parent, "i", 1) or not len(parent):
            faults.append(f"tree {d} is not a flat array of parents with at least one node")
        elif (parent < 0).sum() != 1 or parent.min() < -1 or parent.max() >= len(parent):
            faults.append(f"tree {d} needs exactly one node with parent -1, and parents that are its nodes")
        else:
            at = np.arange(len(parent))
            for _ in parent:
                at = np.where(at >= 0, parent[at], -1)
            if (at >= 0).any():
                faults.append(f"tree {d} goes round in a ring")
    faults += [
        f"table {number} names a tree twice or one that is not there"
        for number, table in enumerate(tables)
        if len(set(table)) < len(table) or any(d not in range(len(trees)) for d in table)
    ]
    if not trees or not tables:
        faults.append("there is no tree or no table")
    _raise(faults)


def check_table(
    table: Table, demands: Demands, *, cost: Floats | None, hidden: Flags | None, shown: Flags | None
) -> tuple[Floats, Flags, Flags]:
    """Raise InvalidTable with all that is wrong; give the cost, what is hidden before, and what may be hidden."""
    faults = _faults(table)
    _raise(faults)
    groups = int(table.group.max()) + 1
    price = np.ones(groups) if cost is None else cost
    before = np.zeros(groups, dtype=bool) if hidden is None else hidden
    keep = np.zeros(groups, dtype=bool) if shown is None else shown
    if not _is(price, "f", 1) or price.shape != (groups,) or not (np.isfinite(price) & (price >= 0)).all():
        faults.append(f"cost is not one finite number, 0 or more, for each of {groups} groups")
    for name, flags in (("hidden", before), ("shown", keep)):
        if not _is(flags, "b", 1) or flags.shape != (groups,):
            faults.append(f"{name} is not one flag for each of {groups} groups")
    _raise(faults + _demand_faults(table, demands))
    link, cell = table.links.nonzero()
    owner = np.zeros(len(table.link_most), dtype=np.int64)
    owner[link] = table.group[cell]
    beyond = np.isin(link, link[owner[link] != table.group[cell]])
    if not before[table.group[cell[beyond]]].all():
        faults.append("a link goes beyond its group, to groups that are not hidden before")
    clash = keep & (before | np.isin(np.arange(groups), table.group[demands.cell]))
    if clash.any():
        faults.append(f"shown names {int(clash.sum())} groups that have to be hidden")
    _raise(faults)
    return price, before, ~keep


def check_cube(unit_parent: Ints, people: Ints, below: Ints, gap: Floats, rules: Rules) -> None:
    """Raise InvalidTable with all that is wrong with the figures of a cube."""
    faults = []
    if not _is(people, "i", 2) or not people.size or people.shape[0] != len(unit_parent) or (people < 0).any():
        faults.append("people is not a count of 0 or more for every unit and at least one family")
    for name, figure, kind in (("below", below, "i"), ("gap", gap, "f")):
        if not _is(figure, kind, 3) or (not faults and figure.shape != (len(below), *people.shape)) or not len(figure):
            faults.append(f"{name} is not an array of kind {kind}, at least one skill by units by families")
    if not (rules.minimum >= 1 and rules.state >= 0 and rules.percent >= 0 and 0 <= rules.shallowest < rules.deepest):
        faults.append("rules need minimum of 1 or more, state and percent of 0 or more, shallowest under deepest")
    _raise(faults)
    check_trees([unit_parent], [[0]])
    if (below < 0).any() or (below > people).any():
        faults.append("below holds more people than there are, or fewer than none")
    loose = 1e-6 * np.maximum(gap, 1.0)
    if not ((gap >= rules.shallowest * below - loose) & (gap <= rules.deepest * below + loose)).all():
        faults.append("gap holds less than shallowest, or more than deepest, levels for each person below")
    _raise(faults)


def _faults(table: Table) -> list[str]:
    n = len(table.value)
    faults = [
        f"{name} is not an array of {n} of kind {kind}"
        for name, kind in (("value", "f"), ("group", "i"), ("least", "f"), ("most", "f"), ("whole", "b"))
        if not _is(getattr(table, name), kind, 1) or getattr(table, name).shape != (n,)
    ]
    faults += [
        f"{name} is not a sparse matrix with a column for each of {n} cells"
        for name, matrix in (("sums", table.sums), ("links", table.links))
        if not issparse(matrix) or matrix.shape[1] != n
    ]
    if not _is(table.link_most, "f", 1) or (not faults and len(table.link_most) != table.links.shape[0]):
        faults.append("link_most does not give every link its most")
    if not n:
        faults.append("there are no cells")
    return faults or _content_faults(table)


def _content_faults(table: Table) -> list[str]:
    value, faults = table.value, []
    if not np.isfinite(value).all() or np.isnan(table.least).any() or np.isnan(table.most).any():
        return ["value, least or most holds what is not a number, or value one that is not finite"]
    if table.group.min() < 0 or len(np.unique(table.group)) <= table.group.max():
        faults.append("group does not number the groups 0, 1, 2 and so on without holes")
    scale = 1e-6 * max(1.0, float(np.abs(value).max()))
    if (value < table.least - scale).any() or (value > table.most + scale).any():
        faults.append("least and most do not hold the value of every cell")
    if (np.abs(value - np.rint(value))[table.whole] > scale).any():
        faults.append("whole names cells whose value is not a whole number")
    apart = int((np.abs(table.sums @ value) > scale).sum())
    if apart:
        faults.append(f"{apart} relations do not add up")
    over = int((table.links @ value > table.link_most + scale).sum())
    if over:
        faults.append(f"{over} links do not hold")
    return faults


def _demand_faults(table: Table, demands: Demands) -> list[str]:
    parts = (demands.cell, demands.down, demands.up, demands.why)
    if not all(_is(part, kind, 1) for part, kind in zip(parts, "iffi", strict=True)):
        return [
            "cell, down, up and why of demands are not flat arrays of whole numbers, numbers, numbers, whole numbers"
        ]
    if len({len(part) for part in parts}) > 1:
        return ["cell, down, up and why of demands differ in length"]
    if len(demands.cell) and (demands.cell.min() < 0 or demands.cell.max() >= len(table.value)):
        return ["demands name a cell that is not there"]
    if not all((np.isfinite(part) & (part >= 0)).all() for part in (demands.down, demands.up)):
        return ["down and up of demands have to be finite and 0 or more"]
    low, high = (bound[demands.cell] - table.value[demands.cell] for bound in (table.least, table.most))
    if (demands.down > -low + 1e-9).any() or (demands.up > high + 1e-9).any():
        return ["demands ask for more than least and most, which everybody knows, leave open"]
    return []


def _is(array: object, kind: str, dimensions: int) -> bool:
    return isinstance(array, np.ndarray) and array.dtype.kind == kind and array.ndim == dimensions


def _raise(faults: list[str]) -> None:
    if faults:
        raise InvalidTable("; ".join(faults))
