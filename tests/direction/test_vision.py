"""The vision: versions stay, what it rests on ends openly, and who may write it."""

from datetime import date, timedelta

import pytest

from tests.core.offices import DAY, Office, signed_in
from tests.direction.aims import aim
from tests.skills.pages import page
from vested.core.errors import Invalid, NotAllowed
from vested.core.models import Event, Unit
from vested.core.navigation import stations_for
from vested.core.scope import System, acting
from vested.direction.actions import (
    add_future,
    add_need,
    end_future,
    end_need,
    note_retelling,
    say_meaning,
    write_vision,
)
from vested.direction.models import Future, Need, Vision
from vested.direction.queries.vision import resting_on, said_of

LATER = DAY + timedelta(days=40)


def test_each_version_stays_and_the_newest_counts(office: Office) -> None:
    aim(office)
    cdo = office.viewer("cdo")
    with acting(cdo):
        first = Vision.objects.get()
        second = write_vision(by=cdo, purpose="ours again", why="ours reason", on=LATER)
        assert (first.number, second.number) == (1, 2)
        told = Event.objects.all().about(second)[0]
        assert (told.old, told.new["purpose"]) == ({"purpose": "ours purpose"}, "ours again")
    for who in ("cdo", "clerk"):
        assert "ours again" in page(office, who, "/vision/")
        former = page(office, who, f"/vision/versions/{first.pk}/")
        assert "ours purpose" in former
        assert "From 5 January 2026 to 14 February 2026" in former
    assert "Since 14 February 2026, and now" in page(office, "clerk", f"/vision/versions/{second.pk}/")


def test_the_same_words_are_no_new_version_and_a_change_has_a_reason(office: Office) -> None:
    aim(office)
    cdo = office.viewer("cdo")
    with acting(cdo):
        for purpose, why, field in (("ours purpose", "x", "purpose"), ("other", "", "why")):
            with pytest.raises(Invalid) as refused:
                write_vision(by=cdo, purpose=purpose, why=why, on=LATER)
            assert refused.value.field == field


@pytest.mark.parametrize("who", ["manager", "clerk", "auditor", "other"])
def test_only_who_leads_the_sector_writes_it(office: Office, other: Office, who: str) -> None:
    aim(office)
    viewer = other.viewer("clerk") if who == "other" else office.viewer(who)
    with acting(System("a test")):
        future, need = Future.objects.get(), Need.objects.get()
    with acting(viewer):
        with pytest.raises(NotAllowed):
            write_vision(by=viewer, purpose="x", why="y", on=LATER)
        with pytest.raises(NotAllowed):
            add_future(by=viewer, title="x", year=2036, story="x", stays="", good_at="", on=LATER)
        with pytest.raises(NotAllowed):
            end_future(by=viewer, future=future, why="x", on=LATER)
        with pytest.raises(NotAllowed):
            add_need(by=viewer, group="x", words="x", evidence="x", evidence_on=DAY, on=LATER)
        with pytest.raises(NotAllowed):
            end_need(by=viewer, need=need, why="x", on=LATER)
    if who != "other":
        assert "Write it anew" not in page(office, who, "/vision/")


def test_what_it_rests_on_ends_once_and_stays_with_its_versions(office: Office) -> None:
    aim(office)
    cdo = office.viewer("cdo")
    with acting(cdo):
        future, need = Future.objects.get(), Need.objects.get()
        end_future(by=cdo, future=future, why="ours gone", on=LATER)
        end_need(by=cdo, need=need, why="ours met", on=LATER)
        with pytest.raises(Invalid, match="ended already"):
            end_future(by=cdo, future=future, why="x", on=LATER)
        with pytest.raises(Invalid, match="ended already"):
            end_need(by=cdo, need=need, why="x", on=LATER)
        assert resting_on(cdo, LATER - timedelta(days=1)).needs == [("ours users", [need])]
        after = resting_on(cdo, LATER)
        assert (after.futures, after.needs) == ([], [])
        with pytest.raises(Invalid) as refused:
            add_need(by=cdo, group="x", words="x", evidence="x", evidence_on=LATER, on=DAY)
        assert refused.value.field == "evidence_on"


def test_a_unit_says_what_it_means_and_said_before_stays(office: Office, other: Office) -> None:
    aim(office)
    manager, clerk = office.viewer("manager"), office.viewer("clerk")
    north = f"/units/{office.north.pk}/"
    assert "Nobody has said what the vision means" in page(office, "clerk", north)
    with acting(manager):
        say_meaning(by=manager, unit=office.north, words="ours first", on=DAY)
        say_meaning(by=manager, unit=office.north, words="ours second", on=LATER)
        with pytest.raises(NotAllowed):
            say_meaning(by=manager, unit=office.south, words="x", on=LATER)
        assert (said_of(manager, LATER).units, said_of(manager, LATER).said) == (3, 1)
    with acting(clerk), pytest.raises(NotAllowed):
        say_meaning(by=clerk, unit=office.north, words="x", on=LATER)
    html = page(office, "clerk", f"{north}meaning/")
    assert html.index("ours second") < html.index("What was said before") < html.index("ours first")
    assert "ours second" in page(office, "clerk", north)
    listed = page(office, "clerk", "/vision/meanings/")
    assert "1 of 3 units have said" in listed
    assert listed.count("not said yet") == 2
    assert page(office, "clerk", "/vision/meanings/?said=no").count("not said yet") == 2
    assert "ours second" not in page(office, "clerk", "/vision/meanings/?said=no&name=ours")
    page(other, "cdo", f"{north}meaning/", 404)


