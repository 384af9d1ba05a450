"""The search itself."""

import numba as nb
import numpy as np

from vested.engines.training._model import Model
from vested.engines.training._pricing._bound import promise_of, rest_of, rise
from vested.engines.training._pricing._person import collect, list_items
from vested.engines.training._pricing._rules import later_for_nothing, spare_course
from vested.engines.training._pricing._work import (
    BEFORE,
    BOUND,
    CHOSEN,
    COST,
    COURSE,
    DEGREE,
    FOLLOWING,
    FORCED,
    HOPE,
    HOURS,
    ITEM_COURSE,
    ITEM_PERIOD,
    ITEM_SESSION,
    LEVEL,
    OUTCOME_FROM,
    OUTCOME_OF,
    OUTCOME_SKILL,
    OUTCOME_TO,
    TAKEN,
    TINY,
    WORTH,
    Duals,
    Work,
)


@nb.njit(cache=True, nogil=True)
def _keep(w: Work, count: int, depth: int, limit: int, every: bool) -> int:
    """Put the node's plan among the best found, in descending order (with ``every``, only the best first).

    Returns how many there are.
    """
    worth = w.node_value[WORTH, depth]
    if count == limit:
        if worth <= w.found[limit - 1]:
            return count
        at = limit - 1
    else:
        at = count
        count += 1
    if every and at > 0:
        if worth <= w.found[0]:
            w.found[at] = worth
            w.size[at] = depth
            for e in range(depth):
                w.plan[at, e] = w.item[ITEM_SESSION, w.node[CHOSEN, e + 1]]
            return count
        w.found[at] = w.found[0]
        w.size[at] = w.size[0]
        for x in range(w.size[0]):
            w.plan[at, x] = w.plan[0, x]
        at = 0
    while at > 0 and w.found[at - 1] < worth:
        w.found[at] = w.found[at - 1]
        w.size[at] = w.size[at - 1]
        for x in range(w.size[at]):
            w.plan[at, x] = w.plan[at - 1, x]
        at -= 1
    w.found[at] = worth
    w.size[at] = depth
    for e in range(depth):
        w.plan[at, e] = w.item[ITEM_SESSION, w.node[CHOSEN, e + 1]]
    return count


