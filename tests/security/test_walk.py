"""A walk over every route, as everybody: nothing breaks, nobody is told what is not theirs, reading writes nothing."""

import re
from http import HTTPStatus

import pytest
from django.test import Client
from pytest_django import Settings

from tests.core.offices import Office
from tests.security.planted import canaries, ours, planted
from tests.security.policy import EVERYBODY, FILLED, POLICY, SIGNED_IN
from tests.security.walking import (
    REFUSED,
    Asked,
    Route,
    addresses,
    asked,
    contents,
    faults,
    finished,
    routes,
    undeclared,
)
from vested.core.permissions import Permission
from vested.core.scope import System, acting
from vested.core.viewer import Viewer
from vested.skills.queries.gaps.computed import unpacked

WHO = ["nobody", "stranger", "clerk", "manager", "auditor", "cdo"]
LEAST = {"stranger": 6, "clerk": 5, "manager": 4, "cdo": 6}  # kinds of rows that pages tell them of


@pytest.fixture
def office(db: None) -> Office:  # noqa: ARG001 - pytest hands it in
    unpacked.cache_clear()
    return planted("ours")


@pytest.fixture
def other(db: None) -> Office:  # noqa: ARG001 - pytest hands it in
    return planted("theirs")


def signed_in(office: Office, other: Office, who: str) -> tuple[Client, Viewer | None]:
    client = Client()
    if who == "nobody":
        return client, None
    home, name = (other, "cdo") if who == "stranger" else (office, who)
    client.force_login(home.user(name))
    return client, home.viewer(name)


def test_every_route_is_declared_and_the_walk_can_fill_it() -> None:
    assert len(routes()) > 30
    assert undeclared(routes(), POLICY, FILLED) == []


@pytest.mark.parametrize("who", WHO)
def test_the_walk_finds_nothing_wrong(office: Office, other: Office, who: str) -> None:
    """And sees what is there: who may finds pages with words of the own sector, so finding none of another's counts."""
    client, viewer = signed_in(office, other, who)
    every = list(asked(client, routes(), FILLED, office, viewer))
    assert {one.route.name for one in every} == set(POLICY) or who in {"clerk", "manager", "auditor", "cdo"}
    assert [said for one in every for said in faults(one, POLICY, viewer)] == []
    if who == "stranger":  # who has been asked about the office's things alone
        every += asked(client, [route for route in routes() if route.name == "core:unit"], FILLED, other, viewer)
    pages = [one for one in every if not one.answer.streaming]
    told = {name for one in pages for _sector, name, _pk in canaries(one.answer.content.decode(errors="ignore"))}
    assert len(told) >= LEAST.get(who, 0)
    seen = any(one.exists and one.answer.status_code == HTTPStatus.OK for one in pages if "<" in one.route.address)
    assert seen or who not in LEAST


def test_every_row_has_its_canary(office: Office) -> None:
    with acting(System("count")):
        assert [model for model in ours() if not model._default_manager.filter(sector=office.sector).exists()] == []
        assert all("kanarieours" in person.name for person in type(office.people["cdo"]).objects.all())


def test_no_form_is_taken_without_its_token(office: Office) -> None:
    viewer = office.viewer("cdo")
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.user("cdo"))
    before = contents(office)
    refused = {HTTPStatus.FORBIDDEN, HTTPStatus.UNAUTHORIZED, HTTPStatus.METHOD_NOT_ALLOWED}
    taken = [
        (one.address, one.answer.status_code)
        for one in posted(client, office, viewer)
        if one.answer.status_code not in refused
    ]
    assert taken == []
    assert contents(office) == before


