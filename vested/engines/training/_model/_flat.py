"""A problem made flat."""

from dataclasses import fields, replace

import numba as nb
import numpy as np

from vested.engines.training._model._arrays import Model
from vested.engines.training._model._candidates import with_candidates
from vested.engines.training._nouns import Floats, Ints, Problem


def model_of(problem: Problem) -> Model:
    """Flatten a checked problem."""
    problem = _laid_out(problem)
    people, roles, catalogue = problem.people, problem.roles, problem.catalogue
    needs, limits = problem.needs, problem.limits
    n, courses = len(people.hours), len(catalogue.hours)
    skills = roles.required.shape[1]
    units = len(limits.unit_parent)
    by_course = np.argsort(catalogue.outcome_course, kind="stable")
    by_skill = np.argsort(catalogue.outcome_skill[by_course], kind="stable")
    order = np.lexsort((catalogue.session_period, catalogue.session_course))
    ancestors = _ancestors(limits.unit_parent)
    unit_budget_of, unit_budget = _of_units(ancestors, limits.budget_unit)
    unit_need_of, unit_need = _of_units(ancestors, needs.unit)
    unit_group_of, unit_group = _of_units(ancestors, limits.fair_unit)
    fair_units = len(limits.fair_unit)
    groups = fair_units + (int(people.grade.max(initial=-1)) + 1)
    completed_of, completed = _rows(people.completed[:, 0], people.completed[:, 1], n)
    wish_order = np.lexsort((people.wishes[:, 1], people.wishes[:, 0]))
    wish_of, wish = _rows(people.wishes[:, 0], people.wishes[:, 1], n)
    accepted_of, accepted = _rows(people.accepted[:, 0], people.accepted[:, 1], n)
    declined_of, declined = _rows(people.declined[:, 0], people.declined[:, 1], n)
    before = np.zeros(len(needs.skill), np.int64)
    gap = np.zeros(n)
    _levels_before(
        people.levels,
        people.role,
        people.unit,
        roles.required,
        roles.weight,
        unit_need_of,
        unit_need,
        needs.skill,
        needs.level,
        before,
        gap,
    )
    group_gap = np.zeros(groups)
    for unit in range(units):
        inside = unit_group[unit_group_of[unit] : unit_group_of[unit + 1]]
        if len(inside):
            group_gap[inside] += gap[people.unit == unit].sum()
    graded = people.grade >= 0
    np.add.at(group_gap, fair_units + people.grade[graded], gap[graded])
    model = Model(
        periods=int(catalogue.session_period.max()) if len(order) else 0,
        levels=np.ascontiguousarray(people.levels, np.float64),
        hours=people.hours,
        role=people.role,
        unit=people.unit,
        grade=people.grade,
        speaks=people.speaks,
        required=roles.required,
        weight=roles.weight,
        compulsory=roles.compulsory,
        course_hours=catalogue.hours,
        course_cost=catalogue.cost,
        course_language=catalogue.language,
        prerequisite=catalogue.prerequisite,
        outcome_of=_offsets(catalogue.outcome_course, courses),
        outcome_skill=catalogue.outcome_skill[by_course],
        outcome_from=catalogue.outcome_from[by_course],
        outcome_to=catalogue.outcome_to[by_course],
        teach_of=_offsets(catalogue.outcome_skill, skills),
        teach=by_skill.astype(np.int64),
        teach_course=catalogue.outcome_course[by_course],
        session_of=_offsets(catalogue.session_course, courses),
        session=order.astype(np.int64),
        session_period=catalogue.session_period[order],
        session_course=catalogue.session_course,
        period=catalogue.session_period,
        seats=catalogue.session_seats,
        completed_of=completed_of,
        completed=completed,
        wish_of=wish_of,
        wish=wish,
        wish_weight=people.wish_weight[wish_order],
        accepted_of=accepted_of,
        accepted=accepted,
        declined_of=declined_of,
        declined=declined,
        unit_budget_of=unit_budget_of,
        unit_budget=unit_budget,
        unit_need_of=unit_need_of,
        unit_need=unit_need,
        unit_group_of=unit_group_of,
        unit_group=unit_group,
        budget=limits.budget,
        need_skill=needs.skill,
        need_level=needs.level,
        need_people=needs.people,
        need_by=needs.by_period,
        need_weight=needs.weight,
        need_before=before,
        need_cap=np.maximum(needs.people - before, 0).astype(np.float64),
        groups=groups,
        fair_units=fair_units,
        group_gap=group_gap,
        fairness=limits.fairness,
        cost_weight=limits.cost_weight,
        candidate_of=np.zeros(n + 1, np.int64),
        candidate=np.zeros(0, np.int32),
        candidate_first=np.zeros(0, np.int32),
        longest=0,
    )
    return with_candidates(model)


def _offsets(key: Ints, size: int) -> Ints:
    return np.concatenate(([0], np.cumsum(np.bincount(key, minlength=size)))).astype(np.int64)


def _rows(row: Ints, column: Ints, size: int) -> tuple[Ints, Ints]:
    order = np.lexsort((column, row))
    return _offsets(row, size), column[order]


def _ancestors(parent: Ints) -> list[list[int]]:
    """Each unit and all above it."""
    chains = []
    for unit in range(len(parent)):
        chain, at = [unit], int(parent[unit])
        while at >= 0:
            chain.append(at)
            at = int(parent[at])
        chains.append(chain)
    return chains


def _of_units(ancestors: list[list[int]], units: Ints) -> tuple[Ints, Ints]:
    """For each unit the rows of ``units`` (-1: everybody) whose subtree it lies in."""
    rows: dict[int, list[int]] = {}
    for row, unit in enumerate(units.tolist()):
        rows.setdefault(unit, []).append(row)
    lists = [sorted(rows.get(-1, []) + [row for up in chain for row in rows.get(up, [])]) for chain in ancestors]
    offsets = np.concatenate(([0], np.cumsum([len(entry) for entry in lists]))).astype(np.int64)
    return offsets, np.array([row for entry in lists for row in entry], np.int64)


@nb.njit(cache=True, nogil=True)
def _levels_before(
    levels: Floats,
    role: Ints,
    unit: Ints,
    required: Floats,
    weight: Floats,
    need_of: Ints,
    need: Ints,
    need_skill: Ints,
    need_level: Floats,
    before: Ints,
    gap: Floats,
) -> None:
    for i in range(len(role)):
        total = 0.0
        for s in range(required.shape[1]):
            short = required[role[i], s] - levels[i, s]
            if short > 0.0:
                total += weight[role[i], s] * short
        gap[i] = total
        for a in range(need_of[unit[i]], need_of[unit[i] + 1]):
            k = need[a]
            if levels[i, need_skill[k]] >= need_level[k]:
                before[k] += 1


def _laid_out(problem: Problem) -> Problem:
    """Lay out every array alike: kernels are compiled anew for each layout they meet, which takes a minute."""
    kinds = {"f": np.float64, "i": np.int64, "b": np.bool_}
    parts = {}
    for part in fields(problem):
        nouns = getattr(problem, part.name)
        arrays = {field.name: np.asarray(getattr(nouns, field.name)) for field in fields(nouns)}
        laid_out = {
            name: np.require(array, kinds[array.dtype.kind], ["C", "W"])
            for name, array in arrays.items()
            if array.ndim > 0
        }
        parts[part.name] = replace(nouns, **laid_out)
    return replace(problem, **parts)
