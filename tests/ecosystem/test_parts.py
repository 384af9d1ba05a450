"""An agreement has other parties, people to turn to and documents, and its words may change."""

from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate
from pytest_django import Settings

from tests.core.hats import counterparty, wall, wearing
from tests.core.offices import DAY, Office, given, signed_in
from tests.ecosystem.outside import agreed, duty, partner, shared
from tests.security.walking import finished
from vested.core.actions.personal import erase_people, keep_to_retention
from vested.core.errors import Conflict, Invalid, NotAllowed
from vested.core.models import Event, Person
from vested.core.rights.told import told
from vested.core.scope import System, acting
from vested.ecosystem.actions import (
    add_contact,
    add_document,
    add_party,
    change_agreement,
    end_agreement,
    take_contact,
    take_document,
    take_party,
)
from vested.ecosystem.models import Agreement, Contact, Document, Party

pytestmark = pytest.mark.django_db
GONE = HTTPStatus.NOT_FOUND
PDF = b"%PDF-1.7 ours words"


@pytest.fixture(autouse=True)
def uploads(settings: Settings, tmp_path: Path) -> Path:
    """Files are kept in a folder of the test's own."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return tmp_path


def paper(name: str = "signed.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_who_has_it_in_hand_changes_what_belongs_to_it(office: Office, other: Office) -> None:
    one, today, second = agreed(office), localdate(), counterparty(office, "ours shipyard")
    words = {"title": "ours other", "code": "A2", "roles": "ours", "words": "ours", "owner": None}
    by = office.viewer("manager")
    with acting(by):
        party = add_party(by=by, agreement=one, counterparty=second)
        contact = add_contact(by=by, agreement=one, name="ours Kim", email="kim@harbour.example")
        document = add_document(by=by, agreement=one, file=paper(), on=today)
        with pytest.raises(Invalid, match="already"):
            add_party(by=by, agreement=one, counterparty=second)
        with pytest.raises(Invalid, match="already"):
            add_party(by=by, agreement=one, counterparty=one.counterparty)
    for viewer in (office.viewer("clerk"), office.viewer("neighbour"), office.viewer("auditor"), other.viewer("cdo")):
        with acting(viewer):
            for refused in (
                lambda by=viewer: add_party(by=by, agreement=one, counterparty=second),
                lambda by=viewer: add_contact(by=by, agreement=one, name="x", email=""),
                lambda by=viewer: add_document(by=by, agreement=one, file=paper(), on=today),
                lambda by=viewer: change_agreement(by=by, agreement=one, version=1, **words),  # type: ignore[arg-type]  # as it takes them
                lambda by=viewer: take_party(by=by, party=party),
                lambda by=viewer: take_contact(by=by, contact=contact),
                lambda by=viewer: take_document(by=by, document=document),
            ):
                with pytest.raises(NotAllowed):
                    refused()
    with acting(by):
        changed = change_agreement(by=by, agreement=one, version=1, **words)  # type: ignore[arg-type]  # as above
        assert (changed.title, changed.code, changed.owner, changed.version) == ("ours other", "A2", None, 2)
        with pytest.raises(Conflict):
            change_agreement(by=by, agreement=one, version=1, **words)  # type: ignore[arg-type]  # as above
        take_party(by=by, party=party)
        take_contact(by=by, contact=contact)
        take_document(by=by, document=document)
        end_agreement(by=by, agreement=one, why="x", on=today)
        with pytest.raises(Invalid, match="ended already"):
            change_agreement(by=by, agreement=one, version=2, **words)  # type: ignore[arg-type]  # as above
    with acting(office.viewer("cdo")):
        kinds = list(Event.objects.all().about(one).values_list("kind", flat=True))
    assert kinds == [f"agreement.{what}" for what in (
        "ended", "document_taken", "contact_taken", "left", "changed", "document_added", "contact_named", "joined",
        "made",
    )]  # fmt: skip


def status(client: Client, address: str) -> int:
    return int(finished(client.get(address)).status_code)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("virus.exe", b"MZ", "cannot be kept"),
        ("page.html", b"<script>", "cannot be kept"),
        ("none", PDF, "cannot be kept"),
        ("false.pdf", b"<html>", "not what its name says"),
        ("book.xlsx", PDF, "not what its name says"),
        ("empty.pdf", b"", "empty"),
        (f"{'a' * 200}.pdf", PDF, "too long"),
        ("a\tb.pdf", PDF, "too long"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused(
    office: Office, uploads: Path, name: str, content: bytes, said: str
) -> None:
    one, by = agreed(office), office.viewer("manager")
    file = paper(content=content)
    file._name = name  # type: ignore[attr-defined]  # as a hostile browser sends it
    with acting(by), pytest.raises(Invalid, match=said):
        add_document(by=by, agreement=one, file=file, on=localdate())
    assert [path for path in uploads.rglob("*") if path.is_file()] == []


def test_a_file_that_is_too_large_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vested.ecosystem.documents.MOST_BYTES", 3)
    one, by = agreed(office), office.viewer("manager")
    with acting(by), pytest.raises(Invalid, match="more than"):
        add_document(by=by, agreement=one, file=paper(), on=localdate())


def test_a_document_is_taken_by_who_sees_its_agreement(office: Office, other: Office, uploads: Path) -> None:
    behind = wall(office, "inspector")
    viewer = wearing(office, "manager", "inspector")
    plain, hidden = agreed(office), agreed(office, viewer=viewer, wall=behind, title="ours quiet")
    with acting(viewer):
        one = add_document(by=viewer, agreement=plain, file=paper("../ours/signed.pdf"), on=localdate())
        secret = add_document(by=viewer, agreement=hidden, file=paper(), on=localdate())
    assert one.name == "signed.pdf"
    answer = signed_in(office, "clerk").get(f"/documents/{one.pk}/")
    assert given(answer) == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="signed.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert signed_in(other, "cdo").get(f"/documents/{one.pk}/").status_code == GONE
    assert signed_in(office, "cdo").get(f"/documents/{secret.pk}/").status_code == GONE
    for path in uploads.rglob("*"):
        if path.is_file():
            path.unlink()
    assert signed_in(office, "clerk").get(f"/documents/{one.pk}/").status_code == GONE


def test_a_partner_takes_documents_and_sees_what_other_parties_see(office: Office) -> None:
    partner(office)
    partner(office, "sam@shipyard.example", "ours shipyard")
    one, by = agreed(office), office.viewer("manager")
    row = shared(office, one, duty(office))
    with acting(by):
        document = add_document(by=by, agreement=one, file=paper(), on=localdate())
    client, second = signed_in(office, "pia"), signed_in(office, "sam")
    assert given(client.get(f"/documents/{document.pk}/")) == PDF
    assert "signed.pdf" in client.get("/").content.decode()
    addresses = (f"/documents/{document.pk}/", f"/shared/{row.pk}/")
    assert [status(second, address) for address in addresses] == [GONE, GONE]
    with acting(by):
        party = add_party(by=by, agreement=one, counterparty=counterparty(office, "ours shipyard"))
    assert [status(second, address) for address in addresses] == [HTTPStatus.OK, HTTPStatus.OK]
    with acting(by):
        take_party(by=by, party=party)
    assert [status(second, address) for address in addresses] == [GONE, GONE]
    with acting(by):
        end_agreement(by=by, agreement=one, why="x", on=localdate())
    assert status(client, addresses[0]) == GONE


def test_whom_to_turn_to_is_personal(office: Office) -> None:
    one, by, today = agreed(office), office.viewer("cdo"), localdate()
    with acting(by):
        add_contact(by=by, agreement=one, name="ours Kim Quay", email="kim@harbour.example")
        kept = add_contact(by=by, agreement=one, name="ours Lee", email="")
        kim = Person.objects.create(sector=office.sector, code="kim", name="Kim Quay", email="kim@harbour.example")
        said = [part.rows for part in told(kim) if part.table == "ecosystem.contact"]
        assert said == [[{"agreement": "ours dredging", "name": "ours Kim Quay", "email": "kim@harbour.example"}]]
        erase_people(by=by, people=[kim], because="asked", at=timezone.now())
        assert list(Contact.objects.all()) == [kept]
        keep_to_retention(by=by, at=timezone.now())
        assert Contact.objects.count() == 1
        Agreement.objects.update(starts_on=date(2020, 1, 1), ends_on=today - timedelta(days=800))
        keep_to_retention(by=by, at=timezone.now())
        assert not Contact.objects.exists()


def test_all_of_it_is_done_on_pages(office: Office, other: Office) -> None:
    one, client = agreed(office), signed_in(office, "manager")
    counterparty(office, "ours shipyard")
    url = f"/agreements/{one.pk}/"
    with acting(System("a test")):
        second = type(one.counterparty).objects.get(name="ours shipyard")
    asked: dict[str, dict[str, Any]] = {
        "parties/new/": {"counterparty": second.pk}, "contacts/new/": {"name": "ours Kim", "email": ""},
        "documents/new/": {"file": paper()},
        "change/": {"title": "ours new", "roles": "r", "words": "w", "owner": "manager", "code": "", "version": 1},
    }  # fmt: skip
    for address, answers in asked.items():
        assert client.get(f"{url}{address}").status_code == HTTPStatus.OK, address
        assert client.post(f"{url}{address}", {"name": ""}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY, address
        for stranger in (signed_in(office, "clerk"), signed_in(office, "neighbour"), signed_in(other, "cdo")):
            assert stranger.post(f"{url}{address}", answers).status_code == GONE, address
        if "file" in answers:
            answers = {"file": paper()}  # noqa: PLW2901 - the first was read
        assert client.post(f"{url}{address}", answers).status_code == HTTPStatus.FOUND, address
    page = client.get(url).content.decode()
    for words in ("ours new", "ours shipyard", "ours Kim", "signed.pdf"):
        assert words in page
    assert "owner" not in client.post(f"{url}change/", {**asked["change/"], "owner": "nobody at all"}).headers
    assert client.post(f"{url}change/", asked["change/"]).status_code == HTTPStatus.CONFLICT
    assert client.post(f"{url}change/", {**asked["change/"], "owner": "", "version": 2}).status_code == HTTPStatus.FOUND
    assert "ours new" in client.get(f"/counterparties/{second.pk}/").content.decode()
    agreed(office, title="ours past", code="A2", ends_on=DAY)
    listed = client.get("/agreements/").content.decode()
    assert "ours harbour, ours shipyard" in listed
    assert 0 < listed.index(">ours new<") < listed.index(">ours past<")  # what is over, last
    joined = client.get(f"/agreements/?counterparty={second.pk}").content.decode()
    assert ">ours new<" in joined
    assert ">ours past<" not in joined
    with acting(System("a test")):
        rows = (
            ("parties", Party.objects.get()),
            ("contacts", Contact.objects.get()),
            ("documents", Document.objects.get()),
        )
    for room, row in rows:
        assert signed_in(office, "clerk").post(f"/{room}/{row.pk}/end/").status_code == GONE
        assert client.get(f"/{room}/{row.pk}/end/").status_code == HTTPStatus.OK
        assert "is taken away." in client.post(f"/{room}/{row.pk}/end/", follow=True).content.decode()
