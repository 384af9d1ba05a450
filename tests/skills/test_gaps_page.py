"""The gap explorer's page, as an officer, a manager, a leader, a clerk and a stranger see it."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.core.offices import Office, signed_in
from tests.skills.rooms import Room
from vested.core.models import Grant, Unit
from vested.core.permissions import Role as Held
from vested.core.scope import System, acting
from vested.skills.actions import keep_snapshot
from vested.skills.queries.gaps.taken import take

NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)


@pytest.fixture
def counted(office: Office, room: Room) -> Room:
    with acting(office.viewer("cdo")):
        keep_snapshot(by=office.viewer("cdo"), taken=take(), at=NOON)
    return room


def page(office: Office, who: str, query: str = "", status: int = 200) -> str:
    answer = signed_in(office, who).get(f"/skills/gaps/{query}")
    assert answer.status_code == status
    return answer.content.decode()


def test_the_widest_gap_is_the_heading_and_every_cell_has_its_number(office: Office, counted: Room) -> None:  # noqa: ARG001 - it is what is counted
    html = page(office, "cdo")
    assert "<h1>15 people are below what is asked in Working with data</h1>" in html
    assert html.count('<th scope="row">') == 2
    assert ">100</a></td>" in html  # three of three
    assert "a count, so exact" in html
    short = page(office, "cdo", "?show=depth&area=Law")
    assert "Working with data" not in short
    assert ">2.0</a></td>" in short


def test_filters_stay_in_the_address(office: Office, counted: Room) -> None:
    html = page(office, "cdo", f"?by=family&family={counted.digital.pk}&unit={office.north.pk}&show=short")
    assert f"/skills/gaps/?by=role&amp;show=short&amp;unit={office.north.pk}&amp;family={counted.digital.pk}" in html
    assert f'name="unit" value="{office.north.pk}"' in html
    assert '<a class="v-chip"' in html


def test_a_large_id_stays_an_id(office: Office, counted: Room) -> None:  # noqa: ARG001 - it is what is counted
    with acting(System("a test")):
        Unit.objects.create(
            pk=1_234_567,
            sector=office.sector,
            code="far",
            name="Far",
            kind="team",
            path=f"{office.ministry.path}1234567/",
        )
    assert 'name="unit" value="1234567"' in page(office, "cdo", "?unit=1234567")


def test_a_manager_begins_at_their_unit(office: Office, counted: Room) -> None:  # noqa: ARG001 - it is what is counted
    assert "ours north" in page(office, "manager", "?by=role")
    page(office, "manager", f"?unit={office.south.pk}", status=403)


def test_who_may_not_see_people_is_told_what_is_hidden(office: Office, counted: Room) -> None:  # noqa: ARG001 - it is what is counted
    with acting(System("a test")):
        Grant.objects.create(
            sector=office.sector, person=office.people["neighbour"], role=Held.TOP_LEADER, since=NOON.date()
        )
    html = page(office, "neighbour")
    assert 'class="gx"' in html
    assert "hidden: fewer than 5 people" in html
    assert "cells are hidden" in html
    assert "Roles are shown only to who may see people" in page(office, "neighbour", "?by=role")


def test_a_clerk_may_not_and_is_not_led_there(office: Office, counted: Room) -> None:  # noqa: ARG001 - it is what is counted
    page(office, "clerk", status=403)
    assert "/skills/gaps/" not in signed_in(office, "clerk").get("/").content.decode()
    assert "/skills/gaps/" in signed_in(office, "cdo").get("/").content.decode()


def test_a_stranger_finds_none_of_it(office: Office, other: Office, counted: Room) -> None:
    assert "Nothing is counted yet" in page(other, "cdo")
    for query in (f"?unit={office.north.pk}", f"?family={counted.legal.pk}", f"?role={counted.clerk.pk}"):
        page(other, "cdo", query, status=404)


@pytest.mark.parametrize("query", ["?unit=x", "?unit=999999", "?role=-1"])
def test_what_is_no_unit_is_not_found(office: Office, counted: Room, query: str) -> None:  # noqa: ARG001 - it is what is counted
    page(office, "cdo", query, status=404)


def test_nobody_in_a_cut_is_said(office: Office, counted: Room) -> None:
    assert "Nobody is here" in page(office, "cdo", f"?by=role&role={counted.clerk.pk}&family={counted.digital.pk}")
    assert "by=unit" in page(office, "cdo", "?by=nonsense&show=nonsense")


@pytest.mark.parametrize("by", ["unit", "family", "role"])
def test_the_page_asks_few_questions(
    office: Office,
    counted: Room,  # noqa: ARG001 - it is what is looked at
    by: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(office, "cdo")
    client.get("/skills/gaps/")
    with django_assert_max_num_queries(14):
        client.get(f"/skills/gaps/?by={by}&unit={office.ministry.pk}")
