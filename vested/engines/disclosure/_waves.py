"""The same table at a later date: what was shown before stays known, and a difference is a figure too."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from vested.engines.disclosure._checks import InvalidTable
from vested.engines.disclosure._nouns import Demands, Flags, Floats, Progress, Protection, Table, Why
from vested.engines.disclosure._protect import protect
from vested.engines.disclosure._rules import joined


def protect_next(
    later: Table,
    demands: Demands,
    *,
    before: Sequence[tuple[Table, Flags]],
    minimum: int,
    changed: Sequence[Floats] | None = None,
    gap: float = 0.0,
    stop: Callable[[Progress], bool] | None = None,
) -> Protection:
    """Protect a table given what was shown of it ``before``: the same groups, with what was hidden (g,), date by date.

    ``changed`` (n,) for each earlier date: how many people came to or left a group since; where not given, by how many
    its number changed. A group that was shown then, and that 1 to ``minimum`` - 1 people came to or left, is hidden
    now: who knows who they are could read their levels off the difference. The difference has to stay uncertain by one
    person, also from what is shown of all other groups at all dates.
    """
    n, dates = len(later.value), len(before)
    groups = int(later.group.max(initial=-1)) + 1
    tables = [table for table, _ in before]
    if any(len(table.value) != n or (table.group != later.group).any() for table in tables):
        msg = "before holds a table of other groups than the later one"
        raise InvalidTable(msg)
    if changed is None:
        changed = [np.abs(later.value - table.value) for table in tables]
    differences = [
        replace(
            table,
            value=later.value - table.value,
            row=np.repeat(np.arange(n), 3),
            cell=(np.arange(n)[:, None] + n * np.array([1 + date, 0, 1 + dates + date])).ravel(),
            sign=np.tile((1.0, -1.0, 1.0), n),
            link_row=later.link_row[:0],
            link_cell=later.link_cell[:0],
            link_factor=later.link_factor[:0],
            link_most=later.link_most[:0],
            least=np.full(n, -np.inf),
            most=np.full(n, np.inf),
        )
        for date, table in enumerate(tables)
    ]
    new = []
    for date, (_, hidden) in enumerate(before):
        cell = np.flatnonzero((changed[date] > 0) & (changed[date] < minimum) & ~hidden[later.group])
        down = np.minimum(1.0, later.value[cell] - later.least[cell])
        why = np.full(len(cell), int(Why.CHANGED), dtype=np.int64)
        new.append(Demands(cell=cell, down=0 * down, up=0 * down, why=why))
        new.append(Demands(cell=cell + n * (1 + dates + date), down=down, up=np.ones(len(cell)), why=why))
    flags = [hidden for _, hidden in before]
    none, every = np.zeros(groups, dtype=bool), np.ones(groups * dates, dtype=bool)
    done = protect(
        _beside([later, *tables], differences),
        joined(*new, demands),
        hidden=np.concatenate((none, *flags, every)),
        shown=np.concatenate((none, *(~flag for flag in flags), ~every)),
        gap=gap,
        stop=stop,
    )
    return replace(done, hidden=done.hidden[:groups], why=done.why[:groups])


def _beside(tables: Sequence[Table], differences: Sequence[Table]) -> Table:
    """Put tables one after the other; the cells of ``differences`` are already numbered for that."""
    every = [*tables, *differences]
    n, groups = len(every[0].value), int(every[0].group.max(initial=-1)) + 1
    row, cell, link_row, link_cell, rows, links = [], [], [], [], 0, 0
    for number, table in enumerate(every):
        row.append(table.row + rows)
        cell.append(table.cell + (n * number if number < len(tables) else 0))
        link_row.append(table.link_row + links)
        link_cell.append(table.link_cell + n * number)
        rows += int(table.row.max(initial=-1)) + 1
        links += len(table.link_most)
    return Table(
        value=np.concatenate([table.value for table in every]),
        group=np.concatenate([table.group + groups * number for number, table in enumerate(every)]),
        row=np.concatenate(row),
        cell=np.concatenate(cell),
        sign=np.concatenate([table.sign for table in every]),
        link_row=np.concatenate(link_row),
        link_cell=np.concatenate(link_cell),
        link_factor=np.concatenate([table.link_factor for table in every]),
        link_most=np.concatenate([table.link_most for table in every]),
        least=np.concatenate([table.least for table in every]),
        most=np.concatenate([table.most for table in every]),
        whole=np.concatenate([table.whole for table in every]),
    )
