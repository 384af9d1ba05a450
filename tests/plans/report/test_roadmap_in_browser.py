"""The roadmap's part of the report in a real browser: wide and narrow, light and dark, by eye, by axe, and on paper."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.plans.portfolios import random_portfolio
from tests.plans.report import made_up
from tests.plans.report.test_in_browser import CHROMIUM, SCREENS, TAGS
from vested.plans.outcome import Outcome
from vested.plans.report import write_report
from vested.plans.report.figures import RoadmapFigures, roadmap_figures
from vested.plans.solving import solve

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return solve(random_portfolio(3, initiatives=24), seconds=3)


@pytest.fixture(scope="module")
def figures(outcome: Outcome) -> RoadmapFigures:
    found = roadmap_figures(outcome)
    assert found is not None
    assert found.starts
    assert found.out
    return found


def opened(browser: Browser, outcome: Outcome, folder: Path, screen: str, language: str) -> Page:
    """The report, opened in a window."""
    path = folder / "report.html"
    write_report(outcome, path, language=language, printed_on=made_up.PRINTED)
    width, scheme = SCREENS[screen]
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # a literal
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize(
    ("screen", "language"), [("light", "en"), ("dark", "da"), ("phone", "fr"), ("phone-dark", "en")]
)
def test_the_roadmap_is_there_for_everybody(
    browser: Browser, outcome: Outcome, figures: RoadmapFigures, tmp_path: Path, *, screen: str, language: str
) -> None:
    page = opened(browser, outcome, tmp_path, screen, language)
    part = page.locator("#roadmap")
    rows = part.locator("table.road tbody").first.get_by_role("row")
    expect(rows).to_have_count(len(figures.starts))
    expect(part.locator("table.road tbody").nth(1).get_by_role("row")).to_have_count(len(figures.loads))
    expect(rows.first.get_by_role("rowheader")).to_contain_text(figures.starts[0].title)
    expect(rows.first.locator("svg.chart")).to_be_visible()
    expect(part.get_by_role("rowheader", name=figures.out[0].title, exact=True)).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
    expect(part.locator("details").first).to_have_attribute("open", "")
    found: dict[str, Any] = (
        Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}).response
    )
    assert found["passes"], "axe looked at the page"
    assert [(v["id"], [node["html"][:200] for node in v["nodes"]][:3]) for v in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.close()


def test_the_contents_lead_there_by_keyboard(browser: Browser, outcome: Outcome, tmp_path: Path) -> None:
    page = opened(browser, outcome, tmp_path, "light", "en")
    link = page.get_by_role("navigation").get_by_role("link", name="Roadmap")
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#roadmap$"))
    expect(page.get_by_role("heading", name="initiatives start")).to_be_in_viewport()
    assert page.url.endswith("#roadmap")
    page.close()


def test_on_paper_the_bars_are_there_and_nothing_is_cut(browser: Browser, outcome: Outcome, tmp_path: Path) -> None:
    page = opened(browser, outcome, tmp_path, "light", "en")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 1000})
    expect(page.locator("#roadmap table.road tbody").first.locator("svg.chart").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.close()
