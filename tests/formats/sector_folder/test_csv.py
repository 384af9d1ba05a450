"""CSV files: encodings, separators, headings, quotation marks, rows and their line numbers."""

from pathlib import Path

import pytest

from tests.formats.sector_folder.folders import FILES, content, found, lay, only, report_of, sector_of
from vested.formats.sector_folder import Kind, SectorFolderError, check, read

PLAIN = FILES["units.csv"]


def test_the_valid_folder_reads(tmp_path: Path) -> None:
    sector = sector_of(tmp_path)
    assert [unit.parent_id for unit in sector.units] == [None, "M"]
    assert sector.staff[0].languages == ("da", "en")
    assert sector.courses[1].compulsory_for == ("R1", "R2")
    assert sector.levels.level.tolist() == [2, 3]
    assert sector.settings.fairness == 0.3
    assert check(tmp_path).warnings == ()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_separator_encoding_and_line_end_reads(tmp_path: Path, separator: str, encoding: str, end: str) -> None:
    text = PLAIN.replace("Agency", "Ærø Følgevirksomhed").replace(",", separator).replace("\n", end)
    sector = sector_of(tmp_path, {"units.csv": text.encode(encoding)})
    assert sector.units[1].name == "Ærø Følgevirksomhed"


def test_a_first_line_may_name_the_separator(tmp_path: Path) -> None:
    sector = sector_of(tmp_path, {"units.csv": "sep=;\n" + PLAIN.replace(",", ";")})
    assert len(sector.units) == 2


def test_the_separator_is_sniffed_with_quotation_marks_respected(tmp_path: Path) -> None:
    text = '"unit_id";"name";"kind";"note, long, with, many, commas"\nM;"Sea; land, air";ministry;x\nA;B;agency;\n'
    assert sector_of(tmp_path, {"units.csv": text}).units[0].name == "Sea; land, air"


def test_headings_match_whatever_their_case_and_spaces(tmp_path: Path) -> None:
    text = PLAIN.replace("unit_id,name,kind,parent_id", " Unit ID ,NAME*,Kind,parent-ID")
    assert sector_of(tmp_path, {"units.csv": text}).units[1].parent_id == "M"


def test_file_names_match_whatever_their_case(tmp_path: Path) -> None:
    assert len(sector_of(tmp_path, {"units.csv": None, "Units.CSV": PLAIN}).units) == 2


def test_blank_lines_are_skipped_and_lines_counted(tmp_path: Path) -> None:
    text = "\n;;\nunit_id;name;kind\n\nM;Ministry;ministry\n;;\n \nA;Agency;castle\n"
    assert only(report_of(tmp_path, {"units.csv": text})) == (
        "units.csv:8:3: kind: “castle” is none of ministry, agency, department, team; write one of them"
    )


def test_line_breaks_inside_cells_keep_the_line_numbers_true(tmp_path: Path) -> None:
    text = 'unit_id,name,kind\nM,"Ministry\r\nof\nPorts",ministry\nA,Agency,castle\n'
    report = report_of(tmp_path, {"units.csv": text})
    assert found(report) == [("units.csv", 5, 3, Kind.BAD_VALUE)]
    sector = sector_of(tmp_path, {"units.csv": text.replace("castle", "agency")})
    assert sector.units[0].name == "Ministry\nof\nPorts"


@pytest.mark.parametrize(
    ("row", "place", "text"),
    [
        ("A,Agency", (3, 2), "the row has 2 cells, the line of headings 4"),
        ("A,Agency, Harbour,agency,M", (3, 5), "the row has 5 cells, the line of headings 4"),
    ],
)
def test_ragged_rows_are_reported_once(tmp_path: Path, row: str, place: tuple[int, int], text: str) -> None:
    """Other tables name the unit of the broken row: that is not reported again."""
    report = report_of(tmp_path, {"units.csv": f"unit_id,name,kind,parent_id\nM,Ministry,ministry,\n{row}\n"})
    assert found(report) == [("units.csv", *place, Kind.RAGGED)]
    assert text in str(report.problems[0])


def test_empty_cells_beyond_the_headings_are_no_problem(tmp_path: Path) -> None:
    assert len(sector_of(tmp_path, {"units.csv": "unit_id,name,kind\nM,Min,ministry,,\nA,Age,agency,\n"}).units) == 2


@pytest.mark.parametrize("cell", ['"Agency"s', '"Agen"cy"', '"never closed'])
def test_misplaced_quotation_marks_are_reported(tmp_path: Path, cell: str) -> None:
    report = report_of(tmp_path, {"units.csv": f"unit_id,name,kind\nM,Ministry,ministry\nA,{cell},agency\n"})
    assert ("units.csv", 3, 1, Kind.QUOTES) in found(report)
    assert "a quotation mark is out of place; close each quoted cell" in str(report.problems[0])


def test_a_cell_without_end_is_reported(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"units.csv": f'unit_id,name,kind\nM,"{"x" * 140_000}",ministry\nA,Agency,agency\n'})
    assert "units.csv:2:1: a cell is longer than 131,072 characters" in str(report.problems[0])


