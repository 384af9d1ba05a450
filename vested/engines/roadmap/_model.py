"""A problem as columns, one for each way an initiative may start, and the rows that they share."""

from dataclasses import dataclass

import numpy as np

from vested.engines.roadmap._nouns import Flags, Floats, Ints, Problem, Row

LOOSE = 1e-9  # share of a limit that rounding may exceed it by


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Model:
    """``c`` columns sorted by initiative, mode and start; those of initiative p are ``of[p]:of[p + 1]``.

    ``initiative``, ``mode``, ``start``, ``finish`` (the first quarter it is live in), ``value`` (c,). Shared rows (r,):
    ``kind``, ``pool`` (-1 none), ``quarter`` (-1 none), ``limit``; column j uses ``amount`` of the rows ``row`` at
    ``use_of[j]:use_of[j + 1]``. A column waits for things, ``thing`` at ``wait_of[j]:wait_of[j + 1]``; a thing is
    there when one of the initiatives ``supplier`` at ``thing_of[k]:thing_of[k + 1]`` is finished.
    """

    mandatory: Flags
    group: Ints
    of: Ints
    initiative: Ints
    mode: Ints
    start: Ints
    finish: Ints
    value: Floats
    kind: Ints
    pool: Ints
    quarter: Ints
    limit: Floats
    use_of: Ints
    row: Ints
    amount: Floats
    wait_of: Ints
    thing: Ints
    thing_of: Ints
    supplier: Ints


def model_of(problem: Problem, *, every: bool = False) -> Model:
    """Write a problem down; columns that exceed a limit by themselves are left out, unless ``every`` is asked for."""
    initiatives, modes, limits = problem.initiatives, problem.modes, problem.limits
    quarters, count = len(limits.budget), len(initiatives.mandatory)
    thing_of, supplier, waits = _things(problem)
    first = np.maximum(initiatives.earliest, 0)
    last = np.minimum(initiatives.latest, quarters - 1)
    mode_first, mode_last = first[modes.initiative], np.minimum(last[modes.initiative], quarters - modes.quarters)
    mode_first = _reachable(problem, thing_of, supplier, waits, mode_first, mode_last)
    order = np.argsort(modes.initiative, kind="stable")
    size = np.maximum(mode_last - mode_first + 1, 0)[order]
    mode = np.repeat(order, size)
    start = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size) + mode_first[mode]
    column, row, amount, limit, kind, pool, quarter = _uses(problem, mode, start)
    # What exceeds a limit by itself can be in no plan: no other column makes room in these rows.
    solid = kind[row] < Row.EXPLORE_LEAST
    keep = np.ones(len(mode), np.bool_)
    keep[column[solid & (amount > limit[row] * (1 + LOOSE))]] = every
    kept = keep[column]
    mode, start = mode[keep], start[keep]
    column, row, amount = (np.cumsum(keep) - 1)[column[kept]], row[kept], amount[kept]
    finish = start + modes.quarters[mode]
    wait = [waits[m] for m in mode.tolist()]
    return Model(
        mandatory=initiatives.mandatory,
        group=initiatives.group,
        of=starts(modes.initiative[mode], count),
        initiative=modes.initiative[mode],
        mode=mode,
        start=start,
        finish=finish,
        value=modes.benefit[mode] * limits.discount**finish,
        kind=kind,
        pool=pool,
        quarter=quarter,
        limit=limit,
        use_of=starts(column, len(mode)),
        row=row,
        amount=amount,
        wait_of=np.concatenate(([0], np.cumsum([len(things) for things in wait]))).astype(np.int64),
        thing=np.array([thing for things in wait for thing in things], dtype=np.int64),
        thing_of=thing_of,
        supplier=supplier,
    )


def starts(key: Ints, size: int) -> Ints:
    """Where each key begins in a sorted list of keys."""
    return np.concatenate(([0], np.cumsum(np.bincount(key, minlength=size)))).astype(np.int64)


