"""Every roadmap of a tiny problem, one by one."""

from collections.abc import Iterator
from dataclasses import replace

from tests.engines.roadmap.checker import Starts, allowed, worth
from vested.engines.roadmap import Problem


def all_starts(problem: Problem) -> Iterator[Starts]:
    """Every way to start some of the initiatives, allowed or not."""
    modes, quarters = problem.modes, len(problem.limits.budget)
    ways: list[list[tuple[int, int] | None]] = [[None] for _ in problem.initiatives.mandatory]
    for mode, p in enumerate(modes.initiative.tolist()):
        first = max(0, int(problem.initiatives.earliest[p]))
        last = min(int(problem.initiatives.latest[p]), quarters - int(modes.quarters[mode]))
        ways[p] += [(mode, at) for at in range(first, last + 1)]
    starts: Starts = {}

    def go(p: int) -> Iterator[Starts]:
        if p == len(ways):
            yield dict(starts)
            return
        for way in ways[p]:
            if way is None:
                yield from go(p + 1)
            else:
                starts[p] = way
                yield from go(p + 1)
                del starts[p]

    yield from go(0)


def optimum(problem: Problem) -> float | None:
    """The value of the best roadmap; None where there is none."""
    # Worth is cheap to work out and rules are not: only what would be better is judged.
    best = None
    for starts in all_starts(problem):
        value = worth(problem, starts)
        if (best is None or value > best) and allowed(problem, starts):
            best = value
    return best


def smallest_conflict(problem: Problem) -> int:
    """The size of the smallest set of mandatory initiatives that cannot all start; 0 where all can."""
    mandatory = set(problem.initiatives.mandatory.nonzero()[0].tolist())
    free = replace(problem, initiatives=replace(problem.initiatives, mandatory=problem.initiatives.mandatory & False))
    done = [mandatory & set(starts) for starts in all_starts(free) if allowed(free, starts)]
    sizes = [
        sum(1 << n & chosen > 0 for n in range(len(mandatory)))
        for chosen in range(1, 1 << len(mandatory))
        if not any({p for n, p in enumerate(sorted(mandatory)) if 1 << n & chosen} <= some for some in done)
    ]
    return min(sizes, default=0)
