"""``./run plan`` through the door."""

import csv
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.plans.portfolios import by_hand
from tests.plans.sectors import random_sector
from vested.config.cli import main
from vested.config.cli._terminal import Live
from vested.config.cli.plan import interruptible
from vested.formats import sector_folder
from vested.plans import generator

ROOT = Path(__file__).parents[2]
CLI = (sys.executable, "-m", "vested.config.cli")
FEWEST = ["plan.json", "assignments.csv", "prices.csv", "report.html"]
SCHEMA = json.loads((ROOT / "vested" / "plans" / "plan.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small sector folder without problems."""
    path = tmp_path / "sector"
    sector_folder.write(random_sector(1), path)
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a sector in which no plan is proven best at once."""
    path = tmp_path_factory.mktemp("large")
    sector_folder.write(generator.make_sector(people=600, seed=1), path)
    return path


def test_the_example_is_planned_and_told(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    command = [*CLI, "plan", "examples/harbour", "--out", str(out), "--seconds", "8"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in out.iterdir()) == sorted(FEWEST)
    document = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    Draft202012Validator(SCHEMA).validate(document)
    assert document["stopped"] in {"gap", "time"}
    with (out / "assignments.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == document["assignments"] > 0
    lines = done.stdout.splitlines()
    assert lines[-1] == f"Written to {out}: {', '.join(FEWEST)}."
    assert "no plan that keeps the results above is worth more than" in done.stdout
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_equal_files_and_seeds_give_equal_bytes(folder: Path, tmp_path: Path) -> None:
    for name in "ab":
        environment = os.environ | {"PYTHONHASHSEED": str(ord(name))}  # sets in another order
        command = [*CLI, "plan", str(folder), "--out", str(tmp_path / name), "--quiet"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
    for name in ("assignments.csv", "prices.csv", "plan.json"):  # report.html says how long the search took
        one, other = ((tmp_path / run / name).read_text(encoding="utf-8") for run in "ab")
        if name == "plan.json":
            one, other = (json.dumps(json.loads(text) | {"seconds": 0}) for text in (one, other))
        assert one == other, name


def test_the_curve_and_the_language(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["plan", str(folder), "--out", str(out), "--curve", "--language", "da", "--quiet"]) == 0
    document = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    Draft202012Validator(SCHEMA).validate(document)
    assert [row["factor"] for row in document["curve"] if not row["unit_id"]] == [0.6, 0.8, 1.0, 1.2, 1.4]
    assert (out / "curve.csv").exists()
    assert 'lang="da"' in (out / "report.html").read_text(encoding="utf-8")


def test_a_portfolio_is_planned_in_both_halves(tmp_path: Path) -> None:
    """From a made-up portfolio to all files, through the commands alone."""
    sector, out = tmp_path / "sector", tmp_path / "out"
    assert main(["make-sector", str(sector), "--people", "60", "--seed", "3", "--portfolio", "--quiet"]) == 0
    command = [*CLI, "plan", str(sector), "--out", str(out), "--seconds", "6"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    names = ["plan.json", "assignments.csv", "prices.csv", "roadmap.csv", "roadmap.json", "report.html"]
    assert done.stdout.splitlines()[-1] == f"Written to {out}: {', '.join(names)}."
    document = json.loads((out / "roadmap.json").read_text(encoding="utf-8"))
    schema = json.loads((ROOT / "vested" / "plans" / "roadmap.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document)
    begun = [row for row in document["initiatives"] if row["decision"] == "starts"]
    assert done.stdout.startswith(f"Roadmap: {len(begun)} of {len(document['initiatives'])} initiatives start, for ")
    assert "Each half is proven by itself, nothing of both together." in done.stdout
    assert all(told in done.stdout for told in document["repair"]["told"])
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    Draft202012Validator(SCHEMA).validate(plan)
    assert {need["initiative_id"] for need in plan["initiatives"]} <= {row["initiative_id"] for row in begun}
    assert 'id="roadmap"' in (out / "report.html").read_text(encoding="utf-8")


def test_what_is_mandatory_and_does_not_fit_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = by_hand()
    must = tuple(replace(row, mandatory=True, latest=1) for row in made.initiatives[:2])
    sector_folder.write(replace(made, initiatives=(*must, made.initiatives[2])), tmp_path / "sector")
    assert main(["plan", str(tmp_path / "sector"), "--out", str(tmp_path / "out"), "--quiet"]) == 1
    said = capsys.readouterr().err
    assert "the mandatory initiatives BOOK, TIDE cannot all start, because of the money of portfolio_budgets" in said


def test_quiet_says_nothing(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(folder), "--out", str(tmp_path / "out"), "--quiet"]) == 0
    assert capfd.readouterr() == ("", "")


def test_json_is_the_summary(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["plan", str(folder), "--out", str(out), "--json", "--seed", "9"]) == 0
    summary = json.loads(capsys.readouterr().out)
    document = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    assert summary["stages"]["value"] == document["stages"]["value"]
    assert document["seed"] == 9
    assert summary["files"] == [str(out / name) for name in FEWEST]


def test_a_workbook_gives_the_same_plan_as_its_folder(tmp_path: Path) -> None:
    sector_folder.write(random_sector(2), tmp_path / "folder")
    sector_folder.write(random_sector(2), tmp_path / "book.xlsx")
    for name in ("folder", "book.xlsx"):
        assert main(["plan", str(tmp_path / name), "--out", str(tmp_path / f"{name}-out"), "--quiet"]) == 0
    for name in ("assignments.csv", "prices.csv"):
        assert (tmp_path / "folder-out" / name).read_bytes() == (tmp_path / "book.xlsx-out" / name).read_bytes()


def test_problems_in_the_files_are_shown_and_nothing_is_written(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "courses.csv").unlink()
    assert main(["plan", str(folder), "--out", str(tmp_path / "out")]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"./run plan: {folder} has ")
    assert "\n  courses.csv:1:1: " in captured.err
    assert not (tmp_path / "out").exists()


def test_places_that_cannot_be_read_or_written_are_sentences(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file", encoding="utf-8")
    assert main(["plan", str(tmp_path / "gone"), "--out", str(tmp_path / "out")]) == 1
    assert "there is no such folder or workbook; check the spelling" in capsys.readouterr().err
    for out in (taken, taken / "below"):
        assert main(["plan", str(folder), "--out", str(out)]) == 1
        assert "name a folder where a folder is meant" in capsys.readouterr().err
    assert taken.read_text(encoding="utf-8") == "a file"


def test_interrupted_once_the_best_plan_so_far_is_written_and_said(large: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [*CLI, "plan", str(large), "--out", str(out), "--gap", "0", "--seconds", "600", "--curve"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert process.stdout
        for line in process.stderr:
            if line.startswith("Value"):
                break
        process.send_signal(signal.SIGINT)
        said, told = process.stderr.read(), process.stdout.read()
    assert process.returncode == 0, said
    assert "Ending the search; the best plan so far will be written." in said
    assert "You stopped the search after" in told
    document = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    Draft202012Validator(SCHEMA).validate(document)
    assert document["stopped"] == "interrupt"
    assert document["curve"] == []
    assert not (out / "curve.csv").exists()


def test_interrupted_twice_it_leaves_at_once() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interruptible(Live(quiet=True)) as interrupted:
        assert not interrupted
        signal.raise_signal(signal.SIGINT)
        assert interrupted
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_on_a_terminal_one_line_is_rewritten_in_place(large: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [*CLI, "plan", str(large), "--out", str(tmp_path / "out"), "--seconds", "2"]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "60"}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=theirs, env=environment) as process:
        os.close(theirs)
        text = _read(ours)
    os.close(ours)
    assert process.returncode == 0, text
    assert "\n" not in text
    lines = text.split("\r\x1b[K")
    assert any("s left" in line for line in lines)
    assert max(map(len, lines)) < 60
    assert lines[-1] == ""


def _read(terminal: int) -> str:
    """Read what the process writes until it is gone."""
    parts = []
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            part = os.read(terminal, 4096)
        except OSError:  # how Linux says that the other end is closed
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts).decode()
