"""What a plan really does, recomputed period by period from the rules alone: plain loops, no solver, no engine."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from vested.engines.training import Problem
from vested.engines.training._nouns import Flags, Floats, Ints

TOLERANCE = 1e-6  # relative, and absolute below one


def close(a: float, b: float) -> bool:
    """Whether two recomputed figures are the same."""
    return abs(a - b) <= TOLERANCE * max(1.0, abs(a), abs(b))


def at_most(a: float, b: float) -> bool:
    """Whether ``a`` does not exceed ``b``."""
    return a <= b + TOLERANCE * max(1.0, abs(a), abs(b))


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Facts:
    """What the assignments of a plan break (``breaches``, in words) and what they are worth.

    Arrays have the shapes they have in ``Plan`` and ``Fairness``; ``after`` (n, s) levels at the end.
    """

    breaches: tuple[str, ...]
    given: int
    shortfall: float
    gap: Floats
    target: Floats
    closed: Floats
    group_shortfall: Floats
    objective: float
    gap_closed: float
    needs: float
    wishes: float
    cost: float
    seats_used: Ints
    budget_used: Floats
    holders_before: Ints
    holders_after: Ints
    after: Floats


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Step:
    """One period of a plan: the assignments in it and everybody's levels (n, s) at its ``start`` and ``end``."""

    period: int
    rows: list[int]
    start: Floats
    end: Floats


def rows_of(pairs: Ints, person: int) -> list[int]:
    """List the second members of the rows (k, 2) that start with a person."""
    second: list[int] = pairs[pairs[:, 0] == person, 1].tolist()
    return second


def people_of(problem: Problem, unit: int) -> Flags:
    """Flag (n,) the people in the subtree of ``unit``; -1 is everybody."""
    here = problem.people.unit
    if unit == -1:
        return np.ones(len(here), dtype=np.bool_)
    parent = problem.limits.unit_parent.tolist()
    inside = []
    for start in range(len(parent)):
        at = start
        while at not in (-1, unit):
            at = parent[at]
        inside.append(at == unit)
    return np.array(inside, dtype=np.bool_)[here]


def groups_of(problem: Problem) -> list[Flags]:
    """Flag the people of each group that fairness looks at: subtrees of ``fair_unit``, then every grade."""
    grade = problem.people.grade
    units = [people_of(problem, int(unit)) for unit in problem.limits.fair_unit]
    return units + [grade == at for at in range(int(grade.max(initial=-1)) + 1)]


def weighted_gap(problem: Problem, levels: Floats) -> Floats:
    """Sum up (n,) each person's missing levels, weighted by the role."""
    role = problem.people.role
    missing = np.maximum(problem.roles.required[role] - levels, 0.0)
    return np.asarray((problem.roles.weight[role] * missing).sum(axis=1), dtype=np.float64)


@lru_cache(maxsize=8)  # asked for again and again of one problem, which is the same only if it is identical
def outcomes_of(problem: Problem) -> dict[int, list[tuple[int, float, float]]]:
    """List for each course the skills it raises, with the level it starts from and leads to."""
    rows = problem.catalogue
    outcomes: dict[int, list[tuple[int, float, float]]] = defaultdict(list)
    for course, skill, low, high in zip(
        rows.outcome_course.tolist(),
        rows.outcome_skill.tolist(),
        rows.outcome_from.tolist(),
        rows.outcome_to.tolist(),
        strict=True,
    ):
        outcomes[course].append((skill, low, high))
    return outcomes


def walk(problem: Problem, person: Ints, session: Ints) -> Iterator[Step]:
    """Go through the periods in which something is taken; what is taken helps from the next period on."""
    outcomes = outcomes_of(problem)
    courses = problem.catalogue.session_course[session].tolist()
    periods = problem.catalogue.session_period[session].tolist()
    people = person.tolist()
    in_period: dict[int, list[int]] = defaultdict(list)
    for row, period in enumerate(periods):
        in_period[period].append(row)
    levels = problem.people.levels
    for period in sorted(in_period):
        end = levels.copy()
        for row in in_period[period]:
            for skill, _, high in outcomes[courses[row]]:
                end[people[row], skill] = max(end[people[row], skill], high)
        yield Step(period=period, rows=in_period[period], start=levels, end=end)
        levels = end