def _things(problem: Problem) -> tuple[Ints, Ints, list[list[int]]]:
    """What is waited for, by whom it is supplied, and for what each mode waits."""
    links, modes = problem.links, problem.modes
    needed = np.unique(links.needs[:, 1])
    used = np.unique(links.uses[~links.exists[links.uses[:, 1]], 1])
    suppliers = [[int(q)] for q in needed] + [
        np.unique(links.supplies[links.supplies[:, 1] == block, 0]).tolist() for block in used
    ]
    waits: list[list[int]] = [[] for _ in modes.initiative]
    for first, second in np.unique(links.needs, axis=0).tolist():
        for mode in np.flatnonzero(modes.initiative == first).tolist():
            waits[mode].append(int(np.searchsorted(needed, second)))
    for mode, block in np.unique(links.uses, axis=0).tolist():
        if not links.exists[block]:
            waits[mode].append(len(needed) + int(np.searchsorted(used, block)))
    of = np.concatenate(([0], np.cumsum([len(who) for who in suppliers]))).astype(np.int64)
    return of, np.array([q for who in suppliers for q in who], dtype=np.int64), waits


def _reachable(
    problem: Problem, thing_of: Ints, supplier: Ints, waits: list[list[int]], first: Ints, last: Ints
) -> Ints:
    """The first quarter each mode can start in, when what it waits for comes as early as it can."""
    modes, quarters = problem.modes, len(problem.limits.budget)
    never = quarters + 1
    # Quarters only move later, one pass for each link of the longest chain.
    while True:
        begins = np.where(first <= last, first, never)
        live = np.full(len(problem.initiatives.mandatory), never)
        np.minimum.at(live, modes.initiative, np.minimum(begins + modes.quarters, never))
        there = [live[supplier[thing_of[k] : thing_of[k + 1]]].min(initial=never) for k in range(len(thing_of) - 1)]
        waited = np.array([max((there[k] for k in things), default=0) for things in waits], dtype=np.int64)
        later = np.maximum(first, waited)
        if np.array_equal(later, first):
            return first
        first = later


def _uses(problem: Problem, mode: Ints, start: Ints) -> tuple[Ints, Ints, Floats, Floats, Ints, Ints, Ints]:
    """Amounts of the shared rows by column, and the rows' limits, kinds, pools and quarters."""
    modes, limits = problem.modes, problem.limits
    quarters, pools = len(limits.budget), len(limits.rate)
    rows = quarters * (1 + pools) + 3
    limit = np.concatenate((limits.budget, limits.capacity.reshape(-1), [limits.risk, 0.0, 0.0]))
    kind = np.repeat([Row.BUDGET, Row.POOL, *list(Row)[2:]], [quarters, quarters * pools, 1, 1, 1]).astype(np.int64)
    pool = np.concatenate((np.full(quarters, -1), np.repeat(np.arange(pools), quarters), np.full(3, -1)))
    quarter = np.concatenate((np.tile(np.arange(quarters), 1 + pools), np.full(3, -1)))
    total = np.bincount(modes.cost_mode, modes.cost, minlength=len(modes.initiative))
    explore = problem.initiatives.explore[modes.initiative]
    column, row, amount = [], [], []

    def add(of: Ints, at: Ints, what: Floats) -> None:
        used = np.isfinite(limit[at]) & (what != 0)
        column.append(of[used])
        row.append(at[used])
        amount.append(what[used])

    by_mode = [np.flatnonzero(mode == m) for m in range(len(modes.initiative))]
    for whose, offset, base, what in (
        (modes.cost_mode, modes.cost_quarter, np.zeros(len(modes.cost), np.int64), modes.cost),
        (modes.people_mode, modes.people_quarter, (1 + modes.people_pool) * quarters, modes.people),
    ):
        size = np.array([len(by_mode[m]) for m in whose.tolist()], dtype=np.int64)
        of = np.concatenate([by_mode[m] for m in whose.tolist()]) if len(whose) else np.zeros(0, np.int64)
        add(of, start[of] + np.repeat(offset + base, size), np.repeat(what, size))
    every = np.arange(len(mode))
    add(every, np.full(len(mode), rows - 3), problem.initiatives.risk[modes.initiative[mode]])
    if limits.explore_least > 0:
        add(every, np.full(len(mode), rows - 2), (total * (limits.explore_least - explore))[mode])
    if limits.explore_most < 1:
        add(every, np.full(len(mode), rows - 1), (total * (explore - limits.explore_most))[mode])
    columns, ats, amounts = np.concatenate(column), np.concatenate(row), np.concatenate(amount)
    key, where = np.unique(columns * rows + ats, return_inverse=True)
    return (
        key // rows,
        key % rows,
        np.bincount(where, amounts, minlength=len(key)).astype(np.float64),
        limit,
        kind,
        pool,
        quarter,
    )
