"""What a journey looks at on every page: that nothing bars the way, in light, in dark and on a phone."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.core.offices import Office

NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)
PASSWORD = "correct horse battery"  # noqa: S105 - of a made-up account
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 800}
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
AXE = Axe().axe_script
PATIENCE = 30_000  # milliseconds; a busy machine is no fault of a page
expect.set_options(timeout=PATIENCE)


@dataclass
class Desk:
    """A browser, an address, an office, and all that was said on consoles."""

    browser: Browser
    address: str
    office: Office
    said: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def sit(self, who: str = "", *, phone: bool = False) -> Page:
        """Open a browser of one's own, signed in as somebody of the office."""
        size: Any = PHONE if phone else WIDE
        context = self.browser.new_context(viewport=size, base_url=self.address, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        if who:
            client = Client()
            client.force_login(self.office.user(who))
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.address}])
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("requestfailed", self._miss)
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        """Keep what is said, but that a page was refused, which the browser says of each that is."""
        refused = "the server responded with a status of 4" in message.text
        if not (refused and "/static/" not in message.location["url"]):
            self.said.append(message.text)

    def _miss(self, request: Request) -> None:
        """Keep what could not be fetched, but what was no longer wanted when another page was opened."""
        if request.failure != "net::ERR_ABORTED":
            self.said.append(request.url)

    def leave(self) -> None:
        """Close all."""
        for context in self.contexts:
            context.close()


def no_wider(page: Page) -> bool:
    """Whether the page shown, once it is loaded, is no wider than a phone."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"])


def barred(page: Page) -> list[str]:
    """What bars somebody's way on the page shown; looked for once, since where rows are kept changes no page."""
    page.wait_for_load_state()
    return bars(page) if connection.vendor == "sqlite" else []


def bars(page: Page) -> list[str]:
    """What bars the way, whatever the database: axe's findings in light, dark and on a phone, and sideways scroll."""
    kept = page.viewport_size
    page.evaluate("document.querySelectorAll('details:not(.v-menu)').forEach(folded => folded.open = true)")
    page.evaluate(AXE)
    found = []
    for look, size, scheme in (("light", WIDE, "light"), ("dark", WIDE, "dark"), ("phone", PHONE, "light")):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a literal
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a literal
        # Colours alone differ between light and dark.
        only = {"type": "rule", "values": ["color-contrast"]} if look == "dark" else {"type": "tag", "values": TAGS}
        result: dict[str, Any] = page.evaluate(
            "() => Promise.allSettled(document.getAnimations().map(moving => moving.finished)).then(() => "
            f"axe.run({{runOnly: {json.dumps(only)}, resultTypes: ['violations']}}))"
        )
        assert result["passes"], "axe looked at the page"
        for fault in result["violations"]:
            nodes = [(one["html"][:160], one["failureSummary"]) for one in fault["nodes"][:3]]
            found.append(f"{page.url} {look}: {fault['id']} {nodes}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > size["width"]:
            found.append(f"{page.url} {look}: {wide} pixels wide")
    page.emulate_media(color_scheme="null")
    page.set_viewport_size(kept or WIDE)  # type: ignore[arg-type]  # a literal
    return found