def facts_of(problem: Problem, person: Ints, session: Ints) -> Facts:
    """Judge the assignments; indices have to be in range."""
    people, catalogue, needs, limits = problem.people, problem.catalogue, problem.needs, problem.limits
    breaches = _breaches_alone(problem, person, session)
    breaches += _breaches_in_time(problem, person, session)

    course = catalogue.session_course[session]
    seats_used = np.bincount(session, minlength=len(catalogue.session_course)).astype(np.int64)
    breaches += [
        f"session {j}: {used} people for {seats} seats"
        for j, (used, seats) in enumerate(zip(seats_used.tolist(), catalogue.session_seats.tolist(), strict=True))
        if seats != -1 and used > seats
    ]
    cost_of = np.zeros(len(people.hours))
    np.add.at(cost_of, person, catalogue.cost[course])
    budget_used = np.array([cost_of[people_of(problem, int(u))].sum() for u in limits.budget_unit], dtype=np.float64)
    breaches += [
        f"budget {b}: {used:g} spent of {amount:g}"
        for b, (used, amount) in enumerate(zip(budget_used.tolist(), limits.budget.tolist(), strict=True))
        if not at_most(used, amount)
    ]

    after, holders_before, holders_after = _levels_and_holders(problem, person, session)
    before_gap = weighted_gap(problem, people.levels)
    closed_by = before_gap - weighted_gap(problem, after)
    groups = groups_of(problem)
    gap = np.array([before_gap[group].sum() for group in groups], dtype=np.float64)
    closed = np.array([closed_by[group].sum() for group in groups], dtype=np.float64)
    target = limits.fairness * gap
    group_shortfall = np.maximum(0.0, target - closed)

    taken = set(zip(person.tolist(), course.tolist(), strict=True))
    wishes = sum(
        weight
        for (who, what), weight in zip(people.wishes.tolist(), people.wish_weight.tolist(), strict=True)
        if (who, what) in taken
    )
    gained = np.minimum(needs.people, holders_after) - np.minimum(needs.people, holders_before)
    need_value = float((needs.weight * gained).sum())
    cost = float(cost_of.sum())
    gap_closed = float(closed_by.sum())
    return Facts(
        breaches=tuple(breaches),
        given=len(taken & compulsory_pairs(problem)),
        shortfall=float(group_shortfall.sum()),
        gap=gap,
        target=target,
        closed=closed,
        group_shortfall=group_shortfall,
        objective=gap_closed + need_value + wishes - limits.cost_weight * cost,
        gap_closed=gap_closed,
        needs=need_value,
        wishes=float(wishes),
        cost=cost,
        seats_used=seats_used,
        budget_used=budget_used,
        holders_before=holders_before,
        holders_after=holders_after,
        after=after,
    )


def compulsory_pairs(problem: Problem) -> set[tuple[int, int]]:
    """Pair every person with the courses that are compulsory for the role and not completed."""
    asked = np.argwhere(problem.roles.compulsory[problem.people.role])
    return {(int(i), int(c)) for i, c in asked} - {(int(i), int(c)) for i, c in problem.people.completed}


def _levels_and_holders(problem: Problem, person: Ints, session: Ints) -> tuple[Floats, Ints, Ints]:
    """Levels at the end, and the holders of every need at the start and by the end of its period."""
    needs = problem.needs
    steps = list(walk(problem, person, session))
    after = steps[-1].end if steps else problem.people.levels
    counts = []
    for unit, skill, level, by_period in zip(
        needs.unit.tolist(), needs.skill.tolist(), needs.level.tolist(), needs.by_period.tolist(), strict=True
    ):
        inside = people_of(problem, unit)
        in_time = [step.end for step in steps if step.period <= by_period]
        then = in_time[-1] if in_time else problem.people.levels
        counts.append([int((at[inside, skill] >= level).sum()) for at in (problem.people.levels, then)])
    holders = np.array(counts, dtype=np.int64).reshape(-1, 2)
    return after, holders[:, 0].copy(), holders[:, 1].copy()


def _breaches_alone(problem: Problem, person: Ints, session: Ints) -> list[str]:
    """Rules that ask for no order: repetition, completion, language, hours, what people answered."""
    people, catalogue = problem.people, problem.catalogue
    breaches: list[str] = []
    completed = set(map(tuple, people.completed.tolist()))
    declined = set(map(tuple, people.declined.tolist()))
    hours: dict[int, float] = defaultdict(float)
    session_for: dict[tuple[int, int], int] = {}
    for i, j in zip(person.tolist(), session.tolist(), strict=True):
        course = int(catalogue.session_course[j])
        language = int(catalogue.language[course])
        hours[i] += float(catalogue.hours[course])
        if (i, course) in session_for:
            breaches.append(f"person {i}: course {course} twice, in sessions {session_for[i, course]} and {j}")
        session_for[i, course] = j
        if (i, course) in completed:
            breaches.append(f"person {i}, session {j}: course {course} is completed already")
        if language != -1 and not people.speaks[i, language]:
            breaches.append(f"person {i}, session {j}: does not learn in language {language}")
        if (i, j) in declined:
            breaches.append(f"person {i}, session {j}: was declined")
    breaches += [
        f"person {i}: {used:g} hours of {people.hours[i]:g}"
        for i, used in sorted(hours.items())
        if not at_most(used, float(people.hours[i]))
    ]
    planned = set(zip(person.tolist(), session.tolist(), strict=True))
    missing = sorted(set(map(tuple, people.accepted.tolist())) - planned)
    return breaches + [f"person {i}, session {j}: was accepted and is not in the plan" for i, j in missing]


def _breaches_in_time(problem: Problem, person: Ints, session: Ints) -> list[str]:
    """Levels and prerequisites, as they are at the start of each period."""
    catalogue = problem.catalogue
    outcomes = outcomes_of(problem)
    breaches: list[str] = []
    done = set(map(tuple, problem.people.completed.tolist()))
    for step in walk(problem, person, session):
        now = [(int(person[row]), int(session[row])) for row in step.rows]
        for i, j in now:
            course = int(catalogue.session_course[j])
            first = int(catalogue.prerequisite[course])
            if first != -1 and (i, first) not in done:
                breaches.append(f"person {i}, session {j}: course {first} has to come before course {course}")
            breaches += [
                f"person {i}, session {j}: level {step.start[i, skill]:g} in skill {skill}, course {course} starts "
                f"from {low:g}"
                for skill, low, _ in outcomes[course]
                if step.start[i, skill] < low
            ]
        done.update((i, int(catalogue.session_course[j])) for i, j in now)
    return breaches
