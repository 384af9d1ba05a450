"""Signing in, the first page, how pages look, and seeing the demo as somebody else."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.core.offices import Office
from vested.core.demo import address
from vested.core.models import Person, User
from vested.core.permissions import Role
from vested.core.scope import System, acting

PASSWORD = "correct horse battery"  # noqa: S105 - of a made-up account


@pytest.fixture
def cdo(office: Office) -> Client:
    client = Client()
    client.force_login(office.user("cdo"))
    return client


def test_a_stranger_is_asked_to_sign_in_and_comes_back(office: Office) -> None:
    user = office.user("cdo")
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    asked = client.get("/components/")
    assert asked["location"] == "/sign-in/?next=/components/"
    assert client.get(asked["location"]).status_code == 200
    wrong = client.post(asked["location"], {"username": user.email, "password": "no"})
    assert b'role="alert"' in wrong.content
    right = client.post(asked["location"], {"username": user.email, "password": PASSWORD, "next": "/components/"})
    assert right["location"] == "/components/"


def test_the_first_page_names_the_sector_and_an_account_of_nobody_is_told_so(office: Office, cdo: Client) -> None:
    assert f"<b>{office.sector.name}</b>" in cdo.get("/").content.decode()
    nobody = Client()
    nobody.force_login(User.objects.create_user("nobody@ours.example"))
    assert "belongs to nobody" in nobody.get("/").content.decode()


@pytest.mark.parametrize(("chosen", "kept"), [("dark", "dark"), ("light", "light"), ("purple", None)])
def test_the_colours_chosen_are_kept(chosen: str, kept: str | None, db: None) -> None:  # noqa: ARG001 - pages may ask
    client = Client()
    client.post("/scheme/", {"scheme": chosen, "next": "/sign-in/"})
    assert (client.cookies["scheme"].value if "scheme" in client.cookies else None) == kept
    assert f'data-color-scheme="{kept or "auto"}"' in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize(
    ("following", "led"), [("/x/", "/x/"), ("https://evil.example/", "/"), ("//evil.example", "/")]
)
def test_a_choice_leads_back_to_a_page_of_ours_only(following: str, led: str, db: None) -> None:  # noqa: ARG001 - as above
    assert Client().post("/scheme/", {"scheme": "dark", "next": following})["location"] == led


def test_the_language_chosen_is_kept(db: None) -> None:  # noqa: ARG001 - pages may ask
    client = Client()
    client.post("/language/", {"language": "da", "next": "/sign-in/"})
    assert '<html lang="da"' in client.get("/sign-in/").content.decode()


def test_only_the_demo_lets_one_in_without_a_password(office: Office, settings: Settings) -> None:
    user = office.user("cdo")
    user.email = address(Role.CDO)
    user.save()
    client = Client()
    assert client.get("/demo/").status_code == 404
    settings.DEMO = True
    assert client.get("/demo/")["location"] == "/"
    assert f"<b>{office.sector.name}</b>" in client.get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_page_that_signs_in_may_begin_a_transaction(office: Office, settings: Settings) -> None:
    """Outside the test's own transaction, the session is kept in one: ``BEGIN`` writes nothing."""
    settings.DEMO = True
    User.objects.filter(pk=office.user("cdo").pk).update(email=address(Role.CDO))
    assert Client().get("/demo/")["location"] == "/"


def test_the_demo_is_seen_as_others(office: Office, settings: Settings, cdo: Client) -> None:
    clerk = office.user("clerk")
    clerk.email = address(Role.CIVIL_SERVANT)
    clerk.save()
    assert cdo.post("/hat/", {"hat": Role.CIVIL_SERVANT}).status_code == 404
    settings.DEMO = True
    assert 'name="hat" value="civil_servant"' in cdo.get("/").content.decode()
    assert cdo.get("/hat/").status_code == 405
    assert cdo.post("/hat/", {"hat": Role.CIVIL_SERVANT})["location"] == "/"
    page = cdo.get("/").content.decode()
    assert str(office.people["clerk"]) in page
    assert 'value="civil_servant" aria-current="true"' in page
    assert cdo.post("/hat/", {"hat": "king"}).status_code == 404


def test_who_works_in_two_sectors_looks_at_one_at_a_time(office: Office, other: Office, cdo: Client) -> None:
    assert 'name="sector"' not in cdo.get("/").content.decode()
    with acting(System("a test")):
        Person.objects.create(sector=other.sector, code="guest", name="A guest", user=office.user("cdo"))
    page = cdo.get("/").content.decode()
    assert f'name="sector" value="{other.sector.pk}"' in page
    assert f"<b>{office.sector.name}</b>" in page
    assert cdo.post("/hat/", {"sector": other.sector.pk})["location"] == "/"
    page = cdo.get("/").content.decode()
    assert f"<b>{other.sector.name}</b>" in page
    assert cdo.get(f"/units/{office.north.pk}/").status_code == 404
    stranger = Client()
    stranger.force_login(other.user("clerk"))
    assert stranger.post("/hat/", {"sector": office.sector.pk}).status_code == 404
