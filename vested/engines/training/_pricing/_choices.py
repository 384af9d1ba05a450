"""What can be chosen within a part, and what parts can bring together at most."""

import numba as nb
import numpy as np

from vested.engines.training._pricing._person import rise
from vested.engines.training._pricing._rules import later_for_nothing
from vested.engines.training._pricing._work import (
    ADDED,
    ALIKE,
    AWAY,
    BEFORE,
    BIN,
    BINS,
    CHOSEN,
    COST,
    COURSE,
    FOLLOWING,
    FORCED,
    HOURS,
    IDLE,
    ITEM_COURSE,
    ITEM_PERIOD,
    KEEP,
    KEPT,
    LENGTH,
    LEVEL,
    MARK,
    NUMBER,
    OPENS,
    OUTCOME_FROM,
    OUTCOME_OF,
    OUTCOME_SKILL,
    OUTCOME_TO,
    PARENT,
    PART,
    READY,
    SEEN,
    SKILL,
    TAKEN,
    TINY,
    WORTH,
    Work,
)


@nb.njit(cache=True, nogil=True)
def hour_step(w: Work, courses: int, hours: float) -> tuple[float, int]:
    """Hours a bin of the table stands for, and the bins that ``hours`` fill.

    Hours of courses are multiples of it where that needs not too many bins.
    """
    step, total = 1.0, 0.0
    for b in range(courses):
        if w.course[KEEP, b]:
            total += w.hour[b]
            while step > 0.25 and w.hour[b] % step > TINY:
                step /= 2
    hours = min(hours, total)
    while hours > step * BINS:
        step *= 2
    return step, int((hours + TINY) / step + 1e-6)


@nb.njit(cache=True, nogil=True)
def list_choices(
    w: Work,
    part: int,
    first: int,
    items: int,
    courses: int,
    hours: float,
    step: float,
    most: int,
) -> int:
    """Every set of sessions of ``part`` that can be taken together, numbered from ``first``; -1: beyond ``most``.

    Each has what it is worth by itself. Where a course needs a level that a course of another part could give, that is
    taken as given, and the worth counts what the course adds above it. Returns the number after the last.
    """
    members, forced, skills = 0, 0, 0
    for x in range(items):
        if w.course[PART, w.item[ITEM_COURSE, x]] == part:
            w.member[members] = x
            members += 1
    for b in range(courses):
        if w.course[KEEP, b] and w.course[PART, b] == part:
            forced += w.course[FORCED, b]
            for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
                q = w.outcome[OUTCOME_SKILL, o]
                if w.skill[SEEN, q] != part:
                    w.skill[SEEN, q] = part
                    w.skill[SKILL, skills] = q
                    w.current[0, q] = w.begin[0, q] = w.skill_value[LEVEL, q]
                    skills += 1
    w.choice_of[part] = first
    w.choice[PARENT, first] = -1
    w.choice[LENGTH, first] = w.choice[BIN, first] = w.choice[MARK, first] = 0
    w.choice_value[HOURS, first] = w.choice_value[COST, first] = 0.0
    w.choice_value[WORTH, first] = 0.0 if forced == 0 else -np.inf
    w.node[FOLLOWING, 0] = w.node[KEPT, 0] = 0
    w.node[CHOSEN, 0] = -1
    w.node[NUMBER, 0] = first
    w.open[WORTH, 0] = 0.0
    size, depth = first + 1, 0
    while depth >= 0:
        at = w.node[FOLLOWING, depth]
        if at >= members:
            if depth > 0:
                w.course[TAKEN, w.item[ITEM_COURSE, w.node[CHOSEN, depth]]] = 0
            depth -= 1
            continue
        w.node[FOLLOWING, depth] = at + 1
        x = w.member[at]
        b, period = w.item[ITEM_COURSE, x], w.item[ITEM_PERIOD, x]
        parent = w.node[NUMBER, depth]
        spent = w.choice_value[HOURS, parent] + w.hour[b]
        if w.course[TAKEN, b] > 0 or spent > hours + TINY:
            continue
        same = depth > 0 and w.item[ITEM_PERIOD, w.node[CHOSEN, depth]] == period
        if not w.course[READY, b] and not _open(w, depth, b, period, part, same):
            continue
        gain, idle = 0.0, True
        for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
            q, to = w.outcome[OUTCOME_SKILL, o], w.outcome_value[OUTCOME_TO, o]
            if to > w.current[depth, q]:
                idle = False
                gain += rise(
                    w.skill,
                    w.skill_value,
                    w.need,
                    q,
                    max(w.current[depth, q], w.outcome_value[OUTCOME_FROM, o]),
                    to,
                    period,
                )
        if (
            idle
            and not w.course[OPENS, b]
            and not w.course[FORCED, b]
            and (w.course[IDLE, b] == 1 if w.every else w.item_worth[x] <= 0.0)
        ):
            continue
        if not w.course[READY, b] and later_for_nothing(w, depth, x, at):
            continue
        if size >= most:
            for e in range(1, depth + 1):
                w.course[TAKEN, w.item[ITEM_COURSE, w.node[CHOSEN, e]]] = 0
            return -1
        depth += 1
        for s in range(skills):
            q = w.skill[SKILL, s]
            w.begin[depth, q] = w.begin[depth - 1, q] if same else w.current[depth - 1, q]
            w.current[depth, q] = w.current[depth - 1, q]
        for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
            q = w.outcome[OUTCOME_SKILL, o]
            w.current[depth, q] = max(w.current[depth, q], w.outcome_value[OUTCOME_TO, o])
        w.course[TAKEN, b] = period
        w.node[CHOSEN, depth] = x
        w.node[FOLLOWING, depth] = at + 1
        w.node[NUMBER, depth] = size
        w.node[KEPT, depth] = w.node[KEPT, depth - 1] + w.course[FORCED, b]
        w.open[WORTH, depth] = w.open[WORTH, depth - 1] + w.item_worth[x] + gain
        w.choice[PARENT, size] = parent
        w.choice[ADDED, size] = x
        w.choice[LENGTH, size] = depth
        w.choice[MARK, size] = w.choice[MARK, parent] + mark_of(w.course[COURSE, b])
        w.choice[BIN, size] = int(spent / step + 1e-9)
        w.choice_value[HOURS, size] = spent
        w.choice_value[COST, size] = w.choice_value[COST, parent] + w.cost[b]
        w.choice_value[WORTH, size] = w.open[WORTH, depth] if w.node[KEPT, depth] == forced else -np.inf
        size += 1
    w.choice_of[part + 1] = size
    return size


