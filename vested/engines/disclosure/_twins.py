"""Tables that look the same from outside: those known, and one program that finds more."""

import highspy
import numpy as np
from scipy.sparse import hstack, vstack

from vested.engines.disclosure._checks import Unprotectable, owners
from vested.engines.disclosure._nouns import Demands, Flags, Floats, Table
from vested.engines.disclosure._solver import program

LOOSE = 1e-6  # what counts as moving, and as reaching what was asked for


class Twins:
    """Tables that share everything shown, and what is asked of them all together.

    A cell's way up from its true value (0..n-1) and its way down (n..2n-1) are two columns of a program, each from
    nothing to ``room`` (2n,). One ask (a,) wants ``column`` (a,) to move by ``amount`` (a,), the other way by nothing.
    Of every table found is kept which asks it answers, which groups it moves, and whether by whole numbers.
    """

    def __init__(self, table: Table, demands: Demands) -> None:
        n, links = len(table.value), len(table.link_most)
        self.groups = int(table.group.max(initial=-1)) + 1
        wanted = np.concatenate((demands.down, demands.up))
        self.amount = wanted[wanted > 0]
        self.column = np.concatenate((demands.cell + n, demands.cell))[wanted > 0]
        self.room = np.maximum(np.concatenate((table.most - table.value, table.value - table.least)), 0.0)
        self._group, self._owner = np.tile(table.group, 2), owners(table)
        self._slack = np.maximum(table.link_most - table.links @ table.value, 0.0)
        self._counted = table.whole
        self._reach = np.zeros((0, len(self.amount)), dtype=bool)
        self._uses = np.zeros((0, self.groups), dtype=bool)
        self._whole = np.zeros(0, dtype=bool)
        rows, none, still = vstack((table.sums, table.links)), np.zeros(2 * n), np.zeros(table.sums.shape[0])
        bounds = np.concatenate((still, np.full(links, -np.inf))), np.concatenate((still, self._slack))
        both = hstack((rows, -rows), format="csr")
        self._solver = program(both, none, (none, none), bounds, np.tile(table.whole, 2))
        self._solver.setOptionValue("presolve", "off")

    def met(self, hidden: Flags, *, whole: bool = False) -> Flags:
        """Which asks (a,) a table known answers that moves none but ``hidden`` groups (g,), by ``whole`` numbers."""
        holds = ~(self._uses & ~hidden).any(axis=1)
        met: Flags = np.asarray(self._reach[holds & (self._whole | (not whole))].any(axis=0))
        return met

    def moved(self, move: Floats) -> Flags:
        """Which groups (g,) a move (n,) of the cells moves."""
        return np.isin(np.arange(self.groups), self._group[: len(move)][np.abs(move) > LOOSE])

    def failing(self, hidden: Flags, *, first: bool = False) -> list[Floats]:
        """Ask everything of a choice of ``hidden`` groups (g,); give a cut (g,) for each ask that fails, or the first.

        The groups of a safe choice add up to at least one in every cut.
        """
        cuts: list[Floats] = []
        up = self.column < len(self.room) // 2
        for way in (~up, up):
            left, before = way & ~self.met(hidden), np.zeros_like(way)
            while left.sum() > 1 and (left != before).any():
                self._answer(hidden, left)
                before, left = left, way & ~self.met(hidden)
        for ask in np.flatnonzero(~self.met(hidden)).tolist():
            if self.met(hidden)[ask]:
                continue
            worth = self._answer(hidden, np.arange(len(self.amount)) == ask)
            if not self.met(hidden)[ask]:
                cuts.append(self._cut(worth))
                if first:
                    return cuts
        if cuts:
            return cuts
        for ask in np.flatnonzero(~self.met(hidden, whole=True)).tolist():
            if not self.met(hidden, whole=True)[ask]:
                try:
                    self.cheapest(hidden, ask, np.zeros(self.groups), whole=True)
                except Unprotectable:
                    return [np.where(hidden, 0.0, 1.0)]  # something more has to be hidden, whatever it is
        return []

    def cheapest(self, hidden: Flags, ask: int, price: Floats, *, whole: bool) -> Floats:
        """Answer an ask by moving as little as can be, each group's ``price`` (g,) paid by the share of its way.

        Give the moves (n,). Raises Unprotectable where no move of the ``hidden`` groups (g,) answers it.
        """
        amount, column = self.amount[ask], self.column[ask]
        way = np.minimum(self.room, amount)
        gain = -np.where(way > LOOSE, price[self._group] / np.maximum(way, LOOSE), 0.0) - 1e-4 / amount
        low, high = np.zeros(len(gain)), self.room.copy()
        low[column] = amount
        high[column - len(gain) // 2] = 0.0  # the other way of the same cell
        return self._furthest(hidden, gain, low, high, whole=whole)[0]

    def _answer(self, hidden: Flags, asks: Flags) -> Floats:
        """Answer as many of ``asks`` (a,), of one way, as one table can; give what moving is worth to it."""
        column, amount = self.column[asks], self.amount[asks]
        gain, high = np.zeros(len(self.room)), self.room.copy()
        gain[column] = 1.0 / amount
        gain[column - len(gain) // 2] = -1.0 / amount
        high[column] = np.minimum(high[column], amount)  # no further than is asked
        return self._furthest(hidden, gain, np.zeros(len(gain)), high)[1]

    def _furthest(
        self, hidden: Flags, gain: Floats, low: Floats, high: Floats, *, whole: bool = False
    ) -> tuple[Floats, Floats]:
        """Move the ``hidden`` groups to the most of ``gain`` (2n,) between ``low`` and ``high`` (2n,), and keep that.

        Give the moves (n,), and what each way would still gain by moving, then each link's price: (2n + links,).
        """
        n, solver = len(gain), self._solver
        index, free = np.arange(n, dtype=np.int32), hidden[self._group]
        solver.setOptionValue("solve_relaxation", not whole)
        solver.changeColsCost(n, index, -gain)
        solver.changeColsBounds(n, index, np.where(free, low, 0.0), np.where(free, high, 0.0))
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            msg = "hiding everything still lets somebody work out too much: ask for less"
            raise Unprotectable(msg)
        solution = solver.getSolution()
        ways = np.array(solution.col_value).reshape(2, -1)
        move = ways[0] - ways[1]
        steps = move[self._counted]
        self._reach = np.vstack((self._reach, np.append(move, -move)[self.column] >= self.amount - LOOSE))
        self._uses = np.vstack((self._uses, self.moved(move)))
        self._whole = np.append(self._whole, bool((np.abs(steps - np.rint(steps)) < LOOSE).all()))
        prices = np.array(solution.row_dual)[len(solution.row_dual) - len(self._slack) :]
        return move, -np.concatenate((solution.col_dual, prices))

    def _cut(self, worth: Floats) -> Floats:
        """Say what share of a move each group (g,) could add if it were hidden, at most all of it.

        A safe choice adds up to at least one: the capacity inequality of Fischetti and Salazar-González (2000), section
        4, from the prices of the program that fell short (``worth``), links included.
        """
        ways, links = np.split(worth, [len(self.room)])
        with np.errstate(invalid="ignore"):
            cells = np.where(ways > 1e-9, ways * self.room, 0.0).reshape(2, -1).max(axis=0)
        adds = np.bincount(self._group[: len(cells)], weights=np.minimum(cells, 1.0), minlength=self.groups)
        adds += np.bincount(self._owner, weights=links * self._slack, minlength=self.groups)
        return np.minimum(adds, 1.0)
