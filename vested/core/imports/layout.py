"""Which table each file is, and which column each of its headings: recognised by name, guessed, or chosen."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from vested.core.imports.headings import COLUMN_WORDS, TABLE_WORDS
from vested.core.imports.tables import tables
from vested.formats.sector_folder import BY_NAME, TABLES, Headings, Part, Table, headings

NAME, GUESS, CHOICE = "name", "guess", "choice"
LIKE = 0.8  # how alike a heading and a word for a column are at least
MOST_HEADINGS = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file or sheet: its ``table`` (empty: not read), the column of each heading used, and who says so (``by``)."""

    name: str
    headings: tuple[str, ...]
    table: str
    columns: Mapping[str, str]
    by: str

    @classmethod
    def kept(cls, kept: Mapping[str, Any]) -> "Sheet":
        """As it was kept in an import's mapping."""
        return cls(**{**kept, "headings": tuple(kept["headings"])})

    def to_keep(self) -> dict[str, Any]:
        """As an import's mapping keeps it."""
        return asdict(self)


def look(path: Path, kept: Iterable[Mapping[str, Any]]) -> list[Sheet]:
    """Look at the files: what a person chose for the same headings stands, the rest is recognised or guessed."""
    chosen = {sheet.name: sheet for sheet in map(Sheet.kept, kept) if sheet.by == CHOICE}
    sheets = []
    for found in headings(path):
        sheet = recognised(found)
        before = chosen.get(sheet.name)
        sheets.append(before if before and before.headings == sheet.headings else sheet)
    return sheets


def recognised(found: Headings) -> Sheet:
    """A file by its names; where they do not say enough, by a guess."""
    texts = found.headings[:MOST_HEADINGS]
    if found.table and _enough(found.table, found.columns.values()):
        return Sheet(found.name, texts, found.table, dict(found.columns), NAME)
    table = BY_NAME[found.table] if found.table else _table_like(found.name, texts)
    return guessed(Sheet(found.name, texts, table.name if table else "", {}, GUESS))


def guessed(sheet: Sheet) -> Sheet:
    """The file with a guess which column each heading is."""
    return replace(sheet, columns=_columns_like(BY_NAME[sheet.table], sheet.headings) if sheet.table else {})


def part_of(sheets: Iterable[Sheet], *, around: Path, longest: Mapping[str, Mapping[str, int]]) -> Part:
    """How the files are to be read."""
    tables, columns = {}, {}
    for sheet in sheets:
        if sheet.by == CHOICE:
            tables[sheet.name] = sheet.table
            columns[sheet.table] = {heading: sheet.columns.get(heading, "") for heading in sheet.headings}
    columns.pop("", None)
    return Part(tables=tables, columns=columns, longest=longest, around=around)


def _enough(name: str, columns: Iterable[str]) -> bool:
    """Whether the columns hold all that those who keep the table need."""
    kept = [table for table in tables() if table.table.name == name]
    return all(table.read_from({name: frozenset(columns)}) for table in kept)


def _table_like(name: str, texts: tuple[str, ...]) -> Table | None:
    """The table whose words are most like a file's name, and whose columns most of its headings are like."""
    stem = _bare(Path(name).stem)

    def worth(table: Table) -> float:
        words = (table.name, *TABLE_WORDS[table.name])
        named = max((_bare(word) in stem or stem in _bare(word)) * 1.0 for word in words) if stem else 0.0
        columns = set(_columns_like(table, texts).values())
        required = [column.name for column in table.columns if column.required]
        return named + sum(column in columns for column in required) / len(required) + len(columns) / 20

    best = max(TABLES, key=worth)
    return best if worth(best) >= 1 else None


def _columns_like(table: Table, texts: tuple[str, ...]) -> dict[str, str]:
    """The column each heading is most like, the most alike first, each column once."""
    pairs = []
    for place, heading in enumerate(texts):
        for column in table.columns:
            words = (column.name, *COLUMN_WORDS.get(column.name, ()))
            likeness = max(_alike(_bare(heading), _bare(word)) for word in words)
            if likeness >= LIKE:
                pairs.append((-likeness, place, column.name))
    found: dict[str, str] = {}
    for _, place, column_name in sorted(pairs):
        if texts[place] not in found and column_name not in found.values():
            found[texts[place]] = column_name
    return found


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0


def _bare(text: str) -> str:
    """A heading without case, accents and signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum())
