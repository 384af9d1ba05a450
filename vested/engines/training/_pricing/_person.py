"""What one person could take: courses, skills and needs in short numbers, and the sessions worth trying."""

import numba as nb
import numpy as np

from vested.engines.training._model import Model
from vested.engines.training._nouns import Floats, Ints
from vested.engines.training._pricing._work import (
    BEFORE,
    COURSE,
    ENABLE_OF,
    FORCED,
    IDLE,
    ITEM_COURSE,
    ITEM_OPEN,
    ITEM_PERIOD,
    ITEM_SESSION,
    KEEP,
    LEVEL,
    NEED_BY,
    NEED_LEVEL,
    NEED_OF,
    NEED_PRICE,
    OPENS,
    OUTCOME_FROM,
    OUTCOME_OF,
    OUTCOME_SKILL,
    OUTCOME_TO,
    PLACE,
    READY,
    REQUIRE,
    STACK,
    TAKEN,
    WEIGHT,
    Duals,
    Work,
)


@nb.njit(cache=True, nogil=True)
def rise(skill: Ints, skill_value: Floats, need: Floats, q: int, low: float, high: float, period: int) -> float:
    """Worth of raising local skill ``q`` from ``low`` to ``high`` in ``period``."""
    if high <= low:
        return 0.0
    worth = 0.0
    if low < skill_value[REQUIRE, q]:
        worth = skill_value[WEIGHT, q] * (min(skill_value[REQUIRE, q], high) - low)
    for e in range(skill[NEED_OF, q], skill[NEED_OF, q + 1]):
        if low < need[NEED_LEVEL, e] <= high and period <= need[NEED_BY, e]:
            worth += need[NEED_PRICE, e]
    return worth


@nb.njit(cache=True, nogil=True)
def collect(m: Model, d: Duals, i: int, w: Work) -> tuple[int, int, int]:
    """Person ``i``'s courses, skills and needs into the scratch space; their numbers and that of accepted sessions."""
    unit, role = m.unit[i], m.role[i]
    per_level = d.level + d.unit_level[unit] + d.grade_level[m.grade[i]]
    courses, skills, outcomes = 0, 0, 0
    for a in range(m.candidate_of[i], m.candidate_of[i + 1]):
        c = m.candidate[a]
        w.course[COURSE, courses] = c
        w.hour[courses] = m.course_hours[c]
        w.cost[courses] = m.course_cost[c]
        w.outcome[OUTCOME_OF, courses] = outcomes
        for o in range(m.outcome_of[c], m.outcome_of[c + 1]):
            s = m.outcome_skill[o]
            q = w.skill[PLACE, s]
            if q < 0:
                q = skills
                w.skill[PLACE, s] = q
                w.skill_value[LEVEL, q] = m.levels[i, s]
                w.skill_value[REQUIRE, q] = m.required[role, s]
                w.skill_value[WEIGHT, q] = per_level * m.weight[role, s]
                skills += 1
            w.outcome[OUTCOME_SKILL, outcomes] = q
            w.outcome_value[OUTCOME_FROM, outcomes] = m.outcome_from[o]
            w.outcome_value[OUTCOME_TO, outcomes] = m.outcome_to[o]
            outcomes += 1
        courses += 1
    w.outcome[OUTCOME_OF, courses] = outcomes
    # Needs by local skill: count, offset, place.
    for q in range(skills + 2):
        w.skill[NEED_OF, q] = 0
    for turn in range(2):
        for a in range(m.unit_need_of[unit], m.unit_need_of[unit + 1]):
            k = m.unit_need[a]
            q = w.skill[PLACE, m.need_skill[k]]
            if q < 0 or d.need[k] <= 0.0 or w.skill_value[LEVEL, q] >= m.need_level[k]:
                continue
            if turn == 0:
                w.skill[NEED_OF, q + 2] += 1
            else:
                e = w.skill[NEED_OF, q + 1]
                w.need[NEED_LEVEL, e] = m.need_level[k]
                w.need[NEED_BY, e] = m.need_by[k]
                w.need[NEED_PRICE, e] = d.need[k]
                w.skill[NEED_OF, q + 1] += 1
        if turn == 0:
            for q in range(1, skills + 1):
                w.skill[NEED_OF, q + 1] += w.skill[NEED_OF, q]
    for a in range(m.candidate_of[i], m.candidate_of[i + 1]):
        c = m.candidate[a]
        for o in range(m.outcome_of[c], m.outcome_of[c + 1]):
            w.skill[PLACE, m.outcome_skill[o]] = -1
    for b in range(courses):
        w.course[FORCED, b] = False
        w.course[IDLE, b] = 0 if m.compulsory[role, w.course[COURSE, b]] else 1
        for a in range(m.wish_of[i], m.wish_of[i + 1]):
            if m.wish[a] == w.course[COURSE, b]:
                w.course[IDLE, b] = 0
        w.course[TAKEN, b] = 0
        w.course[BEFORE, b] = -1
        first = m.prerequisite[w.course[COURSE, b]]
        if first < 0:
            continue
        w.course[BEFORE, b] = -2
        for a in range(m.completed_of[i], m.completed_of[i + 1]):
            if m.completed[a] == first:
                w.course[BEFORE, b] = -1
        if w.course[BEFORE, b] == -2:
            for other in range(courses):
                if w.course[COURSE, other] == first:
                    w.course[BEFORE, b] = other
    for a in range(m.accepted_of[i], m.accepted_of[i + 1]):
        for b in range(courses):
            if w.course[COURSE, b] == m.session_course[m.accepted[a]]:
                w.course[FORCED, b] = True
    return courses, skills, m.accepted_of[i + 1] - m.accepted_of[i]


