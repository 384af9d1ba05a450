"""Writing a sector as a folder of CSV files or a workbook, and raw tables as CSV files."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from vested.formats.sector_folder._cells import escape, unescape
from vested.formats.sector_folder._csv import open_csv
from vested.formats.sector_folder._nouns import Levels, Sector
from vested.formats.sector_folder._report import Findings
from vested.formats.sector_folder._rows import normal
from vested.formats.sector_folder._settings import names_in_toml, toml_of
from vested.formats.sector_folder._sheet_xml import MOST_ROWS
from vested.formats.sector_folder._sources import TEXT_FILES
from vested.formats.sector_folder._tables import BY_NAME, SETTINGS, TABLES, TEXT_TYPES, Column, Table

Value = str | int | float | date
_NOT_ALLOWED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST_CELL = 32_767
_FIRST_DAY = date(1900, 3, 1)  # spreadsheets count a 29 February 1900, and no day before that year


def write(sector: Sector, path: Path | str) -> None:
    """Write a sector as a workbook where the path ends in .xlsx, else as a folder of CSV files.

    All tables are written, those without rows with their headings alone, and replace what was there before. In CSV
    files an apostrophe stands before text that a spreadsheet would run (starting with ``= + - @`` or a tab); ``read``
    takes it away again. Workbooks mark such text as text. Characters no file format allows are left out. Raises
    ValueError where a sheet cannot hold the rows or a cell its text, and OSError.
    """
    path = Path(path)
    if path.suffix.casefold() == ".xlsx":
        _write_workbook(sector, path)
        return
    path.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        rows = (
            [_text(cell, column) for cell, column in zip(row, table.columns, strict=True)]
            for row in _rows(sector, table)
        )
        _write_csv(path, table, [column.name for column in table.columns], rows)
    _replace(path / "plan.toml", [toml_of(sector.settings)])


def write_tables(
    tables: Mapping[str, Sequence[Mapping[str, str]]], folder: Path | str, *, append: bool = False
) -> None:
    """Write raw tables (heading and text of each cell) as CSV files of a folder.

    With ``append`` the rows a file has already stay, except those whose key a new row has, so that an import can be
    repeated. Raises ValueError for a table that does not exist or a file that cannot be added to, and OSError.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        if name not in BY_NAME:
            raise ValueError(f"“{name}” is not a table; the tables are {', '.join(BY_NAME)}")
        table = BY_NAME[name]
        kept = _existing(folder, table) if append else []
        replaced = {_key(row, table) for row in rows}
        merged = [row for row in kept if not table.key or _key(row, table) not in replaced] + list(rows)
        headings = list(dict.fromkeys(heading for row in merged for heading in row))
        order = {column: position for position, column in enumerate(table.by_name)}
        headings.sort(key=lambda heading: order.get(heading, len(order)))
        cells = ([_raw(row.get(heading, ""), table.by_name.get(heading)) for heading in headings] for row in merged)
        _write_csv(folder, table, headings or list(table.by_name), cells)


def _key(row: Mapping[str, str], table: Table) -> tuple[str, ...]:
    return tuple(row.get(column, "").strip() for column in table.key)


def _existing(folder: Path, table: Table) -> list[Mapping[str, str]]:
    """Read the cells a table's file has, with our headings where ``columns.toml`` or they themselves say so."""
    ours = {normal(name): name for name in table.by_name}
    if (folder / "columns.toml").is_file():
        names = names_in_toml(folder / "columns.toml", Findings()).get(table.name, {})
        ours |= {key: name.column for key, name in names.items()}
    found: list[Mapping[str, str]] = []
    for path in _files(folder, table.name):
        findings = Findings()
        with open_csv(
            path, findings, name=path.name, known=lambda text: normal(text) in ours, advance=lambda _: None
        ) as sheet:
            if sheet:
                headings = [ours.get(normal(heading), heading) for heading in sheet.headings]
                texts = ([unescape(str(cell)) for cell in row] for _, row in sheet.rows)
                found.extend(dict(zip(headings, row, strict=False)) for row in texts if any(row))
        if findings.problems:
            raise ValueError(f"cannot add to {path}: {findings.problems[0]}")
    return found


def _raw(text: str, column: Column | None) -> str:
    cleaned = _NOT_ALLOWED.sub("", text)
    return escape(cleaned) if column is None or column.holds in TEXT_TYPES else cleaned