def test_what_is_old_is_a_year_old_or_from_before_the_vision(office: Office) -> None:
    aim(office)
    cdo = office.viewer("cdo")
    with acting(cdo):
        say_meaning(by=cdo, unit=office.north, words="ours", on=DAY)
        assert said_of(cdo, DAY + timedelta(days=364)).old == 0
        assert said_of(cdo, DAY + timedelta(days=365)).old == 1
        write_vision(by=cdo, purpose="ours again", why="because", on=LATER)
        assert said_of(cdo, LATER).old == 1
        Unit.objects.filter(pk=office.north.pk).update(ended_on=LATER)
        assert said_of(cdo, LATER).said == 0


def test_a_retelling_has_a_date_and_an_audience(office: Office) -> None:
    aim(office)
    manager = office.viewer("manager")
    with acting(manager):
        given = {"audience": "ours team", "heard": None, "words": "ours question"}
        note_retelling(by=manager, unit=office.north, told_on=LATER, today=LATER, **given)  # type: ignore[arg-type]  # as given
        with pytest.raises(Invalid) as refused:
            note_retelling(by=manager, unit=office.north, told_on=LATER, today=DAY, **given)  # type: ignore[arg-type]  # as given
        assert refused.value.field == "told_on"
        for unit in (None, office.south):
            with pytest.raises(NotAllowed):
                note_retelling(by=manager, unit=unit, told_on=DAY, today=DAY, **given)  # type: ignore[arg-type]  # as given
    html = page(office, "clerk", "/vision/retellings/")
    assert html.index("ours team") < html.index("ours leaders")
    assert "manager of ours" in html


@pytest.mark.parametrize(
    ("address", "answers", "leads"),
    [
        ("/vision/write/", {"purpose": "ours new", "why": "ours why"}, "/vision/"),
        ("/vision/futures/new/", {"title": "ours t", "year": "2036", "story": "s"}, "/vision/"),
        ("/vision/needs/new/", {"group": "g", "words": "w", "evidence": "e", "evidence_on": "2026-01-06"}, "/vision/"),
        ("/vision/retellings/new/", {"audience": "a", "told_on": "2026-01-06"}, "/vision/retellings/"),
    ],
)
def test_forms_ask_keep_what_was_typed_and_lead_on(
    office: Office, address: str, answers: dict[str, str], leads: str
) -> None:
    client = signed_in(office, "cdo")
    assert client.get(address).status_code == 200
    first, *rest = answers
    wrong = client.post(address, {name: answers[name] for name in rest})
    assert wrong.status_code == 422
    assert all(answers[name] in wrong.content.decode() for name in rest)
    assert client.post(address, answers)["location"] == leads
    assert first
    assert signed_in(office, "clerk").get(address).status_code == 403


def test_ending_is_asked_for_on_a_page(office: Office, other: Office) -> None:
    aim(office)
    with acting(System("a test")):
        future, need = Future.objects.get(), Need.objects.get()
    for address in (f"/vision/futures/{future.pk}/end/", f"/vision/needs/{need.pk}/end/"):
        assert signed_in(other, "cdo").get(address).status_code == 404
        assert signed_in(office, "cdo").post(address, {"why": ""}).status_code == 422
        assert signed_in(office, "cdo").post(address, {"why": "ours over"})["location"] == "/vision/"
    html = page(office, "cdo", "/vision/")
    assert "No future is recorded" in html
    assert "No need of any user is recorded" in html


def test_without_a_vision_the_page_says_what_to_do(office: Office) -> None:
    assert "Write the vision</a>" in page(office, "cdo", "/vision/")
    assert "The sector&#x27;s leaders can write it." in page(office, "clerk", "/vision/") or (
        "The sector's leaders can write it." in page(office, "clerk", "/vision/")
    )
    assert "has not been told again yet" in page(office, "clerk", "/vision/retellings/")
    answer = signed_in(office, "manager").post(f"/units/{office.north.pk}/meaning/say/", {"words": "ours own"})
    assert answer["location"] == f"/units/{office.north.pk}/meaning/"
    assert date.fromisoformat("2026-01-05") == DAY


def test_aim_leads_to_the_vision_and_what_is_outside_comes_last(office: Office) -> None:
    viewer = office.viewer("cdo")
    with acting(viewer):
        aim = next(one for one in stations_for(viewer, "/vision/") if one["station"] == "aim")
    names = [page["url"] for page in aim["pages"]]  # type: ignore[attr-defined]  # a list of pages
    assert aim["url"] == names[0] == "/vision/"
    assert names[-3:] == ["/counterparties/", "/hats/", "/agreements/"]
