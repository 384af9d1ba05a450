"""Two people who change one thing at once never overwrite one another silently."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from tests.core.offices import DAY, Office
from vested.core.actions import move_person, rename_unit
from vested.core.errors import Conflict
from vested.core.locking import hold
from vested.core.models import Event, Grant, Person, Unit
from vested.core.permissions import Role
from vested.core.scope import System, acting


@pytest.fixture
def two(office: Office) -> tuple[Client, Client]:
    """The officer, and a neighbour who may change units too."""
    with acting(System("a test")):
        Grant.objects.create(sector=office.sector, person=office.people["neighbour"], role=Role.HR_OFFICER, since=DAY)
    clients = Client(), Client()
    for client, name in zip(clients, ("cdo", "neighbour"), strict=True):
        client.force_login(office.user(name))
    return clients


@pytest.mark.parametrize("first", [0, 1])
def test_the_second_sees_both_texts_and_nothing_is_overwritten(
    office: Office, two: tuple[Client, Client], first: int
) -> None:
    url = f"/units/{office.north.pk}/rename/"
    for client in two:  # both open the form
        assert '<input type="hidden" name="version" value="1"' in client.get(url).content.decode()
    quick, slow = two[first], two[1 - first]
    assert quick.post(url, {"name": "Harbours", "version": 1}).status_code == 302
    refused = slow.post(url, {"name": "Ports <b>", "version": 1})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "<ins>Ports &lt;b&gt;</ins>" in page
    assert "<ins>Harbours</ins>" in page
    assert f"{('cdo', 'neighbour')[first]} of ours changed Harbours at" in page
    assert f'href="{url}"' in page
    with acting(System("a test")):
        kept = Unit.objects.get(pk=office.north.pk)
        assert (kept.name, kept.version) == ("Harbours", 2)
        assert Event.objects.filter(kind="unit.renamed").count() == 1
    again = slow.get(url).content.decode()
    assert 'value="Harbours"' in again
    assert slow.post(url, {"name": "Ports", "version": 2}).status_code == 302


@pytest.mark.django_db
def test_a_move_and_a_new_name_at_once_collide_too(office: Office, two: tuple[Client, Client]) -> None:
    url = f"/units/{office.north.pk}/"
    assert two[0].post(f"{url}rename/", {"name": "Harbours", "version": 1}).status_code == 302
    moved = two[1].post(f"{url}move/", {"to": office.south.pk, "version": 1})
    assert moved.status_code == 409
    assert "<ins>ours south</ins>" in moved.content.decode()
    assert "<ins>ours ministry</ins>" in moved.content.decode()
    ended = two[1].post(f"{url}end/", {"version": 1})
    assert ended.status_code == 409
    assert "changed Harbours" in ended.content.decode()
    assert "v-texts" not in ended.content.decode()


@pytest.mark.django_db
def test_a_person_moved_twice_at_once_stays_where_the_first_move_led(office: Office) -> None:
    cdo, clerk = office.viewer("cdo"), office.people["clerk"]
    with acting(cdo):
        move_person(by=cdo, person=clerk, to=office.south, on=DAY + timedelta(days=1), version=1)
        with pytest.raises(Conflict) as refused:
            move_person(by=cdo, person=clerk, to=office.ministry, on=DAY + timedelta(days=2), version=1)
        assert (refused.value.theirs, refused.value.yours) == ({"Unit": "ours south"}, {"Unit": "ours ministry"})


@pytest.mark.django_db
def test_a_form_without_its_version_says_so(office: Office, two: tuple[Client, Client]) -> None:
    for version in ({}, {"version": "x"}):
        refused = two[0].post(f"/units/{office.north.pk}/rename/", {"name": "Harbours", **version})
        assert refused.status_code == 422
        assert "Open it again" in refused.content.decode()


@pytest.mark.django_db
def test_a_refused_action_does_not_count_as_a_change(office: Office) -> None:
    cdo = office.viewer("cdo")
    with acting(cdo):
        with pytest.raises(Conflict):
            rename_unit(by=cdo, unit=office.north, name="x", version=7)
        assert Unit.objects.get(pk=office.north.pk).version == 1


@pytest.mark.django_db
def test_what_nobody_named_changed_is_said_without_a_name(office: Office) -> None:
    with acting(office.viewer("cdo")), transaction.atomic():
        clerk = office.people["clerk"]
        assert hold(clerk, version=1).version == 2
        assert Person.objects.get(pk=clerk.pk).version == 2
        with pytest.raises(Conflict, match="clerk of ours was changed after you opened it") as refused:
            hold(clerk, version=1, yours={"Email": (lambda person: person.email or None, "x@y.example")})
        assert refused.value.theirs == {"Email": ""}
