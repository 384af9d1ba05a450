"""For somebody of an organisation outside no route exists but those that say so, of all addresses there are."""

from http import HTTPStatus

import pytest
from django.urls import resolve
from pytest_django import Settings

from tests.core.api.calls import CALLS
from tests.core.offices import Office, signed_in
from tests.security.planted import canaries, planted
from tests.security.policy import FILLED, TO_PARTNERS
from tests.security.walking import PARAMETER, addresses, asked, contents, finished, routes
from vested.core.models import Token
from vested.core.partners import is_open_to_partners
from vested.core.scope import System, acting
from vested.core.viewer import Viewer

GONE = HTTPStatus.NOT_FOUND


@pytest.fixture
def office(db: None) -> Office:  # noqa: ARG001 - pytest hands it in
    return planted("ours")


def known(viewer: Viewer) -> set[tuple[str, int]]:
    """What exists for them, as canaries name it."""
    own = {("person", viewer.person.pk)} if viewer.person else set()
    return own | {(kind.partition(".")[2], pk) for kind, keys in (viewer.shared or {}).items() for pk in keys}


def test_the_pages_that_say_so_are_those_that_are_declared() -> None:
    found = {
        route.name for route in routes() if is_open_to_partners(resolve(f"/{PARAMETER.sub('1', route.address)}").func)
    }
    assert found == TO_PARTNERS


def test_no_other_route_exists_for_a_partner(office: Office) -> None:
    client, viewer = signed_in(office, "partner"), office.viewer("cdo")
    closed = [route for route in routes() if route.name not in TO_PARTNERS]
    assert len(closed) > 150
    before = contents(office)
    answered = [
        (address, status)
        for route in closed
        for _exists, address in addresses(route, FILLED, office, viewer)
        for status in (client.get(address).status_code, client.post(address, {}).status_code)
    ]
    assert len(answered) > 300
    assert [one for one in answered if one[1] != GONE] == []
    assert contents(office) == before


def test_no_operation_of_the_api_exists_for_a_partner(office: Office) -> None:
    client = signed_in(office, "partner")
    with acting(System("a test")):
        assert not Token.objects.filter(person=office.people["partner"]).exists()
    answered = [
        (
            call.name,
            client.generic(call.method.upper(), PARAMETER.sub("1", call.path.replace("{", "<").replace("}", ">"))),
        )
        for call in CALLS.values()
    ]
    assert len(answered) > 100
    assert [(name, one.status_code) for name, one in answered if one.status_code != GONE] == []
    assert client.get("/api/v1/docs").status_code == client.get("/api/v1/openapi.json").status_code == GONE


def test_pages_that_are_there_tell_only_what_is_shared(office: Office) -> None:
    client, viewer = signed_in(office, "partner"), office.viewer("partner")
    there = [
        route
        for route in routes()
        if route.name in TO_PARTNERS - {"core:sign-out", "direction:public", "direction:public-feed"}
    ]
    pages = list(asked(client, there, FILLED, office, viewer))
    told = {one[1:] for page in pages for one in canaries(finished(page.answer).content.decode())}
    assert told - known(viewer) == set()
    assert {name for name, _pk in told} >= {"agreement", "duty", "person"}
    gone = {page.route.name for page in pages if page.exists and page.answer.status_code == GONE}
    assert gone == {"core:enter", "ecosystem:document"}  # no demo; and a document whose file is gone


def test_a_page_that_does_not_say_so_is_closed(office: Office, settings: Settings) -> None:
    """Whatever is added is closed until it says otherwise."""
    settings.ROOT_URLCONF = "tests.security.bad_pages"
    added = next(f"/{route.address}" for route in routes() if route.name == "styled")
    assert signed_in(office, "partner").get(added).status_code == GONE
    assert signed_in(office, "clerk").get(added).status_code == HTTPStatus.OK
