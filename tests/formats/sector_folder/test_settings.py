"""``plan.toml`` and ``columns.toml``, and the sheets that stand for them."""

from pathlib import Path

import pytest

from tests.formats.sector_folder.folders import FILES, book, found, only, report_of, sector_of
from vested.formats.sector_folder import Kind, Settings, check


def test_settings_read(tmp_path: Path) -> None:
    text = '\ufeffperiods = 3\ncurrency = "DKK"\nfairness = 0.25\ncost_weight = 1e-5\nmax_level = 10\nseed = 7\n'
    settings = sector_of(tmp_path, {"plan.toml": text}).settings
    assert settings == Settings(3, "DKK", 0.25, 1e-5, 10, 7)


def test_settings_that_are_not_stated_have_their_defaults(tmp_path: Path) -> None:
    assert sector_of(tmp_path, {"plan.toml": ""}).settings == Settings(2, "EUR", 0, 1e-6, 8, 0)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("periods = 0", "periods “0” is out of range; write a whole number from 1"),
        ("periods = 2.5", "periods “2.5” is not a whole number; write a whole number from 1"),
        ('periods = "two"', "“two” is not a number; write digits only"),
        ("periods = true", "periods is not a number; write a whole number from 1"),
        ("periods = 1979-05-27", "periods is not a number"),
        ("fairness = 1.5", "fairness “1.5” is out of range; write a number from 0 to 1"),
        ("fairness = -0.1", "fairness “-0.1” is out of range"),
        ("fairness = nan", "“nan” is not a finite number"),
        ("cost_weight = -1", "cost_weight “-1” is out of range; write 0 or more"),
        ("cost_weight = inf", "“inf” is not a finite number"),
        ("max_level = 0", "max_level “0” is out of range; write a number above 0"),
        ("seed = 1.5", "seed “1.5” is not a whole number; write a whole number"),
        ("seed = 99999999999999999999", "is out of range; write a whole number"),
        ("currency = 5", "currency is not a text; write the money"),
        ('currency = " "', "currency is not a text; write the money"),
    ],
)
def test_a_bad_setting_is_reported_at_its_line(tmp_path: Path, line: str, what: str) -> None:
    report = report_of(tmp_path, {"plan.toml": f"# settings\n\n  {line}\n"})
    assert found(report) == [("plan.toml", 3, 3, Kind.SETTING)]
    assert what in only(report)


def test_an_unknown_setting_is_warned_of(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"plan.toml": "periods = 2\nfairnes = 0.3\ncolour = 1\n"})
    assert report.problems == ()
    assert [str(warning) for warning in report.warnings] == [
        "plan.toml:2:1: the setting “fairnes” is not known and not read; if you meant fairness, write that",
        (
            "plan.toml:3:1: the setting “colour” is not known and not read; the settings are periods, "
            "currency, fairness, cost_weight, max_level, seed, discount, explore_least, explore_most, risk_cap, "
            "periods_per_quarter"
        ),
    ]


def test_very_many_periods_are_warned_of(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"plan.toml": "periods = 20261\n"})
    assert [str(warning).partition(";")[0] for warning in report.warnings] == ["plan.toml:1:1: periods is 20,261"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("periods = \n", (1, 11)),
        ("periods = 2\nfairness 0.3\n", (2, 10)),
        ("periods = 2\nfairness = [1,\n", (2, 1)),
        ("periods = 2\nperiods = 3", (2, 1)),
        ("seed = " + "9" * 5000, (1, 1)),
        (b"periods = 2\n# \xe6\n", (2, 1)),
        ("a = " + "[" * 5000, (1, 1)),
    ],
    ids=["no value", "no sign", "no end", "twice", "digits", "encoding", "nested"],
)
def test_what_is_not_toml_is_reported_with_its_line(tmp_path: Path, text: str | bytes, place: tuple[int, int]) -> None:
    report = report_of(tmp_path, {"plan.toml": text})
    assert found(report) == [("plan.toml", *place, Kind.UNREADABLE)]


OWN = FILES["staff.csv"].replace("person_id,name", "Employee no,Full name")


def test_an_office_can_keep_its_own_headings(tmp_path: Path) -> None:
    names = '[Staff]\n"employee NO" = "person_id"\n"Full name" = "name"\n'
    assert sector_of(tmp_path, {"staff.csv": OWN, "columns.toml": names}).staff[0].name == "One"


def test_own_headings_help_to_find_the_separator(tmp_path: Path) -> None:
    text = "Nr;Titel, kort;Niveau, som det er;x\n"
    names = '[roles]\n"Nr" = "role_id"\n"Titel, kort" = "name"\n'
    roles = text + "R1;Officer;1,2,3;4\nR2;Clerk;;\n"
    assert sector_of(tmp_path, {"roles.csv": roles, "columns.toml": names}).roles[0].name == "Officer"


@pytest.mark.parametrize(
    ("names", "line", "what"),
    [
        ('[staf]\n"Nr" = "person_id"\n', 2, "“staf” is not a table; did you mean staff?"),
        ('[staff]\n"Nr" = "person_i"\n', 2, "staff has no column “person_i”; did you mean person_id?"),
        ('[staff]\n"Nr" = 5\n', 2, "staff has no column “5”; staff has person_id, name,"),
        ('[staff]\n\n" " = "name"\n', 3, "the heading is empty; write the heading your file has for name"),
        ('staff = "x"\n', 1, "“staff” is not a table with headings; write [staff]"),
        ("[nothing]\n", 1, "“nothing” is not a table; the tables are units, staff,"),
    ],
)
def test_what_is_wrong_with_own_headings_is_reported(tmp_path: Path, names: str, line: int, what: str) -> None:
    report = report_of(tmp_path, {"columns.toml": names})
    assert found(report) == [("columns.toml", line, 1, Kind.SETTING)]
    assert what in only(report)


def test_an_own_heading_no_file_has_is_warned_of(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"columns.toml": '[staff]\n"Nr" = "person_id"\n'})
    assert report.problems == ()
    assert [str(warning) for warning in report.warnings] == [
        "columns.toml:2:1: staff.csv has no heading “Nr”; correct the heading, or take the line away"
    ]


def test_settings_and_headings_of_a_workbook_are_sheets(tmp_path: Path) -> None:
    roles: list[list[object]] = [["Nr", "name"], ["DIR", "Director"], ["PLAN", "Planner"], ["IT", "Developer"]]
    report = check(
        book(
            tmp_path / "book.xlsx",
            {
                "Plan": [
                    ["setting", "value"],
                    ["Periods", 5],
                    ["fairness", "0,4"],
                    ["currency", "DKK"],
                    ["seed", None],
                ],
                "columns": [["table", "heading", "column"], ["roles", "Nr", "role_id"]],
                "roles": roles,
            },
        )
    )
    assert list(map(str, report.problems)) == []
    assert report.sector is not None
    assert report.sector.settings == Settings(5, "DKK", 0.4, 1e-6, 8, 0)
    assert report.sector.roles[1].name == "Planner"


def test_a_bad_setting_of_a_workbook_is_reported_at_its_cell(tmp_path: Path) -> None:
    report = check(book(tmp_path / "book.xlsx", {"plan": [["periods", 5], ["fairness", 4]]}))
    assert found(report) == [("book.xlsx!plan", 2, 2, Kind.SETTING)]