@nb.njit(cache=True, nogil=True)
def list_items(m: Model, d: Duals, i: int, w: Work, courses: int) -> int:
    """Lists the sessions worth trying, by period; returns how many.

    A session is left out where the same course can be had earlier at no higher price, whatever else is taken.
    """
    unit, role = m.unit[i], m.role[i]
    for a in range(m.declined_of[i], m.declined_of[i + 1]):
        w.refused[m.declined[a]] = True
    # Courses of no worth by themselves stay only where another needs them first.
    top = 0
    for b in range(courses):
        c = w.course[COURSE, b]
        best = -np.inf
        base = -d.money[unit] * w.cost[b]
        if m.compulsory[role, c]:
            base += d.compulsory
        if d.wish > 0.0:
            for a in range(m.wish_of[i], m.wish_of[i + 1]):
                if m.wish[a] == c:
                    base += d.wish * m.wish_weight[a]
        w.hope[b] = base
        w.course[READY, b] = w.course[BEFORE, b] == -1
        for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
            if w.outcome_value[OUTCOME_FROM, o] > w.skill_value[LEVEL, w.outcome[OUTCOME_SKILL, o]]:
                w.course[READY, b] = False
        last = -1
        for a in range(m.session_of[c], m.session_of[c + 1]):
            j, t = m.session[a], m.session_period[a]
            if t < m.candidate_first[m.candidate_of[i] + b] or w.refused[j] or d.seat[j] == np.inf:
                continue
            worth = base - d.seat[j]
            if t != last:
                last, gain = t, 0.0
                for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
                    q = w.outcome[OUTCOME_SKILL, o]
                    low = max(w.skill_value[LEVEL, q], w.outcome_value[OUTCOME_FROM, o])
                    gain += rise(w.skill, w.skill_value, w.need, q, low, w.outcome_value[OUTCOME_TO, o], t)
            best = max(best, worth + gain)
        w.course[KEEP, b] = 1 if w.every or best > 0.0 or w.course[FORCED, b] > 0 else 0
        if w.course[KEEP, b]:
            w.course[STACK, top] = b
            top += 1
    while top > 0:
        top -= 1
        b = w.course[STACK, top]
        if w.course[BEFORE, b] >= 0 and not w.course[KEEP, w.course[BEFORE, b]]:
            w.course[KEEP, w.course[BEFORE, b]] = True
            w.course[STACK, top] = w.course[BEFORE, b]
            top += 1
        if w.course[READY, b]:
            continue
        for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
            q = w.outcome[OUTCOME_SKILL, o]
            if w.outcome_value[OUTCOME_FROM, o] <= w.skill_value[LEVEL, q]:
                continue
            for other in range(courses):
                if w.course[KEEP, other]:
                    continue
                for x in range(w.outcome[OUTCOME_OF, other], w.outcome[OUTCOME_OF, other + 1]):
                    if (
                        w.outcome[OUTCOME_SKILL, x] == q
                        and w.outcome_value[OUTCOME_TO, x] >= w.outcome_value[OUTCOME_FROM, o]
                    ):
                        w.course[KEEP, other] = True
                        w.course[STACK, top] = other
                        top += 1
                        break
    items = 0
    for t in range(1, m.periods + 1):
        for b in range(courses):
            if not w.course[KEEP, b] or t < m.candidate_first[m.candidate_of[i] + b]:
                continue
            c = w.course[COURSE, b]
            first = items
            for a in range(m.session_of[c], m.session_of[c + 1]):
                j = m.session[a]
                if m.session_period[a] != t or w.refused[j] or d.seat[j] == np.inf:
                    continue
                if w.course[FORCED, b]:
                    accepted = False
                    for e in range(m.accepted_of[i], m.accepted_of[i + 1]):
                        if m.accepted[e] == j:
                            accepted = True
                    if not accepted:
                        continue
                worth = w.hope[b] - d.seat[j]
                at = items
                if not w.every and items > first:
                    if worth <= w.item_worth[first]:
                        continue
                    at = first
                w.item[ITEM_COURSE, at] = b
                w.item[ITEM_PERIOD, at] = t
                w.item[ITEM_SESSION, at] = j
                w.item[ITEM_OPEN, at] = 1 if m.seats[j] < 0 else 0
                w.item_worth[at] = worth
                items = at + 1
            if w.course[READY, b]:
                kept = first
                for x in range(first, items):
                    beaten = False
                    for y in range(first):
                        if (
                            w.item[ITEM_COURSE, y] == b
                            and w.item_worth[y] >= w.item_worth[x]
                            and (not w.every or w.item[ITEM_OPEN, y] == 1)
                        ):
                            beaten = True
                    if not beaten:
                        for r in range(4):
                            w.item[r, kept] = w.item[r, x]
                        w.item_worth[kept] = w.item_worth[x]
                        kept += 1
                items = kept
    for a in range(m.declined_of[i], m.declined_of[i + 1]):
        w.refused[m.declined[a]] = False
    # Which courses open which.
    for b in range(courses):
        w.course[OPENS, b] = False
    links = 0
    for b in range(courses):
        for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
            w.outcome[ENABLE_OF, o] = links
            q = w.outcome[OUTCOME_SKILL, o]
            if not w.course[KEEP, b] or w.outcome_value[OUTCOME_FROM, o] <= w.skill_value[LEVEL, q]:
                continue
            for e in range(courses):
                if not w.course[KEEP, e] or e == b:
                    continue
                for y in range(w.outcome[OUTCOME_OF, e], w.outcome[OUTCOME_OF, e + 1]):
                    if (
                        w.outcome[OUTCOME_SKILL, y] == q
                        and w.outcome_value[OUTCOME_TO, y] >= w.outcome_value[OUTCOME_FROM, o]
                    ):
                        w.enable[links] = e
                        links += 1
        if w.course[KEEP, b] and w.course[BEFORE, b] >= 0:
            w.course[OPENS, w.course[BEFORE, b]] = True
    w.outcome[ENABLE_OF, w.outcome[OUTCOME_OF, courses]] = links
    return items
