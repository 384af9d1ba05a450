"""Tables of people counted, and what of a table everybody sees."""

import numpy as np

from vested.engines.disclosure._nouns import Flags, Floats, Groups, Published, Table


def counts(groups: Groups, people: Floats) -> Table:
    """Give the table of the number of ``people`` (n,) in every group.

    Groups of nobody are shown: nobody is revealed, and everybody knows which jobs a unit does not have. So everybody
    knows too that a hidden group has at least one person, and a sum at least one for each part that is not empty.
    """
    least = (people > 0).astype(np.float64)
    while True:
        under = least[groups.cell] * (groups.sign > 0)
        above = groups.sign < 0
        needed = np.bincount(groups.row, weights=under)[groups.row[above]]
        if (needed <= least[groups.cell[above]]).all():
            break
        np.maximum.at(least, groups.cell[above], needed)
    return figures(groups, people, least=least, most=np.where(people > 0, np.inf, 0.0), whole=True)


def figures(groups: Groups, value: Floats, *, least: Floats, most: Floats, whole: bool) -> Table:
    """Give the table of one figure of every group (n,), with what everybody knows of it."""
    none = np.zeros(0, dtype=np.int64)
    return Table(
        value=value,
        group=np.arange(len(value)),
        row=groups.row,
        cell=groups.cell,
        sign=groups.sign,
        link_row=none,
        link_cell=none,
        link_factor=np.zeros(0),
        link_most=np.zeros(0),
        least=least,
        most=most,
        whole=np.full(len(value), whole),
    )


def publish(table: Table, hidden: Flags) -> Published:
    """Give what everybody sees of a table whose groups ``hidden`` (g,) are hidden."""
    return Published(
        value=np.where(hidden[table.group], np.nan, table.value),
        row=table.row,
        cell=table.cell,
        sign=table.sign,
        link_row=table.link_row,
        link_cell=table.link_cell,
        link_factor=table.link_factor,
        link_most=table.link_most,
        least=table.least,
        most=table.most,
        whole=table.whole,
    )
