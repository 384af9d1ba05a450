"""Checking a sector's files in one pass, and reading them."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from vested.formats.sector_folder._accepted import check_accepted
from vested.formats.sector_folder._cells import Style
from vested.formats.sector_folder._cross import (
    check_cycles,
    check_keys,
    check_ranges,
    check_references,
    known_ids,
    skills_named,
)
from vested.formats.sector_folder._ids import Known
from vested.formats.sector_folder._levels import LevelRows, settle
from vested.formats.sector_folder._nouns import (
    Block,
    Budget,
    Completion,
    Course,
    Fixed,
    Initiative,
    InitiativeCost,
    InitiativeLink,
    InitiativeMode,
    InitiativePeople,
    InitiativeSkill,
    Levels,
    Objective,
    Outcome,
    Person,
    Pool,
    PortfolioBudget,
    Requirement,
    Role,
    Sector,
    Session,
    Settings,
    Skill,
    Unit,
    Wish,
)
from vested.formats.sector_folder._part import Beside, Part, check_lengths
from vested.formats.sector_folder._portfolio import check_portfolio
from vested.formats.sector_folder._report import Findings, Kind, Report, SectorFolderError
from vested.formats.sector_folder._rows import Columns, Names, read_columns
from vested.formats.sector_folder._settings import settings_of
from vested.formats.sector_folder._sources import Source, source_of, unreadable
from vested.formats.sector_folder._tables import BY_NAME, TABLES, Type

Progress = Callable[[int, int, str], None]
"""Told how many bytes are done, of how many, and what is being done."""

Noun = TypeVar("Noun")

_OPTIONAL = frozenset(table.name for table in TABLES if not table.needed) - {"skills"}


def check(path: Path | str, *, progress: Progress | None = None, part: Part | None = None) -> Report:
    """Check a folder of CSV files or an .xlsx workbook, and report everything that is wrong with it.

    ``progress`` is told now and then how many bytes are read, of how many, and what is being done. Nothing in the
    files makes it raise. With a ``part``, tables and columns may be missing, and the sector holds those around it too.
    """
    findings = Findings()
    sector, files, present = None, dict[str, int](), dict[str, frozenset[str]]()
    with ExitStack() as stack:
        source = stack.enter_context(source_of(Path(path), findings, part.tables if part else None))
        beside = source
        if source and part and part.around:
            around = stack.enter_context(source_of(part.around, Findings()))
            beside = Beside(source, around) if around else source
        if source and beside:
            places = {table.name: beside.place(table.name) for table in TABLES}
            files = {place: order for order, place in enumerate(places.values())}
            tables: dict[str, Columns] = {}
            sector = _sector(beside, findings, progress or (lambda *_: None), part, tables)
            present = _present(source, tables)
            standing = {place for name, place in places.items() if name not in source.present()} if part else set()
            findings.warnings = [warning for warning in findings.warnings if warning.file not in standing]
    problems, warnings = findings.close(files)
    return Report(problems, warnings, None if problems else sector, present)


def read(path: Path | str, *, progress: Progress | None = None) -> Sector:
    """Read a folder of CSV files or an .xlsx workbook; ``progress`` is as in ``check``.

    Raises SectorFolderError, which carries the report, where there are problems.
    """
    report = check(path, progress=progress)
    if report.sector is None:
        raise SectorFolderError(report)
    return report.sector


def _present(source: Source, tables: Mapping[str, Columns]) -> dict[str, frozenset[str]]:
    """Give the columns the files have of each table; skills without a table of their own have those of their names."""
    present = {name: frozenset(tables[name].position) for name in tables if name in source.present()}
    if "skills" not in tables and any("skill_id" in columns for columns in present.values()):
        present["skills"] = frozenset({"skill_id", "name"})
    return present


def _sector(
    source: Source, findings: Findings, progress: Progress, part: Part | None, tables: dict[str, Columns]
) -> Sector | None:
    """Read and check all tables, which go to ``tables``; None where there are problems."""
    stated = settings_of(source.stated(findings), findings)
    rows = LevelRows()
    names = part.names(source.names(findings), source) if part else source.names(findings)
    tables |= _tables(source, stated, rows, names, findings=findings, progress=progress, part=part is not None)
    size = sum(map(source.size, source.present()))
    progress(size, size, "checking what belongs together")
    settings = replace(stated, periods=stated.periods or _last_period(tables))
    known = known_ids(tables)
    if "skills" not in source.present():
        known["skills"] = Known("skills", skills_named(tables, rows.skills))
    elif "skills" not in tables:
        known.pop("skills", None)
    check_references(tables, known, findings)
    check_keys(tables, findings)
    check_cycles(tables, findings)
    check_ranges(tables, settings, findings)
    check_portfolio(tables, known, findings)
    check_lengths(tables, part.longest if part else {}, findings)
    levels = _no_levels()
    if "levels" in tables:
        levels = settle(rows, tables["levels"], known.get("staff"), known.get("skills"), findings)
    check_accepted(tables, known, levels, findings)
    return None if findings.problems else _built(tables, known, levels, settings)


def _tables(
    source: Source,
    settings: Settings,
    rows: LevelRows,
    names: Mapping[str, Names],
    *,
    findings: Findings,
    progress: Progress,
    part: bool,
) -> dict[str, Columns]:
    """Read every table there is; those that cannot be read are left out. The rows of levels go to ``rows``."""
    total, done = sum(map(source.size, source.present())), 0
    tables: dict[str, Columns] = {}
    for table in TABLES:
        place = source.place(table.name)
        if table.name not in source.present():
            if table.needed and not part:
                mend = "add it, with the headings " + ", ".join(c.name for c in table.columns if c.required)
                findings.problem((place, 1, 1), Kind.MISSING_TABLE, f"the table {table.name} is missing", mend)
            continue
        progress(done, total, f"reading {place}")

        def advance(read: int, before: int = done, doing: str = f"reading {place}") -> None:
            progress(min(before + read, total), total, doing)

        try:
            with source.open(table.name, findings, names.get(table.name, {}), advance) as sheet:
                if sheet:
                    style = Style(sheet.decimal_comma, sheet.escaped, settings.max_level)
                    columns = Columns(table, place, style, part)
                    keep = rows.keep if table.name == "levels" else None
                    read_columns(sheet, columns, names.get(table.name, {}), findings, keep)
                    tables[table.name] = columns
                    if table.needed and not columns.lines:
                        what = f"{table.name} has headings and no rows"
                        findings.warn((place, sheet.line, 1), Kind.EMPTY, what, "add its rows")
        except OSError as error:
            unreadable(place, error, findings)
        done += source.size(table.name)
    if not part:
        _named(source, tables, findings)
    return tables


def _named(source: Source, tables: Mapping[str, Columns], findings: Findings) -> None:
    """Report tables that are missing though another one names rows of theirs."""
    missing: dict[str, str] = {}
    for name, columns in tables.items():
        for column in columns.table.columns:
            asked = column.refers in _OPTIONAL - source.present() and column.holds in {Type.REF, Type.REFS}
            if asked and (column.required or any(columns.values[column.name])):
                missing.setdefault(column.refers, name)
    for name, by in missing.items():
        what = f"the table {name} is missing, and {by} names some of it"
        mend = "add it, with the headings " + ", ".join(c.name for c in BY_NAME[name].columns if c.required)
        findings.problem((source.place(name), 1, 1), Kind.MISSING_TABLE, what, mend)


def _last_period(tables: Mapping[str, Columns]) -> int:
    """Give the largest period of a session, at least 1."""
    periods = tables["sessions"].numbers("period") if "sessions" in tables else []
    return int(max((period for period in periods if period >= 1), default=1))


def _no_levels() -> Levels:
    none, nothing = np.empty(0, np.int32), np.empty(0)
    return Levels(none, none, nothing, nothing, none, none)


def _built(tables: Mapping[str, Columns], known: Mapping[str, Known], levels: Levels, settings: Settings) -> Sector:
    """Make the sector of tables without problems."""

    def rows(name: str, noun: Callable[..., Noun]) -> tuple[Noun, ...]:
        if name not in tables:
            return ()
        columns, values = BY_NAME[name].columns, tables[name].values
        fields = [column.field for column in columns]
        rows = zip(*(values[column.name] for column in columns), strict=True)
        return tuple(noun(**dict(zip(fields, row, strict=True))) for row in rows)

    listed = "skills" in tables
    return Sector(
        settings=settings,
        units=rows("units", Unit),
        staff=rows("staff", Person),
        skills=rows("skills", Skill) if listed else tuple(Skill(name, name) for name in known["skills"].index),
        roles=rows("roles", Role),
        role_requirements=rows("role_requirements", Requirement),
        levels=levels,
        courses=rows("courses", Course),
        course_outcomes=rows("course_outcomes", Outcome),
        sessions=rows("sessions", Session),
        completions=rows("completions", Completion),
        wishes=rows("wishes", Wish),
        fixed=rows("fixed", Fixed),
        initiatives=rows("initiatives", Initiative),
        initiative_skills=rows("initiative_skills", InitiativeSkill),
        budgets=rows("budgets", Budget),
        objectives=rows("objectives", Objective),
        initiative_modes=rows("initiative_modes", InitiativeMode),
        initiative_costs=rows("initiative_costs", InitiativeCost),
        initiative_people=rows("initiative_people", InitiativePeople),
        initiative_links=rows("initiative_links", InitiativeLink),
        blocks=rows("blocks", Block),
        pools=rows("pools", Pool),
        portfolio_budgets=rows("portfolio_budgets", PortfolioBudget),
    )
