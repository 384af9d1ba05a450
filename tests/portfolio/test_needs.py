"""Whom an initiative needs is said on its plan, changed and taken away, by who has it in hand; and by programs."""

from datetime import date
from typing import Any

import pytest

from tests.core.api.calls import send
from tests.core.offices import Office, signed_in
from tests.portfolio.test_initiative_pages import post
from tests.portfolio.undertaken import idea, through_stop
from tests.skills.pages import page
from tests.skills.rooms import Room, furnish
from vested.core.scope import System, acting
from vested.skills.models import Demand

SAID = {"skill": "DATA", "level": "4", "people": "3", "unit": "", "by_period": "2", "weight": "1"}
WRONG = (
    ({"skill": "nothing such"}, "Nobody and nothing is found"),
    ({"level": "0"}, "above 0 and no higher than 8"),
    ({"level": "8.5"}, "above 0 and no higher than 8"),
    ({"level": "x"}, "Write a number"),
    ({"people": "0"}, "Say 1 at least"),
    ({"by_period": "0"}, "Say 1 at least"),
    ({"weight": "-1"}, "greater than or equal to 0"),
    ({"unit": "999999"}, "Select a valid choice"),
)  # fmt: skip


@pytest.fixture
def room(office: Office) -> Room:
    return furnish(office, north=1, south=1)


def kept() -> list[dict[str, Any]]:
    with acting(System("a test")):
        return [{**row} for row in Demand.objects.order_by("pk").values()]


def told(pk: int) -> dict[str, Any]:
    with acting(System("a test")):
        rows = Demand.objects.values("skill__code", "level", "people", "unit", "by_period", "weight", "due_on")
        return {**rows.get(pk=pk)}


@pytest.mark.usefixtures("room")
def test_it_is_said_changed_and_taken_away_on_pages(office: Office, other: Office) -> None:
    one = idea(office)
    plan, new = f"/portfolio/{one.pk}/plan/", f"/portfolio/{one.pk}/plan/need/"
    assert "so no plan trains for it" in page(office, "clerk", plan)
    assert new not in page(office, "neighbour", plan)
    assert f"{plan}#needs-h" in page(office, "clerk", f"/initiatives/{one.source_id}/")
    assert f"{plan}#needs-h" not in page(office, "neighbour", f"/initiatives/{one.source_id}/")
    for wrong, words in WRONG:
        html = post(office, "clerk", new, SAID | wrong, 422)
        assert words in html, wrong
        assert 'value="3"' in html or "people" in wrong  # what was typed stays
    assert kept() == []
    post(office, "clerk", new, SAID)
    assert "already. Change that need instead." in post(office, "manager", new, SAID | {"level": "2"}, 422)
    post(office, "manager", new, SAID | {"unit": str(office.south.pk), "level": "2.5"})
    pk, below = (row["id"] for row in kept())
    change, remove = f"/portfolio/needs/{pk}/change/", f"/portfolio/needs/{pk}/remove/"
    html = page(office, "clerk", plan)
    assert "3 people at level 4" in html
    assert "by the end of period 2" in html
    assert change in html
    assert remove in html
    before = kept()
    for url in (new, change, remove):
        post(office, "neighbour", url, SAID, 403)
        post(other, "cdo", url, SAID, 404)
    page(office, "auditor", change, 403)
    page(other, "cdo", remove, 404)
    assert change not in page(office, "neighbour", plan)
    post(office, "clerk", change, SAID | {"unit": str(office.south.pk)}, 422)
    assert "above 0 and no higher than 8" in post(office, "clerk", change, SAID | {"level": "9"}, 422)
    assert kept() == before
    assert 'value="DATA"' in page(office, "clerk", change)
    post(office, "clerk", change, SAID | {"skill": "law in", "people": "5"})
    assert told(pk) == {
        "skill__code": "LAW", "level": 4.0, "people": 5, "unit": None, "by_period": 2, "weight": 1.0, "due_on": None,
    }  # fmt: skip
    assert "5 people at level 4 of “Law in practice”" in page(office, "clerk", remove)
    post(office, "clerk", remove, {})
    page(office, "clerk", remove, 404)
    assert [row["id"] for row in kept()] == [below]
    history = page(office, "cdo", f"/portfolio/{one.pk}/")
    for words in (
        "Needs 3 at level 4 of “Working with data” in ours by the end of period 2",
        "Needs 5 at level 4 of “Law in practice” in ours by the end of period 2, before 3 at level 4",
        "Does not need 5 at level 4 of “Law in practice” in ours any more",
    ):
        assert words in history


def test_a_need_keeps_its_day_until_its_period_changes_and_a_closed_initiative_keeps_its_needs(
    office: Office, room: Room
) -> None:
    one, day = idea(office), date(2027, 3, 31)
    with acting(System("a test")):
        first, second = (  # files may ask for one skill twice
            Demand.objects.create(
                sector=office.sector, source=one.source, skill=room.data, level=level, people=1, by_period=2, due_on=day
            ).pk
            for level in (2, 3)
        )
    change, said = f"/portfolio/needs/{first}/change/", SAID | {"level": "2"}
    post(office, "clerk", change, said | {"people": "7"})
    assert (told(first)["people"], told(first)["due_on"]) == (7, day)
    assert "already" in post(office, "clerk", change, said | {"level": "3"}, 422)
    post(office, "clerk", change, said | {"by_period": "3"})
    assert (told(first)["due_on"], told(second)["due_on"]) == (None, day)
    through_stop(office, one)
    before = kept()
    for url in (change, f"/portfolio/needs/{first}/remove/", f"/portfolio/{one.pk}/plan/need/"):
        assert "It was closed already" in post(office, "clerk", url, said | {"skill": "LAW"}, 422)
    assert "Say whom it needs" not in page(office, "clerk", f"/portfolio/{one.pk}/plan/")
    assert kept() == before


@pytest.mark.parametrize("language", ["en", "da"])
def test_programs_say_it_as_pages_do(office: Office, other: Office, room: Room, language: str) -> None:
    one = idea(office)
    here, client, words = (
        f"/api/v1/initiatives/{one.pk}/demands",
        signed_in(office, "clerk"),
        {"Accept_Language": language},
    )
    said = {"skill": "DATA", "level": 2.5, "people": 3, "by_period": 2}
    made = send(client, "post", here, said, **words).json()
    assert (made["skill"], made["level"], made["unit"], made["weight"]) == (room.data.pk, 2.5, None, 1.0)
    there = f"/api/v1/demands/{made['id']}"
    for wrong in ({"level": 0}, {"level": 9}, {"people": 0}, {"skill": "NONE"}, {"unit": 999_999}, {}):
        assert send(client, "post", here, said | wrong).status_code == 422
    before = kept()
    for method, url in (("post", here), ("post", f"{there}/change"), ("post", f"{there}/remove")):
        assert send(signed_in(office, "neighbour"), method, url, said | {"skill": "LAW"}).status_code == 403
        assert send(signed_in(other, "cdo"), method, url, said).status_code == 404
    assert signed_in(other, "cdo").get(here).status_code == 404
    assert kept() == before
    changed = send(client, "post", f"{there}/change", said | {"unit": office.south.pk, "weight": 0.5}, **words).json()
    assert (changed["unit"], changed["weight"]) == (office.south.pk, 0.5)
    assert client.get(here).json()["items"] == [changed]
    assert send(client, "post", f"{there}/remove").status_code == 204
    assert send(client, "post", f"{there}/remove").status_code == 404
    assert kept() == []
