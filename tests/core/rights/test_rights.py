"""Asking for somebody's data, erasing them, and letting go of what is past its time: who may, and what comes of it."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.core.offices import DAY, Office, given, signed_in
from vested.core.actions.personal import ask_for_data, ask_for_erasure, erase_people, give_data, keep_to_retention
from vested.core.errors import Invalid, NotAllowed
from vested.core.history import faults, record
from vested.core.jobs import do_daily, run
from vested.core.models import Event, Grant, Import, Job, Look, Membership, Notification, Person, Token
from vested.core.permissions import Role
from vested.core.rights import due
from vested.core.scope import System, acting

NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)
TODAY = NOON.date()


def packed(office: Office, who: str, address: str) -> Job:
    """Ask for a file on a page, and do the job."""
    answer = signed_in(office, who).post(address)
    assert answer.status_code == 302
    with acting(System("a test")):
        job = Job.objects.latest("pk")
    return done(job)


def done(job: Job) -> Job:
    """A job, once a worker has done it."""
    run(job.pk)
    with acting(System("a test")):
        return Job.objects.get(pk=job.pk)


def erased(office: Office, who: str, by: str = "cdo") -> dict[str, int]:
    viewer = office.viewer(by)
    with acting(viewer):
        return erase_people(by=viewer, people=[office.people[who]], because="asked", at=NOON)


@pytest.mark.django_db
def test_everybody_packs_their_own(office: Office, other: Office) -> None:
    job = packed(office, "clerk", "/me/data/")
    address = f"/personal/files/{job.pk}/"
    answer = signed_in(office, "clerk").get(address)
    with zipfile.ZipFile(io.BytesIO(given(answer))) as file:
        assert "clerk@ours.example" in file.read("data.json").decode()
        assert "All that is kept about clerk of ours" in file.read("data.html").decode()
    for home, who in ((office, "cdo"), (office, "neighbour"), (other, "clerk")):
        assert signed_in(home, who).get(address).status_code == 404
    with acting(office.viewer("clerk")):
        kinds = [event.kind for event in Event.objects.all().about(office.people["clerk"])]
    assert kinds == ["person.data_packed", "person.data_asked_for"]


@pytest.mark.django_db
def test_who_may_packs_somebody_elses_and_is_seen(office: Office) -> None:
    job = packed(office, "cdo", f"/people/{office.people['clerk'].pk}/data/")
    client = signed_in(office, "cdo")
    assert given(client.get(f"/personal/files/{job.pk}/"))
    assert "A file with your data" in signed_in(office, "clerk").get("/me/data/").content.decode()
    with acting(System("the role ends")):
        Grant.objects.filter(person=office.people["cdo"]).delete()
    assert client.get(f"/personal/files/{job.pk}/").status_code == 403
    with acting(System("the day has passed")):
        Job.objects.filter(pk=job.pk).update(result={"file": "exports/gone.zip"}, by=office.people["clerk"])
    assert signed_in(office, "clerk").get(f"/personal/files/{job.pk}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["manager", "clerk", "auditor"])
def test_nobody_else_hands_out_or_erases(office: Office, who: str) -> None:
    viewer, person = office.viewer(who), office.people["neighbour"]
    with acting(viewer), pytest.raises(NotAllowed):
        ask_for_data(by=viewer, person=person, at=NOON)
    with acting(viewer), pytest.raises(NotAllowed):
        give_data(by=viewer, person=person, at=NOON)
    with acting(viewer), pytest.raises(NotAllowed):
        ask_for_erasure(by=viewer, person=person, because="asked", at=NOON)
    with acting(viewer), pytest.raises(NotAllowed):
        erase_people(by=viewer, people=[person], because="asked", at=NOON)
    with acting(viewer), pytest.raises(NotAllowed):
        keep_to_retention(by=viewer, at=NOON)
    client = signed_in(office, who)
    for page in (f"/people/{person.pk}/data/", f"/people/{person.pk}/erase/", "/personal/retention/"):
        assert client.get(page).status_code == 403
        assert client.post(page).status_code == 403
    page = client.get(f"/people/{office.people[who].pk}/").content.decode()
    assert "Erase their data" not in page
    assert "Pack their data" not in page


@pytest.mark.django_db
def test_nobody_erases_themselves_or_the_last_of_those_who_lead(office: Office, other: Office) -> None:
    cdo = office.people["cdo"]
    with pytest.raises(NotAllowed):
        erased(office, "cdo")
    with acting(System("another who may")):
        Grant.objects.create(sector=office.sector, person=office.people["clerk"], role=Role.HR_OFFICER, since=DAY)
    with pytest.raises(Invalid):
        erased(office, "cdo", by="clerk")
    with acting(System("and one who leads too")):
        Grant.objects.create(sector=office.sector, person=office.people["manager"], role=Role.CDO, since=DAY)
    assert erased(office, "cdo", by="clerk")["core.person"] == 1
    with acting(System("look")):
        assert not Person.objects.filter(pk=cdo.pk).exists()
    assert signed_in(other, "cdo").get(f"/people/{office.people['clerk'].pk}/erase/").status_code == 404


@pytest.mark.django_db
def test_the_page_says_what_goes_and_what_stays_and_asks_twice(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    clerk = office.people["clerk"]
    with acting(System("the clerk leads somebody")):
        Membership.objects.filter(person=office.people["neighbour"]).update(manager=clerk)
    client, address = signed_in(office, "cdo"), f"/people/{clerk.pk}/erase/"
    with django_assert_max_num_queries(12):
        page = client.get(address).content.decode()
    for words in (
        "Erase clerk of ours?",
        "clerk of ours works in ours north now.",
        "Where somebody works and worked",
        "What stays, without who it was",
        "Public task",
        "rewritten",
    ):
        assert words in page
    for wrong in (
        {"because": ""},
        {"because": "asked"},
        {"because": "asked", "code": "cleric"},
        {"because": "x", "code": "clerk"},
    ):
        answer = client.post(address, wrong)
        assert answer.status_code == 422
        assert "error-summary" in answer.content.decode()
    with acting(System("look")):
        assert not Job.objects.exists()
    answer = client.post(address, {"because": "asked", "code": "clerk"})
    assert answer.status_code == 302
    with acting(System("a test")):
        job = Job.objects.get()
        assert "clerk" not in f"{job.title} {job.result}"
    job = done(job)
    assert job.state == Job.State.DONE, job.error
    assert client.get(address).status_code == 404
    with acting(office.viewer("cdo")):
        told = Event.objects.filter(kind="people.erased").get()
        assert told.new["people"] == 1
        assert list(faults()) == []


@pytest.mark.django_db
def test_the_last_who_leads_is_refused_on_the_page(office: Office) -> None:
    with acting(System("another who may")):
        Grant.objects.create(sector=office.sector, person=office.people["clerk"], role=Role.HR_OFFICER, since=DAY)
    answer = signed_in(office, "clerk").post(
        f"/people/{office.people['cdo'].pk}/erase/", {"because": "asked", "code": "cdo"}
    )
    assert answer.status_code == 422
    assert "last Chief Digital Officer" in answer.content.decode()


@pytest.mark.django_db
def test_a_job_for_somebody_who_is_gone_says_so(office: Office) -> None:
    with acting(System("a test")):
        job = Job.objects.create(
            sector=office.sector, by=office.people["cdo"], kind="core.erase", title="x", language="en",
            args={"person": 10**9, "because": "asked"}, created_at=NOON, beat_at=NOON
        )  # fmt: skip
    job = done(job)
    assert job.error == "This person is not there any more."


@pytest.mark.django_db
def test_the_register_is_for_everybody_and_leaves_as_a_file(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for who in ("clerk", "cdo", "auditor"):
        client = signed_in(office, who)
        with django_assert_max_num_queries(10):
            page = client.get("/personal/").content.decode()
        assert "register of processing of ours" in page
        assert "core.membership" in page
        assert ("What is past its time" in page) == (who == "cdo")
        file = given(client.get("/personal/?format=csv")).decode()
        assert "core.membership" in file
        assert "2 years after the person left" in file


def old(office: Office) -> None:
    """Fill an office with what is past its time, and beside each a day younger."""
    with acting(System("a test")):
        clerk, neighbour = office.people["clerk"], office.people["neighbour"]
        for person, days in ((clerk, 731), (neighbour, 730)):
            held = Membership.objects.filter(person=person)
            held.update(since=TODAY - timedelta(days=800), until=TODAY - timedelta(days=days))
        midnight = datetime(2026, 1, 6, tzinfo=timezone.get_current_timezone())
        cdo = office.people["cdo"]
        for days in (365, 364):
            at = midnight - timedelta(days=days, seconds=1)
            Notification.objects.create(sector=office.sector, person=cdo, kind="x", title=f"{days}", at=at)
            Token.objects.create(
                sector=office.sector, person=cdo, name=f"{days}", digest=f"{days}", read_only=True,
                created_at=at - timedelta(days=1), expires_at=at
            )  # fmt: skip
            Look.objects.create(
                sector=office.sector, person=cdo, by=clerk, what="page", on=TODAY - timedelta(days=days + 1)
            )
        common = {"sector": office.sector, "by": cdo, "kind": "x", "language": "en", "created_at": NOON}
        for days in (90, 89):
            Job.objects.create(
                title=f"{days}", ended_at=midnight - timedelta(days=days, seconds=1), beat_at=NOON, **common
            )
        imports = {"sector": office.sector, "person": cdo, "folder": "none"}
        Import.objects.create(name="waits", at=NOON - timedelta(days=31), **imports)
        Import.objects.create(name="fresh", at=NOON - timedelta(days=29), **imports)
        stale = Import(name="undoable", at=NOON, done_at=timezone.now() - timedelta(days=2), state="done", **imports)
        stale.keep_before({"staff": []})
        stale.save()
    with acting(office.viewer("cdo")), transaction.atomic():
        for _ in range(2):
            record("unit.renamed", by=office.viewer("cdo"), on=office.north, new={"name": "x"})
        record("person.moved", by=office.viewer("cdo"), on=cdo, new={"unit": "x"})
        Event.objects.filter(number=1).update(at=NOON - timedelta(days=3652))


@pytest.mark.django_db
def test_what_is_past_its_time_goes_and_nothing_else(office: Office) -> None:
    old(office)
    viewer = office.viewer("cdo")
    with acting(viewer):
        assert [person.code for person in due.leavers(TODAY)] == ["clerk"]
        counts = keep_to_retention(by=viewer, at=NOON)
        assert {name: counts[name] for name in ("core.person", "core.notification", "core.token", "core.look")} == {
            "core.person": 1,
            "core.notification": 1,
            "core.token": 1,
            "core.look": 1,
        }
        assert counts["core.job"] == counts["core.event"] == 1
        assert [one.title for one in Notification.objects.all()] == ["364"]
        assert [one.name for one in Token.objects.all()] == ["364"]
        assert [one.title for one in Job.objects.all()] == ["89"]
        assert sorted(one.code for one in Person.objects.all()) == ["auditor", "cdo", "manager", "neighbour"]
        assert Event.objects.get(number=2).new == {"name": "x"}
        assert due.due(TODAY) == []
        again = keep_to_retention(by=viewer, at=NOON)
        assert again == {}


@pytest.mark.django_db
def test_files_nobody_brought_in_go_too(office: Office) -> None:
    old(office)
    with acting(System("weeks later")):
        Import.objects.filter(name="waits").update(at=timezone.now() - timedelta(days=31))
        Import.objects.filter(name="fresh").update(at=timezone.now() - timedelta(days=29))
    viewer = office.viewer("cdo")
    with acting(viewer):
        assert {one.what: one.count for one in due.due(TODAY)}[
            "Files somebody brought, and the rows of people in them"
        ] == 2
        keep_to_retention(by=viewer, at=NOON)
        assert sorted(Import.objects.values_list("name", "before")) == [("fresh", None), ("undoable", None)]


@pytest.mark.django_db
def test_old_history_loses_its_words_and_stays_whole(office: Office) -> None:
    viewer = office.viewer("cdo")
    with acting(viewer), transaction.atomic():
        record("unit.renamed", by=viewer, on=office.north, new={"name": "x"})
        record("person.moved", by=viewer, on=office.people["clerk"], new={"unit": "x"})
        record("thing.gone", by=viewer, on=office.north)
        Event.objects.filter(number=3).update(subject_type="gone.thing")
    with acting(viewer):
        later = timezone.now() + timedelta(days=3660)
        assert keep_to_retention(by=viewer, at=later)["core.event"] == 3
        unit, moved, gone = Event.objects.filter(number__lte=3).order_by("number")
        assert (unit.by_name, unit.subject_name, unit.new) == ("", "ours north", {})
        assert (moved.by_name, moved.subject_name, moved.new, gone.subject_name) == ("", "", {}, "")
        Event.objects.filter(number=3).update(subject_type="core.unit")
        assert [said for said in faults() if "line 3" not in said] == []


@pytest.mark.django_db
def test_who_holds_a_role_or_never_worked_is_no_leaver(office: Office) -> None:
    old(office)
    with acting(System("a role still")):
        Grant.objects.create(sector=office.sector, person=office.people["clerk"], role=Role.AUDITOR, since=TODAY)
        Person.objects.create(sector=office.sector, code="never")
    with acting(office.viewer("cdo")):
        assert list(due.leavers(TODAY)) == []


@pytest.mark.django_db
def test_the_preview_says_what_will_go(office: Office) -> None:
    client = signed_in(office, "cdo")
    assert "Nothing is past its time" in client.get("/personal/retention/").content.decode()
    with acting(System("a test")):
        long_ago = TODAY - timedelta(days=1000)
        Membership.objects.filter(person=office.people["clerk"]).update(since=long_ago, until=long_ago)
        Notification.objects.create(
            sector=office.sector, person=office.people["cdo"], kind="x", title="x", at=NOON - timedelta(days=500)
        )
    page = client.get("/personal/retention/").content.decode()
    for words in ("This goes with the next round", "People who left", "What somebody was told", "removed"):
        assert words in page


@pytest.mark.django_db
def test_it_is_looked_for_once_a_day_and_a_job_does_it(office: Office, monkeypatch: Any) -> None:
    from vested.core.jobs import days  # noqa: PLC0415 - its works are put aside

    monkeypatch.setattr(days, "_works", {"core.retention": days._works["core.retention"]})
    now = timezone.now()
    assert do_daily(now) == 1
    with acting(System("look")):
        assert not Job.objects.exists(), "nothing is past its time"
        Notification.objects.create(
            sector=office.sector, person=office.people["cdo"], kind="x", title="x", at=now - timedelta(days=500)
        )
    do_daily(now + timedelta(days=1))
    with acting(System("look")):
        job = Job.objects.get()
    job = done(job)
    assert (job.state, job.result) == (
        Job.State.DONE,
        {"rows": {"core.notification": 1}, "url": "/personal/retention/"},
    )
