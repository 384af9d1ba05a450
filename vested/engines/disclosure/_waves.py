"""The same table at a later date: what was shown before stays known, and a difference is a figure too."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import block_diag, csr_array, eye_array, hstack, kron, vstack

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
    if not before:
        return protect(later, demands, gap=gap, stop=stop)
    groups = int(later.group.max(initial=-1)) + 1
    tables = [table for table, _ in before]
    if any(len(table.value) != n or (table.group != later.group).any() for table in tables):
        msg = "before holds a table of other groups than the later one"
        raise InvalidTable(msg)
    if changed is None:
        changed = [np.abs(later.value - table.value) for table in tables]
    beside = _beside([later, *tables])
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
        beside,
        joined(*new, demands),
        hidden=np.concatenate((none, *flags, every)),
        shown=np.concatenate((none, *(~flag for flag in flags), ~every)),
        gap=gap,
        stop=stop,
    )
    return replace(done, hidden=done.hidden[:groups], why=done.why[:groups])


def _beside(tables: Sequence[Table]) -> Table:
    """Put tables of the same groups one after the other, and then how the first differs from each of the others."""
    n, dates = len(tables[0].value), len(tables) - 1
    groups, many = int(tables[0].group.max(initial=-1)) + 1, n * dates
    sums, links = (block_diag(parts) for parts in ([table.sums for table in tables], [table.links for table in tables]))
    each = eye_array(many)
    differ = hstack((kron(np.full((dates, 1), -1.0), eye_array(n)), each, each))
    return Table(
        value=np.concatenate(
            [table.value for table in tables] + [tables[0].value - table.value for table in tables[1:]]
        ),
        group=np.concatenate([tables[0].group + groups * number for number in range(1 + 2 * dates)]),
        sums=vstack((hstack((sums, csr_array((sums.shape[0], many)))), differ), format="csr"),
        links=hstack((links, csr_array((links.shape[0], many))), format="csr"),
        link_most=np.concatenate([table.link_most for table in tables]),
        least=np.concatenate([table.least for table in tables] + [np.full(many, -np.inf)]),
        most=np.concatenate([table.most for table in tables] + [np.full(many, np.inf)]),
        whole=np.concatenate([table.whole for table in (*tables, *tables[1:])]),
    )
