"""Somebody's data: all of it in one file, and none of it left where they are erased, wherever it was planted."""

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.test import Client
from openpyxl import Workbook
from pytest_django import Settings

from tests.core.offices import Office
from tests.security.dumped import residue
from tests.security.planted import planted, word
from vested.academy.models import Course, Enrolment
from vested.core.actions.personal import erase_people
from vested.core.history import faults, record
from vested.core.labels import held
from vested.core.models import Event, Import, Job, Link, Membership, Notification, Person, User
from vested.core.rights.told import packed, told
from vested.core.scope import System, acting
from vested.core.viewer import Viewer
from vested.direction.models import Commitment
from vested.plans.models import Comment, Plan
from vested.plans.queries.solved import figures, forget, solved

NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)


@pytest.fixture
def uploads(tmp_path: Path, settings: Settings) -> Path:
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return tmp_path


@pytest.fixture
def office(db: None, uploads: Path) -> Office:  # noqa: ARG001 - pytest hands them in
    """An office with a row of every model, all of them the clerk's, and the clerk named wherever one can be."""
    office = planted("ours")
    with acting(office.viewer("cdo")):
        spread(office)
    return office


@pytest.fixture
def clerk(office: Office) -> Person:
    with acting(System("read it anew")):
        return Person.objects.select_related("sector", "user").get(pk=office.people["clerk"].pk)


def spread(office: Office) -> None:
    """Name the clerk in what others wrote, did, were told and brought."""
    by, clerk = office.viewer("cdo"), Person.objects.get(pk=office.people["clerk"].pk)
    with transaction.atomic():
        Event.objects.all().delete()  # planted words make a chain that does not fit
        record("person.moved", by=by, on=clerk, new={"unit": "south"})
        record("enrolment.accepted", by=Viewer(office.sector, clerk), on=Enrolment.objects.get(), new={"n": 1})
        record("unit.renamed", by=Viewer(office.sector, clerk), on=office.north, new={"name": "north"})
        record("objective.opened", by=by, on=office.north, new={"owner": str(clerk), "all": [f"a, {clerk}, b"]})
        record("unit.renamed", by=by, on=office.north, new={"name": "south"})
    cdo = office.people["cdo"]
    User.objects.filter(people=clerk).update(email=clerk.email)
    Notification.objects.create(
        sector=office.sector, person=cdo, kind="x", title=f"{clerk} declined", body=f"Ask {clerk.email}.", at=NOON
    )
    Comment.objects.update(words=f"Ask {clerk}: they know.", by=cdo)
    promised = f"{clerk} will call"
    models.QuerySet.update(Commitment.objects.all(), words=promised, find=promised.casefold())
    common = {"sector": office.sector, "language": "en", "created_at": NOON, "beat_at": NOON}
    Job.objects.create(kind="x", title=f"For {clerk}", by=cdo, args={"who": [clerk.name]}, **common)
    rows = {
        "staff": [
            [[clerk.code], None, [clerk.name, clerk.email, "north", "", None]],
            [["boss"], ["Boss", "", "north", "", clerk.code], ["Boss", "", "north", "", clerk.code]],
        ]
    }
    done = Import(sector=office.sector, person=cdo, at=NOON, name="staff.csv", folder="none", state=Import.State.DONE)
    done.keep_before(rows)
    done.save()
    book, file = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["person_id", "name"])
    sheet.append([clerk.code, clerk.name])
    book.save(file)
    csv = f"person_id,name\nother,Somebody\n{clerk.code},{clerk.name}\n".encode()
    for name, content in (("staff.csv", csv), ("staff.xlsx", file.getvalue()), ("units.csv", b"unit_id\nnorth\n")):
        waiting = Import.objects.create(
            sector=office.sector, person=cdo, at=NOON, name=name, folder=f"imports/{name[:4]}{name[-1]}", files=[name]
        )
        default_storage.save(f"{waiting.folder}/{name}", ContentFile(content))
    taken = default_storage.save("exports/all.zip", ContentFile(csv))
    Job.objects.create(kind="core.export", title="All", by=cdo, result={"file": taken}, **common)
    Link.objects.create(
        sector=office.sector, kind="teaches", source_id=clerk.pk, target_id=Course.objects.values_list("pk")[0][0],
        since=NOON.date(),
    )  # fmt: skip
    forget()


