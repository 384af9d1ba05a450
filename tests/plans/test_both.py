"""Both halves of a plan: the roadmap, the training plan for what it starts, and the round of repairing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines.roadmap.checker import allowed, judged, starts_of, worth
from tests.plans.portfolios import by_hand, random_portfolio
from vested.engines import roadmap
from vested.formats.sector_folder import InitiativeLink, InitiativeMode, PortfolioBudget, Way
from vested.plans.outcome import Outcome
from vested.plans.roadmap import (
    Roadmap,
    asked_of,
    dated,
    held_back,
    index_of,
    problem_of,
    repairs_told,
    skills_of,
    why_of,
)
from vested.plans.solving import Moment, NoRoadmap, solve

ONE_MORE = "1 person more is needed at level 2 of Booking"


def road_of(outcome: Outcome) -> Roadmap:
    """The roadmap, which must be there."""
    assert outcome.roadmap is not None
    return outcome.roadmap


def told(outcome: Outcome) -> list[str]:
    """What is said of the repair."""
    road = road_of(outcome)
    return list(repairs_told(road.sector, road))


@pytest.fixture(scope="module")
def planned() -> Outcome:
    return solve(by_hand(), seconds=10)


def test_the_known_case_is_moved_until_its_skills_are_there(planned: Outcome) -> None:
    """One seat a period: BOOK has its one person in quarter 1, TIDE its two only in 3, so PAPER goes before it."""
    road = road_of(planned)
    assert road.starts == {0: 0, 2: 1, 1: 2}
    assert road.plan.value == pytest.approx(100 * 0.9 + 10 * 0.9**2 + 90 * 0.9**3)
    assert road.plan.bound == pytest.approx(road.plan.value)
    assert road.free.value == pytest.approx(100 * 0.9 + 90 * 0.9**2 + 10 * 0.9**3)
    assert road.late == ()
    assert not road.tried
    assert told(planned) == [
        f"Tide warnings starts in quarter 3 instead of 2, so that its skills are there: {ONE_MORE}."
    ]
    needs = planned.sector.initiative_skills
    assert [(need.initiative_id, need.by_period) for need in needs] == [("BOOK", 1), ("TIDE", 3)]
    assert (planned.plan.holders_after == [1, 2]).all()
    assert [skills_of(road, p) for p in range(3)] == ["there", "there", "none"]


def test_what_can_never_be_there_is_taken_out() -> None:
    sector = by_hand()
    third = replace(sector.initiative_skills[1], people=3)
    outcome = solve(replace(sector, initiative_skills=(sector.initiative_skills[0], third)), seconds=10)
    road = road_of(outcome)
    assert road.starts == {0: 0, 2: 1, 1: 3}  # quarter 4 is after the last period: another plan can train for it
    assert skills_of(road, 1) == "later"
    outcome = solve(
        replace(
            sector,
            portfolio_budgets=sector.portfolio_budgets[:3],
            initiative_skills=(sector.initiative_skills[0], third),
        ),
        seconds=10,
    )
    road = road_of(outcome)
    assert road.starts == {0: 0, 2: 1}
    missing = "2 people more are needed at level 2 of Booking"
    assert told(outcome) == [f"Tide warnings was taken out, since its skills cannot be there in time: {missing}."]
    assert why_of(road.sector, road, 1) == f"Its skills cannot be there in time: {missing}."
    assert {need.initiative_id for need in outcome.sector.initiative_skills} == {"BOOK"}


def test_what_is_mandatory_stays_and_is_said_to_be_late() -> None:
    sector = by_hand()
    must = replace(sector.initiatives[1], mandatory=True, latest=2)
    outcome = solve(replace(sector, initiatives=(sector.initiatives[0], must, sector.initiatives[2])), seconds=10)
    road = road_of(outcome)
    assert road.starts[1] == 1
    assert [late.initiative for late in road.late] == [1]
    assert skills_of(road, 1) == "late"
    assert not road.tried
    assert told(outcome) == [f"Tide warnings has skills missing in quarter 2: {ONE_MORE}."]


def test_a_round_that_is_worth_less_is_not_taken() -> None:
    """Without BOOK before it, TIDE cannot start; BOOK's skills come too late for both; so BOOK is named, not moved."""
    sector = by_hand()
    needs = (replace(sector.initiative_skills[0], people=2),)
    worthless = replace(sector.initiative_modes[0], benefit=0.0)
    outcome = solve(
        replace(
            sector,
            initiative_skills=needs,
            initiative_modes=(worthless, *sector.initiative_modes[1:]),
            initiative_links=(InitiativeLink("TIDE", "BOOK"),),
        ),
        seconds=10,
    )
    road = road_of(outcome)
    assert road.tried
    assert road.starts[0] == 0
    assert [late.initiative for late in road.late] == [0]
    assert told(outcome)[-1] == (
        "Starting these later or leaving them out was tried, and was worth less; so they are named instead."
    )
    assert road.plan is road.free