def test_what_follows_a_broken_row_is_still_checked(tmp_path: Path) -> None:
    text = 'unit_id,name,kind\nM,"Min"istry,ministry\nA,Agency,castle\n'
    kinds = [kind for file, *_, kind in found(report_of(tmp_path, {"units.csv": text})) if file == "units.csv"]
    assert kinds == [Kind.QUOTES, Kind.BAD_VALUE]


def test_unknown_columns_are_warned_of_with_the_nearest_known_one(tmp_path: Path) -> None:
    text = "unit_id,name,kind,parrent_id,Cost centre,\nM,Min,ministry,,7,\nA,Agency,agency,M,8,x\n"
    report = report_of(tmp_path, {"units.csv": text})
    assert report.problems == ()
    assert list(map(str, report.warnings)) == [
        "units.csv:1:4: the column “parrent_id” is not known and not read; if you meant parent_id, write that",
        (
            "units.csv:1:5: the column “Cost centre” is not known and not read; leave it, or say in columns.toml which "
            "column it is"
        ),
    ]
    assert report.warnings[0].kind is Kind.UNKNOWN_COLUMN


def test_a_missing_required_column_is_one_problem(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"roles.csv": "role_id,title\nR1,Officer\nR2,Clerk\n"})
    assert only(report) == (
        "roles.csv:1:1: the required column name is missing; add it (what the role is called), or name yours in "
        "columns.toml"
    )


def test_two_headings_for_one_column_are_reported(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"roles.csv": "role_id,name,Name\nR1,Officer,x\nR2,Clerk,y\n"})
    assert only(report) == "roles.csv:1:3: the heading “Name” is name, as column 2 already is; keep one of the two"
    assert report.problems[0].kind is Kind.DUPLICATE_COLUMN


def test_two_files_for_one_table_are_reported(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"Units.tsv": PLAIN.replace(",", "\t")})
    assert only(report) == "units.csv:1:1: units is also in Units.tsv; keep one of the two files"
    assert report.problems[0].kind is Kind.DUPLICATE_TABLE


def test_each_missing_needed_table_is_one_problem(tmp_path: Path) -> None:
    report = check(tmp_path)
    assert [(problem.file, problem.kind) for problem in report.problems] == [
        (f"{name}.csv", Kind.MISSING_TABLE)
        for name in ("units", "staff", "roles", "role_requirements", "courses", "course_outcomes", "sessions")
    ]
    assert str(report.problems[0]) == (
        "units.csv:1:1: the table units is missing; add it, with the headings unit_id, name, kind"
    )


def test_a_missing_table_does_not_make_every_id_unknown(tmp_path: Path) -> None:
    assert only(report_of(tmp_path, {"roles.csv": None})).startswith("roles.csv:1:1: the table roles is missing")


def test_initiatives_are_needed_where_their_skills_are_given(tmp_path: Path) -> None:
    text = only(report_of(tmp_path, {"initiatives.csv": None}))
    assert text.startswith("initiatives.csv:1:1: the table initiatives is missing, and initiative_skills names some")


def test_optional_tables_may_be_absent(tmp_path: Path) -> None:
    needed = {"units", "staff", "roles", "role_requirements", "courses", "course_outcomes", "sessions"}
    absent: dict[str, str | bytes | None] = {name: None for name in FILES if name.partition(".")[0] not in needed}
    sector = sector_of(tmp_path, absent)
    assert [skill.name for skill in sector.skills] == ["S1", "S2"]
    assert (len(sector.levels.level), sector.settings.periods, sector.budgets) == (0, 2, ())


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "the file has no line of headings"),
        (b"\n\n , ,\n", "the file has no line of headings"),
        ("unit_id\tname".encode("utf-16"), "the file is UTF-16 text"),
        (b"\x89PNG\x00\x00", "the file is not text"),
        (b"PK\x03\x04rest", "the file is a workbook, not a CSV file"),
        (b"\xef\xbb\xbfunit_id,name\n\xe6,x", "the file says it is UTF-8 and is not"),
        (b"unit_id,name\n\x81\xff,x", "a character is neither UTF-8 nor Windows-1252"),
    ],
)
def test_a_file_that_is_no_csv_text_is_reported(tmp_path: Path, raw: bytes, what: str) -> None:
    report = report_of(tmp_path, {"units.csv": raw})
    line = 2 if b"unit_id,name\n" in raw else 1
    assert found(report) == [("units.csv", line, 1, Kind.UNREADABLE)]
    assert what in only(report)


def test_a_folder_where_a_file_should_be_is_reported(tmp_path: Path) -> None:
    (lay(tmp_path, {"units.csv": None}) / "units.csv").mkdir()
    report = check(tmp_path)
    assert report.problems[0].kind is Kind.UNREADABLE
    assert str(report.problems[0]) == ("units.csv:1:1: this is not a file; put a file there, or give it another name")
    assert len(report.problems) == 1


