"""ETag and If-Match: two programs that change one thing at once, and one that has it already."""

from typing import Any

import pytest

from tests.core.api.calls import is_problem, send
from tests.core.offices import Office, signed_in
from vested.core.models import Event, Membership, Unit
from vested.core.scope import System, acting

PATHS = ("/api/v1/units/{unit}", "/api/v1/people/{person}")


def address(office: Office, path: str) -> str:
    return path.format(unit=office.north.pk, person=office.people["clerk"].pk)


def renamed(office: Office, name: str, **headers: str) -> Any:
    url = f"/api/v1/units/{office.north.pk}/rename"
    return send(signed_in(office, "cdo"), "post", url, {"name": name}, **headers)


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_what_one_has_already_is_not_sent_again(office: Office, path: str) -> None:
    client, url = signed_in(office, "cdo"), address(office, path)
    first = client.get(url)
    assert first.headers["ETag"] == '"v1"'
    assert first.json()["version"] == 1
    assert "private" in first.headers["Cache-Control"]
    for same in ('"v1"', '"v7", "v1"', 'W/"v1"', "*"):
        again = send(client, "get", url, If_None_Match=same)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", '"v1"')
    assert send(client, "get", url, If_None_Match='"v2"').status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("action", "body"), [("rename", {"name": "Harbours"}), ("move", {"to": "south"}), ("end", None)]
)
def test_a_unit_is_not_changed_without_its_version(office: Office, action: str, body: dict[str, str] | None) -> None:
    sent = {"to": office.south.pk} if body and "to" in body else body
    answer = send(signed_in(office, "cdo"), "post", f"/api/v1/units/{office.north.pk}/{action}", sent)
    is_problem(answer, 428, "version-needed")
    assert _north(office).version == 1


@pytest.mark.django_db
def test_of_two_who_write_the_second_is_given_what_there_is_now(office: Office) -> None:
    first = renamed(office, "Harbours", If_Match='"v1"')
    assert (first.status_code, first.headers["ETag"]) == (200, '"v2"')
    said = is_problem(renamed(office, "Ports", If_Match='"v1"'), 412, "changed-meanwhile")
    assert (said["current"]["name"], said["current"]["version"]) == ("Harbours", 2)
    assert (said["theirs"], said["yours"]) == ({"Name": "Harbours"}, {"Name": "Ports"})
    assert _north(office).name == "Harbours"
    assert renamed(office, "Ports", If_Match=f'"v{said["current"]["version"]}"').json()["name"] == "Ports"
    assert renamed(office, "Quays", If_Match="*").headers["ETag"] == '"v4"'
    with acting(System("a test")):
        assert Event.objects.filter(kind="unit.renamed").count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("given", ['"v2"', 'W/"v1"', "v1", '"1"', '"v1', "x, y", '"v99999999999999999999"'])
def test_what_is_no_version_of_ours_matches_nothing(office: Office, given: str) -> None:
    is_problem(renamed(office, "x", If_Match=given), 412, "changed-meanwhile")
    assert _north(office).name == "ours north"


@pytest.mark.django_db
def test_a_person_is_moved_by_the_one_who_read_last(office: Office) -> None:
    client, url = signed_in(office, "cdo"), address(office, PATHS[1])
    body = {"to": office.south.pk, "on": "2026-02-03"}
    is_problem(send(client, "post", f"{url}/move", body), 428, "version-needed")
    moved = send(client, "post", f"{url}/move", body, If_Match='"v1"')
    assert (moved.json()["unit"], moved.headers["ETag"]) == (office.south.pk, '"v2"')
    body = {"to": office.ministry.pk, "on": "2026-02-04"}
    said = is_problem(send(client, "post", f"{url}/move", body, If_Match='"v1"'), 412, "changed-meanwhile")
    assert said["current"]["unit"] == office.south.pk
    with acting(System("a test")):
        assert Membership.objects.get(person=office.people["clerk"], until=None).unit == office.south


@pytest.mark.django_db
def test_what_a_page_refuses_the_api_refuses_with_the_field(office: Office, other: Office) -> None:
    client, url = signed_in(office, "cdo"), address(office, PATHS[1])
    for body, field in (
        ({"to": office.south.pk, "on": "2999-01-01"}, "#/on"),
        ({"to": office.north.pk, "on": "2026-02-03"}, "#/to"),
        ({"to": other.south.pk, "on": "2026-02-03"}, "#/to"),
        ({"to": office.south.pk, "on": "then"}, "#/on"),
        ({"to": 10**40, "on": "2026-02-03"}, "#/to"),
    ):
        said = is_problem(send(client, "post", f"{url}/move", body, If_Match='"v1"'), 422, "invalid")
        assert [error["pointer"] for error in said["errors"]] == [field]


def _north(office: Office) -> Unit:
    with acting(System("a test")):
        return Unit.objects.get(pk=office.north.pk)
