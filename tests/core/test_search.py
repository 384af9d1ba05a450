"""Search: whatever the accents and capitals, only what exists for the viewer, and quickly."""

import unicodedata
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.core.offices import Office, signed_in
from vested.core.finding import folded
from vested.core.models import Membership, Person, Unit
from vested.core.scope import System, acting
from vested.core.search import MOST, labels, search


def called(office: Office, name: str, code: str = "x") -> Person:
    with acting(System("a test")):
        person = Person.objects.create(sector=office.sector, code=code, name=name)
        Membership.objects.create(sector=office.sector, person=person, unit=office.north, since="2026-01-05")
        return person


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    ["søren ågård", "SOREN", "Agard  s", "SØREN ÅGÅRD", "oren", "s\u00f8ren a\u030aga\u030ard", "P-17", "ågård p-17"],
)
def test_accents_and_capitals_make_no_difference(office: Office, words: str) -> None:
    person = called(office, "Søren Ågård", "p-17")
    cdo = office.viewer("cdo")
    with acting(cdo):
        assert [hit.title for group in search(cdo, words) for hit in group.hits] == ["Søren Ågård"]
        assert list(Person.objects.all().finding(words)) == [person]


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["sørensen", "søren bæk", "%", "_", "p_17", "soren' or 1=1"])
def test_every_word_has_to_be_there_and_nothing_is_a_pattern(office: Office, words: str) -> None:
    called(office, "Søren Ågård", "p-17")
    cdo = office.viewer("cdo")
    with acting(cdo):
        assert search(cdo, words) == []


@given(st.text(), st.text())
def test_folding_is_stable_and_keeps_words_apart(one: str, other: str) -> None:
    assert folded(folded(one)) == folded(one)
    assert folded(one) == folded(unicodedata.normalize("NFD", one)) == folded(unicodedata.normalize("NFC", one))
    assert folded(f"{one} {other}").split() == folded(one).split() + folded(other).split()


@pytest.mark.parametrize(
    ("words", "plain"), [("ÆØÅ", "aeoa"), ("Straße", "strasse"), ("ﬁn", "fin"), ("Łódź", "lodz"), ("Þór\t É", "thor e")]
)
def test_letters_that_do_not_decompose_are_folded_too(words: str, plain: str) -> None:
    assert folded(words) == plain


@pytest.mark.django_db
def test_what_is_written_in_any_way_is_found_by_its_new_words(office: Office) -> None:
    cdo = office.viewer("cdo")
    with acting(cdo):
        one, two = Person.objects.bulk_create(
            [Person(sector=office.sector, code=code, name="Émile") for code in ("e1", "e2")]
        )
        assert Person.objects.all().finding("emile").count() == 2
        one.name = "Zoë"
        one.save(update_fields=["name"])
        two.name = "Åse"
        Person.objects.all().bulk_update([two], ["name"])
        assert [person.code for person in Person.objects.all().finding("zoe")] == ["e1"]
        assert [person.code for person in Person.objects.all().finding("ase e2")] == ["e2"]
        assert not Person.objects.all().finding("emile").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_rows_from_before_are_found_after_the_migration() -> None:
    with acting(System("a test")):
        Person.objects.update(find="")
        Unit.objects.update(find="")
        import_module("vested.core.migrations.0005_find").fill(apps, connection.schema_editor())
        assert Person.objects.all().finding("CLERK of ours").count() == 1
        assert Unit.objects.all().finding("Ours SOUTH").count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("other")
def test_one_finds_only_what_one_may_see(office: Office) -> None:
    for name, found in (("cdo", {"manager of ours"}), ("manager", {"manager of ours"}), ("clerk", set())):
        viewer = office.viewer(name)
        with acting(viewer):
            assert {hit.title for group in search(viewer, "manager") for hit in group.hits} == found
            assert search(viewer, "theirs") == []
    assert "theirs" not in signed_in(office, "cdo").get("/search/?q=north").content.decode()
    assert Client().get("/search/?q=north")["location"].startswith("/sign-in/")


@pytest.mark.django_db
def test_the_page_groups_what_was_found_and_leads_to_the_rest(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    for number in range(MOST + 5):
        called(office, f"Harbour {number}", f"h{number}")
    client = signed_in(office, "cdo")
    with django_assert_max_num_queries(len(labels()) + 6):  # one for each sort of thing, and who looked
        page = client.get("/search/?q=harbour").content.decode()
    assert page.count(">Harbour ") == MOST
    assert 'href="/people/?name=harbour"' in page
    assert f'href="/units/{office.north.pk}/"' in client.get("/search/?q=NORTH").content.decode()


@pytest.mark.django_db
def test_nothing_found_says_what_was_searched_and_two_ways_on(office: Office) -> None:
    client = signed_in(office, "clerk")
    page = client.get('/search/?q=<b>"heli"').content.decode()
    assert "Nothing you may see speaks of “&lt;b&gt;&quot;heli&quot;”" in page
    assert "Searched were: Units, People, Counterparties, Agreements, Objectives, Promises, Obstacles, " in page
    assert 'href="/units/"' in page
    empty = client.get("/search/").content.decode()
    assert "Search the sector</h1>" in empty
    assert "v-empty" not in empty
    assert 'action="/search/"' in empty  # the header's form
    assert client.get("/search/?q=" + "x" * 5000).status_code == 200
    assert labels()[:2] == ["Units", "People"]
