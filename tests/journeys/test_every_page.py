"""Every page that has an address without keys, as the CDO sees it: nothing bars the way, nothing is on the console."""

from http import HTTPStatus

import pytest

from tests.journeys.looking import Desk, barred
from tests.security.walking import Route, routes

pytestmark = pytest.mark.journey


def plain() -> list[Route]:
    """The routes without keys."""
    return [route for route in routes() if "<" not in route.address]


def test_nothing_bars_the_way_on_any_page(desk: Desk) -> None:
    page = desk.sit("cdo")
    looked, found = set(), []
    for route in plain():
        address = f"/{route.address}"
        answer = page.request.get(address)
        html = "text/html" in answer.headers.get("content-type", "")
        if answer.status == HTTPStatus.OK and html and not answer.headers.get("content-disposition"):
            page.goto(address)
            if page.url not in looked:
                looked.add(page.url)
                found += barred(page)
    assert len(looked) >= 10
    assert found == []
