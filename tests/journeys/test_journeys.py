"""Journeys: what officers come to do, from the first page to the end, as their browser sees it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import PASSWORD, Desk, barred, bars
from vested.core.models import Person
from vested.core.scope import System, acting

pytestmark = pytest.mark.journey


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


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
    assert "need" in heading(page)
    found += barred(page)

    page.goto("/")
    page.click("main summary >> text=All pages")
    page.click('main li a >> text="Gaps"')
    assert "Working with data" in heading(page)
    page.select_option("select[name=show]", "short")
    page.click("form.v-filters button")
    assert "show=short" in page.url
    page.click("table.v-heat >> text=ours north")
    assert page.locator(".ds-breadcrumbs [aria-current=page]").inner_text() == "ours north"
    assert "show=short" in page.url
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
    assert page.locator("#work-h").inner_text() == "Where they work"
    found += barred(page)
    page.click(".ds-breadcrumbs a >> nth=0")
    assert heading(page) == "People"
    assert found == []


def test_two_who_rename_a_unit_see_both_texts(desk: Desk) -> None:
    one, other = desk.sit("cdo"), desk.sit("cdo")
    for page in (one, other):
        page.goto(f"/units/{desk.office.north.pk}/")
        page.click("main >> text=Rename")
    other.fill("input[name=name]", "The harbour office")
    other.click("main form button")
    assert heading(other) == "The harbour office"
    one.fill("input[name=name]", "")
    one.click("main form button")
    expect(one.locator(".ds-error-summary")).to_be_focused()
    found = barred(one)
    one.fill("input[name=name]", "The northern office")
    one.click("main form button")
    assert heading(one) == "Somebody changed this while you wrote"
    assert one.locator(".v-texts ins").all_inner_texts() == ["The northern office", "The harbour office"]
    assert found + barred(one) == []
    one.click("text=Open it as it is now")
    assert one.input_value("input[name=name]") == "The harbour office"


def test_search_finds_whatever_the_accents(desk: Desk) -> None:
    page = desk.sit("cdo")
    page.goto("/")
    page.fill("#find", "zoe AGARD")
    page.press("#find", "Enter")
    assert page.locator("section[aria-labelledby^=found] a").all_inner_texts() == ["Zoë Ågård"]
    found = barred(page)
    page.fill("#words", "éclair")
    page.press("#words", "Enter")
    page.click("main >> text=Søværnets Éclair")
    assert heading(page) == "Søværnets Éclair"
    page.goto("/search/?q=nobody+at+all")
    assert page.locator(".v-empty").is_visible()
    assert found + barred(page) == []


def test_language_and_colours_are_chosen_and_chosen_back(desk: Desk) -> None:
    page = desk.sit("cdo")
    page.goto("/units/")
    for menu, choice, html, value in ((0, "da", "lang", "da"), (1, "dark", "data-color-scheme", "dark")):
        page.click(f"header details.v-menu > summary >> nth={menu}")
        page.click(f"header details[open] button[value={choice}]")
        expect(page.locator("html")).to_have_attribute(html, value)
        assert page.url.endswith("/units/")
    assert heading(page) == "Enheder"
    found = barred(page)
    page.click("header details.v-menu > summary >> nth=1")
    page.click("header details[open] button[value=auto]")
    page.click("header details.v-menu > summary >> nth=0")
    page.click("header details[open] button[value=en]")
    expect(page.locator("html")).to_have_attribute("data-color-scheme", "auto")
    assert heading(page) == "Units"
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
    assert heading(page) == "Units"
    page.click("main >> text=Filter and sort")
    page.fill("input[name=name]", "eclair")
    page.click("form.v-filters button")
    assert page.locator("main tbody tr").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto("/skills/gaps/")
    assert not page.locator("table.v-heat").is_visible()
    page.click("#widest a >> nth=0")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert found == []


def test_a_manager_sees_their_unit_and_no_other(desk: Desk) -> None:
    page = desk.sit("manager")
    page.goto("/skills/gaps/")
    assert "ours north" in heading(page) or page.locator("main >> text=ours north").count()
    page.goto(f"/units/{desk.office.south.pk}/")
    assert "Your role does not let you see who works here" in page.locator("main").inner_text()
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
    page = desk.sit("clerk")
    page.goto("/")
    links = page.locator("header nav a, header .v-loop a").all_inner_texts()
    assert "Gaps" not in links
    assert "People" not in links
    page.goto("/me/")
    assert heading(page) == "clerk of ours"
    assert "This is your page" in page.locator("main").inner_text()
    found = barred(page)
    page.goto("/people/")
    assert page.locator("main tbody tr").count() == 1
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
