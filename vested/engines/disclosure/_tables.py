"""Tables of people counted, and what of a table everybody sees."""

import numpy as np
from scipy.sparse import csr_array

from vested.engines.disclosure._nouns import Flags, Floats, Groups, Published, Table


def counts(groups: Groups, people: Floats) -> Table:
    """Give the table of the number of ``people`` (n,) in every group.

    Groups of nobody are shown: nobody is revealed, and everybody knows which jobs a unit does not have. So everybody
    knows too that a hidden group has at least one person, and a sum at least one for each part that is not empty.
    """
    least = (people > 0).astype(np.float64)
    children, (row, node) = groups.sums.maximum(0), (groups.sums < 0).nonzero()
    while ((needed := (children @ least)[row]) > least[node]).any():
        np.maximum.at(least, node, needed)
    return figures(groups, people, least=least, most=np.where(people > 0, np.inf, 0.0), whole=True)


def figures(groups: Groups, value: Floats, *, least: Floats, most: Floats, whole: bool) -> Table:
    """Give the table of one figure of every group (n,), with what everybody knows of it."""
    return Table(
        value=value,
        group=np.arange(len(value)),
        sums=groups.sums,
        links=csr_array((0, len(value))),
        link_most=np.zeros(0),
        least=least,
        most=most,
        whole=np.full(len(value), whole),
    )


def publish(table: Table, hidden: Flags) -> Published:
    """Give what everybody sees of a table whose groups ``hidden`` (g,) are hidden."""
    return Published(
        value=np.where(hidden[table.group], np.nan, table.value),
        sums=table.sums,
        links=table.links,
        link_most=table.link_most,
        least=table.least,
        most=table.most,
        whole=table.whole,
    )
