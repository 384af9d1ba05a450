"""Where the tables of a sector are: the files of a folder or the sheets of a workbook."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol

from vested.formats.sector_folder._cells import Cell
from vested.formats.sector_folder._csv import open_csv
from vested.formats.sector_folder._report import Findings, Kind, plain, shown
from vested.formats.sector_folder._rows import Names, normal
from vested.formats.sector_folder._settings import (
    Stated,
    names_in_sheet,
    names_in_toml,
    stated_in_sheet,
    stated_in_toml,
)
from vested.formats.sector_folder._sheet import Sheet
from vested.formats.sector_folder._sheet_xml import dense, open_sheet, rows_of
from vested.formats.sector_folder._tables import BY_NAME
from vested.formats.sector_folder._workbook import Book, open_book

GUIDE = "Read me"
"""The sheet of a template that explains it; not a table."""

TEXT_FILES = (".csv", ".tsv", ".txt")
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_TABLES = {normal(name): name for name in BY_NAME}


class Source(Protocol):
    """Tables by name, however they are stored."""

    def present(self) -> frozenset[str]:
        """Give the names of the tables there are."""

    def place(self, table: str) -> str:
        """Give the file, or workbook and sheet, where a table is or should be."""

    def size(self, table: str) -> int:
        """Give a table's size in bytes."""

    def stated(self, findings: Findings) -> Stated:
        """Give the settings as stated."""

    def names(self, findings: Findings) -> dict[str, Names]:
        """Give an office's own headings by table."""

    def open(
        self, table: str, findings: Findings, names: Names, advance: Callable[[int], None]
    ) -> AbstractContextManager[Sheet | None]:
        """Open a table for reading; None after a problem that leaves nothing to read."""


@contextmanager
def source_of(path: Path, findings: Findings, tables: Mapping[str, str] | None = None) -> Iterator[Source | None]:
    """Open a folder or workbook; None after a problem that leaves nothing to read.

    ``tables`` names the table of a file or sheet where its name does not; empty: it is not read.
    """
    name = plain(path.name or str(path))
    try:
        if path.is_dir():
            yield _folder(path, findings, tables or {})
            return
        exists = path.is_file()
    except OSError as error:
        findings.problem(
            (name, 1, 1), Kind.UNREADABLE, f"it cannot be read ({error.strerror})", "see to its permissions"
        )
        yield None
        return
    if not exists:
        mend = "give a folder of CSV files or an .xlsx workbook"
        findings.problem((name, 1, 1), Kind.UNREADABLE, "there is no such folder or workbook", mend)
        yield None
    elif path.suffix.casefold() in TEXT_FILES:
        mend = "give the folder that holds the CSV files"
        findings.problem((name, 1, 1), Kind.UNREADABLE, "one table is not a sector", mend)
        yield None
    else:
        book = open_book(path, findings)
        if book is None:
            yield None
            return
        with book.archive:
            yield _book(book, findings, tables or {})


@dataclass(frozen=True, slots=True)
class Folder:
    """Files by table; ``plan`` and ``columns`` are files of settings, ``others`` are no tables by their names."""

    files: dict[str, Path]
    plan: Path | None
    columns: Path | None
    others: tuple[Path, ...] = ()

    def present(self) -> frozenset[str]:
        """Give the names of the tables there are."""
        return frozenset(self.files)

    def place(self, table: str) -> str:
        """Give the name of a table's file."""
        return plain(self.files[table].name) if table in self.files else f"{table}.csv"

    def size(self, table: str) -> int:
        """Give a table's size in bytes."""
        try:
            return self.files[table].stat().st_size
        except OSError:
            return 0

    def stated(self, findings: Findings) -> Stated:
        """Give the settings of ``plan.toml``."""
        if self.plan and _is_file(self.plan, findings):
            try:
                return stated_in_toml(self.plan, findings)
            except OSError as error:
                unreadable(self.plan.name, error, findings)
        return {}

    def names(self, findings: Findings) -> dict[str, Names]:
        """Give the headings of ``columns.toml``."""
        if self.columns and _is_file(self.columns, findings):
            try:
                return names_in_toml(self.columns, findings)
            except OSError as error:
                unreadable(self.columns.name, error, findings)
        return {}

    @contextmanager
    def open(
        self, table: str, findings: Findings, names: Names, advance: Callable[[int], None]
    ) -> Iterator[Sheet | None]:
        """Open a table's file. Raises OSError."""
        if not _is_file(self.files[table], findings):
            yield None
            return
        ours = set(map(normal, BY_NAME[table].by_name)) | set(names)
        with open_csv(
            self.files[table],
            findings,
            name=self.place(table),
            known=lambda heading: normal(heading) in ours,
            advance=advance,
        ) as sheet:
            yield sheet


