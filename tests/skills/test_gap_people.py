"""The rows behind a figure are those it counted, for who may see people; and what initiatives need."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.core.offices import Office, signed_in
from tests.skills.rooms import Room
from vested.core.errors import NotAllowed
from vested.core.models import Event, Grant, Membership
from vested.core.permissions import Role as Held
from vested.core.scope import System, acting
from vested.core.viewer import viewer_for
from vested.skills.actions import keep_snapshot
from vested.skills.models import Demand, Source
from vested.skills.queries.gaps.cuts import By, cut
from vested.skills.queries.gaps.needs import needs
from vested.skills.queries.gaps.people import people_behind
from vested.skills.queries.gaps.taken import take

NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)


@pytest.fixture
def counted(office: Office, room: Room) -> Room:
    with acting(office.viewer("cdo")):
        sources = [Source.objects.create(sector=office.sector, code=code, title=code) for code in ("Maps", "Forms")]
        for source, unit, level, people in (
            (sources[0], office.north, 4, 10),
            (sources[0], None, 4, 4),
            (sources[1], office.south, 1, 1),
        ):
            Demand.objects.create(
                sector=office.sector, source=source, skill=room.data, unit=unit, level=level, people=people, by_period=2
            )
        keep_snapshot(by=office.viewer("cdo"), taken=take(), at=NOON)
    return room


@pytest.mark.parametrize("by", By)
def test_behind_each_figure_are_the_people_it_counted(office: Office, counted: Room, by: By) -> None:  # noqa: ARG001 - it is what is counted
    viewer = office.viewer("cdo")
    with acting(viewer):
        found = cut(viewer, by=by, unit=None, family=None, role=None)
        assert found
        compared = 0
        for r, row in enumerate(found.rows):
            assert row.what
            where = {"unit": None, "family": None, "role": None, by.value: row.what}
            for s, skill in enumerate(found.skills):
                behind = people_behind(viewer, skill=skill, itself=False, **where)  # type: ignore[arg-type]  # by name
                assert behind.filter(short__gt=0).count() == found.counted.below[r, s]
                assert sum(post.short for post in behind) == found.counted.short[r, s]
                compared += 1
        assert compared >= 4


def test_the_unit_itself_is_without_those_below(office: Office, counted: Room) -> None:
    viewer = office.viewer("cdo")
    with acting(viewer):
        Membership.objects.filter(person__posts__role=counted.clerk, unit=office.south).update(unit=office.ministry)
        for itself, people in ((True, 1), (False, 23)):
            rows = people_behind(
                viewer, skill=counted.data, unit=office.ministry, itself=itself, family=None, role=None
            )
            assert rows.count() == people


def test_the_page_lists_them_and_a_download_is_recorded(office: Office, counted: Room) -> None:
    client = signed_in(office, "cdo")
    url = f"/skills/gaps/people/?skill={counted.data.pk}&unit={office.north.pk}"
    html = client.get(url).content.decode()
    assert "20 people" in html
    assert "Who is asked for Working with data" in html
    assert "12 people" in client.get(f"{url}&who=below").content.decode()
    assert "8 people" in client.get(f"{url}&who=meets").content.decode()
    rows = b"".join(client.post(f"{url}&who=below", {"format": "csv"})).decode("utf-8-sig").splitlines()
    assert len(rows) == 13
    with acting(office.viewer("cdo")):
        event = Event.objects.order_by("number").last()
        assert event
        assert (event.kind, event.new["rows"]) == ("list.exported", 12)


def test_only_who_may_see_people_opens_a_figure(office: Office, other: Office, counted: Room) -> None:
    with acting(System("a test")):
        leader = office.people["neighbour"]
        Grant.objects.create(sector=office.sector, person=leader, role=Held.TOP_LEADER, since=NOON.date())
    url = f"/skills/gaps/people/?skill={counted.data.pk}"
    assert signed_in(office, "manager").get(f"{url}&unit={office.north.pk}").status_code == 200
    assert signed_in(office, "manager").get(f"{url}&unit={office.south.pk}").status_code == 403
    for who in ("neighbour", "auditor", "clerk"):
        assert signed_in(office, who).get(url).status_code == 403
    assert signed_in(other, "cdo").get(url).status_code == 404
    assert signed_in(office, "cdo").get("/skills/gaps/people/").status_code == 404
    with acting(System("a test")):
        viewer = viewer_for(leader, on=NOON.date())
    with acting(viewer), pytest.raises(NotAllowed):
        people_behind(viewer, skill=counted.data, unit=None, itself=False, family=None, role=None)


def test_needs_are_those_counted_by_hand(office: Office, counted: Room) -> None:  # noqa: ARG001 - it is what is counted
    viewer = office.viewer("cdo")
    with acting(viewer):
        found = needs(viewer, unit=None)
        assert found
        assert [(str(n.demand.source), n.demand.unit, n.demand.people, n.holders, n.missing) for n in found.needs] == [
            ("Forms", office.south, 1, 2, 0),
            ("Maps", office.north, 10, 4, 6),
            ("Maps", None, 4, 4, 0),
        ]
        below = needs(viewer, unit=office.north)
        assert below
        assert [need.demand.unit for need in below.needs] == [office.north]
    html = signed_in(office, "cdo").get("/skills/gaps/needs/").content.decode()
    assert "<h1>Initiatives miss 6 of the 15 people they need</h1>" in html


def test_who_may_not_see_people_is_told_only_what_is_asked(office: Office, counted: Room) -> None:  # noqa: ARG001 - as above
    with acting(System("a test")):
        leader = office.people["neighbour"]
        Grant.objects.create(sector=office.sector, person=leader, role=Held.TOP_LEADER, since=NOON.date())
    html = signed_in(office, "neighbour").get("/skills/gaps/needs/").content.decode()
    assert "People asked for" in html
    assert "Missing" not in html
    assert signed_in(office, "clerk").get("/skills/gaps/needs/").status_code == 403


def test_without_needs_the_page_says_so(office: Office, other: Office, room: Room) -> None:  # noqa: ARG001 - as above
    assert "No initiative asks for anybody here" in signed_in(office, "cdo").get("/skills/gaps/needs/").content.decode()
    assert "No initiative asks for anybody here" in signed_in(other, "cdo").get("/skills/gaps/needs/").content.decode()


@pytest.mark.parametrize("page", ["", "needs/"])
def test_the_figures_are_taken_as_they_are_shown(office: Office, counted: Room, page: str) -> None:  # noqa: ARG001 - as above
    client = signed_in(office, "cdo")
    rows = b"".join(client.get(f"/skills/gaps/{page}?format=csv")).decode("utf-8-sig").splitlines()
    assert len(rows) == 3
    assert "format=csv" in client.get(f"/skills/gaps/{page}").content.decode()


def test_the_rows_ask_few_questions(
    office: Office, counted: Room, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(office, "cdo")
    with django_assert_max_num_queries(12):
        client.get(f"/skills/gaps/people/?skill={counted.data.pk}&who=below")
    with django_assert_max_num_queries(12):
        client.get("/skills/gaps/needs/")
