"""Problems to plan for: tiny ones that hypothesis sizes and shrinks, and medium ones from a seed.

Levels, hours and costs are multiples of a quarter, so their sums are exact and no test turns on the last digit.
"""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from tests.engines.training import oracle
from vested.engines.training import Catalogue, Limits, Needs, People, Problem, Roles
from vested.engines.training._nouns import Floats, Ints


def pairs(rows: list[tuple[int, int]]) -> Ints:
    """Turn pairs into an array (k, 2), also where there are none."""
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


@st.composite
def problems(draw: st.DrawFn, *, max_people: int = 5, max_courses: int = 5) -> Problem:
    """Draw tiny problems with everything in them; each has a plan, and the oracle can go through it.

    Hypothesis decides (and shrinks) how many there are of everything and what binds; what stands in the arrays comes
    from a seed it draws, since drawn one by one most instances would be of the dullest kind.
    """

    def up_to(most: int, *, least: int = 1) -> int:
        size: int = draw(st.sampled_from([*range(least, most + 1), most, most]))
        return size

    return tiny_problem(
        draw(st.integers(0, 2**32 - 1)),
        people=up_to(max_people),
        courses=up_to(max_courses),
        skills=up_to(3),
        periods=up_to(3),
        units=up_to(4),
        more_sessions=up_to(3, least=0),
        needs=up_to(2, least=0),
        budgets=up_to(3, least=0),
        groups=up_to(2, least=0),
        wishes=up_to(3, least=0),
        answers=up_to(2, least=0),
        fairness=draw(st.sampled_from([0.0, 0.25, 0.5, 1.0])),
        cost_weight=draw(st.sampled_from([0.0, 2.0**-10, 0.125])),
        scarce=draw(st.booleans()),
    )


def tiny_problem(
    seed: int,
    *,
    people: int = 5,
    courses: int = 5,
    skills: int = 2,
    periods: int = 3,
    units: int = 4,
    more_sessions: int = 2,
    needs: int = 2,
    budgets: int = 2,
    groups: int = 2,
    wishes: int = 2,
    answers: int = 1,
    fairness: float = 0.5,
    cost_weight: float = 2.0**-10,
    scarce: bool = True,
) -> Problem:
    """Make a tiny problem; ``answers`` is how many people accepted, and how many declined, something."""
    rng = np.random.default_rng(seed)

    def pick(values: list[float], *shape: int) -> Floats:
        return rng.choice(np.array(values, dtype=np.float64), shape)

    def index(below: int, *shape: int) -> Ints:
        return rng.integers(0, below, shape)

    roles, languages = 1 + int(rng.random() < 0.5), 2
    key = np.sort(rng.choice(courses * skills, min(courses * skills, courses + int(rng.integers(0, 3))), replace=False))
    low = pick([0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 2.0], len(key))
    session_course = np.concatenate([np.arange(courses), index(courses, more_sessions)])
    session_course = session_course[rng.random(len(session_course)) < 0.95]  # some courses are not held at all
    seats = [1, 1, 1, 2, 2, 0, -1] if scarce else [-1, -1, -1, 2]
    problem = Problem(
        people=People(
            levels=pick([0.0, 0.0, 1.0, 1.5, 2.0], people, skills),
            hours=pick([0.0, 2.0, 3.0, 4.5, 6.0, 8.0, 8.0], people),
            role=index(roles, people),
            unit=index(units, people),
            grade=index(3, people) - 1,
            speaks=rng.random((people, languages)) < 0.8,
            completed=_random_pairs(rng, people, courses, int(index(3))),
            wishes=(wish := _random_pairs(rng, people, courses, wishes)),
            wish_weight=pick([0.0, 0.25, 0.5, 1.0], len(wish)),
            accepted=pairs([]),
            declined=_random_pairs(rng, people, len(session_course), answers),
        ),
        roles=Roles(
            required=pick([0.0, 1.0, 2.0, 2.5, 3.0, 4.0], roles, skills),
            weight=pick([0.0, 0.5, 1.0, 1.0, 1.5, 2.0], roles, skills),
            compulsory=rng.random((roles, courses)) < 0.25,
        ),
        catalogue=Catalogue(
            hours=pick([0.0, 1.0, 1.0, 2.0, 2.5], courses),
            cost=pick([0.0, 1.0, 1.0, 3.0, 4.25], courses),
            language=rng.choice([-1, -1, -1, 0, 1], courses),
            prerequisite=np.array([int(index(c)) if c and rng.random() < 0.3 else -1 for c in range(courses)]),
            outcome_course=key // skills,
            outcome_skill=key % skills,
            outcome_from=low,
            outcome_to=low + pick([0.5, 1.0, 2.0], len(key)),
            session_course=session_course,
            session_period=index(periods, len(session_course)) + 1,
            session_seats=rng.choice(seats, len(session_course)),
        ),
        needs=Needs(
            unit=index(units + 1, needs) - 1,
            skill=index(skills, needs),
            level=pick([0.5, 1.0, 2.0, 3.0], needs),
            people=index(4, needs) + 1,
            by_period=index(periods, needs) + 1,
            weight=pick([0.0, 0.5, 1.0, 2.0], needs),
        ),
        limits=Limits(
            unit_parent=np.array([-1] + [int(rng.integers(-1, unit)) for unit in range(1, units)]),
            budget_unit=rng.choice(units + 1, min(budgets, units + 1), replace=False) - 1,
            budget=pick([0.0, 3.0, 4.0, 5.25, 9.0, 14.0], min(budgets, units + 1)),
            fair_unit=rng.choice(units, min(groups, units), replace=False),
            fairness=fairness,
            cost_weight=cost_weight,
        ),
    )
    return replace(problem, people=replace(problem.people, accepted=_accepted_from_a_plan(rng, problem, answers)))


