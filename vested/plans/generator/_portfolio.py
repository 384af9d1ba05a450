"""A portfolio to choose from: twice as many initiatives, with modes, people, links, blocks, and too little money.

Over 12 quarters. Each initiative can be rolled out in 2 to 6 quarters for a log-normal cost (median 400,000, sigma
0.7), spread evenly; 60 % can be piloted first, a quarter longer for 90 % of the cost and benefit, little at first; 40 %
can reuse a block, a quarter shorter for half the cost and 70 % of the benefit. Benefits are 1.65 times the cost in the
median (sigma 0.5). A roll-out takes 0.5 to 6 people (evenly in logarithms) of one to three of six pools, a reuse 60 %
of them. Three in ten explore. Three in ten wait for one initiative that waits for none; a quarter of all may start
only from quarter 2 to 5 on; of three pairs only one may start. Of the blocks, one for every eight initiatives, half are
there and the others are built by one or two initiatives. One in fifteen is mandatory: one that exploits and waits for
nothing.

Pools hold 60 %, and the money of a quarter 55 %, of what all roll-outs would need spread evenly, give or take a tenth;
both are raised where what is mandatory would not fit when it starts at its earliest. risk_cap is 60 % of all risks, and
10 to 40 % of the costs go to what explores (among fewer than 30 initiatives, up to 40 %).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vested.formats.sector_folder import (
    Block,
    Class,
    Initiative,
    InitiativeCost,
    InitiativeLink,
    InitiativeMode,
    InitiativePeople,
    InitiativeSkill,
    Objective,
    Pool,
    PortfolioBudget,
    Sector,
    Way,
)
from vested.plans.generator._frame import Random
from vested.plans.generator._words import BLOCKS, OBJECTIVES, POOLS

QUARTERS = 12
FEWEST = 30  # initiatives, for a least share of those that explore: among few, none may fit beside what is mandatory
_SHAPES = {Way.ROLL_OUT: (0, 1.0, 1.0, 1.0), Way.PILOT: (1, 0.9, 0.9, 1.0), Way.REUSE: (-1, 0.5, 0.7, 0.6)}
"""Of each mode: quarters more, and the shares of cost, benefit and people that it has of a roll-out's."""


@dataclass(slots=True)
class _Load:
    """What is asked for: money by quarter, and people by pool and quarter."""

    money: "np.ndarray"
    people: "np.ndarray"


def with_portfolio(random: Random, sector: Sector) -> Sector:
    """Give a sector's initiatives what a roadmap is computed from; needs count from their starts then."""
    count = len(sector.initiatives)
    rows = _initiatives(random, sector)
    must = _Load(np.zeros(QUARTERS), np.zeros((len(POOLS), QUARTERS)))
    every = _Load(np.zeros(1), np.zeros((len(POOLS), 1)))
    modes: list[InitiativeMode] = []
    costs: list[InitiativeCost] = []
    people: list[InitiativePeople] = []
    for row in rows:
        size, long = float(random.lognormal(np.log(400_000), 0.7)), int(random.integers(2, 7))
        worth = size * float(random.lognormal(0.5, 0.5))
        pools = sorted(random.choice(len(POOLS), int(random.integers(1, 4)), replace=False).tolist())
        taken = {pool: float(np.exp(random.uniform(np.log(0.5), np.log(6.0)))) for pool in pools}
        some = {Way.ROLL_OUT: True, Way.PILOT: random.random() < 0.6, Way.REUSE: random.random() < 0.4}
        for way in (way for way in Way if some[way]):
            longer, cost, benefit, share = _SHAPES[way]
            quarters = max(2, long + longer)
            modes.append(InitiativeMode(row.initiative_id, way, quarters, _thousands(worth * benefit)))
            for quarter, part in enumerate(_spread(quarters, slow=way is Way.PILOT), start=1):
                paid = _thousands(size * cost * part)
                costs.append(InitiativeCost(row.initiative_id, way, quarter, paid))
                busy = {pool: max(0.1, round(each * share * part * quarters, 1)) for pool, each in taken.items()}
                people += [InitiativePeople(row.initiative_id, way, quarter, POOLS[p][0], n) for p, n in busy.items()]
                if way is Way.ROLL_OUT:
                    _add(every, 0, paid, busy)
                if way is Way.ROLL_OUT and row.mandatory:
                    _add(must, (row.earliest or 1) + quarter - 2, paid, busy)
    links, blocks = _links(random, rows, modes)
    budget, capacity, rate = _limits(random, every, must)
    risk, must_risk = sum(row.risk for row in rows), sum(row.risk for row in rows if row.mandatory)
    return replace(
        sector,
        settings=replace(
            sector.settings,
            explore_least=0.1 if count >= FEWEST else 0.0,
            explore_most=0.4,
            risk_cap=round(max(0.6 * risk, 1.2 * must_risk), 1),
        ),
        initiatives=rows,
        initiative_skills=tuple(_from_start(need) for need in sector.initiative_skills),
        objectives=tuple(Objective(f"O{n}", title) for n, title in enumerate(OBJECTIVES[: max(1, count)], start=1)),
        initiative_modes=tuple(modes),
        initiative_costs=tuple(costs),
        initiative_people=tuple(people),
        initiative_links=links,
        blocks=blocks,
        pools=tuple(
            Pool(pool_id, q + 1, float(capacity[r, q]), name, float(rate[r]))
            for r, (pool_id, name) in enumerate(POOLS)
            for q in range(QUARTERS)
        ),
        portfolio_budgets=tuple(PortfolioBudget(q + 1, float(budget[q])) for q in range(QUARTERS)),
    )