def _rows(sector: Sector, table: Table) -> Iterator[Sequence[object]]:
    """Give a table's rows as values in the order of its columns, None for none."""
    if table.name == "levels":
        yield from _level_rows(sector, sector.levels)
        return
    for noun in getattr(sector, table.name):
        yield [getattr(noun, column.field) for column in table.columns]


def _level_rows(sector: Sector, levels: Levels) -> Iterator[Sequence[object]]:
    people, skills = [person.person_id for person in sector.staff], [skill.skill_id for skill in sector.skills]
    columns = (levels.person, levels.skill, levels.level, levels.error, levels.source, levels.assessed_on)
    for start in range(0, len(levels.level), 65_536):
        block = (column[start : start + 65_536].tolist() for column in columns)
        for person, skill, level, error, source, day in zip(*block, strict=True):
            stated = None if np.isnan(error) else error
            assessed = date.fromordinal(day) if day else None
            yield people[person], skills[skill], level, stated, levels.sources[source], assessed


def _text(value: object, column: Column) -> str:
    """Give a value as the text of a CSV cell."""
    text = str(_plain(value))
    return escape(text) if column.holds in TEXT_TYPES else text


def _plain(value: object) -> Value:
    """Give a value as text, number or date; floats that are whole lose their point."""
    match value:
        case None:
            return ""
        case tuple():
            return _NOT_ALLOWED.sub("", "|".join(map(str, value)))
        case bool():
            return "yes" if value else "no"
        case str():
            return _NOT_ALLOWED.sub("", value)
        case float():
            return int(value) if value.is_integer() and abs(value) < 1e15 else value
        case int() | date():
            return value
        case _:
            raise TypeError(f"{value!r} does not fit into a cell")


def _files(folder: Path, table: str) -> list[Path]:
    """Find the files of a table, however their names are spelt."""
    return sorted(
        path for path in folder.iterdir() if path.suffix.casefold() in TEXT_FILES and normal(path.stem) == normal(table)
    )


def _write_csv(folder: Path, table: Table, headings: list[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table's file, and take away others of the same table."""
    path = folder / f"{table.name}.csv"
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)
    part.replace(path)
    for other in _files(folder, table.name):
        if not other.samefile(path):
            other.unlink()


def _replace(path: Path, texts: Iterable[str]) -> None:
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(texts)
    part.replace(path)


def _check_fits(sector: Sector) -> None:
    """Raise ValueError where a sheet cannot hold a table's rows, or a cell its text."""
    for table in TABLES:
        rows = len(sector.levels.level) if table.name == "levels" else len(getattr(sector, table.name))
        if rows >= MOST_ROWS:
            raise ValueError(f"{table.name} has {rows:,} rows, more than a sheet holds; write a folder instead")
    listed = (row for table in TABLES if table.name != "levels" for row in _rows(sector, table))
    for row in (sector.levels.sources, *listed):
        for value in row:
            text = _plain(value)
            if isinstance(text, str) and len(text) > _LONGEST_CELL:
                raise ValueError(f"a text has {len(text):,} characters, more than a cell holds; write a folder instead")


def _write_workbook(sector: Sector, path: Path) -> None:
    """Write a sheet a table, and the settings on the sheet plan."""
    _check_fits(sector)
    workbook = Workbook(write_only=True)
    for table in TABLES:
        sheet = workbook.create_sheet(table.name)
        sheet.freeze_panes = "A2"
        sheet.append([column.name for column in table.columns])
        for row in _rows(sector, table):
            sheet.append([workbook_cell(sheet, value) for value in row])
    plan = workbook.create_sheet("plan")
    plan.append(["setting", "value"])
    for setting in SETTINGS:
        plan.append([setting.name, workbook_cell(plan, getattr(sector.settings, setting.name))])
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    workbook.save(part)
    part.replace(path)


def workbook_cell(sheet: WriteOnlyWorksheet, value: object) -> Cell | Value | None:
    """Give text, a number or a date as a workbook's cell; text that looks like a formula or an escape stays text."""
    found = _plain(value)
    if isinstance(found, float) and float(f"{found:.16g}") != found:  # openpyxl writes 16 digits
        number = WriteOnlyCell(sheet, repr(found))
        number.data_type = "n"
        return number
    if isinstance(found, date) and found < _FIRST_DAY:
        return found.isoformat()
    if not isinstance(found, str):
        return found
    text = _LOOKS_ESCAPED.sub("_x005F_", found).replace("\r", "\n")
    if not text:
        return None
    if text[0] not in "=+-@\t'#":
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
