"""Writing and reading back: sectors as folders and workbooks, and raw tables."""

import csv
import string
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.formats.sector_folder.folders import FILES, content, lay, sector_of
from vested.formats.sector_folder import (
    TABLES,
    Budget,
    Completion,
    Course,
    Fixed,
    FixedStatus,
    Initiative,
    InitiativeSkill,
    Levels,
    Mode,
    Outcome,
    Person,
    Requirement,
    Role,
    Sector,
    Session,
    Settings,
    Skill,
    Unit,
    UnitKind,
    Wish,
    check,
    read,
    write,
    write_tables,
)

TEXT = st.one_of(
    st.text(max_size=12),
    st.text("=+-@\t'\"\n;,|#_x041", max_size=8),
    st.sampled_from(
        ["=1+1", "'=1", "''-x", "@me", "+45 12", "-", "'", "_x0041_", "#N/A", "TRUE", "007", "1e5", "a\nb"]
    ),
).map(
    lambda text: "".join(c for c in text if c in "\t\n" or c >= " ").replace("\ufffe", "").replace("\uffff", "").strip()
)
NAME = TEXT.filter(bool)
ID = (
    st.text(string.ascii_letters + string.digits + "-=+@' .é", min_size=1, max_size=6)
    .map(str.strip)
    .filter(lambda text: text and text.casefold() != "all")
)
AMOUNT = st.floats(0, 1e9)
LEVEL = st.floats(0, 8)
SHARE = st.floats(0, 1)
SEATS = st.one_of(st.none(), st.integers(0, 99))
DAY = st.one_of(st.none(), st.dates(date(1950, 1, 1)))


