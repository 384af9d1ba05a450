"""How far the hidden cells can move together: one linear program, asked again and again."""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from scipy.sparse import vstack

from vested.engines.disclosure._nouns import Flags, Floats, Ints, Table
from vested.engines.disclosure._solver import program

LOOSE = 1e-6  # what counts as moving, and as reaching what was asked for


class Stuck(ArithmeticError):
    """No moves are as asked."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Moves:
    """Moves of the cells from their true values: 0 for every cell shown, else within ``low`` and ``high`` (n,).

    ``slack`` (links,) what is left of each link, ``owner`` (links,) the group it lies in.
    """

    table: Table
    groups: int
    low: Floats
    high: Floats
    slack: Floats
    owner: Ints
    solver: Any


def moves_of(table: Table, *, whole: bool = False) -> Moves:
    """Set up the program with nothing hidden, the table's whole cells moving by whole numbers if so wished."""
    n, links = len(table.value), len(table.link_most)
    rows = vstack((table.sums, table.links), format="csr")
    link, cell = table.links.nonzero()
    owner = np.zeros(links, dtype=np.int64)
    owner[link] = table.group[cell]
    slack = np.maximum(table.link_most - table.links @ table.value, 0.0)
    none, still = np.zeros(n), np.zeros(table.sums.shape[0])
    bounds = np.concatenate((still, np.full(links, -np.inf))), np.concatenate((still, slack))
    solver = program(rows, none, (none, none), bounds, table.whole & whole)
    solver.setOptionValue("presolve", "off")
    return Moves(
        table=table,
        groups=int(table.group.max(initial=-1)) + 1,
        low=table.least - table.value,
        high=table.most - table.value,
        slack=slack,
        owner=owner,
        solver=solver,
    )


def furthest(moves: Moves, hidden: Flags, gain: Floats, *, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Move the cells of ``hidden`` groups (g,) to the most of ``gain`` (n,) within narrower ``low``, ``high`` (n,).

    Give the moves (n,) and what each cell would still gain by moving, with each row's price taken off: (n + links,).
    Raises Stuck where there are no such moves, which cannot be as long as staying is one.
    """
    n = len(gain)
    index = np.arange(n, dtype=np.int32)
    free = hidden[moves.table.group]
    solver = moves.solver
    solver.changeColsCost(n, index, -gain)
    solver.changeColsBounds(n, index, np.where(free, low, 0.0), np.where(free, high, 0.0))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        msg = f"no such moves: {solver.modelStatusToString(solver.getModelStatus())}"
        raise Stuck(msg)
    solution = solver.getSolution()
    links = np.array(solution.row_dual)[moves.table.sums.shape[0] :]
    return np.array(solution.col_value), -np.concatenate((np.array(solution.col_dual), links))


def cut(moves: Moves, worth: Floats, amount: float) -> Floats:
    """Say what share of a move of ``amount`` each group (g,) could add if it were hidden, at most all of it.

    A safe choice adds up to at least one: the capacity inequality of Fischetti and Salazar-González (2000), section 4,
    from the prices of the program that fell short (``worth``), links included.
    """
    n = len(moves.low)
    cells = np.zeros(n)
    for end in (moves.low, moves.high):
        with np.errstate(invalid="ignore"):
            cells = np.maximum(cells, np.where(np.abs(worth[:n]) > 1e-9, worth[:n] * end, 0.0))
    adds = np.bincount(moves.table.group, weights=np.minimum(cells, amount), minlength=moves.groups)
    adds += np.bincount(moves.owner, weights=worth[n:] * moves.slack, minlength=moves.groups)
    return np.minimum(adds / amount, 1.0)