def _is_file(path: Path, findings: Findings) -> bool:
    """Tell whether there is an ordinary file, or report that there is not: a pipe would be waited for."""
    if path.is_file():
        return True
    mend = "put a file there, or give it another name"
    findings.problem((plain(path.name), 1, 1), Kind.UNREADABLE, "this is not a file", mend)
    return False


def unreadable(file: str, error: OSError, findings: Findings) -> None:
    """Report a file the operating system will not give."""
    what = f"the file cannot be read ({error.strerror or error})"
    findings.problem((file, 1, 1), Kind.UNREADABLE, what, "see to its permissions, or copy it again")


def _folder(path: Path, findings: Findings, tables: Mapping[str, str]) -> Folder | None:
    """Find a folder's files, reporting double ones, warning of those that are not read."""
    files: dict[str, Path] = {}
    settings: dict[str, Path] = {}
    others: list[Path] = []
    try:
        entries = sorted(entry for entry in path.iterdir() if not entry.name.startswith((".", "~$")))
    except OSError as error:
        unreadable(plain(path.name), error, findings)
        return None
    for entry in entries:
        suffix, key = entry.suffix.casefold(), normal(entry.stem)
        place = plain(entry.name), 1, 1
        role = _TABLES.get(key, "") if suffix in TEXT_FILES else ""
        if suffix == ".toml" and key in {"plan", "columns"}:
            role = key
        role = tables.get(entry.name, role)
        found = settings if suffix == ".toml" else files
        if role in found:
            what = f"{role} is also in {plain(found[role].name)}"
            findings.problem(place, Kind.DUPLICATE_TABLE, what, "keep one of the two files")
        elif role:
            found[role] = entry
        elif suffix in {".csv", ".tsv"}:
            others.append(entry)
            if entry.name not in tables:
                _warn_unknown(place, entry.stem, findings)
        elif suffix in _WORKBOOKS:
            what = "a workbook in a folder is not read"
            findings.warn(place, Kind.UNUSED, what, "save its sheets as CSV files, or give the workbook instead")
    return Folder(files, settings.get("plan"), settings.get("columns"), tuple(others))


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheet names by table (or plan, or columns) of an open workbook."""

    book: Book
    sheets: dict[str, str] = field(default_factory=dict)

    def present(self) -> frozenset[str]:
        """Give the names of the tables there are."""
        return frozenset(self.sheets) & frozenset(BY_NAME)

    def place(self, table: str) -> str:
        """Give the workbook and the table's sheet."""
        return f"{self.book.file}!{plain(self.sheets.get(table, table))}"

    def size(self, table: str) -> int:
        """Give a table's unpacked size in bytes."""
        return self.book.size(self.sheets[table])

    def stated(self, findings: Findings) -> Stated:
        """Give the settings of the sheet plan."""
        return stated_in_sheet(self._rows("plan", findings), self.place("plan"))

    def names(self, findings: Findings) -> dict[str, Names]:
        """Give the headings of the sheet columns."""
        return names_in_sheet(self._rows("columns", findings), self.place("columns"), findings)

    def _rows(self, role: str, findings: Findings) -> list[tuple[int, Sequence[Cell]]]:
        if role not in self.sheets:
            return []
        rows = rows_of(self.book, self.sheets[role], self.place(role), findings, lambda _: None)
        return [(line, dense(cells, 3)) for line, cells in rows]

    @contextmanager
    def open(
        self, table: str, findings: Findings, names: Names, advance: Callable[[int], None]
    ) -> Iterator[Sheet | None]:
        """Open a table's sheet."""
        del names  # a workbook's cells are separated already
        yield open_sheet(self.book, self.sheets[table], self.place(table), findings, advance)


def _book(book: Book, findings: Findings, tables: Mapping[str, str]) -> Workbook:
    """Find a workbook's sheets, reporting double ones and warning of those that are not read."""
    roles = {**_TABLES, "plan": "plan", "columns": "columns"}
    found: dict[str, str] = {}
    for sheet in book.sheets:
        role, place = tables.get(sheet, roles.get(normal(sheet))), (f"{book.file}!{plain(sheet)}", 1, 1)
        if role in found:
            what = f"{role} is also on the sheet {shown(found[role])}"
            findings.problem(place, Kind.DUPLICATE_TABLE, what, "keep one of the two sheets")
        elif role:
            found[role] = sheet
        elif sheet != GUIDE and sheet not in tables:
            _warn_unknown(place, sheet, findings)
    return Workbook(book, found)


def _warn_unknown(place: tuple[str, int, int], name: str, findings: Findings) -> None:
    near = get_close_matches(normal(name), _TABLES, n=1, cutoff=0.7)
    mend = f"if you meant {_TABLES[near[0]]}, name it that" if near else "leave it, or give it a table's name"
    findings.warn(place, Kind.UNKNOWN_TABLE, f"{shown(name)} is not a table and not read", mend)
