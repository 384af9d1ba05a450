"""What checking a sector folder reports."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vested.formats.sector_folder._nouns import Sector

Place = tuple[str, int, int]
"""File, line and column."""

LISTED = 10_000
"""Problems of one kind listed for one column of a file; the rest is counted in one line."""


class Kind(StrEnum):
    """What sort of thing is wrong."""

    UNREADABLE = "unreadable file"
    OVERSIZED = "oversized workbook"
    MISSING_TABLE = "missing table"
    DUPLICATE_TABLE = "duplicate table"
    MISSING_COLUMN = "missing column"
    DUPLICATE_COLUMN = "duplicate column"
    RAGGED = "ragged row"
    QUOTES = "misplaced quotation mark"
    FORMULA = "formula"
    MERGED = "merged cells"
    EMPTY = "empty required cell"
    NOT_A_NUMBER = "not a number"
    AMBIGUOUS = "ambiguous number or date"
    BAD_DATE = "bad date"
    BAD_VALUE = "not a value of the list"
    OUT_OF_RANGE = "out of range"
    DUPLICATE = "duplicate key"
    UNKNOWN_ID = "unknown id"
    CYCLE = "cycle"
    MISSING_ROW = "missing row"
    NOT_ALLOWED = "accepted session that cannot be allowed"
    SETTING = "bad setting"
    UNKNOWN_COLUMN = "unknown column"
    UNKNOWN_TABLE = "unknown table"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a place: ``line`` and ``column`` count from 1; it stands for ``count`` such places.

    ``file`` is a name in the folder, or ``book.xlsx!sheet``; of a whole file the place is 1:1.
    """

    file: str
    line: int
    column: int
    kind: Kind
    what: str
    mend: str
    count: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.what}; {self.mend}"


@dataclass(frozen=True, slots=True)
class Report:
    """Everything found in one pass; ``sector`` is None where there are problems. Warnings stop nothing.

    ``present`` are the columns each table of the files has.
    """

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    sector: Sector | None
    present: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def counts(self) -> dict[Kind, int]:
        """Count the problems of each kind, the most frequent first."""
        counter: Counter[Kind] = Counter()
        for problem in self.problems:
            counter[problem.kind] += problem.count
        return dict(counter.most_common())


class SectorFolderError(ValueError):
    """A sector folder with problems; ``report`` holds them all."""

    def __init__(self, report: Report) -> None:
        self.report = report
        shown = [str(problem) for problem in report.problems[:20]]
        hidden = len(report.problems) - len(shown)
        super().__init__("\n".join(shown + ([f"and {hidden:,} more"] if hidden else [])))


@dataclass(slots=True)
class Findings:
    """Problems and warnings while they are being collected."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    _counts: Counter[tuple[str, int, Kind]] = field(default_factory=Counter)
    _first_hidden: dict[tuple[str, int, Kind], int] = field(default_factory=dict)

    def problem(self, place: Place, kind: Kind, what: str, mend: str) -> None:
        """Note a problem at a place: file, line and column."""
        file, line, column = place
        key = (file, column, kind)
        self._counts[key] += 1
        if self._counts[key] <= LISTED:
            self.problems.append(Problem(file, line, column, kind, what, mend))
        else:
            self._first_hidden.setdefault(key, line)

    def more(self, place: Place, kind: Kind, count: int) -> None:
        """Note further problems of a kind in a column without listing them."""
        if count > 0:
            file, line, column = place
            self._counts[file, column, kind] += count
            self._first_hidden.setdefault((file, column, kind), line)

    def warn(self, place: Place, kind: Kind, what: str, mend: str) -> None:
        """Note something that stops nothing."""
        self.warnings.append(Problem(*place, kind, what, mend))

    def close(self, files: dict[str, int]) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
        """Give problems and warnings in the order of the files, lines and columns.

        A cell that is empty because what it holds is refused (a formula, an error value) is reported once.
        """
        wrong = {
            (problem.file, problem.line, problem.column) for problem in self.problems if problem.kind != Kind.EMPTY
        }
        listed = [
            problem
            for problem in self.problems
            if problem.kind != Kind.EMPTY or (problem.file, problem.line, problem.column) not in wrong
        ]
        shown = Counter((problem.file, problem.column, problem.kind) for problem in listed)
        for (file, column, kind), line in self._first_hidden.items():
            count = self._counts[file, column, kind] - shown[file, column, kind]
            what = f"from here on, {count:,} more of this kind ({kind})"
            listed.append(Problem(file, line, column, kind, what, "mend those listed before it first", count))

        def order(problem: Problem) -> tuple[int, str, int, int]:
            return files.get(problem.file, -1), problem.file, problem.line, problem.column

        return tuple(sorted(listed, key=order)), tuple(sorted(self.warnings, key=order))


def shown(text: object) -> str:
    """Quote a cell for a message: one line, no control characters, at most 60 characters."""
    start = plain(str(int(text) if isinstance(text, float) and text.is_integer() else text)[:61])
    return f"“{start[:60]}…”" if len(start) > 60 else f"“{start}”"


def plain(text: str) -> str:
    """Give a text of one line, with a sign in place of every character that cannot be printed."""
    return "".join(char if char.isprintable() else "�" for char in text)
