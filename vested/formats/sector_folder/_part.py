"""A part of a sector's tables: some files, under an office's own names, beside what is there already."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from vested.formats.sector_folder._csv import open_csv
from vested.formats.sector_folder._report import Findings, Kind, Place, shown
from vested.formats.sector_folder._rows import Columns, Name, Names, normal
from vested.formats.sector_folder._settings import Stated
from vested.formats.sector_folder._sheet import Sheet
from vested.formats.sector_folder._sheet_xml import open_sheet
from vested.formats.sector_folder._sources import GUIDE, TEXT_FILES, Folder, Source, Workbook, source_of
from vested.formats.sector_folder._tables import BY_NAME


@dataclass(frozen=True, slots=True)
class Part:
    """How to read files that are not a whole sector; nothing is missing that they do not have.

    ``tables`` names the table of a file or sheet (empty: not read) where its name does not, ``columns`` the column of
    each heading of a table (empty: passed over). ``longest`` is how many characters a column's texts may have.
    ``around`` is a folder whose tables are looked up where the files have none.
    """

    tables: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    longest: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    around: Path | None = None

    def names(self, stated: Mapping[str, Names], source: Source) -> dict[str, Names]:
        """Give an office's own headings by table: those said here, else those stated in the files."""
        said = {
            table: {normal(heading): Name(heading, column, (source.place(table), 1, 1)) for heading, column in own}
            for table, own in ((table, columns.items()) for table, columns in self.columns.items())
        }
        return {**stated, **said}


@dataclass(frozen=True, slots=True)
class Headings:
    """A file or sheet: the ``table`` it is by its name (empty: none), its headings, and the columns they are."""

    name: str
    table: str
    headings: tuple[str, ...]
    columns: Mapping[str, str]


def headings(path: Path | str) -> tuple[Headings, ...]:
    """Look at the headings of every file of a folder or sheet of a workbook; those that cannot be read are left out."""
    findings, found = Findings(), []
    with source_of(Path(path), findings) as source:
        names = source.names(findings) if source else {}
        for name, table, opened in _opened(source, findings):
            with opened as sheet:
                if sheet:
                    own = names.get(table, {})
                    ours = {normal(column): column for column in BY_NAME[table].by_name} if table else {}
                    ours |= {key: known.column for key, known in own.items()}
                    shown_headings = tuple(heading for heading in sheet.headings if normal(heading))
                    recognised = {text: ours[normal(text)] for text in shown_headings if normal(text) in ours}
                    found.append(Headings(name, table, shown_headings, recognised))
    return tuple(found)


def _opened(
    source: Source | None, findings: Findings
) -> Iterator[tuple[str, str, AbstractContextManager[Sheet | None]]]:
    """Give the name and table of each file or sheet, and the way to open it."""
    if isinstance(source, Workbook):
        roles = {sheet: role for role, sheet in source.sheets.items()}
        for sheet in source.book.sheets:
            if sheet != GUIDE and roles.get(sheet) not in {"plan", "columns"}:
                yield sheet, roles.get(sheet, ""), _sheet(source, sheet, findings)
    elif isinstance(source, Folder):
        tables = {path: table for table, path in source.files.items()}
        for path in sorted({*tables, *source.others}):
            if path.suffix.casefold() in TEXT_FILES and path.is_file():
                yield path.name, tables.get(path, ""), _file(path, findings)


@contextmanager
def _sheet(source: Workbook, sheet: str, findings: Findings) -> Iterator[Sheet | None]:
    yield open_sheet(source.book, sheet, sheet, findings, lambda _: None)


def _file(path: Path, findings: Findings) -> AbstractContextManager[Sheet | None]:
    every = {normal(column) for table in BY_NAME.values() for column in table.by_name}
    known: Callable[[str], bool] = lambda heading: normal(heading) in every  # noqa: E731 - a name for one argument
    return open_csv(path, findings, name=path.name, known=known, advance=lambda _: None)


@dataclass(frozen=True, slots=True)
class Beside:
    """Files, and around them what is there already."""

    files: Source
    around: Source

    def present(self) -> frozenset[str]:
        """Give the names of the tables there are."""
        return self.files.present() | self.around.present()

    def _of(self, table: str) -> Source:
        return self.files if table in self.files.present() or table not in self.around.present() else self.around

    def place(self, table: str) -> str:
        """Give the place of a table; of one around, in words."""
        return self.files.place(table) if self._of(table) is self.files else f"{table} as it is now"

    def size(self, table: str) -> int:
        """Give a table's size in bytes."""
        return self._of(table).size(table)

    def stated(self, findings: Findings) -> Stated:
        """Give the settings of the files."""
        return self.files.stated(findings)

    def names(self, findings: Findings) -> dict[str, Names]:
        """Give the headings of the files."""
        return self.files.names(findings)

    @contextmanager
    def open(
        self, table: str, findings: Findings, names: Names, advance: Callable[[int], None]
    ) -> Iterator[Sheet | None]:
        """Open a table for reading."""
        with self._of(table).open(table, findings, names, advance) as sheet:
            yield replace(sheet, file=self.place(table)) if sheet else None


def check_lengths(tables: Mapping[str, Columns], longest: Mapping[str, Mapping[str, int]], findings: Findings) -> None:
    """Report every text that is longer than it may be, or holds a character no database keeps."""
    for name, columns in tables.items():
        for column, most in longest.get(name, {}).items():
            for row, text in enumerate(columns.texts(column)):
                if len(text) > most or "\0" in text:
                    place: Place = columns.place(row, column)
                    what = f"{column} {shown(text)} has {len(text):,} characters; {most:,} are kept"
                    if "\0" in text:
                        what = f"{column} {shown(text)} has a character that stands for nothing"
                    findings.problem(place, Kind.OUT_OF_RANGE, what, "shorten it, or type it again")
