"""Why compulsory courses and wishes are not in a plan, recomputed as far as one person alone decides it."""

from collections import Counter

import numpy as np

from tests.engines.training import oracle
from tests.engines.training._facts import TOLERANCE, compulsory_pairs, outcomes_of, people_of, rows_of
from vested.engines.training import Explanation, Plan, Problem, Why
from vested.engines.training._nouns import Ints

ENOUGH = 20_000  # plans of one person that are gone through before giving up on the exact answer


def check_unmet(problem: Problem, plan: Plan, explanation: Explanation) -> list[str]:
    """Check that everything not given is there once, for the first reason that holds.

    A course that is both compulsory and wished for may have one row or two; a wish for a completed course may be
    left out.
    """
    people = problem.people
    stated = Counter(
        zip(
            explanation.unmet_person.tolist(),
            explanation.unmet_course.tolist(),
            explanation.unmet_compulsory.tolist(),
            strict=True,
        )
    )
    taken = {
        (i, int(problem.catalogue.session_course[j]))
        for i, j in zip(plan.person.tolist(), plan.session.tolist(), strict=True)
    }
    completed = {(int(i), int(c)) for i, c in people.completed}
    compulsory = {(i, c, True) for i, c in compulsory_pairs(problem) - taken}
    wishes = {(int(i), int(c), False) for i, c in people.wishes if (int(i), int(c)) not in taken}
    optional = {(i, c, False) for i, c, _ in wishes if (i, c, True) in compulsory or (i, c) in completed}
    wrong = [f"unmet person {i}, course {c}: stated {n} times" for (i, c, _), n in stated.items() if n > 1]
    for i, c, flag in sorted((compulsory | wishes) - optional - set(stated)):
        wrong.append(f"unmet person {i}, course {c}, compulsory {flag}: not stated")
    for i, c, flag in sorted(set(stated) - compulsory - wishes):
        wrong.append(f"unmet person {i}, course {c}, compulsory {flag}: nothing of the kind is unmet")
    for i, c, why in zip(
        explanation.unmet_person.tolist(),
        explanation.unmet_course.tolist(),
        explanation.unmet_why.tolist(),
        strict=True,
    ):
        if (i, c) not in completed and why not in (right := reasons(problem, plan, i, c)):
            wrong.append(f"unmet person {i}, course {c}: reason {why}, should be one of {sorted(right)}")
    return wrong


def reasons(problem: Problem, plan: Plan, person: int, course: int) -> set[int]:
    """Narrow down the first reason of ``Why`` that holds: to one where the person alone decides it."""
    people, catalogue = problem.people, problem.catalogue
    held = [j for j in range(len(catalogue.session_course)) if catalogue.session_course[j] == course]
    if not held:
        return {Why.NO_SESSION}
    language = int(catalogue.language[course])
    if language != -1 and not people.speaks[person, language]:
        return {Why.LANGUAGE}
    declined = rows_of(people.declined, person)
    left = [j for j in held if j not in declined]
    if not left:
        return {Why.DECLINED}
    needed = _supporting(problem, person, course)
    levels, done = _earliest(problem, person)
    low_enough = [j for j in left if _levels_allow(problem, course, levels[int(catalogue.session_period[j])])]
    if not low_enough:
        return {Why.LEVEL}
    first = int(catalogue.prerequisite[course])
    reachable = [j for j in low_enough if first == -1 or done.get(first, np.inf) < catalogue.session_period[j]]
    if not reachable:
        return {Why.PREREQUISITE}
    fits = _fits_hours(problem, person, course, needed)
    if fits is False:
        return {Why.HOURS}
    shared = _shared_reasons(problem, plan, person, reachable, needed)
    return shared if fits else shared | {Why.HOURS}


