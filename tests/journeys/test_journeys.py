"""Journeys: what officers come to do, from the first page to the end, as their browser sees it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import PASSWORD, Desk, barred, bars, no_wider
from vested.core.models import Person
from vested.core.scope import System, acting

pytestmark = pytest.mark.journey


def test_the_cdo_signs_in_finds_the_widest_gap_and_the_person_behind_it(desk: Desk) -> None:
    page = desk.sit()
    found = []
    page.goto("/")
    found += barred(page)
    page.fill("input[name=username]", desk.office.user("cdo").email)
    page.fill("input[name=password]", "not this one")
    page.click("main button")
    expect(page.locator(".ds-error-summary")).to_be_focused()
    found += barred(page)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    expect(page.locator("h1")).to_contain_text("need")
    found += barred(page)

    page.goto("/")
    page.click("main summary >> text=All pages")
    page.click('main li a >> text="Gaps"')
    expect(page.locator("h1")).to_contain_text("Working with data")
    page.select_option("select[name=show]", "short")
    page.click("form.v-filters button")
    expect(page).to_have_url(re.compile("show=short"))
    page.click("table.v-heat >> text=ours north")
    expect(page.locator(".ds-breadcrumbs [aria-current=page]")).to_have_text("ours north")
    expect(page).to_have_url(re.compile("show=short"))
    found += barred(page)
    drilled = page.url
    page.click(".ds-breadcrumbs li a >> nth=0")
    expect(page.locator("table.v-heat >> text=ours north")).to_be_visible()

    page.click("nav[aria-label=Know] >> text=Units")
    page.click("main tbody a >> text=ours north")
    found += barred(page)
    page.goto(drilled)
    page.click("table.v-heat td a >> nth=0")
    found += barred(page)
    page.click("main tbody th a >> nth=0")
    expect(page.locator("#work-h")).to_have_text("Where they work")
    found += barred(page)
    page.click(".ds-breadcrumbs a >> nth=0")
    expect(page.locator("h1")).to_have_text("People")
    assert found == []


def test_two_who_rename_a_unit_see_both_texts(desk: Desk) -> None:
    one, other = desk.sit("cdo"), desk.sit("cdo")
    for page in (one, other):
        page.goto(f"/units/{desk.office.north.pk}/")
        page.click("main >> text=Rename")
    other.fill("input[name=name]", "The harbour office")
    other.click("main form button")
    expect(other.locator("h1")).to_have_text("The harbour office")
    one.fill("input[name=name]", "")
    one.click("main form button")
    expect(one.locator(".ds-error-summary")).to_be_focused()
    found = barred(one)
    one.fill("input[name=name]", "The northern office")
    one.click("main form button")
    expect(one.locator("h1")).to_have_text("Somebody changed this while you wrote")
    expect(one.locator(".v-texts ins")).to_have_text(["The northern office", "The harbour office"])
    assert found + barred(one) == []
    one.click("text=Open it as it is now")
    expect(one.locator("input[name=name]")).to_have_value("The harbour office")


def test_search_finds_whatever_the_accents(desk: Desk) -> None:
    page = desk.sit("cdo")
    page.goto("/")
    page.fill("#find", "zoe AGARD")
    page.press("#find", "Enter")
    expect(page.locator("section[aria-labelledby^=found] a")).to_have_text(["Zoë Ågård"])
    found = barred(page)
    page.fill("#words", "éclair")
    page.press("#words", "Enter")
    page.click("main >> text=Søværnets Éclair")
    expect(page.locator("h1")).to_have_text("Søværnets Éclair")
    page.goto("/search/?q=nobody+at+all")
    expect(page.locator(".v-empty")).to_be_visible()
    assert found + barred(page) == []


def test_language_and_colours_are_chosen_and_chosen_back(desk: Desk) -> None:
    page = desk.sit("cdo")
    page.goto("/units/")
    for menu, choice, html, value in ((0, "da", "lang", "da"), (1, "dark", "data-color-scheme", "dark")):
        page.click(f"header details.v-menu > summary >> nth={menu}")
        page.click(f"header details[open] button[value={choice}]")
        expect(page.locator("html")).to_have_attribute(html, value)
        expect(page).to_have_url(re.compile("/units/$"))
    expect(page.locator("h1")).to_have_text("Enheder")
    found = barred(page)
    page.click("header details.v-menu > summary >> nth=1")
    page.click("header details[open] button[value=auto]")
    page.click("header details.v-menu > summary >> nth=0")
    page.click("header details[open] button[value=en]")
    expect(page.locator("html")).to_have_attribute("data-color-scheme", "auto")
    expect(page.locator("h1")).to_have_text("Units")
    assert found == []


def reach(page: Page, words: str, *, most: int = 80) -> None:
    """Go on with the tabulator until something with these words has the focus, always seeing where one is."""
    told = """(e => e.getAttribute('aria-label') || (e.tagName === 'SELECT' ? e.name : e.innerText || e.name) || '')
        (document.activeElement)"""
    for _ in range(most):
        page.keyboard.press("Tab")
        if re.fullmatch(words, str(page.evaluate(told)).strip()):
            outline = page.evaluate(
                "(s => s.outlineStyle !== 'none' || s.boxShadow !== 'none')(getComputedStyle(document.activeElement))"
            )
            assert outline, f"{words} has the focus and does not show it"
            return
    raise AssertionError(f"the keyboard does not reach {words} on {page.url}")


def test_all_of_it_by_keyboard(desk: Desk) -> None:
    page = desk.sit()
    page.goto("/")
    expect(page.locator("[name=username]")).to_be_focused()
    page.keyboard.type(desk.office.user("cdo").email)
    reach(page, "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("need")
    reach(page, "Skip to main content")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    reach(page, "All pages")
    page.keyboard.press("Enter")
    reach(page, "Gaps")
    page.keyboard.press("Enter")
    expect(page.locator("table.v-heat")).to_be_visible()
    reach(page, "show")
    page.keyboard.press("ArrowDown")
    reach(page, "Show")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("show=short"))
    reach(page, "ours north.*")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("unit="))
    page.goto("/units/")
    reach(page, "ours north")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/units/\d+/"))
    reach(page, "Rename")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("rename"))
    reach(page, "name")
    page.keyboard.press("Control+A")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("By keyboard")
    reach(page, "(?s)Language.*")
    page.keyboard.press("Enter")
    reach(page, "Dansk")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "da")


def test_on_a_phone_the_menu_leads_everywhere(desk: Desk) -> None:
    page = desk.sit("cdo", phone=True)
    page.goto("/")
    page.click("header details.v-all > summary")
    found = barred(page)
    page.click("header details[open] a >> text=Units")
    expect(page.locator("h1")).to_have_text("Units")
    page.click("main >> text=Filter and sort")
    page.fill("input[name=name]", "eclair")
    page.click("form.v-filters button")
    expect(page.locator("main tbody tr")).to_have_count(1)
    assert no_wider(page)
    page.goto("/skills/gaps/")
    expect(page.locator("table.v-heat")).to_be_hidden()
    page.click("#widest a >> nth=0")
    assert no_wider(page)
    assert found == []


def test_a_manager_sees_their_unit_and_no_other(desk: Desk) -> None:
    page = desk.sit("manager")
    page.goto("/skills/gaps/")
    expect(page.locator("main >> text=ours north").first).to_be_visible()
    page.goto(f"/units/{desk.office.south.pk}/")
    expect(page.locator("main")).to_contain_text("Your role does not let you see who works here")
    found = barred(page)
    with acting(System("a test")):
        stranger = Person.objects.get(code="south-0")
    for address, status in ((f"/skills/gaps/?unit={desk.office.south.pk}", 403), (f"/people/{stranger.pk}/", 404)):
        answer = page.goto(address)
        assert answer
        assert answer.status == status
        found += barred(page)
    assert found == []


def test_a_clerk_has_their_own_page_and_little_else(desk: Desk) -> None:
    boss, page = desk.sit("cdo"), desk.sit("clerk")
    boss.goto("/")
    page.goto("/")
    expect(page.locator('header a[href="/mine/"]')).not_to_have_count(0)
    for address in ("/skills/gaps/", "/people/"):
        expect(boss.locator(f'header a[href="{address}"]')).not_to_have_count(0)
        expect(page.locator(f'header a[href="{address}"]')).to_have_count(0)
    page.goto("/me/")
    expect(page.locator("h1")).to_have_text("clerk of ours")
    expect(page.locator("main")).to_contain_text("This is your page")
    found = barred(page)
    page.goto("/people/")
    expect(page.locator("main tbody tr")).to_have_count(1)
    answer = page.goto(f"/people/{desk.office.people['neighbour'].pk}/")
    assert answer
    assert answer.status == 404
    answer = page.goto("/skills/gaps/")
    assert answer
    assert answer.status == 403
    assert found + barred(page) == []


def test_the_desk_hears_and_axe_finds(desk: Desk) -> None:
    """So silence means something."""
    page = desk.sit("cdo")
    page.goto("/me/")
    page.evaluate("console.warn('here')")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button><p id=w>x</p>')")
    page.evaluate("document.getElementById('w').style.minWidth = '2000px'")
    found = " ".join(bars(page))
    assert "button-name" in found
    assert "pixels wide" in found
    assert "here" in desk.said
    desk.said.clear()
