"""The improver: a plan to start with, then parts of it solved anew, again and again."""

from dataclasses import dataclass, field

import numpy as np

from vested.engines.roadmap._anneal import anneal, layout_of
from vested.engines.roadmap._nouns import Flags, Floats, Ints
from vested.engines.roadmap._program import Watch, search
from vested.engines.roadmap._state import State

KINDS = ("again", "limit", "quarters", "any", "relaxed", "needs")  # of steps; all but the first free a neighbourhood
SMALL = 120  # initiatives; with fewer, annealing is quick and branch and bound may finish
_EFFORT = 60  # questions of the solver in one neighbourhood
_LEAST, _MOST = 8, 120  # initiatives freed
_OUT = 0.34  # share of them that is not in the plan
_CORE = 1.6  # columns an initiative in the core
_LONG = 2_500  # questions of the solver in it
_NEAR = 5  # columns an initiative, of those that the prices favour
_ROUNDS = 20_000  # of annealing at a time


@dataclass(kw_only=True, slots=True, eq=False)
class Improver:
    """How to go on from the best plan.

    ``size`` is how many initiatives the next neighbourhood frees, ``credit`` what each kind of step brought lately,
    ``idle`` how many steps in a row brought nothing.
    """

    state: State
    size: float = 25.0
    credit: Floats = field(default_factory=lambda: np.ones(len(KINDS)))
    idle: int = 0

    def begin(self, start: Ints) -> None:
        """A plan to go on from, by annealing nothing, and plan ``start`` where there is one."""
        self.state.doing = "starting"
        if not len(self.state.program.model.value):  # nothing can start, and nothing has to
            self.state.take(start)
            return
        self.anneal(np.zeros(0, np.int64), rounds=_ROUNDS // 10, heat=0.3, near=True)
        if len(start):
            self.anneal(start, rounds=_ROUNDS, heat=0.1, near=True)

    def widen(self) -> None:
        """Anneal from nothing: where there are many initiatives once, and solve the core; else several times."""
        if len(self.state.program.model.mandatory) >= SMALL:
            self.anneal(np.zeros(0, np.int64), rounds=3 * _ROUNDS, heat=0.3, near=True)
            self.core()
            return
        for heat in (0.3, 1.0, 0.3, 3.0, 0.3, 1.0):
            self.anneal(np.zeros(0, np.int64), rounds=3 * _ROUNDS, heat=heat, near=False)

    def core(self) -> None:
        """Solve the few columns that the prices favour most; without a hint, for a plan to repair leads astray."""
        state = self.state
        state.doing = "solving the core"
        size = round(_CORE * len(state.program.model.mandatory))
        nearest = np.argsort(state.relaxed.loss, kind="stable")[:size]
        columns = np.union1d(nearest[state.keep()[nearest]], state.chosen)
        if not state.ends():
            found = search(
                state.program, columns, state.chosen[:0], effort=_LONG, gap=state.gap, watch=Watch(state.ends)
            )
            state.take(found.chosen)

    def anneal(self, chosen: Ints, *, rounds: int, heat: float, near: bool) -> None:
        """Anneal a plan, among the columns ``near`` the best by their prices or among all; heat in median values."""
        state = self.state
        if state.ends():
            return
        values = state.program.model.value
        typical = max(float(np.median(values)), 1e-9)
        found = anneal(
            state.program,
            layout_of(state.program, state.relaxed, self._columns(near=near)),
            chosen,
            rounds=rounds,
            heat=heat * typical,
            cold=0.01 * typical,
            seed=int(state.rng.integers(2**31)),
            stop=state.ends,
        )
        if found.whole:
            state.take(found.chosen)

    def _columns(self, *, near: bool) -> Flags:
        keep = self.state.keep()
        if near:
            size = _NEAR * len(self.state.program.model.mandatory)
            nearest = np.zeros(len(keep), np.bool_)
            nearest[np.argsort(self.state.relaxed.loss, kind="stable")[:size]] = True
            nearest[self.state.chosen] = True
            keep &= nearest
        return keep

    def step(self) -> None:
        """Anneal the plan again, or free some initiatives and choose anew while the others stay as they are."""
        state = self.state
        state.doing = "improving"
        before = state.value
        kind = int(state.rng.choice(len(KINDS), p=self.credit / self.credit.sum()))
        near = bool(state.rng.random() < 0.5)
        if KINDS[kind] == "again":
            self.anneal(state.chosen, rounds=_ROUNDS, heat=float(state.rng.choice([0.03, 0.1, 0.3])), near=near)
        else:
            model, chosen = state.program.model, state.chosen
            free = self._free(KINDS[kind], round(self.size))
            mine = free[model.initiative]
            inside = chosen[mine[chosen]]
            found = search(
                state.program,
                np.flatnonzero(mine & self._columns(near=near)),
                chosen[~mine[chosen]],
                effort=_EFFORT,
                hint=inside,
                gap=1e-5,
                quick=True,
                watch=Watch(state.ends),
            )
            state.take(found.chosen)
            self.size = float(np.clip(self.size * (1.1 if found.complete else 0.93), _LEAST, _MOST))
        better = state.value > before
        self.idle = 0 if better else self.idle + 1
        gain = (state.value - before) / max(state.bound - before, 1e-9)
        self.credit[kind] = max(0.9 * self.credit[kind] + 5.0 * gain, 0.2)

    def _free(self, kind: str, size: int) -> Flags:
        """Initiatives that leave their place: of those in the plan such as belong together, of the others the best."""
        state = self.state
        model, rng, chosen = state.program.model, state.rng, state.chosen
        count = len(model.mandatory)
        column = np.full(count, -1)
        column[model.initiative[chosen]] = chosen
        inside = np.flatnonzero(column >= 0)
        outside = np.flatnonzero((column < 0) & (np.diff(model.of) > 0))
        far = rng.random(len(inside))
        if kind == "limit":
            far += self._apart(column[inside])
        elif kind == "quarters":
            at = rng.integers(model.finish.max(initial=1))
            far += np.abs((model.start[column[inside]] + model.finish[column[inside]]) / 2 - at) / 2
        elif kind == "relaxed":
            far += state.relaxed.share[column[inside]]
        elif kind == "needs":
            far += self._unrelated()[inside]
        leave = inside[np.argsort(far, kind="stable")[: max(1, round(size * (1 - _OUT)))]]
        loss = np.full(count, np.inf)
        np.minimum.at(loss, model.initiative, state.relaxed.loss)
        loss = np.where(np.isfinite(loss), loss, state.relaxed.bound)[outside]
        tempting = loss + 0.5 * np.median(loss) * rng.random(len(outside)) if len(outside) else loss
        enter = outside[np.argsort(tempting, kind="stable")[: max(1, round(size * _OUT))]]
        free = np.zeros(count, np.bool_)
        free[leave] = free[enter] = True
        return free

    def _apart(self, columns: Ints) -> Floats:
        """How far each column is from using a limit that is drawn, the dear ones more often."""
        model, relaxed, program = self.state.program.model, self.state.relaxed, self.state.program
        price = relaxed.price[program.shared : program.shared + len(model.limit)]
        weight = price * np.where(np.isfinite(model.limit), model.limit, 0.0) + 1e-12
        row = int(self.state.rng.choice(len(weight), p=weight / weight.sum()))
        owner = np.repeat(np.arange(len(model.value)), np.diff(model.use_of))
        far = np.ones(len(model.value))
        far[owner[(model.pool[model.row] == model.pool[row]) & (model.kind[model.row] == model.kind[row])]] = 0.5
        far[owner[model.row == row]] = 0.0
        return far[columns]

    def _unrelated(self) -> Floats:
        """How far initiatives are from one that is drawn, along what they wait for."""
        model = self.state.program.model
        far = np.full(len(model.mandatory), 2.0)
        centre = int(self.state.rng.integers(len(far)))
        waiter = model.initiative[np.repeat(np.arange(len(model.value)), np.diff(model.wait_of))]
        thing = np.repeat(np.arange(len(model.thing_of) - 1), np.diff(model.thing_of))
        far[model.supplier[np.isin(thing, model.thing[waiter == centre])]] = 0.5
        far[waiter[np.isin(model.thing, thing[model.supplier == centre])]] = 0.5
        far[centre] = 0.0
        return far
