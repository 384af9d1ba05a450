"""Obstacles: anybody raises one, also of nobody; each has an owner and an answer by a day."""

import json
from datetime import timedelta

import pytest

from tests.core.offices import DAY, Office, signed_in
from tests.direction.promises import at, obstacle, top_leader
from tests.skills.pages import page, taken
from vested.core.errors import Invalid, NotAllowed
from vested.core.models import Event, Membership, Notification, Person
from vested.core.scope import System, acting
from vested.direction.actions import answer_obstacle, own_obstacle, remind_of_obstacles
from vested.direction.models import Obstacle
from vested.direction.queries.obstacles import counted


def crowd(office: Office, count: int) -> None:
    """More people in the north."""
    with acting(System("a test")):
        for number in range(count):
            person = Person.objects.create(sector=office.sector, code=f"x{number}", name=f"x{number}")
            Membership.objects.create(sector=office.sector, person=person, unit=office.north, since=DAY)


def answer(office: Office, of: Obstacle, who: str = "manager", outcome: str = "removed") -> Obstacle:
    viewer = office.viewer(who)
    with acting(viewer):
        return answer_obstacle(by=viewer, obstacle=of, outcome=outcome, answer="ours answer", at=at(DAY))


def test_who_leads_there_owns_it_and_is_told(office: Office) -> None:
    of = obstacle(office)
    assert (of.owner, of.raised_by) == (office.people["manager"], office.people["clerk"])
    assert of.answer_by == DAY + timedelta(days=30)
    with acting(System("a test")):
        assert [one.person.code for one in Notification.objects.filter(kind="obstacle.raised")] == ["manager"]
    top_leader(office)
    assert obstacle(office, unit=None).owner == office.people["neighbour"]


def test_without_a_name_nobody_is_stored_anywhere(office: Office) -> None:
    crowd(office, 5)
    of = obstacle(office, named=False)
    clerk = office.people["clerk"]
    with acting(System("a test")):
        row = Obstacle.objects.get(pk=of.pk)
        events = list(Event.objects.all().about(of))
        assert (row.raised_by, row.unit) == (None, office.north)
        assert [(one.by_id, one.by_name) for one in events] == [(None, "")]
        for one in (row, *events, *Notification.objects.all()):
            values = {field.name: str(getattr(one, field.attname)) for field in one._meta.concrete_fields}
            told = json.dumps({name: value for name, value in values.items() if name not in {"id", "subject_id"}})
            assert clerk.name not in told
            assert "clerk" not in told
    assert "somebody without a name" in page(office, "manager", f"/obstacles/{of.pk}/")
    page(office, "clerk", f"/obstacles/{of.pk}/", 404)  # it is nobody's, so not the clerk's either


def test_of_nobody_it_is_noted_where_nobody_can_be_guessed(office: Office) -> None:
    """Two work in the north, and five in the ministry with all below it."""
    assert obstacle(office, named=False).unit == office.ministry
    assert obstacle(office, named=True).unit == office.north
    with acting(System("a test")):
        Membership.objects.filter(person=office.people["neighbour"]).update(until=DAY)
    assert obstacle(office, named=False).unit is None


def test_who_sees_it_before_and_after_the_answer(office: Office, other: Office) -> None:
    of = obstacle(office)
    here = f"/obstacles/{of.pk}/"
    for who, seen in (("clerk", True), ("manager", True), ("cdo", True), ("auditor", True), ("neighbour", False)):
        page(office, who, here, 200 if seen else 404)
        assert ("ours rule" in page(office, who, "/obstacles/")) == seen
    answer(office, of)
    for who in ("clerk", "neighbour"):
        assert "ours answer" in page(office, who, here)
    assert "Raised by" not in page(office, "neighbour", here)
    assert "clerk of ours" in page(office, "manager", here)
    page(other, "cdo", here, 404)
    with acting(System("a test")):
        told = Notification.objects.get(kind="obstacle.answered")
        assert (told.person.code, told.body) == ("clerk", "ours answer")


