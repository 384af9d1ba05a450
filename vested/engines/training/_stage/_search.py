"""The search of one stage: what is tried when, and when to end."""

import numpy as np

from vested.engines.training._columns import price
from vested.engines.training._descent import WELL
from vested.engines.training._dual import duals_of
from vested.engines.training._stage._prices import generate, price_all, prove, proved, sample
from vested.engines.training._stage._state import EVEN, Search
from vested.engines.training._stage._whole import exhaust, keep, neighbours

_SAMPLES = ((1_000, 15, 0.05), (3_000, 10, 0.05))  # people whose prices are found first, rounds, and how sticky
_CLOSE, _FEW_PEOPLE = 3.0, 20  # levels from the bound, and people, from which going through all plans may pay


def search(at: Search, *, rounds: int, samples: int = len(_SAMPLES)) -> None:
    """Improve ``at`` until its gap is small enough, or ``stop`` says so, or after so many rounds without progress.

    Prices come first from as many ``samples`` of people, the largest ones.
    """
    n = len(at.model.hours)
    for size, count, stay in _SAMPLES[len(_SAMPLES) - samples :]:
        if size * 3 <= n and not at.tell("prices"):
            sample(at, size, count, stay)
    turn, stale = 0, 0
    while not at.tell("prices"):
        before = (at.result, at.estimate)
        price_all(at)
        if at.done or at.tell("combining"):
            break
        generate(at)
        turn += 1
        moved = at.result > before[0] + 1e-9 or at.estimate < before[1] - 1e-5 * abs(before[1])
        stale = 0 if moved else stale + 1
        if not at.done and not at.tell("proving") and (stale or at.estimate - at.result <= 1.5 * at.allowed):
            prove(at)
        if (
            not at.done
            and turn > 2
            and (at.proven - at.result < _CLOSE or len(at.model.hours) <= _FEW_PEOPLE)
            and not at.tell("combining")
        ):
            exhaust(at)
        if (at.short and at.unfair <= EVEN) or (turn > 2 and at.combined - at.result > (at.bound - at.result) / 3):
            neighbours(at, tries=6)
        if at.done or stale >= rounds or (at.goal.soft and turn > 4 and at.unfair > EVEN):
            break
    if at.stopped and not turn:  # nothing was combined yet
        keep(at, at.chosen)
    if at.stopped and at.proven > at.estimate + at.allowed and not at.done:
        prove(at)


def glance(at: Search) -> None:
    """When there is no time to search: a bound at the prices there are, and what each person can do by themselves."""
    model, goal = at.model, at.goal
    everybody = np.arange(len(model.hours))
    rates = at.descent.center
    priced = price(model, duals_of(model, goal, rates), everybody, keep=1, slack=0.0, threads=at.threads, nodes=WELL)
    proved(at, priced, rates)
    keep(at, at.chosen)
