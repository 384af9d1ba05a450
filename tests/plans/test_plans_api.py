"""Scenarios for programs: made, changed, solved, talked about and compared as on the pages."""

import json
from typing import Any

import pytest

from tests.core.api.calls import is_problem, send
from tests.core.offices import Office, signed_in
from tests.plans.rooms import ask, fill, ready_plan
from tests.plans.sectors import random_sector
from vested.core.models import Job
from vested.core.scope import acting
from vested.plans.asked import Asked
from vested.plans.models import Plan, Scenario

pytestmark = pytest.mark.django_db

BASE = "/api/v1/scenarios"
SECTOR = random_sector(3, people=30)


def said(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    return json.loads(answer.content)


def only(office: Office) -> Scenario:
    with acting(office.viewer("cdo")):
        return Scenario.objects.get()


def test_one_is_made_with_what_is_given_and_the_rest_as_usual(office: Office) -> None:
    fill(office, SECTOR)
    body = {"name": "Mine", "asked": {"money": 0.8, "initiatives": {"I1": 0}, "without_units": ["T1"]}}
    made = said(send(signed_in(office, "cdo"), "post", BASE, body), 201)
    assert made["asked"]["money"] == 0.8
    assert only(office).settings == Asked(money=0.8, initiatives={"I1": 0.0}, without_units=("T1",))
    plain = said(send(signed_in(office, "cdo"), "post", BASE, {"name": "Plain"}), 201)
    assert plain["asked"]["fairness"] == 0.3


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"without_units": ["NOWHERE"]}, "without_units: NOWHERE"),
        ({"without_courses": ["C0", "C99"]}, "without_courses: C99"),
        ({"initiatives": {"I9": 1}}, "initiatives: I9"),
        ({"families": {"Nobody": 1}}, "families: Nobody"),
        ({"budgets": {"\0": 1}}, "budgets: "),
        ({"budgets": {"": -1}}, "must be from 0"),
        ({"initiatives": {"I1": 101}}, "must be from 0"),
    ],
)
def test_what_the_sector_does_not_have_is_refused(office: Office, asked: dict[str, Any], words: str) -> None:
    fill(office, SECTOR)
    answer = send(signed_in(office, "cdo"), "post", BASE, {"name": "Mine", "asked": asked})
    assert words in is_problem(answer, 422, "invalid")["detail"]
    with acting(office.viewer("cdo")):
        assert not Scenario.objects.exists()


def test_a_change_needs_the_version_and_leaves_what_is_not_given(office: Office) -> None:
    fill(office, SECTOR)
    scenario, client = ask(office), signed_in(office, "cdo")
    url = f"{BASE}/{scenario.pk}"
    tag = client.get(url).headers["ETag"]
    is_problem(send(client, "post", f"{url}/change", {"name": "New"}), 428, "version-needed")
    said(send(client, "post", f"{url}/change", {"name": "New", "asked": {"fairness": 0.5}}, If_Match=tag))
    changed = only(office)
    assert (changed.name, changed.settings.fairness, changed.settings.seconds) == ("New", 0.5, 2)
    stale = is_problem(send(client, "post", f"{url}/change", {"name": "Old"}, If_Match=tag), 412, "changed-meanwhile")
    assert stale["current"]["name"] == "New"


def test_solving_answers_with_the_job(office: Office) -> None:
    fill(office, SECTOR)
    scenario, client = ask(office), signed_in(office, "cdo")
    job = said(send(client, "post", f"{BASE}/{scenario.pk}/solve"), 202)
    assert job["kind"] == "plans.solve"
    with acting(office.viewer("cdo")):
        assert Job.objects.get(pk=job["id"]).args == {"pk": Plan.objects.get().pk}
    is_problem(send(client, "post", f"{BASE}/{scenario.pk}/solve"), 422, "invalid")


def test_a_copy_sharing_removing_and_talk(office: Office, other: Office) -> None:
    fill(office, SECTOR)
    scenario, client = ask(office), signed_in(office, "cdo")
    url = f"{BASE}/{scenario.pk}"
    copy = said(send(client, "post", f"{url}/copy", {"name": "Less", "money": 0.8}), 201)
    assert (copy["copied_from"], copy["asked"]["money"]) == (scenario.pk, 0.8)
    assert not said(send(client, "post", f"{url}/share", {"shared": False}, If_Match="*"))["shared"]
    assert said(send(signed_in(office, "auditor"), "get", BASE))["count"] == 1
    talk = said(send(client, "post", f"{url}/comments", {"words": "So be it"}), 201)
    assert said(client.get(f"{url}/comments"))["items"] == [talk]
    is_problem(send(signed_in(other, "cdo"), "post", f"{url}/comments", {"words": "x"}), 404, "not-found")
    assert send(client, "post", f"{url}/remove", If_Match="*").status_code == 204
    assert said(client.get(BASE))["count"] == 1


def test_the_list_and_the_comparison_say_what_the_pages_say(office: Office) -> None:
    fill(office, SECTOR)
    one, two = ready_plan(office, ask(office, name="One")), ready_plan(office, ask(office, name="Two"), money=0.3)
    client = signed_in(office, "auditor")
    rows = said(client.get(f"{BASE}?sort=-share"))["items"]
    assert [(row["name"], row["state"], row["stale"], row["plan"]) for row in rows] == [
        ("One", "solved", False, one.pk),
        ("Two", "solved", False, two.pk),
    ]
    assert rows[0]["share"] == pytest.approx(one.figures["closed"] / one.figures["gap"])
    url = f"{BASE}/{one.scenario.pk}/compared?other={two.scenario.pk}"
    found = said(client.get(url))
    assert found["losers"] == found["gainers"] == []
    assert any(row["hidden"] and row["one"] is None for row in found["initiatives"])
    officer = said(signed_in(office, "cdo").get(url))
    assert len(officer["losers"]) == officer["lose"] > officer["gain"]
    assert officer["same"] + officer["gone"] == one.figures["places"]
    assert {found[name] for name, count in officer.items() if name in {"moved", "lose", "gain"} and 0 < count < 5} == {
        None
    }
    assert not any(row["hidden"] for row in officer["initiatives"])
    alone = ask(office, name="Alone")
    answer = signed_in(office, "cdo").get(f"{BASE}/{one.scenario.pk}/compared?other={alone.pk}")
    assert "no solved plan yet" in is_problem(answer, 422, "invalid")["detail"]