@given(st.integers(0, 2**20))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_portfolio_the_two_halves_fit_together(seed: int) -> None:
    outcome = solve(random_portfolio(seed), seconds=5)
    road, sector = road_of(outcome), road_of(outcome).sector
    # The independent checker, and the engine's own, on the portfolio as it stands and as it was repaired.
    free = problem_of(sector, road.index)
    assert roadmap.check(road.problem, road.plan) == ()
    assert judged(road.problem, road.plan) == []
    assert allowed(free, starts_of(road.plan))
    # What starts asks from its start; what is out asks for nothing; what has no modes asks as before.
    titles = {row.initiative_id: p for p, row in enumerate(sector.initiatives[n] for n in road.index.initiatives)}
    expected = []
    for need in sector.initiative_skills:
        if need.initiative_id not in titles:
            expected.append(need)
        elif titles[need.initiative_id] in road.starts:
            period = road.starts[titles[need.initiative_id]] + need.by_period
            expected.append(replace(need, by_period=min(period, sector.settings.periods)))
    assert list(outcome.sector.initiative_skills) == expected
    # Nobody is late unsaid.
    due = [k for k, one in enumerate(road.asked) if one.initiative >= 0 and one.due <= sector.settings.periods]
    missing = {road.asked[k].initiative for k in due if outcome.plan.holders_after[k] < expected[k].people}
    assert {late.initiative for late in road.late} == missing
    said = " ".join(told(outcome))
    assert all(sector.initiatives[road.index.initiatives[p]].title in said for p in missing)
    # Nor is what starts with its skills there worth less than without the repair.
    if road.repairs:
        before, after = starts_of(road.free), starts_of(road.plan)
        held = {repair.late.initiative for repair in road.repairs}
        kept = {p: start for p, start in before.items() if p not in held}
        assert worth(free, {p: start for p, start in after.items() if p not in missing}) >= worth(free, kept) - 1e-6


def test_equal_runs_are_equal() -> None:
    one, other = (solve(random_portfolio(7), seconds=20, seed=3) for _ in range(2))
    assert road_of(one).starts == road_of(other).starts
    assert road_of(one).modes == road_of(other).modes
    assert np.array_equal(one.plan.session, other.plan.session)


def test_without_modes_there_is_no_roadmap() -> None:
    outcome = solve(replace(by_hand(), initiative_modes=()), seconds=5)
    assert outcome.roadmap is None
    assert outcome.sector.initiative_skills == by_hand().initiative_skills


def test_months_and_half_years_are_counted_from_the_quarter() -> None:
    sector, index = by_hand(), index_of(by_hand())
    plan = road_of(solve(sector, seconds=5)).plan  # BOOK in quarter 1, TIDE in quarter 3
    for periods_per_quarter, due in ((1.0, [1, 3]), (3.0, [1, 7]), (0.5, [1, 2])):
        other = replace(sector, settings=replace(sector.settings, periods_per_quarter=periods_per_quarter))
        asked = asked_of(other, index, plan)
        assert [one.due for one in asked] == due
        assert [need.by_period for need in dated(other, asked).initiative_skills] == [min(one, 3) for one in due]


def test_what_is_mandatory_and_clashes_is_named() -> None:
    sector = by_hand()
    must = tuple(replace(row, mandatory=True, latest=1) for row in sector.initiatives[:2])
    with pytest.raises(NoRoadmap, match=r"BOOK, TIDE cannot all start, because of the money of portfolio_budgets"):
        solve(replace(sector, initiatives=(*must, sector.initiatives[2])), seconds=5)
    never = replace(sector.initiatives[0], mandatory=True, earliest=4, latest=4)
    modes = (InitiativeMode("BOOK", Way.PILOT, 2, 1.0),)
    with pytest.raises(NoRoadmap, match="BOOK cannot start, because of the quarters they may start in"):
        solve(replace(sector, initiatives=(never,), initiative_modes=modes, initiative_costs=()), seconds=5)


def test_a_search_stopped_before_anything_says_so() -> None:
    sector = by_hand()
    must = tuple(replace(row, mandatory=True) for row in sector.initiatives)
    with pytest.raises(NoRoadmap, match="no time was left"):
        solve(replace(sector, initiatives=must), seconds=5, watch=lambda _moment: True)


def test_it_says_where_it_is() -> None:
    steps: list[str] = []

    def watch(moment: Moment) -> bool:
        steps.append(moment.step)
        return False

    solve(by_hand(), seconds=5, watch=watch)
    assert list(dict.fromkeys(steps))[:3] == ["roadmap", "plan", "repair"]


def test_an_interrupt_before_the_repair_leaves_it_out() -> None:
    outcome = solve(by_hand(), seconds=5, watch=lambda moment: moment.step == "plan")
    road = road_of(outcome)
    assert road.repairs == ()
    assert outcome.stopped == "interrupt"


def test_holding_back_leaves_the_rest_alone() -> None:
    sector = by_hand()
    problem = problem_of(sector, index_of(sector))
    assert held_back(problem, ()).initiatives.earliest.tolist() == [0, 0, 0]


def test_a_portfolio_becomes_arrays_as_it_stands() -> None:
    sector = random_portfolio(1)
    index = index_of(sector)
    problem = problem_of(sector, index)
    assert [sector.initiatives[n].initiative_id for n in index.initiatives] == [f"N{n}" for n in range(6)]
    assert problem.initiatives.group.tolist() == [-1, -1, -1, 0, 0, -1]
    assert problem.limits.risk == 9.0
    assert problem.limits.budget.tolist() == [14.0] * 4
    assert problem.limits.capacity.tolist() == [[4.0] * 4]
    assert problem.links.needs.tolist() == [[1, 0]]
    waiting = [m for m, row in enumerate(sector.initiative_modes) if row.initiative_id == "N2"]
    assert problem.links.uses.tolist() == [[m, 0] for m in waiting]
    assert problem.links.supplies.tolist() == [[0, 0]]
    unlimited = replace(sector, portfolio_budgets=(), settings=replace(sector.settings, risk_cap=None))
    assert np.isinf(problem_of(unlimited, index).limits.budget).all()
    assert np.isinf(problem_of(unlimited, index).limits.risk)
    holes = replace(sector, portfolio_budgets=(PortfolioBudget(3, 7.0),))
    assert problem_of(holes, index).limits.budget.tolist() == [0.0, 0.0, 7.0, 0.0]