def test_headings_without_rows_are_warned_of(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"sessions.csv": "session_id,course_id,period\n", "fixed.csv": None})
    assert report.problems == ()
    assert [str(warning) for warning in report.warnings] == [
        "sessions.csv:1:1: sessions has headings and no rows; add its rows"
    ]


def test_files_that_are_not_read_are_warned_of(tmp_path: Path) -> None:
    (lay(tmp_path) / "old.xlsx").write_bytes(b"")
    for name in ("stuff.csv", "notes.txt", ".~lock.staff.csv#", "wishs.csv"):
        (tmp_path / name).write_text("x")
    report = check(tmp_path)
    assert report.problems == ()
    assert [(warning.file, warning.kind) for warning in report.warnings] == [
        ("old.xlsx", Kind.UNUSED),
        ("stuff.csv", Kind.UNKNOWN_TABLE),
        ("wishs.csv", Kind.UNKNOWN_TABLE),
    ]
    assert "if you meant wishes, name it that" in str(report.warnings[2])


@pytest.mark.parametrize(
    ("name", "what"),
    [("nowhere", "there is no such folder or workbook"), ("staff.csv", "one table is not a sector")],
)
def test_a_path_that_is_neither_folder_nor_workbook_is_reported(tmp_path: Path, name: str, what: str) -> None:
    lay(tmp_path)
    report = check(tmp_path / name)
    assert found(report) == [(name, 1, 1, Kind.UNREADABLE)]
    assert what in only(report)


def test_every_problem_is_reported_in_one_pass_in_order(tmp_path: Path) -> None:
    report = report_of(
        tmp_path,
        {
            "units.csv": PLAIN.replace("agency,M", "castle,Z"),
            "staff.csv": FILES["staff.csv"].replace("P3,Three,A,R2,10", "P3,,A,R2,ten"),
            "sessions.csv": FILES["sessions.csv"].replace("2027-01-15", "03/04/2027"),
            "plan.toml": "periods = 0\n",
        },
    )
    assert found(report) == [
        ("plan.toml", 1, 1, Kind.SETTING),
        ("units.csv", 3, 3, Kind.BAD_VALUE),
        ("units.csv", 3, 4, Kind.UNKNOWN_ID),
        ("staff.csv", 4, 2, Kind.EMPTY),
        ("staff.csv", 4, 5, Kind.NOT_A_NUMBER),
        ("sessions.csv", 2, 4, Kind.AMBIGUOUS),
    ]
    assert report.counts()[Kind.UNKNOWN_ID] == 1
    assert sum(report.counts().values()) == 6


def test_read_gives_the_sector_or_raises_with_the_report(tmp_path: Path) -> None:
    assert content(read(lay(tmp_path / "good"))) == content(sector_of(tmp_path / "same"))
    lay(tmp_path / "bad", {"roles.csv": None})
    with pytest.raises(SectorFolderError, match=r"^roles\.csv:1:1: the table roles is missing") as caught:
        read(tmp_path / "bad")
    assert len(caught.value.report.problems) == 1


def test_a_path_the_system_cannot_look_at_is_reported() -> None:
    report = check("x" * 5_000)
    assert [problem.kind for problem in report.problems] == [Kind.UNREADABLE]
    assert "it cannot be read (File name too long); see to its permissions" in only(report)


def test_progress_counts_up_to_all_bytes(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    rows = "".join(f"P1,T{number},2\n" for number in range(20_000))
    lay(tmp_path, {"levels.csv": "person_id,skill_id,level\n" + rows, "skills.csv": None})
    check(tmp_path, progress=lambda done, total, doing: told.append((done, total, doing)))
    done = [step for step, _, _ in told]
    total = sum(path.stat().st_size for path in tmp_path.glob("*.csv"))
    assert done == sorted(done)
    assert {step for _, step, _ in told} == {total}
    assert done[-1] == total
    assert sum(doing == "reading levels.csv" for _, _, doing in told) >= 3


MANY = range(12_000)


@pytest.mark.parametrize(
    ("name", "rows", "kind"),
    [
        ("levels.csv", [f"Q{number},S1,2" for number in MANY], Kind.UNKNOWN_ID),
        ("levels.csv", ["P1,S1,2" for _ in range(12_001)], Kind.DUPLICATE),
        ("levels.csv", [f"P1,T{number},x" for number in MANY], Kind.NOT_A_NUMBER),
        ("wishes.csv", [f"P{number + 4},C1,1" for number in MANY], Kind.UNKNOWN_ID),
    ],
)
def test_thousands_of_the_same_problem_are_listed_in_part_and_counted(
    tmp_path: Path, name: str, rows: list[str], kind: Kind
) -> None:
    heading = FILES[name].partition("\n")[0].replace(",error,source,assessed_on", "")
    report = report_of(tmp_path, {name: "\n".join([heading, *rows]), "skills.csv": None})
    assert len(report.problems) == 10_001
    assert report.counts() == {kind: 12_000}
    last = report.problems[-1]
    assert (last.count, last.line) == (2_000, 10_002 + (kind is Kind.DUPLICATE))
    assert str(last).endswith(f": from here on, 2,000 more of this kind ({kind}); mend those listed before it first")
