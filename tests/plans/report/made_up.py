"""Outcomes made without the planner: a small sector and a valid plan, honestly counted, that is not the best one."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from vested.engines.training import Compulsory, Explanation, Fairness, Gain, Plan, Prices, Problem, Value, Why
from vested.formats.sector_folder import (
    Budget,
    Course,
    Initiative,
    InitiativeSkill,
    Levels,
    Person,
    Requirement,
    Role,
    Sector,
    Session,
    Settings,
    Skill,
    Unit,
    UnitKind,
    Wish,
)
from vested.formats.sector_folder import Outcome as CourseOutcome
from vested.plans.outcome import CurvePoint, Outcome, Stopped
from vested.plans.problem import groups_of, problem_of

PRINTED = date(2026, 11, 21)
FAMILIES = ("Purchasing", "Law", "Data and statistics", "Citizen service")
SKILLS = ("Protecting data", "Buying digital services", "Reading statistics", "Writing plainly", "Leading change")


def sector(*, people: int = 60, agencies: int = 3, seed: int = 1, fairness: float = 0.4) -> Sector:
    """Make a ministry with agencies and departments, four job families, six courses, four periods, two initiatives."""
    random = np.random.default_rng(seed)
    units = [Unit("m", "Ministry of Harbours", UnitKind.MINISTRY)]
    for at in range(agencies):
        units.append(Unit(f"a{at}", f"Agency {at + 1} for Coasts", UnitKind.AGENCY, "m"))
        units += [Unit(f"d{at}-{d}", f"Department {at + 1}.{d + 1}", UnitKind.DEPARTMENT, f"a{at}") for d in range(2)]
    roles = tuple(Role(f"r{at}", f"{name} officer", name, 1.0 + at / 4) for at, name in enumerate(FAMILIES))
    skills = tuple(Skill(f"s{at}", name) for at, name in enumerate(SKILLS))
    staff = tuple(
        Person(
            f"p{at}",
            f"Person {at}",
            units[int(random.integers(len(units)))].unit_id,
            roles[int(random.integers(len(roles)))].role_id,
            hours=float(random.integers(10, 60)),
            grade=("A", "B", "C")[int(random.integers(3))],
        )
        for at in range(people)
    )
    asked = [
        Requirement(role.role_id, skill.skill_id, float(random.integers(2, 7)))
        for role in roles
        for skill in skills
        if random.random() < 0.8
    ]
    rows = [(p, s) for p in range(people) for s in range(len(skills)) if random.random() < 0.9]
    count = len(rows)
    dated = date(2025, 6, 1).toordinal() + random.integers(0, 300, count)
    courses = tuple(
        Course(f"c{at}", f"{SKILLS[at % 5]}, part {at // 5 + 1}", hours=6.0 + 2 * at, cost=200.0 + 90 * at)
        for at in range(6)
    )
    courses = (replace(courses[0], compulsory_for=("all",)), *courses[1:5], replace(courses[5], prerequisite_id="c0"))
    return Sector(
        settings=Settings(periods=4, fairness=fairness, seed=seed),
        units=tuple(units),
        staff=staff,
        skills=skills,
        roles=roles,
        role_requirements=tuple(asked),
        levels=Levels(
            person=np.array([p for p, _ in rows], dtype=np.int32),
            skill=np.array([s for _, s in rows], dtype=np.int32),
            level=random.integers(0, 6, count).astype(np.float64),
            error=np.where(random.random(count) < 0.6, 0.5, np.nan),
            source=random.integers(0, 3, count).astype(np.int32),
            assessed_on=np.where(random.random(count) < 0.8, dated, 0).astype(np.int32),
            sources=("", "test", "self-assessment"),
        ),
        courses=courses,
        course_outcomes=tuple(
            CourseOutcome(c.course_id, skills[at % 5].skill_id, 4.0 + at // 5) for at, c in enumerate(courses)
        ),
        sessions=tuple(
            Session(f"{c.course_id}-{t}", c.course_id, t, date(2027, 3 * t - 2, 5), max(2, people // 10))
            for c in courses
            for t in (1, 3)
        ),
        wishes=tuple(Wish(f"p{p}", f"c{p % 6}") for p in range(0, people, 4)),
        initiatives=(Initiative("i0", "One harbour register"), Initiative("i1", "Invoices without paper")),
        initiative_skills=(
            InitiativeSkill("i0", "s0", 4.0, people // 3, 2),
            InitiativeSkill("i0", "s2", 4.0, people, 4, weight=2.0),
            InitiativeSkill("i1", "s1", 4.0, 2, 4, "a0"),
        ),
        budgets=(Budget(120.0 * people), Budget(30.0 * people, "a0")),
    )


def outcome(
    of: Sector | None = None,
    *,
    curve: bool = True,
    stopped: Stopped = Stopped.GAP,
    short_of_best: float = 0.0013,
) -> Outcome:
    """Plan a sector by taking what helps while there is room; the ceiling is made up, all else is counted."""
    of = of or sector()
    problem = problem_of(of)
    plan = plan_of(problem, short_of_best=short_of_best)
    points: tuple[CurvePoint, ...] = ()
    if curve:
        others = {factor: _scaled(problem, factor) for factor in (0.6, 0.8, 1.2, 1.4)}
        made = {factor: plan_of(other, short_of_best=short_of_best) for factor, other in others.items()}
        points = tuple(CurvePoint(factor, made.get(factor, plan)) for factor in (0.6, 0.8, 1.0, 1.2, 1.4))
    full = np.flatnonzero(plan.seats_used == problem.catalogue.session_seats)[:5]
    gains = [Gain(kind="seat", index=int(j), price=1.0, gain=0.8 + j / 10, at_most=1.1 + j / 10) for j in full]
    gains += [
        Gain(kind="budget", index=b, price=2.0, gain=1.5, at_most=1.5)
        for b in range(min(1, len(problem.limits.budget)))
    ]
    return Outcome(
        sector=of,
        problem=problem,
        groups=groups_of(of),
        plan=plan,
        explanation=explanation_of(problem, plan),
        gains=tuple(gains),
        curve=points,
        stopped=stopped,
        seconds=1.5,
    )


def plan_of(problem: Problem, *, short_of_best: float = 0.0013) -> Plan:
    """Give each person in turn, period by period, every session that helps them and fits."""
    people, roles, catalogue, limits = problem.people, problem.roles, problem.catalogue, problem.limits
    levels, hours = people.levels.copy(), people.hours.copy()
    seats = np.where(catalogue.session_seats < 0, 10**9, catalogue.session_seats)
    used, money = np.zeros(len(seats), dtype=np.int64), np.zeros(len(limits.budget))
    outcomes = _outcomes(problem)
    sessions = np.argsort(catalogue.session_period, kind="stable").tolist()
    taken: list[tuple[int, int]] = []
    done = {(int(p), int(c)) for p, c in people.completed}
    for person in range(len(people.role)):
        pays = [b for b, unit in enumerate(limits.budget_unit) if unit < 0 or _under(problem, person, int(unit))]
        role, mine = people.role[person], {c: 0 for p, c in done if p == person}
        for session in sessions:
            course, when = int(catalogue.session_course[session]), int(catalogue.session_period[session])
            first = int(catalogue.prerequisite[course])
            fits = used[session] < seats[session] and hours[person] >= catalogue.hours[course]
            fits = fits and all(money[b] + catalogue.cost[course] <= limits.budget[b] for b in pays)
            if not fits or course in mine or (first >= 0 and mine.get(first, when) >= when):
                continue
            if any(t == when for t in mine.values()):
                continue  # one session a period, so that levels at a period's start are those now
            rows = outcomes[course]
            if any(levels[person, s] < low for s, low, _ in rows):
                continue
            helps = any(levels[person, s] < min(to, roles.required[role, s]) for s, _, to in rows)
            if not helps and not roles.compulsory[role, course]:
                continue
            for s, _, to in rows:
                levels[person, s] = max(levels[person, s], to)
            mine[course], hours[person] = when, hours[person] - catalogue.hours[course]
            used[session] += 1
            money[pays] += catalogue.cost[course]
            taken.append((person, session))
    taken.sort(key=lambda pair: (pair[0], catalogue.session_period[pair[1]], pair[1]))
    return _counted(problem, np.array(taken, dtype=np.int64).reshape(-1, 2), used, money, short_of_best)


def _counted(
    problem: Problem, taken: NDArray[np.int64], used: NDArray[np.int64], money: NDArray[np.float64], short: float
) -> Plan:
    people, catalogue, limits = problem.people, problem.catalogue, problem.limits
    person, session = taken[:, 0], taken[:, 1]
    course = catalogue.session_course[session]
    before, after = (_gap(problem, levels) for levels in (people.levels, levels_after(problem, person, session)))
    masks = [np.array([_under(problem, p, int(u)) for p in range(len(before))]) for u in limits.fair_unit]
    masks += [people.grade == grade for grade in range(int(people.grade.max(initial=-1)) + 1)]
    gap = np.array([before[mask].sum() for mask in masks])
    closed = gap - np.array([after[mask].sum() for mask in masks])
    target = limits.fairness * gap
    short_of_target = np.maximum(target - closed, 0.0)
    now, then = _holders(problem, person, session)
    gained = np.minimum(then, problem.needs.people) - np.minimum(now, problem.needs.people)
    pairs = set(zip(person.tolist(), course.tolist(), strict=True))
    wishes = sum(w for (p, c), w in zip(people.wishes.tolist(), people.wish_weight, strict=True) if (p, c) in pairs)
    given = int(problem.roles.compulsory[people.role[person], course].sum())
    needs, cost = float((problem.needs.weight * gained).sum()), float(catalogue.cost[course].sum())
    closed_all = float((before - after).sum())
    objective = closed_all + needs + float(wishes) - limits.cost_weight * cost
    return Plan(
        person=person,
        session=session,
        compulsory=Compulsory(given=given, bound=given),
        fairness=Fairness(
            shortfall=float(short_of_target.sum()),
            bound=float(short_of_target.sum()),
            gap=gap,
            target=target,
            closed=closed,
            group_shortfall=short_of_target,
        ),
        value=Value(
            objective=objective,
            bound=objective / (1 - short),
            gap=short,
            gap_closed=closed_all,
            needs=needs,
            wishes=float(wishes),
            cost=cost,
        ),
        prices=Prices(
            seat=(used == catalogue.session_seats).astype(np.float64),
            budget=np.full(len(limits.budget), 0.001),
            need=np.zeros(len(now)),
            group=np.zeros(len(masks)),
            compulsory=0.0,
        ),
        seats_used=used,
        budget_used=money,
        holders_before=now,
        holders_after=then,
        finished=True,
    )


def explanation_of(problem: Problem, plan: Plan) -> Explanation:
    """Say why what is not given is not: no hours, no seat, or (else) no money; nothing about what is given."""
    people, catalogue = problem.people, problem.catalogue
    course = catalogue.session_course[plan.session]
    have = set(zip(plan.person.tolist(), course.tolist(), strict=True))
    have |= {(int(p), int(c)) for p, c in people.completed}
    must = {(p, int(c)) for p, r in enumerate(people.role) for c in np.flatnonzero(problem.roles.compulsory[r])}
    rows = [(p, c, True) for p, c in sorted(must - have)]
    rows += [(int(p), int(c), False) for p, c in people.wishes if (int(p), int(c)) not in must | have]
    spent = np.bincount(plan.person, weights=catalogue.hours[course], minlength=len(people.role))
    why = []
    for p, c, _ in rows:
        held = catalogue.session_course == c
        if not held.any():
            why.append(Why.NO_SESSION)
        elif spent[p] + catalogue.hours[c] > people.hours[p]:
            why.append(Why.HOURS)
        elif (plan.seats_used[held] == catalogue.session_seats[held]).all():
            why.append(Why.SEATS)
        else:
            why.append(Why.BUDGET)
    none, reachable = np.zeros(0, dtype=np.int64), plan.holders_after + 2
    missing = plan.holders_after < problem.needs.people
    a = len(plan.person)
    return Explanation(
        gain_of=none,
        gain_skill=none,
        gain_before=np.zeros(0),
        gain_after=np.zeros(0),
        gain_value=np.zeros(0),
        serves_of=none,
        serves=none,
        opens_of=none,
        opens=none,
        compulsory=np.zeros(a, dtype=np.bool_),
        accepted=np.zeros(a, dtype=np.bool_),
        wish=np.zeros(a),
        next_session=np.full(a, -1),
        next_loss=np.zeros(a),
        next_price=np.zeros(a),
        next_why=np.zeros(a, dtype=np.int64),
        unmet_person=np.array([p for p, _, _ in rows], dtype=np.int64),
        unmet_course=np.array([c for _, c, _ in rows], dtype=np.int64),
        unmet_why=np.array(why, dtype=np.int64),
        unmet_compulsory=np.array([flag for _, _, flag in rows], dtype=np.bool_),
        need_reachable=reachable,
        need_why=np.where(missing, np.where(reachable < problem.needs.people, Why.LEVEL, Why.SEATS), 0),
    )


def levels_after(
    problem: Problem, person: NDArray[np.int64], session: NDArray[np.int64], *, by: int = 10**9
) -> NDArray[np.float64]:
    """Levels (n, s) at the end of period ``by``, walked session by session."""
    levels, outcomes = problem.people.levels.copy(), _outcomes(problem)
    for p, j in zip(person.tolist(), session.tolist(), strict=True):
        if problem.catalogue.session_period[j] <= by:
            for s, _, to in outcomes[int(problem.catalogue.session_course[j])]:
                levels[p, s] = max(levels[p, s], to)
    return levels


def _gap(problem: Problem, levels: NDArray[np.float64]) -> NDArray[np.float64]:
    roles, role = problem.roles, problem.people.role
    gap: NDArray[np.float64] = (roles.weight[role] * np.maximum(roles.required[role] - levels, 0.0)).sum(axis=1)
    return gap


def _holders(
    problem: Problem, person: NDArray[np.int64], session: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    needs, now, then = problem.needs, [], []
    for k in range(len(needs.people)):
        unit, skill = int(needs.unit[k]), int(needs.skill[k])
        inside = np.array(
            [unit < 0 or _under(problem, p, unit) for p in range(len(problem.people.role))], dtype=np.bool_
        )
        later = levels_after(problem, person, session, by=int(needs.by_period[k]))
        now.append(int((inside & (problem.people.levels[:, skill] >= needs.level[k])).sum()))
        then.append(int((inside & (later[:, skill] >= needs.level[k])).sum()))
    return np.array(now, dtype=np.int64), np.array(then, dtype=np.int64)


def _outcomes(problem: Problem) -> dict[int, list[tuple[int, float, float]]]:
    rows: dict[int, list[tuple[int, float, float]]] = defaultdict(list)
    catalogue = problem.catalogue
    for c, s, low, to in zip(
        catalogue.outcome_course, catalogue.outcome_skill, catalogue.outcome_from, catalogue.outcome_to, strict=True
    ):
        rows[int(c)].append((int(s), float(low), float(to)))
    return rows


def _under(problem: Problem, person: int, unit: int) -> bool:
    at = int(problem.people.unit[person])
    while at >= 0 and at != unit:
        at = int(problem.limits.unit_parent[at])
    return at == unit


def _scaled(problem: Problem, factor: float) -> Problem:
    return replace(problem, limits=replace(problem.limits, budget=problem.limits.budget * factor))
