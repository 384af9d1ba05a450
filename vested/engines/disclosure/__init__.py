"""Numbers that reveal nobody: tables whose small groups are hidden so that nobody can work them out again.

A *cell* is a figure of a *group* of people; hiding a group hides all its figures. ``few``, ``dominated`` and
``changed`` say which groups say too much by themselves, ``protect`` which others have to be hidden with them, margins
and complements included, and how near the least possible that is. ``attack`` is what an attacker does: two linear
programs a hidden cell. ``release`` does it for the gap explorer's units by skills by families, and ``ask`` answers any
drill, filter or complement from that one release.

>>> import numpy as np
>>> units, grades = np.array([-1, 0, 0, 0]), np.array([-1, 0, 0])
>>> groups = cross(trees=(units, grades), tables=((0, 1),))
>>> people = np.array([60, 32, 28, 12, 3, 9, 24, 11, 13, 24, 18, 6], dtype=float)  # one group of three
>>> table = counts(groups, people)
>>> demands = few(table, minimum=5)
>>> found = protect(table, demands, cost=people)  # hide as few people as can be
>>> groups.node[found.hidden].tolist(), found.cost, found.bound
([[1, 1], [1, 2], [3, 1], [3, 2]], 36.0, 36.0)
>>> worked_out = attack(publish(table, found.hidden))
>>> [(int(cell), float(low), float(high)) for cell, low, high in zip(worked_out.cell, worked_out.low, worked_out.high)]
[(4, 1.0, 11.0), (5, 1.0, 11.0), (10, 10.0, 20.0), (11, 4.0, 14.0)]

Sources: M. Fischetti and J. J. Salazar-González, Models and algorithms for optimizing cell suppression in tabular data
with linear constraints, Journal of the American Statistical Association 95 (2000) 916-928: the attacker and protection
levels (section 2, table 3), the cuts (section 4). J. P. Kelly, B. L. Golden and A. A. Assad, Cell suppression:
disclosure protection for sensitive tabular data, Networks 22 (1992) 397-417: each demand by the cheapest move.
A. Hundepool et al., Statistical Disclosure Control, Wiley 2012, chapter 4: the rules, linked tables, singletons.
"""

from vested.engines.disclosure._ask import Answer, ask
from vested.engines.disclosure._attack import Intervals, attack
from vested.engines.disclosure._checks import InvalidTable, Unprotectable
from vested.engines.disclosure._cube import release
from vested.engines.disclosure._nouns import Cube, Demands, Groups, Progress, Protection, Release, Rules, Table, Why
from vested.engines.disclosure._protect import protect
from vested.engines.disclosure._rules import changed, dominated, few, joined
from vested.engines.disclosure._tables import added, counts, cross, figures, publish

__all__ = [
    "Answer",
    "Cube",
    "Demands",
    "Groups",
    "Intervals",
    "InvalidTable",
    "Progress",
    "Protection",
    "Release",
    "Rules",
    "Table",
    "Unprotectable",
    "Why",
    "added",
    "ask",
    "attack",
    "changed",
    "counts",
    "cross",
    "dominated",
    "few",
    "figures",
    "joined",
    "protect",
    "publish",
    "release",
]