def _initiatives(random: Random, sector: Sector) -> tuple[Initiative, ...]:
    """Draw what initiatives are; the first ones of a group or link come later."""
    rows = sector.initiatives
    bodies = [unit.unit_id for unit in sector.units if unit.kind in {"ministry", "agency"}]
    explore = random.random(len(rows)) < 0.3
    late = random.random(len(rows)) < 0.25
    pairs = random.permutation(len(rows))[: 2 * min(3, len(rows) // 6)].tolist()
    group = {n: f"G{place // 2 + 1}" for place, n in enumerate(pairs)}
    free = [n for n in range(len(rows)) if not explore[n] and n not in group]
    must = set(random.permutation(free)[: max(1, len(rows) // 15)].tolist())
    return tuple(
        replace(
            row,
            unit_id=bodies[int(random.integers(len(bodies)))],
            objective_id=f"O{random.integers(1, min(len(OBJECTIVES), max(1, len(rows))) + 1)}",
            class_=Class.EXPLORE if explore[n] else Class.EXPLOIT,
            mandatory=n in must,
            earliest=int(random.integers(2, 6)) if late[n] else None,
            risk=round(float(random.gamma(2.0, 1.0)), 1),
            group=group.get(n, ""),
        )
        for n, row in enumerate(rows)
    )


def _links(
    random: Random, rows: Sequence[Initiative], modes: Sequence[InitiativeMode]
) -> tuple[tuple[InitiativeLink, ...], tuple[Block, ...]]:
    """Draw who waits for whom, who reuses which block, and who builds those that are not there."""
    links: list[InitiativeLink] = []
    for n, row in enumerate(rows):
        waiting = {link.initiative_id for link in links}
        before = [other.initiative_id for other in rows[:n] if other.initiative_id not in waiting]
        if before and random.random() < 0.3 and not row.mandatory:
            links.append(InitiativeLink(row.initiative_id, before[int(random.integers(len(before)))]))
    blocks = []
    for n, name in enumerate(BLOCKS[: max(2, len(rows) // 8)]):
        builders = random.permutation(len(rows))[: int(random.integers(1, 3))].tolist()
        built_by = tuple(rows[place].initiative_id for place in sorted(builders))
        blocks.append(Block(f"B{n + 1}", name, exists=n % 2 == 0, built_by=() if n % 2 == 0 else built_by))
    for mode in modes:
        if mode.mode is Way.REUSE:
            block = blocks[int(random.integers(len(blocks)))]
            links.append(InitiativeLink(mode.initiative_id, block.block_id, Way.REUSE))
    return tuple(links), tuple(blocks)


def _limits(random: Random, every: _Load, must: _Load) -> "tuple[np.ndarray, np.ndarray, np.ndarray]":
    """Money by quarter, people by pool and quarter, and what one more costs."""
    budget = 0.55 * every.money[0] / QUARTERS * random.uniform(0.9, 1.1, QUARTERS)
    capacity = 0.6 * every.people / QUARTERS * random.uniform(0.9, 1.1, (len(POOLS), QUARTERS))
    rate = np.round(random.uniform(18_000, 32_000, len(POOLS)), -3)
    return (
        np.ceil(np.maximum(budget, 1.1 * must.money) / 1000) * 1000,
        np.ceil(np.maximum(capacity, 1.1 * must.people)),
        rate,
    )


def _add(load: _Load, quarter: int, paid: float, busy: dict[int, float]) -> None:
    load.money[quarter] += paid
    for pool, people in busy.items():
        load.people[pool, quarter] += people


def _spread(quarters: int, *, slow: bool) -> list[float]:
    """The share of each quarter: even, or little in the first half."""
    weights = [0.5] * (quarters // 2) + [1.5] * (quarters - quarters // 2) if slow else [1.0] * quarters
    return [weight / sum(weights) for weight in weights]


def _from_start(need: InitiativeSkill) -> InitiativeSkill:
    """A need by a quarter of the year becomes one by a quarter of the initiative's own time, the one before."""
    return replace(need, by_period=max(1, need.by_period - 1))


def _thousands(amount: float) -> float:
    return float(max(1000, round(amount / 1000) * 1000))
