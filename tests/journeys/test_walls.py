"""A journey behind a wall: a hat is worn in the header, a promise put behind it, and nobody else finds it."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.core.hats import hat
from tests.journeys.looking import Desk, barred

pytestmark = pytest.mark.journey


def test_a_promise_behind_a_wall_is_found_by_who_wears_the_hat(desk: Desk) -> None:
    hat(desk.office, "manager", "inspector")
    page = desk.sit("manager")
    page.goto("/me/hats/")
    expect(page.locator("main")).to_contain_text("inspector of ours harbour")
    found = barred(page)
    page.get_by_role("button", name="Act in it").click()
    expect(page.locator("main")).to_contain_text("You act as inspector of ours harbour now.")
    page.goto("/commitments/new/")
    page.get_by_label("What do you promise?").fill("Inspect without notice")
    page.get_by_label("To whom?").fill("The ministry")
    page.get_by_label("By which day?").fill("2099-01-01")
    page.get_by_label("What will show that it is kept?").fill("The report")
    page.get_by_label("For which unit?").select_option(label="ours north")
    page.get_by_label("Does it stand behind a wall?").select_option(label="inspector of ours harbour")
    found += barred(page)
    page.get_by_role("button", name="Promise it").click()
    expect(page.locator("main tbody")).to_contain_text("Inspect without notice")
    other = desk.sit("cdo", phone=True)
    other.goto("/commitments/")
    expect(other.locator("main")).not_to_contain_text("Inspect without notice")
    other.goto("/search/?q=inspect")
    expect(other.locator("main")).not_to_contain_text("Inspect without notice")
    other.goto("/hats/")
    expect(other.locator("main tbody")).to_contain_text("manager of ours")
    found += barred(other)
    other.goto("/hats/rules/")
    expect(other.locator("main tbody")).to_contain_text("inspector")
    assert found + barred(other) == []
    assert "Inspect without notice" not in Client().get("/public/commitments/").content.decode()
