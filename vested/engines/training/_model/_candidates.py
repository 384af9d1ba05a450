"""Which courses may be of use to whom, and from when on."""

import numba as nb
import numpy as np

from vested.engines.training._model._arrays import Model
from vested.engines.training._nouns import Ints, Ints32


def with_candidates(model: Model) -> Model:
    """Work out the candidate courses of everybody."""
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
