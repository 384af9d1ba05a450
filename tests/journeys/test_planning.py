"""The main job, as a person clicks: ask, step along the budget curve, compare, decide, answer, follow up."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.core.offices import DAY, Office
from tests.journeys.looking import Desk, barred
from tests.plans.rooms import QUICK, fill
from tests.plans.sectors import random_sector
from vested.academy.models import Enrolment
from vested.core.jobs import run
from vested.core.models import Grant, Job, Membership, Person
from vested.core.permissions import Role
from vested.core.scope import System, acting
from vested.formats import sector_folder
from vested.formats.sector_folder import Sector
from vested.plans.models import Plan, Scenario
from vested.skills.models import Post
from vested.skills.models import Role as Employed

pytestmark = pytest.mark.journey


def work_off(*kinds: str) -> None:
    """Do what waits, as a worker would: all of it, or only jobs of these kinds."""
    while True:
        with acting(System("a test's worker")):
            waiting = Job.objects.filter(state=Job.State.WAITING).order_by("pk")
            job = (waiting.filter(kind__in=kinds) if kinds else waiting).first()
        if job is None:
            return
        run(job.pk)


def sector_of_24() -> Sector:
    """A sector of 24 people, whose units' names would be markup."""
    made = random_sector(13, people=24)
    return replace(made, units=tuple(replace(unit, name=f"{unit.name} <b>") for unit in made.units))


@pytest.fixture
def led(office: Office) -> Office:
    """The office with a top leader, who decides."""
    with acting(System("a test")):
        leader = office.people["neighbour"]
        Grant.objects.create(sector=office.sector, person=leader, role=Role.TOP_LEADER, unit=None, since=DAY)
    return office


@pytest.fixture
def staffed(led: Office) -> Office:
    """The office with a sector of 24 people to plan for, and a top leader."""
    fill(led, sector_of_24())
    return led


def solve_quickly(office: Office) -> None:
    """Let scenarios made from now on search for two seconds, so that a journey is no wait."""
    with acting(office.viewer("cdo")):
        for scenario in Scenario.objects.all():
            scenario.asked = {**scenario.asked, "seconds": QUICK.seconds}
            scenario.save()
        for plan in Plan.objects.filter(state=Plan.State.SOLVING):
            plan.asked = {**plan.asked, "seconds": QUICK.seconds}
            plan.save()


def first_plan(desk: Desk, page: Page) -> str:
    """Ask for a plan with the data as they are, and wait for it; the address of its scenario."""
    page.goto("/scenarios/")
    with page.expect_navigation():
        page.click("main >> text=Solve a plan with the data as it is")
    solve_quickly(desk.office)
    address = page.url
    work_off()
    page.goto(address)
    return address


def test_finance_takes_a_fifth_and_the_loss_is_seen(desk: Desk, staffed: Office) -> None:
    page, found = desk.sit("cdo"), []
    page.goto("/scenarios/")
    found += barred(page)
    address = first_plan(desk, page)
    expect(page.locator(".v-lead").first).to_have_text(re.compile(r"\d.*%"))
    found += barred(page)
    page.click("#at-80")
    expect(page.locator("#curve [aria-current=page]")).to_contain_text("80")
    found += barred(page)

    with page.expect_navigation():
        page.click("text=Make it and solve it")
    solve_quickly(staffed)
    work_off()
    page.reload()
    page.click("text=Compare with")
    expect(page).to_have_url(re.compile("compare"))
    found += barred(page)

    page.goto(address)
    page.click("text=See the plan")
    found += barred(page)
    expect(page.locator("nav.v-tabs a")).not_to_have_count(0)
    for tab in page.locator("nav.v-tabs a").all_inner_texts():
        page.click(f"nav.v-tabs a >> text={tab}")
        found += barred(page)
    assert found == []


def adopted(desk: Desk, staffed: Office) -> Plan:
    """A plan that the CDO proposed and the leader adopted, as both click."""
    page, leader = desk.sit("cdo"), desk.sit("neighbour")
    first_plan(desk, page)
    with page.expect_navigation():
        page.click("text=See the plan")
    address = page.url
    page.get_by_role("link", name="Propose it", exact=True).click()
    page.fill("textarea", "It closes most of the gap.")
    with page.expect_navigation():
        page.click("main form button")
    leader.goto(address)
    leader.get_by_role("link", name="Adopt the plan", exact=True).click()
    assert barred(leader) == []
    leader.fill("textarea", "Fair to both agencies.")
    with leader.expect_navigation():
        leader.click("main form button")
    work_off("plans.enrol")
    with acting(staffed.viewer("cdo")):
        plan = Plan.objects.select_related("scenario").adopted()
    assert plan is not None
    return plan


def mine_by(staffed: Office) -> Callable[[str], Enrolment]:
    """Let the clerk be one of those the plan concerns."""
    with acting(System("a test")):
        enrolment = Enrolment.objects.filter(status=Enrolment.Status.PROPOSED).order_by("pk")[0]
        Enrolment.objects.filter(pk=enrolment.pk).update(person=staffed.people["clerk"])
    return lambda status: Enrolment.objects.get(pk=enrolment.pk, status=status)


