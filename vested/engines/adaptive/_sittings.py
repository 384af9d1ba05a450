"""Sittings: a pool made ready, the next item, when to stop, and what simulated ones would do.

An item is chosen for its information at the posterior mean, within an area drawn in proportion to how far each is
behind its share (after Kingsbury and Zara 1989, Applied Measurement in Education 2, pages 359-375): no area is ever a
whole item ahead. Which items may be shown is drawn once for a sitting, each with its chance ``showing`` (Sympson and
Hetter 1985; drawn beforehand it is the eligibility of van der Linden and Veldkamp 2004, JEBS 29, pages 273-291). Draws
are a function of the sitting's seed: the same sitting with the same answers goes on in the same way.
"""

from dataclasses import replace

import numba
import numpy as np
from numpy.typing import NDArray

from vested.engines.adaptive._checks import InvalidAnswers, InvalidBank, check_bank
from vested.engines.adaptive._curves import chances, grid_of, information, table_of
from vested.engines.adaptive._nouns import Bank, Choice, Flags, Floats, Ints, Pool, Rules, Simulation, Stop, Whole

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
    cut = np.nan if rules.cut is None else rules.cut
    above = np.clip((grid - cut) / (grid[1] - grid[0]) + 0.5, 0.0, 1.0)
    table = table_of(bank)
    worth = information(table, grid)
    order = np.full((len(grid), number, int(held.max())), -1, np.int32)
    for row in range(number):
        items = np.flatnonzero(place == row)
        order[:, row, : len(items)] = items[np.argsort(-worth[items], axis=0, kind="stable")].T
    return Pool(
        bank=bank, rules=rules, area=place, share=share, showing=np.ones(m), grid=grid, chance=chances(table, grid),
        order=order, information=worth, prior=prior, above=above,
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
    if ((shown < 0) | (shown >= m) | (given < 0) | (given >= categories)).any():
        raise InvalidAnswers(f"items has to be within 0..{m - 1}, values within 0..{categories - 1}")
    used = np.zeros(m, np.bool_)
    used[shown] = True
    if used.sum() < len(shown):
        raise InvalidAnswers("items names one twice: an item is shown once in a sitting")
    logs = np.log(pool.chance[shown, given]).sum(axis=0)
    item, stop, ability, error, above, passed, row = choose(
        pool.prior * np.exp(logs - logs.max()), np.bincount(pool.area[shown], minlength=len(pool.share)), used,
        pool.showing, np.uint64(seed % 2**63), pool.grid, pool.above, pool.order, pool.share, limits_of(pool.rules),
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


def limits_of(rules: Rules) -> tuple[float, float, int, int]:
    """Return rules as the kernels read them: precision (0: none), confidence, least, most."""
    return rules.precision or 0.0, rules.confidence, rules.least, rules.most


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
def choose(
    posterior: Floats, counts: Ints, used: Flags, showing: Floats, seed: np.uint64,
    grid: Floats, above: Floats, order: Ints32, share: Floats, limits: tuple[float, float, int, int],
) -> tuple[int, int, float, float, float, int, int]:  # fmt: skip
    """Return item, stop, mean, standard deviation, chance of being above, items passed over and row of the grid.

    ``posterior`` (q,) is brought to sum one; ``counts`` (areas,) items shown, ``used`` (m,) which.
    """
    posterior /= posterior.sum()
    mean, surely = np.dot(posterior, grid), np.dot(posterior, above)
    error = np.sqrt(np.dot(posterior, (grid - mean) ** 2))
    row = min(max(int((mean - grid[0]) / (grid[1] - grid[0]) + 0.5), 0), len(grid) - 1)
    precision, confidence, least, most = limits
    step = counts.sum()
    if step >= least and surely >= confidence:
        return -1, 2, mean, error, surely, 0, row
    if step >= least and surely <= 1.0 - confidence:
        return -1, 3, mean, error, surely, 0, row
    if step >= least and error <= precision:
        return -1, 1, mean, error, surely, 0, row
    if step >= most:
        return -1, 4, mean, error, surely, 0, row
    waits = np.empty(len(share))
    for area in range(len(share)):  # an area further behind waits less
        draw = uniform(seed, len(used) + step * len(share) + area)
        waits[area] = -np.log(1.0 - draw) / max(share[area] * (step + 1) - counts[area], 1e-12)
    for _ in range(len(share)):
        due = waits.argmin()
        waits[due] = np.inf
        passed = 0
        for item in order[row, due]:
            if item < 0:
                break
            if not used[item] and uniform(seed, item) < showing[item]:
                return item, 0, mean, error, surely, passed, row
            passed += not used[item]
    return -1, 5, mean, error, surely, 0, row


def simulate(pool: Pool, *, sittings: int = 10_000, abilities: Floats | None = None, seed: int = 0) -> Simulation:
    """Let people whose abilities are known sit, and measure lengths, errors, exposure and wrong calls.

    People are drawn from the rules' prior, or have the ``abilities`` (n,) given; they answer as the bank says.
    """
    if abilities is None:
        if sittings < 1:
            raise InvalidBank(f"sittings is {sittings}: simulate at least one")
        mean, spread = pool.rules.prior
        abilities = mean + spread * np.random.default_rng(seed).normal(size=sittings)
    ability = np.asarray(abilities, np.float64)
    if ability.ndim != 1 or len(ability) == 0 or not np.isfinite(ability).all():
        raise InvalidBank("abilities has to be one row of finite numbers")
    estimate, error, length, stop, shown = _sit(pool, ability, seed)
    items = np.bincount(pool.area, shown, len(pool.share))
    cut = np.nan if pool.rules.cut is None else pool.rules.cut
    under, over, above, below = ability < cut, ability >= cut, stop == Stop.ABOVE, stop == Stop.BELOW
    return Simulation(
        ability=ability,
        estimate=estimate,
        error=error,
        length=length,
        stop=stop,
        exposure=shown / len(ability),
        area_share=items / max(items.sum(), 1),
        median_length=float(np.median(length)),
        error_ratio=float(np.sqrt(((estimate - ability) ** 2).mean() / (error**2).mean())),
        false_above=_share(above, under),
        false_below=_share(below, over),
        wrong=_share((under & above) | (over & below), above | below),
        undecided=_share(~(above | below), under | over),
    )


def _share(of: Flags, among: Flags) -> float:
    """Return the share of those marked, nan among nobody."""
    return float(of[among].mean()) if among.any() else float("nan")


def limit_exposure(pool: Pool, *, limit: float = 0.25, sittings: int = 10_000, rounds: int = 40, seed: int = 0) -> Pool:
    """Return the pool with chances of showing under which no item is shown in more than ``limit`` of the sittings.

    Sympson and Hetter's rounds: simulate, then let each item rest as often as it was come to too often. Aims below the
    limit by five standard errors of ``sittings``, so that other sittings keep the limit as well. Raises InvalidBank
    where ``rounds`` do not get there: the bank is too small for such sittings, or the limit too low.
    """
    if not 0 < limit <= 1:
        raise InvalidBank(f"limit is {limit}: give a share above 0 and up to 1")
    if sittings < 1000:
        raise InvalidBank(f"sittings is {sittings}: fewer than 1000 do not show what is seen too often")
    deviation = np.sqrt(limit * (1 - limit) / sittings)
    aim = max(limit - 5 * deviation, limit / 2)
    mean, spread = pool.rules.prior
    reached = np.zeros(len(pool.area))
    trial = replace(pool, showing=np.ones(len(reached)))
    for number in range(rounds):
        ability = mean + spread * np.random.default_rng([seed, number]).normal(size=sittings)
        *_, stop, shown = _sit(trial, ability, seed + 1_000_003 * (number + 1))
        if shown.max() <= (limit - 2 * deviation) * sittings and not (stop == Stop.EMPTY).any():
            return trial
        # An item was come to as often as it was shown, over its chance; later rounds are averaged, or they swing.
        reached += (1.0 if number < 5 else 0.3) * (shown / trial.showing - reached)
        trial = replace(pool, showing=np.minimum(1.0, aim * sittings / np.maximum(reached, 1)))
    raise InvalidBank(
        f"limit {limit} was not kept after {rounds} rounds (one item is still shown to {shown.max() / sittings:.0%}): "
        "allow more, add items to the areas, or ask for shorter sittings"
    )


def _sit(pool: Pool, ability: Floats, seed: int) -> tuple[Floats, Floats, Ints, Ints, Ints]:
    """Return estimates, errors, lengths and ``Stop`` of sittings (n,), and how often items were shown (m,)."""
    found: tuple[Floats, Floats, Ints, Ints, Ints] = _sit_all(
        pool.grid, pool.above, pool.order, pool.share, limits_of(pool.rules), pool.prior, pool.chance, pool.area,
        pool.showing, pool.bank.slope, pool.bank.intercept, pool.bank.guess, ability, seed % 2**62,
    )  # fmt: skip
    return found


@numba.njit(cache=True)
def _sit_all(
    grid: Floats, above: Floats, order: Ints32, share: Floats, limits: tuple[float, float, int, int], prior: Floats,
    chance: Floats, area: Ints, showing: Floats, slope: Floats, intercept: Floats, guess: Floats, ability: Floats,
    seed: int,
) -> tuple[Floats, Floats, Ints, Ints, Ints]:  # fmt: skip
    n, m = len(ability), len(area)
    estimate, error = np.empty(n), np.empty(n)
    length, stop, shown = np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(m, np.int64)
    for person in range(n):
        own, used = np.uint64(seed) * np.uint64(0x9E3779B9) + np.uint64(person), np.zeros(m, np.bool_)
        counts, posterior = np.zeros(len(share), np.int64), prior.copy()
        while stop[person] == 0:
            item, stop[person], estimate[person], error[person], _, _, _ = choose(
                posterior, counts, used, showing, own, grid, above, order, share, limits
            )
            if item >= 0:
                used[item] = True
                shown[item] += 1
                counts[area[item]] += 1
                luck, value = uniform(own, -counts.sum()), 0
                for j in range(intercept.shape[1]):
                    curve = 1 / (1 + np.exp(-slope[item] * ability[person] - intercept[item, j]))
                    value += intercept[item, j] > -np.inf and luck < guess[item] + (1 - guess[item]) * curve
                posterior *= chance[item, value]
        length[person] = counts.sum()
    return estimate, error, length, stop, shown
