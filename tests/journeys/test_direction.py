"""Journeys through direction: a promise broken and seen, a clock that climbs, an obstacle of nobody, a session."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from tests.direction.promises import escalation, promise
from tests.direction.test_windows import duty
from tests.journeys.looking import Desk, barred, no_wider
from tests.portfolio.test_systems import system
from vested.core.jobs import do_daily
from vested.core.scope import acting
from vested.direction.actions import withdraw_commitment

pytestmark = pytest.mark.journey


def ago(days: int) -> datetime:
    """Nine in the morning, so many days ago."""
    return datetime.combine(localdate() - timedelta(days=days), time(9), tzinfo=UTC)


def test_a_promise_is_broken_and_everybody_sees_it_also_outside_on_a_phone(desk: Desk) -> None:
    due = localdate() - timedelta(days=5)
    of = promise(desk.office, words="Open the register", due_on=due, public=True, at=ago(60))
    page = desk.sit("clerk")
    page.goto("/")
    page.click("header .v-loop a >> text=Aim")
    page.click("nav[aria-label=Aim] >> text=Promises")
    expect(page.locator("main tbody")).to_contain_text("5 days late")
    manager = desk.office.viewer("manager")
    with acting(manager):
        withdraw_commitment(by=manager, commitment=of, why="The law forbids it.", on=localdate())
    page.click("main tbody a >> nth=0")
    expect(page.locator(".v-top")).to_contain_text("broken")
    found = barred(page)
    outside = desk.sit(phone=True)
    outside.goto("/public/commitments/")
    expect(outside.locator("h1")).to_have_text("We kept 0 of 1 promise on time")
    expect(outside.locator("main")).to_contain_text("The law forbids it.")
    assert no_wider(outside)
    assert found + barred(outside) == []


def test_an_escalation_climbs_to_the_top_by_the_clock_and_is_decided(desk: Desk) -> None:
    today = localdate()
    escalation(
        desk.office, asked="Which register stays?", at=ago(30), owner_by=today - timedelta(days=20),
        director_by=today - timedelta(days=10), top_by=today + timedelta(days=2),
    )  # fmt: skip
    for days in (19, 9, 0):
        do_daily(ago(days))
    page = desk.sit("cdo")
    page.goto("/notifications/")
    expect(page.locator("main")).to_contain_text("Which register stays?")
    page.goto("/")
    found = barred(page)
    page.click("main .v-agenda a >> text=Decide")
    expect(page.locator(".v-top")).to_contain_text("with top management")
    found += barred(page)
    page.click("main a >> text=Decide")
    page.click("main form button")
    expect(page.locator(".ds-error-summary li")).to_have_count(2)
    page.check("text=ours no")
    page.fill("textarea[name=why]", "It is the one people use.")
    page.click("main form button")
    expect(page.locator("#decided-h")).to_have_text("ours no")
    page.goto("/")
    expect(page.locator("main .v-agenda >> text=Which register stays?")).to_have_count(0)
    assert found == []


def test_an_obstacle_of_nobody_is_answered(desk: Desk) -> None:
    page = desk.sit("clerk")
    page.goto("/obstacles/")
    page.click("main >> text=Raise an obstacle")
    page.check("text=A tool that is missing")
    page.fill("textarea[name=words]", "We cannot share large files.")
    page.check("text=No: nobody is stored")
    found = barred(page)
    page.click("main form button")
    expect(page.locator("main")).to_contain_text("Nothing is here yet")
    boss = desk.sit("manager")
    boss.goto("/")
    boss.click("main .v-agenda a")
    expect(boss.locator("main")).to_contain_text("somebody without a name")
    boss.click("main >> text=Answer it")
    boss.check("text=It is removed")
    boss.fill("textarea[name=answer]", "There is one since today.")
    with boss.expect_navigation():
        boss.click("main form button")
    page.goto("/obstacles/")
    page.click("main tbody a >> nth=0")
    expect(page.locator("main")).to_contain_text("There is one since today.")
    assert found + barred(page) == []


def test_a_steering_session_goes_from_its_pack_to_decisions(desk: Desk) -> None:
    today = localdate()
    promise(desk.office, words="Open the register", due_on=today - timedelta(days=5), at=ago(60))
    escalation(
        desk.office, asked="Which register stays?", at=ago(9), owner_by=today + timedelta(days=1),
        director_by=today + timedelta(days=2), top_by=today + timedelta(days=3),
    )  # fmt: skip
    page = desk.sit("cdo")
    page.goto("/steering/")
    page.click("main >> text=Call a session")
    page.fill("input[name=forum]", "Steering group")
    page.click("main form button")
    page.click("main tbody a >> nth=0")
    expect(page.locator("main")).to_contain_text("Promises that are late or broken (1)")
    page.click("main >> text=Decide it here")
    page.check("text=ours no")
    page.fill("textarea[name=why]", "It is the one people use.")
    page.click("main form button")
    expect(page.locator("section[aria-labelledby=minutes-h]")).to_contain_text("Which register stays?")
    page.click("main >> text=Write a decision")
    page.fill("input[name=what]", "Do we wait for the register?")
    page.fill("textarea[name=chosen]", "One month more")
    page.fill("textarea[name=why]", "The supplier pays for it.")
    page.click("main form button")
    expect(page.locator("section[aria-labelledby=minutes-h]")).to_contain_text("Do we wait for the register?")
    found = barred(page)
    page.emulate_media(media="print")
    expect(page.locator("main .ds-button").first).to_be_hidden()
    strip, title = page.locator("p.v-print").bounding_box(), page.locator("h1").bounding_box()
    assert strip
    assert title
    assert title["y"] >= strip["y"] + strip["height"]
    page.emulate_media(media="screen")
    page.click("section[aria-labelledby=minutes-h] a >> text=Do we wait for the register?")
    expect(page.locator("h1")).to_have_text("One month more")
    assert found + barred(page) == []


def test_a_duty_is_answered_by_a_system_until_that_ends(desk: Desk) -> None:
    duty(desk.office, title="Report incidents in a day", due_on=localdate() + timedelta(days=60))
    system(desk.office, name="Incident desk", code="WATCH")
    page = desk.sit("cdo")
    page.goto("/duties/")
    expect(page.locator("h1")).to_have_text("1 duty is uncovered or overdue")
    page.click("main tbody a >> text=Report incidents in a day")
    expect(page.locator("main")).to_contain_text("Nothing answers it now.")
    page.click("main a.ds-button >> text=Name a system")
    expect(page.locator("h1")).to_have_text("Name a system")
    page.fill("[name=words]", "WATCH")
    page.locator("main form button.ds-button").first.click()
    expect(page.locator(".v-top")).to_contain_text("something answers it")
    found = barred(page)
    page.click("main .v-lines a >> text=Incident desk")
    expect(page.locator("main")).to_contain_text("Report incidents in a day")
    found += barred(page)
    page.click("main a.ds-button >> text=It has ended")
    expect(page.locator("main")).to_contain_text("It answers 1 duty no more.")
    page.fill("[name=why]", "Nobody used it.")
    page.locator("main form button.ds-button").first.click()
    expect(page.locator(".v-top")).to_contain_text("ended")
    phone = desk.sit("clerk", phone=True)
    phone.goto("/systems/")
    expect(phone.locator("main tbody")).to_contain_text("ended")
    assert no_wider(phone)
    found += barred(phone)
    phone.goto("/duties/")
    expect(phone.locator("h1")).to_have_text("1 duty is uncovered or overdue")
    assert found + barred(phone) == []
