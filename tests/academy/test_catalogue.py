"""The catalogue: everybody of the sector reads it, and finds what they look for."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils.translation import override

from tests.academy.catalogue import Catalogue
from tests.core.offices import Office, signed_in
from tests.skills.pages import page, taken
from tests.skills.rooms import Room
from vested.academy.languages import language
from vested.academy.models import Compulsory, Course, Outcome, Provider, Session
from vested.core.history import record
from vested.core.scope import System, acting
from vested.core.search import search

LISTS = ("/courses/", "/sessions/", "/providers/")


@pytest.mark.parametrize("who", ["cdo", "manager", "clerk"])
def test_everybody_in_the_sector_reads_it(office: Office, catalogue: Catalogue, who: str) -> None:
    for url in (*LISTS, f"/courses/{catalogue.first.pk}/"):
        assert "Données ouvertes" in page(office, who, url) or url == "/providers/"
    assert "Académie" in page(office, who, "/providers/")
    assert 'href="/courses/"' in page(office, who, "/")


def test_a_stranger_finds_none_of_it(other: Office, catalogue: Catalogue) -> None:
    page(other, "cdo", f"/courses/{catalogue.first.pk}/", 404)
    for url in LISTS:
        assert "Nothing is here yet" in page(other, "cdo", url)
        assert Client().get(url)["location"].startswith("/sign-in/")


def test_what_a_host_shares_is_in_every_sector_s_catalogue(office: Office, other: Office, catalogue: Catalogue) -> None:
    with acting(System("a test")):
        catalogue.first.shared = True
        catalogue.first.save()
        office.sector.currency = "GBP"
        office.sector.save()
    html = page(other, "clerk", "/courses/")
    assert "£120.50" in html  # the host's money
    assert 'data-l="Sessions">0</td>' in html  # each sector holds its own
    html = page(other, "clerk", f"/courses/{catalogue.first.pk}/")
    assert f"<dt>Shared by</dt><dd>{office.sector}</dd>" in html
    assert "Data in law" not in html
    with acting(System("a test")):
        catalogue.second.shared = True
        catalogue.first.shared = False
        catalogue.first.save()
        catalogue.second.save()
    assert "Données" not in page(other, "clerk", f"/courses/{catalogue.second.pk}/")
    assert "<dt>Shared by" not in page(office, "clerk", f"/courses/{catalogue.first.pk}/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"first", "second", "safety"}),
        ("name=DONNEES", {"first"}),
        ("name=c-2", {"second"}),
        ("provider={provider}", {"first"}),
        ("mode=online", {"first"}),
        ("language=da", {"second", "safety"}),
        ("skill={law}", {"second"}),
        ("compulsory=yes", {"second", "safety"}),
        ("compulsory=no", {"first"}),
        ("seats=yes", {"first"}),
        ("seats=no", {"second", "safety"}),
        ("provider=0", {"first", "second", "safety"}),
    ],
)
def test_courses_are_filtered(office: Office, room: Room, catalogue: Catalogue, query: str, found: set[str]) -> None:
    html = page(office, "clerk", f"/courses/?{query.format(provider=catalogue.provider.pk, law=room.law.pk)}")
    names = ("first", "second", "safety")
    assert {name for name in names if f'href="/courses/{getattr(catalogue, name).pk}/"' in html} == found
    assert ('role="alert"' in html) == (query == "provider=0")


def test_courses_show_what_they_take_and_how_many_can_come(office: Office, catalogue: Catalogue) -> None:
    html = page(office, "clerk", "/courses/?name=ouvertes")
    for cell in (
        "Académie</td>", "Online</td>", "French</td>", "7.5</td>", "€120.50</td>", 'data-l="Sessions">2</td>',
        "no limit</td>",
    ):  # fmt: skip
        assert cell in html
    html = page(office, "clerk", "/courses/?name=c-2")
    assert "€1,250</td>" in html
    assert 'data-l="Seats in all">–</td>' in html
    with acting(System("a test")):
        Session.objects.filter(seats=None).update(seats=30)
    assert 'data-l="Seats in all">42</td>' in page(office, "clerk", "/courses/?name=ouvertes")
    client = Client()
    client.force_login(office.user("clerk"))
    answer: Any = client.post(f"/courses/?provider={catalogue.provider.pk}", {"format": "csv"})
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert rows[1] == "Données ouvertes,Académie,Online,French,7.5,120.5,2,42"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"S-1", "S-2", "S-3"}),
        ("name=donnees", {"S-1", "S-2"}),
        ("course={safety}", {"S-3"}),
        ("period=1", {"S-2", "S-3"}),
        ("since=2026-04-13", {"S-1"}),
        ("since=2026-04-14", set()),
        ("mode=online", {"S-1", "S-2"}),
        ("seats=yes", {"S-1", "S-2"}),
        ("seats=no", {"S-3"}),
    ],
)
def test_sessions_are_filtered(office: Office, catalogue: Catalogue, query: str, found: set[str]) -> None:
    html = page(office, "clerk", f"/sessions/?{query.format(safety=catalogue.safety.pk)}")
    assert {code for code in ("S-1", "S-2", "S-3") if f">{code}</a></td>" in html} == found
    assert (f'href="/courses/{catalogue.first.pk}/"' in html) == bool(found & {"S-1", "S-2"})
    assert ("no limit</td>" in html) == ("S-2" in found)


def test_providers_lead_to_their_courses(office: Office, catalogue: Catalogue) -> None:
    html = page(office, "clerk", "/providers/?name=ACADEMIE")
    assert f'href="/courses/?provider={catalogue.provider.pk}">Académie</a>' in html
    assert 'data-l="Courses">1</td>' in html


def test_a_course_says_what_it_teaches_what_comes_around_it_and_when(
    office: Office, room: Room, catalogue: Catalogue
) -> None:
    html = page(office, "clerk", f"/courses/{catalogue.first.pk}/")
    assert "It leads to level 2 in Working with data. Hours: 7.5, cost a person: €120.50.</p>" in html
    assert f'<a href="/skills/{room.data.pk}/">Working with data</a>' in html
    assert "<b>0 to 2</b>" in html
    assert "Nothing has to be completed before it." in html
    assert f'It leads to:</p><ul class="v-lines" role="list"><li><a href="/courses/{catalogue.second.pk}/">' in html
    assert "Nobody: it is not compulsory." in html
    assert html.index("S-2") < html.index("S-1")  # period 1 comes first
    assert "13 April 2026" in html
    assert 'href="https://academy.example/c-1"' in html
    html = page(office, "clerk", f"/courses/{catalogue.second.pk}/")
    assert "It leads to level 3.5 in Working with data. It teaches 1 more skill. Hours: 14" in html
    assert 'x="57.14%" y="6" width="42.86%"' in html  # from 2 to 3.5, the furthest of all
    assert f'Before it: <a href="/courses/{catalogue.first.pk}/">' in html
    assert f'<a href="/roles/{room.clerk.pk}/">Clerk</a>' in html
    assert "No session is planned." in html
    html = page(office, "clerk", f"/courses/{catalogue.safety.pk}/")
    assert "Hours: 1, cost a person: nothing. What it teaches is not said." in html
    assert "Everybody in the sector." in html
    assert "No skill is recorded." in html
    assert "No course builds on it." in html
    assert "javascript:" not in html


def test_its_history_is_for_who_may_see_histories(office: Office, catalogue: Catalogue) -> None:
    cdo = office.viewer("cdo")
    with acting(cdo):
        record("course.renamed", by=cdo, on=catalogue.first)
    url = f"/courses/{catalogue.first.pk}/"
    assert "course.renamed" in page(office, "auditor", url)
    assert "history-h" not in page(office, "manager", url)


def test_courses_are_found_by_words(office: Office, other: Office, catalogue: Catalogue) -> None:
    clerk, stranger = office.viewer("clerk"), other.viewer("cdo")
    with acting(clerk):
        hits = [(hit.title, hit.url, hit.note) for group in search(clerk, "donnees") for hit in group.hits]
    assert hits == [("Données ouvertes", f"/courses/{catalogue.first.pk}/", "Académie")]
    with acting(stranger):
        assert search(stranger, "donnees") == []
    with acting(System("a test")):
        Course.objects.update(find="")
        import_module("vested.academy.migrations.0002_find").fill(apps, connection.schema_editor())
        assert Course.objects.all().finding("OUVERTES c-1").count() == 1
        Provider.objects.update(find="")
        import_module("vested.academy.migrations.0004_find_providers").fill(apps, connection.schema_editor())
        assert Provider.objects.all().finding("ACADEMIE").count() == 1


def test_the_pages_ask_few_questions(
    office: Office, room: Room, catalogue: Catalogue, django_assert_max_num_queries: Any
) -> None:
    with acting(System("a test")):
        for number in range(60):
            course = Course.objects.create(
                sector=office.sector, code=f"X{number}", title=f"Extra {number}", hours=1, cost=1,
                provider=catalogue.provider, prerequisite=catalogue.first,
            )  # fmt: skip
            Session.objects.create(sector=office.sector, code=f"X{number}", course=course, period=1)
            Session.objects.create(sector=office.sector, code=f"Y{number}", course=catalogue.first, period=1)
            Outcome.objects.create(sector=office.sector, course=course, skill=room.law, to_level=1)
            Compulsory.objects.create(sector=office.sector, course=course)
    client = Client()
    client.force_login(office.user("cdo"))
    for url in (*LISTS, f"/courses/{catalogue.first.pk}/"):
        with django_assert_max_num_queries(18):
            assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    ("code", "reader", "name"),
    [("da", "en", "Danish"), ("fr", "da", "fransk"), ("", "en", "any"), ("x-mine", "en", "x-mine")],
)
def test_languages_have_names(code: str, reader: str, name: str) -> None:
    with override(reader):
        assert language(code) == name


def test_what_a_course_teaches_is_there_to_take_away(office: Office, other: Office, catalogue: Catalogue) -> None:
    url = f"/courses/{catalogue.second.pk}/"
    assert 'href="?format=csv">Download the figures</a>' in page(office, "clerk", url)
    assert taken(signed_in(office, "clerk").get(f"{url}?format=csv")) == [
        "Skill,Level,From level,To level",
        "Working with data,3.5,2.0,3.5",
        "Law in practice,3.0,1.0,3.0",
    ]
    page(other, "cdo", f"{url}?format=csv", 404)


def test_many_sessions_of_a_course_lead_to_all_of_them(office: Office, catalogue: Catalogue) -> None:
    url = f"/courses/{catalogue.first.pk}/"
    assert "Shown are the first" not in page(office, "clerk", url)
    with acting(System("a test")):
        for number in range(99):
            Session.objects.create(sector=office.sector, code=f"M-{number}", course=catalogue.first, period=3)
    html = page(office, "clerk", url)
    assert "Shown are the first 100." in html
    assert html.count('data-l="Period"') == 100
    assert f'href="/sessions/?course={catalogue.first.pk}">All 101 sessions</a>' in html
    assert "101 sessions, 1 to 50" in page(office, "clerk", f"/sessions/?course={catalogue.first.pk}")
