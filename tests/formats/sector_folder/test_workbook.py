"""Workbooks: values, formulas, merged cells, and files made to do harm."""

import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.formats.sector_folder.folders import book, content, found, only, rezip
from vested.formats.sector_folder import Kind, check, read
from vested.formats.sector_folder import _workbook as limits

Rows = list[list[object]]

UNITS: Rows = [
    ["unit_id", "name", "kind", "parent_id"],
    ["PORT", "Ministry", "ministry", None],
    ["PILOT", "Pilotage", "agency", "PORT"],
    ["BERTH", "Berths", "team", "PILOT"],
]
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'


def test_the_examples_read(tmp_path: Path) -> None:
    report = check(book(tmp_path / "book.xlsx"))
    assert list(map(str, report.problems + report.warnings)) == []


def test_numbers_dates_and_texts_read_as_what_they_are(tmp_path: Path) -> None:
    sessions: Rows = [
        ["Session ID", "course_id", "period", "starts_on", "seats"],
        ["SEC1-1", "SEC1", 1, date(2027, 1, 15), None],
        ["DATA1-1", "DATA1", 1.0, datetime(2027, 2, 2, 9, 30), "16"],  # noqa: DTZ001 - spreadsheets have no time zones
        ["DATA2-2", "DATA2", "2", "11.05.2027", 12.0],
    ]
    staff: Rows = [
        ["person_id", "name", "unit_id", "role_id", "hours", "grade"],
        [1, "One", "PORT", "DIR", "37,5", True],
        [2.0, "Two", "BERTH", "PLAN", 7.25, 5],
    ]
    levels: Rows = [["person_id", "skill_id", "level"], [1, "DATA", 0.1], ["2", "DATA", "3,125"]]
    none: Rows = [["person_id", "course_id", "session_id", "status"]]
    changes = {"sessions": sessions, "staff": staff, "levels": levels}
    path = book(tmp_path / "book.xlsx", {**changes, "completions": none, "wishes": none, "fixed": none})
    sector = read(path)
    assert [session.starts_on for session in sector.sessions] == [
        date(2027, 1, 15),
        date(2027, 2, 2),
        date(2027, 5, 11),
    ]
    assert [session.seats for session in sector.sessions] == [None, 16, 12]
    assert [person.person_id for person in sector.staff] == ["1", "2"]
    assert [person.hours for person in sector.staff] == [37.5, 7.25]
    assert [person.grade for person in sector.staff] == ["TRUE", "5"]
    assert sector.levels.level.tolist() == [0.1, 3.125]


