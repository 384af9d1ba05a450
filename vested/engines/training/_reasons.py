"""Why a plan is as it is, and what would have to change. Indices are 0-based rows of the arrays named."""

from dataclasses import dataclass
from enum import IntEnum

from vested.engines.training._nouns import Flags, Floats, Ints


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
