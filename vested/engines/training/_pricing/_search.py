"""The search itself: parts one after the other, the most promising choice first."""

import numba as nb
import numpy as np

from vested.engines.training._model import Model
from vested.engines.training._pricing._choices import best_of_each, hour_step, list_choices, tabulate
from vested.engines.training._pricing._parts import part_up
from vested.engines.training._pricing._person import collect, list_items, rise
from vested.engines.training._pricing._rules import ready, spare_course
from vested.engines.training._pricing._work import (
    ADDED,
    BOUND,
    CHOICES,
    CHOSEN,
    COST,
    FORCED,
    HOURS,
    ITEM_COURSE,
    ITEM_PERIOD,
    ITEM_SESSION,
    LAST,
    LENGTH,
    LEVEL,
    MARK,
    NOW,
    OUTCOME_FROM,
    OUTCOME_OF,
    OUTCOME_SKILL,
    OUTCOME_TO,
    PARENT,
    PICKED,
    TINY,
    WORTH,
    Duals,
    Work,
)


@nb.njit(cache=True, nogil=True)
def best_plans(m: Model, d: Duals, i: int, money: float, slack: float, w: Work) -> tuple[int, float, int]:
    """The best plans of person ``i``, as many as there is room for, none worse than the best by more than ``slack``.

    Costs no more than ``money``. Returns how many plans are in ``w.found``, ``w.size``, ``w.plan`` (best first; none
    where the accepted sessions cannot be kept), an upper bound on any plan's worth, and the nodes visited.
    """
    limit, every = len(w.found), w.every
    courses, skills, forced = collect(m, d, i, w)
    held = forced > 0
    for b in range(courses):
        forced -= w.course[FORCED, b]
    if forced > 0:
        return 0, -np.inf, 1
    items = list_items(m, d, i, w, courses)
    step, bins = hour_step(w, courses, m.hours[i])
    parts, touching, opens = _prepare(w, courses, skills, items, m.hours[i], step)
    tabulate(w, parts, bins)
    count, nodes, depth = 0, 1, 0
    w.open[WORTH, 0] = w.open[COST, 0] = 0.0
    w.open[HOURS, 0] = m.hours[i]
    w.open[BOUND, 0] = w.table[0, bins]
    w.open[LAST, 0] = np.inf
    w.node[PICKED, 0] = -1
    while depth >= 0:
        need = w.found[0] - slack if count > 0 else -np.inf
        if count == limit:
            if every:
                return count, np.inf, nodes
            need = max(need, w.found[limit - 1])
        if w.open[BOUND, depth] <= need:
            depth -= 1
            continue
        if nodes > w.nodes:  # what is not explored lies below the open nodes
            if count == 0 and not held:
                w.node[CHOSEN, 0] = 0
                count = _keep(w, 0, 0, 0.0)
            top = w.found[0] if count > 0 else -np.inf
            for e in range(depth + 1):
                top = max(top, min(w.open[BOUND, e], w.open[LAST, e]))
            return count, top, nodes
        if depth == parts:
            _gather(w, parts)
            if not spare_course(w, w.node[CHOSEN, 0]):
                count = _keep(w, parts, count, w.open[WORTH, depth])
            depth -= 1
            continue
        # The next choice in this part.
        left, worth = w.open[HOURS, depth] + TINY, w.open[WORTH, depth]
        last, before = w.open[LAST, depth], w.node[PICKED, depth]
        pick, bound = -1, -np.inf
        for e in range(w.choice_of[depth], w.choice_of[depth + 1]):
            rest = left - w.choice_value[HOURS, e]
            if rest < 0.0 or w.open[COST, depth] + w.choice_value[COST, e] > money + TINY:
                continue
            top = worth + w.choice_value[WORTH, e] + w.table[depth + 1, min(int(rest / step + 1e-6), bins)]
            if top <= need:
                continue
            if every:
                if e > before:
                    pick, bound = e, top
                    break
            elif top > bound and (top < last or (top == last and e > before)):
                pick, bound = e, top
        if pick < 0:
            depth -= 1
            continue
        w.node[PICKED, depth] = pick
        if not every:
            w.open[LAST, depth] = bound
        nodes += 1
        rest = w.open[HOURS, depth] - w.choice_value[HOURS, pick]
        if 0 < depth < touching:
            worth = _together(w, depth + 1)
        else:
            worth += w.choice_value[WORTH, pick]
        bound = worth + w.table[depth + 1, min(int((rest + TINY) / step + 1e-6), bins)]
        if bound <= need or (opens and depth + 1 == touching and not _possible(w)):
            continue
        w.open[WORTH, depth + 1] = worth
        w.open[HOURS, depth + 1] = rest
        w.open[COST, depth + 1] = w.open[COST, depth] + w.choice_value[COST, pick]
        depth += 1
        w.open[BOUND, depth] = bound
        w.open[LAST, depth] = np.inf
        w.node[PICKED, depth] = -1
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
    return kept, w.found[0], nodes


