"""From a sector to an outcome: time, interrupts, the curve, and bounds that hold where a plan is carried up."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.plans.outcomes import made_plan
from tests.plans.sectors import random_sector, with_answers
from vested.engines import training
from vested.engines.training import Plan
from vested.formats.sector_folder import Budget, FixedStatus, Sector
from vested.plans import files
from vested.plans.outcome import CurvePoint, Stopped
from vested.plans.problem import problem_of
from vested.plans.solving import CURVE, Moment, carried_up, scaled, solve, stays_of

PROBLEM = problem_of(random_sector(1))  # budgets 1800 and 720


def point(factor: float, *, given: int, shortfall: float, objective: float, bound: float) -> CurvePoint:
    plan = made_plan(PROBLEM, (), objective=objective, bound=bound)
    return CurvePoint(
        factor=factor,
        plan=replace(
            plan,
            compulsory=replace(plan.compulsory, given=given, bound=given + 1),
            fairness=replace(plan.fairness, shortfall=shortfall, bound=shortfall / 2),
            prices=replace(plan.prices, seat=plan.prices.seat + factor),
        ),
    )


def result(plan: Plan) -> tuple[int, float, float]:
    return plan.compulsory.given, plan.fairness.shortfall, plan.value.objective


@pytest.mark.parametrize(("given", "shortfall", "objective"), [(3, 2.0, 10.0), (2, 1.0, 11.0), (2, 2.0, 12.0)])
def test_a_plan_that_is_no_worse_stage_by_stage_stays(given: int, shortfall: float, objective: float) -> None:
    less = point(0.8, given=2, shortfall=2.0, objective=12.0, bound=13.0)
    more = point(1.0, given=given, shortfall=shortfall, objective=objective, bound=14.0)
    assert carried_up(PROBLEM, less, more) is more


@pytest.mark.parametrize(("given", "shortfall"), [(2, 2.0), (1, 2.0), (2, 2.5), (1, 2.5)])
def test_a_better_plan_for_less_money_is_carried_up_under_the_bound_of_more(given: int, shortfall: float) -> None:
    less = point(0.8, given=2, shortfall=2.0, objective=12.0, bound=13.0)
    more = point(1.0, given=given, shortfall=shortfall, objective=11.0, bound=14.0)
    up = carried_up(PROBLEM, less, more)
    assert up.factor == 1.0
    assert result(up.plan) == (2, 2.0, 12.0)
    assert up.plan.value.bound == 14.0
    assert up.plan.value.gap == pytest.approx(2 / 14)
    assert up.plan.compulsory.bound == given + 1
    assert up.plan.fairness.bound == min(shortfall / 2, 2.0)
    assert up.plan.prices is more.plan.prices
    assert up.plan.value.priced == more.plan.value.priced


def test_where_it_falls_shorter_its_own_bound_rises_by_the_price_of_the_added_money() -> None:
    less = point(0.8, given=3, shortfall=2.0, objective=12.0, bound=13.0)
    more = point(1.0, given=2, shortfall=1.0, objective=11.0, bound=12.5)
    up = carried_up(PROBLEM, less, more)
    added = 0.2 * 1800 * 0.001 + 0.2 * 720 * 0.001  # made_plan prices every budget at 0.001
    assert up.plan.value.bound == up.plan.value.priced == pytest.approx(13.0 + added)
    assert up.plan.prices is less.plan.prices


def test_budgets_are_multiplied_and_nothing_else() -> None:
    larger = scaled(PROBLEM, 1.2)
    np.testing.assert_allclose(larger.limits.budget, [2160.0, 864.0])
    assert larger.people is PROBLEM.people
    assert PROBLEM.limits.budget.tolist() == [1800.0, 720.0]


@pytest.mark.parametrize("seed", range(2))
def test_more_money_never_gives_less(seed: int) -> None:
    outcome = solve(random_sector(seed), seconds=20, curve=True)
    assert [point.factor for point in outcome.curve] == list(CURVE)
    assert outcome.curve[2].plan is outcome.plan
    assert outcome.stopped is (Stopped.GAP if outcome.plan.finished else Stopped.TIME)
    results = [result(point.plan) for point in outcome.curve]
    ordered = [(given, -round(shortfall, 6), round(objective, 6)) for given, shortfall, objective in results]
    assert ordered == sorted(ordered)
    for point in outcome.curve:
        spent = point.plan.budget_used
        assert (spent <= point.factor * outcome.problem.limits.budget + 1e-6).all()
        assert point.plan.value.objective <= point.plan.value.bound + 1e-9
        assert point.plan.compulsory.given <= point.plan.compulsory.bound


def test_without_curve_there_is_none_and_the_dearest_are_solved_again() -> None:
    outcome = solve(random_sector(1), seconds=20)
    assert outcome.curve == ()
    assert outcome.gains
    assert outcome.seconds > 0
    for gain in outcome.gains:
        assert gain.gain <= gain.at_most + 1e-6


def test_the_watcher_sees_every_step_and_time_left() -> None:
    moments: list[Moment] = []

    def watch(moment: Moment) -> bool:
        moments.append(moment)
        return False

    solve(random_sector(1), seconds=20, curve=True, watch=watch)
    assert {moment.step for moment in moments} >= {"plan", "curve"}
    assert {moment.factor for moment in moments if moment.step == "curve"} <= set(CURVE)
    assert all(0 <= moment.seconds_left <= 20 for moment in moments)


def test_a_watcher_that_asks_to_stop_gets_the_best_plan_so_far_and_no_more(tmp_path: Path) -> None:
    sector = random_sector(1, people=30)
    calls = 0

    def watch(_moment: Moment) -> bool:
        nonlocal calls
        calls += 1
        return True

    outcome = solve(sector, seconds=20, curve=True, watch=watch)
    assert calls
    assert outcome.stopped is Stopped.INTERRUPT
    assert (outcome.curve, outcome.gains) == ((), ())
    assert outcome.plan.value.objective <= outcome.plan.value.bound + 1e-9
    files.write_plan(outcome, tmp_path)


def test_accepted_sessions_that_cost_more_than_a_smaller_budget_leave_its_points_out() -> None:
    sector, session_id = _with_a_course_for_100()
    accepted = with_answers(sector, ("P000", session_id, FixedStatus.ACCEPTED))
    outcome = solve(replace(accepted, budgets=(Budget(120.0),)), seconds=20, curve=True)
    assert [point.factor for point in outcome.curve] == [1.0, 1.2, 1.4]
    with pytest.raises(training.Infeasible):
        solve(replace(accepted, budgets=(Budget(99.0),)), seconds=20)


def _with_a_course_for_100() -> tuple[Sector, str]:
    """Make a sector in which the first person may take a session that costs 100."""
    sector = random_sector(1)
    course = replace(sector.courses[0], cost=100.0, hours=1.0, language="", prerequisite_id=None)
    outcomes = tuple(
        replace(row, from_level=0.0) if row.course_id == course.course_id else row for row in sector.course_outcomes
    )
    sessions = tuple(
        replace(session, seats=None) if session.course_id == course.course_id else session
        for session in sector.sessions
    )
    staff = (replace(sector.staff[0], hours=40.0), *sector.staff[1:])
    changed = replace(
        sector,
        courses=(course, *sector.courses[1:]),
        course_outcomes=outcomes,
        sessions=sessions,
        staff=staff,
        completions=(),
    )
    return changed, next(session.session_id for session in sessions if session.course_id == course.course_id)


def test_the_seed_given_replaces_the_sectors_own() -> None:
    assert solve(random_sector(1), seconds=20, seed=77).sector.settings.seed == 77
    assert solve(random_sector(1), seconds=20).sector.settings.seed == 1


def test_equal_sectors_and_seeds_give_equal_files(tmp_path: Path) -> None:
    for name in "ab":
        outcome = solve(random_sector(5), seconds=20, curve=True)
        files.write_plan(replace(outcome, seconds=0.0), tmp_path / name)
    for name in (name for name in files.FILES if not name.startswith("roadmap")):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_an_assignment_stays_the_less_the_less_sure_levels_are() -> None:
    made = random_sector(4, people=20)
    outcome = solve(made, seconds=5)
    unsure = replace(made, levels=replace(made.levels, error=np.full(len(made.levels.level), 3.0)))
    same, drawn = stays_of(outcome, draws=5, seconds=5)
    moved, _drawn = stays_of(replace(outcome, sector=unsure), draws=5, seconds=5)
    assert drawn == 5
    assert len(same) == len(outcome.plan.person)
    assert 0 <= moved.mean() < same.mean() <= 1
    none, drawn = stays_of(outcome, draws=5, seconds=5, watch=lambda _moment: True)
    assert drawn == 0
    assert np.isnan(none).all()
