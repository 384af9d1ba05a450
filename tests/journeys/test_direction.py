"""Journeys through direction: a promise broken and seen, a clock that climbs, an obstacle of nobody, a session."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils.timezone import localdate

from tests.direction.promises import escalation, promise
from tests.journeys.looking import Desk, barred
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
    assert "5 days late" in page.locator("main tbody").inner_text()
    manager = desk.office.viewer("manager")
    with acting(manager):
        withdraw_commitment(by=manager, commitment=of, why="The law forbids it.", on=localdate())
    page.click("main tbody a >> nth=0")
    assert "broken" in page.locator(".v-top").inner_text()
    found = barred(page)
    outside = desk.sit(phone=True)
    outside.goto("/public/commitments/")
    assert outside.locator("h1").inner_text() == "We kept 0 of 1 promise on time"
    assert "The law forbids it." in outside.locator("main").inner_text()
    assert outside.evaluate("document.documentElement.scrollWidth") <= 360
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
    assert "Which register stays?" in page.locator("main").inner_text()
    page.goto("/")
    found = barred(page)
    page.click("main .v-agenda a >> text=Decide")
    assert "with top management" in page.locator(".v-top").inner_text()
    found += barred(page)
    page.click("main a >> text=Decide")
    page.click("main form button")
    assert page.locator(".ds-error-summary li").count() == 2
    page.check("text=ours no")
    page.fill("textarea[name=why]", "It is the one people use.")
    page.click("main form button")
    assert page.locator("#decided-h").inner_text() == "ours no"
    page.goto("/")
    assert page.locator("main .v-agenda >> text=Which register stays?").count() == 0
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
    assert "Nothing is here yet" in page.locator("main").inner_text()
    boss = desk.sit("manager")
    boss.goto("/")
    boss.click("main .v-agenda a")
    assert "somebody without a name" in boss.locator("main").inner_text()
    boss.click("main >> text=Answer it")
    boss.check("text=It is removed")
    boss.fill("textarea[name=answer]", "There is one since today.")
    boss.click("main form button")
    page.goto("/obstacles/")
    page.click("main tbody a >> nth=0")
    assert "There is one since today." in page.locator("main").inner_text()
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
    assert "Promises that are late or broken (1)" in page.locator("main").inner_text()
    page.click("main >> text=Decide it here")
    page.check("text=ours no")
    page.fill("textarea[name=why]", "It is the one people use.")
    page.click("main form button")
    assert "Which register stays?" in page.locator("section[aria-labelledby=minutes-h]").inner_text()
    page.click("main >> text=Write a decision")
    page.fill("input[name=what]", "Do we wait for the register?")
    page.fill("textarea[name=chosen]", "One month more")
    page.fill("textarea[name=why]", "The supplier pays for it.")
    page.click("main form button")
    assert "Do we wait for the register?" in page.locator("section[aria-labelledby=minutes-h]").inner_text()
    found = barred(page)
    page.emulate_media(media="print")
    assert page.locator("main .ds-button").first.is_hidden()
    page.emulate_media(media="screen")
    page.click("section[aria-labelledby=minutes-h] a >> text=Do we wait for the register?")
    assert page.locator("h1").inner_text() == "One month more"
    assert found + barred(page) == []