@nb.njit(cache=True, nogil=True)
def best_plans(
    m: Model, d: Duals, i: int, money: float, limit: int, slack: float, most: int, every: bool, w: Work
) -> tuple[int, float, int]:
    """The best plans of person ``i``: at most ``limit``, none worse than the best by more than ``slack``.

    Costs no more than ``money``; visits at most ``most`` nodes; ``every`` keeps plans that another beats at these
    prices while using other seats. Returns how many plans are in ``w.found``, ``w.size``, ``w.plan`` (best first; none
    where the accepted sessions cannot be kept), an upper bound on any plan's worth, and the nodes visited.
    """
    courses, skills, forced = collect(m, d, i, w)
    items = list_items(m, d, i, w, courses, every)
    count, nodes = 0, 1
    for q in range(skills):
        w.current[0, q] = w.skill_value[LEVEL, q]
        w.begin[0, q] = w.skill_value[LEVEL, q]
    w.node[CHOSEN, 0] = -1
    w.node[FOLLOWING, 0] = 0
    w.node_value[WORTH, 0] = 0.0
    w.node_value[HOURS, 0] = m.hours[i]
    w.node_value[COST, 0] = 0.0
    if forced == 0:
        count = _keep(w, count, 0, limit, every)
    w.node_value[BOUND, 0] = promise_of(w, 0, items, courses)
    depth = 0
    while depth >= 0:
        x = w.node[FOLLOWING, depth]
        need = w.found[0] - slack if count > 0 else -np.inf
        if count == limit and every:
            return count, np.inf, nodes
        if count == limit:
            need = max(need, w.found[limit - 1])
        if x >= items or w.node_value[BOUND, depth] <= need:
            if depth > 0:
                w.course[TAKEN, w.item[ITEM_COURSE, w.node[CHOSEN, depth]]] = 0
            depth -= 1
            continue
        if nodes > most:  # what is not explored lies below the open nodes
            return count, max(w.node_value[BOUND, : depth + 1].max(), w.found[0] if count > 0 else -np.inf), nodes
        w.node[FOLLOWING, depth] = x + 1
        b = w.item[ITEM_COURSE, x]
        c = w.course[COURSE, b]
        if w.course[FORCED, b] and w.course[TAKEN, b] == 0:
            w.node[FOLLOWING, depth] = items  # no plan may pass an accepted session by
        left = w.node_value[HOURS, depth] - m.course_hours[c] + TINY
        hope = w.node_value[WORTH, depth] + w.node_course[HOPE, depth, b]  # at most, before anything else is added
        if (
            hope == -np.inf  # taken already
            or left < 0
            or w.node_value[COST, depth] + m.course_cost[c] > money + TINY
            or (w.course[DEGREE, b] == 0 and hope + rest_of(w, depth, left) <= need)
        ):
            continue
        period = w.item[ITEM_PERIOD, x]
        same = depth > 0 and w.item[ITEM_PERIOD, w.node[CHOSEN, depth]] == period
        ready = w.course[BEFORE, b] == -1 or (
            w.course[BEFORE, b] >= 0 and 0 < w.course[TAKEN, w.course[BEFORE, b]] < period
        )
        for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
            q = w.outcome[OUTCOME_SKILL, o]
            if (w.begin[depth, q] if same else w.current[depth, q]) < w.outcome_value[OUTCOME_FROM, o]:
                ready = False
        if not ready:
            continue
        worth = w.node_value[WORTH, depth] + w.item_worth[x]
        for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
            q = w.outcome[OUTCOME_SKILL, o]
            worth += rise(w, q, w.current[depth, q], w.outcome_value[OUTCOME_TO, o], period)
        # (What the node's bound charged for a course that opens others is not charged again below that course.)
        if w.course[DEGREE, b] == 0 and worth + rest_of(w, depth, left) <= need:
            continue
        if later_for_nothing(w, depth, x, every):
            continue
        child = depth + 1
        for q in range(skills):
            w.begin[child, q] = w.begin[depth, q] if same else w.current[depth, q]
            w.current[child, q] = w.current[depth, q]
        for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
            q = w.outcome[OUTCOME_SKILL, o]
            w.current[child, q] = max(w.current[child, q], w.outcome_value[OUTCOME_TO, o])
        w.course[TAKEN, b] = period
        w.node[CHOSEN, child] = x
        w.node[FOLLOWING, child] = x + 1
        w.node_value[WORTH, child] = worth
        w.node_value[HOURS, child] = w.node_value[HOURS, depth] - m.course_hours[c]
        w.node_value[COST, child] = w.node_value[COST, depth] + m.course_cost[c]
        depth = child
        nodes += 1
        if spare_course(w, depth, every):
            w.course[TAKEN, b] = 0
            depth -= 1
            continue
        kept = 0
        for e in range(1, depth + 1):
            if w.course[FORCED, w.item[ITEM_COURSE, w.node[CHOSEN, e]]]:
                kept += 1
        if kept == forced and (count == 0 or worth >= w.found[0] - slack):
            count = _keep(w, count, depth, limit, every)
        w.node_value[BOUND, depth] = worth + promise_of(w, depth, items, courses)
    if count == 0:
        return 0, -np.inf, nodes
    kept = 1
    for x in range(1, count):
        if w.found[x] < w.found[0] - slack:
            continue
        w.found[kept] = w.found[x]
        w.size[kept] = w.size[x]
        for y in range(w.size[x]):
            w.plan[kept, y] = w.plan[x, y]
        kept += 1
    count = kept
    return count, w.found[0], nodes
