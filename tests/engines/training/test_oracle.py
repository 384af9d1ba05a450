"""The oracle against answers worked out on paper, and against a second route."""

from itertools import combinations

import highspy
import numpy as np
import pytest
from hypothesis import given

from tests.engines.training import oracle
from tests.engines.training.by_hand import problem_of
from tests.engines.training.checker import facts_of
from tests.engines.training.strategies import problems, tiny_problem
from vested.engines.training import Problem

FREE = (0, 0)  # a course of no hours and no cost

KNOWN: dict[str, tuple[Problem, tuple[int, float, float]]] = {
    # One seat; closing 0 -> 2 is worth 2 in role 0 and 3 * 2 in role 1.
    "the dearest person gets the only seat": (
        problem_of(
            levels=[[0], [0]],
            role=[0, 1],
            required=[[2], [2]],
            weight=[[1], [3]],
            courses=[FREE],
            outcomes=[(0, 0, 0, 2)],
            sessions=[(0, 1, 1)],
        ),
        (0, 0.0, 6.0),
    ),
    # 0 -> 1 in period 1 opens 1 -> 3 in period 2.
    "a course opens another one": (
        problem_of(
            levels=[[0]],
            required=[[3]],
            courses=[FREE, FREE],
            outcomes=[(0, 0, 0, 1), (1, 0, 1, 3)],
            sessions=[(0, 1, -1), (1, 2, -1)],
        ),
        (0, 0.0, 3.0),
    ),
    # The same in one period: the start of the period decides, so only 0 -> 1 is left.
    "courses of one period do not help one another": (
        problem_of(
            levels=[[0]],
            required=[[3]],
            courses=[FREE, FREE],
            outcomes=[(0, 0, 0, 1), (1, 0, 1, 3)],
            sessions=[(0, 1, -1), (1, 1, -1)],
        ),
        (0, 0.0, 1.0),
    ),
    # Levels are a maximum, not a sum: 0 -> 2 and 0 -> 3 close 3, not 5; what goes beyond 2.5 counts for nothing.
    "levels do not add up": (
        problem_of(
            levels=[[0.5]],
            required=[[2.5]],
            courses=[FREE, FREE],
            outcomes=[(0, 0, 0, 2), (1, 0, 0, 3)],
            sessions=[(0, 1, -1), (1, 1, -1)],
        ),
        (0, 0.0, 2.0),
    ),
    # Two hours: the compulsory course comes first though it is worth nothing and the other one 4.
    "compulsory before value": (
        problem_of(
            levels=[[0]],
            hours=[2],
            required=[[4]],
            courses=[(2, 0), (2, 0)],
            outcomes=[(1, 0, 0, 4)],
            sessions=[(0, 1, -1), (1, 1, -1)],
            compulsory=[[True, False]],
        ),
        (1, 0.0, 0.0),
    ),
    # Money for one. Gaps 8 and 12, targets 2 and 3. Unit 1 could close 4 (shortfall then 3), unit 2 could close 3
    # (shortfall then 2): fairness takes unit 2 although unit 1 is worth more.
    "fairness before value": (
        problem_of(
            levels=[[0, 0], [0, 0]],
            unit=[1, 2],
            parent=[-1, 0, 0],
            role=[0, 1],
            required=[[4, 4], [3, 9]],
            courses=[(0, 1), (0, 1)],
            outcomes=[(0, 0, 0, 9)],
            sessions=[(0, 1, -1)],
            budgets=[(-1, 1)],
            fair_unit=[1, 2],
            fairness=0.25,
        ),
        (0, 2.0, 3.0),
    ),
    # Grades are groups too: gap 2 each, target 1 each; one seat closes 2 in one of them, so 1 is missing.
    "grades are groups": (
        problem_of(
            levels=[[0], [0], [0]],
            grade=[0, 1, -1],
            required=[[2]],
            courses=[FREE],
            outcomes=[(0, 0, 0, 2)],
            sessions=[(0, 1, 1)],
            fairness=0.5,
        ),
        (0, 1.0, 2.0),
    ),
    # One holder is asked for by period 1, at 5: the second one counts for nothing, and so does period 2.
    "needs have an end and a number": (
        problem_of(
            levels=[[0], [0], [0]],
            required=[[0]],
            courses=[(0, 1)],
            outcomes=[(0, 0, 0, 2)],
            sessions=[(0, 1, 2), (0, 2, -1)],
            needs=[(-1, 0, 2, 1, 1, 5)],
            cost_weight=0.5,
        ),
        (0, 0.0, 4.5),
    ),
    "a need met too late is not met": (
        problem_of(
            levels=[[0]],
            required=[[0]],
            courses=[(0, 1)],
            outcomes=[(0, 0, 0, 2)],
            sessions=[(0, 2, -1)],
            needs=[(-1, 0, 2, 1, 1, 5)],
            cost_weight=0.5,
        ),
        (0, 0.0, 0.0),
    ),
    # Unit 0 may spend 10, unit 1 below it 4: of two people in unit 1 (4 each) one is served, and the one in unit 0.
    "budgets lie in one another": (
        problem_of(
            levels=[[0], [0], [0]],
            unit=[0, 1, 1],
            parent=[-1, 0],
            required=[[1]],
            courses=[(0, 4)],
            outcomes=[(0, 0, 0, 1)],
            sessions=[(0, 1, -1)],
            budgets=[(0, 10), (1, 4)],
        ),
        (0, 0.0, 2.0),
    ),
    # Accepted: session 1 of course 1, which needs course 0 first; the wish for course 2 no longer fits into 2 hours.
    "what was accepted stays, with what it stands on": (
        problem_of(
            levels=[[0]],
            hours=[2],
            required=[[0]],
            courses=[(1, 0), (1, 0), (1, 0)],
            prerequisite=[-1, 0, -1],
            sessions=[(0, 1, -1), (1, 2, -1), (2, 1, -1)],
            wishes=[(0, 2, 0.75)],
            accepted=[(0, 1)],
        ),
        (0, 0.0, 0.0),
    ),
    # A completed course opens what builds on it, and is itself neither taken nor compulsory any more.
    "completed courses count as done": (
        problem_of(
            levels=[[0]],
            required=[[2]],
            courses=[FREE, FREE],
            prerequisite=[-1, 0],
            outcomes=[(0, 0, 0, 2), (1, 0, 0, 1)],
            sessions=[(0, 1, -1), (1, 1, -1)],
            compulsory=[[True, False]],
            completed=[(0, 0)],
        ),
        (0, 0.0, 1.0),
    ),
    # Language 1 is not spoken and session 1 declined: a wish of 0.25 is all that can be met.
    "languages and refusals": (
        problem_of(
            levels=[[0]],
            required=[[5]],
            courses=[FREE, FREE, FREE],
            language=[1, -1, 0],
            speaks=[[True, False]],
            outcomes=[(0, 0, 0, 5), (1, 0, 0, 5)],
            sessions=[(0, 1, -1), (1, 1, -1), (2, 1, -1)],
            wishes=[(0, 2, 0.25)],
            declined=[(0, 1)],
        ),
        (0, 0.0, 0.25),
    ),
}


