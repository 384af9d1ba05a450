"""The reasons given for a plan, recomputed as far as they are facts."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tests.engines.training import oracle
from tests.engines.training._facts import (
    TOLERANCE,
    Step,
    at_most,
    close,
    compulsory_pairs,
    groups_of,
    outcomes_of,
    people_of,
    rows_of,
    walk,
)
from tests.engines.training._unmet import check_unmet, reasons
from vested.engines.training import Explanation, Plan, Problem, Why

ENOUGH = 20_000  # plans of one person that are gone through before giving up on the exact answer
SOME = 2_000  # the same, for each assignment's next best


def check_explanation(problem: Problem, plan: Plan, explanation: Explanation) -> tuple[str, ...]:
    """List in words every stated reason that is not true of the plan, and every one that is missing.

    The plan itself has to be free of violations.
    """
    steps = list(walk(problem, plan.person, plan.session))
    return (
        *_gains(problem, plan, explanation, steps),
        *_serves(problem, plan, explanation, steps),
        *_opens(problem, plan, explanation),
        *_flags(problem, plan, explanation),
        *_next_best(problem, plan, explanation),
        *check_unmet(problem, plan, explanation),
        *_needs(problem, plan, explanation),
    )


def _gains(problem: Problem, plan: Plan, explanation: Explanation, steps: list[Step]) -> list[str]:
    """Levels before and after, and values that add up to the gap closed, person by person and period by period.

    Two sessions of one period may raise the same skill: they share the value, and one of them reaches the level at
    the end.
    """
    outcomes, wrong = outcomes_of(problem), []
    raised: dict[tuple[int, int], tuple[float, float, float]] = {}  # assignment, skill: start, own level, end
    together: dict[tuple[int, int, int], list[tuple[int, int]]] = defaultdict(list)
    for step in steps:
        for row in step.rows:
            i, course = int(plan.person[row]), int(problem.catalogue.session_course[plan.session[row]])
            for skill, _, high in outcomes[course]:
                if high > step.start[i, skill]:
                    raised[row, skill] = (step.start[i, skill], high, step.end[i, skill])
                    together[i, skill, step.period].append((row, skill))
    stated: dict[tuple[int, int], tuple[float, float, float]] = {}
    for row, skill, before, after, value in zip(
        explanation.gain_of.tolist(),
        explanation.gain_skill.tolist(),
        explanation.gain_before.tolist(),
        explanation.gain_after.tolist(),
        explanation.gain_value.tolist(),
        strict=True,
    ):
        if (row, skill) in stated:
            wrong.append(f"gain of assignment {row} in skill {skill}: stated twice")
        stated[row, skill] = (before, after, value)
        if (row, skill) not in raised:
            wrong.append(f"gain of assignment {row} in skill {skill}: it raises no level")
            continue
        start, own, end = raised[row, skill]
        if not close(before, start) or not (close(after, own) or close(after, end)):
            wrong.append(f"gain of assignment {row} in skill {skill}: {before:g} to {after:g}, is {start:g} to {end:g}")
    for (i, skill, period), keys in together.items():
        start, _, end = raised[keys[0]]
        role = problem.people.role[i]
        required = float(problem.roles.required[role, skill])
        worth = float(problem.roles.weight[role, skill] * (min(required, end) - min(required, start)))
        mine = [stated[key] for key in keys if key in stated]
        place = f"gains of person {i} in skill {skill} and period {period}"
        if not mine or not close(max(after for _, after, _ in mine), end):
            wrong.append(f"{place}: nothing stated reaches level {end:g}")
        if not close(sum(value for *_, value in mine), worth) or any(value < 0 for *_, value in mine):
            wrong.append(f"{place}: worth {sum(value for *_, value in mine)!r}, is {worth!r}")
    return wrong


def _serves(problem: Problem, plan: Plan, explanation: Explanation, steps: list[Step]) -> list[str]:
    """Everybody who becomes a holder in time does so by an assignment that is named, and no other is named."""
    outcomes, needs, wrong = outcomes_of(problem), problem.needs, []
    stated = Counter(zip(explanation.serves_of.tolist(), explanation.serves.tolist(), strict=True))
    wrong += [f"assignment {row} serves need {k}: stated {n} times" for (row, k), n in stated.items() if n > 1]
    true: set[tuple[int, int]] = set()
    for k in range(len(needs.unit)):
        inside, skill, level = people_of(problem, int(needs.unit[k])), int(needs.skill[k]), float(needs.level[k])
        for step in steps:
            crossing = inside & (step.start[:, skill] < level) & (step.end[:, skill] >= level)
            for i in np.flatnonzero(crossing).tolist():
                able = {
                    (row, k)
                    for row in step.rows
                    if plan.person[row] == i
                    and any(
                        at == skill and high >= level
                        for at, _, high in outcomes[int(problem.catalogue.session_course[plan.session[row]])]
                    )
                }
                if step.period <= needs.by_period[k]:
                    true |= able
                    if not able & set(stated):
                        wrong.append(f"need {k}: person {i} becomes a holder in period {step.period}, not stated")
    return wrong + [f"assignment {row} serves need {k}: it does not" for row, k in sorted(set(stated) - true)]


def _opens(problem: Problem, plan: Plan, explanation: Explanation) -> list[str]:
    """Expect what falls at once when an assignment is taken away; allow what falls in turn."""
    stated = Counter(zip(explanation.opens_of.tolist(), explanation.opens.tolist(), strict=True))
    wrong = [f"assignment {row} opens {later}: stated {n} times" for (row, later), n in stated.items() if n > 1]
    at_once: set[tuple[int, int]] = set()
    in_turn: set[tuple[int, int]] = set()
    for i in np.unique(plan.person).tolist():
        mine = np.flatnonzero(plan.person == i).tolist()
        for row in mine:
            rest = [other for other in mine if other != row]
            at_once |= {(row, later) for later in _falling(problem, plan, rest)}
            while falling := _falling(problem, plan, rest):
                in_turn |= {(row, later) for later in falling}
                rest = [other for other in rest if other not in falling]
    wrong += [f"assignment {row} opens {later}: not stated" for row, later in sorted(at_once - set(stated))]
    return wrong + [f"assignment {row} opens {later}: it does not" for row, later in sorted(set(stated) - in_turn)]


def _falling(problem: Problem, plan: Plan, rows: list[int]) -> list[int]:
    """Find, of one person's assignments ``rows``, those that cannot be taken when there are no others."""
    if not rows:
        return []
    i = int(plan.person[rows[0]])
    return [rows[at] for at in untakeable(problem, i, [int(plan.session[row]) for row in rows])]


