"""A sector's own files: reading, checking and writing them.

``check`` looks at a folder of CSV files or an .xlsx workbook and reports every problem with its place, its cause and
how to mend it, of a whole sector or of a ``Part``; ``headings`` looks at the headings alone; ``read`` gives the sector
or raises; ``write`` writes one; ``write_tables`` writes raw tables, and ``write_template`` an annotated workbook.
``told`` says its notes in a language. ``escape`` and ``workbook_cell`` keep other downloads as safe to open in a
spreadsheet. ``docs/reference/sector-folder.md`` describes the tables.

    report = check("sector")
    for problem in report.problems:
        print(problem)  # staff.csv:12:5: unit_id “HRR” is not in units.csv; did you mean “HR”? …
"""

from vested.formats.sector_folder._cells import escape
from vested.formats.sector_folder._check import Progress, check, read
from vested.formats.sector_folder._nouns import (
    Block,
    Budget,
    Class,
    Completion,
    Course,
    Fixed,
    FixedStatus,
    Initiative,
    InitiativeCost,
    InitiativeLink,
    InitiativeMode,
    InitiativePeople,
    InitiativeSkill,
    Levels,
    Mode,
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
    UnitKind,
    Way,
    Wish,
)
from vested.formats.sector_folder._part import Headings, Part, headings
from vested.formats.sector_folder._report import Kind, Problem, Report, SectorFolderError
from vested.formats.sector_folder._tables import BY_NAME, SETTINGS, TABLES, Column, Setting, Table, Type
from vested.formats.sector_folder._template import told, write_template
from vested.formats.sector_folder._write import workbook_cell, write, write_tables

__all__ = [
    "BY_NAME",
    "SETTINGS",
    "TABLES",
    "Block",
    "Budget",
    "Class",
    "Column",
    "Completion",
    "Course",
    "Fixed",
    "FixedStatus",
    "Headings",
    "Initiative",
    "InitiativeCost",
    "InitiativeLink",
    "InitiativeMode",
    "InitiativePeople",
    "InitiativeSkill",
    "Kind",
    "Levels",
    "Mode",
    "Objective",
    "Outcome",
    "Part",
    "Person",
    "Pool",
    "PortfolioBudget",
    "Problem",
    "Progress",
    "Report",
    "Requirement",
    "Role",
    "Sector",
    "SectorFolderError",
    "Session",
    "Setting",
    "Settings",
    "Skill",
    "Table",
    "Type",
    "Unit",
    "UnitKind",
    "Way",
    "Wish",
    "check",
    "escape",
    "headings",
    "read",
    "told",
    "workbook_cell",
    "write",
    "write_tables",
    "write_template",
]
