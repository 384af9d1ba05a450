"""Plans of single people (columns), what each is worth, and pricing everybody."""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numba as nb
import numpy as np

from vested.engines.training._model import Model
from vested.engines.training._nouns import Flags, Floats, Ints
from vested.engines.training._pricing import LARGEST, NODES, Duals, Work, best_plans, work_for

_CHUNK = 1_000  # people a thread prices at a time


class Columns(NamedTuple):
    """``x`` plans sorted by ``person`` (x,).

    Sessions ``session[of[x]:of[x + 1]]``, weighted levels ``closed``, weight of ``wishes`` met, ``cost``,
    ``compulsory`` courses given, needs served ``need[need_of[x]:need_of[x + 1]]``.
    """

    person: Ints
    of: Ints
    session: Ints
    closed: Floats
    wishes: Floats
    cost: Floats
    compulsory: Ints
    need_of: Ints
    need: Ints


class Priced(NamedTuple):
    """Everybody's best plans at some duals: the plans, each person's best worth and an upper bound on it."""

    columns: Columns
    best: Floats
    upper: Floats


def price(
    model: Model,
    duals: Duals,
    who: Ints,
    *,
    keep: int,
    slack: float,
    threads: int,
    nodes: int = NODES,
    every: bool = False,
    largest: int = LARGEST,
) -> Priced:
    """Price the people ``who``, keeping at most ``keep`` plans each within ``slack`` of the best.

    With few ``nodes`` plans may miss the best; the upper bounds hold all the same. With ``every``, plans are kept that
    others beat at these prices but that may leave more to other people. ``largest`` is how many courses are looked at
    together: smaller, the search is slower and finds the same.
    """
    parts = [who[at : at + _CHUNK] for at in range(0, len(who), _CHUNK)]
    workers = min(threads, max(len(parts), 1))
    spare = [work_for(model, keep=keep, nodes=nodes, every=every, largest=largest) for _ in range(workers)]

    def one(part: Ints) -> tuple[Ints, Ints, Ints, Floats, Floats]:
        work = spare.pop()
        count = np.zeros(len(part), np.int64)
        size = np.zeros((len(part), keep), np.int64)
        plan = np.zeros((len(part), keep, model.longest + 1), np.int64)
        best, upper = np.zeros(len(part)), np.zeros(len(part))
        _price_part(model, duals, part, slack, work, count, size, plan, best, upper)
        spare.append(work)
        kept = np.arange(keep)[None, :] < count[:, None]
        rows = size[kept]
        filled = plan[kept][np.arange(plan.shape[2])[None, :] < rows[:, None]]
        return np.repeat(part, count), rows, filled, best, upper

    if len(spare) > 1:
        with ThreadPoolExecutor(len(spare)) as pool:
            results = list(pool.map(one, parts))
    else:
        results = [one(part) for part in parts]
    if not results:
        return Priced(columns_of(model, np.zeros(0, np.int64), np.zeros(1, np.int64), np.zeros(0, np.int64)), *_NONE)
    person, rows, session, best, upper = (np.concatenate(part) for part in zip(*results, strict=True))
    of = np.concatenate(([0], np.cumsum(rows))).astype(np.int64)
    return Priced(columns_of(model, person, of, session), best, upper)


_NONE = (np.zeros(0), np.zeros(0))


def columns_of(model: Model, person: Ints, of: Ints, session: Ints) -> Columns:
    """Measure plans given as people (x,) and compressed rows of sessions."""
    size = len(person)
    closed, wishes, cost = np.zeros(size), np.zeros(size), np.zeros(size)
    compulsory, needs = np.zeros(size, np.int64), np.zeros(size, np.int64)
    none = np.zeros(0, np.int64)
    _measure(model, person, of, session, closed, wishes, cost, compulsory, needs, none, none)
    need_of = np.concatenate(([0], np.cumsum(needs))).astype(np.int64)
    need = np.zeros(need_of[-1], np.int64)
    _measure(model, person, of, session, closed, wishes, cost, compulsory, needs, need_of, need)
    return Columns(person, of, session, closed, wishes, cost, compulsory, need_of, need)


def take(columns: Columns, rows: Ints) -> Columns:
    """The columns ``rows``, in that order."""
    of, session = _take_rows(columns.of, columns.session, rows)
    need_of, need = _take_rows(columns.need_of, columns.need, rows)
    return Columns(
        columns.person[rows],
        of,
        session,
        columns.closed[rows],
        columns.wishes[rows],
        columns.cost[rows],
        columns.compulsory[rows],
        need_of,
        need,
    )


