"""People of organisations outside are let in, choose a password with a code, and are let go."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.core.hats import counterparty
from tests.core.offices import Office, given, signed_in
from tests.ecosystem.outside import agreed, duty, partner, seeing, shared
from vested.core.actions.personal import erase_people
from vested.core.errors import Invalid, NotAllowed
from vested.core.jobs.running import run
from vested.core.models import Event, Person, User
from vested.core.rights.due import leavers
from vested.core.scope import System, acting
from vested.ecosystem.actions import choose_password, give_code, let_go, let_in

pytestmark = pytest.mark.django_db
PASSWORD = "a heron on the quay"  # noqa: S105 - of a made-up account


def test_who_may_lets_in_gives_codes_and_lets_go(office: Office, other: Office) -> None:
    person = partner(office)
    for who in ("manager", "clerk", "auditor"):
        by = office.viewer(who)
        with acting(by):
            with pytest.raises(NotAllowed):
                let_in(by=by, counterparty=counterparty(office), name="x", email="x@y.example")
            with pytest.raises(NotAllowed):
                give_code(by=by, person=person)
            with pytest.raises(NotAllowed):
                let_go(by=by, person=person, on=localdate())
    stranger = other.viewer("cdo")
    with acting(stranger):
        with pytest.raises(NotAllowed, match="another sector"):
            let_in(by=stranger, counterparty=counterparty(office), name="x", email="x@y.example")
        with pytest.raises(NotAllowed, match="another sector"):
            let_go(by=stranger, person=person, on=localdate())
    by = office.viewer("cdo")
    with acting(by):
        with pytest.raises(Invalid, match="signs in here"):
            let_in(by=by, counterparty=counterparty(office), name="x", email="PIA@harbour.example")
        with pytest.raises(Invalid, match="Nobody of an organisation"):
            give_code(by=by, person=office.people["clerk"])
        assert give_code(by=by, person=person)
        let_go(by=by, person=person, on=localdate())
        with pytest.raises(Invalid, match="Nobody of an organisation"):
            let_go(by=by, person=person, on=localdate())
        told = list(Event.objects.all().about(counterparty(office)).values_list("kind", flat=True))
    assert told == ["partner.let_go", "partner.code_given", "partner.let_in"]
    assert not User.objects.filter(email="pia@harbour.example").exists()


def test_a_code_counts_once_and_for_who_it_was_made(office: Office) -> None:
    by = office.viewer("cdo")
    with acting(by):
        person, code = let_in(by=by, counterparty=counterparty(office), name="Pia", email="pia@harbour.example")
        clerk = office.viewer("clerk")
        for wrong in (None, clerk):
            with pytest.raises(Invalid, match="do not go together"):
                choose_password(by=wrong, code=code, password=PASSWORD)
        newer = give_code(by=by, person=person)
    viewer = seeing(person)
    with acting(viewer):
        with pytest.raises(Invalid, match="do not go together"):
            choose_password(by=viewer, code=code, password=PASSWORD)
        choose_password(by=viewer, code=newer, password=PASSWORD)
        assert User.objects.get(email="pia@harbour.example").check_password(PASSWORD)
        with pytest.raises(Invalid, match="do not go together"):
            choose_password(by=viewer, code=newer, password="another heron on it")  # noqa: S106 - as above


def test_an_account_of_another_sector_stays_as_it_is(office: Office, other: Office) -> None:
    by, email = office.viewer("cdo"), other.user("clerk").email
    with acting(by):
        person, code = let_in(by=by, counterparty=counterparty(office), name="Cleo", email=email)
        assert code == ""
        assert person.user == other.user("clerk")
        with pytest.raises(Invalid, match="another sector"):
            give_code(by=by, person=person)
        let_go(by=by, person=person, on=localdate())
    assert User.objects.filter(email=email).exists()
    assert signed_in(other, "clerk").get("/people/").status_code == HTTPStatus.OK


def test_they_are_let_in_choose_a_password_and_are_let_go_on_pages(office: Office) -> None:
    partner_of, client = counterparty(office), signed_in(office, "cdo")
    url = f"/counterparties/{partner_of.pk}/"
    assert "Nobody yet." in client.get(url).content.decode()
    assert "Who of it signs in" not in signed_in(office, "clerk").get(url).content.decode()
    assert signed_in(office, "clerk").get(f"{url}people/new/").status_code == HTTPStatus.FORBIDDEN
    assert client.get(f"{url}people/new/").status_code == HTTPStatus.OK
    words = {"name": "ours Pia", "email": "pia@harbour.example"}
    assert client.post(f"{url}people/new/", {**words, "email": "x"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    told = client.post(f"{url}people/new/", words)
    assert "no-cache" in told.headers["Cache-Control"]
    code, guest = told.context["code"], Client()
    assert told.context["where"] == "http://testserver/welcome/"
    assert client.post(f"{url}people/new/", words).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert guest.get("/welcome/").status_code == HTTPStatus.OK
    answers = {"email": "pia@harbour.example", "code": code, "password": PASSWORD}
    for wrong in ({"email": "nobody@x.example"}, {"code": "x"}, {"password": "short"}, {"password": ""}):
        assert guest.post("/welcome/", {**answers, **wrong}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Your password is chosen" in guest.post("/welcome/", answers, follow=True).content.decode()
    signing = {"username": "pia@harbour.example", "password": PASSWORD}
    assert "Shared with you" in guest.post("/sign-in/", signing, follow=True).content.decode()
    with acting(System("a test")):
        person = Person.objects.get(email="pia@harbour.example")
    assert "ours Pia" in client.get(url).content.decode()
    assert "New code" in client.get(url).content.decode()
    for way in ("code", "end"):
        assert client.get(f"/partners/{person.pk}/{way}/").status_code == HTTPStatus.OK
        assert client.get(f"/partners/{office.people['clerk'].pk}/{way}/").status_code == HTTPStatus.NOT_FOUND
        assert signed_in(office, "manager").post(f"/partners/{person.pk}/{way}/").status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"/partners/{person.pk}/code/").context["code"]
    assert "no longer signs in" in client.post(f"/partners/{person.pk}/end/", follow=True).content.decode()
    assert guest.get("/").status_code == HTTPStatus.FOUND
    assert client.post(f"/partners/{person.pk}/code/").status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_they_have_their_own_data_in_one_file(office: Office) -> None:
    partner(office)
    shared(office, agreed(office), duty(office))
    client = signed_in(office, "pia")
    client.get("/")
    job = client.post("/me/data/", follow=True)
    assert job.status_code == HTTPStatus.OK
    assert "My jobs" not in job.content.decode()
    run(int(job.redirect_chain[-1][0].strip("/").rpartition("/")[2]))
    address = job.redirect_chain[-1][0]
    assert "Done." in client.get(address).content.decode()
    file = client.get(f"/personal/files/{address.strip('/').rpartition('/')[2]}/")
    assert given(file)[:2] == b"PK"
    assert signed_in(office, "clerk").get(address).status_code == HTTPStatus.NOT_FOUND


def test_two_years_after_they_were_let_go_they_are_past_their_time(office: Office) -> None:
    person, by, today = partner(office), office.viewer("cdo"), localdate()
    with acting(by):
        assert not leavers(today + timedelta(days=1000)).filter(pk=person.pk).exists()
        let_go(by=by, person=person, on=today)
        assert not leavers(today + timedelta(days=700)).exists()
        assert list(leavers(today + timedelta(days=1000))) == [person]
        erase_people(by=by, people=[person], because="left", at=timezone.now())
        assert not Person.objects.filter(pk=person.pk).exists()
