"""The page in a real browser: reachable by everybody, quiet, and alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from tests.plans.report import made_up
from tests.plans.report.test_report import variant
from vested.plans.report import write_report

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


LOOKS = [("plain", language, screen) for language, screen in zip(("en", "da", "fr", "da"), SCREENS, strict=True)]
LOOKS += [("hostile names", "en", "light"), ("hostile names", "fr", "phone"), ("forty agencies", "fr", "phone-dark")]
LOOKS += [("interrupted before any bound", "en", "dark"), ("one unit", "en", "phone")]


@pytest.mark.parametrize(("name", "language", "screen"), LOOKS)
def test_nothing_bars_the_way(browser: Browser, tmp_path: Path, *, name: str, language: str, screen: str) -> None:
    """No violation of WCAG 2.2 AA, folded parts opened; nothing on the console, loaded, or wider than the screen."""
    path = tmp_path / "report.html"
    write_report(variant(name), path, language=language, printed_on=made_up.PRINTED)
    width, scheme = SCREENS[screen]
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # a literal
    console: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: console.append(message.text))
    page.on("pageerror", lambda error: console.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide[0] <= wide[1]
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
    found: dict[str, Any] = (
        Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}).response
    )
    assert found["passes"], "axe looked at the page"
    assert [(v["id"], [node["html"][:200] for node in v["nodes"]][:3]) for v in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= wide[1]
    assert console == []
    assert [url for url in requests if not url.startswith("data:")] == [path.as_uri()]
    page.close()


def test_the_keyboard_reaches_the_skip_link_first_and_every_region_that_scrolls(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    write_report(variant("plain"), path, printed_on=None)
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(path.as_uri())
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.innerText")
        )
    assert reached[0] == "Skip to the report"
    regions = page.evaluate(
        "[...document.querySelectorAll('[role=region]')].map(one => one.getAttribute('aria-label'))"
    )
    assert regions
    assert set(regions) <= set(reached)
    page.close()


def test_paper_is_light_and_prints_what_is_folded(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(variant("plain"), path, printed_on=None)
    page = browser.new_page(color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(path.as_uri())
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"
    assert page.evaluate("getComputedStyle(document.querySelector('details.unprinted')).display") == "none"
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    page.close()