@nb.njit(cache=True, nogil=True)
def _prepare(w: Work, courses: int, skills: int, items: int, hours: float, step: float) -> tuple[int, int, bool]:
    """Parts and their choices: as large parts as have few choices."""
    largest = w.largest
    while True:
        parts, touching, opens = part_up(w, courses, skills, largest)
        size = 0
        for part in range(parts):
            most = CHOICES if largest > 1 else w.choice.shape[1]
            size = list_choices(w, part, size, items, courses, hours, step, most)
            if size < 0:
                break
        if size >= 0:
            if not w.every:
                for part in range(touching, parts):
                    best_of_each(w, part)
            return parts, touching, opens
        largest = (largest + 1) // 2 if largest > 2 else 1


@nb.njit(cache=True, nogil=True)
def _gather(w: Work, parts: int) -> None:
    """The items of the first parts' choices, in order, from 1 on; their number at 0."""
    size = 0
    for part in range(parts):
        e = w.node[PICKED, part]
        while w.choice[LENGTH, e] > 0:
            x, at = w.choice[ADDED, e], size
            while at > 0 and w.node[CHOSEN, at] > x:
                w.node[CHOSEN, at + 1] = w.node[CHOSEN, at]
                at -= 1
            w.node[CHOSEN, at + 1] = x
            size += 1
            e = w.choice[PARENT, e]
    w.node[CHOSEN, 0] = size


@nb.njit(cache=True, nogil=True)
def _together(w: Work, parts: int) -> float:
    """What the first parts' choices are worth at most beside one another: exactly, if they open one another in time."""
    _gather(w, parts)
    size = w.node[CHOSEN, 0]
    for x in range(1, size + 1):
        b = w.item[ITEM_COURSE, w.node[CHOSEN, x]]
        for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
            q = w.outcome[OUTCOME_SKILL, o]
            w.skill_value[NOW, q] = w.skill_value[LEVEL, q]
    worth: float = 0.0
    for x in range(1, size + 1):
        item = w.node[CHOSEN, x]
        b, period = w.item[ITEM_COURSE, item], w.item[ITEM_PERIOD, item]
        worth += w.item_worth[item]
        for o in range(w.outcome[OUTCOME_OF, b], w.outcome[OUTCOME_OF, b + 1]):
            q, to = w.outcome[OUTCOME_SKILL, o], w.outcome_value[OUTCOME_TO, o]
            low = max(w.skill_value[NOW, q], w.outcome_value[OUTCOME_FROM, o])
            if to > low:
                worth += rise(w.skill, w.skill_value, w.need, q, low, to, period)
            w.skill_value[NOW, q] = max(w.skill_value[NOW, q], to)
    return worth


@nb.njit(cache=True, nogil=True)
def _possible(w: Work) -> bool:
    """Whether all that is gathered can start in time."""
    for x in range(1, w.node[CHOSEN, 0] + 1):
        item = w.node[CHOSEN, x]
        if not ready(w, w.node[CHOSEN, 0], w.item[ITEM_COURSE, item], w.item[ITEM_PERIOD, item]):
            return False
    return True


@nb.njit(cache=True, nogil=True)
def _keep(w: Work, parts: int, count: int, worth: float) -> int:
    """Put the plan gathered among the best found, in descending order, one for each set of courses.

    Where every plan is kept, only the best comes first, and a set of courses may come in other sessions again.
    Returns how many there are.
    """
    mark, limit = 0, len(w.found)
    for part in range(parts):
        mark += w.choice[MARK, w.node[PICKED, part]]
    at = count
    if w.every:
        if at > 0 and worth > w.found[0]:
            _move(w, 0, at)
            at = 0
        count += 1
    else:
        for x in range(count):
            if w.mark[x] == mark:
                at = x
        if at < count:
            if worth <= w.found[at]:
                return count
        elif count == limit:
            if worth <= w.found[limit - 1]:
                return count
            at = limit - 1
        else:
            count += 1
        while at > 0 and w.found[at - 1] < worth:
            _move(w, at - 1, at)
            at -= 1
    w.found[at] = worth
    w.mark[at] = mark
    w.size[at] = w.node[CHOSEN, 0]
    for e in range(w.size[at]):
        w.plan[at, e] = w.item[ITEM_SESSION, w.node[CHOSEN, e + 1]]
    return count


@nb.njit(cache=True, nogil=True)
def _move(w: Work, old: int, new: int) -> None:
    w.found[new] = w.found[old]
    w.size[new] = w.size[old]
    w.mark[new] = w.mark[old]
    for x in range(w.size[old]):
        w.plan[new, x] = w.plan[old, x]
