"""Units: who sees and changes them, and that moving one keeps every path right."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.core.offices import DAY, Office, make_office, signed_in
from vested.core import timeline
from vested.core.actions import end_unit, move_unit, rename_unit
from vested.core.errors import Invalid, NotAllowed
from vested.core.history import erase, record
from vested.core.models import Event, Grant, Membership, Person, Unit, UnitMove
from vested.core.permissions import Role
from vested.core.scope import System, acting

LATER = DAY + timedelta(days=30)


def version(unit: Unit) -> int:
    """The one somebody reads who opens the form now."""
    with acting(System("a test")):
        return Unit.objects.get(pk=unit.pk).version


def below(office: Office, parent: Unit, name: str) -> Unit:
    with acting(System("a test")):
        unit = Unit.objects.create(sector=office.sector, code=name, name=name, kind=Unit.Kind.TEAM, parent=parent)
        unit.path = f"{parent.path}{unit.pk}/"
        unit.save()
        return unit


@pytest.mark.django_db
def test_a_unit_gets_another_name_and_keeps_the_old_in_its_history(office: Office) -> None:
    cdo = office.viewer("cdo")
    with acting(cdo):
        rename_unit(by=cdo, unit=office.north, name="Harbours", version=version(office.north))
        assert Unit.objects.get(pk=office.north.pk).name == "Harbours"
        event = Event.objects.get(kind="unit.renamed")
        assert (event.old, event.new) == ({"name": "ours north"}, {"name": "Harbours"})


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["manager", "clerk", "auditor", "other"])
def test_who_may_not_change_units_changes_none(office: Office, other: Office, name: str) -> None:
    viewer = other.viewer("cdo") if name == "other" else office.viewer(name)
    with acting(viewer):
        with pytest.raises(NotAllowed):
            rename_unit(by=viewer, unit=office.north, name="x", version=version(office.north))
        with pytest.raises((NotAllowed, Unit.DoesNotExist)):
            move_unit(by=viewer, unit=office.north, to=office.south, on=DAY, version=version(office.north))
        with pytest.raises((NotAllowed, Unit.DoesNotExist)):
            end_unit(by=viewer, unit=office.north, on=DAY, version=version(office.north))
    with acting(System("a test")):
        assert not Event.objects.exists()
        assert Unit.objects.get(pk=office.north.pk).name == "ours north"


@pytest.mark.django_db
def test_a_unit_moves_with_all_below_and_remembers_where_it_was(office: Office) -> None:
    cdo = office.viewer("cdo")
    team = below(office, office.north, "team")
    with acting(cdo):
        moved = move_unit(by=cdo, unit=office.north, to=office.south, on=LATER, version=version(office.north))
        assert moved.path == f"{office.south.path}{moved.pk}/"
        assert Unit.objects.get(pk=team.pk).path == f"{moved.path}{team.pk}/"
        assert [(move.left, move.moved_on) for move in UnitMove.objects.all()] == [(office.ministry, LATER)]
        top = move_unit(by=cdo, unit=office.north, to=None, on=LATER, version=version(office.north))
        assert (top.parent, top.path) == (None, f"/{top.pk}/")
        assert Unit.objects.get(pk=team.pk).path == f"/{top.pk}/{team.pk}/"
        newest = Event.objects.all().about(top)[0]
        assert (newest.old, newest.new) == ({"parent": "ours south"}, {"parent": "ours", "on": "2026-02-04"})


@pytest.mark.django_db
def test_a_unit_does_not_move_below_itself_nor_to_where_it_is_nor_under_one_that_ended(office: Office) -> None:
    cdo = office.viewer("cdo")
    team = below(office, office.north, "team")
    with acting(cdo):
        Membership.objects.filter(unit=office.south).update(until=DAY)
        end_unit(by=cdo, unit=office.south, on=DAY, version=version(office.south))
        for to in (office.north, team, office.ministry, office.south):
            with pytest.raises(Invalid) as refused:
                move_unit(by=cdo, unit=office.north, to=to, on=LATER, version=version(office.north))
            assert refused.value.field == "to"
        assert not UnitMove.objects.exists()


@pytest.mark.django_db
def test_who_may_change_one_unit_may_not_move_another_below_it(office: Office) -> None:
    with acting(System("a test")):
        Grant.objects.create(
            sector=office.sector, person=office.people["clerk"], role=Role.HR_OFFICER, unit=office.north, since=DAY
        )
    clerk, team = office.viewer("clerk"), below(office, office.north, "team")
    with acting(clerk):
        for unit, to in ((team, office.south), (team, None), (office.south, office.north)):
            with pytest.raises(NotAllowed):
                move_unit(by=clerk, unit=unit, to=to, on=LATER, version=version(unit))
        assert rename_unit(by=clerk, unit=team, name="Crew", version=version(team)).name == "Crew"


@pytest.mark.django_db
def test_a_unit_ends_only_when_it_is_empty(office: Office) -> None:
    cdo, team = office.viewer("cdo"), below(office, office.north, "team")
    with acting(cdo):
        with pytest.raises(Invalid, match="Units below"):
            end_unit(by=cdo, unit=office.north, on=LATER, version=version(office.north))
        end_unit(by=cdo, unit=team, on=LATER, version=version(team))
        with pytest.raises(Invalid, match="ended already"):
            end_unit(by=cdo, unit=team, on=LATER, version=version(team))
        with pytest.raises(Invalid, match="still work"):
            end_unit(by=cdo, unit=office.north, on=LATER, version=version(office.north))
        Membership.objects.filter(unit=office.north).update(until=DAY)
        assert end_unit(by=cdo, unit=office.north, on=LATER, version=version(office.north)).ended_on == LATER


class Moving(TestCase):
    """However units move, each path is the ids down to it, as parents say; a refused move changes nothing."""

    @settings(max_examples=25)
    @given(moves=st.lists(st.tuples(st.integers(0, 6), st.integers(-1, 6)), max_size=8))
    def test_paths_follow_parents(self, moves: list[tuple[int, int]]) -> None:
        office = make_office("ours")
        cdo = office.viewer("cdo")
        units = [office.ministry, office.north, office.south]
        units += [below(office, units[at % 3], f"team {at}") for at in range(4)]
        with acting(cdo):
            for which, where in moves:
                unit, to = units[which], units[where] if where >= 0 else None
                parents = dict(Unit.objects.values_list("pk", "parent"))
                wanted = parents | {unit.pk: to.pk if to else None}
                refused = wanted == parents or _down(wanted, unit.pk) is None
                try:
                    move_unit(by=cdo, unit=unit, to=to, on=DAY, version=version(unit))
                except Invalid:
                    assert refused
                else:
                    assert not refused
                    parents = wanted
                assert dict(Unit.objects.values_list("pk", "parent")) == parents
                for pk, path in Unit.objects.values_list("pk", "path"):
                    assert path == _down(parents, pk)


def _down(parents: dict[int, int | None], pk: int) -> str | None:
    """The slow way: climb to the top; None where one never gets there."""
    ids: list[int] = []
    here: int | None = pk
    while here is not None:
        if here in ids:
            return None
        ids.append(here)
        here = parents[here]
    return f"/{'/'.join(map(str, reversed(ids)))}/"


@pytest.mark.django_db
def test_the_list_counts_people_only_where_figures_are_seen(office: Office) -> None:
    for name, shown in (("cdo", ["2", "2", "1"]), ("manager", ["–", "2", "–"]), ("clerk", ["–", "–", "–"])):
        page = signed_in(office, name).get("/units/?sort=find").content.decode()
        cells = page.split('<td class="n" data-l="People">')[1:]
        assert [cell.partition("</td>")[0] for cell in cells] == shown


@pytest.mark.django_db
def test_units_of_another_sector_do_not_exist(office: Office, other: Office) -> None:
    client = signed_in(office, "cdo")
    assert "theirs" not in client.get("/units/").content.decode()
    for page in ("", "rename/", "move/", "end/"):
        assert client.get(f"/units/{other.north.pk}/{page}").status_code == 404
        assert client.post(f"/units/{other.north.pk}/{page}", {"name": "x"}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "people", "history", "change"),
    [
        ("cdo", True, True, True),
        ("manager", True, False, False),
        ("auditor", False, True, False),
        ("clerk",) + (False,) * 3,
    ],
)
def test_a_unit_s_page_shows_what_the_viewer_may_see(
    office: Office, name: str, *, people: bool, history: bool, change: bool
) -> None:
    page = signed_in(office, name).get(f"/units/{office.north.pk}/").content.decode()
    assert ("manager of ours</a>" in page) == people
    assert ("Your role does not let you see who works here" in page) != people
    assert ("Nothing is recorded yet" in page) == history
    assert ("/rename/" in page) == change
    for verb in ("rename", "move", "end"):
        url = f"/units/{office.north.pk}/{verb}/"
        shown, done = signed_in(office, name).get(url), signed_in(office, name).post(url)
        assert (shown.status_code, done.status_code == 403) == ((200, False) if change else (403, True))
        assert ("<h1>This page is not for your role</h1>" in shown.content.decode()) != change
        assert ("<h1>You may see this, but not do it</h1>" in done.content.decode()) != change


@pytest.mark.django_db
def test_a_unit_is_renamed_moved_and_ended_on_its_pages(office: Office) -> None:
    client, team = signed_in(office, "cdo"), below(office, office.north, "team")
    url = f"/units/{team.pk}/"
    empty = client.post(f"{url}rename/", {"name": "", "version": 1})
    assert empty.status_code == 422
    assert "Give the unit a name" in empty.content.decode()
    assert client.post(f"{url}rename/", {"name": "Crew", "version": 1})["location"] == url
    assert client.post(f"{url}move/", {"to": office.south.pk, "version": 2})["location"] == url
    again = client.post(f"{url}move/", {"to": office.south.pk, "version": 3})
    assert "is there already" in again.content.decode()
    assert "cannot be undone" in client.get(f"{url}end/").content.decode()
    assert client.post(f"{url}end/", {"version": 3})["location"] == url
    assert client.post(f"{url}end/", {"version": 4}).status_code == 422
    page = client.get(url).content.decode()
    for words in (
        "Renamed from “team” to “Crew”",
        "Moved from ours north to ours south",
        "Ended on",
        "By cdo of ours.",
    ):
        assert words in page


@pytest.mark.django_db
def test_history_tells_what_rooms_taught_it_and_stays_silent_of_what_is_erased(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    cdo = office.viewer("cdo")
    monkeypatch.setattr("vested.core.timeline._words", {**timeline._words})
    timeline.register("unit.counted", "Counted: %(people)s")
    with acting(cdo), transaction.atomic():
        erase([(record("unit.counted", by=cdo, on=office.north, new={"people": 2}), {})], by=cdo)
        record("unit.counted", by=cdo, on=office.north, new={"people": 3})
        record("unit.painted", by=cdo, on=office.north)
    page = signed_in(office, "cdo").get(f"/units/{office.north.pk}/").content.decode()
    assert page.index("unit.painted") < page.index("Counted: 3") < page.index("Counted: …")
    assert page.count("By cdo of ours.") == 2


@pytest.mark.django_db
def test_a_long_list_and_a_full_page_take_few_questions(office: Office, django_assert_max_num_queries: Any) -> None:
    for number in range(60):
        below(office, office.north, f"team {number}")
    with acting(System("a test")):
        for number in range(60):
            person = Person.objects.create(sector=office.sector, code=f"p{number}", name="Nobody")
            Membership.objects.create(sector=office.sector, person=person, unit=office.north, since=DAY)
    client = signed_in(office, "cdo")
    with django_assert_max_num_queries(9):
        client.get(f"/units/?below={office.north.pk}&page=2")
    with django_assert_max_num_queries(16):  # one keeps who looked; rooms with panels there ask six
        client.get(f"/units/{office.north.pk}/")


@pytest.mark.django_db
def test_the_list_downloads_what_it_shows(office: Office) -> None:
    answer = signed_in(office, "manager").post("/units/?name=NORTH", {"format": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a file
    assert text.splitlines() == ["Unit,Kind,Under,People", "ours north,Agency,ours ministry,2"]
