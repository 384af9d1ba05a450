"""The template, and the declarations it is made of."""

from dataclasses import MISSING, fields
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from tests.formats.sector_folder.folders import content, found
from vested.formats import sector_folder
from vested.formats.sector_folder import (
    SETTINGS,
    TABLES,
    Kind,
    Sector,
    Settings,
    Table,
    Type,
    _words_da,
    _words_fr,
    check,
    read,
    write,
    write_tables,
    write_template,
)

NOUNS = {
    "units": "Unit",
    "staff": "Person",
    "skills": "Skill",
    "roles": "Role",
    "role_requirements": "Requirement",
    "courses": "Course",
    "course_outcomes": "Outcome",
    "sessions": "Session",
    "completions": "Completion",
    "wishes": "Wish",
    "fixed": "Fixed",
    "initiatives": "Initiative",
    "initiative_skills": "InitiativeSkill",
    "budgets": "Budget",
    "objectives": "Objective",
    "initiative_modes": "InitiativeMode",
    "initiative_costs": "InitiativeCost",
    "initiative_people": "InitiativePeople",
    "initiative_links": "InitiativeLink",
    "blocks": "Block",
    "pools": "Pool",
    "portfolio_budgets": "PortfolioBudget",
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "new" / "template.xlsx"
    write_template(path)
    return path


@pytest.fixture(scope="module")
def workbook(template: Path) -> Workbook:
    return load_workbook(template)


def test_the_template_reads_back_clean(template: Path) -> None:
    report = check(template)
    assert report.problems + report.warnings == ()
    assert report.sector is not None
    assert all(len(getattr(report.sector, name)) == 3 for name in NOUNS)
    assert len(report.sector.levels.level) == 3


def test_the_examples_are_the_same_in_every_format(template: Path, tmp_path: Path) -> None:
    write_tables({table.name: _raw(table) for table in TABLES}, tmp_path / "raw")
    write(read(template), tmp_path / "again")
    (tmp_path / "raw" / "plan.toml").write_bytes((tmp_path / "again" / "plan.toml").read_bytes())
    assert content(read(tmp_path / "raw")) == content(read(template))


def _raw(table: Table) -> list[dict[str, str]]:
    return [dict(zip(table.by_name, example, strict=True)) for example in table.examples]


def test_it_starts_with_a_guide_and_has_a_sheet_a_table(workbook: Workbook) -> None:
    assert workbook.sheetnames == ["Read me", *(table.name for table in TABLES), "plan", "columns"]
    guide = [str(cell) for row in workbook["Read me"].iter_rows(values_only=True) for cell in row if cell]
    assert guide[0] == "How to fill in this workbook"
    assert set(guide) >= {table.name for table in TABLES}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_headings_stand_in_order_marked_and_annotated(workbook: Workbook, table: Table) -> None:
    sheet = workbook[table.name]
    headings = [cell.value for cell in sheet[1]]
    assert headings == [column.name + "*" * column.required for column in table.columns]
    assert sheet.freeze_panes == "A2"
    for cell, column in zip(sheet[1], table.columns, strict=True):
        assert cell.comment is not None
        assert cell.comment.text.startswith(column.about)
        assert ("Required." in cell.comment.text) == column.required
        assert sheet.column_dimensions[cell.coordinate.rstrip("1")].width >= len(column.name)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_kinds_and_ids_have_drop_downs(workbook: Workbook, table: Table) -> None:
    sheet = workbook[table.name]
    lists = {
        str(rule.sqref).partition("2:")[0]: rule.formula1
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    expected = {}
    for cell, column in zip(sheet[1], table.columns, strict=True):
        if column.choices:
            expected[cell.coordinate.rstrip("1")] = f'"{",".join(column.choices)}"'
        elif column.holds is Type.FLAG:
            expected[cell.coordinate.rstrip("1")] = '"yes,no"'
        elif column.holds is Type.REF and not column.also:
            expected[cell.coordinate.rstrip("1")] = f"{column.refers}!$A$2:$A$10000"
    assert lists == expected


def test_dates_and_numbers_are_what_they_are(workbook: Workbook) -> None:
    assert workbook["sessions"]["D2"].value == datetime(2027, 1, 15)  # noqa: DTZ001 - spreadsheets have no time zones
    assert workbook["sessions"]["C2"].value == 1
    assert workbook["staff"].column_dimensions["A"].number_format == "@"


def test_a_filled_in_template_is_checked_like_any_workbook(template: Path, tmp_path: Path) -> None:
    workbook = load_workbook(template)
    workbook["staff"]["D3"] = "BIRTH"
    workbook.save(tmp_path / "mine.xlsx")
    report = check(tmp_path / "mine.xlsx")
    assert found(report) == [("mine.xlsx!staff", 3, 4, Kind.UNKNOWN_ID)]
    assert "did you mean “BERTH”?" in str(report.problems[0])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", ["Sådan udfyldes denne projektmappe", "Skal udfyldes."]),
        ("fr", ["Comment remplir ce classeur", "Obligatoire."]),
    ],
)
def test_notes_are_in_the_language_asked_for(tmp_path: Path, language: str, words: list[str]) -> None:
    write_template(tmp_path / "t.xlsx", language=language)
    report = check(tmp_path / "t.xlsx")
    assert report.problems + report.warnings == ()
    workbook = load_workbook(tmp_path / "t.xlsx")
    comment = workbook["units"]["A1"].comment
    assert comment is not None
    assert [str(workbook["Read me"]["A1"].value), comment.text.splitlines()[-1]] == words
    assert workbook["units"]["A1"].value == "unit_id*"


