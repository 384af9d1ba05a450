"""A sector's portfolio as the engine sees it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vested.engines.roadmap import Initiatives, Limits, Links, Modes, Problem
from vested.formats.sector_folder import Class, Sector

NONE = -1
_Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Whose rows the engine's are: ``initiatives`` rows of ``sector.initiatives`` (those that have modes).

    Modes are the rows of ``sector.initiative_modes``, blocks those of ``sector.blocks``. ``pools`` are ids in the order
    they are met; there are ``quarters``, counted from 1 in the files and from 0 in the engine.
    """

    initiatives: tuple[int, ...]
    pools: tuple[str, ...]
    quarters: int


def has_portfolio(sector: Sector) -> bool:
    """Whether there is anything to choose among."""
    return bool(sector.initiative_modes)


def index_of(sector: Sector) -> Index:
    """Say whose rows the engine's are."""
    planned = {row.initiative_id for row in sector.initiative_modes}
    return Index(
        initiatives=tuple(n for n, row in enumerate(sector.initiatives) if row.initiative_id in planned),
        pools=tuple(dict.fromkeys(row.pool_id for row in sector.pools)),
        quarters=max(
            max((row.quarter for row in sector.pools), default=1),
            max((row.quarter for row in sector.portfolio_budgets), default=1),
        ),
    )


def problem_of(sector: Sector, index: Index) -> Problem:
    """Turn a checked portfolio into arrays."""
    rows = [sector.initiatives[n] for n in index.initiatives]
    place = {row.initiative_id: p for p, row in enumerate(rows)}
    groups = {name: g for g, name in enumerate(dict.fromkeys(row.group for row in rows if row.group))}
    last = index.quarters - 1
    return Problem(
        initiatives=Initiatives(
            mandatory=np.array([row.mandatory for row in rows], np.bool_),
            earliest=_ints((row.earliest or 1) - 1 for row in rows),
            latest=_ints(last if row.latest is None else min(row.latest - 1, last) for row in rows),
            explore=np.array([row.class_ is Class.EXPLORE for row in rows], np.bool_),
            risk=_floats(row.risk for row in rows),
            group=_ints(groups[row.group] if row.group else NONE for row in rows),
        ),
        modes=_modes(sector, index, place),
        links=_links(sector, place),
        limits=_limits(sector, index),
    )


def _modes(sector: Sector, index: Index, place: dict[str, int]) -> Modes:
    modes, costs, people = sector.initiative_modes, sector.initiative_costs, sector.initiative_people
    at = {(row.initiative_id, row.mode): m for m, row in enumerate(modes)}
    pool = {pool_id: r for r, pool_id in enumerate(index.pools)}
    return Modes(
        initiative=_ints(place[row.initiative_id] for row in modes),
        quarters=_ints(row.quarters for row in modes),
        benefit=_floats(row.benefit for row in modes),
        cost_mode=_ints(at[row.initiative_id, row.mode] for row in costs),
        cost_quarter=_ints(row.quarter - 1 for row in costs),
        cost=_floats(row.cost for row in costs),
        people_mode=_ints(at[row.initiative_id, row.mode] for row in people),
        people_quarter=_ints(row.quarter - 1 for row in people),
        people_pool=_ints(pool[row.pool_id] for row in people),
        people=_floats(row.people for row in people),
    )


def _links(sector: Sector, place: dict[str, int]) -> Links:
    """A link to a block is every mode's, where it names none."""
    block = {row.block_id: b for b, row in enumerate(sector.blocks)}
    needs = [(place[row.initiative_id], place[row.needs]) for row in sector.initiative_links if row.needs in place]
    uses = [
        (m, block[row.needs])
        for row in sector.initiative_links
        if row.needs in block
        for m, mode in enumerate(sector.initiative_modes)
        if mode.initiative_id == row.initiative_id and row.mode in {None, mode.mode}
    ]
    supplies = [(place[one], b) for b, row in enumerate(sector.blocks) for one in row.built_by]
    return Links(
        needs=_pairs(needs),
        exists=np.array([row.exists for row in sector.blocks], np.bool_),
        uses=_pairs(dict.fromkeys(uses)),
        supplies=_pairs(dict.fromkeys(supplies)),
    )


def _limits(sector: Sector, index: Index) -> Limits:
    pool = {pool_id: r for r, pool_id in enumerate(index.pools)}
    capacity, rate = np.zeros((len(pool), index.quarters)), np.zeros(len(pool))
    for row in sector.pools:
        capacity[pool[row.pool_id], row.quarter - 1] = row.capacity
        rate[pool[row.pool_id]] = max(rate[pool[row.pool_id]], row.rate)
    budget = np.full(index.quarters, 0.0 if sector.portfolio_budgets else np.inf)
    for money in sector.portfolio_budgets:
        budget[money.quarter - 1] = money.amount
    settings = sector.settings
    return Limits(
        budget=budget,
        capacity=capacity,
        rate=rate,
        explore_least=settings.explore_least,
        explore_most=settings.explore_most,
        risk=np.inf if settings.risk_cap is None else settings.risk_cap,
        discount=settings.discount,
    )


def _ints(numbers: Iterable[int]) -> _Ints:
    return np.fromiter(numbers, dtype=np.int64)


def _floats(numbers: Iterable[float]) -> NDArray[np.float64]:
    return np.fromiter(numbers, dtype=np.float64)


def _pairs(pairs: Iterable[tuple[int, int]]) -> _Ints:
    return np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
