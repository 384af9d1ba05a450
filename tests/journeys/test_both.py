"""Both halves of a plan, as a person clicks: what there is, what starts, what if, comparing, deciding, beginning."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.core.offices import Office
from tests.journeys.looking import Desk, barred
from tests.journeys.test_planning import (
    first_plan,
    led,  # noqa: F401 - pytest finds the fixture by its name
    solve_quickly,
    staffed,  # noqa: F401 - as above
    work_off,
)
from tests.plans.test_undertaking import soon
from tests.portfolio.test_supply import pool
from tests.portfolio.undertaken import benefit, idea, mode
from vested.core.scope import System, acting
from vested.plans.models import Plan
from vested.portfolio.models import Baseline, Initiative
from vested.skills.models import Demand, Skill

pytestmark = pytest.mark.journey


@pytest.fixture
def wanting(staffed: Office) -> dict[str, Initiative]:  # noqa: F811 - the fixture
    """Four initiatives that may start, the first approved and in need of skills; nobody has said what there is."""
    dev = pool(staffed)
    found = {code: idea(staffed, code, risk=2.0) for code in ("A1", "A2", "A3", "A4")}
    for code, gain in zip(found, (900.0, 500.0, 300.0, 20.0), strict=True):
        mode(
            staffed, found[code], starts=soon(), quarters=2, benefit=gain, costs=[Decimal(50)] * 2, people={dev: [2, 2]}
        )
    benefit(staffed, found["A1"])
    with acting(System("a test")):
        Initiative.objects.filter(pk=found["A1"].pk).update(stage=Initiative.Stage.APPROVED)
        skill = Skill.objects.filter(sector=staffed.sector).order_by("pk")[0]
        Demand.objects.create(
            sector=staffed.sector, source=found["A1"].source, skill=skill, level=0.5, people=1, by_period=1
        )
    return found


def say_what_there_is(page: Page) -> list[str]:
    """Two developers in each quarter, and a hundred a quarter."""
    page.goto("/portfolio/supply/")
    expect(page.locator("h1")).to_have_text("Nobody has said yet what there is")
    found = barred(page)
    for row, amount in (("ours DEV", "2"), ("Money for initiatives", "100")):
        page.get_by_role("link", name=re.compile(f"Say how much.*{row}")).click()
        fields = page.locator("main input[name^=q2]")
        expect(fields.first).to_be_visible()
        found += barred(page)
        for field in fields.all():
            field.fill(amount)
        with page.expect_navigation():
            page.click("main form button")
    expect(page.locator("h1")).to_have_text("What is in delivery fits into what there is")
    return found


def test_initiatives_are_chosen_tried_compared_decided_and_begin(
    desk: Desk,
    staffed: Office,  # noqa: F811 - the fixture
    wanting: dict[str, Initiative],
) -> None:
    page, leader = desk.sit("cdo"), desk.sit("neighbour")
    found = say_what_there_is(page)
    first_plan(desk, page)
    with page.expect_navigation():
        page.click("text=See the plan")
    plan = page.url
    page.click("nav.v-tabs a >> text=Roadmap")
    expect(page.locator("h1")).to_have_text("3 of 4 initiatives start")
    expect(page.locator("#certificate")).to_contain_text("within the same limits")
    expect(page.locator("section[aria-labelledby=out-h]")).to_contain_text("ours work A4")
    page.get_by_text("Money and people by quarter, as a table").click()
    expect(page.get_by_role("table", name="Used, and of how much")).to_be_visible()
    found += barred(page)

    road = page.url
    page.get_by_role("link", name="What a little more risk or exploring buys").click()
    expect(page.get_by_role("heading", name="Nobody has asked yet")).to_be_visible()
    found += barred(page)
    with page.expect_navigation():
        page.get_by_role("button", name="See what it buys").click()
    work_off("plans.frontier")
    page.reload()
    expect(page.locator("#risk")).to_contain_text("this plan")
    expect(page.locator("#risk svg").first).to_be_visible()
    expect(page.locator("#explore")).to_contain_text("No initiative here explores")
    found += barred(page)
    page.goto(road)

    page.get_by_role("link", name="Have it in? ours work A4").click()
    expect(page.locator("select[name=force]")).to_have_value("A4")
    page.select_option("select[name=drop]", "A3")
    page.select_option("select[name=move]", "A2")
    page.select_option("select[name=quarter]", "3")
    page.select_option("select[name=pool]", "DEV")
    page.fill("input[name=people]", "150")
    found += barred(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Try it", exact=True).click()
    work_off("plans.try")
    page.reload()
    expect(page.locator("#proof")).to_contain_text("is lost by it")
    expect(page.get_by_role("row", name=re.compile("ours work A3"))).to_contain_text("does not start")
    found += barred(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Make a scenario of it").click()
    solve_quickly(staffed)
    with page.expect_navigation():
        page.get_by_role("button", name="Solve it", exact=True).click()
    work_off("plans.solve")
    with acting(staffed.viewer("cdo")):
        one, other = (row.pk for row in Plan.objects.order_by("pk"))
    page.goto(f"/compare/?one={one}&other={other}")
    moved = page.locator("section[aria-labelledby=starts-h]")
    expect(moved.get_by_role("row", name=re.compile("ours work A4"))).to_contain_text("roll-out, from")
    found += barred(page)

    page.goto(plan)
    page.get_by_role("link", name="Propose it", exact=True).click()
    page.fill("textarea", "It starts what is worth most.")
    with page.expect_navigation():
        page.click("main form button")
    leader.goto(plan)
    leader.get_by_role("link", name="Adopt the plan", exact=True).click()
    leader.fill("textarea", "Within what we have.")
    with leader.expect_navigation():
        leader.click("main form button")
    with acting(staffed.viewer("cdo")):
        frozen = Baseline.objects.get()
        begins = Initiative.objects.get(pk=wanting["A1"].pk).starts_on
        assert (frozen.initiative_id, frozen.starts_on) == (wanting["A1"].pk, begins)
    page.goto("/plans/follow/")
    expect(page.locator("#works")).to_contain_text("ours work A1")
    expect(page.locator("#works")).not_to_contain_text("ours work A4")
    found += barred(page)
    page.goto(f"/portfolio/{wanting['A1'].pk}/plan/")
    expect(page.locator("section[aria-labelledby=needs-h]")).to_contain_text(
        re.compile(r"1 person at level [\d.]+\s*by \d")
    )
    found += barred(page)
    assert found == []