def test_dates_of_the_1904_calendar_read(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx")
    workbook = load_workbook(path)
    workbook.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 - spreadsheets have no time zones
    workbook["sessions"]["D2"] = date(2027, 1, 15)
    workbook.save(path)
    assert read(path).sessions[0].starts_on == date(2027, 1, 15)


def test_places_are_workbook_sheet_row_and_column(tmp_path: Path) -> None:
    units: Rows = [*UNITS, [None, None, None, None], ["X", "Castle", "castle", "PORT"]]
    assert only(check(book(tmp_path / "book.xlsx", {"units": units}))) == (
        "book.xlsx!units:6:3: kind: “castle” is none of ministry, agency, department, team; write one of them"
    )


def test_every_formula_is_reported(tmp_path: Path) -> None:
    units: Rows = [*UNITS[:2], ["PILOT", "=A2&A1", "agency", "PORT"], ["BERTH", "Berths", '=HYPERLINK("x")', "PILOT"]]
    report = check(book(tmp_path / "book.xlsx", {"units": units}))
    assert found(report) == [("book.xlsx!units", 3, 2, Kind.FORMULA), ("book.xlsx!units", 4, 3, Kind.FORMULA)]
    assert str(report.problems[0]) == (
        "book.xlsx!units:3:2: the cell holds the formula “=A2&A1”; put its value there: copy, then paste as values"
    )


def test_merged_cells_are_reported(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx")
    workbook = load_workbook(path)
    workbook["units"].merge_cells("B2:B3")
    workbook.create_sheet("Notes").merge_cells("A1:B2")
    workbook.save(path)
    report = check(path)
    assert found(report) == [("book.xlsx!units", 2, 2, Kind.MERGED), ("book.xlsx!units", 3, 2, Kind.EMPTY)]
    assert "the cells “B2:B3” are merged; unmerge them and fill in every row" in str(report.problems[0])


def test_error_values_are_reported(tmp_path: Path) -> None:
    units: Rows = [*UNITS[:3], ["BERTH", "#N/A", "team", "PILOT"]]
    report = check(book(tmp_path / "book.xlsx", {"units": units}))
    assert only(report) == "book.xlsx!units:4:2: the cell holds the error “#N/A”; put its value there"


def test_sheets_beside_the_tables_are_warned_of(tmp_path: Path) -> None:
    report = check(book(tmp_path / "book.xlsx", {"Pivot": [[1]], "wish": [["x"]], "UNITS ": UNITS}))
    assert found(report) == [("book.xlsx!UNITS ", 1, 1, Kind.DUPLICATE_TABLE)]
    assert [warning.file for warning in report.warnings] == ["book.xlsx!Pivot", "book.xlsx!wish"]
    assert "if you meant wishes" in str(report.warnings[1])


def test_cells_beyond_the_headings_are_reported(tmp_path: Path) -> None:
    units: Rows = [*UNITS[:3], ["BERTH", "Berths", "team", "PILOT", None, "see HR"]]
    report = check(book(tmp_path / "book.xlsx", {"units": units}))
    assert found(report) == [("book.xlsx!units", 4, 5, Kind.RAGGED)]


def test_an_empty_sheet_is_reported(tmp_path: Path) -> None:
    assert only(check(book(tmp_path / "book.xlsx", {"units": []}))).startswith(
        "book.xlsx!units:1:1: the sheet has no line of headings"
    )


def test_missing_sheets_are_one_problem_each(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.save(tmp_path / "book.xlsx")
    report = check(tmp_path / "book.xlsx")
    assert [problem.kind for problem in report.problems] == [Kind.MISSING_TABLE] * 7
    assert report.problems[0].file == "book.xlsx!units"
    assert [warning.kind for warning in report.warnings] == [Kind.UNKNOWN_TABLE]


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "the file is not a workbook; give an .xlsx workbook or a folder of CSV files"),
        (b"name;kind\n", "the file is not a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "the workbook has the old .xls format; save it as .xlsx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
            "the workbook is protected by a password; save it without the password",
        ),
        (b"PK\x03\x04 and then nothing", "the workbook cannot be read (File is not a zip file)"),
    ],
    ids=["empty", "text", "xls", "encrypted", "torn"],
)
def test_what_is_no_workbook_is_reported(tmp_path: Path, raw: bytes, what: str) -> None:
    (tmp_path / "book.xlsx").write_bytes(raw)
    report = check(tmp_path / "book.xlsx")
    assert found(report) == [("book.xlsx", 1, 1, Kind.UNREADABLE)]
    assert what in only(report)


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("content.xml", "the workbook is an OpenDocument spreadsheet; save it as .xlsx"),
        ("xl/workbook.bin", "the workbook has the binary .xlsb format; save it as .xlsx"),
        ("other.xml", "the workbook cannot be read ("),
    ],
)
def test_other_formats_in_a_zip_are_named(tmp_path: Path, part: str, what: str) -> None:
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w") as archive:
        archive.writestr(part, "<a/>")
    assert what in only(check(tmp_path / "book.xlsx"))


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    path = rezip(book(tmp_path / "book.xlsx"), {"xl/worksheets/sheet1.xml": bytes(limits.RATIO_FROM + 1)})
    report = check(path)
    assert found(report) == [("book.xlsx", 1, 1, Kind.OVERSIZED)]
    assert "times its size, as a trap would; give a folder of CSV files instead" in only(report)


def test_a_workbook_larger_than_the_limit_is_not_unpacked(tmp_path: Path) -> None:
    """Two parts that state more than they hold: only the stated sizes are looked at."""
    path = book(tmp_path / "book.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        for name in ("a", "b"):
            archive.writestr(name, b"x")
        for name in ("a", "b"):
            archive.getinfo(name).file_size = limits.MOST_BYTES // 2
    assert "the workbook unpacks to 512 MB, more than 512" in only(check(path))


def test_a_workbook_of_very_many_parts_is_not_read(tmp_path: Path) -> None:
    path = rezip(book(tmp_path / "book.xlsx"), {f"x{number}": b"" for number in range(limits.MOST_ENTRIES)})
    assert "the workbook has 10,0" in only(check(path))
    assert check(path).problems[0].kind is Kind.OVERSIZED


def test_a_part_that_lies_about_its_size_is_not_read_further(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("x", b"")  # so that the directory is written again
        archive.getinfo("xl/worksheets/sheet1.xml").file_size = 40
    report = check(path)
    assert report.problems[0].kind is Kind.UNREADABLE
    assert str(report.problems[0]).startswith("book.xlsx!units:1:1: the sheet cannot be read to its end (")


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + SHEET.format("<sheetData>&b;</sheetData>")
    path = rezip(book(tmp_path / "book.xlsx"), {"xl/worksheets/sheet1.xml": bomb.encode()})
    assert "the sheet cannot be read to its end (EntitiesForbidden" in str(check(path).problems[0])


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ('<row r="99999999999"><c t="str"><v>x</v></c></row>', "row, column or text 99999999999 is not between"),
        ('<row r="1"><c r="ZZZ1" t="str"><v>x</v></c></row>', "row, column or text 18278 is not between 1 and 16384"),
        ('<row r="1"><c r="1A" t="str"><v>x</v></c></row>', "1A is not the name of a cell"),
        ('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>', "row, column or text 100000 is not between"),
        ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "row, column or text 0 is not between"),
        ('<row r="1"><c r="A1"><v>seven</v></c></row>', "could not convert string to float"),
        ("<row>", "mismatched tag"),
    ],
)
def test_impossible_sheets_are_reported(tmp_path: Path, data: str, what: str) -> None:
    sheet = SHEET.format(f"<sheetData>{data}</sheetData>")
    report = check(rezip(book(tmp_path / "book.xlsx"), {"xl/worksheets/sheet1.xml": sheet.encode()}))
    assert report.problems[0].kind is Kind.UNREADABLE
    assert what in str(report.problems[0])


