"""Programs plan an initiative as its pages do: modes, what it waits for, its handover, and the office's lines."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.core.api.calls import send
from tests.core.offices import Office, signed_in
from tests.portfolio.test_systems import system
from tests.portfolio.undertaken import idea, mode
from vested.core.scope import acting
from vested.portfolio.actions import name_pool

MODE = {"kind": "rollout", "quarters": 2, "benefit": 40.5, "costs": [50, 40.5], "scaling_owner": ""}


@pytest.mark.parametrize("language", ["en", "da", "fr"])
def test_a_way_is_said_and_chosen_in_any_language(office: Office, language: str) -> None:
    one, thing, cdo = idea(office), system(office), office.viewer("cdo")
    with acting(cdo):
        name_pool(by=cdo, code="DEV", name="ours people")
    client, here = signed_in(office, "clerk"), f"/api/v1/initiatives/{one.pk}"
    said = {**MODE, "crews": [{"pool": "DEV", "people": [1.5, 2]}], "blocks": ["LOGIN"]}
    made = send(client, "post", f"{here}/modes", said, Accept_Language=language).json()
    assert (made["costs"], made["cost"], made["chosen"]) == (["50.00", "40.50"], "90.50", False)
    assert (made["people"], made["systems"]) == ([{"pool": "DEV", "people": [1.5, 2.0]}], [thing.pk])
    chosen = send(client, "post", f"{here}/choose", {"mode": made["id"], "starts_on": "2027-01-01"}).json()
    assert chosen["chosen"]
    assert [row["kind"] for row in client.get(f"{here}/modes").json()["items"]] == ["rollout"]
    for wrong in (
        {"costs": [1, 2, 3]},
        {"crews": [{"pool": "NONE", "people": []}]},
        {"blocks": ["NONE"]},
        {"kind": "x"},
    ):
        assert send(client, "post", f"{here}/modes", {**MODE, **wrong}).status_code == 422
    other = mode(office, idea(office, "A2"))
    assert send(client, "post", f"{here}/choose", {"mode": other.pk, "starts_on": "2027-01-01"}).status_code == 422


def test_it_waits_and_is_handed_over(office: Office) -> None:
    one, first = idea(office), idea(office, "A2")
    client, here = signed_in(office, "clerk"), f"/api/v1/initiatives/{one.pk}"
    assert client.get(f"{here}/handover").json()["running_cost"] is None
    assert send(client, "post", f"{here}/waits", {"needs": "A2"}).json()["needs"] == first.pk
    assert send(client, "post", f"/api/v1/initiatives/{first.pk}/waits", {"needs": "A1"}).status_code == 422
    assert client.get(f"{here}/waits").json()["count"] == 1
    said = {"operator": "manager", "support": "ours desk", "running_cost": 12.5, "continuity": "ours", "skills": "ours"}
    assert send(client, "post", f"{here}/handover", said).status_code == 200
    assert client.get(f"{here}/handover").json()["running_cost"] == "12.50"
    assert client.get(f"{here}/handover").json()["operator"] == "manager of ours"


def test_who_may_not_on_pages_may_not_here(office: Office, other: Office) -> None:
    one = idea(office)
    here = f"/api/v1/initiatives/{one.pk}"
    for way, body in (("modes", MODE), ("waits", {"needs": "A1"}), ("handover", {"support": "x"})):
        for who in ("neighbour", "auditor"):
            assert send(signed_in(office, who), "post", f"{here}/{way}", body).status_code == 403
        assert send(signed_in(other, "cdo"), "post", f"{here}/{way}", body).status_code == 404
        assert signed_in(other, "cdo").get(f"{here}/{way}").status_code == 404


def test_lines_are_drawn_by_who_decides_and_read_them(office: Office) -> None:
    client, boss, url = signed_in(office, "manager"), signed_in(office, "cdo"), "/api/v1/thresholds"
    assert send(client, "post", url, {"watch": 0.2}, If_Match="*").status_code == 403
    assert send(boss, "post", url, {"watch": 0.2}).status_code == 428
    tag = boss.get(url)["ETag"]
    assert send(boss, "post", url, {"watch": 0.2}, If_Match=tag).json()["watch"] == 0.2
    assert send(boss, "post", url, {"watch": 0.25}, If_Match="*").json()["version"] == 2
    assert send(boss, "post", url, {"off": 0.1}, If_Match="*").status_code == 422
    assert send(boss, "post", url, {"off": 0.4}, If_Match=tag).status_code == 412
    assert client.get(url).json()["watch"] == 0.25


def test_more_modes_ask_no_more_questions(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one = idea(office)
    for kind in ("reuse", "pilot", "rollout"):
        mode(office, one, kind)
    client = signed_in(office, "clerk")
    with django_assert_max_num_queries(14):
        assert client.get(f"/api/v1/initiatives/{one.pk}/modes").json()["count"] == 3
