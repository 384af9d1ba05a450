"""``./run migrate`` brings a database up to date, and says so."""

from pathlib import Path

from tests.config.installations import run

MIGRATE = ("-m", "vested.config.cli", "migrate")


def test_a_new_database_is_brought_up_to_date_once(tmp_path: Path) -> None:
    desk = {"VESTED_STATE": str(tmp_path)}
    listed = run(*MIGRATE, "--list", settings=desk)
    assert "core.0001_core" in listed.stdout
    first = run(*MIGRATE, settings=desk)
    assert first.stdout == f"{listed.stdout}{len(listed.stdout.splitlines())} migrations done.\n"
    assert run(*MIGRATE, settings=desk).stdout == "The database is up to date.\n"


def test_a_database_that_cannot_be_opened_is_said_in_one_line(tmp_path: Path) -> None:
    done = run(*MIGRATE, settings={"VESTED_STATE": str(tmp_path / "missing")})
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
