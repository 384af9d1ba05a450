"""What a made-up sector may be built around: raw tables of published skills, roles and courses."""

import csv
import re
from pathlib import Path

Tables = dict[str, list[dict[str, str]]]
"""Table name -> rows, each heading -> cell text, as importers give them and ``sector_folder.write_tables`` writes."""

_ESCAPED = re.compile(r"^'(?='*[=+\-@\t\r])")  # the apostrophe that stops spreadsheets from running a cell

BASE_TABLES = ("skills", "roles", "role_requirements", "courses", "course_outcomes")


def read_base(folder: Path) -> Tables:
    """Read the tables of a folder that a sector can be built around; the others are left unread.

    The files are those ``sector_folder.write_tables`` writes: comma, UTF-8, a heading line, an apostrophe before text
    that a spreadsheet would run. A table without a file is
    simply missing. Raises ``ValueError`` where the folder does not exist or holds none of the tables.
    """
    tables: Tables = {}
    for table in BASE_TABLES:
        file = folder / f"{table}.csv"
        if not file.is_file():
            continue
        with file.open(encoding="utf-8-sig", newline="") as lines:
            try:
                tables[table] = [
                    {heading: _ESCAPED.sub("", text or "") for heading, text in row.items() if heading}
                    for row in csv.DictReader(lines)
                ]
            except (UnicodeDecodeError, csv.Error) as cause:
                raise ValueError(f"{file}: cannot be read ({cause}); write it again with ./run import") from cause
    if not tables:
        wanted = ", ".join(f"{table}.csv" for table in BASE_TABLES)
        raise ValueError(f"{folder}: holds none of {wanted}; name a folder that ./run import has written")
    return tables