def test_a_plan_is_adopted_somebody_declines_and_it_is_planned_anew(desk: Desk, staffed: Office) -> None:
    plan = adopted(desk, staffed)
    asked = mine_by(staffed)
    clerk, cdo = desk.sit("clerk", phone=True), desk.sit("cdo")
    clerk.goto("/my-courses/")
    found = barred(clerk)
    clerk.get_by_role("link", name="Decline").first.click()
    clerk.fill("textarea", "I am on leave then.")
    with clerk.expect_navigation():
        clerk.click("main form button")
    with acting(staffed.viewer("cdo")):
        assert asked("declined").reason == "I am on leave then."
    cdo.goto("/plans/follow/")
    found += barred(cdo)
    with cdo.expect_navigation():
        cdo.get_by_role("button", name="Plan anew", exact=True).click()
    solve_quickly(staffed)
    work_off()
    cdo.reload()
    with acting(staffed.viewer("cdo")):
        again = Plan.objects.order_by("-pk")[0]
    assert again.number == plan.number + 1
    cdo.goto(f"/compare/?one={plan.pk}&other={again.pk}")
    found += barred(cdo)
    assert found == []


@pytest.mark.usefixtures("uploads")
def test_an_own_workbook_becomes_an_adopted_plan(desk: Desk, led: Office, tmp_path: Path) -> None:
    sector = sector_of_24()
    column = sector.staff[0]
    kept = [replace(column, person_id=who, name=f"{who} of ours", manager_id=None) for who in ("cdo", "neighbour")]
    sector_folder.write(replace(sector, staff=(*sector.staff, *kept)), tmp_path / "ours.xlsx")
    page, found = desk.sit("cdo"), []
    page.goto("/imports/new/")
    page.set_input_files("input[type=file]", tmp_path / "ours.xlsx")
    with page.expect_navigation():
        page.click("main form button")
    work_off()
    page.reload()
    page.click("text=See what came of it")
    found += barred(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Bring it in").click()
    work_off()
    page.reload()
    page.click("text=See what came of it")
    expect(page.locator("main")).to_contain_text("Your files are brought in")
    plan = adopted(desk, led)
    page.goto("/")
    expect(page.locator("main")).to_contain_text("of the plan is answered")
    found += barred(page)
    with acting(led.viewer("cdo")):
        asked = Enrolment.objects.filter(source=str(plan), status=Enrolment.Status.PROPOSED)
        known = {row.person_id for row in (*sector.staff, *kept)}
        assert {one.person.code for one in asked.select_related("person")} <= known
        assert asked
    assert found == []


def test_somebody_objects_to_what_the_plan_proposes_and_a_person_answers(desk: Desk, staffed: Office) -> None:
    adopted(desk, staffed)
    asked = mine_by(staffed)
    clerk, cdo = desk.sit("clerk"), desk.sit("cdo")
    clerk.goto("/")
    clerk.get_by_role("link", name="1 course waits for your answer").click()
    clerk.get_by_role("link", name="Object").first.click()
    clerk.fill("textarea", "I have learnt it already.")
    with clerk.expect_navigation():
        clerk.click("main form button")
    cdo.goto("/")
    cdo.get_by_role("link", name="1 objection waits for an answer").click()
    cdo.click("main tbody th a")
    assert barred(cdo) == []
    cdo.check("input[value=upheld]")
    cdo.fill("textarea", "You are right: the level was old.")
    cdo.check("input[name=withdraw]")
    with cdo.expect_navigation():
        cdo.click("main form.v-form button")
    with acting(staffed.viewer("cdo")):
        assert asked("withdrawn")
    clerk.goto("/")
    clerk.get_by_role("link", name="1 objection of yours is answered").click()
    expect(clerk.locator("main")).to_contain_text("the level was old")


def test_data_that_change_make_a_scenario_stale(desk: Desk, staffed: Office) -> None:
    page = desk.sit("cdo")
    address = first_plan(desk, page)
    expect(page.locator("main")).not_to_contain_text("The data have changed")
    with acting(System("a test")):
        person = Membership.objects.filter(unit__code="A1", until=None).order_by("pk")[0].person
        to = staffed.south
    page.goto(f"/people/{person.pk}/move/")
    page.select_option("select[name=to]", str(to.pk))
    with page.expect_navigation():
        page.click("main form button")
    page.goto(address)
    expect(page.locator("main")).to_contain_text("The data have changed")
    assert barred(page) == []


def test_a_manager_sees_nothing_of_plans_nor_of_another_units_people(desk: Desk, staffed: Office) -> None:
    with acting(System("a test")):
        role = Employed.objects.filter(sector=staffed.sector).order_by("pk")[0]
        Post.objects.create(sector=staffed.sector, person=staffed.people["clerk"], role=role, since=DAY)
    plan = adopted(desk, staffed)
    page = desk.sit("manager")
    for address in ("/scenarios/", f"/plans/{plan.pk}/", "/plans/follow/"):
        answer = page.goto(address)
        assert answer
        assert answer.status in {403, 404}
    with acting(System("a test")):
        stranger = Person.objects.get(sector=staffed.sector, code="P001")
    answer = page.goto(f"/plans/{plan.pk}/people/{stranger.pk}/")
    assert answer
    assert answer.status == 404


@pytest.mark.usefixtures("staffed")
def test_the_answer_is_told_in_danish_on_a_phone(desk: Desk) -> None:
    first_plan(desk, desk.sit("cdo"))
    page = desk.sit("cdo", phone=True)
    page.context.add_cookies([{"name": "django_language", "value": "da", "url": desk.address}])
    page.goto("/scenarios/")
    expect(page.locator("h1")).to_contain_text("Scenarier")
    page.click("main tbody a >> nth=0")
    page.click("main >> text=Se planen")
    assert barred(page) == []