def untakeable(problem: Problem, person: int, sessions: list[int]) -> list[int]:
    """Find the positions in ``sessions`` of one person that levels or prerequisites do not allow."""
    catalogue, outcomes = problem.catalogue, outcomes_of(problem)
    levels = problem.people.levels[person].copy()
    done = set(rows_of(problem.people.completed, person))
    falling = []
    for period in sorted({int(catalogue.session_period[j]) for j in sessions}):
        now = [at for at, j in enumerate(sessions) if catalogue.session_period[j] == period]
        courses = [int(catalogue.session_course[sessions[at]]) for at in now]
        for at, course in zip(now, courses, strict=True):
            first = int(catalogue.prerequisite[course])
            if (first != -1 and first not in done) or any(levels[s] < low for s, low, _ in outcomes[course]):
                falling.append(at)
        for course in courses:
            for skill, _, high in outcomes[course]:
                levels[skill] = max(levels[skill], high)
        done |= set(courses)
    return falling


def _flags(problem: Problem, plan: Plan, explanation: Explanation) -> list[str]:
    people, wrong = problem.people, []
    compulsory = compulsory_pairs(problem)
    accepted = {(int(i), int(j)) for i, j in people.accepted}
    wish: Counter[tuple[int, int]] = Counter()
    for (i, c), weight in zip(people.wishes.tolist(), people.wish_weight.tolist(), strict=True):
        wish[i, c] += weight
    for row, (i, j) in enumerate(zip(plan.person.tolist(), plan.session.tolist(), strict=True)):
        c = int(problem.catalogue.session_course[j])
        for name, said, is_so in (
            ("compulsory", bool(explanation.compulsory[row]), (i, c) in compulsory),
            ("accepted", bool(explanation.accepted[row]), (i, j) in accepted),
        ):
            if said != is_so:
                wrong.append(f"assignment {row}: {name} is {said}, should be {is_so}")
        if not close(float(explanation.wish[row]), wish[i, c]):
            wrong.append(f"assignment {row}: wish {explanation.wish[row]:g}, is {wish[i, c]:g}")
    return wrong


def _next_best(problem: Problem, plan: Plan, explanation: Explanation) -> list[str]:
    """Look for the plan without the course that has the session named, the loss and the price stated.

    Every plan of the person is gone through, where those are not too many: what was accepted stays, all else may
    change, and the session named is the first one of a course that is not in the plan now.
    """
    catalogue, wrong = problem.catalogue, []
    for row, (instead, loss, price, why) in enumerate(
        zip(
            explanation.next_session.tolist(),
            explanation.next_loss.tolist(),
            explanation.next_price.tolist(),
            explanation.next_why.tolist(),
            strict=True,
        )
    ):
        if instead == -1:
            if why != 0:
                wrong.append(f"assignment {row}: no next best, and a reason why not it")
            continue
        i, j = int(plan.person[row]), int(plan.session[row])
        if j in rows_of(problem.people.accepted, i):
            wrong.append(f"assignment {row}: accepted, and a next best")
        if why not in (Why.SEATS, Why.BUDGET, Why.WORTH):
            wrong.append(f"assignment {row}: {why} is no reason against a next best")
        elif loss > TOLERANCE and why != Why.WORTH:
            wrong.append(f"assignment {row}: {why}, though the next best is worth {loss:g} less")
        options = instead_of(problem, plan, row)
        if options is None:
            course = int(catalogue.session_course[instead])
            able = reasons(problem, plan, i, course) & {Why.SEATS, Why.BUDGET, Why.WORTH}
            if not able or instead in rows_of(problem.people.declined, i):
                wrong.append(f"assignment {row}: next best session {instead} is not open to person {i}")
            continue
        possible = [(option.loss, option.price) for option in options if option.session == instead]
        if not possible:
            wrong.append(f"assignment {row}: next best session {instead} is not open to person {i} without course")
        elif not any(close(loss, less) and close(price, more) for less, more in possible):
            least = min(possible, key=lambda pair: abs(pair[0] - loss))
            wrong.append(
                f"assignment {row}: next best session {instead} loses {loss!r} at {price!r}, nearest is {least!r}"
            )
    return wrong


