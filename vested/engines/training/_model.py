"""The problem as flat arrays that compiled kernels can walk."""

from dataclasses import fields, replace
from typing import NamedTuple

import numba as nb
import numpy as np

from vested.engines.training._nouns import Flags, Floats, Ints, Ints32, Problem


class Model(NamedTuple):
    """Arrays of one problem; ``x_of`` arrays are offsets into ``x`` (compressed rows).

    Courses' ``outcome_*`` and ``session*`` are sorted by course (sessions by period within it); ``teach`` lists
    outcomes by skill. ``candidate`` lists for each person the courses that may be of use and can be reached at all,
    ``candidate_first`` the earliest period for each.
    """

    periods: int
    levels: Floats
    hours: Floats
    role: Ints
    unit: Ints
    grade: Ints
    speaks: Flags
    required: Floats
    weight: Floats
    compulsory: Flags
    course_hours: Floats
    course_cost: Floats
    course_language: Ints
    prerequisite: Ints
    outcome_of: Ints
    outcome_skill: Ints
    outcome_from: Floats
    outcome_to: Floats
    teach_of: Ints
    teach: Ints
    teach_course: Ints
    session_of: Ints
    session: Ints
    session_period: Ints
    session_course: Ints
    period: Ints
    seats: Ints
    completed_of: Ints
    completed: Ints
    wish_of: Ints
    wish: Ints
    wish_weight: Floats
    accepted_of: Ints
    accepted: Ints
    declined_of: Ints
    declined: Ints
    unit_budget_of: Ints
    unit_budget: Ints
    unit_need_of: Ints
    unit_need: Ints
    unit_group_of: Ints
    unit_group: Ints
    budget: Floats
    need_skill: Ints
    need_level: Floats
    need_people: Ints
    need_by: Ints
    need_weight: Floats
    need_before: Ints
    need_cap: Floats
    groups: int
    fair_units: int
    group_gap: Floats
    fairness: float
    cost_weight: float
    candidate_of: Ints
    candidate: Ints32
    candidate_first: Ints32
    longest: int


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
    return _with_candidates(model)


def _with_candidates(model: Model) -> Model:
    n, courses = len(model.hours), len(model.course_hours)
    count = np.zeros(n, np.int64)
    longest = np.zeros(n, np.int64)
    none = np.zeros(0, np.int32)
    _candidates(model, count, longest, model.candidate_of, none, none, np.zeros(courses, np.int32))
    offsets = np.concatenate(([0], np.cumsum(count))).astype(np.int64)
    candidate = np.zeros(offsets[-1], np.int32)
    first = np.zeros(offsets[-1], np.int32)
    _candidates(model, count, longest, offsets, candidate, first, np.zeros(courses, np.int32))
    return model._replace(
        candidate_of=offsets, candidate=candidate, candidate_first=first, longest=int(longest.max()) if n else 0
    )


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


