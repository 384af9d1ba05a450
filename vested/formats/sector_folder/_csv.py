"""Reading one CSV file as a stream of rows with true line numbers."""

import csv
import re
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import chain
from pathlib import Path

from vested.formats.sector_folder._cells import Cell
from vested.formats.sector_folder._report import Findings, Kind
from vested.formats.sector_folder._sheet import Sheet

_SEPARATORS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_BLOCK = 1 << 20
_NOT_WINDOWS_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@contextmanager
def open_csv(
    path: Path, findings: Findings, *, name: str, known: Callable[[str], bool], advance: Callable[[int], None]
) -> Iterator[Sheet | None]:
    """Open a CSV file, called ``name`` in messages; None after a problem that leaves nothing to read.

    The separator is the one of comma, semicolon and tab under which most headings are ``known``, unless a first line
    such as ``sep=;`` names it. ``advance`` is told now and then how many bytes have been read. Raises OSError.
    """
    encoding = _encoding(path, name, findings)
    if not encoding:
        yield None
        return
    with path.open("rb") as binary, TextIOWrapper(binary, encoding=encoding, newline="") as file:
        skipped, separator, first = _heading_line(file)
        separator = separator or _separator(first, known)
        records = _records(chain([first] if first else [], file), separator, findings, name, skipped)
        line, headings = next(records, (0, []))
        if not headings:
            mend = "give it a line of headings and its rows, or take it away"
            findings.problem((name, 1, 1), Kind.UNREADABLE, "the file has no line of headings", mend)
            yield None
            return

        def rows() -> Iterator[tuple[int, Sequence[Cell]]]:
            for done, (start, row) in enumerate(records):
                if done % 8192 == 0:
                    advance(binary.tell())
                yield start, row

        yield Sheet(
            file=name,
            line=line,
            headings=tuple(str(heading) for heading in headings),
            rows=rows(),
            decimal_comma=separator != ",",
            escaped=True,
            exact_width=True,
        )


def _records(
    lines: Iterable[str], separator: str, findings: Findings, file: str, skipped: int
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Give records with the line each starts at, reporting those whose quotation marks cannot be understood."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        start = skipped + reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            too_long = "field limit" in str(error)
            what = "a cell is longer than 131,072 characters" if too_long else "a quotation mark is out of place"
            mend = 'close each quoted cell with one ", and write "" for a quotation mark inside it'
            findings.problem((file, start, 1), Kind.QUOTES, what, mend)
            continue
        yield start, record


def _heading_line(lines: Iterator[str]) -> tuple[int, str, str]:
    """Skip to the headings: how many lines were skipped, the separator one of them named, the heading line."""
    skipped, separator = 0, ""
    for line in lines:
        named = _SEPARATOR_LINE.fullmatch(line.strip("\r\n"))
        if named and named[1] in _SEPARATORS and not skipped:
            separator = named[1]
        elif line.strip(" \t\r\n,;"):
            return skipped, separator, line
        skipped += 1
    return skipped, separator, ""


def _separator(heading_line: str, known: Callable[[str], bool]) -> str:
    """Choose the separator that gives the most known headings, then the most headings."""

    def worth(separator: str) -> tuple[int, int]:
        try:
            headings = next(csv.reader([heading_line], delimiter=separator), [])
        except csv.Error:
            return 0, 0
        return sum(map(known, headings)), len(headings)

    return max(_SEPARATORS, key=worth)


def _encoding(path: Path, name: str, findings: Findings) -> str:
    """Give UTF-8 where the whole file is, else Windows-1252; empty after a problem."""
    decoder, utf8, line = getincrementaldecoder("utf-8")(), True, 1
    save = "save it as “CSV UTF-8”"
    with path.open("rb") as file:
        start = file.read(8)
        if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            what, mend = "the file is a workbook, not a CSV file", "check the workbook itself, or " + save
            findings.problem((name, 1, 1), Kind.UNREADABLE, what, mend)
            return ""
        marked = start.startswith(BOM_UTF8)
        file.seek(0)
        while True:
            block = file.read(_BLOCK)
            if b"\0" in block:
                utf16 = start.startswith((b"\xff\xfe", b"\xfe\xff"))
                what = "the file is UTF-16 text" if utf16 else "the file is not text"
                place = name, line + block[: block.index(b"\0")].count(b"\n"), 1
                findings.problem(place, Kind.UNREADABLE, what, save)
                return ""
            if utf8:
                try:
                    decoder.decode(block, final=not block)
                except UnicodeDecodeError as error:
                    utf8 = False
                    if marked:
                        place = name, line + error.object[: error.start].count(b"\n"), 1
                        findings.problem(place, Kind.UNREADABLE, "the file says it is UTF-8 and is not", save)
                        return ""
            if not block:
                break
            line += block.count(b"\n")
    return "utf-8-sig" if utf8 else _windows_1252(path, name, findings)


def _windows_1252(path: Path, name: str, findings: Findings) -> str:
    line = 1
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if match := _NOT_WINDOWS_1252.search(block):
                place = name, line + block[: match.start()].count(b"\n"), 1
                what = "a character is neither UTF-8 nor Windows-1252"
                findings.problem(place, Kind.UNREADABLE, what, "save it as “CSV UTF-8”")
                return ""
            line += block.count(b"\n")
    return "cp1252"
