"""Made-up problems to try the engine on, in two families."""

import numpy as np

from vested.engines.roadmap._nouns import Floats, Initiatives, Ints, Limits, Links, Modes, Problem

FAMILIES = ("realistic", "tight")
REUSE, PILOT, ROLLOUT = 0, 1, 2
_MODES = 3


def make_problem(*, initiatives: int, family: str = "realistic", quarters: int = 12, seed: int = 0) -> Problem:
    """Make a problem up.

    Each initiative can reuse a block, be piloted and then scaled, or be rolled out. ``realistic``: it takes 0.2 to 6
    people of one to three of six pools, and a limit lets 50 to 70 % of what is asked for in. ``tight``: one to three
    initiatives fill a pool. Three in ten need one or two others, one in ten is mandatory; those always fit. Raises
    ValueError for a family there is not.
    """
    if family not in FAMILIES:
        raise ValueError(f"there is no family {family}; there are {', '.join(FAMILIES)}")
    rng = np.random.default_rng((seed, initiatives, FAMILIES.index(family)))
    tight = family == "tight"
    pools = max(3, initiatives // 10) if tight else 6
    modes, total = _modes(rng, initiatives, pools, tight=tight)
    links = _links(rng, initiatives)
    fit = rng.uniform(0.5, 0.7)
    capacity = _capacity(rng, modes, pools, quarters, fit, tight=tight)
    money = fit * total.sum() / quarters
    risk = np.round(rng.gamma(2.0, 1.0, initiatives), 1)
    risk_cap = float(np.round(0.6 * risk.sum(), 1))
    late = rng.random(initiatives) < 0.3
    group = np.full(initiatives, -1)
    paired = rng.choice(initiatives, 2 * (initiatives // 20), replace=False)
    group[paired] = np.arange(len(paired)) // 2
    wished = rng.random(initiatives) < 0.1
    limits = Limits(
        budget=np.round(money * rng.uniform(0.9, 1.1, quarters)),
        capacity=capacity,
        rate=np.round(rng.uniform(20.0, 40.0, pools)),
        explore_least=0.1,
        explore_most=0.5,
        risk=risk_cap,
        discount=0.98,
    )
    mandatory = _fitting(wished, group, risk, modes, links, limits)
    return Problem(
        initiatives=Initiatives(
            mandatory=mandatory,
            earliest=np.where(late & ~mandatory, rng.integers(1, 5, initiatives), 0),
            latest=np.full(initiatives, quarters - 1),
            explore=rng.random(initiatives) < 0.3,
            risk=risk,
            group=group,
        ),
        modes=modes,
        links=links,
        limits=limits,
    )


def _modes(rng: np.random.Generator, count: int, pools: int, *, tight: bool) -> tuple[Modes, Floats]:
    """Three modes each, and what a roll-out costs."""
    total = np.exp(rng.normal(6.0, 0.8, count))  # thousands
    length = rng.integers(2, 5, count) if tight else rng.integers(2, 9, count)
    benefit = total * np.exp(rng.normal(0.3, 0.5, count))
    costs: list[tuple[int, int, float]] = []
    people: list[tuple[int, int, int, float]] = []
    quarters, worth = [], []
    for p in range(count):
        used = rng.choice(pools, rng.integers(1, 3 if tight else 4), replace=False).tolist()
        each = [float(rng.uniform(3.0, 9.0) if tight else np.exp(rng.uniform(np.log(0.2), np.log(6.0)))) for _ in used]
        for kind, longer, share, of_people in ((REUSE, -1, 0.7, 0.6), (PILOT, 1, 0.9, 1.0), (ROLLOUT, 0, 1.0, 1.0)):
            mode, d = p * _MODES + kind, max(2, int(length[p]) + longer)
            quarters.append(d)
            worth.append(round(float(benefit[p]) * share * float(rng.uniform(0.9, 1.1)), 1))
            small = [0.4] * (d // 2) + [1.2] * (d - d // 2) if kind == PILOT else [1.0] * d
            cost = float(total[p]) * (0.5 if kind == REUSE else 1.0) / d
            costs += [(mode, q, max(1.0, float(round(cost * weight)))) for q, weight in enumerate(small)]
            people += [
                (mode, q, pool, max(0.1, round(amount * of_people * weight, 1)))
                for pool, amount in zip(used, each, strict=True)
                for q, weight in enumerate(small)
            ]
    return Modes(
        initiative=np.repeat(np.arange(count), _MODES),
        quarters=np.array(quarters, dtype=np.int64),
        benefit=np.array(worth),
        cost_mode=np.array([row[0] for row in costs], dtype=np.int64),
        cost_quarter=np.array([row[1] for row in costs], dtype=np.int64),
        cost=np.array([row[2] for row in costs]),
        people_mode=np.array([row[0] for row in people], dtype=np.int64),
        people_quarter=np.array([row[1] for row in people], dtype=np.int64),
        people_pool=np.array([row[2] for row in people], dtype=np.int64),
        people=np.array([row[3] for row in people]),
    ), total


def _links(rng: np.random.Generator, count: int) -> Links:
    """Needs only point to initiatives before; each reuse builds on one block, which others may supply."""
    needs = [
        (p, q)
        for p in range(2, count)
        if rng.random() < 0.3
        for q in rng.choice(p, min(p, int(rng.integers(1, 3))), replace=False).tolist()
    ]
    blocks = max(2, count // 10)
    exists = rng.random(blocks) < 0.4
    supplies = [
        (q, b)
        for b in np.flatnonzero(~exists).tolist()
        for q in rng.choice(count, int(rng.integers(1, 3)), replace=False).tolist()
    ]
    return Links(
        needs=_pairs(needs),
        exists=exists,
        uses=_pairs([(p * _MODES + REUSE, int(rng.integers(blocks))) for p in range(count)]),
        supplies=_pairs(supplies),
    )


def _pairs(rows: list[tuple[int, int]]) -> Ints:
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _capacity(rng: np.random.Generator, modes: Modes, pools: int, quarters: int, fit: float, *, tight: bool) -> Floats:
    """People of each pool in each quarter: enough for a share of all roll-outs, or for one to three initiatives."""
    if tight:
        return np.repeat(rng.integers(9, 15, (pools, 1)).astype(np.float64), quarters, axis=1)
    rolled = modes.people_mode % _MODES == ROLLOUT
    asked = np.bincount(modes.people_pool[rolled], modes.people[rolled], minlength=pools)
    whole = np.round(fit * asked[:, None] / quarters * rng.uniform(0.95, 1.05, (pools, quarters)), 1)
    return np.maximum(whole, 6.0)


def _fitting(wished: np.ndarray, group: Ints, risk: Floats, modes: Modes, links: Links, limits: Limits) -> np.ndarray:
    """Those of the initiatives wished for that fit together, rolled out as early as they can, half of all used."""
    money, room = limits.budget / 2, limits.capacity.copy()
    mandatory = np.zeros(len(wished), np.bool_)
    waiting = set(links.needs[:, 0].tolist())
    for p in np.flatnonzero(wished).tolist():
        mode = p * _MODES + ROLLOUT
        length = int(modes.quarters[mode])
        mine, ours = modes.cost_mode == mode, modes.people_mode == mode
        grouped = group[p] >= 0 and bool((mandatory & (group == group[p])).any())
        if p in waiting or grouped or risk[mandatory].sum() + risk[p] > limits.risk / 2:
            continue
        for start in range(len(money) - length + 1):
            paid = np.zeros(len(money))
            np.add.at(paid, modes.cost_quarter[mine] + start, modes.cost[mine])
            busy = np.zeros(room.shape)
            np.add.at(busy, (modes.people_pool[ours], modes.people_quarter[ours] + start), modes.people[ours])
            if (paid <= money).all() and (busy <= room).all():
                money, room = money - paid, room - busy
                mandatory[p] = True
                break
    return mandatory
