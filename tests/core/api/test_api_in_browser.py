"""The API's page in a real browser: readable by everybody, with an empty console, on every screen."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import set_urlconf
from playwright.sync_api import Browser, sync_playwright

from tests.core.face.server import serving
from vested.config.api import api

CHROMIUM = "/usr/bin/chromium"
UNFOLD = "every => document.querySelectorAll('details.v-more').forEach((one, n) => one.open = n % every === 0)"
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]

pytestmark = pytest.mark.journey


def page(request: HttpRequest) -> HttpResponse:
    set_urlconf(None)
    request.user = AnonymousUser()
    request.viewer = None  # type: ignore[attr-defined]  # nobody is signed in
    return api.docs.render_page(request, api)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_the_page_is_quiet_and_open_to_everybody(browser: Browser, width: int, scheme: str) -> None:
    with serving({"/api/v1/docs": page}) as address:
        shown = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # a literal
        said: list[str] = []
        shown.on("console", lambda message: said.append(message.text))
        shown.on("pageerror", lambda error: said.append(str(error)))
        shown.goto(f"{address}/api/v1/docs#not-found", wait_until="load")
        assert shown.evaluate("document.querySelector(':target').innerText").startswith("not-found")
        shown.evaluate(UNFOLD, 10)  # axe reads each tenth: one template makes them all
        found = (
            Axe()
            .run(shown, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
            .response
        )
        assert found["passes"], "axe looked at the page"
        assert [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found["violations"]] == []
        shown.evaluate(UNFOLD, 1)
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        assert said == []
        shown.close()
