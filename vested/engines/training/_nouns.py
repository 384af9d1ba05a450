"""What a training plan is computed from. Indices are 0-based rows of the arrays named; -1 stands for none."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Ints32 = NDArray[np.int32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class People:
    """``n`` people, ``s`` skills.

    ``levels`` (n, s) now; ``hours`` (n,) for learning over the whole horizon; ``role``, ``unit`` (n,); ``grade``
    (n,), -1 for none; ``speaks`` (n, languages); ``completed`` (k, 2) person and course; ``wishes`` (w, 2) person
    and course with ``wish_weight`` (w,); ``accepted`` (a, 2) person and session, kept in every plan; ``declined``
    (d, 2) person and session, never proposed.
    """

    levels: Floats
    hours: Floats
    role: Ints
    unit: Ints
    grade: Ints
    speaks: Flags
    completed: Ints
    wishes: Ints
    wish_weight: Floats
    accepted: Ints
    declined: Ints


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Roles:
    """``r`` roles: ``required`` level and ``weight`` (role times requirement) (r, s), ``compulsory`` (r, courses)."""

    required: Floats
    weight: Floats
    compulsory: Flags


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Catalogue:
    """``c`` courses, ``o`` outcomes, ``j`` sessions.

    ``hours``, ``cost`` (c,) per person; ``language`` (c,) -1 any; ``prerequisite`` (c,) course or -1;
    ``outcome_course``, ``outcome_skill``, ``outcome_from``, ``outcome_to`` (o,), one row per course and skill;
    ``session_course``, ``session_period`` (j,) 1 is the first period; ``session_seats`` (j,) -1 for no limit.
    """

    hours: Floats
    cost: Floats
    language: Ints
    prerequisite: Ints
    outcome_course: Ints
    outcome_skill: Ints
    outcome_from: Floats
    outcome_to: Floats
    session_course: Ints
    session_period: Ints
    session_seats: Ints


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Needs:
    """``k`` needs of initiatives.

    Each asks for ``people`` at ``level`` of ``skill`` in the subtree of ``unit`` (-1: everybody) by the end of
    ``by_period``, and is worth ``weight`` a person; all (k,).
    """

    unit: Ints
    skill: Ints
    level: Floats
    people: Ints
    by_period: Ints
    weight: Floats


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Limits:
    """Units, money and fairness.

    ``unit_parent`` (u,) -1 at the top; ``budget_unit``, ``budget`` (b,) money for the subtree of a unit (-1:
    everybody) over the whole horizon; ``fair_unit`` (f,) units whose subtree is a group, every grade being a
    group too; ``fairness`` the share of each group's weighted gap that should close; ``cost_weight`` value of one
    unit of money not spent.
    """

    unit_parent: Ints
    budget_unit: Ints
    budget: Floats
    fair_unit: Ints
    fairness: float
    cost_weight: float


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Problem:
    """Everything a plan depends on."""

    people: People
    roles: Roles
    catalogue: Catalogue
    needs: Needs
    limits: Limits


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Compulsory:
    """Stage 1: pairs of person and compulsory course given, and the most that can be given."""

    given: int
    bound: int


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Fairness:
    """Stage 2: total ``shortfall`` and the least possible one (``bound``), given stage 1.

    Groups are ``fair_unit`` and then the grades: ``gap``, ``target`` (fairness times gap), ``closed`` and
    ``group_shortfall`` (g,) in weighted levels, recomputed for the final plan.
    """

    shortfall: float
    bound: float
    gap: Floats
    target: Floats
    closed: Floats
    group_shortfall: Floats


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Value:
    """Stage 3: what the plan is worth.

    ``objective`` = ``gap_closed`` + ``needs`` + ``wishes`` - cost_weight * ``cost``; no plan that keeps what the
    stages before reached is worth more than ``bound``; ``gap`` = (bound - objective) / bound. The prices alone prove
    ``priced``; where every plan that could be better was gone through, ``bound`` is nearer.
    """

    objective: float
    bound: float
    gap: float
    gap_closed: float
    needs: float
    wishes: float
    cost: float
    priced: float = np.inf


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Prices:
    """What the bound was proven with.

    The value of one more seat (j,), of one more unit of money in each budget (b,), of one more person for each need
    (k,), of one more weighted level closed in each group (g,), and of one compulsory pair.
    """

    seat: Floats
    budget: Floats
    need: Floats
    group: Floats
    compulsory: float


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Plan:
    """Who takes which session, how good that is, and what it was priced with.

    ``person``, ``session`` (a,) sorted by person, then period, then session; ``seats_used`` (j,); ``budget_used``
    (b,); ``holders_before``, ``holders_after`` (k,) people at each need's level at the start and by its period's
    end; ``finished`` is False where ``stop`` ended the search before the gap asked for was reached.
    """

    person: Ints
    session: Ints
    compulsory: Compulsory
    fairness: Fairness
    value: Value
    prices: Prices
    seats_used: Ints
    budget_used: Floats
    holders_before: Ints
    holders_after: Ints
    finished: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """Handed to ``stop``.

    ``stage`` (compulsory, fairness, value), what the search is ``doing``, the best ``objective`` and ``bound`` so far
    (None before the first), and the ``gap`` between them.
    """

    stage: str
    doing: str
    objective: float | None
    bound: float | None
    gap: float | None


class Why(IntEnum):
    """Why something is not in the plan: the first of these that holds."""

    NO_SESSION = 1  # no session of the course is held (any more)
    LANGUAGE = 2  # not held in a language the person learns in
    DECLINED = 3  # the person declined every session that is left
    LEVEL = 4  # the level the course starts from cannot be reached in time
    PREREQUISITE = 5  # the course that must come first cannot be completed in time
    HOURS = 6  # does not fit into the person's hours beside what is accepted
    SEATS = 7  # the seats are taken
    BUDGET = 8  # the money is used
    WORTH = 9  # it would fit; hours, seats and money do more elsewhere


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Explanation:
    """Reasons that are true for one plan. ``a`` indexes the plan's assignments.

    What a session does for its person: ``gain_of`` (g,) assignment, ``gain_skill``, ``gain_before``,
    ``gain_after`` levels at the start and end of its period (one row per skill the session itself raises),
    ``gain_value`` weighted levels closed for the role. ``serves_of``, ``serves`` (x,) assignment and the need it
    makes the person a new holder for. ``opens_of``, ``opens`` (y,) assignment and a later assignment of the same
    person that could not be taken without it. ``compulsory``, ``accepted`` (a,) flags; ``wish`` (a,) weight of
    the person's wish.

    The next best: ``next_session`` (a,) the session the person would take instead (-1: nothing else would help
    them), ``next_loss`` (a,) what the person's plan would be worth less (negative: more), ``next_price`` (a,)
    what its seats and money are worth to others above those of the plan chosen, ``next_why`` (a,) a ``Why`` (0
    where there is no next best): WORTH when it is worth less to this person, SEATS or BUDGET when others need
    what it uses more.

    What is not given: ``unmet_person``, ``unmet_course``, ``unmet_why`` (m,), ``unmet_compulsory`` (m,) True for
    a compulsory course and False for a wish. For each need ``need_reachable`` (k,) how many people could be
    holders by its period with hours alone as limit and ``need_why`` (k,) 0 where the need is met, LEVEL where too
    few people could be holders, else SEATS, BUDGET or WORTH.
    """

    gain_of: Ints
    gain_skill: Ints
    gain_before: Floats
    gain_after: Floats
    gain_value: Floats
    serves_of: Ints
    serves: Ints
    opens_of: Ints
    opens: Ints
    compulsory: Flags
    accepted: Flags
    wish: Floats
    next_session: Ints
    next_loss: Floats
    next_price: Floats
    next_why: Ints
    unmet_person: Ints
    unmet_course: Ints
    unmet_why: Ints
    unmet_compulsory: Flags
    need_reachable: Ints
    need_why: Ints


@dataclass(frozen=True, kw_only=True, slots=True)
class Gain:
    """What one more seat in a session, or 1 % more of a budget, buys.

    ``kind`` is seat or budget, ``index`` the session or budget; ``price`` the dual price of the whole step;
    ``gain`` the value found by solving again; ``at_most`` what no plan can exceed.
    """

    kind: str
    index: int
    price: float
    gain: float
    at_most: float


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class WhatIf:
    """What keeps a course from a person, and what it would take: the first ``why`` that holds, with its numbers.

    ``hours`` the course takes at the least, with what must come first and what was accepted; ``before`` the course that
    must come first; ``skill`` the one that stands lowest below what a session starts from, with the level ``asked``
    there and the most that can be ``reached`` by then; ``cost`` of the course and of what it needs, at the least, and
    ``budget`` the one with too little left. What does not apply is -1 or NaN.

    The person's best plan with the course, at the plan's prices, takes it in ``session`` (-1: none has a seat at all),
    ``takes`` these sessions more and ``gives`` these up. It would be worth ``loss`` less to the person (negative:
    more), ``price`` is what its seats and money are worth to others above those of the person's plan, ``seat`` what
    the course's own seat is. By ``short`` it stays below the person's best plan: so much more the course would have to
    be worth to be chosen.
    """

    why: Why
    hours: float
    before: int
    skill: int
    asked: float
    reached: float
    cost: float
    budget: int
    session: int
    takes: Ints
    gives: Ints
    loss: float
    price: float
    seat: float
    short: float