def test_it_is_answered_once_by_its_owner_or_who_leads_there(office: Office, other: Office) -> None:
    of = obstacle(office)
    for who in ("clerk", "neighbour", "auditor"):
        with pytest.raises(NotAllowed):
            answer(office, of, who)
        viewer = office.viewer(who)
        with acting(viewer), pytest.raises(NotAllowed):
            own_obstacle(by=viewer, obstacle=of, owner=None, answer_by=DAY, at=at(DAY))
    stranger = other.viewer("cdo")
    with acting(stranger), pytest.raises(NotAllowed):
        answer_obstacle(by=stranger, obstacle=of, outcome="removed", answer="x", at=at(DAY))
    manager = office.viewer("manager")
    with acting(manager):
        held = own_obstacle(
            by=manager, obstacle=of, owner=office.people["neighbour"], answer_by=DAY + timedelta(days=3), at=at(DAY)
        )
        with pytest.raises(Invalid) as refused:
            own_obstacle(by=manager, obstacle=of, owner=None, answer_by=DAY - timedelta(days=1), at=at(DAY))
        assert refused.value.field == "answer_by"
        assert Notification.objects.filter(kind="obstacle.owned", person=office.people["neighbour"]).exists()
    assert held.owner == office.people["neighbour"]
    answered = answer(office, held, "neighbour", "explained")
    assert (answered.outcome, answered.answered_by) == ("explained", office.people["neighbour"])
    with pytest.raises(Invalid, match="answered already"):
        answer(office, of)
    with acting(manager):
        assert own_obstacle_again(office, of)


def own_obstacle_again(office: Office, of: Obstacle) -> bool:
    manager = office.viewer("manager")
    with pytest.raises(Invalid, match="answered already"):
        own_obstacle(by=manager, obstacle=of, owner=None, answer_by=DAY, at=at(DAY))
    return True


def test_the_owner_is_reminded_and_the_top_told(office: Office) -> None:
    top_leader(office)
    of = obstacle(office)
    cdo = office.viewer("cdo")
    seen = []
    with acting(cdo):
        Notification.objects.all().delete()
        for days in (22, 23, 24, 30, 31, 32, 60):
            count = remind_of_obstacles(by=cdo, at=at(DAY + timedelta(days=days)))
            told = sorted(one.person.code for one in Notification.objects.all())
            Notification.objects.all().delete()
            seen.append((days, count, told))
    assert [one for one in seen if one[1]] == [(23, 1, ["manager"]), (31, 1, ["manager", "neighbour"])]
    assert of.pk
    clerk = office.viewer("clerk")
    with acting(clerk), pytest.raises(NotAllowed):
        remind_of_obstacles(by=clerk, at=at(DAY))


def test_counts_are_hidden_where_few_people_work(office: Office) -> None:
    crowd(office, 3)  # five work in the north now, one in the south, two in the ministry itself
    obstacle(office)
    answer(office, obstacle(office))
    obstacle(office, unit=office.south)
    with acting(office.viewer("clerk")):
        rows = {one.unit: (one.open, one.removed, one.explained) for one in counted(office.viewer("clerk"))}
    assert rows == {
        "ours ministry": (None, None, None), "ours north": (1, 1, 0), "ours south": (None, None, None),
    }  # fmt: skip
    assert any(",hidden," in one for one in taken(signed_in(office, "clerk").get("/obstacles/counts/?format=csv")))
    html = page(office, "clerk", "/obstacles/counts/")
    assert html.count("hidden, fewer than 5 people") == 2


def test_it_is_raised_handed_on_and_answered_on_pages(office: Office) -> None:
    crowd(office, 5)
    clerk, manager = signed_in(office, "clerk"), signed_in(office, "manager")
    assert f'value="{office.north.pk}" selected' in clerk.get("/obstacles/new/").content.decode()
    answers = {"kind": "tool", "words": "ours no tool", "where": str(office.north.pk)}
    wrong = clerk.post("/obstacles/new/", answers)
    assert wrong.status_code == 422
    assert "ours no tool" in wrong.content.decode()
    assert clerk.post("/obstacles/new/", answers | {"named": "no"})["location"] == "/obstacles/"
    with acting(System("a test")):
        of = Obstacle.objects.get()
    assert of.raised_by is None
    here = f"/obstacles/{of.pk}/"
    assert "1 obstacle waits for an answer" in page(office, "manager", "/obstacles/")
    assert "No obstacle you may see waits" in page(office, "clerk", "/obstacles/")
    day = (at(DAY) + timedelta(days=5000)).date().isoformat()
    assert manager.post(f"{here}own/", {"owner": "nobody", "answer_by": day}).status_code == 422
    assert manager.post(f"{here}own/", {"owner": "cdo", "answer_by": day})["location"] == here
    assert manager.post(f"{here}answer/", {"outcome": "explained", "answer": ""}).status_code == 422
    assert manager.post(f"{here}answer/", {"outcome": "explained", "answer": "ours why"})["location"] == here
    assert "ours why" in page(office, "clerk", here)
    assert "ours no tool" in page(office, "clerk", "/obstacles/?state=explained&kind=tool")
    assert "ours no tool" not in page(office, "clerk", "/obstacles/?state=open")
    page(office, "clerk", f"{here}answer/", 404)
