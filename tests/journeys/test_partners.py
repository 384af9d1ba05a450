"""A journey from inside to outside: a duty is shared, a partner reads it on a phone, and when it ends it is gone."""

import pytest
from playwright.sync_api import expect

from tests.ecosystem.outside import agreed, duty, partner
from tests.journeys.looking import PASSWORD, Desk, barred, no_wider
from vested.core.scope import System, acting

pytestmark = pytest.mark.journey


def test_what_is_shared_is_seen_outside_until_the_agreement_ends(desk: Desk) -> None:
    one = agreed(desk.office)
    duty(desk.office)
    person = partner(desk.office)
    with acting(System("a test")):
        user = person.user
        assert user
        user.set_password(PASSWORD)
        user.save()
    page = desk.sit("manager")
    page.goto(f"/agreements/{one.pk}/")
    page.get_by_role("link", name="Share something").click()
    page.get_by_label("Duty").check()
    page.get_by_label("Which one?").fill("quay")
    found = barred(page)
    page.get_by_role("button", name="Share it").click()
    expect(page.locator("main")).to_contain_text("is shared.")
    found += barred(page)
    phone = desk.sit(phone=True)
    phone.goto("/sign-in/")
    phone.get_by_label("Email").fill("pia@harbour.example")
    phone.get_by_label("Password").fill(PASSWORD)
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.locator("h1")).to_have_text("Shared with you")
    assert no_wider(phone)
    found += barred(phone)
    phone.get_by_role("link", name="ours quay walls").click()
    expect(phone.locator("main")).to_contain_text("Harbour Act 4")
    expect(phone.locator("main")).not_to_contain_text("manager of ours")
    assert no_wider(phone)
    found += barred(phone)
    page.goto(f"/agreements/{one.pk}/end/")
    page.get_by_label("Why?").fill("The harbour is full")
    page.get_by_role("button", name="End it").click()
    expect(page.locator("main")).to_contain_text("has ended.")
    phone.reload()
    expect(phone.locator("h1")).to_contain_text("no such page")
    phone.get_by_role("link", name="Go to the first page").click()
    expect(phone.locator("main")).not_to_contain_text("ours dredging")
    found += barred(phone)
    page.goto("/me/data/")
    expect(page.locator("main")).to_contain_text("What you shared outside: ours quay walls")
    assert found == []
