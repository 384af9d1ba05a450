"""A part of a sector: missing tables and columns, an office's own names, and what is there already."""

from pathlib import Path

import pytest

from vested.formats.sector_folder import Kind, Part, check, headings

UNITS = "unit_id,name,kind,parent_id\nA,Alpha,ministry,\n"
STAFF = "person_id,name,unit_id\nP1,One,A\n"


def folder(path: Path, **texts: str) -> Path:
    path.mkdir(exist_ok=True)
    for name, text in texts.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def test_nothing_is_missing_from_a_part(tmp_path: Path) -> None:
    path = folder(tmp_path / "in", units=UNITS)
    assert {problem.kind for problem in check(path).problems} == {Kind.MISSING_TABLE}
    report = check(path, part=Part())
    assert report.problems == ()
    assert report.sector
    assert [unit.unit_id for unit in report.sector.units] == ["A"]
    assert report.present == {"units": frozenset({"unit_id", "name", "kind", "parent_id"})}


def test_a_column_outside_the_key_may_be_missing_and_is_remarked(tmp_path: Path) -> None:
    path = folder(tmp_path / "in", units=UNITS, staff=STAFF)
    report = check(path, part=Part())
    assert report.sector
    assert [(warning.kind, warning.file) for warning in report.warnings] == [(Kind.MISSING_COLUMN, "staff.csv")] * 2
    assert report.present["staff"] == {"person_id", "name", "unit_id"}
    folder(path, staff="name,unit_id\nOne,A\n")
    assert [problem.kind for problem in check(path, part=Part()).problems] == [Kind.MISSING_COLUMN]


def test_what_is_there_already_is_known_and_no_part_of_what_is_brought(tmp_path: Path) -> None:
    around = folder(tmp_path / "now", units=UNITS, staff="person_id,name,unit_id\nP0,Zero,A\n")
    path = folder(tmp_path / "in", staff=STAFF)
    report = check(path, part=Part(around=around))
    assert report.sector
    assert [person.person_id for person in report.sector.staff] == ["P1"]
    assert [unit.unit_id for unit in report.sector.units] == ["A"]
    assert set(report.present) == {"staff"}
    assert {warning.file for warning in report.warnings} == {"staff.csv"}


def test_what_is_there_and_no_longer_fits_is_said_where_it_is(tmp_path: Path) -> None:
    around = folder(tmp_path / "now", staff=STAFF)
    path = folder(tmp_path / "in", units=UNITS.replace("A,", "B,"))
    problem = check(path, part=Part(around=around)).problems[0]
    assert (problem.file, problem.kind) == ("staff as it is now", Kind.UNKNOWN_ID)
    assert "units.csv" in problem.what


def test_an_office_names_its_files_and_columns(tmp_path: Path) -> None:
    path = folder(tmp_path / "in", kontorer="nr;navn;slags;name\nA;Alpha;ministry;passed over\n", notes="a\nb\n")
    chosen = {"units": {"nr": "unit_id", "navn": "name", "slags": "kind", "name": ""}}
    part = Part(tables={"kontorer.csv": "units", "notes.csv": ""}, columns=chosen)
    report = check(path, part=part)
    assert report.problems == report.warnings == ()
    assert report.sector
    assert [(unit.unit_id, unit.name) for unit in report.sector.units] == [("A", "Alpha")]


@pytest.mark.parametrize(("name", "problems"), [("Alpha", 0), ("Alphabet", 1)])
def test_a_text_is_as_long_as_it_may_be(tmp_path: Path, name: str, problems: int) -> None:
    path = folder(tmp_path / "in", units=f"unit_id,name,kind\nA,{name},ministry\n")
    found = check(path, part=Part(longest={"units": {"name": 5}})).problems
    assert [(problem.kind, problem.line, problem.column) for problem in found] == [(Kind.OUT_OF_RANGE, 2, 2)] * problems


def test_skills_without_a_table_are_present_by_their_names(tmp_path: Path) -> None:
    path = folder(tmp_path / "in", role_requirements="role_id,skill_id,level\nR,S,3\n")
    assert check(path, part=Part()).present["skills"] == {"skill_id", "name"}


def test_headings_say_what_each_file_is(tmp_path: Path) -> None:
    path = folder(tmp_path / "in", Units="Unit ID,navn,kind\nA,Alpha,ministry\n", other="x;y\n1;2\n", empty="")
    (path / "columns.toml").write_text('[units]\n"navn" = "name"\n', encoding="utf-8")
    found = {one.name: one for one in headings(path)}
    assert set(found) == {"Units.csv", "other.csv"}
    assert found["Units.csv"].table == "units"
    assert found["Units.csv"].columns == {"Unit ID": "unit_id", "navn": "name", "kind": "kind"}
    assert (found["other.csv"].table, found["other.csv"].headings) == ("", ("x", "y"))
    assert headings(path / "nowhere") == ()


def test_headings_of_a_workbook_are_those_of_its_sheets(tmp_path: Path) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, used once

    book = Workbook()
    for title, rows in (
        ("Read me", [["x"]]),
        ("plan", [["periods", 4]]),
        ("kontorer", [["nr", "navn"], ["A", "Alpha"]]),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(tmp_path / "book.xlsx")
    assert [(one.name, one.headings) for one in headings(tmp_path / "book.xlsx")] == [("kontorer", ("nr", "navn"))]
    part = Part(tables={"kontorer": "units"}, columns={"units": {"nr": "unit_id", "navn": "name"}})
    report = check(tmp_path / "book.xlsx", part=part)
    assert report.present == {"units": {"unit_id", "name"}}