def _accepted_from_a_plan(rng: np.random.Generator, problem: Problem, people: int) -> Ints:
    """Let people accept sessions of a plan that is allowed; what those stand on need not be accepted too."""
    catalogue = problem.catalogue
    budget_of, _ = oracle.memberships(problem)
    seats, money = catalogue.session_seats.copy(), problem.limits.budget.copy()
    accepted: list[tuple[int, int]] = []
    for i in rng.permutation(len(problem.people.hours))[:people].tolist():
        cost_of = {
            plan: catalogue.cost[catalogue.session_course[list(plan)]].sum() * budget_of[i]
            for plan in oracle.person_plans(problem, i)
            if all(seats[j] != 0 for j in plan)
        }
        fitting = [plan for plan, cost in cost_of.items() if np.all(cost <= money)]
        longest = sorted(fitting, key=len)[-4:]
        plan = longest[int(rng.integers(0, len(longest)))]
        accepted += [(i, j) for at, j in enumerate(plan) if at == len(plan) - 1 or rng.random() < 0.3]
        seats[[j for j in plan if seats[j] > 0]] -= 1
        money -= cost_of[plan]
    return pairs(sorted(accepted))


def random_problem(
    seed: int,
    people: int = 200,
    courses: int = 40,
    *,
    skills: int = 20,
    periods: int = 4,
    needs: int = 12,
    fairness: float = 0.3,
    scarcity: float = 0.5,
    money: float = 0.5,
) -> Problem:
    """Make a medium problem from a seed, somewhat like an organisation.

    ``scarcity`` is the share of sessions with few seats; ``money`` the overall budget as a share of what filling
    everybody's hours would cost. What is accepted can be allowed, all together.
    """
    rng = np.random.default_rng(seed)
    roles, agencies, grades, languages = 8, 3, 4, 2
    departments = max(3, people // 25)
    units = 1 + agencies + departments
    parent = np.concatenate([[-1], np.zeros(agencies), rng.integers(1, 1 + agencies, departments)]).astype(np.int64)

    role = rng.integers(0, roles, people)
    required = np.where(rng.random((roles, skills)) < 0.5, rng.integers(1, 6, (roles, skills)), 0).astype(np.float64)
    required[-1] = 0.0  # a role nothing is asked of
    ability = rng.normal(-1.0, 1.0, people)[:, None] + rng.normal(0.0, 1.0, (people, skills))
    levels = np.clip(np.round(2 * (required[role] + ability)) / 2, 0.0, 8.0)

    hours = np.round(rng.lognormal(2.0, 0.5, courses)) + 1.0
    cost = np.where(rng.random(courses) < 0.2, 0.0, np.round(hours * rng.uniform(10, 60, courses)))
    outcome_of = [
        (c, int(s)) for c in range(courses) for s in np.sort(rng.choice(skills, rng.integers(1, 4), replace=False))
    ]
    low = rng.integers(0, 4, len(outcome_of)).astype(np.float64)
    catalogue_sessions = rng.integers(1, 4, courses)
    session_course = np.repeat(np.arange(courses), catalogue_sessions)
    seats = rng.integers(max(1, people // 40), max(2, people // 8) + 1, len(session_course))
    problem = Problem(
        people=People(
            levels=levels,
            hours=rng.choice([0.0, 8.0, 16.0, 24.0, 40.0], people, p=[0.05, 0.2, 0.3, 0.3, 0.15]),
            role=role,
            unit=rng.integers(0, units, people),
            grade=rng.integers(-1, grades, people),
            speaks=np.concatenate([np.ones((people, 1)), rng.random((people, languages - 1)) < 0.4], axis=1) > 0,
            completed=_random_pairs(rng, people, courses, people // 5),
            wishes=(wishes := _random_pairs(rng, people, courses, people // 2)),
            wish_weight=rng.choice([0.1, 0.25, 0.5], len(wishes)),
            accepted=pairs([]),
            declined=_random_pairs(rng, people, len(session_course), people // 10),
        ),
        roles=Roles(
            required=required,
            weight=np.where(required > 0, rng.choice([0.5, 1.0, 1.5, 2.0], (roles, skills)), 0.0),
            compulsory=rng.random((roles, courses)) < 0.04,
        ),
        catalogue=Catalogue(
            hours=hours,
            cost=cost,
            language=rng.choice([-1, 0, 1], courses, p=[0.5, 0.3, 0.2]),
            prerequisite=np.array([rng.integers(0, c) if c and rng.random() < 0.15 else -1 for c in range(courses)]),
            outcome_course=np.array([c for c, _ in outcome_of], dtype=np.int64),
            outcome_skill=np.array([s for _, s in outcome_of], dtype=np.int64),
            outcome_from=low,
            outcome_to=low + rng.choice([0.5, 1.0, 1.0, 1.5, 2.0], len(outcome_of)),
            session_course=session_course,
            session_period=rng.integers(1, periods + 1, len(session_course)),
            session_seats=np.where(rng.random(len(session_course)) < scarcity, seats, -1),
        ),
        needs=Needs(
            unit=rng.integers(-1, 1 + agencies, needs),
            skill=rng.integers(0, skills, needs),
            level=rng.integers(2, 6, needs).astype(np.float64),
            people=rng.integers(1, max(2, people // 10) + 1, needs),
            by_period=rng.integers(1, periods + 1, needs),
            weight=rng.choice([0.5, 1.0, 2.0], needs),
        ),
        limits=Limits(
            unit_parent=parent,
            budget_unit=np.array([-1, 1, 2], dtype=np.int64),
            budget=np.round(money * people * 18.0 * 35.0 * np.array([1.0, 0.3, 0.2])),
            fair_unit=np.arange(1 + agencies),
            fairness=fairness,
            cost_weight=1e-5,
        ),
    )
    return replace(problem, people=replace(problem.people, accepted=_random_accepted(rng, problem)))


def _random_pairs(rng: np.random.Generator, first: int, second: int, size: int) -> Ints:
    flat = np.sort(rng.choice(first * second, min(size, first * second), replace=False))
    return np.stack([flat // second, flat % second], axis=1)


def _random_accepted(rng: np.random.Generator, problem: Problem) -> Ints:
    """One session each, for every twentieth person, of a course that is open to them from the first day."""
    people, catalogue = problem.people, problem.catalogue
    completed, declined = set(map(tuple, people.completed.tolist())), set(map(tuple, people.declined.tolist()))
    money = problem.limits.budget / 2  # leaves room to plan with
    seats = catalogue.session_seats.copy()
    budget_of, _ = oracle.memberships(problem)
    accepted = []
    for i in range(0, len(people.hours), 20):
        j = int(rng.integers(0, len(seats)))
        c = int(catalogue.session_course[j])
        mine = catalogue.outcome_course == c
        cost = catalogue.cost[c] * budget_of[i]
        if (
            catalogue.prerequisite[c] == -1
            and np.all(people.levels[i, catalogue.outcome_skill[mine]] >= catalogue.outcome_from[mine])
            and (catalogue.language[c] == -1 or people.speaks[i, catalogue.language[c]])
            and catalogue.hours[c] <= people.hours[i]
            and (i, c) not in completed
            and (i, j) not in declined
            and seats[j] != 0
            and np.all(cost <= money)
        ):
            accepted.append((i, j))
            money = money - cost
            seats[j] -= seats[j] > 0
    return pairs(accepted)
