"""Whether a roadmap keeps every rule, worked out from the problem alone: nothing here is the search's."""

import numpy as np

from vested.engines.roadmap._nouns import Ints, Plan, Problem

_SAME = 1e-6  # relative difference that rounding explains


def check(problem: Problem, plan: Plan) -> tuple[str, ...]:
    """Every rule that a plan breaks, and every figure that it states wrongly, in words."""
    faults = breaches(problem, plan.initiative, plan.mode, plan.start)
    if faults:
        return faults
    modes, limits = problem.modes, problem.limits
    money, people = np.zeros(len(limits.budget)), np.zeros(limits.capacity.shape)
    value = paid = explored = 0.0
    for mode, start in zip(plan.mode.tolist(), plan.start.tolist(), strict=True):
        value += modes.benefit[mode] * limits.discount ** (start + modes.quarters[mode])
        mine, ours = modes.cost_mode == mode, modes.people_mode == mode
        np.add.at(money, start + modes.cost_quarter[mine], modes.cost[mine])
        np.add.at(people, (modes.people_pool[ours], start + modes.people_quarter[ours]), modes.people[ours])
        paid += modes.cost[mine].sum()
        explored += modes.cost[mine].sum() * problem.initiatives.explore[modes.initiative[mode]]
    figures = [
        ("value", plan.value, value),
        ("risk", plan.risk, problem.initiatives.risk[plan.initiative].sum()),
        ("share of those who explore", plan.explore, explored / paid if paid else 0.0),
        ("money used", plan.budget_used, money),
        ("people used", plan.pool_used, people),
    ]
    wrong = [f"{name} is not what is stated" for name, said, true in figures if not _close(said, true)]
    if plan.value > plan.bound and not _close(plan.value, plan.bound):
        wrong.append("the value is above the bound")
    if plan.bound > plan.priced and not _close(plan.bound, plan.priced):
        wrong.append("the bound is above what prices prove")
    if not _close(plan.gap, (plan.bound - plan.value) / plan.bound if plan.bound > 0 else 0.0):
        wrong.append("the gap is not that between value and bound")
    return tuple(wrong)


def breaches(problem: Problem, initiative: Ints, mode: Ints, start: Ints) -> tuple[str, ...]:
    """Every rule that starting these initiatives in these modes and quarters breaks, in words."""
    initiatives, modes, links, limits = problem.initiatives, problem.modes, problem.links, problem.limits
    for what, given, size in (
        ("initiative", initiative, len(initiatives.mandatory)),
        ("mode", mode, len(modes.quarters)),
    ):
        unknown = given[(given < 0) | (given >= size)]
        if len(unknown):
            return (f"there is no {what} {unknown[0]}",)
    faults = [
        f"mode {m} is not initiative {p}'s" for p, m in zip(initiative, mode, strict=True) if modes.initiative[m] != p
    ]
    faults += [f"initiative {p} starts twice" for p in np.flatnonzero(np.bincount(initiative, minlength=1) > 1)]
    begins = dict(zip(initiative.tolist(), start.tolist(), strict=True))
    ends = {p: at + int(modes.quarters[m]) for p, m, at in zip(initiative.tolist(), mode, start.tolist(), strict=True)}
    for p, at in begins.items():
        if at < max(0, initiatives.earliest[p]) or at > initiatives.latest[p]:
            faults.append(f"initiative {p} starts in quarter {at}, outside its window")
        if ends[p] > len(limits.budget):
            faults.append(f"initiative {p} is not finished within the horizon")
    if faults:
        return tuple(faults)
    faults += [f"initiative {p} is mandatory and out" for p in np.flatnonzero(initiatives.mandatory) if p not in begins]
    groups = initiatives.group[list(begins)]
    faults += [f"more than one of group {g} starts" for g in np.flatnonzero(np.bincount(groups[groups >= 0]) > 1)]
    never = len(limits.budget) + 1
    for p, q in links.needs.tolist():
        if p in begins and ends.get(q, never) > begins[p]:
            faults.append(f"initiative {p} starts before {q} is finished")
    for p, m in zip(initiative.tolist(), mode.tolist(), strict=True):
        for block in links.uses[links.uses[:, 0] == m, 1].tolist():
            there = [ends.get(q, never) for q in links.supplies[links.supplies[:, 1] == block, 0].tolist()]
            if not links.exists[block] and min(there, default=never) > begins[p]:
                faults.append(f"initiative {p} starts before block {block} is there")
    return (*faults, *_over(problem, initiative, mode, start))


def _over(problem: Problem, initiative: Ints, mode: Ints, start: Ints) -> list[str]:
    """The limits that are exceeded."""
    modes, limits, initiatives = problem.modes, problem.limits, problem.initiatives
    money, people = np.zeros(len(limits.budget)), np.zeros(limits.capacity.shape)
    total = explored = 0.0
    for p, m, at in zip(initiative.tolist(), mode.tolist(), start.tolist(), strict=True):
        for k in np.flatnonzero(modes.cost_mode == m).tolist():
            money[at + modes.cost_quarter[k]] += modes.cost[k]
            total += modes.cost[k]
            explored += modes.cost[k] if initiatives.explore[p] else 0.0
        for k in np.flatnonzero(modes.people_mode == m).tolist():
            people[modes.people_pool[k], at + modes.people_quarter[k]] += modes.people[k]
    faults = [f"quarter {t} costs more than its budget" for t in np.flatnonzero(_above(money, limits.budget)).tolist()]
    faults += [
        f"pool {r} has too few people in quarter {t}" for r, t in np.argwhere(_above(people, limits.capacity)).tolist()
    ]
    if _above(np.array(initiatives.risk[initiative].sum()), np.array(limits.risk)):
        faults.append("the risk is above its cap")
    slack = _SAME * max(1.0, total)
    if explored < limits.explore_least * total - slack:
        faults.append("too little of the costs explores")
    if explored > limits.explore_most * total + slack:
        faults.append("too much of the costs explores")
    return faults


def _above(used: "np.ndarray", limit: "np.ndarray") -> "np.ndarray":
    return used > limit + _SAME * np.maximum(1.0, np.where(np.isfinite(limit), np.abs(limit), 0.0))


def _close(said: object, true: object) -> bool:
    return bool(np.allclose(np.asarray(said, dtype=float), np.asarray(true, dtype=float), rtol=_SAME, atol=_SAME))
