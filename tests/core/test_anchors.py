"""Whoever tampers with history is found out, also by what is kept beside the database."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from tests.core.offices import Office, make_office
from tests.proofs.tampering import DAYS, LINES, WAYS, lived, missed, shows, undone
from vested.config.cli import main
from vested.core import anchors
from vested.core.history import record
from vested.core.models import Event
from vested.core.scope import System, acting

NOW = timezone.now() + timedelta(days=10)  # so that the histories are of some age

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def state(settings: Settings, tmp_path: Path) -> Path:
    settings.STATE = tmp_path
    return tmp_path


def test_what_nobody_touched_is_whole() -> None:
    lived(NOW)
    assert not shows(NOW)
    anchored, ours, theirs = anchors.verify(NOW)
    assert (anchored.sector, anchored.lines) == ("", DAYS)
    assert [(one.sector, one.lines) for one in (ours, theirs)] == [("ours", LINES), ("theirs", LINES)]


def test_a_thousand_tamperings_all_show() -> None:
    offices = lived(NOW)
    assert missed(1_000, seed=1, now=NOW, offices=offices) == []
    assert not shows(NOW)


def test_a_tampering_that_does_not_show_would_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    offices = lived(NOW)
    monkeypatch.setattr("tests.proofs.tampering.shows", lambda _now: False)
    assert len(missed(len(WAYS), seed=1, now=NOW, offices=offices)) == len(WAYS)


def test_without_anchors_what_knows_the_code_would_pass() -> None:
    """So the anchors are what finds it, and not something else."""
    offices = lived(NOW)
    with undone():
        Event.objects.filter(sector=offices[0].sector, number__gt=LINES - 1).delete()
        (_anchored, ours, _theirs) = anchors.verify(NOW)
        assert [said.partition(" on ")[0] for said in ours.faults] == [f"line {LINES} is gone; it stood there"]
        anchors.place().write_text("", encoding="ascii")
        (_anchored, ours, _theirs) = anchors.verify(NOW)
        assert ours.faults == ()


def test_a_day_without_an_anchor_is_said() -> None:
    office = make_office("ours")
    assert not shows(NOW)
    viewer = office.viewer("cdo")
    with acting(viewer), transaction.atomic():
        record("unit.renamed", by=viewer, on=office.north)
    later = timezone.now() + timedelta(days=3)
    assert not shows(timezone.now())
    (anchored, _ours) = anchors.verify(later)
    assert anchored.faults == ("no anchor was kept yet: the worker has not run, or anchors were taken away",)
    anchors.keep(later)
    assert not shows(later)
    assert "no anchor was kept since" in next(anchors.verify(later + timedelta(days=3))).faults[0]


def test_a_worker_keeps_one_a_day(state: Path, caplog: pytest.LogCaptureFixture) -> None:
    make_office("ours")
    for hours in (0, 1, 2, 30, 31):
        anchors.keep_daily(NOW.replace(hour=3) + timedelta(hours=hours))
    kept, wrong = anchors.read(anchors.place())
    assert (len(kept), wrong) == (2, [])
    assert anchors.place().stat().st_mode & 0o777 == 0o600
    anchors.place().unlink()
    anchors.place().mkdir()
    anchors.keep_daily(NOW)
    assert "no anchor of the history could be kept" in caplog.text
    assert state.is_dir()


def test_another_secret_cannot_seal(settings: Settings) -> None:
    lived(NOW)
    settings.SECRET_KEY = settings.SECRET_KEY[::-1]
    assert all("is not as it was written" in said for said in next(anchors.verify(NOW)).faults[:DAYS])


@pytest.mark.parametrize("line", ["", "[]", "{}", "null", '{"seal": 1, "at": "x", "heads": {}}', "\x00ÿ"])
def test_whatever_stands_in_the_file_is_no_anchor(line: str) -> None:
    make_office("ours")
    anchors.place().write_text(f"{line}\n", encoding="latin-1")
    found, wrong = anchors.read(anchors.place())
    assert (found, len(wrong)) == ([], 1)
    anchors.keep(NOW)
    assert shows(NOW)


def test_the_command_says_what_is_wrong_and_where(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ours, _theirs = lived(NOW)
    copy = tmp_path / "copy"
    copy.write_bytes(anchors.place().read_bytes())
    assert main(["verify-history"]) == 0
    assert (
        capsys.readouterr().out == f"{DAYS} anchors, whole\nours: {LINES} lines, whole\ntheirs: {LINES} lines, whole\n"
    )
    assert len(anchors.read(anchors.place())[0]) == DAYS + 1
    with acting(System("tamper")):
        Event.objects.filter(sector=ours.sector, number=3).update(kind="unit.closed")
    assert main(["verify-history", "--anchors", str(copy)]) == 1
    assert f"ours: {LINES} lines, 1 fault\n  line 3 says something else than was recorded\n" in capsys.readouterr().out
    assert main(["verify-history", "--anchors", str(tmp_path / "none")]) == 1
    assert "there is no such file" in capsys.readouterr().err


def test_an_anchor_tells_nothing_of_what_happened(office: Office) -> None:
    viewer = office.viewer("cdo")
    with acting(viewer), transaction.atomic():
        record("unit.renamed", by=viewer, on=office.north, new={"name": "secret"})
    anchors.keep(NOW)
    (kept,) = map(json.loads, anchors.place().read_text(encoding="ascii").splitlines())
    assert kept.keys() == {"at", "heads", "before", "seal"}
    assert {sector: head[0] for sector, head in kept["heads"].items()} == {str(office.sector.pk): 1}
