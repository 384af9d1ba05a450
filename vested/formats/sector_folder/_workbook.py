"""Opening a workbook safely: sizes are looked at before anything is parsed, and only the needed parts are parsed.

The layout of the parts is ECMA-376 part 1, SpreadsheetML; names are compared without namespaces, so that the strict
variant is read too. defusedxml refuses entities; macros, external links, drawings and the like are not looked at.
"""

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from vested.formats.sector_folder._report import Findings, Kind, plain

MOST_ENTRIES = 10_000
MOST_BYTES = 512 << 20
MOST_TEXT_BYTES = 128 << 20
MOST_RATIO, RATIO_FROM = 200, 16 << 20
"""A workbook may have so many parts, unpack to so many bytes, its shared texts to so many; above ``RATIO_FROM`` bytes
to no more than 200 times its packed size (a sheet of levels unpacks to 10 to 30 times)."""

MALFORMED = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What zipfile and the XML parser raise over a damaged workbook."""

_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "open it in a spreadsheet and save it again as .xlsx"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Book:
    """An open workbook: the part of each sheet by the sheet's name, shared texts, and which styles are dates."""

    file: str
    archive: zipfile.ZipFile
    sheets: dict[str, str]
    texts: list[str]
    date_styles: frozenset[int]
    epoch: datetime

    def size(self, sheet: str) -> int:
        """Give a sheet's unpacked size in bytes."""
        return self.archive.getinfo(self.sheets[sheet]).file_size


def open_book(path: Path, findings: Findings) -> Book | None:
    """Open a workbook, or report why it cannot be opened. Its ``archive`` is the caller's to close."""
    file = plain(path.name)
    place = file, 1, 1
    try:
        refusal = _refusal(path)
        if refusal:
            findings.problem(place, *refusal)
            return None
        archive = zipfile.ZipFile(path)
    except MALFORMED as error:
        findings.problem(place, Kind.UNREADABLE, f"the workbook cannot be read ({cause(error)})", _SAVE)
        return None
    try:
        refusal = _oversized(archive) or _foreign(archive)
        if not refusal:
            return _book(file, archive)
    except MALFORMED as error:
        refusal = Kind.UNREADABLE, f"the workbook cannot be read ({cause(error)})", _SAVE
    findings.problem(place, *refusal)
    archive.close()
    return None


def name_of(element: Element) -> str:
    """Give an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_in(element: Element) -> str:
    """Give the text of a shared or inline string; phonetic guides are not part of it."""
    parts = []
    for child in element:
        if name_of(child) == "t":
            parts.append(child.text or "")
        elif name_of(child) == "r":
            parts.extend(run.text or "" for run in child if name_of(run) == "t")
    return unescaped("".join(parts))


def unescaped(text: str) -> str:
    """Turn ``_x000D_`` and the like into the character it stands for."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def cause(error: BaseException) -> str:
    """Give an error's own words in one short line."""
    words = " ".join(str(error).split()) or type(error).__name__
    return words if len(words) <= 100 else words[:99] + "…"


Refusal = tuple[Kind, str, str]


def _refusal(path: Path) -> Refusal | None:
    """Say why a file is no modern workbook, from its first bytes."""
    with path.open("rb") as file:
        start = file.read(8)
        if start.startswith(b"PK"):
            return None
        if start != _OLD_OR_ENCRYPTED:
            return Kind.UNREADABLE, "the file is not a workbook", "give an .xlsx workbook or a folder of CSV files"
        if "EncryptedPackage".encode("utf-16-le") in file.read(MOST_BYTES):
            return Kind.UNREADABLE, "the workbook is protected by a password", "save it without the password"
    return Kind.UNREADABLE, "the workbook has the old .xls format", "save it as .xlsx"


