"""Journeys through the portfolio: intake to close, a blocked gate, a waiver that ends, a baseline that stays."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Locator, Page, expect

from tests.direction.aims import objective
from tests.journeys.looking import Desk, barred
from tests.portfolio.undertaken import benefit, find, idea, mode, through, undertaken
from vested.core.jobs import do_daily
from vested.core.scope import acting
from vested.portfolio.actions import waive

pytestmark = pytest.mark.journey


def said(page: Page, words: str) -> None:
    """What was done is told at the top of the page."""
    expect(page.locator("main [role=status]").first).to_contain_text(words)


def send(page: Page, words: str) -> None:
    page.locator("main form button.ds-button").first.click()
    said(page, words)


def listed(page: Page) -> Locator:
    """The rows of the list of initiatives."""
    return page.get_by_role("table", name="Initiatives").locator("tbody tr")


def judge(page: Page, pk: int, code: str) -> None:
    """Find a check met."""
    page.goto(f"/portfolio/{pk}/gate/judge/?check={code}")
    page.check("text=Yes, it is met")
    page.fill("textarea[name=words]", "Agreed in the board.")
    send(page, "It is judged.")


def let_pass(page: Page, pk: int, now: str) -> None:
    page.goto(f"/portfolio/{pk}/gate/")
    expect(page.locator("h1")).to_contain_text("Nothing keeps it from its next gate")
    page.locator("main a.ds-button", has_text="Let it pass").click()
    page.fill("textarea[name=words]", "Decided on what was shown.")
    send(page, f"is {now} now")


def test_an_initiative_goes_from_intake_to_its_close(desk: Desk) -> None:
    objective(desk.office, title="Tell us once")
    page, boss = desk.sit("manager"), desk.sit("cdo")
    page.goto("/portfolio/")
    page.locator("main a", has_text="Open an initiative").first.click()
    expect(page.locator("h1")).to_have_text("Open an initiative")
    found = barred(page)
    for name, words in (("code", "N1"), ("title", "One form for a child"), ("changes", "Four forms become one.")):
        page.fill(f"[name={name}]", words)
    page.fill("[name=why]", "Parents fill in four forms.")
    page.select_option("[name=objective]", label="Tell us once")
    page.select_option("[name=unit]", index=1)
    send(page, "is an idea now")
    listed(page).locator("a", has_text="One form for a child").click()
    expect(page.locator("h1")).to_have_text("One form for a child")
    pk = int(page.url.rstrip("/").rpartition("/")[2])

    page.goto(f"/portfolio/{pk}/plan/mode/")
    page.select_option("[name=kind]", "rollout")
    page.fill("[name=quarters]", "2")
    page.fill("[name=costs]", "100\n100")
    send(page, "It is said how")
    page.goto(f"/portfolio/{pk}/plan/choose/")
    send(page, "It is chosen.")
    page.goto(f"/portfolio/{pk}/plan/benefit/")
    page.fill("[name=words]", "Parents who come once")
    page.fill("[name=amount]", "900")
    page.fill("[name=owner]", desk.office.people["manager"].code)
    page.fill("[name=review_on]", (localdate() + timedelta(days=90)).isoformat())
    send(page, "is named")
    found += barred(page)
    let_pass(page, pk, "prepared")
    judge(boss, pk, "funded")
    let_pass(boss, pk, "approved")
    judge(boss, pk, "team")
    let_pass(boss, pk, "in delivery")

    page.goto(f"/portfolio/{pk}/delivery/increment/")
    for name in ("shown", "to_whom", "learnt", "why"):
        page.fill(f"[name={name}]", "The first form")
    page.check("[name=decided][value=continue]")
    send(page, "It is noted: continue.")
    page.goto(f"/portfolio/{pk}/delivery/handover/")
    page.fill("[name=operator]", desk.office.people["manager"].code)
    for name in ("support", "continuity", "skills"):
        page.fill(f"[name={name}]", "The service desk")
    page.fill("[name=running_cost]", "20")
    send(page, "It is said what operation needs.")
    found += barred(page)
    let_pass(boss, pk, "live")
    page.goto(f"/portfolio/{pk}/plan/")
    page.locator("main a", has_text="Review it").click()
    page.fill("[name=found]", "950")
    page.fill("[name=words]", "Counted for three months.")
    send(page, "It is noted what was found.")

    boss.goto(f"/portfolio/{pk}/gate/")
    boss.locator("main a.ds-button", has_text="Close it as done").click()
    boss.check("[name=outcome][value=done]")
    boss.fill("[name=why]", "It brings what it was to bring.")
    boss.fill("[name=lesson]", "Ask parents first.")
    send(boss, "stays on the list with its lesson")
    expect(boss.locator("main")).to_contain_text("Ask parents first.")
    boss.goto("/portfolio/")
    expect(listed(boss)).to_contain_text("One form for a child")
    assert found + barred(boss) == []


def test_a_gate_blocks_and_says_what_would_satisfy_it(desk: Desk) -> None:
    one = idea(desk.office, title="A pilot for ever")
    mode(desk.office, one, kind="pilot")
    through(desk.office, one, "prepared")
    find(desk.office, one, "funded")
    page = desk.sit("cdo")
    page.goto(f"/portfolio/{one.pk}/gate/")
    expect(page.locator("h1")).to_have_text("2 checks keep it from: approved")
    expect(page.locator("main")).to_contain_text("Say of the pilot: who scales it, from which money it is scaled, on")
    expect(page.locator("main a", has_text="Let it pass")).to_have_count(0)
    found = barred(page)
    page.goto(f"/portfolio/{one.pk}/gate/pass/")
    page.fill("textarea[name=words]", "It has gone on for so long.")
    page.locator("main form button.ds-button").first.click()
    expect(page.locator(".ds-error-summary")).to_contain_text("Say of the pilot")
    expect(page.locator("textarea[name=words]")).to_have_value("It has gone on for so long.")
    found += barred(page)
    page.goto(f"/portfolio/{one.pk}/gate/waive/")
    expect(page.locator("select[name=code]")).not_to_contain_text("A pilot has who scales it")
    assert found == []


def test_a_waiver_ends_and_the_gate_is_open_again_by_itself(desk: Desk) -> None:
    one, today = undertaken(desk.office, title="A new register"), localdate()
    cdo = desk.office.viewer("cdo")
    with acting(cdo):
        waive(
            by=cdo, initiative=one, code="team", reason="They come in May.", on=today - timedelta(days=20),
            until=today - timedelta(days=1),
        )  # fmt: skip
    through(desk.office, one, "delivery", on=today - timedelta(days=15))
    noon = datetime.combine(today, time(12), tzinfo=UTC)
    do_daily(noon - timedelta(days=5))
    page = desk.sit("clerk")
    page.goto("/notifications/")
    expect(page.locator("main")).to_contain_text("A waiver runs out on")
    page.goto(f"/portfolio/{one.pk}/")
    expect(page.locator(".v-top")).to_contain_text("in delivery")
    expect(page.locator(".v-top")).not_to_contain_text("open again")
    do_daily(noon)
    page.goto("/notifications/")
    expect(page.locator("main")).to_contain_text("A gate is open again: A new register")
    page.goto(f"/portfolio/{one.pk}/gate/")
    expect(page.locator(".v-top")).to_contain_text("in delivery, a gate is open again")
    expect(page.locator("#again-delivery")).to_have_text("Open again: in delivery")
    found = barred(page)
    page.goto("/portfolio/?now=reopened")
    expect(listed(page)).to_have_count(1)
    assert found + barred(page) == []


def test_a_new_baseline_leaves_the_old_one_in_the_picture(desk: Desk) -> None:
    one, today = idea(desk.office, title="A new register"), localdate()
    mode(desk.office, one, starts=today)
    benefit(desk.office, one)
    find(desk.office, one, "funded")
    for gate in ("prepared", "approved"):
        through(desk.office, one, gate)
    mode(desk.office, one, cost=800, starts=today)
    page = desk.sit("cdo")
    page.goto(f"/portfolio/{one.pk}/")
    expect(page.locator("main table").first).to_contain_text("off course")
    page.locator("main a", has_text="Freeze a new baseline").click()
    expect(page.locator("h1")).to_have_text("Freeze a new baseline of A new register")
    found = barred(page)
    page.fill("textarea[name=words]", "The supplier went out of business.")
    send(page, "Baseline 2 is frozen. Those before stay beside it.")
    expect(page.locator("#frozen-h")).to_have_text("2 baselines, none of which is ever taken away")
    rows = page.locator("section[aria-labelledby=frozen-h] > table tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Cost: off course")
    expect(rows.last).to_contain_text("Cost: on course")
    expect(page.locator("section[aria-labelledby=frozen-h] svg.v-chart")).to_be_visible()
    assert found + barred(page) == []
