"""A unit's history tells of the imports that changed something in it or below, and of no others."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.core.imports.bringing import brought_in, files, undone
from tests.core.offices import Office
from vested.core.history import faults
from vested.core.models import Event, Import, Unit
from vested.core.scope import acting

HEAD = "person_id,name,email,unit_id,grade,manager_id\n"
PLACES = {"cdo": "ministry", "auditor": "ministry", "manager": "north", "clerk": "north", "neighbour": "south"}
MOVED = (
    "unit_id,name,kind,parent_id\nministry,ours ministry,ministry,\nnorth,ours north,agency,ministry\n"
    "south,ours south,agency,north\n12,Twelve,agency,ministry\n"
)


@pytest.fixture
def begun(cdo: Client) -> Client:
    """The south goes under the north and a unit is new; the clerk goes up to the ministry, somebody new to the south.

    Then an import puts the south back under the ministry, and changes somebody there.
    """
    staff = {code: [code, f"{code} of ours", "", unit, "", ""] for code, unit in PLACES.items()}
    staff["clerk"][3] = "ministry"
    staff["new"] = ["new", "Nobody yet", "", "south", "", ""]
    brought_in(cdo, *files(units=MOVED, staff=HEAD + lines(staff)))
    staff["cdo"][1] = "Another name"
    brought_in(cdo, *files(units=MOVED.replace("agency,north", "agency,ministry"), staff=HEAD + lines(staff)))
    return cdo


def lines(staff: dict[str, list[str]]) -> str:
    return "".join(f"{','.join(cells)}\n" for cells in staff.values())


def told(client: Client, office: Office, code: str) -> list[tuple[str, ...]]:
    """The imports of a unit's page, newest first: what was done, how many units, how many people."""
    with acting(office.viewer("cdo")):
        pk = Unit.objects.get(code=code).pk
    html = client.get(f"/units/{pk}/").content.decode()
    found = re.findall(r"Files were (\w+(?: in)?)\. [^:<]*: units: (\d+), people: (\d+)", html)
    assert html.count("Files were") == len(found)
    return found


def test_each_unit_tells_what_changed_in_it_and_below(begun: Client, office: Office) -> None:
    assert told(begun, office, "ministry") == [("brought in", "1", "1"), ("brought in", "2", "2")]
    assert told(begun, office, "north") == [("brought in", "1", "0"), ("brought in", "1", "2")]
    assert told(begun, office, "south") == [("brought in", "1", "0"), ("brought in", "1", "1")]
    assert told(begun, office, "12") == [("brought in", "1", "0")]
    with acting(office.viewer("cdo")):
        assert list(faults()) == []
        assert Event.objects.filter(kind="import.done").count() == 2


def test_what_is_undone_is_told_of_the_same_units(begun: Client, office: Office) -> None:
    with acting(office.viewer("cdo")):
        last, first = Event.objects.filter(kind="import.done").values_list("subject_id", flat=True)
    for pk in (last, first):
        undone(begun, imported(office, pk))
    assert told(begun, office, "ministry")[:2] == [("undone", "2", "2"), ("undone", "1", "1")]
    assert told(begun, office, "north")[:2] == [("undone", "1", "2"), ("undone", "1", "0")]
    assert told(begun, office, "south")[:2] == [("undone", "1", "1"), ("undone", "1", "0")]
    assert told(begun, office, "12") == [("undone", "1", "0"), ("brought in", "1", "0")]


def imported(office: Office, pk: int) -> Import:
    with acting(office.viewer("cdo")):
        return Import.objects.get(pk=pk)


def test_only_who_sees_history_is_told(begun: Client, office: Office, manager: Client, stranger: Client) -> None:
    assert told(manager, office, "north") == []
    assert stranger.get(f"/units/{office.north.pk}/").status_code == 404
    auditor = Client()
    auditor.force_login(office.user("auditor"))
    assert told(auditor, office, "north") == told(begun, office, "north")


def test_many_imports_ask_no_more_questions(
    begun: Client, office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(15):
        assert begun.get(f"/units/{office.ministry.pk}/").status_code == 200
