r"""The compact mixed-integer program of a training plan: its published formulation.

For person i and session j of course c(j) in period t(j), let l_is be the level of i in skill s at the start, and

    J_i            sessions i may take: in a language i learns in, not of a completed course, not declined, within
                   i's hours, the only one of its course where that session was accepted, and not out of reach even if
                   hours were no limit
    S_i(s, l, t)   sessions in J_i before period t that lead to level l or above in skill s
    K_i            courses compulsory for the role of i and not completed
    v_is1 < v_is2 < ...   the levels above l_is, and not above the required one, that sessions in J_i lead to;
                   d_ism = v_ism - v_is,m-1, with v_is0 = l_is

Variables
    x_ij in {0, 1}         i takes j
    u_ism in [0, 1]        i reaches the step v_ism by the end
    h_ik in [0, 1]         i becomes a holder for need k (people of k's unit below its level)
    y_k in [0, cap_k]      more holders that count for need k: cap_k = people asked for - holders at the start
    z_g >= 0               shortfall of group g

Rows
    sum_{j of course c} x_ij <= 1                                           one session a course
    sum_j hours_c(j) x_ij <= hours_i                                        hours
    x_ij <= sum_{j' in S_i(s, from_c(j)s, t(j))} x_ij'                      levels, where l_is < from_c(j)s
    x_ij <= sum_{j' of the prerequisite, t(j') < t(j)} x_ij'                prerequisite, where not completed
    sum_i x_ij <= seats_j                                                   seats
    sum_{i in budget b} sum_j cost_c(j) x_ij <= amount_b                    money
    x_ij = 1                                                                accepted
    u_ism <= sum_{j leads to v_ism or above in s} x_ij                      steps
    h_ik <= sum_{j in S_i(s_k, level_k, by_k + 1)} x_ij                     holders in time
    y_k <= sum_i h_ik                                                       needs
    z_g + sum_{i in g} sum_s w_is sum_m d_ism u_ism >= target_g             fairness

Stages, each keeping what the ones before reached as a row
    1. max sum_i sum_{j: c(j) in K_i} x_ij
    2. min sum_g z_g
    3. max sum w_is d_ism u_ism + sum_k weight_k y_k + sum wish_ic x_ij - cost_weight sum cost_c(j) x_ij

Levels never fall, so "some session taken before leads to the level" is all that a condition on levels can ask for,
and no variable for the level itself is needed. Steps and holders are only ever pushed up by the stages, and their rows
bound them by whole numbers, so they may be continuous.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from vested.engines.training import Problem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Model:
    """Columns v from ``lower`` to ``upper`` (v,), whole where ``whole``; rows ``row_lower`` <= A v <= ``row_upper``.

    A by rows: row r has the columns ``column[start[r]:start[r + 1]]`` with ``coefficient``. ``compulsory``,
    ``shortfall`` and ``value`` (v,) are what the stages sum up. ``step`` flags the columns that stand for a whole
    number though they need not be declared so. ``take`` (x, 2) person and session of the first x columns.
    """

    lower: Floats
    upper: Floats
    whole: NDArray[np.bool_]
    step: NDArray[np.bool_]
    row_lower: Floats
    row_upper: Floats
    start: Ints
    column: Ints
    coefficient: Floats
    compulsory: Floats
    shortfall: Floats
    value: Floats
    take: Ints


@dataclass(slots=True)
class _Columns:
    """Columns as they are made: bounds and what they count for."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    compulsory: list[float] = field(default_factory=list)
    value: list[float] = field(default_factory=list)

    def add(self, kind: str, *, lower: float = 0.0, upper: float, compulsory: float = 0.0, value: float = 0.0) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        self.kind.append(kind)
        self.compulsory.append(compulsory)
        self.value.append(value)
        return len(self.kind) - 1


@dataclass(slots=True)
class _Rows:
    """Rows as they are made."""

    start: list[int] = field(default_factory=lambda: [0])
    column: list[int] = field(default_factory=list)
    coefficient: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)

    def add(self, terms: Iterable[tuple[int, float]], *, lower: float = -np.inf, upper: float = np.inf) -> None:
        for column, coefficient in terms:
            self.column.append(column)
            self.coefficient.append(coefficient)
        self.start.append(len(self.column))
        self.lower.append(lower)
        self.upper.append(upper)

    def at_most_one_of(self, column: int, of: Iterable[int]) -> None:
        """Let ``column`` be no more than the sum of others."""
        self.add([(column, 1.0), *((other, -1.0) for other in of)], upper=0.0)


