"""How far a search has come: its best plan, its bound, and whether to go on."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from vested.engines.roadmap._nouns import Flags, Ints, Progress
from vested.engines.roadmap._program import Program, Relaxed, Watch

SAME = 1e-9  # share of a value that rounding explains

Stop = Callable[[Progress], bool]


@dataclass(kw_only=True, slots=True, eq=False)
class State:
    """The best plan so far as ``chosen`` columns worth ``value`` (minus infinity: none yet), and the best ``bound``.

    ``hear`` is called before ``stop`` is asked, and may bring plans and bounds from elsewhere.
    """

    program: Program
    relaxed: Relaxed
    gap: float
    stop: Stop
    rng: np.random.Generator
    doing: str = "starting"
    chosen: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    value: float = -np.inf
    bound: float = np.inf
    stopped: bool = False
    hear: Callable[[], None] = field(default=lambda: None)

    @property
    def found(self) -> bool:
        """Whether there is a plan."""
        return self.value > -np.inf

    @property
    def distance(self) -> float:
        """The plan gap, infinite without a plan."""
        if not self.found:
            return np.inf
        room = self.bound - self.value
        return 0.0 if room <= SAME * max(1.0, abs(self.value)) else room / self.bound

    @property
    def done(self) -> bool:
        """Whether the gap asked for is reached."""
        return self.distance <= self.gap

    def keep(self) -> Flags:
        """Columns that a better plan may have."""
        flags: Flags = np.isfinite(self.relaxed.loss)
        if self.found:
            flags &= self.relaxed.loss <= self.relaxed.bound - self.value + SAME * abs(self.value)
            flags[self.chosen] = True
        return flags

    def take(self, chosen: Ints | None) -> bool:
        """Keep a plan if it is better."""
        if chosen is None:
            return False
        value = float(self.program.model.value[chosen].sum())
        if self.found and value <= self.value + SAME * abs(value):
            return False
        self.chosen, self.value = chosen, value
        return True

    def lower(self, bound: float) -> None:
        """Take a bound on all that is better than the plan at hand."""
        self.bound = min(self.bound, max(bound, self.value))

    def ends(self) -> bool:
        """Whether to end: the gap is reached, or somebody says so."""
        self.hear()
        if not self.stopped and self.stop(self.progress()):
            self.stopped = True
        return self.stopped or self.done

    def progress(self) -> Progress:
        """What ``stop`` is asked with."""
        return Progress(
            doing=self.doing,
            value=self.value if self.found else None,
            bound=self.bound,
            gap=self.distance if self.found else None,
        )


class Whole(Watch):
    """Watch a search through all that a better plan may have: its bound is everybody's."""

    def __init__(self, state: State, *, patience: float = np.inf) -> None:
        super().__init__(state.ends)
        self.state, self.patience = state, patience
        self.told = state.value
        self.least, self.waited = np.inf, 0

    def ends(self, bound: float) -> bool:
        """End also when ``patience`` questions in a row brought the bound no lower."""
        self.state.lower(bound)
        self.waited += 1
        if bound < self.least - 1e-5 * abs(self.least) or not np.isfinite(self.least):
            self.least, self.waited = bound, 0
        return super().ends(bound) or self.waited > self.patience

    def found(self, chosen: Ints) -> None:
        """Take a better plan."""
        if self.state.take(chosen):
            self.told = self.state.value

    def known(self) -> Ints | None:
        """Hand over what somebody else found."""
        if not self.state.found or self.state.value <= self.told + SAME * abs(self.told):
            return None
        self.told = self.state.value
        return self.state.chosen