@pytest.mark.parametrize("name", KNOWN)
def test_answers_worked_out_on_paper(name: str) -> None:
    problem, answer = KNOWN[name]
    best = oracle.optimum(problem)
    assert (best.given, best.shortfall, best.value) == pytest.approx(answer)


def test_what_was_accepted_and_cannot_be_has_no_plan() -> None:
    problem = problem_of(levels=[[0]], required=[[0]], courses=[(0, 5)], sessions=[(0, 1, 0)], accepted=[(0, 0)])
    with pytest.raises(ValueError, match="accepted"):
        oracle.optimum(problem)


def test_too_many_plans_are_refused() -> None:
    problem = problem_of(levels=[[0]], required=[[0]], courses=[FREE] * 5, sessions=[(c, 1, -1) for c in range(5)])
    assert len(oracle.person_plans(problem, 0)) == 2**5
    with pytest.raises(oracle.TooLargeError):
        oracle.person_plans(problem, 0, limit=31)


@given(problems(max_people=2))
def test_every_set_of_sessions_is_listed_or_against_the_rules(problem: Problem) -> None:
    sessions = range(len(problem.catalogue.session_course))
    for i in range(len(problem.people.hours)):
        listed = oracle.person_plans(problem, i)
        assert len(set(listed)) == len(listed)
        allowed = set()
        for size in range(min(len(sessions), 6) + 1):
            for subset in combinations(sessions, size):
                facts = facts_of(problem, np.full(size, i), np.array(subset, dtype=np.int64))
                if not any(breach.startswith((f"person {i},", f"person {i}:")) for breach in facts.breaches):
                    allowed.add(frozenset(subset))
        assert {frozenset(plan) for plan in listed} == allowed


