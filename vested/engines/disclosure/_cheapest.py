"""A safe choice, fast: each ask by the cheapest move that answers it, then what is needless shown again."""

import numpy as np
from scipy.sparse import hstack

from vested.engines.disclosure._asks import Twins
from vested.engines.disclosure._checks import Unprotectable
from vested.engines.disclosure._moves import LOOSE, Moves, Stuck, furthest, moves_of
from vested.engines.disclosure._nouns import Flags, Floats, Table


def complete(twins: Twins, hidden: Flags, *, price: Floats, allowed: Flags) -> Flags:
    """Hide more of the ``allowed`` groups (g,) until every ask is met; ``price`` (g,) is what hiding costs."""
    chosen = hidden.copy()
    for whole in (False, True):
        if whole and not twins.moves.table.whole.any():
            break
        split: Moves | None = None
        for ask in np.argsort(-twins.asks.amount, kind="stable").tolist():
            if twins.met(chosen, whole=whole)[ask]:
                continue
            if split is None:
                split = _split(twins.moves.table, twins.moves, whole=whole)
            move = _cheapest(twins, split, ask, np.where(chosen, 0.0, price), allowed | chosen)
            twins.keep(move)
            chosen[twins.moves.table.group[np.abs(move) > LOOSE]] = True
    return chosen


def without_needless(twins: Twins, hidden: Flags, *, base: Flags, price: Floats) -> Flags:
    """Show again, dearest first, every group beyond ``base`` (g,) without which all asks are still met."""
    chosen = hidden.copy()
    extra = np.flatnonzero(hidden & ~base)
    for group in extra[np.argsort(-price[extra], kind="stable")].tolist():
        chosen[group] = False
        chosen[group] = bool(twins.failing(chosen, first=True))
    return chosen


def _split(table: Table, moves: Moves, *, whole: bool) -> Moves:
    """Give a program in which a cell's way up and its way down are two columns, each from nothing."""
    n = len(table.value)
    two_ways = Table(
        value=np.zeros(2 * n),
        group=np.tile(table.group, 2),
        sums=hstack((table.sums, -table.sums), format="csr"),
        links=hstack((table.links, -table.links), format="csr"),
        link_most=moves.slack,
        least=np.zeros(2 * n),
        most=np.concatenate((moves.high, -moves.low)),
        whole=np.tile(table.whole, 2),
    )
    return moves_of(two_ways, whole=whole)


def _cheapest(twins: Twins, split: Moves, ask: int, price: Floats, allowed: Flags) -> Floats:
    """Move the cell asked for as far as asked, others as cheaply as can be; the share of a way is the share paid."""
    n = len(twins.moves.low)
    amount, cell = twins.asks.amount[ask], twins.asks.cell[ask]
    way = np.minimum(split.high, amount)
    gain = -np.where(way > LOOSE, price[split.table.group] / np.maximum(way, LOOSE), 0.0) - 1e-4 / amount
    low, high = np.zeros(2 * n), split.high.copy()
    there, back = (cell, cell + n) if twins.asks.way[ask] > 0 else (cell + n, cell)
    low[there] = amount
    high[back] = 0.0
    try:
        move, _ = furthest(split, allowed, gain, low=low, high=high)
    except Stuck as stuck:
        msg = "hiding all that may be hidden still lets somebody work out too much: ask for less, or show less before"
        raise Unprotectable(msg) from stuck
    return move[:n] - move[n:]
