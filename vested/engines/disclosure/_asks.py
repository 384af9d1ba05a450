"""Whether what is hidden stays uncertain enough: tables that look the same from outside, kept and used again."""

from dataclasses import dataclass

import numpy as np

from vested.engines.disclosure._moves import LOOSE, Moves, Stuck, cut, furthest, moves_of
from vested.engines.disclosure._nouns import Demands, Flags, Floats, Ints


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Asks:
    """One row an ask (a,): that ``cell`` can move by ``way`` (+1, -1) times ``amount``."""

    cell: Ints
    way: Floats
    amount: Floats


def asks_of(demands: Demands) -> Asks:
    """Take demands apart."""
    down, up = demands.down > 0, demands.up > 0
    return Asks(
        cell=np.concatenate((demands.cell[down], demands.cell[up])),
        way=np.concatenate((-np.ones(down.sum()), np.ones(up.sum()))),
        amount=np.concatenate((demands.down[down], demands.up[up])),
    )


class Twins:
    """Tables that share everything shown: which asks each answers, which groups it moves, whether by whole numbers."""

    def __init__(self, moves: Moves, asks: Asks) -> None:
        self.moves, self.asks = moves, asks
        self._reach = np.zeros((0, len(asks.cell)), dtype=bool)
        self._uses = np.zeros((0, moves.groups), dtype=bool)
        self._whole = np.zeros(0, dtype=bool)
        self._kept: list[Floats] = []
        self._stepping: Moves | None = None

    def failing(self, hidden: Flags, *, first: bool = False) -> list[Floats]:
        """Ask everything of a choice of ``hidden`` groups (g,); give a cut (g,) for each ask that fails, or the first.

        The groups of a safe choice add up to at least one in every cut.
        """
        self._together(hidden)
        cuts: list[Floats] = []
        for ask in np.flatnonzero(~self.met(hidden)).tolist():
            if not self.met(hidden)[ask] and (worth := self._single(hidden, ask)) is not None:
                cuts.append(cut(self.moves, worth, self.asks.amount[ask]))
                if first:
                    return cuts
        if cuts or not self.moves.table.whole.any():
            return cuts
        for ask in np.flatnonzero(~self.met(hidden, whole=True)).tolist():
            if not self.met(hidden, whole=True)[ask] and not self._step(hidden, ask):
                return [np.where(hidden, 0.0, 1.0)]  # something more has to be hidden, whatever it is
        return cuts

    def met(self, hidden: Flags, *, whole: bool = False) -> Flags:
        """Which asks (a,) a table known already answers."""
        holds = ~(self._uses & ~hidden).any(axis=1)
        met: Flags = np.asarray(self._reach[holds & (self._whole | (not whole))].any(axis=0))
        return met

    def keep(self, move: Floats) -> None:
        """Remember one more table by its move (n,) from the true one."""
        asks, table = self.asks, self.moves.table
        steps = move[table.whole]
        uses = np.zeros(self.moves.groups, dtype=bool)
        uses[table.group[np.abs(move) > LOOSE]] = True
        self._reach = np.vstack((self._reach, asks.way * move[asks.cell] >= asks.amount - LOOSE))
        self._uses = np.vstack((self._uses, uses))
        self._kept.append(move)
        self._whole = np.append(self._whole, bool((np.abs(steps - np.rint(steps)) < LOOSE).all()))

    def cover(self, hidden: Flags) -> list[Floats]:
        """Give a few of the tables known that together answer every ask of a safe choice, by whole numbers."""
        holds = np.flatnonzero(~(self._uses & ~hidden).any(axis=1) & self._whole)
        left, chosen = np.ones(len(self.asks.cell), dtype=bool), []
        while left.any():
            most = holds[np.argmax(self._reach[holds][:, left].sum(axis=1))]
            left &= ~self._reach[most]
            chosen.append(self._kept[most])
        return chosen

    def stepping(self) -> Moves:
        """Give the program in which what is counted moves by whole numbers."""
        if self._stepping is None:
            self._stepping = moves_of(self.moves.table, whole=True)
        return self._stepping

    def _together(self, hidden: Flags) -> None:
        """Let one program answer as many asks of one way as it can, as long as it answers new ones."""
        asks = self.asks
        for way in (-1.0, 1.0):
            left = ~self.met(hidden) & (asks.way == way)
            while left.sum() > 1:
                gain, low, high = np.zeros(len(self.moves.low)), self.moves.low.copy(), self.moves.high.copy()
                gain[asks.cell[left]] = way / asks.amount[left]
                self._narrow(low, high, left)
                self.keep(furthest(self.moves, hidden, gain, low=low, high=high)[0])
                before, left = left, ~self.met(hidden) & (asks.way == way)
                if (before == left).all():
                    break

    def _step(self, hidden: Flags, ask: int) -> bool:
        """Answer one ask by whole numbers, going further than asked where need be; whether it can be."""
        asks, moves = self.asks, self.stepping()
        gain, low, high = np.zeros(len(moves.low)), moves.low.copy(), moves.high.copy()
        gain[asks.cell[ask]] = -asks.way[ask]
        if asks.way[ask] > 0:
            low[asks.cell[ask]] = asks.amount[ask]
        else:
            high[asks.cell[ask]] = -asks.amount[ask]
        try:
            self.keep(furthest(moves, hidden, gain, low=low, high=high)[0])
        except Stuck:
            return False
        return True

    def _single(self, hidden: Flags, ask: int) -> Floats | None:
        """Answer one ask; where it cannot be, give what moving would be worth to it."""
        asks, moves = self.asks, self.moves
        gain, low, high = np.zeros(len(moves.low)), moves.low.copy(), moves.high.copy()
        gain[asks.cell[ask]] = asks.way[ask]
        self._narrow(low, high, np.arange(len(asks.cell)) == ask)
        move, worth = furthest(moves, hidden, gain, low=low, high=high)
        if asks.way[ask] * move[asks.cell[ask]] < asks.amount[ask] - LOOSE:
            return worth
        self.keep(move)
        return None

    def _narrow(self, low: Floats, high: Floats, which: Flags) -> None:
        """Let the cells asked for go no further than is asked."""
        asks = self.asks
        up, down = which & (asks.way > 0), which & (asks.way < 0)
        high[asks.cell[up]] = np.minimum(high[asks.cell[up]], asks.amount[up])
        low[asks.cell[down]] = np.maximum(low[asks.cell[down]], -asks.amount[down])
