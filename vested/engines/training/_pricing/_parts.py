"""A person's courses in parts: what opens or overlaps one another is kept together, as far as a part may grow."""

import numba as nb

from vested.engines.training._pricing._person import rise
from vested.engines.training._pricing._work import (
    AWAY,
    BEFORE,
    ENABLE_OF,
    KEEP,
    LEVEL,
    LINK,
    NEED_OF,
    ORDER,
    OUTCOME_OF,
    OUTCOME_SKILL,
    OUTCOME_TO,
    OVERLAP,
    OWNER,
    PART,
    READY,
    REQUIRE,
    SECOND,
    SEEN,
    SIZE,
    TOP,
    TOUCHES,
    WEIGHT,
    Work,
)


@nb.njit(cache=True, nogil=True)
def part_up(w: Work, courses: int, skills: int, largest: int) -> tuple[int, int, bool]:
    """Number the parts, none of more than ``largest`` courses (twice as many where they open one another).

    Returns how many there are, how many (the first) teach something another one teaches or opens, and whether any
    opens another.
    """
    for b in range(courses):
        w.course[LINK, b] = b
        w.course[SIZE, b] = 1
        w.course[TOUCHES, b] = 0
    if largest > 1:
        _unite_opening(w, courses, 2 * largest)
        _unite_overlapping(w, courses, skills, largest)
    for q in range(skills):
        w.skill[OWNER, q] = w.skill[SEEN, q] = -1
    opens = False
    for b in range(courses):
        if not w.course[KEEP, b]:
            continue
        mine = _root(w, b)
        if w.course[BEFORE, b] >= 0:
            other = _root(w, w.course[BEFORE, b])
            if other != mine:
                w.course[TOUCHES, mine] = w.course[TOUCHES, other] = 1
                opens = True
        for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
            q = w.outcome[OUTCOME_SKILL, o]
            w.outcome[AWAY, o] = 0
            for a in range(w.outcome[ENABLE_OF, o], w.outcome[ENABLE_OF, o + 1]):
                other = _root(w, w.enable[a])
                if other != mine:
                    w.course[TOUCHES, mine] = w.course[TOUCHES, other] = 1
                    w.outcome[AWAY, o] = 1
                    opens = True
            if not _raises(w, o):
                continue
            if w.skill[OWNER, q] < 0:
                w.skill[OWNER, q] = mine
            elif w.skill[OWNER, q] != mine:
                w.course[TOUCHES, mine] = w.course[TOUCHES, w.skill[OWNER, q]] = 1
    parts, touching = 0, 0
    for turn in range(2):
        for b in range(courses):
            if w.course[KEEP, b] and w.course[LINK, b] == b and w.course[TOUCHES, b] == 1 - turn:
                w.course[PART, b] = parts
                parts += 1
        if turn == 0:
            touching = parts
    for b in range(courses):
        if w.course[KEEP, b]:
            w.course[PART, b] = w.course[PART, _root(w, b)]
    return parts, touching, opens


@nb.njit(cache=True, nogil=True)
def _raises(w: Work, o: int) -> bool:
    """Whether outcome ``o`` may bring anything by itself."""
    q = w.outcome[OUTCOME_SKILL, o]
    level = w.skill_value[LEVEL, q]
    return bool(w.outcome_value[OUTCOME_TO, o] > level) and (
        w.skill[NEED_OF, q] < w.skill[NEED_OF, q + 1]
        or (w.skill_value[WEIGHT, q] > 0.0 and level < w.skill_value[REQUIRE, q])
    )


@nb.njit(cache=True, nogil=True)
def _root(w: Work, b: int) -> int:
    while w.course[LINK, b] != b:
        b = w.course[LINK, b]
    return b


@nb.njit(cache=True, nogil=True)
def _unite(w: Work, a: int, b: int, largest: int) -> None:
    a, b = _root(w, a), _root(w, b)
    if a != b and w.course[SIZE, a] + w.course[SIZE, b] <= largest:
        w.course[LINK, a] = b
        w.course[SIZE, b] += w.course[SIZE, a]


@nb.njit(cache=True, nogil=True)
def _unite_opening(w: Work, courses: int, largest: int) -> None:
    for b in range(courses):
        if w.course[KEEP, b] and w.course[BEFORE, b] >= 0:
            _unite(w, b, w.course[BEFORE, b], largest)
    for b in range(courses):
        if w.course[KEEP, b] and not w.course[READY, b]:
            for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
                for a in range(w.outcome[ENABLE_OF, o], w.outcome[ENABLE_OF, o + 1]):
                    _unite(w, b, w.enable[a], largest)


@nb.njit(cache=True, nogil=True)
def _unite_overlapping(w: Work, courses: int, skills: int, largest: int) -> None:
    """Courses that teach the same, where most would be counted twice first."""
    for q in range(skills):
        w.skill_value[TOP, q] = w.skill_value[SECOND, q] = w.skill_value[LEVEL, q]
    for b in range(courses):
        if w.course[KEEP, b]:
            for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
                q, to = w.outcome[OUTCOME_SKILL, o], w.outcome_value[OUTCOME_TO, o]
                if to > w.skill_value[TOP, q]:
                    w.skill_value[SECOND, q] = w.skill_value[TOP, q]
                    w.skill_value[TOP, q] = to
                elif to > w.skill_value[SECOND, q]:
                    w.skill_value[SECOND, q] = to
    size = 0
    for q in range(skills):
        value = rise(w.skill, w.skill_value, w.need, q, w.skill_value[LEVEL, q], w.skill_value[SECOND, q], 0)
        if value <= 0.0:
            continue
        w.skill_value[OVERLAP, q] = value
        at = size
        while at > 0 and w.skill_value[OVERLAP, w.skill[ORDER, at - 1]] < value:
            w.skill[ORDER, at] = w.skill[ORDER, at - 1]
            at -= 1
        w.skill[ORDER, at] = q
        size += 1
    for at in range(size):
        q, first = w.skill[ORDER, at], -1
        for b in range(courses):
            if w.course[KEEP, b]:
                for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
                    if w.outcome[OUTCOME_SKILL, o] == q and _raises(w, o):
                        if first < 0:
                            first = b
                        else:
                            _unite(w, first, b, largest)