@st.composite
def sectors(draw: st.DrawFn) -> Sector:
    """Draw a sector with rows in every table; no sessions are accepted, since most could not be allowed."""

    def ids(most: int = 3) -> list[str]:
        return draw(st.lists(ID, min_size=1, max_size=most, unique=True))

    def some(keys: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return draw(st.lists(st.sampled_from(keys), unique=True, max_size=3))

    def pairs(one: list[str], other: list[str]) -> list[tuple[str, str]]:
        return some([(a, b) for a in one for b in other])

    def maybe(values: list[str]) -> str | None:
        return draw(st.sampled_from([None, *values]))

    units, people, skills, roles, courses, sessions = (ids() for _ in range(6))
    initiatives = ids(2)
    periods = draw(st.integers(1, 5))
    period = st.integers(1, periods)
    weight = st.floats(0, 1e6)
    steps = [(course, skill, draw(st.floats(0, 4))) for course, skill in pairs(courses, skills)]
    known = pairs(people, skills)
    count = len(known)
    sources = ("", *draw(st.lists(NAME, max_size=2, unique=True)))
    errors = draw(st.lists(st.one_of(st.floats(0, 3), st.just(float("nan"))), min_size=count, max_size=count))
    days = draw(st.lists(st.integers(0, 800_000), min_size=count, max_size=count))
    languages = st.lists(st.sampled_from(["da", "en", "fr"]), unique=True, max_size=2).map(tuple)
    return Sector(
        settings=Settings(periods, "kr. “é”", draw(SHARE), draw(SHARE), 8.0, draw(st.integers(-9, 9))),
        units=tuple(
            Unit(unit, draw(NAME), draw(st.sampled_from(UnitKind)), maybe(units[:at])) for at, unit in enumerate(units)
        ),
        staff=tuple(
            Person(
                person, draw(NAME), draw(st.sampled_from(units)), draw(st.sampled_from(roles)), draw(AMOUNT),
                draw(TEXT), draw(TEXT), draw(languages), maybe(people[:at]),
            )
            for at, person in enumerate(people)
        ),
        skills=tuple(Skill(skill, draw(NAME), draw(TEXT), draw(TEXT), draw(TEXT)) for skill in skills),
        roles=tuple(Role(role, draw(NAME), draw(TEXT), draw(weight)) for role in roles),
        role_requirements=tuple(Requirement(*pair, draw(LEVEL), draw(weight)) for pair in pairs(roles, skills)),
        levels=Levels(
            np.array([people.index(person) for person, _ in known], np.int32),
            np.array([skills.index(skill) for _, skill in known], np.int32),
            np.array(draw(st.lists(LEVEL, min_size=count, max_size=count)), np.float64),
            np.array(errors, np.float64),
            np.array(draw(st.lists(st.integers(0, len(sources) - 1), min_size=count, max_size=count)), np.int32),
            np.array(days, np.int32),
            sources,
        ),
        courses=tuple(
            Course(
                course, draw(NAME), draw(AMOUNT), draw(AMOUNT), draw(TEXT), draw(st.sampled_from([None, *Mode])),
                draw(st.sampled_from(["", "da"])), maybe(courses[:at]),
                draw(st.one_of(st.just(("all",)), st.lists(st.sampled_from(roles), unique=True).map(tuple))),
                draw(TEXT),
            )
            for at, course in enumerate(courses)
        ),
        course_outcomes=tuple(
            Outcome(course, skill, draw(st.floats(start, 8, exclude_min=True)), start) for course, skill, start in steps
        ),
        sessions=tuple(
            Session(session, draw(st.sampled_from(courses)), draw(period), draw(DAY), draw(SEATS))
            for session in sessions
        ),
        completions=tuple(Completion(*pair, draw(DAY)) for pair in pairs(people, courses)),
        wishes=tuple(Wish(*pair, draw(weight)) for pair in pairs(people, courses)),
        fixed=tuple(Fixed(*pair, FixedStatus.DECLINED) for pair in pairs(people, sessions)),
        initiatives=tuple(Initiative(initiative, draw(NAME)) for initiative in initiatives),
        initiative_skills=tuple(
            InitiativeSkill(*pair, draw(LEVEL), draw(st.integers(0, 99)), draw(period), maybe(units), draw(weight))
            for pair in pairs(initiatives, skills)
        ),
        budgets=tuple(Budget(draw(AMOUNT), unit) for unit in draw(st.sets(st.sampled_from([None, *units])))),
    )  # fmt: skip


@given(sectors())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_sector_written_as_csv_reads_the_same(tmp_path_factory: pytest.TempPathFactory, sector: Sector) -> None:
    folder = tmp_path_factory.mktemp("sector")
    write(sector, folder)
    assert content(read(folder)) == content(sector)


@given(sectors())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_sector_written_as_a_workbook_reads_the_same(
    tmp_path_factory: pytest.TempPathFactory, sector: Sector
) -> None:
    path = tmp_path_factory.mktemp("sector") / "book.xlsx"
    write(sector, path)
    assert content(read(path)) == content(sector)


@pytest.mark.parametrize("name", ["out", "out.xlsx"])
def test_the_small_folder_survives_writing(tmp_path: Path, name: str) -> None:
    sector = sector_of(tmp_path / "in", {"fixed.csv": FILES["fixed.csv"] + "P1,X2,accepted\n"})
    write(sector, tmp_path / name)
    report = check(tmp_path / name)
    assert report.warnings == ()
    assert report.sector is not None
    assert content(report.sector) == content(sector)


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    sector = sector_of(tmp_path / "in")
    write(sector, tmp_path / "one")
    write(read(tmp_path / "one"), tmp_path / "two")
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == sorted([*(f"{table.name}.csv" for table in TABLES), "plan.toml"])
    assert all((tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() for name in names)


def test_writing_replaces_what_was_there(tmp_path: Path) -> None:
    """Files of the same tables under other spellings go, files of others stay."""
    folder = lay(tmp_path / "out", {"Wishes.TSV": "x", "notes.csv": "mine", "wishes.csv": None})
    sector = sector_of(tmp_path / "in", {"wishes.csv": None})
    write(sector, folder)
    assert not (folder / "Wishes.TSV").exists()
    assert (folder / "notes.csv").read_text() == "mine"
    assert content(read(folder)) == content(sector)


DANGEROUS = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)"]


def _named(folder: Path, name: str) -> Sector:
    quoted = name.replace('"', '""')
    return sector_of(folder, {"roles.csv": f'role_id,name\nR1,"{quoted}"\nR2,Clerk\n'})


@pytest.mark.parametrize("name", DANGEROUS)
def test_no_csv_cell_starts_like_a_formula(tmp_path: Path, name: str) -> None:
    sector = _named(tmp_path / "in", name)
    write(sector, tmp_path / "out")
    with (tmp_path / "out" / "roles.csv").open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file))[1][1] == f"'{name}"
    assert read(tmp_path / "out").roles[0].name == name


@pytest.mark.parametrize("name", DANGEROUS)
def test_no_workbook_cell_is_a_formula(tmp_path: Path, name: str) -> None:
    sector = _named(tmp_path / "in", name)
    write(sector, tmp_path / "out.xlsx")
    cell = load_workbook(tmp_path / "out.xlsx")["roles"]["B2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", name, True)
    assert read(tmp_path / "out.xlsx").roles[0].name == name


