"""A small valid folder, and ways to spoil it."""

import zipfile
from pathlib import Path

import numpy as np
from openpyxl import Workbook

from vested.formats.sector_folder import TABLES, Kind, Report, Sector, check

FILES = {
    "units.csv": "unit_id,name,kind,parent_id\nM,Ministry,ministry,\nA,Agency,agency,M\n",
    "staff.csv": (
        "person_id,name,unit_id,role_id,hours,languages,manager_id\n"
        "P1,One,M,R1,40,da|en,\nP2,Two,A,R1,40,,P1\nP3,Three,A,R2,10,fr,P1\n"
    ),
    "skills.csv": "skill_id,name\nS1,Data\nS2,Law\n",
    "roles.csv": "role_id,name,weight\nR1,Officer,1\nR2,Clerk,0.5\n",
    "role_requirements.csv": "role_id,skill_id,level\nR1,S1,5\nR2,S2,3\n",
    "levels.csv": "person_id,skill_id,level,error,source,assessed_on\nP1,S1,2,0.5,self,2026-03-31\nP2,S1,3,,,\n",
    "courses.csv": (
        "course_id,title,language,hours,cost,prerequisite_id,compulsory_for\n"
        "C1,Basics,,8,100,,all\nC2,More,,16,200,C1,R1|R2\nC3,French,fr,4,0,,\n"
    ),
    "course_outcomes.csv": "course_id,skill_id,from_level,to_level\nC1,S1,0,3\nC2,S1,3,5\nC3,S2,0,3\n",
    "sessions.csv": (
        "session_id,course_id,period,starts_on,seats\n"
        "X1,C1,1,2027-01-15,2\nX2,C2,2,,1\nX3,C3,1,,\nX4,C1,2,,\nX5,C2,1,,5\n"
    ),
    "completions.csv": "person_id,course_id,completed_on\nP3,C1,2025-11-03\n",
    "wishes.csv": "person_id,course_id,weight\nP1,C2,0.2\n",
    "fixed.csv": "person_id,session_id,status\nP2,X1,accepted\nP1,X3,declined\n",
    "initiatives.csv": "initiative_id,title\nI1,Booking online\n",
    "initiative_skills.csv": "initiative_id,unit_id,skill_id,level,people,by_period,weight\nI1,A,S1,5,2,2,1\n",
    "budgets.csv": "unit_id,amount\n,5000\nA,2000\n",
    "plan.toml": "periods = 2\nfairness = 0.3\n",
}


def lay(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Path:
    """Write the valid folder with some files changed, or left out where None."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**FILES, **(changes or {})}.items():
        if content is not None:
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def report_of(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Report:
    """Check the folder with some files changed."""
    return check(lay(folder, changes))


def sector_of(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Sector:
    """Read the folder with some files changed; it must have no problem."""
    report = report_of(folder, changes)
    assert list(map(str, report.problems)) == []
    assert report.sector is not None
    return report.sector


def found(report: Report) -> list[tuple[str, int, int, Kind]]:
    """Give place and kind of every problem."""
    return [(problem.file, problem.line, problem.column, problem.kind) for problem in report.problems]


def only(report: Report) -> str:
    """Give the one problem there must be, as the officer reads it; a report with problems has no sector."""
    assert len(report.problems) == 1, list(map(str, report.problems))
    assert report.sector is None
    return str(report.problems[0])


def book(path: Path, changes: dict[str, list[list[object]]] | None = None) -> Path:
    """Write the examples of all tables as a workbook, with some sheets changed."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    sheets: dict[str, list[list[object]]] = {}
    for table in TABLES:
        cells = [[column.name for column in table.columns], *table.examples]
        sheets[table.name] = [list[object](row) for row in cells]
    for name, rows in {**sheets, **(changes or {})}.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def rezip(path: Path, parts: dict[str, bytes]) -> Path:
    """Replace or add parts of a workbook."""
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**kept, **parts}.items():
            archive.writestr(name, content)
    return path


def content(sector: Sector) -> dict[str, object]:
    """Give all a sector holds, comparable; levels with their sources in words, in the order of the rows."""
    tables: dict[str, object] = {name: getattr(sector, name) for name in Sector.__slots__ if name != "levels"}
    levels = sector.levels
    tables["levels"] = [
        (
            sector.staff[person].person_id,
            sector.skills[skill].skill_id,
            level,
            None if np.isnan(error) else error,
            levels.sources[source],
            day,
        )
        for person, skill, level, error, source, day in zip(
            levels.person.tolist(),
            levels.skill.tolist(),
            levels.level.tolist(),
            levels.error.tolist(),
            levels.source.tolist(),
            levels.assessed_on.tolist(),
            strict=True,
        )
    ]
    return tables
