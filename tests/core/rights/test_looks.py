"""Who looked at whose data: kept once a day and kind, told only to whom was looked at, never in the way of reading."""

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.core.offices import Office, given, make_office, signed_in
from vested.core.actions import create_token
from vested.core.jobs import run
from vested.core.looks import What, keep_looks, seen, shown
from vested.core.models import Job, Look, Person
from vested.core.scope import System, acting


def looks(office: Office) -> list[tuple[str, str, str]]:
    """Who was looked at, by whom, and what was seen."""
    with acting(System("a test")):
        rows = Look.objects.filter(sector=office.sector).select_related("person", "by").order_by("pk")
        return [(row.person.code, row.by.code if row.by else "", row.what) for row in rows]


def test_who_opens_a_persons_page_is_kept_once_a_day(office: Office) -> None:
    client = signed_in(office, "manager")
    address = f"/people/{office.people['clerk'].pk}/"
    for _ in range(3):
        assert client.get(address).status_code == 200
    assert looks(office) == [("clerk", "manager", "page")]


def test_ones_own_page_and_what_does_not_exist_are_not(office: Office, other: Office) -> None:
    pk = office.people["clerk"].pk
    assert signed_in(office, "clerk").get(f"/people/{pk}/").status_code == 200
    assert signed_in(office, "neighbour").get(f"/people/{pk}/").status_code == 404
    assert signed_in(other, "cdo").get(f"/people/{pk}/").status_code == 404
    assert Client().get(f"/people/{pk}/").status_code == 302
    assert looks(office) == looks(other) == []


def test_a_list_a_download_a_search_and_the_api_are_kept(office: Office) -> None:
    client = signed_in(office, "cdo")
    everybody = {"auditor", "manager", "clerk", "neighbour"}
    client.get("/search/?q=neighbour")
    assert looks(office) == [("neighbour", "cdo", "list")]
    client.get("/people/")
    assert {who for who, _by, what in looks(office) if what == "list"} == everybody
    given(client.post("/people/", {"format": "csv"}))
    assert {who for who, _by, what in looks(office) if what == "file"} == everybody
    with acting(System("look anew")):
        Look.objects.all().delete()
    viewer = office.viewer("cdo")
    with acting(viewer):
        _token, secret = create_token(by=viewer, name="x", days=30, read_only=True, at=timezone.now())
    answer = Client().get(f"/api/v1/people/{office.people['clerk'].pk}", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200
    assert looks(office) == [("clerk", "cdo", "page")]


def test_it_costs_one_statement_after_the_answer(office: Office) -> None:
    client = signed_in(office, "cdo")
    with CaptureQueriesContext(connection) as first:
        client.get("/people/")
    with CaptureQueriesContext(connection) as again:
        client.get("/people/")
    for captured in (first, again):
        said = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
        assert [at for at, sql in enumerate(said) if "core_look" in sql] == [len(said) - 1]
    assert len(looks(office)) == 4


def test_only_who_was_looked_at_reads_it(office: Office, other: Office) -> None:
    signed_in(office, "manager").get(f"/people/{office.people['clerk'].pk}/")
    pages = {who: signed_in(office, who).get("/me/data/").content.decode() for who in ("clerk", "cdo", "manager")}
    assert "manager of ours" in pages["clerk"]
    assert "Your page" in pages["clerk"]
    for who in ("cdo", "manager"):
        assert "Nobody but you has looked at your data" in pages[who]
    assert "Nobody but you" in signed_in(other, "clerk").get("/me/data/").content.decode()


def test_what_is_seen_outside_a_request_is_nothing(office: Office) -> None:
    with acting(office.viewer("cdo")):
        seen([office.people["clerk"].pk], What.PAGE)
        assert shown(list(Person.objects.all()))
    assert looks(office) == []


def test_what_is_refused_is_not_kept(office: Office) -> None:
    def refuse(_request: HttpRequest) -> HttpResponse:
        seen([office.people["clerk"].pk], What.PAGE)
        return HttpResponse(status=403)

    request = HttpRequest()
    request.viewer = office.viewer("cdo")  # type: ignore[attr-defined]  # as the middleware does
    assert keep_looks(refuse)(request).status_code == 403
    assert looks(office) == []


@pytest.mark.parametrize("who", ["clerk", "cdo"])
def test_my_data_takes_few_questions(office: Office, who: str) -> None:
    with acting(System("a test")):
        clerk = office.people[who]
        people = Person.objects.bulk_create(
            [Person(sector=office.sector, code=f"p{number}", name=f"P {number}") for number in range(60)]
        )
        rows = [Look(sector=office.sector, person=clerk, by=by, what="list", on=timezone.localdate()) for by in people]
        Look.objects.bulk_create(rows)
    client = signed_in(office, who)
    with CaptureQueriesContext(connection) as captured:
        page = client.get("/me/data/").content.decode()
    assert page.count("A list you are in") == 50
    assert "?page=2" in page
    assert len(captured) <= 12


@pytest.mark.django_db(transaction=True)
def test_whoever_is_erased_meanwhile_breaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    office = make_office("ours")

    def answer(_request: HttpRequest) -> HttpResponse:
        seen([10**9], What.PAGE)
        return HttpResponse("x")

    request, viewer = HttpRequest(), office.viewer("cdo")
    request.viewer = viewer  # type: ignore[attr-defined]  # as the middleware does
    with acting(viewer):
        assert keep_looks(answer)(request).status_code == 200
    assert "was not kept" in caplog.text
    assert looks(office) == []


def test_who_takes_everything_is_seen_by_everybody(office: Office) -> None:
    client, everybody = signed_in(office, "cdo"), {"auditor", "manager", "clerk", "neighbour"}
    answer = client.post("/exports/")
    with acting(System("a test")):
        job = Job.objects.latest("pk")
    assert answer.status_code == 302
    run(job.pk)
    assert given(client.get(f"/exports/{job.pk}/"))
    assert {who for who, _by, what in looks(office) if what == "file"} == everybody
