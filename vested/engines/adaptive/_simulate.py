"""What sittings would do: simulated ones, and the chances of showing that keep items from being seen by too many."""

from dataclasses import replace

import numba
import numpy as np

from vested.engines.adaptive._checks import InvalidBank
from vested.engines.adaptive._nouns import Flags, Floats, Ints, Pool, Simulation, Stop
from vested.engines.adaptive._sittings import Ints32, choose, limits_of


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
    estimate, error, length, stop, shown = _sit(pool, ability, np.random.default_rng([seed, 1]))
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
    trial, reached = pool, np.zeros(len(pool.area))
    for number in range(rounds):
        draw = np.random.default_rng([seed, 2, number])
        *_, stop, shown = _sit(trial, mean + spread * draw.normal(size=sittings), draw)
        if shown.max() <= (limit - 2 * deviation) * sittings and not (stop == Stop.EMPTY).any():
            return trial
        # An item was come to as often as it was shown, over its chance; later rounds are averaged, or they swing.
        reached += (1.0 if number < 5 else 0.3) * (shown / trial.showing - reached)
        trial = replace(pool, showing=np.minimum(1.0, aim * sittings / np.maximum(reached, 1)))
    raise InvalidBank(
        f"limit {limit} was not kept after {rounds} rounds (one item is still shown to {shown.max() / sittings:.0%}): "
        "allow more, add items to the areas, or ask for shorter sittings"
    )


def _sit(pool: Pool, ability: Floats, draw: np.random.Generator) -> tuple[Floats, Floats, Ints, Ints, Ints]:
    """Return estimates, errors, lengths and ``Stop`` of sittings (n,), and how often items were shown (m,)."""
    found: tuple[Floats, Floats, Ints, Ints, Ints] = _sit_all(
        pool.grid, pool.above, pool.order, pool.share, limits_of(pool.rules), pool.prior, pool.chance, pool.area,
        pool.showing, pool.bank.slope, pool.bank.intercept, pool.bank.guess, ability, draw,
    )  # fmt: skip
    return found


@numba.njit(cache=True)
def _sit_all(
    grid: Floats, above: Floats, order: Ints32, share: Floats, limits: tuple[float, float, int, int], prior: Floats,
    chance: Floats, area: Ints, showing: Floats, slope: Floats, intercept: Floats, guess: Floats, ability: Floats,
    draw: np.random.Generator,
) -> tuple[Floats, Floats, Ints, Ints, Ints]:  # fmt: skip
    n, m = len(ability), len(area)
    estimate, error = np.empty(n), np.empty(n)
    length, stop, shown = np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(m, np.int64)
    for person in range(n):
        used, rests = np.zeros(m, np.bool_), draw.random(m) >= showing
        counts, posterior = np.zeros(len(share), np.int64), prior.copy()
        while stop[person] == 0:
            waits = draw.standard_exponential(len(share))
            item, stop[person], estimate[person], error[person], _, _, _ = choose(
                posterior, counts, used, rests, waits, grid, above, order, share, limits
            )
            if item >= 0:
                used[item] = True
                shown[item] += 1
                counts[area[item]] += 1
                luck, value = draw.random(), 0
                for j in range(intercept.shape[1]):
                    curve = 1 / (1 + np.exp(-slope[item] * ability[person] - intercept[item, j]))
                    value += intercept[item, j] > -np.inf and luck < guess[item] + (1 - guess[item]) * curve
                posterior *= chance[item, value]
        length[person] = counts.sum()
    return estimate, error, length, stop, shown