@given(problems())
def test_the_checker_finds_what_the_oracle_says(problem: Problem) -> None:
    best = oracle.optimum(problem)
    facts = facts_of(problem, best.person, best.session)
    assert facts.breaches == ()
    assert (facts.given, facts.shortfall, facts.objective) == pytest.approx((best.given, best.shortfall, best.value))


@given(problems())
def test_a_mixed_integer_program_agrees(problem: Problem) -> None:
    best = oracle.optimum(problem)
    assert by_program(problem) == pytest.approx((best.given, best.shortfall, best.value), abs=1e-6)


@pytest.mark.parametrize("seed", range(6))
def test_a_mixed_integer_program_agrees_on_the_largest(seed: int) -> None:
    problem = tiny_problem(seed, people=6, courses=6, more_sessions=3, budgets=3, answers=2)
    best = oracle.optimum(problem)
    assert by_program(problem) == pytest.approx((best.given, best.shortfall, best.value), abs=1e-6)


def by_program(problem: Problem) -> tuple[float, float, float]:
    """Solve the three stages over all plans of all people as a mixed-integer program."""
    solver = highspy.Highs()
    solver.silent()
    for tolerance in ("mip_rel_gap", "mip_abs_gap"):
        solver.setOptionValue(tolerance, 0.0)
    solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
    limits, needs, catalogue = problem.limits, problem.needs, problem.catalogue
    budget_of, group_of = oracle.memberships(problem)
    target, cap = limits.fairness * oracle.group_gaps(problem), oracle.need_caps(problem)
    rows = []
    for i in range(len(problem.people.hours)):
        mine = [(i, choice, solver.addBinary()) for choice in oracle.choices(problem, i)]
        solver.addConstr(sum(x for _, _, x in mine) == 1)
        rows += mine
    for j, seats in enumerate(catalogue.session_seats.tolist()):
        if seats != -1:
            solver.addConstr(sum((x for _, choice, x in rows if j in choice.sessions), 0.0 * rows[0][2]) <= seats)
    for b, amount in enumerate(limits.budget.tolist()):
        solver.addConstr(sum(budget_of[i, b] * choice.cost * x for i, choice, x in rows) <= amount)
    short = [solver.addVariable(lb=0.0) for _ in target]
    for g, s in enumerate(short):
        solver.addConstr(s + sum(group_of[i, g] * choice.closed * x for i, choice, x in rows) >= target[g])
    more = [solver.addVariable(lb=0.0, ub=float(most)) for most in cap]
    for k, y in enumerate(more):
        solver.addConstr(y - sum(float(choice.held[k]) * x for _, choice, x in rows) <= 0.0)

    nothing = 0.0 * rows[0][2]
    compulsory = sum((float(choice.given) * x for _, choice, x in rows), nothing)
    solver.maximize(compulsory)
    given = round(solver.getObjectiveValue())
    solver.addConstr(compulsory >= given)
    shortfall = sum(short, nothing)
    solver.minimize(shortfall)
    least = solver.getObjectiveValue()
    solver.addConstr(shortfall <= least + 1e-7)
    worth = sum(
        ((choice.closed + choice.wishes - limits.cost_weight * choice.cost) * x for _, choice, x in rows), nothing
    )
    solver.maximize(worth + sum((float(w) * y for w, y in zip(needs.weight, more, strict=True)), nothing))
    return given, least, solver.getObjectiveValue()