def join(left: Columns, right: Columns) -> Columns:
    """Both sets of columns, sorted by person, equal plans once."""
    both = below(left, right)
    mark = np.zeros(len(both.person), np.uint64)
    _marks(both.of, both.session, mark)
    order = np.lexsort((mark, both.person))
    person, mark = both.person[order], mark[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = (person[1:] != person[:-1]) | (mark[1:] != mark[:-1])
    return take(both, order[new])


def below(left: Columns, right: Columns) -> Columns:
    """Both sets of columns, the right one after the left one, as they are."""
    return Columns(
        np.concatenate((left.person, right.person)),
        np.concatenate((left.of, left.of[-1] + right.of[1:])),
        np.concatenate((left.session, right.session)),
        np.concatenate((left.closed, right.closed)),
        np.concatenate((left.wishes, right.wishes)),
        np.concatenate((left.cost, right.cost)),
        np.concatenate((left.compulsory, right.compulsory)),
        np.concatenate((left.need_of, left.need_of[-1] + right.need_of[1:])),
        np.concatenate((left.need, right.need)),
    )


def worth(model: Model, columns: Columns, duals: Duals) -> Floats:
    """What each column is worth at the duals."""
    result = np.zeros(len(columns.person))
    _worth(model, columns, duals, result)
    return result


def _take_rows(of: Ints, flat: Ints, rows: Ints) -> tuple[Ints, Ints]:
    size = of[rows + 1] - of[rows]
    out = np.concatenate(([0], np.cumsum(size))).astype(np.int64)
    return out, flat[np.arange(out[-1]) + np.repeat(of[rows] - out[:-1], size)]


@nb.njit(cache=True, nogil=True)
def _price_part(
    m: Model,
    d: Duals,
    who: Ints,
    slack: float,
    w: Work,
    count: Ints,
    size: Ints,
    plan: Ints,
    best: Floats,
    upper: Floats,
) -> None:
    for a in range(len(who)):
        found, top, _ = best_plans(m, d, who[a], np.inf, slack, w)
        count[a] = found
        best[a] = w.found[0] if found > 0 else -np.inf
        upper[a] = top
        for x in range(found):
            size[a, x] = w.size[x]
            for y in range(w.size[x]):
                plan[a, x, y] = w.plan[x, y]


@nb.njit(cache=True, nogil=True)
def _measure(
    m: Model,
    person: Ints,
    of: Ints,
    session: Ints,
    closed: Floats,
    wishes: Floats,
    cost: Floats,
    compulsory: Ints,
    needs: Ints,
    need_of: Ints,
    need: Ints,
) -> None:
    """Fill what plans are worth; where ``need_of`` is given, also which needs they serve."""
    for x in range(len(person)):
        i = person[x]
        mine = session[of[x] : of[x + 1]]
        closed[x], wishes[x], cost[x], compulsory[x] = brings(m, i, mine, len(mine))
        served = 0
        for a in range(m.unit_need_of[m.unit[i]], m.unit_need_of[m.unit[i] + 1]):
            if serves(m, i, m.unit_need[a], mine, len(mine)):
                if len(need_of) > 0:
                    need[need_of[x] + served] = m.unit_need[a]
                served += 1
        needs[x] = served


@nb.njit(cache=True, nogil=True)
def column_worth(m: Model, columns: Columns, d: Duals, x: int) -> float:
    """What column ``x`` is worth at the duals."""
    unit, grade = m.unit[columns.person[x]], m.grade[columns.person[x]]
    value = (d.level + d.unit_level[unit] + d.grade_level[grade]) * columns.closed[x]
    value += d.wish * columns.wishes[x] - d.money[unit] * columns.cost[x] + d.compulsory * columns.compulsory[x]
    for a in range(columns.need_of[x], columns.need_of[x + 1]):
        value += d.need[columns.need[a]]
    for a in range(columns.of[x], columns.of[x + 1]):
        value -= d.seat[columns.session[a]]
    return float(value)


@nb.njit(cache=True, nogil=True)
def _worth(m: Model, columns: Columns, d: Duals, result: Floats) -> None:
    for x in range(len(columns.person)):
        result[x] = column_worth(m, columns, d, x)


@nb.njit(cache=True, nogil=True)
def _marks(of: Ints, session: Ints, mark: Flags) -> None:
    """A number for each set of sessions, the same whatever their order."""
    for x in range(len(mark)):
        total = np.uint64(0)
        for a in range(of[x], of[x + 1]):
            z = np.uint64(session[a] + 1) * np.uint64(0x9E3779B97F4A7C15)
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            total += z ^ (z >> np.uint64(31))
        mark[x] = total


@nb.njit(cache=True, nogil=True)
def serves(m: Model, i: int, k: int, sessions: Ints, size: int) -> bool:
    """Whether a plan makes its person a new holder for need ``k`` in time."""
    s = m.need_skill[k]
    if m.levels[i, s] >= m.need_level[k]:
        return False
    for x in range(size):
        if m.period[sessions[x]] <= m.need_by[k]:
            c = m.session_course[sessions[x]]
            for o in range(m.outcome_of[c], m.outcome_of[c + 1]):
                if m.outcome_skill[o] == s and m.outcome_to[o] >= m.need_level[k]:
                    return True
    return False


@nb.njit(cache=True, nogil=True)
def brings(m: Model, i: int, sessions: Ints, size: int) -> tuple[float, float, float, int]:
    """Weighted levels closed, wishes, cost and compulsory courses of one plan."""
    role = m.role[i]
    closed, wish, cost, given = 0.0, 0.0, 0.0, 0
    for x in range(size):
        c = m.session_course[sessions[x]]
        cost += m.course_cost[c]
        if m.compulsory[role, c]:
            given += 1
        for a in range(m.wish_of[i], m.wish_of[i + 1]):
            if m.wish[a] == c:
                wish += m.wish_weight[a]
        for o in range(m.outcome_of[c], m.outcome_of[c + 1]):
            s = m.outcome_skill[o]
            low, high = m.levels[i, s], m.outcome_to[o]
            for y in range(x):
                other = m.session_course[sessions[y]]
                for e in range(m.outcome_of[other], m.outcome_of[other + 1]):
                    if m.outcome_skill[e] == s:
                        low = max(low, m.outcome_to[e])
            if low < m.required[role, s] and high > low:
                closed += m.weight[role, s] * (min(m.required[role, s], high) - low)
    return closed, wish, cost, given
