"""What an importer gives back, and how it reads published CSV files."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class FrameworkError(ValueError):
    """A published file cannot be read; the text names the file, the line, the cause and how to mend it."""

    def __init__(self, file: Path, line: int | None, what: str, mend: str) -> None:
        self.file, self.line, self.what, self.mend = file, line, what, mend
        place = f"{file}:{line}" if line else f"{file}"
        super().__init__(f"{place}: {what}; {mend}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """Raw tables of a sector folder, made from published files.

    ``tables``: table name -> rows, each heading -> cell text. ``scale``: the name of each published level -> our level.
    ``attribution`` the words the licence asks for. ``warnings`` what was changed or left out, one sentence each.
    """

    tables: dict[str, list[dict[str, str]]]
    scale: dict[str, float]
    attribution: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a CSV file and the line it starts on."""

    number: int
    cells: dict[str, str]


def read_text(file: Path) -> str:
    """Read a UTF-8 file, with or without byte-order mark."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        line = file.read_bytes()[: cause.start].count(b"\n") + 1
        raise FrameworkError(file, line, "is not text in UTF-8", "download the file again and do not open it") from None
    except FileNotFoundError:
        raise FrameworkError(file, None, "does not exist", "check the name, or download the file") from None
    except OSError as cause:
        reason = cause.strerror or "unknown reason"
        raise FrameworkError(file, None, f"cannot be read ({reason})", "check that it is a file you may read") from None


def read_csv(file: Path, needed: Iterable[str]) -> list[Line]:
    """Read a comma-separated file with a heading line; cells are stripped, empty rows skipped."""
    text = read_text(file)
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 1
    try:
        for row in reader:
            rows.append((number, [cell.strip() for cell in row]))
            number = reader.line_num + 1
    except csv.Error as cause:
        mend = "download the file again; if you edited it, save it as CSV with commas and double quotes"
        raise FrameworkError(file, number, f"is not well-formed CSV ({cause})", mend) from None
    rows = [(number, row) for number, row in rows if any(row)]
    if not rows:
        raise FrameworkError(file, None, "is empty", "download the file again")
    line, headings = rows[0]
    for heading in needed:
        if headings.count(heading) != 1:
            what = f"has no column “{heading}”" if heading not in headings else f"has the column “{heading}” twice"
            raise FrameworkError(file, line, what, "check that it is the published file, with its own heading line")
    found = []
    for number, row in rows[1:]:
        if len(row) != len(headings):
            what = f"has {len(row)} cells where the heading line has {len(headings)}"
            raise FrameworkError(file, number, what, "put cells that hold commas or line breaks between double quotes")
        found.append(Line(number, dict(zip(headings, row, strict=True))))
    return found


def slug(text: str) -> str:
    """Give an id of small letters, figures and single hyphens."""
    return "-".join("".join(sign if sign.isalnum() else " " for sign in text.lower()).split())