@nb.njit(cache=True, nogil=True)
def _candidates(
    m: Model, count: Ints, longest: Ints, offsets: Ints, candidate: Ints32, candidate_first: Ints32, first: Ints32
) -> None:
    """Count (where ``candidate`` is empty) or list each person's candidate courses."""
    courses = len(m.course_hours)
    skills = m.required.shape[1]
    fill = len(candidate) > 0
    start = np.zeros(skills)
    after = np.zeros(skills)
    wanted = np.zeros(courses, np.bool_)
    done = np.zeros(courses, np.bool_)
    open_ = np.zeros(courses, np.bool_)
    stack = np.zeros(courses, np.int64)
    hours = np.zeros(courses)
    refused = np.zeros(len(m.period), np.bool_)
    for i in range(len(m.hours)):
        r, u = m.role[i], m.unit[i]
        done[:] = False
        wanted[:] = False
        for a in range(m.completed_of[i], m.completed_of[i + 1]):
            done[m.completed[a]] = True
        for a in range(m.declined_of[i], m.declined_of[i + 1]):
            refused[m.declined[a]] = True
        for c in range(courses):
            first[c] = 0
            language = m.course_language[c]
            open_[c] = not done[c] and m.course_hours[c] <= m.hours[i] and (language < 0 or m.speaks[i, language])
        # What can be reached at all, with hours for everything: every course as early as possible.
        start[:] = m.levels[i]
        after[:] = m.levels[i]
        for t in range(1, m.periods + 1):
            start[:] = after
            for c in range(courses):
                if not open_[c] or first[c] > 0:
                    continue
                before = m.prerequisite[c]
                if before >= 0 and not done[before] and not 0 < first[before] < t:
                    continue
                held = False
                for b in range(m.session_of[c], m.session_of[c + 1]):
                    if m.session_period[b] == t and not refused[m.session[b]]:
                        held = True
                if not held:
                    continue
                ready = True
                for o in range(m.outcome_of[c], m.outcome_of[c + 1]):
                    if start[m.outcome_skill[o]] < m.outcome_from[o]:
                        ready = False
                if ready:
                    first[c] = t
                    for o in range(m.outcome_of[c], m.outcome_of[c + 1]):
                        after[m.outcome_skill[o]] = max(after[m.outcome_skill[o]], m.outcome_to[o])
        for a in range(m.declined_of[i], m.declined_of[i + 1]):
            refused[m.declined[a]] = False
        # What is of use by itself.
        top = 0
        for c in range(courses):
            if first[c] == 0:
                continue
            use = m.compulsory[r, c]
            for o in range(m.outcome_of[c], m.outcome_of[c + 1]):
                s = m.outcome_skill[o]
                have = m.levels[i, s]
                if m.weight[r, s] > 0.0 and have < m.required[r, s] and m.outcome_to[o] > have:
                    use = True
                if not use:
                    for a in range(m.unit_need_of[u], m.unit_need_of[u + 1]):
                        k = m.unit_need[a]
                        if (
                            m.need_skill[k] == s
                            and have < m.need_level[k] <= m.outcome_to[o]
                            and m.need_cap[k] > 0
                            and first[c] <= m.need_by[k]
                        ):
                            use = True
            if use:
                wanted[c] = True
                stack[top] = c
                top += 1
        for a in range(m.wish_of[i], m.wish_of[i + 1]):
            c = m.wish[a]
            if first[c] > 0 and not wanted[c]:
                wanted[c] = True
                stack[top] = c
                top += 1
        for a in range(m.accepted_of[i], m.accepted_of[i + 1]):
            c = m.session_course[m.accepted[a]]
            if first[c] > 0 and not wanted[c]:
                wanted[c] = True
                stack[top] = c
                top += 1
        # What those need before them.
        while top > 0:
            top -= 1
            c = stack[top]
            before = m.prerequisite[c]
            if before >= 0 and first[before] > 0 and not wanted[before]:
                wanted[before] = True
                stack[top] = before
                top += 1
            for o in range(m.outcome_of[c], m.outcome_of[c + 1]):
                s = m.outcome_skill[o]
                if m.outcome_from[o] <= m.levels[i, s]:
                    continue
                for b in range(m.teach_of[s], m.teach_of[s + 1]):
                    helper = m.teach_course[m.teach[b]]
                    if first[helper] > 0 and not wanted[helper] and m.outcome_to[m.teach[b]] >= m.outcome_from[o]:
                        wanted[helper] = True
                        stack[top] = helper
                        top += 1
        size = 0
        for c in range(courses):
            if wanted[c]:
                if fill:
                    candidate[offsets[i] + size] = c
                    candidate_first[offsets[i] + size] = first[c]
                hours[size] = m.course_hours[c]
                size += 1
        count[i] = size
        left = m.hours[i]
        most = 0
        for h in np.sort(hours[:size]):
            if h > left:
                break
            left -= h
            most += 1
        longest[i] = most


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