def erase(office: Office, clerk: Person) -> dict[str, int]:
    viewer = office.viewer("cdo")
    with acting(viewer):
        return erase_people(by=viewer, people=[clerk], because="asked", at=NOON)


def said(office: Office, clerk: Person) -> str:
    """The JSON of somebody's file."""
    with acting(office.viewer("clerk")):
        name = packed(clerk, at=NOON, said=lambda _done, _total: None)
    with default_storage.open(name) as kept, zipfile.ZipFile(kept) as archive:
        assert sorted(archive.namelist()) == ["data.html", "data.json"]
        page = archive.read("data.html").decode()
        text = archive.read("data.json").decode()
    parts = json.loads(text)["parts"]
    for part in parts:
        assert part["purpose"] in page.replace("&#x27;", "'")
        assert part["legal_basis"]
        assert part["kept"]
    return text


def owned(clerk: Person) -> Iterator[tuple[models.Model, str]]:
    """Every text that is labelled as somebody's, with its row."""
    for one in held():
        for way in one.ways:
            for row in one.rows(way, [clerk.pk]):
                for name in way.fields:
                    field = one.model._meta.get_field(name)
                    if isinstance(field, (models.CharField, models.TextField)) and name not in {"password", "digest"}:
                        yield row, name


def test_every_labelled_text_is_in_the_file(office: Office, clerk: Person) -> None:
    text = said(office, clerk)
    with acting(System("look for it")):
        texts = list(owned(clerk))
        missing = [
            (row._meta.label, name)
            for row, name in texts
            if json.dumps(getattr(row, name), ensure_ascii=False)[1:-1] not in text
        ]
    assert missing == []
    assert len({row._meta.label for row, _name in texts}) > 25, "the clerk has a row of most kinds"


def test_what_speaks_of_somebody_without_a_key_is_in_the_file(office: Office, clerk: Person) -> None:
    with acting(office.viewer("clerk")):
        found: dict[str, list[dict[str, Any]]] = {part.table: part.rows for part in told(clerk) if not part.way}
    (plan,) = found["plans.plan"]
    assert plan["staff"][0]["person_id"] == clerk.code
    assert plan["levels"] is not None
    assert plan["sessions"] is not None
    assert [one["kind"] for one in found["core.event"]] == [
        "person.moved", "enrolment.accepted", "unit.renamed", "objective.opened"]  # fmt: skip
    assert found["core.link"][0]["kind"] == "teaches"
    files = [one.get("file") or one["table"] for one in found["core.import"]]
    assert files.count("staff") == 2, "their own row, and the one they manage"
    assert "staff.csv" in files
    assert "staff.xlsx" in files
    assert "units.csv" not in files


def test_nothing_of_somebody_else_is_in_the_file(office: Office, clerk: Person) -> None:
    with acting(System("somebody else's row")):
        other = office.people["neighbour"]
        rows = Notification.objects.bulk_create(
            [Notification(sector=office.sector, person=other, kind="x", title="not the clerk's", at=NOON)]
        )
    assert rows
    text = said(office, clerk)
    assert "not the clerk's" not in text
    assert word(other, "ours") not in text


