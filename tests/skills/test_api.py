"""What initiatives miss, frameworks and the search, for programs: as their pages give them."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.core.offices import Office, signed_in
from tests.skills.rooms import Room
from vested.core.scope import System, acting
from vested.skills.actions import keep_snapshot
from vested.skills.models import Demand, Framework, Source
from vested.skills.queries.gaps.taken import take

NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)


@pytest.fixture
def needed(office: Office, room: Room) -> Room:
    """Somebody needs five of the northern agency at level 4, and twelve of anybody at level 1."""
    with acting(System("a test")):
        source = Source.objects.create(sector=office.sector, code="I-1", title="Åbne data")
        for unit, level, people in ((office.north, 4, 5), (None, 1, 12)):
            Demand.objects.create(
                sector=office.sector, source=source, skill=room.data, unit=unit, level=level, people=people,
                by_period=1,
            )  # fmt: skip
    return room


def count(office: Office) -> None:
    with acting(office.viewer("cdo")):
        keep_snapshot(by=office.viewer("cdo"), taken=take(), at=NOON)


@pytest.mark.parametrize(
    ("who", "unit", "told"),
    [
        ("cdo", None, [(5, 4, 1), (12, 18, 0)]),
        ("cdo", "north", [(5, 4, 1)]),
        ("cdo", "south", []),
        ("manager", None, [(5, 4, 1)]),
        ("auditor", None, [(5, None, None), (12, None, None)]),
    ],
)
def test_what_is_missing_is_what_the_page_says(
    office: Office, needed: Room, who: str, unit: str | None, told: list[tuple[int, int | None, int | None]]
) -> None:
    count(office)
    asked = {"unit": getattr(office, unit).pk} if unit else {}
    found = signed_in(office, who).get("/api/v1/gaps/needs", asked).json()
    assert [(one["demand"]["people"], one["holders"], one["missing"]) for one in found["needs"]] == told
    assert found["taken_at"] == "2026-01-06T12:00:00Z"
    assert found["unit"] == (asked.get("unit") or (office.north.pk if who == "manager" else None))
    assert {one["demand"]["skill"] for one in found["needs"]} <= {needed.data.pk}


def test_nothing_is_missing_before_the_sector_was_counted(office: Office, other: Office, needed: Room) -> None:  # noqa: ARG001 - it is what is not counted yet
    found = signed_in(office, "cdo").get("/api/v1/gaps/needs").json()
    assert found == {"taken_at": None, "unit": None, "needs": []}
    count(office)
    client = signed_in(office, "cdo")
    assert client.get("/api/v1/gaps/needs", {"unit": other.north.pk}).status_code == 404
    assert client.get("/api/v1/gaps/needs", {"unit": "x"}).status_code == 422
    assert signed_in(office, "clerk").get("/api/v1/gaps/needs").status_code == 403
    assert signed_in(other, "cdo").get("/api/v1/gaps/needs").json()["needs"] == []


def test_a_framework_is_there_for_its_sector_and_where_it_is_shared(office: Office, other: Office) -> None:
    with acting(System("a test")):
        own = Framework.objects.create(sector=office.sector, name="Éts liste")
    clerk, stranger = signed_in(office, "clerk"), signed_in(other, "cdo")
    one = {"id": own.pk, "name": "Éts liste", "shared": False}
    assert clerk.get("/api/v1/frameworks", {"name": "ETS"}).json()["items"] == [one]
    assert clerk.get("/api/v1/frameworks", {"name": "other"}).json()["items"] == []
    assert clerk.get(f"/api/v1/frameworks/{own.pk}").json() == one
    assert stranger.get(f"/api/v1/frameworks/{own.pk}").status_code == 404
    with acting(System("a test")):
        own.shared = True
        own.save()
    assert stranger.get(f"/api/v1/frameworks/{own.pk}").json() == {**one, "shared": True}


def test_the_search_finds_what_its_page_finds(office: Office, other: Office, room: Room) -> None:
    def found(client: Client, words: str) -> list[tuple[str, str]]:
        answer = client.get("/api/v1/search", {"q": words}).json()
        return [(hit["title"], hit["url"]) for part in answer["found"] for hit in part["hits"]]

    clerk = signed_in(office, "clerk")
    assert found(clerk, "DÁTA") == [
        ("Working with data", f"/skills/{room.data.pk}/"),
        ("Data officer", f"/roles/{room.officer.pk}/"),
    ]
    assert found(clerk, "person 1") == []
    assert found(signed_in(office, "cdo"), "person 1")
    assert found(signed_in(other, "cdo"), "data") == []
    assert found(clerk, "a\0b") == []
    for wrong in ("", "x" * 101):
        assert clerk.get("/api/v1/search", {"q": wrong}).status_code == 422


def test_a_search_of_many_says_where_the_rest_is(office: Office, room: Room) -> None:  # noqa: ARG001 - they are many
    people = signed_in(office, "cdo").get("/api/v1/search", {"q": "person"}).json()["found"][0]
    assert (people["more"], len(people["hits"]), people["rest"]) == (True, 10, "/people/?name=person")
