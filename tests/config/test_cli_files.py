"""The commands about a sector's files, through the door."""

import csv
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plans.sectors import random_sector
from vested.config.cli import main
from vested.formats import sector_folder

ROOT = Path(__file__).parents[2]
CLI = (sys.executable, "-m", "vested.config.cli")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small sector folder without problems."""
    path = tmp_path / "sector"
    sector_folder.write(random_sector(1), path)
    return path


def spoil(folder: Path, *, rows: int = 1) -> None:
    """Add staff of a unit that does not exist."""
    with (folder / "staff.csv").open("r", encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        staff, headings = list(reader), list(reader.fieldnames or [])
    staff += [staff[0] | {"person_id": f"new{row}", "unit_id": "nowhere"} for row in range(rows)]
    with (folder / "staff.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings)
        writer.writeheader()
        writer.writerows(staff)


def test_a_folder_without_problems_says_what_is_in_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-files", str(folder)]) == 0
    assert "No problems: 12 people, 3 roles," in capsys.readouterr().out


def test_problems_are_lines_with_place_cause_and_mend_and_counts_at_the_end(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder)
    assert main(["check-files", str(folder)]) == 1
    first, *_rest = capsys.readouterr().out.splitlines()
    assert first.startswith("staff.csv:14:")
    assert "nowhere" in first
    assert _rest[-2:] == ["       1 unknown id", "1 problem to mend."]


def test_quiet_prints_problems_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-files", str(folder), "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    spoil(folder)
    assert main(["check-files", str(folder), "--quiet"]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_json_has_the_same_problems(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(folder, rows=3)
    assert main(["check-files", str(folder), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert [problem["line"] for problem in document["problems"]] == [14, 15, 16]
    assert document["counts"] == {"unknown id": 3}
    assert document["warnings"] == []


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-files", str(tmp_path / "gone")]) == 1
    assert capsys.readouterr().err == (
        f"./run check-files: {tmp_path}/gone: there is no such folder or workbook; check the spelling\n"
    )


def test_a_reader_that_leaves_early_is_no_error(folder: Path) -> None:
    spoil(folder, rows=3000)
    with subprocess.Popen(
        [*CLI, "check-files", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["plan"],
        ["plan", "somewhere"],
        ["plan", "somewhere", "--out", "x", "--seconds", "0"],
        ["plan", "somewhere", "--out", "x", "--gap", "1"],
        ["plan", "somewhere", "--out", "x", "--seconds", "nan"],
        ["plan", "somewhere", "--out", "x", "--language", "nl"],
        ["make-sector", "x"],
        ["make-sector", "x", "--people", "many"],
        ["import", "esco", "x", "--out", "y"],
        ["import", "uk-gdd", "roles.csv", "--out", "y"],
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith("usage: ./run")


def test_help_names_every_command_and_imports_no_solver() -> None:
    probe = "import sys; from vested.config.cli import main\ntry: main(['--help'])\nfinally: print(sorted(sys.modules))"
    text = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for command in ("plan", "check-files", "template", "make-sector", "import"):
        assert f"\n    {command}" in text
    assert "'argparse'" in text
    assert not [name for name in ("'numpy'", "'django'", "'numba'", "'highspy'") if name in text]


def test_the_template_is_written_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "new" / "sector.xlsx"
    assert main(["template", str(book)]) == 0
    assert main(["check-files", str(book)]) == 0
    capsys.readouterr()
    assert main(["template", str(book)]) == 1
    assert "--force" in capsys.readouterr().err
    assert main(["template", str(book), "--force"]) == 0
    assert main(["template", str(tmp_path / "sector.ods")]) == 1


def test_a_generated_sector_has_no_problems_and_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "made")
    assert main(["make-sector", out, "--people", "60", "--seed", "3"]) == 0
    assert main(["check-files", out]) == 0
    assert main(["make-sector", out, "--people", "60", "--seed", "3"]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert main(["make-sector", str(tmp_path / "tiny"), "--people", "2"]) == 1
    assert main(["make-sector", str(tmp_path / "x"), "--people", "60", "--from", str(tmp_path / "gone")]) == 1
    assert not (tmp_path / "x").exists()


def test_the_same_numbers_make_the_same_sector(tmp_path: Path) -> None:
    for name, seed in (("a", "3"), ("b", "3"), ("c", "4")):
        assert main(["make-sector", str(tmp_path / name), "--people", "60", "--seed", seed, "--quiet"]) == 0
    content = [{path.name: path.read_bytes() for path in sorted((tmp_path / name).iterdir())} for name in "abc"]
    assert content[0] == content[1] != content[2]


@pytest.fixture
def heard() -> Iterator[None]:
    """Let children hear an interrupt: where tests run in the background it is ignored, and children inherit that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_interrupted_before_anything_is_written(tmp_path: Path) -> None:
    command = [*CLI, "make-sector", str(tmp_path / "large"), "--people", "200000"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert "Making a sector of 200,000 people" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert "Interrupted; nothing was written." in process.stderr.read()
    assert process.returncode == 130
    assert not (tmp_path / "large").exists()


def test_imports_add_up_and_a_sector_is_made_around_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    framework = tmp_path / "broken.jsonld"
    framework.write_text("{", encoding="utf-8")
    assert main(["import", "digcomp", str(framework), "--out", str(tmp_path / "tables")]) == 1
    assert "broken.jsonld" in capsys.readouterr().err
    assert main(["import", "digcomp", str(tmp_path / "gone"), "--out", str(tmp_path / "tables")]) == 1
    assert not (tmp_path / "tables").exists()


@pytest.mark.real_data
def test_published_files_become_a_sector_without_problems(tmp_path: Path, real_data: Path) -> None:
    skills, tables, out = real_data / "skills", str(tmp_path / "tables"), str(tmp_path / "sector")
    assert main(["import", "digcomp", str(skills / "digcomp3" / "digcomp3_en.jsonld"), "--out", tables]) == 0
    gdd = skills / "uk_gdd"
    assert main(["import", "uk-gdd", str(gdd / "roles.csv"), str(gdd / "skills.csv"), "--out", tables]) == 0
    assert main(["import", "direct", str(skills / "direct"), "--out", tables]) == 0
    assert main(["make-sector", out, "--people", "200", "--from", tables]) == 0
    assert main(["check-files", out]) == 0
