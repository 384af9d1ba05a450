"""Plans that need not be looked at, since another is no worse."""

import numba as nb

from vested.engines.training._pricing._work import (
    BEFORE,
    CHOSEN,
    FORCED,
    IDLE,
    ITEM_COURSE,
    ITEM_OPEN,
    ITEM_PERIOD,
    LEVEL,
    NEED_OF,
    OPENS,
    OUTCOME_FROM,
    OUTCOME_OF,
    OUTCOME_SKILL,
    OUTCOME_TO,
    Work,
)


@nb.njit(cache=True, nogil=True)
def later_for_nothing(w: Work, depth: int, x: int, at: int) -> bool:
    """Whether item ``x``'s course could be taken earlier in the node's plan at no higher price."""
    b = w.item[ITEM_COURSE, x]
    for e in range(at):
        y = w.member[e]
        if (
            w.item[ITEM_COURSE, y] == b
            and w.item_worth[y] >= w.item_worth[x]
            and (not w.every or w.item[ITEM_OPEN, y] == 1)
            and ready(w, depth, b, w.item[ITEM_PERIOD, y])
        ):
            return True
    return False


@nb.njit(cache=True, nogil=True)
def ready(w: Work, size: int, b: int, period: int) -> bool:
    """Whether course ``b`` can start in ``period``, by what the ``size`` items chosen complete before it."""
    before = w.course[BEFORE, b]
    if before == -2:
        return False
    done = before == -1
    for e in range(1, size + 1):
        x = w.node[CHOSEN, e]
        if w.item[ITEM_COURSE, x] == before and w.item[ITEM_PERIOD, x] < period:
            done = True
    if not done:
        return False
    for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
        if _level_before(w, size, w.outcome[OUTCOME_SKILL, o], period, 0) < w.outcome_value[OUTCOME_FROM, o]:
            return False
    return True


@nb.njit(cache=True, nogil=True)
def _level_before(w: Work, size: int, q: int, period: int, gone: int) -> float:
    """Skill ``q`` at the start of ``period``, by the ``size`` items chosen but for the ``gone``-th."""
    level: float = w.skill_value[LEVEL, q]
    for e in range(1, size + 1):
        x = w.node[CHOSEN, e]
        if e == gone or w.item[ITEM_PERIOD, x] >= period:
            continue
        b = w.item[ITEM_COURSE, x]
        for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
            if w.outcome[OUTCOME_SKILL, o] == q:
                level = max(level, w.outcome_value[OUTCOME_TO, o])
    return level


@nb.njit(cache=True, nogil=True)
def spare_course(w: Work, depth: int) -> bool:
    """Whether the node's plan holds a course that does nothing any more: without it, nothing is lost."""
    for e in range(1, depth + 1):
        x = w.node[CHOSEN, e]
        b = w.item[ITEM_COURSE, x]
        if w.course[OPENS, b] or w.course[FORCED, b]:
            continue
        if (w.course[IDLE, b] == 0) if w.every else (w.item_worth[x] > 0.0):
            continue
        spare = True
        for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
            q = w.outcome[OUTCOME_SKILL, o]
            if w.outcome_value[OUTCOME_TO, o] <= w.skill_value[LEVEL, q]:
                continue
            # Reached no later by another course; or later, where no need has a date and nothing began in between.
            covered = False
            for f in range(1, depth + 1):
                if f == e or covered:
                    continue
                other = w.item[ITEM_COURSE, w.node[CHOSEN, f]]
                when = w.item[ITEM_PERIOD, w.node[CHOSEN, f]]
                if when > w.item[ITEM_PERIOD, x] and (w.skill[NEED_OF, q] < w.skill[NEED_OF, q + 1]):
                    continue
                for y in range(w.outcome[OUTCOME_OF, other], w.outcome[OUTCOME_OF, other + 1]):
                    if (
                        w.outcome[OUTCOME_SKILL, y] == q
                        and w.outcome_value[OUTCOME_TO, y] >= w.outcome_value[OUTCOME_TO, o]
                    ):
                        covered = when <= w.item[ITEM_PERIOD, x] or _without(w, depth, e, q)
            if not covered:
                spare = False
                break
        if spare:
            return True
    return False


@nb.njit(cache=True, nogil=True)
def _without(w: Work, depth: int, gone: int, q: int) -> bool:
    """Whether all that the node's plan begins could begin by skill ``q`` without its ``gone``-th session."""
    for e in range(1, depth + 1):
        if e == gone:
            continue
        b, period = w.item[ITEM_COURSE, w.node[CHOSEN, e]], w.item[ITEM_PERIOD, w.node[CHOSEN, e]]
        for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
            if w.outcome[OUTCOME_SKILL, o] != q or w.outcome_value[OUTCOME_FROM, o] <= w.skill_value[LEVEL, q]:
                continue
            if _level_before(w, depth, q, period, gone) < w.outcome_value[OUTCOME_FROM, o]:
                return False
    return True
