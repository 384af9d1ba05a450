"""What each assignment of a plan does for its person, period by period."""

from typing import NamedTuple

import numba as nb
import numpy as np

from vested.engines.training._model import Model
from vested.engines.training._nouns import Flags, Floats, Ints, Plan


class Given(NamedTuple):
    """The first part of ``Explanation``, field by field."""

    gain_of: Ints
    gain_skill: Ints
    gain_before: Floats
    gain_after: Floats
    gain_value: Floats
    serves_of: Ints
    serves: Ints
    opens_of: Ints
    opens: Ints
    compulsory: Flags
    accepted: Flags
    wish: Floats


def given(model: Model, of: Ints, plan: Plan) -> Given:
    """Say what the assignments ``of[i]:of[i + 1]`` do for each person ``i``.

    Where sessions of one period raise the same skill, each is said to reach its own level, and the value goes to them
    in the plan's order, so that values add up to the gap closed.
    """
    person, session = plan.person, plan.session
    course = model.session_course[session]
    count = np.diff(of)
    needs = np.diff(model.unit_need_of)[model.unit]
    gain, gain_level = _room(int((model.outcome_of[course + 1] - model.outcome_of[course]).sum()))
    served, _ = _room(int(needs[count > 0].sum()))
    opened, _ = _room(int((count * (count - 1) // 2).sum()))
    gains, serves = _gains(model, of, session, gain, gain_level, served)
    opens = _opens(model, of, session, opened)
    wish = np.zeros(len(session))
    accepted = np.zeros(len(session), np.bool_)
    _flags(model, person, session, accepted, wish)
    return Given(
        gain_of=gain[0, :gains].copy(),
        gain_skill=gain[1, :gains].copy(),
        gain_before=gain_level[0, :gains].copy(),
        gain_after=gain_level[1, :gains].copy(),
        gain_value=gain_level[2, :gains].copy(),
        serves_of=served[0, :serves].copy(),
        serves=served[1, :serves].copy(),
        opens_of=opened[0, :opens].copy(),
        opens=opened[1, :opens].copy(),
        compulsory=model.compulsory[model.role[person], course],
        accepted=accepted,
        wish=wish,
    )


def _room(size: int) -> tuple[Ints, Floats]:
    return np.zeros((2, size), np.int64), np.zeros((3, size))


@nb.njit(cache=True, nogil=True)
def _gains(m: Model, of: Ints, session: Ints, gain: Ints, gain_level: Floats, served: Ints) -> tuple[int, int]:
    """Levels raised (assignment, skill; before, after, value) and needs served (assignment, need); how many of each."""
    gains, serves = 0, 0
    for i in range(len(of) - 1):
        if of[i] == of[i + 1]:
            continue
        role, unit = m.role[i], m.unit[i]
        now = m.levels[i].copy()
        start = now.copy()
        period = 0
        for r in range(of[i], of[i + 1]):
            c = m.session_course[session[r]]
            if m.period[session[r]] > period:
                period = m.period[session[r]]
                start[:] = now
            for o in range(m.outcome_of[c], m.outcome_of[c + 1]):
                s, high = m.outcome_skill[o], m.outcome_to[o]
                if high <= start[s]:
                    continue
                gain[0, gains], gain[1, gains] = r, s
                gain_level[0, gains], gain_level[1, gains] = start[s], high
                if high > now[s]:
                    required = m.required[role, s]
                    gain_level[2, gains] = m.weight[role, s] * (min(required, high) - min(required, now[s]))
                    for a in range(m.unit_need_of[unit], m.unit_need_of[unit + 1]):
                        k = m.unit_need[a]
                        if m.need_skill[k] == s and now[s] < m.need_level[k] <= high and period <= m.need_by[k]:
                            served[0, serves], served[1, serves] = r, k
                            serves += 1
                    now[s] = high
                gains += 1
    return gains, serves


@nb.njit(cache=True, nogil=True)
def _opens(m: Model, of: Ints, session: Ints, opened: Ints) -> int:
    """Pairs of assignments, the later of which falls, at once or in turn, when the earlier is not taken; how many."""
    opens = 0
    for i in range(len(of) - 1):
        first, last = of[i], of[i + 1]
        lost = np.zeros(last - first, np.bool_)
        for r in range(first, last):
            lost[:] = False
            lost[r - first] = True
            for later in range(r + 1, last):
                c, period = m.session_course[session[later]], m.period[session[later]]
                before = m.prerequisite[c]
                ready = before < 0
                if not ready:
                    for a in range(m.completed_of[i], m.completed_of[i + 1]):
                        if m.completed[a] == before:
                            ready = True
                for e in range(first, later):
                    if not lost[e - first] and m.period[session[e]] < period:
                        ready = ready or m.session_course[session[e]] == before
                for o in range(m.outcome_of[c], m.outcome_of[c + 1]):
                    s = m.outcome_skill[o]
                    level = m.levels[i, s]
                    if level >= m.outcome_from[o]:
                        continue
                    for e in range(first, later):
                        if lost[e - first] or m.period[session[e]] >= period:
                            continue
                        other = m.session_course[session[e]]
                        for y in range(m.outcome_of[other], m.outcome_of[other + 1]):
                            if m.outcome_skill[y] == s:
                                level = max(level, m.outcome_to[y])
                    if level < m.outcome_from[o]:
                        ready = False
                if not ready:
                    lost[later - first] = True
                    opened[0, opens], opened[1, opens] = r, later
                    opens += 1
    return opens


@nb.njit(cache=True, nogil=True)
def _flags(m: Model, person: Ints, session: Ints, accepted: Flags, wish: Floats) -> None:
    for r in range(len(person)):
        i, j = person[r], session[r]
        for a in range(m.accepted_of[i], m.accepted_of[i + 1]):
            if m.accepted[a] == j:
                accepted[r] = True
        for a in range(m.wish_of[i], m.wish_of[i + 1]):
            if m.wish[a] == m.session_course[j]:
                wish[r] += m.wish_weight[a]