@nb.njit(cache=True, nogil=True)
def mark_of(course: int) -> int:
    """A number for each course; sums of them tell sets of courses apart."""
    z = np.uint64(course + 1) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return int(np.int64(z ^ (z >> np.uint64(27))))


@nb.njit(cache=True, nogil=True)
def best_of_each(w: Work, part: int) -> None:
    """Leave one choice of the part, the best, for each set of courses."""
    first, last = w.choice_of[part], w.choice_of[part + 1]
    if last - first > ALIKE:
        return
    for e in range(first + 1, last):
        for f in range(first, e):
            if w.choice[MARK, f] == w.choice[MARK, e]:
                worse = e if w.choice_value[WORTH, e] <= w.choice_value[WORTH, f] else f
                w.choice_value[WORTH, worse] = -np.inf


@nb.njit(cache=True, nogil=True)
def _open(w: Work, depth: int, b: int, period: int, part: int, same: bool) -> bool:
    """Whether course ``b`` can start in ``period``, as far as the part can tell."""
    before = w.course[BEFORE, b]
    if before == -2 or (before >= 0 and w.course[PART, before] == part and not 0 < w.course[TAKEN, before] < period):
        return False
    for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
        q = w.outcome[OUTCOME_SKILL, o]
        level = w.begin[depth, q] if same else w.current[depth, q]
        if level < w.outcome_value[OUTCOME_FROM, o] and not w.outcome[AWAY, o]:
            return False
    return True


@nb.njit(cache=True, nogil=True)
def tabulate(w: Work, parts: int, bins: int) -> None:
    """Fill the table: what the parts from one on bring at most, by themselves, in so many bins of hours."""
    for h in range(bins + 1):
        w.table[parts, h] = 0.0
    for part in range(parts - 1, -1, -1):
        for h in range(bins + 1):
            w.most[h] = -np.inf
        for e in range(w.choice_of[part], w.choice_of[part + 1]):
            h = w.choice[BIN, e]
            if h <= bins and w.choice_value[WORTH, e] > w.most[h]:
                w.most[h] = w.choice_value[WORTH, e]
        for h in range(bins + 1):
            w.table[part, h] = w.most[0] + w.table[part + 1, h]
        best = w.most[0]
        for used in range(1, bins + 1):
            if w.most[used] <= best:  # fewer hours bring as much
                continue
            best = w.most[used]
            for h in range(used, bins + 1):
                w.table[part, h] = max(w.table[part, h], best + w.table[part + 1, h - used])