def _oversized(archive: zipfile.ZipFile) -> Refusal | None:
    """Say why a workbook is too large to unpack; zipfile reads no part beyond the size it states."""
    parts = archive.infolist()
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    mend = "give a folder of CSV files instead, which may be of any size"
    if len(parts) > MOST_ENTRIES:
        return Kind.OVERSIZED, f"the workbook has {len(parts):,} parts, more than {MOST_ENTRIES:,}", mend
    if unpacked > MOST_BYTES:
        what = f"the workbook unpacks to {unpacked >> 20:,} MB, more than {MOST_BYTES >> 20:,}"
        return Kind.OVERSIZED, what, mend
    if unpacked > RATIO_FROM and unpacked > MOST_RATIO * max(packed, 1):
        what = f"the workbook unpacks to {unpacked // max(packed, 1):,} times its size, as a trap would"
        return Kind.OVERSIZED, what, mend
    return None


def _foreign(archive: zipfile.ZipFile) -> Refusal | None:
    """Say which other format or protection the file has."""
    names = set(archive.namelist())
    if any(part.flag_bits & 1 for part in archive.infolist()):
        return Kind.UNREADABLE, "the workbook is protected by a password", "save it without the password"
    if "content.xml" in names:
        return Kind.UNREADABLE, "the workbook is an OpenDocument spreadsheet", "save it as .xlsx"
    if "xl/workbook.bin" in names:
        return Kind.UNREADABLE, "the workbook has the binary .xlsb format", "save it as .xlsx"
    return None


def _book(file: str, archive: zipfile.ZipFile) -> Book:
    """Read what sheets share. Raises one of ``MALFORMED``."""
    main = next((target for kind, target in _relations(archive, "").values() if kind == "officeDocument"), "")
    if not main:
        raise ValueError("it has no workbook part")
    sheets, epoch = {}, WINDOWS_EPOCH
    relations = _relations(archive, main)
    with archive.open(main) as part:
        for element in _elements(part):
            if name_of(element) == "workbookPr" and element.get("date1904") in {"1", "true"}:
                epoch = MAC_EPOCH
            elif name_of(element) == "sheet":
                relation = next((value for key, value in element.items() if key.endswith("}id")), "")
                kind, target = relations.get(relation, ("", ""))
                if kind == "worksheet":
                    archive.getinfo(target)
                    sheets[element.get("name") or ""] = target
    by_kind = dict(relations.values())
    texts = _texts(archive, by_kind["sharedStrings"]) if "sharedStrings" in by_kind else []
    dates = _date_styles(archive, by_kind["styles"]) if "styles" in by_kind else frozenset[int]()
    return Book(file, archive, sheets, texts, dates, epoch)


def _elements(part: IO[bytes]) -> list[Element]:
    return [element for _, element in iterparse(part)]


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Give the kind and target of each relation of a part; those that leave the file are left out."""
    folder, name = posixpath.split(part)
    found = {}
    with archive.open(posixpath.join(folder, "_rels", f"{name}.rels")) as source:
        for element in _elements(source):
            if name_of(element) == "Relationship" and element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target") or ""))
                kind = (element.get("Type") or "").rpartition("/")[2]
                found[element.get("Id") or ""] = kind, target.lstrip("/")
    return found


def _texts(archive: zipfile.ZipFile, part: str) -> list[str]:
    """Read the shared texts."""
    if archive.getinfo(part).file_size > MOST_TEXT_BYTES:
        raise ValueError(f"its texts unpack to more than {MOST_TEXT_BYTES >> 20} MB")
    texts, root = [], None
    with archive.open(part) as source:
        for event, element in iterparse(source, events=("start", "end")):
            if root is None:
                root = element
            if event == "end" and name_of(element) == "si":
                texts.append(text_in(element))
                root.clear()
    return texts


def _date_styles(archive: zipfile.ZipFile, part: str) -> frozenset[int]:
    """Find the cell styles that show a number as a date."""
    codes = dict(BUILTIN_FORMATS)
    formats: list[int] = []
    with archive.open(part) as source:
        for element in _elements(source):
            if name_of(element) == "numFmt":
                codes[int(element.get("numFmtId") or 0)] = element.get("formatCode") or ""
            elif name_of(element) == "cellXfs":
                formats = [int(style.get("numFmtId") or 0) for style in element]
    return frozenset(index for index, code in enumerate(formats) if is_date_format(codes.get(code, "")))
