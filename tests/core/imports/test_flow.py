"""Files on their way in and back, through the pages: what each step does, and what it leaves alone."""

import io
import os
import zipfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.core.imports.bringing import (
    HARBOUR,
    STAFF,
    UNITS,
    begun,
    brought_in,
    files,
    harbour,
    latest,
    rows_of,
    undone,
    uploaded,
    work,
    zipped,
)
from tests.core.offices import Office
from vested.core.errors import Conflict, Invalid
from vested.core.history import faults
from vested.core.imports import actions, staff, tables, units
from vested.core.models import Event, Grant, Import, Job, Membership, Person, Unit
from vested.core.permissions import Role
from vested.core.scope import System, acting

State = Import.State


def kinds(office: Office) -> list[str]:
    with acting(office.viewer("cdo")):
        assert not list(faults())
        return [kind for kind in Event.objects.order_by("number").values_list("kind", flat=True) if "import" in kind]


def page(client: Client, imported: Import, step: str = "") -> str:
    answer = client.get(f"/imports/{imported.pk}/{step}", follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("as_zip", [False, True])
def test_the_harbour_comes_in_and_goes_out_again(
    cdo: Client,
    office: Office,
    kept: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    *,
    as_zip: bool,
) -> None:
    sent = harbour()
    if as_zip:
        sent = [zipped({f"harbour/{file.name}": file.read() for file in sent})]
    imported = uploaded(cdo, *sent)
    before = rows_of(units.current, imported), rows_of(staff.current, imported)
    shown = page(cdo, imported)
    assert "60 people will be added." in shown
    assert "5 people will be removed." in shown
    assert "1 unit will be changed." in shown
    assert "Gita Lockgate" in shown
    assert rows_of(staff.current, imported) == before[1]
    with django_capture_on_commit_callbacks(execute=True):
        cdo.post(f"/imports/{imported.pk}/preview/")
        work()
    imported = latest()
    assert imported.state == State.DONE
    assert not list(kept.rglob("*.csv"))
    assert "60 added, 5 removed" in page(cdo, imported)
    with acting(office.viewer("cdo")):
        person = Person.objects.get(code="H02")
        held = Membership.objects.get(person=person)
        assert (held.unit.code, held.grade, str(held.manager)) == ("policy-law", "C", "Gita Lockgate")
        assert Membership.objects.filter(until=None).count() == 60
        assert Unit.objects.filter(ended_on=None).count() == 13
    assert undone(cdo, imported).state == State.UNDONE
    assert (rows_of(units.current, imported), rows_of(staff.current, imported)) == before
    assert "undone" in page(cdo, imported)
    assert kinds(office) == [
        f"import.{kind}" for kind in ("uploaded", "checked", "asked_for", "done", "undo_asked_for", "undone")
    ]


def test_a_workbook_does_as_well(cdo: Client, tmp_path: Path) -> None:
    from vested.formats import sector_folder  # noqa: PLC0415 - only here

    sector_folder.write(sector_folder.read(HARBOUR), tmp_path / "book.xlsx")
    book = SimpleUploadedFile("book.xlsx", (tmp_path / "book.xlsx").read_bytes())
    assert brought_in(cdo, book).counts == [["units", 12, 1, 2], ["staff", 60, 0, 5]]


def test_what_goes_out_comes_in_without_a_change(cdo: Client, office: Office) -> None:
    brought_in(cdo, *harbour())
    content = b"".join(cdo.get(exported(cdo)))
    assert set(zipfile.ZipFile(io.BytesIO(content)).namelist()) == {"units.csv", "staff.csv", "plan.toml"}
    again = uploaded(cdo, SimpleUploadedFile("out.zip", content))
    assert (again.state, again.counts) == (State.READY, [["units", 0, 0, 0], ["staff", 0, 0, 0]])
    assert "Nothing changes" in page(cdo, again)
    with acting(office.viewer("cdo")):
        event = Event.objects.get(kind="export.done")
        assert event.new["rows"] == {"units": 13, "staff": 60}


def exported(cdo: Client) -> str:
    """Have everything packed; where it is."""
    assert cdo.post("/exports/").status_code == 302
    work()
    with acting(System("a test")):
        return str((Job.objects.get(kind="core.export").result or {})["url"])


def test_what_is_packed_is_for_who_asked_and_for_a_day(
    cdo: Client,
    office: Office,
    stranger: Client,
    kept: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    begun(cdo)
    url = exported(cdo)
    colleague = Client()
    colleague.force_login(office.user("manager"))
    assert b"".join(cdo.get(url))[:2] == b"PK"
    assert (colleague.get(url).status_code, stranger.get(url).status_code) == (403, 404)
    with acting(System("a test")):
        Grant.objects.create(
            sector=office.sector, person=office.people["clerk"], role=Role.HR_OFFICER, since=timezone.localdate()
        )
    other = Client()
    other.force_login(office.user("clerk"))
    assert other.get(url).status_code == 404
    [file] = (kept / "exports").iterdir()
    os.utime(file, (0, 0))
    with acting(System("a test")):
        Job.objects.filter(kind="core.export").update(kind="core.export_before")
    with django_capture_on_commit_callbacks(execute=True):
        exported(cdo)
    assert not file.exists()
    assert cdo.get(url).status_code == 404


def test_a_pack_nobody_may_have_is_not_kept(cdo: Client, office: Office, kept: Path) -> None:
    begun(cdo)
    cdo.post("/exports/")
    with acting(System("a test")):
        Grant.objects.filter(person=office.people["cdo"]).update(until=timezone.localdate() - timedelta(days=1))
    work()
    with acting(System("a test")):
        assert Job.objects.get(kind="core.export").state == Job.State.FAILED
    assert list((kept / "exports").iterdir()) == []


def test_only_tables_that_are_brought_are_touched(cdo: Client) -> None:
    begun(cdo)
    done = brought_in(cdo, *files(units=UNITS.replace("North", "Nord")))
    assert done.counts == [["units", 0, 1, 0]]
    done = brought_in(cdo, *files(staff="person_id,name,unit_id\nA,Anna,north\nB,Bo,ministry\n"))
    assert done.counts == [["staff", 0, 1, 0]]
    assert rows_of(staff.current, done)["A",] == ("Anna", "an@x.example", "north", "C", "B")


def test_a_table_that_lacks_what_it_needs_is_left_alone(cdo: Client) -> None:
    imported = uploaded(cdo, *files(staff="person_id,name\nA,Anna\n"))
    assert imported.state == State.UPLOADED
    kept = imported.mapping[0]
    posted = {"was-0": "staff", "table-0": "staff", "column-0-person_id": "0", "column-0-name": "1"}
    assert kept["columns"] == {"person_id": "person_id", "name": "name"}
    cdo.post(f"/imports/{imported.pk}/columns/", posted)
    work()
    imported = latest()
    assert (imported.state, imported.counts, imported.preview["left"]) == (State.READY, [], ["staff"])
    assert "lacks a column" in page(cdo, imported)


BROKEN = {"units": UNITS.replace("agency", "agenzy"), "staff": STAFF.replace("north", "nord")}


def test_a_broken_folder_shows_its_problems_and_changes_nothing(cdo: Client, office: Office) -> None:
    before = rows_of(units.current, begun(cdo))
    imported = uploaded(cdo, *files(**BROKEN))
    assert imported.state == State.CHECKED
    shown = page(cdo, imported)
    assert "2 places need mending" in shown
    assert "units.csv:3:3" in shown
    assert "staff.csv:3:4" in shown
    assert "did you mean “north”?" in shown
    lines = cdo.get(f"/imports/{imported.pk}/report.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("units.csv,3,3,")
    assert rows_of(units.current, imported) == before
    answer = cdo.post(f"/imports/{imported.pk}/preview/")
    assert answer.status_code == 409
    assert rows_of(units.current, imported) == before
    assert kinds(office)[-1] == "import.checked"


def test_a_mended_file_takes_the_place_of_one_and_the_others_stay(cdo: Client, kept: Path) -> None:
    imported = uploaded(cdo, *files(**BROKEN))
    url = f"/imports/{imported.pk}/report/"
    assert "Choose the mended file" in cdo.post(url, {"instead_of": "units.csv"}).content.decode()
    for wrong in (*files(x="a"), *files(y="b")):
        wrong.name = "book.xlsx"
        assert "same kind" in cdo.post(url, {"instead_of": "units.csv", "file": wrong}).content.decode()
    assert cdo.post(url, {"instead_of": "other.csv", "file": files(units=UNITS)}).status_code == 200
    for name, text in (("units", UNITS), ("mended", STAFF)):
        instead = f"{'staff' if name == 'mended' else name}.csv"
        assert cdo.post(url, {"instead_of": instead, "file": files(**{name: text})[0]}).status_code == 302
        work()
    assert latest().state == State.READY
    assert latest().files == ["units.csv", "staff.csv"]
    assert len(list(kept.rglob(f"{latest().folder}/*"))) == 2


def test_columns_are_asked_for_once_and_guessed(cdo: Client) -> None:
    danish = {
        "Enheder 2027": "Enhedsnr;Navn;Type;Overordnet enhed\nministry;M;ministry;\n",
        "Medarbejdere": "Medarbejdernr;Fulde navn;Afdeling;Løntrin;Nærmeste leder\nA;An;ministry;C;\n",
    }
    imported = uploaded(cdo, *files(**danish))
    assert imported.state == State.UPLOADED
    shown = page(cdo, imported)
    assert "Which column is which?" in shown
    guessed = {kept["name"]: (kept["table"], kept["columns"]) for kept in imported.mapping}
    assert guessed["Enheder 2027.csv"] == (
        "units", {"Enhedsnr": "unit_id", "Navn": "name", "Type": "kind", "Overordnet enhed": "parent_id"},
    )  # fmt: skip
    assert guessed["Medarbejdere.csv"][0] == "staff"
    posted = choices(imported)
    assert cdo.post(f"/imports/{imported.pk}/columns/", posted).status_code == 302
    work()
    done = latest()
    assert done.state == State.READY
    assert rows_by(done)["staff"] == [[["A"], ["An", "", "ministry", "C", None]]]
    mended = files(x=danish["Medarbejdere"].replace("An;", "Ann;"))[0]
    cdo.post(f"/imports/{done.pk}/report/", {"instead_of": "Medarbejdere.csv", "file": mended})
    work()
    assert latest().state == State.READY
    assert rows_by(latest())["staff"] == [[["A"], ["Ann", "", "ministry", "C", None]]]


def rows_by(imported: Import) -> Mapping[str, object]:
    return {name: samples["added"] for name, samples in imported.preview["samples"].items()}


def choices(imported: Import) -> dict[str, str]:
    """What the page of columns posts when nothing is changed on it."""
    posted: dict[str, str] = {}
    for place, kept in enumerate(imported.mapping):
        posted |= {f"was-{place}": kept["table"], f"table-{place}": kept["table"]}
        for heading, column in kept["columns"].items():
            posted[f"column-{place}-{column}"] = str(kept["headings"].index(heading))
    return posted


def test_another_table_shows_its_columns_before_it_is_used(cdo: Client) -> None:
    imported = uploaded(cdo, *files(one="Enhedsnr;Navn;Type\nministry;M;ministry\n", two="nr;Navn\n1;2\n"))
    url = f"/imports/{imported.pk}/columns/"
    posted = {"was-0": "units", "table-0": "staff", "was-1": "", "table-1": "-"}
    shown = cdo.post(url, posted).content.decode()
    assert 'name="column-0-person_id"' in shown
    assert 'name="column-0-kind"' not in shown
    said = cdo.post(url, {**posted, "was-0": "staff"}).content.decode()
    assert "without it no row can be told" in said
    twice = {"was-0": "staff", "table-0": "staff", "column-0-person_id": "0", "column-0-name": "0", "was-1": "staff"}
    said = cdo.post(url, {**twice, "table-1": "staff", "column-1-person_id": "0"}).content.decode()
    assert "This column is person_id already." in said
    assert "“one.csv” holds that already." in said
    assert latest().state == State.UPLOADED
    nothing = {"was-0": "units", "table-0": "-", "was-1": "", "table-1": "nonsense"}
    assert "Select a valid choice" in cdo.post(url, nothing).content.decode()
    cdo.post(url, {**nothing, "table-1": "-"})
    work()
    assert latest().counts == []
    assert "nobody keeps what they hold" in page(cdo, latest())


def test_the_first_of_two_imports_is_not_undone_over_the_second(cdo: Client) -> None:
    begun(cdo)
    first = brought_in(cdo, *files(staff=STAFF.replace("An,", "Anna,").replace(",C,", ",D,")))
    second = brought_in(cdo, *files(staff=STAFF.replace("An,", "Anne,")))
    refused = undone(cdo, first)
    assert refused.state == State.DONE
    assert refused.job
    assert "1 row has been changed since (People A)" in refused.job.error
    assert "1 row has been changed since" in page(cdo, first)
    assert rows_of(staff.current, first)["A",][0] == "Anne"
    assert undone(cdo, second).state == State.UNDONE
    assert undone(cdo, first).state == State.UNDONE
    assert rows_of(staff.current, first)["A",] == ("An", "an@x.example", "north", "C", "B")


def test_what_came_back_since_is_not_removed_twice(cdo: Client) -> None:
    begun(cdo)
    more = "".join(f"N{n},Name,,north,,\n" for n in range(7))
    first = brought_in(cdo, *files(staff=STAFF + more))
    brought_in(cdo, *files(staff=STAFF))
    refused = undone(cdo, first)
    assert refused.job
    assert (
        "7 rows have been changed since (People N0, People N1, People N2, People N3, People N4 …)" in refused.job.error
    )
    removed = brought_in(cdo, *files(staff=STAFF.splitlines()[0] + "\nB,Bo,bo@x.example,ministry,D,\n"))
    brought_in(cdo, *files(staff=STAFF.replace("An,", "Back,")))
    refused = undone(cdo, removed)
    assert refused.job
    assert "1 row has been changed since (People A)" in refused.job.error


def test_what_changed_since_it_was_shown_is_shown_again(cdo: Client, office: Office) -> None:
    begun(cdo)
    imported = uploaded(cdo, *files(units=UNITS.replace("North", "Nord")))
    with acting(office.viewer("cdo")):
        Unit.objects.filter(code="north").update(name="Somebody's")
    cdo.post(f"/imports/{imported.pk}/preview/")
    work()
    imported = latest()
    assert imported.state == State.READY
    shown = page(cdo, imported)
    assert "Something has changed since you looked" in shown
    assert "Somebody&#x27;s" in shown
    assert rows_of(units.current, imported)["north",][0] == "Somebody's"
    cdo.post(f"/imports/{imported.pk}/preview/")
    work()
    assert latest().state == State.DONE
    assert rows_of(units.current, imported)["north",][0] == "Nord"


def test_files_that_no_longer_fit_are_not_brought_in(cdo: Client, office: Office) -> None:
    begun(cdo)
    imported = uploaded(cdo, *files(units=UNITS + "south,S,team,\n"))
    with acting(office.viewer("cdo")):
        lost = Unit.objects.create(sector=office.sector, code="lost", name="L", kind="team", path="/9/")
        Membership.objects.filter(person__code="A", until=None).update(unit=lost)
    cdo.post(f"/imports/{imported.pk}/preview/")
    work()
    assert latest().state == State.CHECKED
    assert "staff as it is now" in page(cdo, latest())


def test_a_crash_inside_changes_nothing(cdo: Client, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    imported = uploaded(cdo, *files(units=UNITS, staff=STAFF))
    before = rows_of(units.current, imported)

    def crash(*_given: object, **_named: object) -> None:
        raise RuntimeError("the disk is full")

    broken = tables.TableImport(
        "staff", "People", str, staff.STAFF.keys, staff.STAFF.columns, staff.current, staff.wanted, crash
    )
    monkeypatch.setattr(tables, "_tables", [units.UNITS, broken])
    cdo.post(f"/imports/{imported.pk}/preview/")
    work()
    imported = latest()
    assert imported.state == State.FAILED
    assert rows_of(units.current, imported) == before
    assert "Nothing was changed" in page(cdo, imported)
    assert kinds(office)[-1] == "import.failed"
    monkeypatch.undo()
    cdo.post(f"/imports/{imported.pk}/check/")
    work()
    assert latest().state == State.READY


def test_an_import_can_be_undone_for_a_day_and_once(cdo: Client, office: Office) -> None:
    done = begun(cdo)
    assert "Undo this import" in page(cdo, done)
    assert "Undo this import?" in page(cdo, done, "undo/")
    with acting(office.viewer("cdo")):
        Import.objects.filter(pk=done.pk).update(done_at=timezone.now() - timedelta(days=1, minutes=1))
    assert "no longer be undone" in page(cdo, done)
    assert "no longer be undone" in page(cdo, done, "undo/")
    assert cdo.post(f"/imports/{done.pk}/undo/").status_code == 409
    assert latest().before
    uploaded(cdo, *files(units=UNITS))
    with acting(office.viewer("cdo")):
        assert Import.objects.get(pk=done.pk).before is None
        Import.objects.filter(pk=done.pk).update(done_at=timezone.now(), state=State.UNDONE)
    assert cdo.post(f"/imports/{done.pk}/undo/").status_code == 409


def test_files_are_dropped_and_those_left_lying_go_with_the_next(
    cdo: Client, office: Office, kept: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    imported = uploaded(cdo, *files(units=UNITS))
    with django_capture_on_commit_callbacks(execute=True):
        assert "is dropped" in cdo.post(f"/imports/{imported.pk}/drop/", follow=True).content.decode()
    assert not list(kept.rglob("*.csv"))
    assert cdo.get(f"/imports/{imported.pk}/").status_code == 404
    imported = uploaded(cdo, *files(units=UNITS))
    with acting(office.viewer("cdo")):
        Import.objects.filter(pk=imported.pk).update(at=timezone.now() - timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        cdo.post("/imports/new/", {"chosen": files(staff=STAFF)})
    assert cdo.get(f"/imports/{imported.pk}/").status_code == 404
    assert [path.name for path in kept.rglob("*.csv")] == ["staff.csv"]


def test_work_in_hand_keeps_others_out(cdo: Client, office: Office) -> None:
    begun(cdo)
    cdo.post("/imports/new/", {"chosen": files(units=UNITS)})
    imported = latest()
    assert imported.job
    job = f"/jobs/{imported.job.pk}/"
    for step in ("", "columns/", "report/", "preview/"):
        assert cdo.get(f"/imports/{imported.pk}/{step}")["location"] == job
    for step in ("check", "drop"):
        assert cdo.post(f"/imports/{imported.pk}/{step}/").status_code == 409
    work()
    assert cdo.get(job).status_code == 200
    cdo.post(f"/imports/{imported.pk}/preview/")
    work()
    cdo.post(f"/imports/{imported.pk}/undo/")
    assert cdo.get(f"/imports/{imported.pk}/")["location"].startswith("/jobs/")
    assert cdo.post(f"/imports/{imported.pk}/undo/").status_code == 409
    by = office.viewer("cdo")
    with acting(by), pytest.raises(Conflict):
        actions.drop(imported=imported, by=by, at=timezone.now())
    for step in ("columns/", "report/", "report.csv", "preview/"):
        assert cdo.get(f"/imports/{imported.pk}/{step}").status_code == 404


def test_what_is_refused_while_a_job_works_leaves_the_import_as_it_was(
    cdo: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise Invalid("not like this")

    monkeypatch.setattr("vested.core.imports.jobs.checked", refuse)
    imported = uploaded(cdo, *files(units=UNITS))
    assert imported.state == State.UPLOADED
    assert "not like this" in page(cdo, imported)
    assert cdo.get(f"/imports/{imported.pk}/preview/")["location"] == f"/imports/{imported.pk}/"


def test_an_upload_that_cannot_be_started_keeps_no_file(
    cdo: Client, office: Office, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = uploaded(cdo, *files(units=UNITS))
    before = sorted(kept.rglob("*.csv"))

    def refuse(*_given: object, **_named: object) -> None:
        raise Invalid("no worker")

    monkeypatch.setattr("vested.core.jobs.start", refuse)
    by, now = office.viewer("cdo"), timezone.now()
    with acting(by):
        with pytest.raises(Invalid, match="no worker"):
            actions.upload_files(by=by, files=files(staff=STAFF), at=now)
        with pytest.raises(Invalid, match="no such file"):
            actions.mend(imported=imported, by=by, file=files(units=UNITS)[0], instead_of="wages.csv", at=now)
    assert sorted(kept.rglob("*.csv")) == before
    assert latest().pk == imported.pk


def test_columns_are_explained_in_the_language_of_the_reader(cdo: Client) -> None:
    imported = uploaded(cdo, *files(one="Enhedsnr;Navn;Type\nministry;M;ministry\n"))
    cdo.post("/language/", {"language": "da", "next": "/"})
    assert "Jeres egen korte betegnelse for enheden." in page(cdo, imported)


def test_a_job_whose_files_were_dropped_says_so(cdo: Client, office: Office) -> None:
    cdo.post("/imports/new/", {"chosen": files(units=UNITS)})
    imported = latest()
    job = imported.job
    by = office.viewer("cdo")
    with acting(by):
        Import.objects.all().delete()
        work()
        assert job
        job.refresh_from_db()
        assert "dropped" in job.error
        with pytest.raises(Conflict, match="dropped"):
            actions.check_again(imported=imported, by=by, at=timezone.now())
