"""What can still be added to an open node, at most."""

import numba as nb
import numpy as np

from vested.engines.training._pricing._work import (
    BEFORE,
    DEGREE,
    ENABLE_OF,
    EXTRA,
    FOLLOWING,
    HOPE,
    HOUR,
    HOURS,
    ITEM_PERIOD,
    KEEP,
    LEAST,
    MAIN,
    MOST,
    NEED_BY,
    NEED_LEVEL,
    NEED_OF,
    NEED_PRICE,
    NET,
    OUTCOME_FROM,
    OUTCOME_OF,
    OUTCOME_SKILL,
    OUTCOME_TO,
    PICK,
    PROMISE,
    REQUIRE,
    ROOM,
    SEEN,
    SPAN,
    STEP_HOURS,
    STEP_WORTH,
    STEPS,
    TAKEN,
    TINY,
    TOP,
    WEIGHT,
    Work,
)


@nb.njit(cache=True, nogil=True)
def rise(w: Work, q: int, low: float, high: float, period: int) -> float:
    """Worth of raising local skill ``q`` from ``low`` to ``high`` in ``period``."""
    if high <= low:
        return 0.0
    worth = 0.0
    if low < w.skill_value[REQUIRE, q]:
        worth = w.skill_value[WEIGHT, q] * (min(w.skill_value[REQUIRE, q], high) - low)
    for e in range(w.skill[NEED_OF, q], w.skill[NEED_OF, q + 1]):
        if low < w.need[NEED_LEVEL, e] <= high and period <= w.need[NEED_BY, e]:
            worth += w.need[NEED_PRICE, e]
    return worth


@nb.njit(cache=True, nogil=True)
def promise_of(w: Work, depth: int, items: int, courses: int) -> float:
    """An upper bound on what sessions after the node's last can add: see the module's docstring.

    Leaves the steps it is made of (hours and worth, dearest hour first) with the node.
    """
    following = w.node[FOLLOWING, depth]
    w.node[STEPS, depth] = 0
    if following >= items:
        return 0.0
    period = w.item[ITEM_PERIOD, following]
    left = w.node_value[HOURS, depth] + TINY
    for b in range(courses):
        w.course_value[NET, b] = -np.inf
        w.node_course[HOPE, depth, b] = -np.inf
        if w.course[TAKEN, b] > 0 or not w.course[KEEP, b] or w.course_value[HOUR, b] > left:
            continue
        net, main, most = w.best_after[following, b], -1, 0.0
        if net == -np.inf:
            continue
        for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
            q = w.outcome[OUTCOME_SKILL, o]
            gain = rise(
                w, q, max(w.current[depth, q], w.outcome_value[OUTCOME_FROM, o]), w.outcome_value[OUTCOME_TO, o], period
            )
            net += gain
            if gain > most:
                most, main = gain, o
        w.course_value[NET, b], w.course[MAIN, b], w.course_value[MOST, b] = net, main, most
        w.node_course[HOPE, depth, b] = net
    size = 0
    for b in range(courses):
        if w.course_value[NET, b] <= 0.0:
            continue
        promise, hours = w.course_value[NET, b], w.course_value[HOUR, b]
        first = w.course[BEFORE, b]
        closed = first >= 0 and w.course[TAKEN, first] == 0
        for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
            if w.outcome_value[OUTCOME_FROM, o] > w.current[depth, w.outcome[OUTCOME_SKILL, o]]:
                closed = True
        if closed:
            promise, hours = _with_opener(w, depth, b, left)
        if promise <= 0.0:
            continue
        w.course_value[PROMISE, b], w.course_value[SPAN, b] = promise, hours
        main = w.course[MAIN, b]
        if main >= 0:  # what courses with one main skill add together is no more than that skill can rise
            q = w.outcome[OUTCOME_SKILL, main]
            if w.skill[SEEN, q] != w.turn[0]:
                w.skill[SEEN, q] = w.turn[0]
                w.skill_value[TOP, q] = w.current[depth, q]
                w.skill_value[EXTRA, q] = 0.0
                w.skill_value[LEAST, q] = -np.inf
            w.skill_value[TOP, q] = max(w.skill_value[TOP, q], w.outcome_value[OUTCOME_TO, main])
            w.skill_value[EXTRA, q] += max(0.0, promise - w.course_value[MOST, b])
            w.skill_value[LEAST, q] = max(w.skill_value[LEAST, q], promise - w.course_value[MOST, b])
        at = size
        while (
            at > 0
            and w.course_value[PROMISE, w.course[PICK, at - 1]] * hours
            < promise * w.course_value[SPAN, w.course[PICK, at - 1]]
        ):
            w.course[PICK, at] = w.course[PICK, at - 1]
            at -= 1
        w.course[PICK, at] = b
        size += 1
    w.turn[0] += 1
    for x in range(size):
        b = w.course[PICK, x]
        if w.course[MAIN, b] >= 0:
            q = w.outcome[OUTCOME_SKILL, w.course[MAIN, b]]
            w.skill_value[ROOM, q] = (
                rise(w, q, w.current[depth, q], w.skill_value[TOP, q], period)
                + w.skill_value[EXTRA, q]
                + min(0.0, w.skill_value[LEAST, q])
            )
    worth: float = 0.0
    for x in range(size):
        b = w.course[PICK, x]
        gain, hours = w.course_value[PROMISE, b], w.course_value[SPAN, b]
        if w.course[MAIN, b] >= 0:
            q = w.outcome[OUTCOME_SKILL, w.course[MAIN, b]]
            if w.skill_value[ROOM, q] < gain:
                hours *= w.skill_value[ROOM, q] / gain
                gain = w.skill_value[ROOM, q]
            w.skill_value[ROOM, q] -= gain
        w.node_course[STEP_HOURS, depth, x] = hours
        w.node_course[STEP_WORTH, depth, x] = gain
        w.node[STEPS, depth] = x + 1
        if hours >= left:
            return float(worth + gain * left / hours) if hours > 0 else float(worth + gain)
        worth += gain
        left -= hours
    return worth


