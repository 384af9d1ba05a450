"""The compact program that peers are given, written down from the problem alone."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vested.engines.roadmap import Problem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Add = Callable[[dict[int, float], float, float], None]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Model:
    """Maximise ``value`` x, each x 0 or 1; rows are lists of columns, of their coefficients, and a range.

    Column j starts initiative ``initiative[j]`` in ``mode[j]`` in quarter ``start[j]``.
    """

    initiative: Ints
    mode: Ints
    start: Ints
    value: Floats
    rows: list[tuple[list[int], list[float], float, float]]


def compact_model(problem: Problem) -> Model:
    """Write a problem down, row by row."""
    initiatives, modes, links, limits = problem.initiatives, problem.modes, problem.links, problem.limits
    horizon = len(limits.budget)
    columns = [
        (p, mode, at)
        for mode, p in enumerate(modes.initiative.tolist())
        for at in range(
            max(0, int(initiatives.earliest[p])),
            min(int(initiatives.latest[p]), horizon - int(modes.quarters[mode])) + 1,
        )
    ]
    finish = [at + int(modes.quarters[mode]) for _, mode, at in columns]
    of_initiative: list[list[int]] = [[] for _ in initiatives.mandatory]
    for j, (p, _, _) in enumerate(columns):
        of_initiative[p].append(j)
    rows: list[tuple[list[int], list[float], float, float]] = []

    def add(terms: dict[int, float], low: float, high: float) -> None:
        if terms or low > 0:
            rows.append((list(terms), list(terms.values()), low, high))

    for p, mine in enumerate(of_initiative):
        add(dict.fromkeys(mine, 1.0), float(initiatives.mandatory[p]), 1.0)
    for group in np.unique(initiatives.group[initiatives.group >= 0]):
        members = np.flatnonzero(initiatives.group == group)
        add({j: 1.0 for p in members for j in of_initiative[p]}, -np.inf, 1.0)
    _add_uses(problem, columns, add)
    total = np.bincount(modes.cost_mode, modes.cost, minlength=len(modes.initiative))
    add({j: float(initiatives.risk[p]) for j, (p, _, _) in enumerate(columns)}, -np.inf, limits.risk)
    for share, low, high in ((limits.explore_least, 0.0, np.inf), (limits.explore_most, -np.inf, 0.0)):
        terms = {j: float(total[m] * (float(initiatives.explore[p]) - share)) for j, (p, m, _) in enumerate(columns)}
        add({j: weight for j, weight in terms.items() if weight}, low, high)
    waits: list[tuple[int, int | None, set[int]]] = [(p, None, {q}) for p, q in links.needs.tolist()]
    for mode, block in links.uses.tolist():
        if not links.exists[block]:
            suppliers = set(links.supplies[links.supplies[:, 1] == block, 0].tolist())
            waits.append((int(modes.initiative[mode]), mode, suppliers))
    for who, only, suppliers in waits:
        waiting = [j for j in of_initiative[who] if only is None or columns[j][1] == only]
        supplying = [j for q in suppliers for j in of_initiative[q]]
        for quarter in range(horizon):
            terms = {j: 1.0 for j in waiting if columns[j][2] <= quarter}
            if any(columns[j][2] == quarter for j in waiting):
                for j in supplying:
                    if finish[j] <= quarter:
                        terms[j] = terms.get(j, 0.0) - 1.0
                add(terms, -np.inf, 0.0)
    return Model(
        initiative=np.array([p for p, _, _ in columns], dtype=np.int64),
        mode=np.array([mode for _, mode, _ in columns], dtype=np.int64),
        start=np.array([at for _, _, at in columns], dtype=np.int64),
        value=np.array(
            [modes.benefit[m] * limits.discount**end for (_, m, _), end in zip(columns, finish, strict=True)]
        ),
        rows=rows,
    )


def _add_uses(problem: Problem, columns: list[tuple[int, int, int]], add: Add) -> None:
    """Add the rows of money and of people."""
    modes, limits = problem.modes, problem.limits
    horizon = len(limits.budget)
    uses: dict[tuple[int, int], dict[int, float]] = {}
    money: list[list[tuple[int, float]]] = [[] for _ in modes.initiative]
    people: list[list[tuple[int, int, float]]] = [[] for _ in modes.initiative]
    for mode, quarter, cost in zip(modes.cost_mode, modes.cost_quarter, modes.cost, strict=True):
        money[mode].append((int(quarter), float(cost)))
    for mode, quarter, pool, amount in zip(
        modes.people_mode, modes.people_quarter, modes.people_pool, modes.people, strict=True
    ):
        people[mode].append((int(quarter), int(pool), float(amount)))
    for j, (_, mode, at) in enumerate(columns):
        for quarter, cost in money[mode]:
            terms = uses.setdefault((-1, at + quarter), {})
            terms[j] = terms.get(j, 0.0) + cost
        for quarter, pool, amount in people[mode]:
            terms = uses.setdefault((pool, at + quarter), {})
            terms[j] = terms.get(j, 0.0) + amount
    for pool in range(-1, len(limits.rate)):
        for quarter in range(horizon):
            limit = limits.budget[quarter] if pool < 0 else limits.capacity[pool, quarter]
            if np.isfinite(limit):
                add(uses.get((pool, quarter), {}), -np.inf, float(limit))