@pytest.mark.parametrize("words", [_words_da.WORDS, _words_fr.WORDS], ids=["da", "fr"])
def test_every_note_is_translated_and_no_other(tmp_path: Path, words: dict[str, str]) -> None:
    english = {table.about for table in TABLES} | {column.about for table in TABLES for column in table.columns}
    english |= {text for setting in SETTINGS for text in (setting.about, setting.range, setting.default)}
    assert english <= set(words)
    assert all(words.values())
    names = {"from_level", "to_level", "max_level", "person_id", "risk_cap"}
    assert all(
        {name for name in names if name in text} == {name for name in names if name in words[text]} for text in words
    )
    write_template(tmp_path / "t.xlsx")
    workbook = load_workbook(tmp_path / "t.xlsx")
    cells = [cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row]
    said = "\n".join(str(cell.value) + "\n" + (cell.comment.text if cell.comment else "") for cell in cells)
    said += "\n".join(
        str(rule.error) for sheet in workbook.worksheets for rule in sheet.data_validations.dataValidation
    )
    assert [text for text in words if text not in said] == []


@pytest.mark.parametrize(
    ("name", "language", "what"),
    [("t.csv", "en", "does not end in .xlsx"), ("t.xlsx", "tlh", "has no notes in “tlh”")],
)
def test_what_cannot_be_written_is_refused(tmp_path: Path, name: str, language: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        write_template(tmp_path / name, language=language)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_columns_and_defaults_are_those_of_the_nouns(table: Table) -> None:
    if table.name == "levels":  # held as arrays
        assert list(table.by_name) == ["person_id", "skill_id", "level", "error", "source", "assessed_on"]
        return
    noun = {field.name: field for field in fields(getattr(sector_folder, NOUNS[table.name]))}
    assert set(noun) == {column.field for column in table.columns}
    for column in table.columns:
        default = noun[column.field].default
        # An empty name for a required text is refused, an absent id reads as None.
        assert column.required or (None if default is MISSING else default) == column.default


def test_tables_are_those_of_the_sector() -> None:
    assert {"settings", *(table.name for table in TABLES)} == {field.name for field in fields(Sector)}
    assert [setting.name for setting in SETTINGS] == [field.name for field in fields(Settings)]


def test_every_reference_is_to_a_table_with_that_id() -> None:
    first = {table.name: table.columns[0] for table in TABLES}
    columns = [column for table in TABLES for column in table.columns if column.refers]
    assert len(columns) > 20
    assert all(first[column.refers].holds is Type.ID for column in columns)
    assert [first[column.also].name for column in columns if column.also] == ["block_id"]
