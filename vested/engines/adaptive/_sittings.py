"""Sittings: a pool made ready, the next item, and when to stop.

An item is chosen for its information at the posterior mean, within an area drawn in proportion to how far each is
behind its share (after Kingsbury and Zara 1989, Applied Measurement in Education 2, pages 359-375): no area is ever a
whole item ahead. Which items may be shown is drawn once for a sitting, each with its chance ``showing`` (Sympson and
Hetter 1985; drawn beforehand it is the eligibility of van der Linden and Veldkamp 2004, JEBS 29, pages 273-291). Draws
are a function of the sitting's seed: the same sitting with the same answers goes on in the same way.
"""

import numba
import numpy as np
from numpy.typing import NDArray

from vested.engines.adaptive._checks import InvalidAnswers, InvalidBank, check_bank
from vested.engines.adaptive._curves import chances, grid_of, information, table_of
from vested.engines.adaptive._nouns import Bank, Choice, Flags, Floats, Ints, Pool, Rules, Stop, Whole

Ints32 = NDArray[np.int32]


def pool(bank: Bank, *, rules: Rules | None = None, area: Whole | None = None, share: Floats | None = None) -> Pool:
    """Make a bank ready for sittings under ``rules``.

    ``area`` (m,) of each item and ``share`` (areas,) of each in a sitting, in sum 1; one area, or equal shares, unless
    given. Any item may be shown to anybody: ``limit_exposure`` changes that. Raises InvalidBank.
    """
    check_bank(bank)
    rules = rules or Rules()
    _check_rules(rules)
    m = len(bank.slope)
    place: Ints = np.zeros(m, np.int64) if area is None else np.asarray(area, np.int64)
    if place.shape != (m,) or place.min() < 0:
        raise InvalidBank(f"area has to hold a row from 0 for each of the {m} items")
    number = int(place.max()) + 1
    share = np.full(number, 1.0 / number) if share is None else np.asarray(share, np.float64)
    held = np.bincount(place, minlength=number)
    if share.shape != (number,) or not (share >= 0).all() or abs(share.sum() - 1) > 1e-9:
        raise InvalidBank(f"share has to hold {number} shares that sum to 1, one for each area")
    if (share[held == 0] > 0).any():
        raise InvalidBank("share asks for an area without items")
    base, prior = grid_of(61)
    grid = rules.prior[0] + rules.prior[1] * base
    table = table_of(bank)
    worth = information(table, grid)
    order = np.full((len(grid), number, int(held.max())), -1, np.int32)
    for row in range(number):
        items = np.flatnonzero(place == row)
        order[:, row, : len(items)] = items[np.argsort(-worth[items], axis=0, kind="stable")].T
    return Pool(
        bank=bank, rules=rules, area=place, share=share, showing=np.ones(m), grid=grid, chance=chances(table, grid),
        order=order, information=worth, prior=prior,
    )  # fmt: skip


def _check_rules(rules: Rules) -> None:
    if rules.precision is None and rules.cut is None:
        raise InvalidBank("rules name neither precision nor cut: a sitting must not end by its length alone")
    if rules.precision is not None and not rules.precision > 0:
        raise InvalidBank("rules.precision has to be above 0")
    if rules.cut is not None and not (np.isfinite(rules.cut) and 0.5 < rules.confidence < 1):
        raise InvalidBank("rules.cut has to be finite, and rules.confidence between .5 and 1")
    if not (1 <= rules.least <= rules.most and np.isfinite(rules.prior[0]) and rules.prior[1] > 0):
        raise InvalidBank("rules need 1 <= least <= most and a prior with a standard deviation above 0")


def next_item(pool: Pool, *, items: Whole, values: Whole, seed: int) -> Choice:
    """Choose the next item after ``values`` were answered to ``items``, both (k,), or say why to stop.

    ``seed`` is the sitting's own, the same for all its items. Raises InvalidAnswers.
    """
    shown, given = np.asarray(items, np.int64), np.asarray(values, np.int64)
    m, categories, _ = pool.chance.shape
    if shown.ndim != 1 or shown.shape != given.shape:
        raise InvalidAnswers("items and values have to be arrays of one length")
    used = np.zeros(m, np.bool_)
    if len(shown):
        if shown.min() < 0 or shown.max() >= m or given.min() < 0 or given.max() >= categories:
            raise InvalidAnswers(f"items has to be within 0..{m - 1}, values within 0..{categories - 1}")
        used[shown] = True
        if used.sum() < len(shown):
            raise InvalidAnswers("items names one twice: an item is shown once in a sitting")
    item, stop, ability, error, above, passed, row = _next(
        pool.grid, pool.prior, pool.chance, pool.order, pool.area, pool.share, pool.showing, limits_of(pool.rules),
        shown, given, used, np.uint64(seed % 2**63),
    )  # fmt: skip
    return Choice(
        item=item,
        stop=Stop(stop),
        ability=ability,
        error=error,
        above=above if pool.rules.cut is not None else None,
        area=int(pool.area[item]) if item >= 0 else -1,
        information=float(pool.information[item, row]) if item >= 0 else 0.0,
        passed=passed,
    )


