"""The exact best plan of a small problem, found by going through everything.

Every plan of every person is listed; then people are added one after the other, keeping every combination that is not
beaten in *all* respects by another one: seats and money left, compulsory pairs, gap closed in each group, holders for
each need, and value. What more of each is never worse for any of the three stages, so nothing that matters is lost.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import numpy as np

from vested.engines.training import Problem
from vested.engines.training._nouns import Floats, Ints

EXACT = 1e-9  # what sums of a few numbers may differ by


class TooLargeError(Exception):
    """There are more plans, or combinations of plans, than can be gone through."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Choice:
    """One plan of one person: ``sessions`` in order of time and what they bring.

    ``cost``; ``given`` compulsory courses; ``closed`` weighted levels; ``wishes`` weight of the wishes met; ``held``
    (k,) 1 for each need the person becomes a holder for in time.
    """

    sessions: tuple[int, ...]
    cost: float
    given: int
    closed: float
    wishes: float
    held: Ints


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Frontier:
    """Combinations no other one beats: ``given``, ``shortfall``, ``value`` (z,) and each person's choice."""

    given: Ints
    shortfall: Floats
    value: Floats
    picks: tuple[tuple[tuple[int, ...], ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Optimum:
    """The three results, each the best given those before, and one plan (``person``, ``session``) reaching them."""

    given: int
    shortfall: float
    value: float
    person: Ints
    session: Ints


def person_plans(
    problem: Problem, person: int, *, courses: frozenset[int] | None = None, limit: int = 200_000
) -> list[tuple[int, ...]]:
    """List every plan one person can have, seats and money apart: sessions sorted by period, then session.

    With ``courses`` no others are used. The list is empty where what was accepted cannot be taken.

    Raises:
        TooLargeError: there are more than ``limit`` plans.
    """
    people, catalogue = problem.people, problem.catalogue
    accepted, declined, completed = (
        frozenset(pairs[pairs[:, 0] == person, 1].tolist())
        for pairs in (people.accepted, people.declined, people.completed)
    )
    settled = {int(catalogue.session_course[j]) for j in accepted}
    outcomes: dict[int, list[int]] = defaultdict(list)
    for o, course in enumerate(catalogue.outcome_course.tolist()):
        outcomes[course].append(o)

    def offered(j: int) -> bool:
        course, language = int(catalogue.session_course[j]), int(catalogue.language[catalogue.session_course[j]])
        return (
            (j in accepted or course not in settled)
            and (courses is None or course in courses)
            and j not in declined
            and course not in completed
            and (language == -1 or bool(people.speaks[person, language]))
        )

    sessions = [j for j in range(len(catalogue.session_course)) if offered(j)]
    period_of = catalogue.session_period.tolist()
    periods = [list(js) for _, js in groupby(sorted(sessions, key=lambda j: (period_of[j], j)), period_of.__getitem__)]
    found: list[tuple[int, ...]] = []

    def open_now(j: int, levels: dict[int, float], done: frozenset[int]) -> bool:
        course = int(catalogue.session_course[j])
        first = int(catalogue.prerequisite[course])
        return (first == -1 or first in done) and all(
            levels[int(catalogue.outcome_skill[o])] >= catalogue.outcome_from[o] for o in outcomes[course]
        )

    def grow(at: int, levels: dict[int, float], done: frozenset[int], left: float, chosen: tuple[int, ...]) -> None:
        if at == len(periods):
            if accepted <= set(chosen):
                found.append(chosen)
                if len(found) > limit:
                    raise TooLargeError(f"person {person} has more than {limit} plans")
            return
        options = [j for j in periods[at] if int(catalogue.session_course[j]) not in done]
        options = [j for j in options if open_now(j, levels, done)]
        for subset in _subsets(problem, options, left):
            new = dict(levels)
            taken = {int(catalogue.session_course[j]) for j in subset}
            for o in (o for course in taken for o in outcomes[course]):
                skill = int(catalogue.outcome_skill[o])
                new[skill] = max(new[skill], float(catalogue.outcome_to[o]))
            used = sum(float(catalogue.hours[c]) for c in taken)
            grow(at + 1, new, done | taken, left - used, chosen + subset)

    start = dict(enumerate(people.levels[person].tolist()))
    grow(0, start, completed, float(people.hours[person]), ())
    return found


def _subsets(problem: Problem, options: list[int], left: float) -> list[tuple[int, ...]]:
    """All sets of sessions of different courses that fit into the hours left."""
    subsets: list[tuple[tuple[int, ...], float]] = [((), left)] if left >= -EXACT else []
    for j in options:
        course = int(problem.catalogue.session_course[j])
        hours = float(problem.catalogue.hours[course])
        subsets += [
            ((*subset, j), rest - hours)
            for subset, rest in subsets
            if rest - hours >= -EXACT and all(problem.catalogue.session_course[other] != course for other in subset)
        ]
    return [subset for subset, _ in subsets]


def choices(problem: Problem, person: int) -> list[Choice]:
    """List every plan one person can have, with what it brings."""
    return [choice_of(problem, person, sessions) for sessions in person_plans(problem, person)]


def choice_of(problem: Problem, person: int, sessions: tuple[int, ...]) -> Choice:
    """Say what one plan of one person brings."""
    people, catalogue, needs = problem.people, problem.catalogue, problem.needs
    role = int(people.role[person])
    taken = [int(catalogue.session_course[j]) for j in sessions]

    def level(skill: int, by_period: float) -> float:
        reached = [
            float(catalogue.outcome_to[o])
            for j in sessions
            if catalogue.session_period[j] <= by_period
            for o in range(len(catalogue.outcome_course))
            if catalogue.outcome_course[o] == catalogue.session_course[j] and catalogue.outcome_skill[o] == skill
        ]
        return max([float(people.levels[person, skill]), *reached])

    closed = 0.0
    for skill in range(people.levels.shape[1]):
        required = float(problem.roles.required[role, skill])
        gained = min(required, level(skill, np.inf)) - min(required, float(people.levels[person, skill]))
        closed += float(problem.roles.weight[role, skill]) * gained
    held = [
        int(
            _belongs(problem, person, int(needs.unit[k]))
            and people.levels[person, needs.skill[k]] < needs.level[k]
            and level(int(needs.skill[k]), float(needs.by_period[k])) >= needs.level[k]
        )
        for k in range(len(needs.unit))
    ]
    return Choice(
        sessions=sessions,
        cost=sum(float(catalogue.cost[c]) for c in taken),
        given=sum(bool(problem.roles.compulsory[role, c]) for c in taken),
        closed=closed,
        wishes=sum(
            float(w) for (i, c), w in zip(people.wishes, people.wish_weight, strict=True) if i == person and c in taken
        ),
        held=np.array(held, dtype=np.int64),
    )


def _belongs(problem: Problem, person: int, unit: int) -> bool:
    """Whether a person is in the subtree of a unit (-1: everybody)."""
    at = int(problem.people.unit[person])
    while at not in (unit, -1):
        at = int(problem.limits.unit_parent[at])
    return at == unit


def memberships(problem: Problem) -> tuple[Floats, Floats]:
    """Say with 0 and 1 who is in which budget (n, b) and in which group of fairness (n, g)."""
    limits, grade = problem.limits, problem.people.grade
    people = range(len(grade))
    grades = range(int(grade.max(initial=-1)) + 1)
    budget = [[_belongs(problem, i, int(u)) for u in limits.budget_unit] for i in people]
    group = [
        [*(_belongs(problem, i, int(u)) for u in limits.fair_unit), *(bool(grade[i] == at) for at in grades)]
        for i in people
    ]
    shape = (len(grade), -1) if len(grade) else (0, 0)
    return np.array(budget, dtype=np.float64).reshape(shape), np.array(group, dtype=np.float64).reshape(shape)


def group_gaps(problem: Problem) -> Floats:
    """Sum up (g,) the weighted gap of each group's people."""
    people, roles = problem.people, problem.roles
    _, group = memberships(problem)
    missing = [
        sum(
            float(roles.weight[r, s]) * max(0.0, float(roles.required[r, s]) - float(people.levels[i, s]))
            for s in range(people.levels.shape[1])
        )
        for i, r in enumerate(people.role)
    ]
    return np.asarray(np.array(missing, dtype=np.float64) @ group, dtype=np.float64)


def need_caps(problem: Problem) -> Ints:
    """Count (k,) how many more holders each need asks for."""
    people, needs = problem.people, problem.needs
    before = [
        sum(
            _belongs(problem, i, int(needs.unit[k])) and people.levels[i, needs.skill[k]] >= needs.level[k]
            for i in range(len(people.hours))
        )
        for k in range(len(needs.unit))
    ]
    return np.asarray(np.maximum(0, needs.people - np.array(before, dtype=np.int64).reshape(-1)), dtype=np.int64)


@lru_cache(maxsize=8)
def frontier(problem: Problem, *, limit: int = 20_000) -> Frontier:
    """List the combinations of everybody's plans, within seats and money, that no other one beats.

    Of the last few problems, told apart as objects, it is kept.

    Raises:
        TooLargeError: there are more than ``limit`` at some point.
    """
    catalogue, limits, needs = problem.catalogue, problem.limits, problem.needs
    everybody = [choices(problem, i) for i in range(len(problem.people.hours))]
    budget_of, group_of = memberships(problem)
    limited = np.flatnonzero(catalogue.session_seats >= 0)
    target, cap = limits.fairness * group_gaps(problem), need_caps(problem)
    may_spend = np.array([max((c.cost for c in options), default=0.0) for options in everybody])[:, None] * budget_of

    # A row: seats left, money left, holders, closed in each group, compulsory, own value. More is never worse.
    state = np.concatenate(
        [catalogue.session_seats[limited], limits.budget, np.zeros(len(cap) + len(target) + 2)]
    ).astype(np.float64)[None, :]
    seats, money = len(limited), len(limits.budget)
    picks: list[tuple[tuple[int, ...], ...]] = [()]
    for i, options in enumerate(everybody):
        rows = [
            np.concatenate(
                [
                    -np.isin(limited, choice.sessions).astype(np.float64),
                    -choice.cost * budget_of[i],
                    choice.held,
                    choice.closed * group_of[i],
                    [choice.given, choice.closed + choice.wishes - limits.cost_weight * choice.cost],
                ]
            )
            for choice in options
        ]
        ceiling = np.concatenate(
            [
                np.full(seats, len(everybody) - i - 1),  # more seats or money than the rest could use is no use
                may_spend[i + 1 :].sum(axis=0),
                cap,
                target,
                [np.inf, np.inf],
            ]
        )
        bring = np.array(rows).reshape(-1, state.shape[1])
        state = (state[:, None, :] + bring[None, :, :]).reshape(-1, state.shape[1])
        picks = [(*pick, choice.sessions) for pick in picks for choice in options]
        fits = np.flatnonzero((state[:, : seats + money] >= -EXACT).all(axis=1))
        state = np.minimum(state[fits], ceiling)
        best = _unbeaten(state)
        state, picks = state[best], [picks[fits[row]] for row in best]
        if len(state) > limit:
            raise TooLargeError(f"more than {limit} combinations")
    held, closed = np.split(state[:, seats + money : -2], [len(cap)], axis=1)
    return Frontier(
        given=np.rint(state[:, -2]).astype(np.int64),
        shortfall=np.asarray(np.maximum(0.0, target - closed).sum(axis=1), dtype=np.float64),
        value=np.asarray(state[:, -1] + held @ needs.weight, dtype=np.float64),
        picks=tuple(picks),
    )


def _unbeaten(state: Floats) -> list[int]:
    """Rows that no other row equals or exceeds in every column (of equal ones the first)."""
    order = np.lexsort((np.arange(len(state)), -state.sum(axis=1)))  # whatever beats a row comes before it
    kept = np.empty_like(state)
    rows: list[int] = []
    for row in order.tolist():
        if not (kept[: len(rows)] >= state[row] - EXACT).all(axis=1).any():
            kept[len(rows)] = state[row]
            rows.append(row)
    return rows


def most_given(front: Frontier) -> int:
    """Say how many compulsory pairs can be given at most."""
    return int(front.given.max())


def least_shortfall(front: Frontier, *, given: int) -> float:
    """Find the least total shortfall of all plans that give at least ``given`` compulsory pairs."""
    return float(front.shortfall[front.given >= given].min())


def most_value(front: Frontier, *, given: int, shortfall: float) -> float:
    """Find the most value of all plans that keep what the stages before reached."""
    return float(front.value[_keeping(front, given, shortfall)].max())


def _keeping(front: Frontier, given: int, shortfall: float) -> Ints:
    slack = 1e-7 * max(1.0, shortfall)
    return np.flatnonzero((front.given >= given) & (front.shortfall <= shortfall + slack)).astype(np.int64)


def optimum(problem: Problem) -> Optimum:
    """Find the best plan: most compulsory, then least shortfall, then most value.

    Raises:
        TooLargeError: the problem is too large to go through.
        ValueError: no plan contains everything that was accepted.
    """
    front = frontier(problem)
    if not len(front.given):
        raise ValueError("no plan contains everything that was accepted")
    given = most_given(front)
    shortfall = least_shortfall(front, given=given)
    rows = _keeping(front, given, shortfall)
    best = int(rows[np.argmax(front.value[rows])])
    pairs = [(i, j) for i, sessions in enumerate(front.picks[best]) for j in sessions]
    person, session = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Optimum(
        given=given, shortfall=shortfall, value=float(front.value[best]), person=person.copy(), session=session.copy()
    )
