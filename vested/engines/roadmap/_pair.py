"""The bounder, a process of its own: it proves how good a plan can be, and hands over plans that it meets."""

import multiprocessing
from dataclasses import dataclass
from multiprocessing.connection import Connection

import numpy as np

from vested.engines.roadmap._improve import SMALL, Improver
from vested.engines.roadmap._nouns import Ints, Progress
from vested.engines.roadmap._program import Program, Relaxed, search
from vested.engines.roadmap._state import State, Whole

_GIVEN_UP = 50_000  # questions of the solver without a lower bound, after which there is nothing more to prove
_SOON = 40  # questions of the solver without a lower bound, after which many initiatives are improved first
_IDLE = 25  # steps in a row that bring nothing, after which the bounder bounds again

Message = tuple[Ints | None, float]  # a plan, and a bound


@dataclass(kw_only=True, slots=True, eq=False)
class Partner:
    """The other of two processes, seen from a ``state``: plans and bounds go both ways."""

    state: State
    end: Connection
    said: float = -np.inf
    bound: float = np.inf
    away: bool = False

    def talk(self) -> None:
        """Say what is new here, and hear what is new there; a partner that is gone is gone."""
        try:
            while not self.away and self.end.poll():
                chosen, bound = self.end.recv()
                if self.state.take(chosen):
                    self.said = self.state.value
                self.state.bound = min(self.state.bound, bound)
                self.bound = min(self.bound, bound)
            if not self.away and (self.state.value > self.said or self.state.bound < self.bound):
                self.end.send((self.state.chosen if self.state.found else None, self.state.bound))
                self.said, self.bound = self.state.value, self.state.bound
        except (EOFError, BrokenPipeError, ConnectionResetError):
            self.away = True


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Bounder:
    """The process, and the partner it is."""

    process: multiprocessing.process.BaseProcess
    partner: Partner

    def end(self) -> None:
        """Hear it for the last time, and end it, whatever it is doing."""
        self.partner.talk()
        self.process.terminate()
        self.process.join()
        self.partner.end.close()


def send_out(state: State) -> Bounder:
    """Start the bounder of a search, and let its state hear of it."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    seed = int(state.rng.integers(2**31))
    task = (state.program, state.relaxed, state.gap, state.bound, seed)
    process = context.Process(target=_run, args=(there, *task), daemon=True)
    process.start()
    there.close()
    partner = Partner(state=state, end=here, bound=state.bound)
    state.hear = partner.talk
    return Bounder(process=process, partner=partner)


def _run(
    end: Connection, program: Program, relaxed: Relaxed, gap: float, bound: float, seed: int
) -> None:  # pragma: no cover - in a process of its own; its parts are tested in this one
    """What the process does, until it is ended or nothing is left to prove."""

    def stop(_progress: Progress) -> bool:
        return partner.away

    state = State(program=program, relaxed=relaxed, gap=gap, stop=stop, rng=np.random.default_rng(seed), bound=bound)
    partner = Partner(state=state, end=end, bound=bound)
    state.hear = partner.talk
    prove(state)
    partner.talk()


def prove(state: State) -> None:
    """Lower the bound by branch and bound, as far as it goes.

    Where there are many initiatives the bound soon stays where it is; then the plan is improved, and the search is
    begun again with what a better plan leaves of the columns.
    """
    many = len(state.program.model.mandatory) >= SMALL
    if many:
        bound(state, patience=_SOON)
        improver = Improver(state=state)
        while state.found and improver.idle < _IDLE and not state.ends():
            improver.step()
    bound(state, patience=_GIVEN_UP)


def bound(state: State, *, patience: float = np.inf, effort: float = np.inf) -> None:
    """Search through every column that a better plan may have."""
    if state.ends():
        return
    state.doing = "proving"
    columns = np.flatnonzero(state.keep())
    watch = Whole(state, patience=patience)
    found = search(
        state.program,
        columns,
        np.zeros(0, np.int64),
        effort=effort,
        gap=state.gap,
        hint=state.chosen if state.found else None,
        watch=watch,
    )
    state.take(found.chosen)
    state.lower(found.bound)