@nb.njit(cache=True, nogil=True)
def _with_opener(w: Work, depth: int, b: int, left: float) -> tuple[float, float]:
    """What course ``b`` adds at most, and its hours, with its share of a course that must come first.

    A course that adds nothing by itself is paid for by those it opens: each bears its cost and hours divided by how
    many it could open, so no plan is charged more than it pays.
    """
    own = w.course_value[HOUR, b]
    loss, more = 0.0, 0.0
    first = w.course[BEFORE, b]
    if first >= 0 and w.course[TAKEN, first] == 0:
        if w.course_value[NET, first] == -np.inf or w.course_value[HOUR, first] + own > left:
            return -np.inf, own
        if w.course_value[NET, first] <= 0.0:
            loss = -w.course_value[NET, first] / w.course[DEGREE, first]
            more = w.course_value[HOUR, first] / w.course[DEGREE, first]
    for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
        if w.outcome_value[OUTCOME_FROM, o] <= w.current[depth, w.outcome[OUTCOME_SKILL, o]]:
            continue
        least_loss, least_more = np.inf, np.inf
        for a in range(w.outcome[ENABLE_OF, o], w.outcome[ENABLE_OF, o + 1]):
            e = w.enable[a]
            if w.course_value[NET, e] == -np.inf or w.course_value[HOUR, e] + own > left:
                continue
            if w.course_value[NET, e] > 0.0:
                least_loss, least_more = 0.0, 0.0
                break
            least_loss = min(least_loss, -w.course_value[NET, e] / w.course[DEGREE, e])
            least_more = min(least_more, w.course_value[HOUR, e] / w.course[DEGREE, e])
        if least_loss == np.inf:
            return -np.inf, own
        loss = max(loss, least_loss)
        more = max(more, least_more)
    return w.course_value[NET, b] - loss, own + more


@nb.njit(cache=True, nogil=True)
def rest_of(w: Work, depth: int, left: float) -> float:
    """The node's bound on what can be added in ``left`` hours."""
    worth: float = 0.0
    for x in range(w.node[STEPS, depth]):
        hours = w.node_course[STEP_HOURS, depth, x]
        if hours >= left:
            return float(worth + w.node_course[STEP_WORTH, depth, x] * (left / hours if hours > 0 else 1.0))
        worth += w.node_course[STEP_WORTH, depth, x]
        left -= hours
    return worth
