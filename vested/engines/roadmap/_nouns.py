"""What a roadmap is computed from. Indices are 0-based rows of the arrays named; -1 stands for none.

Quarters count from 0, the first of the horizon; amounts within a mode count them from its start.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Initiatives:
    """``p`` initiatives, all (p,).

    ``mandatory`` must start; ``earliest`` and ``latest`` quarter to start in (latest before earliest: never);
    ``explore`` tries something new, the others improve what there is; ``risk`` counts against the cap; of those with
    the same ``group`` at most one starts (-1: no group).
    """

    mandatory: Flags
    earliest: Ints
    latest: Ints
    explore: Flags
    risk: Floats
    group: Ints


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Modes:
    """``m`` ways to carry an initiative out: to reuse a block, to pilot, to roll out.

    ``initiative`` whose, ``quarters`` it takes, ``benefit`` expected from when it is live (m,). What it costs, a row
    for each quarter: ``cost_mode``, ``cost_quarter``, ``cost`` (k,). Whom it takes: ``people_mode``,
    ``people_quarter``, ``people_pool``, ``people`` full-time (w,). Rows of one mode and quarter add up.
    """

    initiative: Ints
    quarters: Ints
    benefit: Floats
    cost_mode: Ints
    cost_quarter: Ints
    cost: Floats
    people_mode: Ints
    people_quarter: Ints
    people_pool: Ints
    people: Floats


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Links:
    """What has to be there before something starts.

    ``needs`` (l, 2) an initiative, and the one that must be finished before it starts. ``exists`` (b,) blocks that
    are there already; ``uses`` (u, 2) a mode and a block it builds on; ``supplies`` (s, 2) an initiative and a block
    that is there when it is finished. One supplier of a block is enough.
    """

    needs: Ints
    exists: Flags
    uses: Ints
    supplies: Ints


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Limits:
    """What there is, over ``t`` quarters and ``r`` pools of people; infinite where there is no limit.

    ``budget`` (t,); ``capacity`` (r, t) full-time people; ``rate`` (r,) what one more person for one quarter would
    cost, for reasons only; ``explore_least`` and ``explore_most`` share of all costs that those who explore may have;
    ``risk`` the cap on the sum of risks; ``discount`` what a benefit keeps for each quarter one has to wait for it.
    """

    budget: Floats
    capacity: Floats
    rate: Floats
    explore_least: float
    explore_most: float
    risk: float
    discount: float


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Problem:
    """Everything a roadmap depends on. Whatever is chosen is finished within the horizon."""

    initiatives: Initiatives
    modes: Modes
    links: Links
    limits: Limits


class Row(IntEnum):
    """The kinds of limits that initiatives share."""

    BUDGET = 1  # money of a quarter
    POOL = 2  # people of a pool in a quarter
    RISK = 3  # the sum of risks
    EXPLORE_LEAST = 4  # costs of those who explore, at least
    EXPLORE_MOST = 5  # costs of those who explore, at most


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Prices:
    """What one more unit of each limit would add at most, at the margin, in units of benefit.

    ``budget`` (t,), ``pool`` (r, t), ``risk``, ``explore_least`` and ``explore_most``; where all may be split.
    """

    budget: Floats
    pool: Floats
    risk: float
    explore_least: float
    explore_most: float


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Plan:
    """Which initiatives start, in which mode, when; how good that is; what it uses.

    ``initiative``, ``mode``, ``start`` (a,) by start, then initiative. ``value`` the discounted benefit; no plan is
    worth more than ``bound``; ``gap`` = (bound - value) / bound. Prices alone prove ``priced``. ``budget_used`` (t,),
    ``pool_used`` (r, t), ``risk``, and ``explore`` the share of costs of those who explore. ``finished`` is False
    where the search ended before the gap asked for was reached.
    """

    initiative: Ints
    mode: Ints
    start: Ints
    value: float
    bound: float
    gap: float
    priced: float
    prices: Prices
    budget_used: Floats
    pool_used: Floats
    risk: float
    explore: float
    finished: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """Handed to ``stop``: what the search is ``doing``, the best ``value`` and ``bound`` (None before the first)."""

    doing: str
    value: float | None
    bound: float | None
    gap: float | None


class Why(IntEnum):
    """Why an initiative is not in a plan."""

    NEVER = 1  # no mode fits into its window
    NEEDS = 2  # what it needs is not finished in time
    GROUP = 3  # another of its group is in
    RISK = 4  # the cap on risk would be exceeded
    EXPLORE = 5  # the share of those who explore would leave its band
    LIMITS = 6  # money or people are used; the change that would let it in is stated
    WORTH = 7  # it would fit, and adds nothing


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Explanation:
    """Reasons that are true for one plan.

    What binds, the dearest first: ``bind_kind`` (a ``Row``), ``bind_pool``, ``bind_quarter`` (-1 where it has none),
    ``bind_used``, ``bind_limit``, ``bind_price`` of one more unit (b,).

    What is out: ``out`` (x,) initiatives, ``why`` (x,) a ``Why``. With the rest as it is, ``way_mode`` and
    ``way_start`` (x,) is how it would come in with the smallest change, which costs ``way_price``: money, and people
    at the rates of their pools (LIMITS, WORTH; -1 and infinite for others). The change itself: ``more_of`` (y,) the
    row of ``out`` it is for, ``more_kind``, ``more_pool``, ``more_quarter``, ``more`` (y,). ``waits_of``, ``waits``
    (w,) initiatives that would have to be finished first (NEEDS). ``rival`` (x,) who is in instead (GROUP, else -1).
    ``lost`` (x,) value that is certainly lost where it is forced, whatever else is changed (infinite: it cannot be).
    """

    bind_kind: Ints
    bind_pool: Ints
    bind_quarter: Ints
    bind_used: Floats
    bind_limit: Floats
    bind_price: Floats
    out: Ints
    why: Ints
    way_mode: Ints
    way_start: Ints
    way_price: Floats
    more_of: Ints
    more_kind: Ints
    more_pool: Ints
    more_quarter: Ints
    more: Floats
    waits_of: Ints
    waits: Ints
    rival: Ints
    lost: Floats


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Forced:
    """What forcing an initiative costs: at least ``least``, at most ``most``, in units of benefit.

    ``plan`` is the best one found with it in (None where none was looked for; then ``most`` is infinite).
    """

    initiative: int
    least: float
    most: float
    plan: Plan | None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Point:
    """A point of a frontier: the best plan found within ``limit``, with its own bound and gap."""

    limit: float
    plan: Plan