@pytest.mark.parametrize("who", ["nobody", "stranger", "clerk", "manager"])
def test_an_empty_form_for_what_does_not_exist_for_one_changes_nothing(office: Office, other: Office, who: str) -> None:
    client, viewer = signed_in(office, other, who)
    client.raise_request_exception = False
    before = contents(office)
    every = list(posted(client, office, viewer, own=who not in {"clerk", "manager"}))
    assert [one.address for one in every if one.answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR] == []
    objects = [one for one in every if "<" in one.route.address]
    assert objects
    if viewer:
        assert [(one.address, one.answer.status_code) for one in objects if one.answer.status_code not in REFUSED] == []
    assert contents(office) == before


def posted(client: Client, office: Office, viewer: Viewer | None, *, own: bool = True) -> list[Asked]:
    """Send an empty form to every address, signed in anew each time, since one of them signs out."""
    found = []
    for route in routes():
        for exists, address in addresses(route, FILLED, office, viewer):
            if exists and not own:
                continue
            if viewer and viewer.person and viewer.person.user:
                client.force_login(viewer.person.user)
            found.append(Asked(route, address, exists, finished(client.post(address, {})), []))
    return found


FAULTS = {
    "broken": "answers 500",
    "writes": "answers 500",
    "many": "takes 28 statements",
    "styled": "has a style or script of its own",
    "leaks": "tells of person",
    "open": "answers nobody with 200",
    "anybody": "without unit.change",
    "refused": "is refused, and is for everybody signed in",
    "unit": "for what does not exist for who asks",
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(office: Office, other: Office, settings: Settings, name: str) -> None:
    settings.ROOT_URLCONF = "tests.security.bad_pages"
    policy = dict.fromkeys(FAULTS, SIGNED_IN) | {"anybody": Permission.UNIT_CHANGE}
    who = {"open": "nobody", "anybody": "clerk", "unit": "stranger", "leaks": "stranger"}.get(name, "cdo")
    client, viewer = signed_in(office, other, who)
    every = [route for route in routes() if route.name == name]
    found = [said for one in asked(client, every, FILLED, office, viewer) for said in faults(one, policy, viewer)]
    assert any(FAULTS[name] in said for said in found), found
    assert all(said.startswith(f"{name} ") for said in found)


def test_a_clerk_told_of_what_is_somebody_elses_is_found(office: Office, other: Office, settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.security.bad_pages"
    client, viewer = signed_in(office, other, "clerk")
    every = [route for route in routes() if route.name == "leaks"]
    found = [said for one in asked(client, every, FILLED, office, viewer) for said in faults(one, {}, viewer)]
    kinds = set(re.findall("tells of (\\w+) \\d+, which does not exist for who asks", " ".join(found)))
    assert kinds == {"person", "scenario"}


def test_a_page_without_the_policy_for_content_is_found(office: Office, other: Office, settings: Settings) -> None:
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "CSP" not in one]
    client, viewer = signed_in(office, other, "nobody")
    found = [said for one in asked(client, routes(), FILLED, office, viewer) for said in faults(one, POLICY, viewer)]
    assert len(found) == len(POLICY)
    assert all("no policy for its content" in said for said in found)


def test_a_row_that_changes_shows(office: Office) -> None:
    before = contents(office)
    with acting(System("change a row")):
        type(office.north).objects.filter(pk=office.north.pk).update(code="changed")
    assert contents(office) != before


@pytest.mark.parametrize(
    ("route", "policy", "said"),
    [
        (Route("new", "new/"), {}, "no policy"),
        (Route("new", "unknown/<int:pk>/"), {"new": EVERYBODY}, "nobody knows a key"),
        (Route("new", "units/<int:pk>/x/<int:other>/"), {"new": EVERYBODY}, "nobody knows a key"),
        (Route("new", "^units/[0-9]+$"), {"new": EVERYBODY}, "is not a plain path"),
        (Route("new", "units/<int:pk>/"), {"new": EVERYBODY, "old": EVERYBODY}, "no such route"),
    ],
)
def test_a_route_that_is_not_declared_is_found(route: Route, policy: dict[str, str | Permission], said: str) -> None:
    found = undeclared([route], policy, FILLED)
    assert len(found) == 1
    assert said in found[0]
