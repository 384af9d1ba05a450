"""A real browser in front of a real server, in a small office with skills."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.core.offices import Office, make_office
from tests.journeys.looking import NOON, PASSWORD, Desk
from tests.skills.rooms import furnish
from vested.core.models import Person, Unit
from vested.core.scope import System, acting
from vested.skills.actions import keep_snapshot
from vested.skills.queries.gaps.computed import unpacked
from vested.skills.queries.gaps.taken import take

CHROMIUM = "/usr/bin/chromium"
# Playwright keeps a loop in this thread, and Django would take our questions for ones from within it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def office(transactional_db: None) -> Office:  # noqa: ARG001 - pytest hands it in
    """Twelve people in the north, eight in the south, one with accents; the CDO has a password."""
    unpacked.cache_clear()
    office = make_office("ours")
    furnish(office, north=12, south=8)
    with acting(System("a test")):
        Unit.objects.filter(pk=office.south.pk).update(name="Søværnets Éclair", find="sovaernets eclair")
        person = Person.objects.get(code="north-1")
        person.name = "Zoë Ågård"
        person.save()
        user = office.user("cdo")
        user.set_password(PASSWORD)
        user.save()
    with acting(office.viewer("cdo")):
        keep_snapshot(by=office.viewer("cdo"), taken=take(), at=NOON)
    return office


@pytest.fixture
def uploads(settings: Settings, tmp_path: Path) -> None:
    """Files on their way are kept in a folder of the test's own."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer, office: Office) -> Iterator[Desk]:
    """Where somebody sits down: pages are opened there, and at the end nothing was said on any console."""
    desk = Desk(browser, live_server.url, office)
    yield desk
    desk.leave()
    assert desk.said == []