@dataclass(frozen=True, kw_only=True, slots=True)
class Instead:
    """A plan a person could have instead: ``session`` is the first of its ``sessions`` of a course not in the plan now.

    -1 where there is none; ``loss`` and ``price`` as in ``Explanation``; ``reduced`` is the worth at the plan's prices.
    """

    session: int
    sessions: tuple[int, ...]
    loss: float
    price: float
    reduced: float


def instead_of(problem: Problem, plan: Plan, row: int) -> list[Instead] | None:
    """List every plan the owner of an assignment could have without its course; None where there are too many."""
    needs, limits, prices = problem.needs, problem.limits, plan.prices
    i = int(plan.person[row])
    options = _choices(problem, i)
    if options is None:
        return None
    course_of = problem.catalogue.session_course
    mine = tuple(plan.session[plan.person == i].tolist())
    now = oracle.choice_of(problem, i, mine)
    courses = set(course_of[list(mine)].tolist())
    per_money = sum(
        price
        for unit, price in zip(limits.budget_unit.tolist(), prices.budget.tolist(), strict=True)
        if people_of(problem, unit)[i]
    )
    per_level = 1.0 + sum(
        price for group, price in zip(groups_of(problem), prices.group.tolist(), strict=True) if group[i]
    )
    role = problem.people.role[i]
    found = []
    for then in options:
        taken = course_of[list(then.sessions)].tolist()
        if int(course_of[plan.session[row]]) in taken:
            continue
        new = [j for j, course in zip(then.sessions, taken, strict=True) if course not in courses]
        lost = now.held - then.held
        counted = np.minimum(needs.people, plan.holders_after) - np.minimum(needs.people, plan.holders_after - lost)
        seats = float(prices.seat[list(then.sessions)].sum())
        own = then.wishes - limits.cost_weight * then.cost
        found.append(
            Instead(
                session=new[0] if new else -1,
                sessions=then.sessions,
                loss=now.closed
                - then.closed
                + now.wishes
                - limits.cost_weight * now.cost
                - own
                + float(counted @ needs.weight),
                price=seats - float(prices.seat[list(mine)].sum()) + per_money * (then.cost - now.cost),
                reduced=per_level * then.closed
                + own
                + float(then.held @ prices.need)
                + prices.compulsory * sum(bool(problem.roles.compulsory[role, c]) for c in taken)
                - seats
                - per_money * then.cost,
            )
        )
    return found


@lru_cache(maxsize=64)
def _choices(problem: Problem, person: int) -> list[oracle.Choice] | None:
    """List what one person can have; None where that is too much to go through."""
    try:
        return [oracle.choice_of(problem, person, p) for p in oracle.person_plans(problem, person, limit=SOME)]
    except oracle.TooLargeError:
        return None


def _needs(problem: Problem, plan: Plan, explanation: Explanation) -> list[str]:
    """Count who could be a holder in time by going through their plans, where those are not too many."""
    needs, wrong = problem.needs, []
    try:
        options = [
            [oracle.choice_of(problem, i, p) for p in oracle.person_plans(problem, i, limit=ENOUGH)]
            for i in range(len(problem.people.hours))
        ]
    except oracle.TooLargeError:
        options = []
    for k, (reachable, why) in enumerate(
        zip(explanation.need_reachable.tolist(), explanation.need_why.tolist(), strict=True)
    ):
        met = bool(plan.holders_after[k] >= needs.people[k])
        if options:
            able = sum(any(choice.held[k] for choice in mine) for mine in options)
            count = int(plan.holders_before[k]) + able
            if reachable != count:
                wrong.append(f"need {k}: {reachable} people could be holders, are {count}")
        elif not at_most(float(plan.holders_after[k]), reachable):
            wrong.append(f"need {k}: {plan.holders_after[k]} people are holders, {reachable} could be")
        few = reachable < needs.people[k]
        right = {0} if met else {int(Why.LEVEL)} if few else {int(Why.SEATS), int(Why.BUDGET), int(Why.WORTH)}
        if why not in right:
            wrong.append(f"need {k}: reason {why}, should be one of {sorted(right)}")
    return wrong
