"""Searches of the engines within a time, all watched by one watcher."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from vested.engines import roadmap, training
from vested.engines.training import Plan, Problem, Progress
from vested.formats.sector_folder import Sector
from vested.plans.roadmap import Index

ROADMAP_QUESTIONS = 1_500  # of the roadmap's search, after which it ends: a count, so that equal runs end equally
ROADMAP_GAP = 0.005  # what the roadmap's search ends at before that


class NoRoadmap(ValueError):
    """There is no roadmap: what is mandatory cannot all be done, or no time was left to find one; says which.

    ``titles`` are those of the initiatives that clash, none where it was the time. ``limits`` are those they clash
    over: budget, risk, explore, or the name of a pool; none where no more of any would help.
    """

    def __init__(self, said: str, titles: Sequence[str] = (), limits: Sequence[str] = ()) -> None:
        super().__init__(said)
        self.titles, self.limits = tuple(titles), tuple(limits)


@dataclass(frozen=True, slots=True)
class Moment:
    """What is going on.

    ``step`` is roadmap, plan, repair, risk, explore, curve, gains or draw; ``factor`` times every budget; ``best`` the
    engine's progress within the step, and ``seconds_left`` of the step's time.
    """

    step: str
    factor: float
    best: Progress
    seconds_left: float


@dataclass(slots=True)
class Search:
    """Searches that share a watcher: once it asks to stop, all of them stop."""

    gap: float
    seed: int
    watch: Callable[[Moment], bool]
    interrupted: bool = field(default=False)

    def stop(self, *, step: str, factor: float, seconds: float) -> Callable[[Progress], bool]:
        """Make the engine's ``stop`` for a search of so many seconds from now."""
        until = time.monotonic() + seconds

        def stop(progress: Progress) -> bool:
            left = until - time.monotonic()
            moment = Moment(step=step, factor=factor, best=progress, seconds_left=max(0.0, left))
            self.interrupted = self.watch(moment) or self.interrupted
            return self.interrupted or left <= 0

        return stop

    def choosing(self, *, step: str, seconds: float, questions: int) -> Callable[[roadmap.Progress], bool]:
        """Make the roadmap engine's ``stop``, which also ends it after so many questions."""
        asked = 0
        ends = self.stop(step=step, factor=1.0, seconds=seconds)

        def stop(progress: roadmap.Progress) -> bool:
            nonlocal asked
            asked += 1
            best = Progress(
                stage="roadmap", doing=progress.doing, objective=progress.value, bound=progress.bound, gap=progress.gap
            )
            return ends(best) or asked > questions

        return stop

    def roadmap(
        self,
        sector: Sector,
        index: Index,
        problem: roadmap.Problem,
        *,
        step: str,
        seconds: float,
        near: roadmap.Plan | None,
    ) -> roadmap.Plan:
        """Search for a roadmap, going on from one ``near`` it where there is one. Raises NoRoadmap."""
        stop = self.choosing(step=step, seconds=seconds, questions=ROADMAP_QUESTIONS)
        try:
            return roadmap.plan(problem, gap=ROADMAP_GAP, stop=stop, seed=self.seed, start=near, workers=1)
        except roadmap.Infeasible as error:
            raise _named(sector, index, error) from error
        except roadmap.NoPlan as error:
            raise NoRoadmap(
                "no time was left to find a roadmap with everything mandatory in it; give it more"
            ) from error

    def plan(self, problem: Problem, *, step: str, factor: float, seconds: float, near: Plan | None = None) -> Plan:
        """Search for a plan, from the prices of one ``near`` it where there is one."""
        return training.plan(
            problem,
            gap=self.gap,
            stop=self.stop(step=step, factor=factor, seconds=seconds),
            seed=self.seed,
            start=None if near is None else near.prices,
        )


def _named(sector: Sector, index: Index, error: roadmap.Infeasible) -> NoRoadmap:
    """Say what of the mandatory initiatives clashes, by their ids."""
    who = ", ".join(sector.initiatives[index.initiatives[p]].initiative_id for p in error.initiatives[:10].tolist())
    words = {
        "budget": "the money of portfolio_budgets",
        "risk": "risk_cap",
        "explore": "the band of explore_least and explore_most",
    }
    words |= {f"pool {r}": f"the people of {pool_id}" for r, pool_id in enumerate(index.pools)}
    because = " and ".join(words[limit] for limit in error.limits)
    because = because or "the quarters they may start in, what they need before, and their groups"
    what = "cannot start" if len(error.initiatives) == 1 else "cannot all start"
    titles = [sector.initiatives[index.initiatives[p]].title for p in error.initiatives.tolist()]
    names = {row.pool_id: row.name or row.pool_id for row in reversed(sector.pools)}
    called = {f"pool {r}": names[pool_id] for r, pool_id in enumerate(index.pools)}
    limits = [called.get(limit, limit) for limit in error.limits]
    return NoRoadmap(f"the mandatory initiatives {who} {what}, because of {because}", titles, limits)
