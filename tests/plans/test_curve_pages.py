"""The budget curve on a scenario's page: stepping along it, what moves there, and what is said until it is solved."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.core.offices import Office, signed_in
from tests.plans.rooms import NOW, fill, ready_plan
from tests.plans.sectors import random_sector
from vested.core.models import Job
from vested.core.scope import acting
from vested.plans.models import Plan, Scenario
from vested.plans.queries.dearest import dearest, dearest_at
from vested.plans.queries.solved import at_point, figures

pytestmark = pytest.mark.django_db

SECTOR = random_sector(3, people=30)


@pytest.fixture
def plan(office: Office) -> Plan:
    fill(office, SECTOR)
    return ready_plan(office, curve=True)


def page(office: Office, plan: Plan, query: str = "", who: str = "cdo") -> str:
    return signed_in(office, who).get(f"/scenarios/{plan.scenario.pk}/{query}").content.decode()


def test_it_begins_at_the_plan_itself_and_steps_by_links(office: Office, plan: Plan) -> None:
    html = page(office, plan)
    for factor in (60, 80, 120, 140):
        assert f'id="at-{factor}"' in html
    assert 'id="at-100" href="?at=1#curve" aria-current="page"' in html
    assert "With the plan&#x27;s own money" in html.replace("'", "&#x27;")
    assert "close less of their gap" not in html
    assert "Make a scenario of this" not in html


def test_a_point_says_what_moves_and_how_good_it_is(
    office: Office, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(office, "cdo")
    with django_assert_max_num_queries(16):
        html = client.get(f"/scenarios/{plan.scenario.pk}/?at=0.6").content.decode()
    assert 'id="at-60" href="?at=0.6#curve" aria-current="page"' in html
    with acting(office.viewer("cdo")):
        moved, point = at_point(plan, 0.6), plan.figures["curve"][0]
    assert moved.lose > moved.gain
    assert f"{moved.lose} close less of their gap, {moved.gain} close more" in html
    assert f"{100 * point['share']:.1f}\N{NO-BREAK SPACE}% of the weighted gap closes" in html
    assert "points less" in html
    assert "What would buy most back" in html
    assert "Who is hit hardest" in html
    assert 'name="change" value="-40"' in html
    assert "points more" in page(office, plan, "?at=1.4")


def test_a_point_there_is_none_of_is_the_nearest(office: Office, plan: Plan) -> None:
    assert 'href="?at=1.4#curve" aria-current="page"' in page(office, plan, "?at=99")
    assert 'href="?at=1#curve" aria-current="page"' in page(office, plan, "?at=x")


def test_not_a_number_is_the_plan_itself(office: Office, plan: Plan) -> None:
    assert 'href="?at=1#curve" aria-current="page"' in page(office, plan, "?at=nan")


def test_a_scenario_is_made_of_a_point(office: Office, plan: Plan) -> None:
    signed_in(office, "cdo").post(f"/scenarios/{plan.scenario.pk}/copy/", {"change": "-40", "solve": "on"})
    with acting(office.viewer("cdo")):
        made = Scenario.objects.order_by("-pk")[0]
    assert made.settings.money == pytest.approx(0.6)
    assert "Make a scenario of this" not in page(office, plan, "?at=0.6", who="auditor")


def test_small_units_are_not_told(office: Office, plan: Plan) -> None:
    with acting(office.viewer("cdo")):
        shifts = figures(plan).curve.shifts  # type: ignore[union-attr]  # there is one
    html = page(office, plan, "?at=0.6")
    table = html[html.index("Who is hit hardest") :].partition("</table>")[0] if "Who is hit hardest" in html else ""
    for shift in shifts:
        assert (shift.name in table) is not shift.hidden
    if unseen := sum(shift.hidden for shift in shifts):
        assert f"{unseen} unit" in html


def test_what_is_dearest_comes_first(office: Office, plan: Plan) -> None:
    with acting(office.viewer("cdo")):
        exact, estimated = dearest(plan, most=3), dearest_at(plan, 0.6, most=50)
        outcome_gains = [gain.gain for gain in sorted(figures(plan).scarce.seats, key=lambda seat: -seat.gain)]
    for rows in (exact, estimated):
        assert [row.gain for row in rows] == sorted((row.gain for row in rows), reverse=True)
        assert all(row.gain > 0 for row in rows)
    assert estimated
    assert all(row.at_most is None for row in estimated)
    assert all(row.at_most is not None and row.at_most >= row.gain for row in exact)
    assert len(exact) <= 3
    assert not exact or not outcome_gains or exact[0].gain >= outcome_gains[0]
    budget = next(row for row in estimated if row.step)
    assert budget.step == pytest.approx(0.01 * 0.6 * (30 * 150.0 if not budget.name else 30 * 60.0))


def test_until_it_is_solved_that_is_said(office: Office) -> None:
    fill(office, SECTOR)
    plan = ready_plan(office)
    html = page(office, plan)
    assert "The plan is being made anew at 60, 80, 120 and 140" in html
    assert f"/jobs/{plan.extra.pk}/progress/" in html  # type: ignore[union-attr]  # it has one
    with acting(office.viewer("cdo")):
        Job.objects.filter(kind="plans.curve").update(state=Job.State.FAILED, ended_at=NOW, error="Broken")
    html = page(office, plan)
    assert "It was not solved to its end." in html
    with acting(office.viewer("cdo")):
        Plan.objects.filter(pk=plan.pk).update(extra=None)
    assert "It was not computed for this plan." in page(office, plan)


def test_while_a_newer_plan_is_solved_one_job_is_shown(office: Office) -> None:
    fill(office, SECTOR)
    plan = ready_plan(office)
    signed_in(office, "cdo").post(f"/scenarios/{plan.scenario.pk}/solve/")
    html = page(office, plan)
    assert html.count('id="job"') == 1
    assert "See how far it is" in html


def test_the_sum_of_the_money_may_be_unknown(office: Office, plan: Plan) -> None:
    with acting(office.viewer("cdo")):
        assert "The sector would have" in page(office, plan, "?at=0.6")
        Plan.objects.filter(pk=plan.pk).update(figures={**plan.figures, "budget": None})
    assert "The sector would have" not in page(office, plan, "?at=0.6")
