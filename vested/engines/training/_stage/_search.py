"""The search of one stage: what is tried when, and when to end."""

from vested.engines.training._dual import Stage
from vested.engines.training._stage._prices import generate, price_all, prove, sample
from vested.engines.training._stage._state import EVEN, Search
from vested.engines.training._stage._whole import exhaust, keep, neighbours

Samples = tuple[tuple[int, int, float], ...]
SAMPLES: Samples = ((1_000, 15, 0.05), (3_000, 10, 0.05))  # people whose prices are found first, rounds, and how sticky
_CLOSE, _FEW_PEOPLE = 3.0, 20  # levels from the bound, and people, from which going through all plans may pay


def search(at: Search, *, rounds: int, samples: Samples = SAMPLES) -> None:
    """Improve ``at`` until its gap is small enough, or ``stop`` says so, or after so many rounds without progress.

    Prices come first from ``samples`` of people.
    """
    n = len(at.model.hours)
    for size, count, stay in samples:
        if size * 3 <= n and not at.tell("prices"):
            sample(at, size, count, stay)
    turn, stale = 0, 0
    while not at.done and not at.tell("prices"):
        before = (at.result, at.estimate)
        if at.mixture is None or (turn and at.estimate - at.combined > at.allowed / 2):
            price_all(at)
        if at.done or at.combining():
            break
        generate(at)
        if at.short_for_good:
            break
        turn += 1
        moved = at.result > before[0] + 1e-9 or at.estimate < before[1] - 1e-5 * abs(before[1])
        stale = 0 if moved else stale + 1
        if not at.done and not at.tell("proving") and (stale or at.estimate - at.result <= 1.5 * at.allowed):
            prove(at)
        if (
            not at.done
            and turn > 2
            and (at.proven - at.result < _CLOSE or len(at.model.hours) <= _FEW_PEOPLE)
            and not at.combining()
        ):
            exhaust(at)
        if (at.short and at.unfair <= EVEN) or (turn > 2 and at.combined - at.result > (at.bound - at.result) / 3):
            neighbours(at, tries=6)
        if at.goal.stage is Stage.FAIRNESS:
            neighbours(at, tries=2)
        if at.done or stale >= rounds:
            break
    if at.stopped and not turn:  # nothing was combined yet
        keep(at, at.chosen)
    if at.stopped and at.proven > at.estimate + at.allowed and not at.done:
        prove(at)


def glance(at: Search) -> None:
    """When there is no time to search: a bound at the prices there are, and what each person can do by themselves."""
    prove(at)
    keep(at, at.chosen)