def test_nothing_is_left_of_who_is_erased(
    office: Office, clerk: Person, django_capture_on_commit_callbacks: Any
) -> None:
    canary, client = word(clerk, "ours"), Client()
    user = clerk.user
    assert user is not None
    client.force_login(user)
    before = residue(canary)
    tables = {place.partition(".")[0] for place in before}
    assert {"core_person", "core_event", "core_notification", "core_job", "core_import", "plans_plan"} <= tables
    assert {"plans_comment", "direction_commitment", "core_user", "file staff", "file all"} <= tables
    with django_capture_on_commit_callbacks(execute=True):
        counts = erase(office, clerk)
    assert residue(canary) == []
    assert counts["core.person"] == counts["core.user"] == 1
    with acting(System("look for it")):
        for one in held():
            for way in one.ways:
                assert not one.rows(way, [clerk.pk]).exists(), (one.model, way.key)
        assert not Link.objects.filter(kind="teaches", source_id=clerk.pk).exists()
    assert client.get("/").status_code == 302, "signed out"
    assert default_storage.exists("imports/unitv/units.csv"), "files that do not name them stay"


def test_history_stays_whole_and_keeps_what_was_not_about_them(office: Office, clerk: Person) -> None:
    erase(office, clerk)
    with acting(office.viewer("cdo")):
        assert list(faults()) == []
        lines = {event.number: event for event in Event.objects.all()}
    moved, answered, renamed, opened, other = (lines[number] for number in range(1, 6))
    assert (moved.by_name, moved.subject_name, moved.new) == (str(office.viewer("cdo").person), "", {})
    assert (answered.by_name, answered.subject_name, answered.new) == ("", "", {})
    assert (renamed.by_id, renamed.by_name, renamed.new) == (None, "", {"name": "north"})
    assert opened.new == {"owner": "…", "all": ["a, …, b"]}
    assert (other.left, other.new) == ("", {"name": "south"})


def test_a_plan_keeps_its_figures_without_them(office: Office, clerk: Person) -> None:
    with acting(office.viewer("cdo")):
        plan = Plan.objects.get()
        before, told_before = solved(plan), figures(plan)
        place = before.people.tolist().index(clerk.pk)
    erase(office, clerk)
    with acting(office.viewer("cdo")):
        after, told_after = solved(Plan.objects.get()), figures(Plan.objects.get())
    assert clerk.pk not in after.people.tolist()
    row = after.outcome.sector.staff[place]
    assert (row.person_id, row.name, row.email) == (f"…{-after.people[place]:x}", "", "")
    assert after.people[place] < 0
    assert (row.role_id, row.unit_id) == (before.outcome.sector.staff[place].role_id, "north") or row.unit_id
    assert told_after.gaps == told_before.gaps
    assert told_after.fairness == told_before.fairness
    assert (after.outcome.plan.person == before.outcome.plan.person).all()
    assert (after.outcome.problem.people.levels == before.outcome.problem.people.levels).all()


def test_whoever_has_the_same_name_keeps_theirs(office: Office, clerk: Person) -> None:
    with acting(System("a namesake")):
        twin = Person.objects.create(sector=office.sector, code="twin", name=clerk.name)
        Notification.objects.create(sector=office.sector, person=twin, kind="x", title=f"{twin} came", at=NOON)
    erase(office, clerk)
    with acting(System("look for it")):
        assert Notification.objects.get(person=twin).title == f"{twin.name} came"
        assert Person.objects.get(pk=twin.pk).name == clerk.name


def test_an_account_that_is_somebodys_elsewhere_stays(office: Office, clerk: Person) -> None:
    other = planted("theirs")
    with acting(System("one account, two sectors")):
        Person.objects.filter(pk=other.people["auditor"].pk).update(user=clerk.user)
    erase(office, clerk)
    assert clerk.user_id is not None
    assert User.objects.filter(pk=clerk.user_id).exists()


def test_nobody_else_goes(office: Office, clerk: Person) -> None:
    with acting(System("count")):
        others = list(Person.objects.exclude(pk=clerk.pk).order_by("pk").values())
        works = Membership.objects.exclude(person=clerk).count()
    erase(office, clerk)
    with acting(System("count")):
        assert list(Person.objects.order_by("pk").values()) == others
        assert Membership.objects.count() == works