def _earliest(problem: Problem, person: int) -> tuple[dict[int, Ints], dict[int, float]]:
    """Levels at the start of each period, and the period each course is done in, if hours were no limit.

    Taking everything as soon as it is allowed is never worse then; what was accepted stays where it is.
    """
    people, catalogue, outcomes = problem.people, problem.catalogue, outcomes_of(problem)
    accepted = {int(catalogue.session_course[j]): j for j in rows_of(people.accepted, person)}
    declined = rows_of(people.declined, person)
    levels = people.levels[person].copy()
    done: dict[int, float] = dict.fromkeys(rows_of(people.completed, person), -np.inf)
    starts = {}
    for period in range(1, int(catalogue.session_period.max(initial=0)) + 1):
        starts[period] = levels.copy()
        now = []
        for j in np.flatnonzero(catalogue.session_period == period).tolist():
            course = int(catalogue.session_course[j])
            language, first = int(catalogue.language[course]), int(catalogue.prerequisite[course])
            if (
                course not in done
                and j not in declined
                and accepted.get(course, j) == j
                and (language == -1 or people.speaks[person, language])
                and (first == -1 or first in done)
                and _levels_allow(problem, course, levels)
            ):
                now.append(course)
        for course in now:
            done[course] = period
            for skill, _, high in outcomes[course]:
                levels[skill] = max(levels[skill], high)
    return starts, done


def _levels_allow(problem: Problem, course: int, levels: Ints) -> bool:
    return all(levels[skill] >= low for skill, low, _ in outcomes_of(problem)[course])


def _supporting(problem: Problem, person: int, course: int) -> frozenset[int]:
    """Collect the course and all that can help to take it, or what was accepted: nothing else has to come with it."""
    catalogue, outcomes = problem.catalogue, outcomes_of(problem)
    todo = [course, *catalogue.session_course[rows_of(problem.people.accepted, person)].tolist()]
    seen: set[int] = set()
    while todo:
        at = todo.pop()
        if at in seen:
            continue
        seen.add(at)
        missing = {skill for skill, low, _ in outcomes[at] if problem.people.levels[person, skill] < low}
        todo += [c for c, rows in outcomes.items() if any(skill in missing for skill, _, _ in rows)]
        if catalogue.prerequisite[at] != -1:
            todo.append(int(catalogue.prerequisite[at]))
    return frozenset(seen)


def _fits_hours(problem: Problem, person: int, course: int, needed: frozenset[int]) -> bool | None:
    """Whether some plan of the person has the course; None where there are too many to go through."""
    catalogue = problem.catalogue
    try:
        plans = oracle.person_plans(problem, person, courses=needed, limit=ENOUGH)
    except oracle.TooLargeError:
        return None
    return any(course in catalogue.session_course[list(plan)] for plan in plans)


def _shared_reasons(problem: Problem, plan: Plan, person: int, sessions: list[int], needed: frozenset[int]) -> set[int]:
    """Say what may hold of seats and money: seats are taken only if some are, money is used only if it is short.

    ``sessions`` are those of the course the person could take, ``needed`` the courses that may have to come with it.
    """
    catalogue, limits = problem.catalogue, problem.limits
    full = (catalogue.session_seats != -1) & (plan.seats_used >= catalogue.session_seats)
    if full[sessions].all():
        return {Why.SEATS}
    course = int(catalogue.session_course[sessions[0]])
    mine = catalogue.session_course[plan.session[plan.person == person]]
    with_support = sum(float(catalogue.cost[c]) for c in needed - set(mine.tolist()))
    over = [bool(people_of(problem, int(unit))[person]) for unit in limits.budget_unit]
    left = float((limits.budget - plan.budget_used)[over].min(initial=np.inf))
    slack = TOLERANCE * float(limits.budget.max(initial=1.0))
    right: set[int] = set()
    if full[np.isin(catalogue.session_course, sorted(needed))].any():
        right.add(Why.SEATS)
    if with_support > 0 and left - slack < with_support:
        right.add(Why.BUDGET)
    if left + slack + float(catalogue.cost[mine].sum()) >= float(catalogue.cost[course]):
        right.add(Why.WORTH)
    return right
