"""What a training plan is computed from and what it is. Indices are 0-based rows of the arrays named; -1 is none."""

from dataclasses import dataclass

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
