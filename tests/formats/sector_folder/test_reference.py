"""The reference page describes every table and column as declared, and the messages as they are."""

import re
from pathlib import Path

import pytest

from tests.formats.sector_folder.folders import FILES, book, report_of
from vested.formats.sector_folder import SETTINGS, TABLES, Table, Type, check, read

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "sector-folder.md").read_text(encoding="utf-8")


def _section(table: Table) -> str:
    assert PAGE.count(f"\n### {table.name}\n") == 1
    return re.split(r"\n##", PAGE.partition(f"\n### {table.name}\n")[2])[0]


def _rows(text: str) -> list[list[str]]:
    rows = [re.split(r" (?<!\\)\| ", line.strip("| ")) for line in text.splitlines() if line.startswith("| `")]
    return [[cell.replace("\\|", "|") for cell in row] for row in rows]


def test_every_table_has_a_section_in_order() -> None:
    sections = re.findall(r"^### (\w+)$", PAGE, re.M)
    assert sections == [table.name for table in TABLES]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_described_as_declared(table: Table) -> None:
    section = _section(table)
    assert table.about in section
    assert (table.about + " Needed." in section) == table.needed
    rows = _rows(section)
    assert [row[0] for row in rows] == [f"`{column.name}`" for column in table.columns]
    for (_, holds, empty, meaning), column in zip(rows, table.columns, strict=True):
        assert meaning == column.about
        assert (empty == "required") == column.required
        if column.choices:
            assert holds == ", ".join(column.choices)
        elif column.refers:
            assert f"`{column.refers}`" in holds
            assert not column.also or f"`{column.also}`" in holds
        else:
            assert holds == column.holds
        if not column.required:
            assert empty == (column.stands or "may be empty")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_example_rows_are_those_of_the_template(table: Table) -> None:
    example = _section(table).partition("```csv\n")[2].partition("```")[0]
    assert example.splitlines() == [
        ",".join(column.name for column in table.columns),
        *(",".join(row) for row in table.examples),
    ]
    for key in table.key:
        assert f"`{key}`" in _section(table).partition("Each ")[2]


def test_the_examples_of_the_page_are_a_sector(tmp_path: Path) -> None:
    for table in TABLES:
        example = _section(table).partition("```csv\n")[2].partition("```")[0]
        (tmp_path / f"{table.name}.csv").write_text(example, encoding="utf-8")
    settings = PAGE.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "plan.toml").write_text(settings, encoding="utf-8")
    assert read(tmp_path).settings.periods == 4


def test_every_setting_is_described() -> None:
    rows = list(_rows(PAGE.partition("## Settings")[2].partition("```")[0]))
    assert rows == [[f"`{setting.name}`", setting.range, setting.default, setting.about] for setting in SETTINGS]


def test_the_needed_tables_are_named() -> None:
    sentence = re.search(r"tables are needed: (.*?)\.", PAGE, re.S)
    assert sentence
    assert re.findall(r"`(\w+)`", sentence[1]) == [table.name for table in TABLES if table.needed]


@pytest.mark.parametrize(
    ("column", "commas", "other"),
    [
        ("3.5", "3.5", "3.5"),
        ("3,5", None, "3.5"),
        ("12 500", "12500", "12500"),
        ("1,234", None, None),
        ("1.234", "1.234", None),
    ],
)
def test_the_numbers_of_the_page_read_as_it_says(
    tmp_path: Path, column: str, commas: str | None, other: str | None
) -> None:
    assert f"| `{column}`" in PAGE
    text = FILES["budgets.csv"].replace("5000", f'"{column}"')
    for folder, content, read_as in (
        ("a", text, commas),
        ("b", text.replace(",", ";", 1).replace("\n,", "\n;").replace("A,", "A;"), other),
    ):
        report = report_of(tmp_path / folder, {"budgets.csv": content, "fixed.csv": None})
        assert (report.sector.budgets[0].amount if report.sector else None) == (float(read_as) if read_as else None)


def test_the_messages_of_the_page_are_the_checkers(tmp_path: Path) -> None:
    staff = FILES["staff.csv"].replace("P3,Three,A", "P3,Three,HRR")
    units = FILES["units.csv"] + "HR,People,team,A\n"
    levels = FILES["levels.csv"].replace("P2,S1,3", "P2,S1,9")
    report = report_of(tmp_path / "folder", {"staff.csv": staff, "units.csv": units, "levels.csv": levels})
    sessions: list[list[object]] = [["session_id", "course_id", "period", "starts_on"], ["S", "SEC1", 1, "03/04/2026"]]
    none: list[list[object]] = [["person_id", "session_id", "status"]]
    sheets = {"sessions": sessions, "fixed": none, "plan": [["periods", 4]]}
    problems = report.problems + check(book(tmp_path / "sector.xlsx", sheets)).problems
    shown = PAGE.partition("```\nstaff.csv:")[2].partition("```")[0].splitlines()
    assert [re.sub(r":\d+:\d+:", ":", line) for line in [f"staff.csv:{shown[0]}", *shown[1:]]] == [
        re.sub(r":\d+:\d+:", ":", str(problem)) for problem in problems
    ]


def test_types_of_cells_are_named_on_the_page() -> None:
    kinds = {column.holds for table in TABLES for column in table.columns}
    assert kinds == set(Type)
