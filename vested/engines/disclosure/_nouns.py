"""What tables are protected from, and what protecting them gives. Indices are 0-based; nobody is named."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Groups:
    """``n`` groups of people and how they add up.

    ``node`` (n, d) the node of each of ``d`` trees a group stands for, the top where a table does not ask for that
    tree. Every row of ``sums`` (r, n) times the people of all groups is nobody: the children of a node (+1) less the
    node itself (-1), with every other tree held.
    """

    node: Ints
    sums: csr_array


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Table:
    """``n`` cells and what everybody knows of them, shown or not.

    ``value`` (n,) is true before the table is published; then it is NaN where hidden, and no hidden value is anywhere
    in it. ``group`` (n,) the group each cell is a figure of, 0..g-1: the figures of a group are hidden together. Each
    row of ``sums`` (r, n) times the values is 0; each of ``links`` (l, n), which lie within a group, is at most
    ``link_most`` (l,). ``least``, ``most`` (n,) bounds of a cell, -inf and inf for none; ``whole`` (n,) cells that are
    whole numbers.
    """

    value: Floats
    group: Ints
    sums: csr_array
    links: csr_array
    link_most: Floats
    least: Floats
    most: Floats
    whole: Flags


class Why(IntEnum):
    """Why a group is hidden. For whoever may see the rows: beside a published table it would give the size away."""

    SHOWN = 0  # it is not
    FEW = 1  # too few people
    DOMINATED = 2  # one or two people make up nearly all of the figure
    REVEALING = 3  # the figure says too much about people of a group that is large enough
    CHANGED = 4  # the difference from an earlier table is about too few people
    PROTECTS = 5  # it could be shown, but another group could then be worked out
    BEFORE = 6  # it was hidden before this table was protected


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Demands:
    """What must stay uncertain, one row a hidden ``cell`` (p,), and ``why`` (p,).

    From what is published nobody may be able to rule out that the cell is ``down`` (p,) less than it is, nor that it
    is ``up`` (p,) more: the interval somebody can work out holds both.
    """

    cell: Ints
    down: Floats
    up: Floats
    why: Ints


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """Handed to ``stop``: rounds done, and the least cost that any safe choice can have as far as is proven."""

    round: int
    bound: float


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Protection:
    """Which groups are hidden.

    ``hidden`` and ``why`` (g,); ``cost`` of what is hidden, and ``bound``: no safe choice costs less.
    """

    hidden: Flags
    why: Ints
    cost: float
    bound: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """What a cube hides.

    A group of fewer than ``minimum`` people: 5 for skills. The figures of a skill for a larger group where 1 to
    ``state`` - 1 people are below the level asked for (the mean gap would be theirs alone), or fewer than ``state`` are
    not (so that everybody's level is as good as told); 1 hides only "all are below", 0 nothing. Nobody below is shown.
    ``percent`` of the levels missing beyond the least has to stay uncertain. A person below misses at least
    ``shallowest`` and at most ``deepest`` levels: anybody knows that.
    """

    minimum: int = 5
    state: int = 3
    percent: float = 10.0
    shallowest: float = 0.0
    deepest: float = 8.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Cube:
    """What everybody sees: groups of people (unit and all below it, job family), each with figures for every skill.

    ``unit_parent`` (v,): the units given, then a node for the people who stand at a unit that has others below it.
    The last family (f,) is all of them. ``people`` (v, f + 1), ``below`` (s, v, f + 1) people below the level asked,
    -1 where hidden; ``mean_gap`` (s, v, f + 1) levels missing a head, NaN where hidden. A group hidden for its size is
    hidden in every skill.
    """

    unit_parent: Ints
    people: Ints
    below: Ints
    mean_gap: Floats


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Release:
    """A cube, and for whoever may see the rows why it is as it is.

    ``sizes`` and ``skills`` (s,) say what is hidden, group by group (v * (f + 1),), why, how much of it there is, and
    what no choice could do without: the sizes by themselves, then every skill given the sizes.
    """

    cube: Cube
    sizes: Protection
    skills: tuple[Protection, ...]