def limits_of(rules: Rules) -> Floats:
    """Return rules as the kernels read them: precision (0: none), cut (nan: none), confidence, least, most."""
    cut = np.nan if rules.cut is None else rules.cut
    return np.array([rules.precision or 0.0, cut, rules.confidence, rules.least, rules.most])


@numba.njit(cache=True)
def uniform(seed: np.uint64, place: int) -> float:
    """Return the number between 0 and 1 that a sitting draws at a place (SplitMix64: Steele, Lea and Flood 2014)."""
    z = seed * np.uint64(0x9E3779B97F4A7C15) + np.uint64(place) * np.uint64(0xD1342543DE82EF95)
    for _ in range(2):
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return float(z >> np.uint64(11)) / 9007199254740992.0


@numba.njit(cache=True)
def look(grid: Floats, posterior: Floats, cut: float) -> tuple[float, float, float]:
    """Return mean, standard deviation and chance of being at or above the cut; brings the posterior to sum one."""
    total = mean = square = above = 0.0
    for q in range(len(grid)):
        total += posterior[q]
    for q in range(len(grid)):
        posterior[q] /= total
        mean += posterior[q] * grid[q]
        square += posterior[q] * grid[q] * grid[q]
    if not np.isnan(cut):
        half = 0.5 * (grid[1] - grid[0])
        for q in range(len(grid)):  # each point stands for the stretch around it
            above += posterior[q] * min(1.0, max(0.0, (grid[q] + half - cut) / (2 * half)))
    return mean, np.sqrt(max(square - mean * mean, 0.0)), above


@numba.njit(cache=True)
def verdict(limits: Floats, count: int, error: float, above: float) -> int:
    """Return why to stop (``Stop``), 0 to go on."""
    precision, cut, confidence = limits[0], limits[1], limits[2]
    if count >= limits[3]:
        if not np.isnan(cut) and above >= confidence:
            return 2
        if not np.isnan(cut) and 1.0 - above >= confidence:
            return 3
        if error <= precision:
            return 1
    return 4 if count >= limits[4] else 0


@numba.njit(cache=True)
def pick(
    order: Ints32, share: Floats, counts: Ints, used: Flags, showing: Floats, seed: np.uint64, step: int,
    reached: Flags,
) -> tuple[int, int]:  # fmt: skip
    """Return the item to show (-1: none is left) and how many better ones rest; marks in ``reached`` all it came to."""
    areas, width = order.shape
    open_ = np.ones(areas, np.bool_)
    behind = np.maximum(0.0, share * (step + 1) - counts)
    for turn in range(areas):
        draw = uniform(seed, len(used) + 10_000 * (turn + 1) + step) * behind.sum()
        chosen = -1
        for row in range(areas):
            if open_[row]:
                chosen = row
                draw -= behind[row]
                if draw < 0.0:
                    break
        open_[chosen], behind[chosen] = False, 0.0
        passed = 0
        for place in range(width):
            item = order[chosen, place]
            if item < 0:
                break
            if used[item]:
                continue
            reached[item] = True
            if uniform(seed, item) < showing[item]:
                return item, passed
            passed += 1
    return -1, 0


@numba.njit(cache=True)
def _next(
    grid: Floats, prior: Floats, chance: Floats, order: Ints32, area: Ints, share: Floats, showing: Floats,
    limits: Floats, items: Ints, values: Ints, used: Flags, seed: np.uint64,
) -> tuple[int, int, float, float, float, int, int]:  # fmt: skip
    posterior = prior.copy()
    counts = np.zeros(len(share), np.int64)
    cut = limits[1]
    mean, error, above = look(grid, posterior, cut)
    for k in range(len(items)):
        counts[area[items[k]]] += 1
        for q in range(len(grid)):
            posterior[q] *= chance[items[k], values[k], q]
        mean, error, above = look(grid, posterior, cut)
    row = nearest(grid, mean)
    stop = verdict(limits, len(items), error, above)
    if stop:
        return -1, stop, mean, error, above, 0, row
    item, passed = pick(order[row], share, counts, used, showing, seed, len(items), np.zeros(len(area), np.bool_))
    return item, 0 if item >= 0 else 5, mean, error, above, passed, row


@numba.njit(cache=True)
def nearest(grid: Floats, ability: float) -> int:
    """Return the row of the grid nearest to an ability."""
    return min(max(int((ability - grid[0]) / (grid[1] - grid[0]) + 0.5), 0), len(grid) - 1)
