"""Problems written down by hand: initiatives as short rows, everything that is not said without limits."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from vested.engines.roadmap import Initiatives, Limits, Links, Modes, Problem


@dataclass(frozen=True, kw_only=True)
class Mode:
    """A mode: its ``benefit``, money for each quarter, and people for each quarter by pool."""

    benefit: float
    cost: Sequence[float] = (0.0,)
    people: dict[int, Sequence[float]] = field(default_factory=dict)
    uses: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class Initiative:
    """An initiative with its modes; None stands for the whole horizon."""

    modes: Sequence[Mode]
    mandatory: bool = False
    earliest: int = 0
    latest: int | None = None
    explore: bool = False
    risk: float = 0.0
    group: int = -1
    needs: Sequence[int] = ()
    supplies: Sequence[int] = ()


def one(benefit: float, *cost: float, **more: object) -> Initiative:
    """An initiative with one mode, which costs this much in each of its quarters."""
    return Initiative(modes=[Mode(benefit=benefit, cost=cost or (0.0,))], **more)  # type: ignore[arg-type]  # by name


def problem_of(
    *initiatives: Initiative,
    quarters: int = 3,
    budget: Sequence[float] | None = None,
    capacity: Sequence[Sequence[float]] = (),
    rate: Sequence[float] | None = None,
    exists: Sequence[bool] = (),
    explore: tuple[float, float] = (0.0, 1.0),
    risk: float = np.inf,
    discount: float = 0.5,
) -> Problem:
    """Put rows into arrays."""
    modes = [(p, mode) for p, initiative in enumerate(initiatives) for mode in initiative.modes]
    costs = [(m, q, cost) for m, (_, mode) in enumerate(modes) for q, cost in enumerate(mode.cost)]
    people = [
        (m, q, pool, amount)
        for m, (_, mode) in enumerate(modes)
        for pool, amounts in mode.people.items()
        for q, amount in enumerate(amounts)
    ]
    latest = [quarters - 1 if row.latest is None else row.latest for row in initiatives]

    def ints(rows: Sequence[int]) -> np.ndarray:
        return np.array(rows, dtype=np.int64)

    def floats(rows: Sequence[float]) -> np.ndarray:
        return np.array(rows, dtype=np.float64)

    def pairs(rows: Sequence[tuple[int, int]]) -> np.ndarray:
        return np.array(rows, dtype=np.int64).reshape(-1, 2)

    return Problem(
        initiatives=Initiatives(
            mandatory=np.array([row.mandatory for row in initiatives], dtype=np.bool_),
            earliest=ints([row.earliest for row in initiatives]),
            latest=ints(latest),
            explore=np.array([row.explore for row in initiatives], dtype=np.bool_),
            risk=floats([row.risk for row in initiatives]),
            group=ints([row.group for row in initiatives]),
        ),
        modes=Modes(
            initiative=ints([p for p, _ in modes]),
            quarters=ints([max(len(mode.cost), *map(len, mode.people.values()), 1) for _, mode in modes]),
            benefit=floats([mode.benefit for _, mode in modes]),
            cost_mode=ints([row[0] for row in costs]),
            cost_quarter=ints([row[1] for row in costs]),
            cost=floats([row[2] for row in costs]),
            people_mode=ints([row[0] for row in people]),
            people_quarter=ints([row[1] for row in people]),
            people_pool=ints([row[2] for row in people]),
            people=floats([row[3] for row in people]),
        ),
        links=Links(
            needs=pairs([(p, q) for p, row in enumerate(initiatives) for q in row.needs]),
            exists=np.array(exists, dtype=np.bool_),
            uses=pairs([(m, b) for m, (_, mode) in enumerate(modes) for b in mode.uses]),
            supplies=pairs([(p, b) for p, row in enumerate(initiatives) for b in row.supplies]),
        ),
        limits=Limits(
            budget=floats(budget) if budget is not None else np.full(quarters, np.inf),
            capacity=floats([people for row in capacity for people in row]).reshape(-1, quarters),
            rate=floats(rate if rate is not None else [10.0] * len(capacity)),
            explore_least=explore[0],
            explore_most=explore[1],
            risk=risk,
            discount=discount,
        ),
    )
