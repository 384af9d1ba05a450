"""Whole plans for everybody, out of the plans known."""

from dataclasses import replace

import numpy as np

from vested.engines.training._columns import Columns, join, price, take
from vested.engines.training._dual import Goal, Stage, duals_of
from vested.engines.training._fill import better, fill
from vested.engines.training._master import combine
from vested.engines.training._nouns import Floats, Ints
from vested.engines.training._stage._state import EVEN, Search, margin_of
from vested.engines.training._use import nobody, use_of

_ROUGH = 1e-4  # how near the best combination a program of whole plans is to come
_FEW, _MANY = 100, 300  # people freed at a time
_ALL = 150_000  # columns an exhaustive program is given


def settle(at: Search, columns: Columns, share: Floats, *, at_once: bool) -> None:
    """Whole plans: those shared by nobody stay, the others' owners choose anew among what is nearly as good.

    Where it is to be ``at_once``, they keep what they had, as a start.
    """
    whole = np.flatnonzero(share > 1 - 1e-6)
    whole = whole[np.argsort(columns.person[whole])]
    torn = np.ones(len(at.model.hours), np.bool_)
    torn[columns.person[whole]] = False
    if at_once:
        keep(at, join(take(columns, whole), take(at.base, np.flatnonzero(torn))))
        return
    pool = join(at.pool, at.chosen)
    margin = margin_of(at.model, at.goal, pool, at.descent.center)
    _whole(at, take(columns, whole), take(pool, np.flatnonzero(torn[pool.person] & (margin <= 1.0))), improve=False)


def _whole(at: Search, kept: Columns, options: Columns, *, improve: bool) -> None:
    """Choose whole plans from ``options`` beside what is ``kept``, fill up, and keep the result if it is better.

    Begin with the plans chosen so far where these are to ``improve``, otherwise with the least people can do.
    """
    missing = np.ones(len(at.model.hours), np.bool_)
    missing[kept.person] = False
    if not missing.any():
        keep(at, kept)
        return
    begin = take(at.chosen if improve else at.base, np.flatnonzero(missing))
    options = join(join(options, take(at.chosen, np.flatnonzero(missing))), take(at.base, np.flatnonzero(missing)))
    if at.goal.soft and at.unfair <= EVEN:  # nobody's share need fall short: whole plans shall not let it either
        even = replace(at.goal, soft=0.0)
        chosen = _combined(at, even, kept, options, begin)
        if chosen is not None and use_of(at.model, chosen).shortfall(at.model) <= EVEN:
            at.goal = at.descent.goal = even
            at.chosen = chosen
            keep(at, chosen)
            return
    chosen = _combined(at, at.goal, kept, options, begin)
    if chosen is not None:
        keep(at, chosen)


def _combined(at: Search, goal: Goal, kept: Columns, options: Columns, begin: Columns) -> Columns | None:
    start = np.isin(_keys(options), _keys(begin)).astype(np.float64)
    mix = combine(
        at.model, goal, options, fixed=use_of(at.model, kept), nodes=200, gap=_ROUGH, start=start, stop=at.combining
    )
    if mix is None:
        return None
    chosen = join(kept, take(options, np.flatnonzero(mix.share > 0.5)))
    return chosen if len(chosen.person) == len(at.model.hours) else None


def keep(at: Search, chosen: Columns) -> None:
    model, goal = at.model, at.goal
    order = at.rng.permutation(len(model.hours)).astype(np.int64)
    chosen = fill(model, goal, chosen, at.descent.center, order=order)
    if better(model, goal, use_of(model, chosen), use_of(model, at.chosen)):
        at.chosen = chosen


def neighbours(at: Search, *, tries: int) -> None:
    """Free some people at a time, those first whose plans are worth least beside their best, and combine anew."""
    model, goal = at.model, at.goal
    n = len(model.hours)
    pool = join(at.pool, at.chosen)
    margin = margin_of(model, goal, pool, at.descent.center)
    for size in np.linspace(_FEW, _MANY, tries).astype(np.int64):
        if (at.done and at.goal.stage is not Stage.FAIRNESS) or at.combining():
            return
        lost = margin_of(model, goal, at.chosen, at.descent.center, pool)
        free = np.zeros(n, np.bool_)
        free[np.argsort(-lost, kind="stable")[: size // 2]] = True
        free[at.rng.choice(n, min(n, size // 2), replace=False)] = True
        kept = take(at.chosen, np.flatnonzero(~free))
        _whole(at, kept, take(pool, np.flatnonzero(free[pool.person] & (margin <= 1.0))), improve=True)


def exhaust(at: Search) -> None:
    """All plans that a better combination could hold, where they are few: their best combination is the best of all.

    A plan worth less than its owner's best, at the prices, by more than what the bound they prove exceeds the
    result by, is in no better plan.
    """
    model, goal = at.model, at.goal
    everybody = np.arange(len(model.hours))
    most = min(20_000, 10 * _ALL // max(len(everybody), 1))
    if most < 50:
        return
    slack = at.proven - at.result + 1e-6
    duals = duals_of(model, goal, at.proof)
    priced = price(model, duals, everybody, keep=most, slack=slack, threads=at.threads, every=True)
    if (
        len(priced.columns.person) > _ALL
        or (np.bincount(priced.columns.person) >= most).any()
        or (priced.upper > priced.best + 1e-9).any()
    ):
        return
    options = join(priced.columns, at.chosen)
    start = np.isin(_keys(options), _keys(at.chosen)).astype(np.float64)
    mix = combine(model, goal, options, fixed=nobody(model), nodes=5_000, start=start, stop=at.combining)
    if mix is None:
        return
    keep(at, take(options, np.flatnonzero(mix.share > 0.5)))
    at.bound = min(at.bound, max(mix.bound, at.result))


def _keys(columns: Columns) -> Ints:
    """A number for each column, equal for equal plans of the same person."""
    sums = np.add.reduceat(np.append((columns.session + 1) ** 3, 0), np.minimum(columns.of[:-1], len(columns.session)))
    sums[columns.of[1:] == columns.of[:-1]] = 0
    keys: Ints = columns.person * (1 << 40) + sums % (1 << 40)
    return keys