def _inline(row: int, cells: list[object]) -> str:
    texts = [f"<is><t>{cell or ''}</t></is>" for cell in cells]
    return f'<row r="{row}">' + "".join(f'<c t="inlineStr">{text}</c>' for text in texts) + "</row>"


def test_a_huge_empty_used_range_is_passed_over(tmp_path: Path) -> None:
    """The range is stated, and the last cell of the sheet has a style but no value."""
    rows = "".join(_inline(row, cells) for row, cells in enumerate(UNITS, start=1))
    sheet = SHEET.format(
        f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    )
    path = rezip(book(tmp_path / "book.xlsx"), {"xl/worksheets/sheet1.xml": sheet.encode()})
    assert len(read(path).units) == 3


def test_headings_in_very_many_columns_are_refused(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" t="str"><v>unit_id</v></c><c r="XFD1" t="str"><v>x</v></c></row>'
    sheet = SHEET.format(f"<sheetData>{row}</sheetData>")
    path = rezip(book(tmp_path / "book.xlsx"), {"xl/worksheets/sheet1.xml": sheet.encode()})
    assert "the sheet has headings beyond column 1,000" in str(check(path).problems[0])


def test_macros_and_external_links_are_passed_over(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsm")
    plain = content(read(path))
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="x/externalLinkPath" Target="file:///etc/passwd" TargetMode="External"/>'
        "</Relationships>"
    )
    parts = {"xl/vbaProject.bin": b"\x00\x01", "xl/externalLinks/_rels/externalLink1.xml.rels": relations.encode()}
    assert content(read(rezip(path, parts))) == plain


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def share_texts(path: Path) -> None:
    """Move texts out of the sheets, as spreadsheet programs do: in runs, with phonetic guides and escapes."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    texts: list[str] = []

    def shared(match: re.Match[str]) -> str:
        texts.append(match[2])
        return f'<c r="{match[1]}" t="s"><v>{len(texts) - 1}</v></c>'

    for name, part in parts.items():
        if name.startswith("xl/worksheets/"):
            pattern = r'<c r="(\w+)" t="inlineStr"><is><t(?: xml:space="preserve")?>(.*?)</t></is></c>'
            parts[name] = re.sub(pattern, shared, part, flags=re.S)
    plain = [f"<si><t>{text}</t></si>" for text in texts]
    at = texts.index("Berth planning")
    plain[at] = "<si><r><rPr><b/></rPr><t>Berth </t></r><r><t>plan_x006E_ing</t></r><rPh><t>ber</t></rPh></si>"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{"".join(plain)}</sst>'
    relation = f'<Relationship Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml" Id="rId99"/></Relationships>'
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace("</Relationships>", relation)
    rezip(path, {name: part.encode() for name, part in parts.items()})


def test_texts_that_sheets_share_read(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx")
    plain = content(read(path))
    share_texts(path)
    assert content(read(path)) == plain


def test_the_strict_variant_reads(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx")
    plain = content(read(path))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    strict = {MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main", OFFICE: "http://purl.oclc.org/ooxml/relationships"}
    for name, part in parts.items():
        for usual, other in strict.items():
            parts[name] = parts[name].replace(usual, other)
        assert parts[name] != part or not name.startswith("xl/work")
    assert content(read(rezip(path, {name: part.encode() for name, part in parts.items()}))) == plain


def test_texts_beyond_the_limit_are_not_read(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx")
    share_texts(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("x", b"")  # so that the directory is written again
        archive.getinfo("xl/sharedStrings.xml").file_size = limits.MOST_TEXT_BYTES + 1
        archive.getinfo("xl/sharedStrings.xml").compress_size = limits.MOST_TEXT_BYTES
    assert "the workbook cannot be read (its texts unpack to more than 128 MB)" in only(check(path))


def test_parts_under_a_password_are_reported(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("x", b"")
        archive.getinfo("xl/workbook.xml").flag_bits |= 1
    assert only(check(path)) == "book.xlsx:1:1: the workbook is protected by a password; save it without the password"


@pytest.mark.parametrize(
    ("value", "what"),
    [(9e9, "“9000000000” is not a date"), (0.5, "“12:00:00” is not a date"), (-1.0, "“-1” is not a date")],
)
def test_numbers_shown_as_dates_that_are_none_are_reported(tmp_path: Path, value: float, what: str) -> None:
    path = book(tmp_path / "book.xlsx")
    workbook = load_workbook(path)
    workbook["sessions"]["D2"] = value
    workbook["sessions"]["D2"].number_format = "yyyy-mm-dd"
    workbook.save(path)
    report = check(path)
    assert found(report) == [("book.xlsx!sessions", 2, 4, Kind.BAD_DATE)]
    assert what in only(report)
