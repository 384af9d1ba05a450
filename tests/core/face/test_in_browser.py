"""The face in a real browser: reachable by everybody, quiet, under the strict policy, on every screen."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.core.face.pages import ALL, navigation
from tests.core.face.server import serving

CHROMIUM = "/usr/bin/chromium"
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
SCREENS = {"light": (1280, "light"), "dark": (1280, "dark"), "phone": (360, "light"), "phone-dark": (360, "dark")}

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch, serving(ALL) as address:
        patch.setattr("vested.core.context.stations_for", lambda _viewer, _path: navigation())
        yield address


def opened(browser: Browser, url: str, *, screen: str) -> tuple[Page, list[str]]:
    width, scheme = SCREENS[screen]
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # a literal
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url))
    page.goto(url, wait_until="load")
    return page, said


def violations(page: Page) -> list[tuple[str, list[str]]]:
    found: dict[str, Any] = (
        Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}).response
    )
    assert found["passes"], "axe looked at the page"
    return [(v["id"], [node["html"][:200] for node in v["nodes"]][:3]) for v in found["violations"]]


LOOKS = [("/components/", screen) for screen in SCREENS]
LOOKS += [("/403/", "light"), ("/404/", "dark"), ("/409/", "phone"), ("/409/", "dark"), ("/422/", "light")]
LOOKS += [("/500/", "phone-dark"), ("/full/", "light"), ("/full/", "phone")]


@pytest.mark.parametrize(("path", "screen"), LOOKS)
def test_nothing_bars_the_way(browser: Browser, address: str, *, path: str, screen: str) -> None:
    """No violation of WCAG 2.2 AA, folded parts opened; nothing on the console, nothing wider than the screen."""
    page, said = opened(browser, address + path, screen=screen)
    for width in SCREENS[screen][0], 320:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.set_viewport_size({"width": SCREENS[screen][0], "height": 900})
    page.evaluate("document.querySelectorAll('details:not(.v-menu)').forEach(folded => folded.open = true)")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen][0]
    assert said == []
    page.close()


def test_every_menu_of_the_header_opens_and_stays_on_the_screen(browser: Browser, address: str) -> None:
    for screen, least in (("light", 4), ("phone-dark", 2)):
        page, said = opened(browser, f"{address}/full/", screen=screen)
        menus = page.locator("details.v-menu > summary:visible")
        expect(menus).to_have_count(least)
        for at in range(least):
            menus.nth(at).click()
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen][0]
        assert said == []
        page.close()


def test_the_keyboard_reaches_the_skip_link_first_and_errors_take_focus(browser: Browser, address: str) -> None:
    page, _ = opened(browser, f"{address}/404/", screen="light")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.goto(f"{address}/components/")
    expect(page.locator(".ds-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_what")).to_be_focused()
    page.close()


def test_a_phone_folds_the_map_and_a_wide_screen_shows_it(browser: Browser, address: str) -> None:
    page, _ = opened(browser, f"{address}/components/", screen="light")
    expect(page.locator("table.v-heat")).to_be_visible()
    expect(page.locator("details.v-fold > summary").first).to_be_hidden()
    page.set_viewport_size({"width": 360, "height": 900})
    expect(page.locator("table.v-heat")).to_be_hidden()
    expect(page.locator("details.v-fold > summary").first).to_be_visible()
    page.close()


def test_paper_is_light_and_shows_what_is_folded(browser: Browser, address: str) -> None:
    page, _ = opened(browser, f"{address}/components/", screen="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator("p.v-print")).to_be_visible()
    expect(page.locator("details.v-more table").first).to_be_visible()
    expect(page.locator("header.v-head")).to_be_hidden()
    expect(page.locator("form.v-filters").first).to_be_hidden()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.close()


def test_the_policy_reports_a_style_put_in_on_purpose(browser: Browser, address: str) -> None:
    """So an empty console above means something."""
    page, said = opened(browser, f"{address}/404/", screen="light")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    assert any("Content Security Policy" in words for words in said)
    page.close()