class _Builder:
    """The problem as lists and sets, which are quicker to go through one by one than arrays, and the model so far."""

    def __init__(self, problem: Problem) -> None:
        people, catalogue = problem.people, problem.catalogue
        self.problem = problem
        self.columns, self.rows = _Columns(), _Rows()
        self.course = catalogue.session_course.tolist()
        self.period = catalogue.session_period.tolist()
        self.seats = catalogue.session_seats.tolist()
        self.hours = catalogue.hours.tolist()
        self.cost = catalogue.cost.tolist()
        self.prerequisite = catalogue.prerequisite.tolist()
        self.outcomes: dict[int, list[tuple[int, float, float]]] = defaultdict(list)
        for c, s, low, high in zip(
            catalogue.outcome_course.tolist(),
            catalogue.outcome_skill.tolist(),
            catalogue.outcome_from.tolist(),
            catalogue.outcome_to.tolist(),
            strict=True,
        ):
            self.outcomes[c].append((s, low, high))
        self.completed, self.accepted = _by_person(people.completed), _by_person(people.accepted)
        self.declined = _by_person(people.declined)
        self.wish: dict[tuple[int, int], float] = defaultdict(float)
        for (i, c), weight in zip(people.wishes.tolist(), people.wish_weight.tolist(), strict=True):
            self.wish[i, c] += weight
        self.inside = _subtrees(problem)
        self.in_session: dict[int, list[int]] = defaultdict(list)
        self.in_budget: list[list[tuple[int, float]]] = [[] for _ in problem.limits.budget]
        self.in_need: list[list[int]] = [[] for _ in problem.needs.unit]
        self.in_group: list[list[tuple[int, float]]] = [[] for _ in self.groups()]
        self.take: list[tuple[int, int]] = []

    def groups(self) -> list[NDArray[np.bool_]]:
        """Flag the people of each group: subtrees of ``fair_unit``, then every grade."""
        grade = self.problem.people.grade
        here = self.problem.people.unit
        units = [self.inside[int(unit)][here] for unit in self.problem.limits.fair_unit]
        return units + [grade == at for at in range(int(grade.max(initial=-1)) + 1)]

    def reach(self, i: int) -> list[int]:
        """List the sessions i may take, leaving out what is out of reach even if hours were no limit."""
        people, catalogue = self.problem.people, self.problem.catalogue
        settled = {self.course[j] for j in self.accepted[i]}
        speaks, hours = people.speaks[i], float(people.hours[i])
        open_to = [
            j
            for j, c in enumerate(self.course)
            if self.seats[j] != 0
            and self.hours[c] <= hours
            and c not in self.completed[i]
            and j not in self.declined[i]
            and (j in self.accepted[i] or c not in settled)
            and (catalogue.language[c] == -1 or speaks[catalogue.language[c]])
        ]
        levels, done, within = people.levels[i].tolist(), set(self.completed[i]), []
        for period in sorted({self.period[j] for j in open_to}):
            now = [
                j
                for j in open_to
                if self.period[j] == period
                and (self.prerequisite[self.course[j]] == -1 or self.prerequisite[self.course[j]] in done)
                and all(levels[s] >= low for s, low, _ in self.outcomes[self.course[j]])
            ]
            within += now
            for j in now:
                done.add(self.course[j])
                for s, _, high in self.outcomes[self.course[j]]:
                    levels[s] = max(levels[s], high)
        return within

    def person(self, i: int, x: dict[int, int]) -> None:
        """Add the rows of one person, whose sessions have the columns ``x``."""
        people = self.problem.people
        role, start = int(people.role[i]), people.levels[i].tolist()
        leading: dict[int, list[tuple[float, int]]] = defaultdict(list)  # skill: level led to, session
        of_course: dict[int, list[int]] = defaultdict(list)
        for j in x:
            of_course[self.course[j]].append(j)
            for s, _, high in self.outcomes[self.course[j]]:
                if high > start[s]:
                    leading[s].append((high, j))
        for sessions in of_course.values():
            if len(sessions) > 1:
                self.rows.add([(x[j], 1.0) for j in sessions], upper=1.0)
        self.rows.add([(x[j], self.hours[self.course[j]]) for j in x], upper=float(people.hours[i]))
        for j, column in x.items():
            c, t = self.course[j], self.period[j]
            for s, low, _ in self.outcomes[c]:
                if start[s] < low:
                    before = [x[other] for high, other in leading[s] if high >= low and self.period[other] < t]
                    self.rows.at_most_one_of(column, before)
            first = self.prerequisite[c]
            if first != -1 and first not in self.completed[i]:
                self.rows.at_most_one_of(column, [x[other] for other in of_course[first] if self.period[other] < t])
        self.steps(i, role=role, start=start, leading=leading, x=x)
        self.holders(i, start=start, leading=leading, x=x)

    def steps(
        self, i: int, *, role: int, start: list[float], leading: dict[int, list[tuple[float, int]]], x: dict[int, int]
    ) -> None:
        """Add a column for every step of level that closes something of a person's gap."""
        roles = self.problem.roles
        for s, rows in leading.items():
            required, weight = float(roles.required[role, s]), float(roles.weight[role, s])
            at = start[s]
            for step in sorted({min(required, high) for high, _ in rows}) if weight > 0 else ():
                if step > at:
                    u = self.columns.add("step", upper=1.0, value=weight * (step - at))
                    self.rows.at_most_one_of(u, [x[j] for high, j in rows if high >= step])
                    for g in self.groups_of[i]:
                        self.in_group[g].append((u, weight * (step - at)))
                    at = step

    def holders(
        self, i: int, *, start: list[float], leading: dict[int, list[tuple[float, int]]], x: dict[int, int]
    ) -> None:
        """Add a column for every need that the person may become a holder for."""
        needs = self.problem.needs
        for k in range(len(needs.unit)):
            s, level, last = int(needs.skill[k]), float(needs.level[k]), int(needs.by_period[k])
            if start[s] >= level or not self.inside[int(needs.unit[k])][self.problem.people.unit[i]]:
                continue
            able = [x[j] for high, j in leading.get(s, ()) if high >= level and self.period[j] <= last]
            if able:
                h = self.columns.add("holder", upper=1.0)
                self.rows.at_most_one_of(h, able)
                self.in_need[k].append(h)

    def shared(self) -> None:
        """Add the rows over people: seats, money, needs and fairness."""
        people, needs, limits, roles = (
            self.problem.people,
            self.problem.needs,
            self.problem.limits,
            self.problem.roles,
        )
        for j, columns in self.in_session.items():
            if self.seats[j] != -1:
                self.rows.add([(x, 1.0) for x in columns], upper=float(self.seats[j]))
        for terms, amount in zip(self.in_budget, limits.budget.tolist(), strict=True):
            self.rows.add(terms, upper=amount)
        for k, columns in enumerate(self.in_need):
            inside = self.inside[int(needs.unit[k])][people.unit]
            before = int((people.levels[inside, needs.skill[k]] >= needs.level[k]).sum())
            cap = max(0, int(needs.people[k]) - before)
            y = self.columns.add("need", upper=float(cap), value=float(needs.weight[k]))
            self.rows.at_most_one_of(y, columns)
        missing = np.maximum(roles.required[people.role] - people.levels, 0.0)
        gap = (roles.weight[people.role] * missing).sum(axis=1)
        for group, terms in zip(self.groups(), self.in_group, strict=True):
            target = limits.fairness * float(gap[group].sum())
            z = self.columns.add("shortfall", upper=target)
            self.rows.add([(z, 1.0), *terms], lower=target)

    def build(self) -> Model:
        """Go through everybody, then through what they share."""
        limits, people = self.problem.limits, self.problem.people
        membership = np.array(self.groups(), dtype=np.bool_).reshape(-1, len(people.hours))
        self.groups_of = [np.flatnonzero(row).tolist() for row in membership.T]
        budgets = np.array([self.inside[int(u)][people.unit] for u in limits.budget_unit], dtype=np.bool_)
        budgets_of = [np.flatnonzero(row).tolist() for row in budgets.reshape(-1, len(people.hours)).T]
        columns_of: list[dict[int, int]] = []
        for i in range(len(people.hours)):
            x: dict[int, int] = {}
            compulsory = self.problem.roles.compulsory[people.role[i]]
            sessions = self.reach(i)
            for j in [*sessions, *sorted(self.accepted[i] - set(sessions))]:  # out of reach: no plan, and it will show
                c = self.course[j]
                x[j] = self.columns.add(
                    "take",
                    lower=float(j in self.accepted[i]),
                    upper=1.0,
                    compulsory=float(compulsory[c] and c not in self.completed[i]),
                    value=self.wish.get((i, c), 0.0) - limits.cost_weight * self.cost[c],
                )
                self.take.append((i, j))
                self.in_session[j].append(x[j])
                for b in budgets_of[i]:
                    self.in_budget[b].append((x[j], self.cost[c]))
            columns_of.append(x)
        for i, x in enumerate(columns_of):
            self.person(i, x)
        self.shared()
        kind = np.array(self.columns.kind, dtype=np.str_)
        return Model(
            lower=np.array(self.columns.lower, dtype=np.float64),
            upper=np.array(self.columns.upper, dtype=np.float64),
            whole=kind == "take",
            step=np.isin(kind, ["step", "holder", "need"]),
            row_lower=np.array(self.rows.lower, dtype=np.float64),
            row_upper=np.array(self.rows.upper, dtype=np.float64),
            start=np.array(self.rows.start, dtype=np.int64),
            column=np.array(self.rows.column, dtype=np.int64),
            coefficient=np.array(self.rows.coefficient, dtype=np.float64),
            compulsory=np.array(self.columns.compulsory, dtype=np.float64),
            shortfall=(kind == "shortfall").astype(np.float64),
            value=np.array(self.columns.value, dtype=np.float64),
            take=np.array(self.take, dtype=np.int64).reshape(-1, 2),
        )


def compact_model(problem: Problem) -> Model:
    """Write a problem down as the mixed-integer program above."""
    return _Builder(problem).build()


def _by_person(rows: Ints) -> dict[int, set[int]]:
    by_person: dict[int, set[int]] = defaultdict(set)
    for i, what in rows.tolist():
        by_person[i].add(what)
    return by_person


def _subtrees(problem: Problem) -> dict[int, NDArray[np.bool_]]:
    """Flag the units in the subtree of every unit; -1 is everything."""
    parent = problem.limits.unit_parent.tolist()
    inside = {unit: np.zeros(len(parent), dtype=np.bool_) for unit in range(-1, len(parent))}
    for unit in range(len(parent)):
        at = unit
        while at != -1:
            inside[at][unit] = True
            at = parent[at]
        inside[-1][unit] = True
    return inside
