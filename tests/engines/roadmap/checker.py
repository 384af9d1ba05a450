"""The independent judge of roadmaps: plain loops over the rules as they are written, sharing nothing with the engine.

The engine's own ``check`` is judged by it too.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from vested.engines.roadmap import Plan, Problem

TINY = 1e-6

Starts = dict[int, tuple[int, int]]  # of an initiative: mode and quarter


def starts_of(plan: Plan) -> Starts:
    rows = zip(plan.initiative.tolist(), plan.mode.tolist(), plan.start.tolist(), strict=True)
    return {p: (mode, quarter) for p, mode, quarter in rows}


def worth(problem: Problem, starts: Starts) -> float:
    """The discounted benefit of what starts."""
    modes = problem.modes
    return sum(
        float(modes.benefit[mode]) * problem.limits.discount ** (at + int(modes.quarters[mode]))
        for mode, at in starts.values()
    )


def allowed(problem: Problem, starts: Starts) -> bool:
    """Whether what starts keeps every rule."""
    return next(violations(problem, starts), None) is None


def violations(problem: Problem, starts: Starts) -> Iterator[str]:
    """Go through the rules one by one."""
    initiatives, modes, links = problem.initiatives, problem.modes, problem.links
    quarters = len(problem.limits.budget)
    live = {p: at + int(modes.quarters[mode]) for p, (mode, at) in starts.items()}
    for p in range(len(initiatives.mandatory)):
        if initiatives.mandatory[p] and p not in starts:
            yield f"{p} is mandatory"
    for p, (mode, at) in starts.items():
        if modes.initiative[mode] != p:
            yield f"{p} in a mode of another"
        if not max(0, initiatives.earliest[p]) <= at <= initiatives.latest[p]:
            yield f"{p} outside its window"
        if live[p] > quarters:
            yield f"{p} beyond the horizon"
        for other in starts:
            if other != p and initiatives.group[p] >= 0 and initiatives.group[p] == initiatives.group[other]:
                yield f"{p} and {other} exclude one another"
        for first, second in links.needs.tolist():
            if first == p and not (second in live and live[second] <= at):
                yield f"{p} needs {second}"
        for user, block in links.uses.tolist():
            if user == mode and not links.exists[block]:
                suppliers = [q for q, supplied in links.supplies.tolist() if supplied == block and q in live]
                if not any(live[q] <= at for q in suppliers):
                    yield f"{p} needs block {block}"
    yield from _limits(problem, starts)


def _limits(problem: Problem, starts: Starts) -> Iterator[str]:
    limits, initiatives = problem.limits, problem.initiatives
    money, people, total, explored = uses(problem, starts)
    for quarter, used in enumerate(money):
        if used > limits.budget[quarter] + TINY:
            yield f"money in {quarter}"
    for pool, row in enumerate(people):
        for quarter, used in enumerate(row):
            if used > limits.capacity[pool, quarter] + TINY:
                yield f"pool {pool} in {quarter}"
    if sum(float(initiatives.risk[p]) for p in starts) > limits.risk + TINY:
        yield "risk"
    if explored < limits.explore_least * total - TINY or explored > limits.explore_most * total + TINY:
        yield "explore"


def uses(problem: Problem, starts: Starts) -> tuple[list[float], list[list[float]], float, float]:
    """Money by quarter, people by pool and quarter, all costs, and those of who explore."""
    modes, limits = problem.modes, problem.limits
    money = [0.0] * len(limits.budget)
    people = [[0.0] * len(limits.budget) for _ in limits.rate]
    total = explored = 0.0
    for p, (mode, at) in starts.items():
        for of, quarter, cost in zip(modes.cost_mode, modes.cost_quarter, modes.cost, strict=True):
            if of == mode:
                money[at + int(quarter)] += float(cost)
                total += float(cost)
                explored += float(cost) if problem.initiatives.explore[p] else 0.0
        rows = zip(modes.people_mode, modes.people_quarter, modes.people_pool, modes.people, strict=True)
        for of, quarter, pool, amount in rows:
            if of == mode:
                people[int(pool)][at + int(quarter)] += float(amount)
    return money, people, total, explored


def judged(problem: Problem, plan: Plan, *, gap: float | None = None) -> list[str]:
    """Say all that is wrong with a plan and with what it claims."""
    starts = starts_of(plan)
    wrong = list(violations(problem, starts))
    if wrong:
        return wrong
    money, people, total, explored = uses(problem, starts)
    claims: Sequence[tuple[str, object, object]] = [
        ("value", plan.value, worth(problem, starts)),
        ("budget used", plan.budget_used, money),
        ("pool used", plan.pool_used, np.array(people).reshape(plan.pool_used.shape)),
        ("risk", plan.risk, sum(float(problem.initiatives.risk[p]) for p in starts)),
        ("explore", plan.explore, explored / total if total else 0.0),
    ]
    wrong = [f"{name}: {said} is {true}" for name, said, true in claims if not np.allclose(said, true)]  # type: ignore[arg-type]  # numbers and arrays
    if not plan.value - TINY <= plan.bound <= plan.priced + TINY * max(1.0, plan.priced):
        wrong.append(f"bound {plan.bound}, value {plan.value}, priced {plan.priced}")
    if abs(plan.gap - (max(0.0, plan.bound - plan.value) / plan.bound if plan.bound > 0 else 0.0)) > TINY:
        wrong.append(f"gap {plan.gap}")
    order = sorted(zip(plan.start.tolist(), plan.initiative.tolist(), strict=True))
    if order != list(zip(plan.start.tolist(), plan.initiative.tolist(), strict=True)):
        wrong.append("order")
    if gap is not None and plan.finished != (plan.gap <= gap + 1e-12):
        wrong.append(f"finished {plan.finished} with a gap of {plan.gap}")
    return wrong
