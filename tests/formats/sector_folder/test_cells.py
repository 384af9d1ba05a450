"""Numbers, dates, lists and required cells, and what is said about those that cannot be read."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.sector_folder.folders import FILES, only, report_of, sector_of
from vested.formats.sector_folder import BY_NAME, Kind, Mode
from vested.formats.sector_folder._cells import Cell, CellError, Style, converter, escape, unescape

COMMAS = Style(decimal_comma=False, escaped=True, max_level=8)
SEMICOLONS = Style(decimal_comma=True, escaped=True, max_level=8)
NARROW, WIDE, THIN = "\u202f", "\u00a0", "\u2009"


def value(name: str, cell: Cell, style: Style = COMMAS) -> object:
    """Convert a cell of the column table.column."""
    table, _, column = name.partition(".")
    return converter(BY_NAME[table].by_name[column], style)(cell)


def fault(name: str, cell: Cell, style: Style = COMMAS) -> CellError:
    """Convert a cell that cannot be."""
    with pytest.raises(CellError) as caught:
        value(name, cell, style)
    return caught.value


@pytest.mark.parametrize(
    ("text", "style", "read"),
    [
        ("5", COMMAS, 5.0),
        (" 2.5 ", COMMAS, 2.5),
        ("+2.5", COMMAS, 2.5),
        (".5", COMMAS, 0.5),
        ("1e3", COMMAS, 1000.0),
        ("1.234", COMMAS, 1.234),
        ("1,234.5", COMMAS, 1234.5),
        ("1,234,567", COMMAS, 1234567.0),
        ("1.234,5", COMMAS, 1234.5),
        ("12 500", COMMAS, 12500.0),
        (f"1{NARROW}234{NARROW}567", COMMAS, 1234567.0),
        (f"12{WIDE}500.25", COMMAS, 12500.25),
        ("2,5", SEMICOLONS, 2.5),
        (",5", SEMICOLONS, 0.5),
        ("2.5", SEMICOLONS, 2.5),
        ("0,125", SEMICOLONS, 0.125),
        ("1234,567", SEMICOLONS, 1234.567),
        ("1.234,5", SEMICOLONS, 1234.5),
        ("1.234.567", SEMICOLONS, 1234567.0),
        (f"1{THIN}234,50", SEMICOLONS, 1234.5),
        ("-0", COMMAS, 0.0),
        (7, SEMICOLONS, 7.0),
        (1.234, SEMICOLONS, 1.234),
    ],
)
def test_numbers_read(text: Cell, style: Style, read: float) -> None:
    assert value("staff.hours", text, style) == read


@pytest.mark.parametrize(
    ("text", "style", "what", "mend"),
    [
        ("1,234", COMMAS, "can be read as 1234 or as 1.234", "write 1234, or 1.2340 for the smaller number"),
        ("1,234", SEMICOLONS, "can be read as 1234 or as 1.234", "write 1234, or 1.2340 for the smaller number"),
        ("1.234", SEMICOLONS, "can be read as 1234 or as 1.234", "write 1234, or 1.2340 for the smaller number"),
    ],
)
def test_an_amount_with_one_group_of_three_digits_is_not_guessed(text: str, style: Style, what: str, mend: str) -> None:
    error = fault("staff.hours", text, style)
    assert (error.kind, error.mend) == (Kind.AMBIGUOUS, mend)
    assert what in error.what


def test_a_level_with_three_decimals_cannot_be_thousands() -> None:
    assert value("levels.level", "3,125", SEMICOLONS) == 3.125
    assert value("levels.error", "1.125", SEMICOLONS) == 1.125


@pytest.mark.parametrize(
    "text",
    ["ten", "nan", "NaN", "inf", "-Infinity", "1e999", "1_000", "0x10", "5 h", "€ 5", "1 2 3", "٣", "--1", "TRUE"],
)
@pytest.mark.parametrize("style", [COMMAS, SEMICOLONS])
def test_what_is_not_a_finite_number_is_refused(text: str, style: Style) -> None:
    assert fault("staff.hours", text, style).kind is Kind.NOT_A_NUMBER


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 10**400])
def test_numbers_of_a_workbook_are_finite_too(number: float) -> None:
    assert fault("staff.hours", number).kind is Kind.NOT_A_NUMBER


def test_a_decimal_comma_between_commas_says_what_to_write() -> None:
    error = fault("staff.hours", "2,5")
    assert error.kind is Kind.NOT_A_NUMBER
    assert error.mend == "write 2.5 (a comma is decimal only where semicolons or tabs separate the cells)"


@pytest.mark.parametrize(
    ("name", "cell", "what"),
    [
        ("staff.hours", "-1", "hours “-1” is below 0"),
        ("levels.level", "8.5", "level “8.5” is above 8, the end of the scale"),
        ("levels.level", "-0.1", "level “-0.1” is below 0"),
        ("role_requirements.weight", "-2", "weight “-2” is below 0"),
        ("sessions.period", "0", "period “0” is below 1"),
        ("sessions.seats", "-3", "seats “-3” is below 0"),
        ("sessions.seats", "1e12", "seats “1e12” is above 1,000,000,000"),
    ],
)
def test_numbers_out_of_range_are_refused(name: str, cell: str, what: str) -> None:
    error = fault(name, cell)
    assert (error.kind, error.what) == (Kind.OUT_OF_RANGE, what)


def test_whole_numbers_are_whole() -> None:
    assert value("sessions.seats", "12.0") == 12
    assert value("sessions.seats", 12.0) == 12
    assert fault("sessions.seats", "2.5").kind is Kind.NOT_A_NUMBER
    assert fault("sessions.seats", "1.234", SEMICOLONS).mend == "write a whole number, without separators"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-03-31", date(2026, 3, 31)),
        ("2026-3-1", date(2026, 3, 1)),
        ("2026-03-31T09:30:00Z", date(2026, 3, 31)),
        ("2026-03-31 00:00:00", date(2026, 3, 31)),
        ("31.03.2026", date(2026, 3, 31)),
        ("3.4.2026", date(2026, 4, 3)),
        ("31/03/2026", date(2026, 3, 31)),
        ("04/04/2026", date(2026, 4, 4)),
        (date(2026, 4, 3), date(2026, 4, 3)),
        ("", None),
    ],
)
def test_dates_read(text: Cell, read: date | None) -> None:
    assert value("sessions.starts_on", text) == read


def test_an_ambiguous_date_asks_for_iso() -> None:
    error = fault("sessions.starts_on", "03/04/2026")
    assert (error.kind, error.what) == (Kind.AMBIGUOUS, "“03/04/2026” can be 2026-04-03 or 2026-03-04")
    assert error.mend == "write 2026-04-03 or 2026-03-04, whichever it is"


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "31.04.2026",
        "03/25/2026",
        "32/01/2026",
        "00/00/2026",
        "1.2.26",
        "0000-01-01",
        "soon",
        "46000",
        46000.0,
    ],
)
def test_what_is_no_day_is_refused(text: Cell) -> None:
    error = fault("sessions.starts_on", text)
    assert (error.kind, error.mend) == (Kind.BAD_DATE, "write year-month-day, such as 2026-03-31")


@given(st.dates())
def test_every_day_reads_as_written(day: date) -> None:
    assert value("sessions.starts_on", day.isoformat()) == day
    assert value("sessions.starts_on", f"{day.day:02}.{day.month:02}.{day.year:04}") == day


@given(st.floats(min_value=0, allow_infinity=False, allow_nan=False))
def test_every_number_reads_as_python_writes_it(number: float) -> None:
    assert value("role_requirements.weight", repr(number)) == number


@given(st.text())
def test_what_a_spreadsheet_would_run_is_escaped_and_reads_the_same(text: str) -> None:
    assert unescape(escape(text)) == text
    assert not escape(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_choices_read_whatever_their_case_and_spaces() -> None:
    assert value("courses.mode", "In person") is Mode.IN_PERSON
    assert value("courses.mode", "BLENDED") is Mode.BLENDED
    assert value("courses.mode", "") is None
    assert fault("courses.mode", "phone").what == "“phone” is none of online, in_person, blended"


def test_lists_read() -> None:
    assert value("staff.languages", " da | en||da ") == ("da", "en")
    assert value("staff.languages", "") == ()
    assert value("courses.compulsory_for", "R1|All") == ("all",)
    assert fault("staff.languages", "da, en; fr").mend == "write da|en|fr"


def test_defaults_stand_for_empty_cells() -> None:
    assert value("roles.weight", "") == 1
    assert value("wishes.weight", " ") == 0.2
    assert value("sessions.seats", "") is None
    assert value("course_outcomes.from_level", "") == 0


def test_ids_that_are_numbers_in_a_workbook_are_texts() -> None:
    assert value("staff.person_id", 1001.0) == "1001"
    assert value("staff.person_id", 1001) == "1001"
    assert value("staff.grade", 2.5) == "2.5"
    assert value("staff.person_id", "00123") == "00123"


def test_an_empty_required_cell_is_reported_with_its_place(tmp_path: Path) -> None:
    text = only(report_of(tmp_path, {"staff.csv": FILES["staff.csv"].replace("P3,Three", "P3, ")}))
    assert text == "staff.csv:4:2: name is empty; fill it in: the person's name as it appears in the plan"


def test_a_bad_number_is_reported_with_its_place(tmp_path: Path) -> None:
    text = only(report_of(tmp_path, {"levels.csv": FILES["levels.csv"].replace("S1,3,", "S1,three,")}))
    assert text == "levels.csv:3:3: level: “three” is not a number; write digits only, such as 3.5"


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    text = only(report_of(tmp_path, {"levels.csv": FILES["levels.csv"].replace("S1,3,", "S1,\x1b[31mred,")}))
    assert text.startswith("levels.csv:3:3: level: “�[31mred” is not a number")


def test_texts_lose_surrounding_spaces(tmp_path: Path) -> None:
    sector = sector_of(tmp_path, {"roles.csv": "role_id,name\n R1 ,\u00a0Officer \nR2,Clerk\n"})
    assert (sector.roles[0].role_id, sector.roles[0].name) == ("R1", "Officer")


def test_the_same_level_in_another_scale_is_out_of_range(tmp_path: Path) -> None:
    text = only(
        report_of(
            tmp_path,
            {
                "plan.toml": "periods = 2\nmax_level = 4.5\n",
                "initiative_skills.csv": None,
                "role_requirements.csv": "role_id,skill_id,level\nR1,S1,4.5\n",
                "course_outcomes.csv": "course_id,skill_id,to_level\nC1,S1,4.6\n",
            },
        )
    )
    assert text == (
        "course_outcomes.csv:2:3: to_level “4.6” is above 4.5, the end of the scale; write 0 to 4.5, or raise "
        "max_level in the plan's settings"
    )
