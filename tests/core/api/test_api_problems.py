"""Whatever goes wrong is a problem, and each kind is explained where its type leads."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.core.api.calls import CALLS, SCHEMA, is_problem, send
from tests.core.offices import Office, signed_in
from vested.core.problems import KINDS


@pytest.mark.django_db
def test_what_is_not_there_is_missing_for_everybody_alike(office: Office) -> None:
    for client in (Client(), signed_in(office, "cdo")):
        for path in ("", "nothing", "units/", "units/x/y"):
            is_problem(client.get(f"/api/v1/{path}"), 404, "not-found")
    assert Client().get("/nothing/").headers["Content-Type"].startswith("text/html")


@pytest.mark.django_db
def test_a_body_that_is_none_is_named(office: Office) -> None:
    client = signed_in(office, "cdo")
    url = f"/api/v1/units/{office.north.pk}/rename"
    headers = {"If-Match": "*"}
    broken = client.generic("POST", url, "{", content_type="application/json", headers=headers)
    is_problem(broken, 400, "not-understood")
    long = client.generic("POST", url, "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), headers=headers)
    assert long.status_code in {400, 413}
    assert is_problem(long, long.status_code, "too-large" if long.status_code == 413 else "not-understood")


@pytest.mark.django_db
@pytest.mark.parametrize("body", [{}, {"name": None}, {"name": 3}, {"name": ""}, {"name": "x" * 201}, {"name": "\0"}])
def test_each_part_that_is_wrong_has_its_pointer(office: Office, body: dict[str, Any]) -> None:
    answer = send(signed_in(office, "cdo"), "post", f"/api/v1/units/{office.north.pk}/rename", body, If_Match="*")
    errors = is_problem(answer, 422, "invalid")["errors"]
    assert [error["pointer"] for error in errors] == ["#/name"]
    assert errors[0]["detail"]


@pytest.mark.django_db
def test_a_filter_that_is_wrong_is_refused_as_on_the_page(office: Office, other: Office) -> None:
    client = signed_in(office, "cdo")
    for query in ("kind=village", f"below={other.north.pk}", "below=x"):
        errors = is_problem(client.get(f"/api/v1/units?{query}"), 422, "invalid")["errors"]
        assert [error["parameter"] for error in errors] == [query.partition("=")[0]]
    found = client.get("/api/v1/units", {"below": str(office.north.pk), "kind": "agency", "name": "NÖRTH"}).json()
    assert [row["id"] for row in found["items"]] == [office.north.pk]


@pytest.mark.django_db
def test_problems_speak_the_callers_language(office: Office) -> None:
    answer = send(signed_in(office, "cdo"), "get", "/api/v1/units/999999", Accept_Language="da")
    assert answer.headers["Content-Language"] == "da"
    is_problem(answer, 404, "not-found")


@pytest.mark.django_db
def test_a_mistake_of_ours_says_nothing_of_itself(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_given: object) -> None:
        raise ValueError("a detail nobody should see")

    monkeypatch.setattr("vested.core.api.units.units_listed", breaks)
    client = signed_in(office, "cdo")
    client.raise_request_exception = False
    said = is_problem(client.get("/api/v1/units"), 500, "broken")
    assert "nobody should see" not in str(said)


@pytest.mark.django_db
def test_the_page_explains_every_operation_and_every_kind_of_problem(office: Office) -> None:
    for client in (Client(), signed_in(office, "clerk")):
        answer = client.get("/api/v1/docs")
        page = answer.content.decode()
        ids = set(re.findall(r'\bid="([^"]+)"', page))
        assert {name for name, _title, _advice in KINDS.values()} <= ids
        assert set(CALLS) <= ids
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son\w+=", page)
    assert "Make a token" in page


@pytest.mark.django_db
def test_the_description_is_open_and_complete() -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    found = answer.json()
    assert found["openapi"].startswith("3.1")
    assert found["paths"].keys() == SCHEMA["paths"].keys()
    names = set(re.findall(r'"#/components/schemas/([^"]+)"', answer.content.decode()))
    assert names <= set(found["components"]["schemas"])
    for methods in found["paths"].values():
        for one in methods.values():
            assert one["summary"].endswith(".")
            assert one["security"] == [{"ByToken": []}, {"BySession": []}]
            assert "application/problem+json" in one["responses"]["default"]["content"]
