"""What sittings would do: simulated ones, and the chances of showing that keep items from being seen by too many."""

from dataclasses import replace

import numba
import numpy as np

from vested.engines.adaptive._checks import InvalidBank
from vested.engines.adaptive._curves import table_of
from vested.engines.adaptive._nouns import Flags, Floats, Ints, Pool, Simulation, Stop
from vested.engines.adaptive._sittings import Ints32, limits_of, look, nearest, pick, uniform, verdict


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
    estimate, error, length, stop, shown, _ = _sit(pool, ability, seed)
    return _measured(pool, ability, estimate, error, length, stop, shown)


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
    trial, reached = pool, np.zeros(len(pool.area), np.float64)
    for number in range(rounds):
        ability = mean + spread * np.random.default_rng([seed, number]).normal(size=sittings)
        *_, stop, shown, met = _sit(trial, ability, seed + 1_000_003 * (number + 1))
        if shown.max() <= (limit - 2 * deviation) * sittings and not (stop == Stop.EMPTY).any():
            return trial
        reached += (1.0 if number < 5 else 0.3) * (met - reached)  # later rounds are averaged, or they swing
        trial = replace(pool, showing=np.minimum(1.0, aim * sittings / np.maximum(reached, 1)))
    raise InvalidBank(
        f"limit {limit} was not kept after {rounds} rounds (one item is still shown to {shown.max() / sittings:.0%}): "
        "allow more, add items to the areas, or ask for shorter sittings"
    )


def _sit(pool: Pool, ability: Floats, seed: int) -> tuple[Floats, Floats, Ints, Ints, Ints, Ints]:
    table = table_of(pool.bank)
    n, m = len(ability), len(table)
    estimate, error = np.empty(n), np.empty(n)
    length, stop = np.empty(n, np.int64), np.empty(n, np.int64)
    shown, reached = np.zeros(m, np.int64), np.zeros(m, np.int64)
    _sit_all(
        pool.grid, pool.prior, pool.chance, pool.order, pool.area, pool.share, pool.showing, limits_of(pool.rules),
        pool.bank.slope, pool.bank.intercept, pool.bank.guess, ability, seed % 2**62,
        estimate, error, length, stop, shown, reached,
    )  # fmt: skip
    return estimate, error, length, stop, shown, reached


@numba.njit(cache=True)
def _sit_all(
    grid: Floats, prior: Floats, chance: Floats, order: Ints32, area: Ints, share: Floats, showing: Floats,
    limits: Floats, slope: Floats, intercept: Floats, guess: Floats, ability: Floats, seed: int,
    estimate: Floats, error: Floats, length: Ints, stop: Ints, shown: Ints, reached: Ints,
) -> None:  # fmt: skip
    m = len(area)
    used, met = np.zeros(m, np.bool_), np.zeros(m, np.bool_)
    counts = np.zeros(len(share), np.int64)
    posterior = np.empty(len(grid))
    for person in range(len(ability)):
        own = np.uint64(seed) * np.uint64(0x9E3779B9) + np.uint64(person)
        used[:], met[:], counts[:], posterior[:] = False, False, 0, prior
        step = 0
        while True:
            mean, spread, above = look(grid, posterior, limits[1])
            end = verdict(limits, step, spread, above)
            item = -1
            if end == 0:
                item, _ = pick(order[nearest(grid, mean)], share, counts, used, showing, own, step, met)
                if item < 0:
                    end = 5
            if end:
                estimate[person], error[person], length[person], stop[person] = mean, spread, step, end
                break
            used[item] = True
            shown[item] += 1
            counts[area[item]] += 1
            draw, value = uniform(own, m + step), 0
            for j in range(intercept.shape[1]):
                least = guess[item] + (1 - guess[item]) / (
                    1 + np.exp(-slope[item] * ability[person] - intercept[item, j])
                )
                value += intercept[item, j] > -np.inf and draw < least
            for q in range(len(grid)):
                posterior[q] *= chance[item, value, q]
            step += 1
        for item in range(m):
            reached[item] += met[item]


def _measured(
    pool: Pool, ability: Floats, estimate: Floats, error: Floats, length: Ints, stop: Ints, shown: Ints
) -> Simulation:
    n = len(ability)
    items = np.bincount(pool.area, shown, len(pool.share))
    cut = pool.rules.cut
    rates = [float("nan")] * 4
    if cut is not None:
        under, above, below = ability < cut, stop == Stop.ABOVE, stop == Stop.BELOW
        wrong = (under & above) | (~under & below)
        rates = [_share(above, under), _share(below, ~under), _share(wrong, above | below), 1 - _share(above | below)]
    return Simulation(
        ability=ability,
        estimate=estimate,
        error=error,
        length=length,
        stop=stop,
        exposure=shown / n,
        area_share=items / max(items.sum(), 1),
        median_length=float(np.median(length)),
        error_ratio=float(np.sqrt(((estimate - ability) ** 2).mean() / (error**2).mean())),
        false_above=rates[0],
        false_below=rates[1],
        wrong=rates[2],
        undecided=rates[3],
    )


def _share(of: Flags, among: Flags | None = None) -> float:
    """Return the share of those marked, nan among nobody."""
    of = of if among is None else of[among]
    return float(of.mean()) if len(of) else float("nan")
