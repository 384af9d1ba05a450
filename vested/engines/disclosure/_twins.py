"""Tables that look the same from outside: those known, and one program that finds more."""

from collections.abc import Iterator

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
    nothing to ``room`` (2n,). An ask (a,) wants one of them to be ``amount`` (a,) more than the other. Of every table
    found is kept which asks it answers, which groups it moves, and whether by whole numbers.
    """

    def __init__(self, table: Table, demands: Demands) -> None:
        n, links = len(table.value), len(table.link_most)
        wanted = np.concatenate((demands.down, demands.up))
        self._amount = wanted[wanted > 0]
        self._column = np.concatenate((demands.cell + n, demands.cell))[wanted > 0]
        self._table, self._groups = table, int(table.group.max()) + 1
        self._room = np.maximum(np.concatenate((table.most - table.value, table.value - table.least)), 0.0)
        self._slack = np.maximum(table.link_most - table.links @ table.value, 0.0)
        self._reach = np.zeros((0, len(self._amount)), dtype=bool)
        self._uses = np.zeros((0, self._groups), dtype=bool)
        self._whole = np.zeros(0, dtype=bool)
        rows, none, still = vstack((table.sums, table.links)), np.zeros(2 * n), np.zeros(table.sums.shape[0])
        bounds = np.concatenate((still, np.full(links, -np.inf))), np.concatenate((still, self._slack))
        both = hstack((rows, -rows), format="csr")
        self._solver = program(both, none, (none, none), bounds, np.tile(table.whole, 2))
        self._solver.setOptionValue("presolve", "off")

    def unmet(self, hidden: Flags, *, whole: bool = False) -> Iterator[int]:
        """Go through the asks, the largest first, that no table answers by moving only ``hidden`` groups (g,).

        By ``whole`` numbers, if so wished. Tables found and groups hidden on the way count for the asks that follow.
        """
        met = self._met(hidden, whole=whole)
        for ask in np.argsort(-self._amount, kind="stable").tolist():
            if not met[ask]:
                yield ask
                met = self._met(hidden, whole=whole)

    def moved(self, move: Floats) -> Flags:
        """Which groups (g,) a move (n,) of the cells moves."""
        return np.isin(np.arange(self._groups), self._table.group[np.abs(move) > LOOSE])

    def failing(self, hidden: Flags, *, first: bool = False) -> list[Floats]:
        """Ask everything of a choice of ``hidden`` groups (g,); give a cut (g,) for each ask that fails, or the first.

        The groups of a safe choice add up to at least one in every cut.
        """
        cuts: list[Floats] = []
        for ask in self.unmet(hidden):
            if (cut := self._cut(hidden, ask)) is not None:
                cuts.append(cut)
                if first:
                    break
        if cuts:
            return cuts
        try:
            for ask in self.unmet(hidden, whole=True):
                self.cheapest(hidden, ask, np.zeros(self._groups), whole=True)
        except Unprotectable:
            return [np.where(hidden, 0.0, 1.0)]  # something more has to be hidden, whatever it is
        return []

    def cheapest(self, hidden: Flags, ask: int, price: Floats, *, whole: bool) -> Floats:
        """Answer an ask by moving as little as can be, each group's ``price`` (g,) paid by the share of its way.

        Give the moves (n,). Raises Unprotectable where no move of the ``hidden`` groups (g,) answers it.
        """
        n, column, amount = len(self._table.value), self._column[ask], self._amount[ask]
        way = np.minimum(self._room, amount)
        each = np.tile(price[self._table.group], 2)
        gain = -np.where(way > LOOSE, each / np.maximum(way, LOOSE), 0.0) - 1e-4 / amount
        low, high = np.zeros(2 * n), self._room.copy()
        low[column], high[column - n] = amount, 0.0
        return self._furthest(hidden, gain, low, high, whole=whole)[0]

    def _cut(self, hidden: Flags, ask: int) -> Floats | None:
        """Answer an ask; where it cannot be, say what share each group (g,) could add if it were hidden, at most all.

        A safe choice adds up to at least one: the capacity inequality of Fischetti and Salazar-González (2000), section
        4, from the prices of the program that fell short, links included.
        """
        n, column, amount = len(self._table.value), self._column[ask], self._amount[ask]
        gain, high = np.zeros(2 * n), self._room.copy()
        gain[column], gain[column - n] = 1.0 / amount, -1.0 / amount
        high[column] = min(high[column], amount)
        _, ways, links = self._furthest(hidden, gain, np.zeros(2 * n), high, whole=False)
        if self._reach[-1, ask]:
            return None
        with np.errstate(invalid="ignore"):
            cells = np.where(ways > 1e-9, ways * self._room, 0.0).reshape(2, n).max(axis=0)
        adds = np.bincount(self._table.group, weights=np.minimum(cells, 1.0), minlength=self._groups)
        adds += np.bincount(owners(self._table), weights=links * self._slack, minlength=self._groups)
        return np.minimum(adds, 1.0)

    def _met(self, hidden: Flags, *, whole: bool) -> Flags:
        holds = ~(self._uses & ~hidden).any(axis=1)
        met: Flags = np.asarray(self._reach[holds & (self._whole | (not whole))].any(axis=0))
        return met

    def _furthest(
        self, hidden: Flags, gain: Floats, low: Floats, high: Floats, *, whole: bool
    ) -> tuple[Floats, Floats, Floats]:
        """Move the ``hidden`` groups to the most of ``gain`` (2n,) between ``low`` and ``high`` (2n,), and keep that.

        Give the moves (n,), what each way would still gain by moving (2n,), and the price of each link (l,).
        """
        n, solver = len(self._table.value), self._solver
        index, free = np.arange(2 * n, dtype=np.int32), np.tile(hidden[self._table.group], 2)
        solver.setOptionValue("solve_relaxation", not whole)
        solver.changeColsCost(2 * n, index, -gain)
        solver.changeColsBounds(2 * n, index, np.where(free, low, 0.0), np.where(free, high, 0.0))
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            msg = "hiding everything still lets somebody work out too much: ask for less"
            raise Unprotectable(msg)
        solution = solver.getSolution()
        up, down = np.array(solution.col_value).reshape(2, n)
        move = up - down
        steps = move[self._table.whole]
        self._reach = np.vstack((self._reach, np.append(move, -move)[self._column] >= self._amount - LOOSE))
        self._uses = np.vstack((self._uses, self.moved(move)))
        self._whole = np.append(self._whole, bool((np.abs(steps - np.rint(steps)) < LOOSE).all()))
        return move, -np.array(solution.col_dual), -np.array(solution.row_dual)[self._table.sums.shape[0] :]