def test_negative_looking_numbers_are_not_escaped(tmp_path: Path) -> None:
    write_tables({"roles": [{"role_id": "-R", "weight": "-1"}]}, tmp_path)
    assert (tmp_path / "roles.csv").read_text() == "role_id,weight\n'-R,-1\n"


def test_a_workbook_that_cannot_hold_the_rows_is_refused(tmp_path: Path) -> None:
    sector = sector_of(tmp_path / "in")
    count = 1_048_576
    none, numbers = np.zeros(count, np.int32), np.zeros(count)
    levels = Levels(none, none, numbers, numbers, none, none)
    large = Sector(**{**{name: getattr(sector, name) for name in Sector.__slots__}, "levels": levels})
    with pytest.raises(ValueError, match="levels has 1,048,576 rows, more than a sheet holds; write a folder instead"):
        write(large, tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_a_workbook_that_cannot_hold_a_text_is_refused(tmp_path: Path) -> None:
    sector = _named(tmp_path / "in", "x" * 40_000)
    with pytest.raises(ValueError, match="a text has 40,000 characters, more than a cell holds"):
        write(sector, tmp_path / "out.xlsx")


SKILLS = [{"skill_id": "A", "name": "One"}, {"skill_id": "B", "name": "Two", "uri": "u"}]


def test_raw_tables_are_written_in_the_order_of_our_columns(tmp_path: Path) -> None:
    write_tables({"skills": [{"note": "mine", **row} for row in SKILLS]}, tmp_path / "new")
    assert (tmp_path / "new" / "skills.csv").read_text() == "skill_id,name,uri,note\nA,One,,mine\nB,Two,u,mine\n"


def test_raw_tables_replace(tmp_path: Path) -> None:
    write_tables({"skills": SKILLS}, tmp_path)
    write_tables({"skills": [{"skill_id": "C", "name": "Three"}]}, tmp_path)
    assert (tmp_path / "skills.csv").read_text() == "skill_id,name\nC,Three\n"


def test_raw_tables_can_be_added_and_repeated(tmp_path: Path) -> None:
    """Whatever the file is written like; rows with a key of the new ones give way to them."""
    (tmp_path / "Skills.csv").write_bytes("Skill ID;Name;Området\nA;Ånd;'=x\nZ;Zoo;z\n".encode("cp1252"))
    for _ in range(2):
        write_tables({"skills": SKILLS, "roles": [{"role_id": "R", "name": "x"}]}, tmp_path, append=True)
    assert (tmp_path / "skills.csv").read_text(encoding="utf-8") == (
        "skill_id,name,uri,Området\nZ,Zoo,,z\nA,One,,\nB,Two,u,\n"
    )
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["roles.csv", "skills.csv"]


def test_rows_are_added_under_an_offices_own_headings(tmp_path: Path) -> None:
    (tmp_path / "columns.toml").write_text('[skills]\n"Code" = "skill_id"\n"Titel" = "name"\n')
    (tmp_path / "skills.csv").write_text("Code,Titel\nZ,Zoo\n")
    write_tables({"skills": SKILLS}, tmp_path, append=True)
    assert (tmp_path / "skills.csv").read_text() == "skill_id,name,uri\nZ,Zoo,\nA,One,\nB,Two,u\n"


def test_rows_without_a_key_are_added_as_they_are(tmp_path: Path) -> None:
    row = {"initiative_id": "I", "skill_id": "S", "level": "2", "people": "1", "by_period": "1"}
    for _ in range(2):
        write_tables({"initiative_skills": [row]}, tmp_path, append=True)
    assert len((tmp_path / "initiative_skills.csv").read_text().splitlines()) == 3


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="“people” is not a table; the tables are units, staff"):
        write_tables({"people": []}, tmp_path)


def test_a_file_that_cannot_be_read_is_not_added_to(tmp_path: Path) -> None:
    (tmp_path / "skills.csv").write_bytes(b"\0\0")
    with pytest.raises(ValueError, match=r"cannot add to .*skills\.csv:1:1: the file is not text"):
        write_tables({"skills": SKILLS}, tmp_path, append=True)
    assert (tmp_path / "skills.csv").read_bytes() == b"\0\0"


@pytest.mark.parametrize("write_empty", [lambda folder: write_tables({"skills": []}, folder)])
def test_a_table_without_rows_has_its_headings(tmp_path: Path, write_empty: Callable[[Path], None]) -> None:
    write_empty(tmp_path)
    assert (tmp_path / "skills.csv").read_text() == "skill_id,name,area,framework,uri\n"
