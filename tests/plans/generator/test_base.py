"""A sector built around imported tables keeps them, and has what they lack generated around them."""

from collections import Counter
from pathlib import Path

import pytest

from vested.formats.sector_folder import Sector, check, write, write_tables
from vested.plans.generator import Tables, make_sector, read_base


def base() -> Tables:
    """Two frameworks: one with roles and skills, one with skills and courses."""
    return {
        "skills": [
            {"skill_id": f"north-{n}", "name": f"North {n}", "area": "", "framework": "North"} for n in range(10)
        ]
        + [{"skill_id": f"south-{n}", "name": f"South {n}", "area": "S", "framework": "South"} for n in range(8)],
        "roles": [
            {"role_id": f"role-{n}", "name": f"Role {n}", "job_family": f"Family {n % 2}", "weight": "1"}
            for n in range(6)
        ],
        "role_requirements": [
            {"role_id": f"role-{n}", "skill_id": f"north-{(n + k) % 10}", "level": str(2 + n), "weight": ""}
            for n in range(5)
            for k in range(6)
        ],
        "courses": [
            {
                "course_id": "c-1",
                "title": "One",
                "hours": "8",
                "cost": "0",
                "mode": "online",
                "url": "https://c.example",
            },
            {"course_id": "c-2", "title": "Two", "hours": "16", "cost": "120.5", "mode": "", "language": "es"},
        ],
        "course_outcomes": [
            {"course_id": "c-1", "skill_id": "south-1", "from_level": "", "to_level": "4"},
            {"course_id": "c-2", "skill_id": "south-2", "from_level": "1", "to_level": "3"},
        ],
    }


@pytest.fixture(scope="module")
def sector() -> Sector:
    return make_sector(people=200, seed=3, base=base())


def test_what_is_there_is_kept(sector: Sector) -> None:
    tables = base()
    assert [row.skill_id for row in sector.skills] == [row["skill_id"] for row in tables["skills"]]
    assert [row.role_id for row in sector.roles] == [row["role_id"] for row in tables["roles"]]
    asked = {(row.role_id, row.skill_id): row.level for row in sector.role_requirements}
    for row in tables["role_requirements"]:
        assert asked[row["role_id"], row["skill_id"]] == float(row["level"])
    assert [row.course_id for row in sector.courses[:2]] == ["c-1", "c-2"]
    assert [row.cost for row in sector.courses[:2]] == [0.0, 120.5]
    taught = {(row.course_id, row.skill_id): (row.from_level, row.to_level) for row in sector.course_outcomes}
    assert taught["c-1", "south-1"] == (0.0, 4.0)
    assert taught["c-2", "south-2"] == (1.0, 3.0)


def test_the_checker_finds_no_problem(sector: Sector, tmp_path: Path) -> None:
    write(sector, tmp_path)
    report = check(tmp_path)
    assert [str(problem) for problem in report.problems + report.warnings] == []


def test_every_role_is_asked_for_skills_of_the_other_framework(sector: Sector) -> None:
    for role in sector.roles[:5]:
        other = [row for row in sector.role_requirements if row.role_id == role.role_id and "south" in row.skill_id]
        assert 2 <= len(other) <= 4
        assert all(2 <= row.level <= 6 for row in other)


def test_a_role_without_requirements_gets_six_at_least(sector: Sector) -> None:
    asked = Counter(row.role_id for row in sector.role_requirements)
    assert min(asked[role.role_id] for role in sector.roles) >= 6


def test_a_family_shares_what_it_is_asked_for_of_another_framework(sector: Sector) -> None:
    family = {role.role_id: role.job_family for role in sector.roles}
    for name in ("Family 0", "Family 1"):
        mine = {row.skill_id for row in sector.role_requirements if family[row.role_id] == name}
        assert len([skill for skill in mine if "south" in skill]) <= 6


def test_every_skill_asked_for_is_taught(sector: Sector) -> None:
    taught = {row.skill_id for row in sector.course_outcomes}
    assert {row.skill_id for row in sector.role_requirements} <= taught
    imported = {"south-1", "south-2"}  # what imported courses teach gets no generated ladder
    ladders = {row.course_id.split("-")[1] + "-" + row.course_id.split("-")[2] for row in sector.courses[2:]}
    must = {row.course_id for row in sector.courses if row.compulsory_for}
    assert not imported & {name for name in ladders if f"C-{name}-must" not in must}


def test_an_imported_online_course_has_no_limit_of_seats(sector: Sector) -> None:
    held = [row for row in sector.sessions if row.course_id == "c-1"]
    assert [row.period for row in held] == [1, 2, 3, 4]
    assert {row.seats for row in held} == {None}


def test_nobody_completes_a_course_in_a_language_nobody_speaks(sector: Sector) -> None:
    free = {row.person_id for row in sector.staff if not row.languages}
    assert {row.person_id for row in sector.completions if row.course_id == "c-2"} <= free


def test_the_rest_is_generated(sector: Sector) -> None:
    assert len(sector.staff) == 200
    assert len(sector.units) > 10
    assert len(sector.levels.level) > 200 * 10
    assert len(sector.initiatives) == 20
    assert {row.role_id for row in sector.staff} <= {f"role-{n}" for n in range(6)}


def test_skills_alone_get_our_own_roles() -> None:
    sector = make_sector(people=100, seed=3, base={"skills": base()["skills"]})
    skills = {row["skill_id"] for row in base()["skills"]}
    assert len(sector.roles) >= 40
    assert {row.skill_id for row in sector.role_requirements} <= skills
    asked = Counter(row.role_id for row in sector.role_requirements)
    assert 6 <= min(asked.values()) <= max(asked.values()) <= 9


def test_skills_only_other_tables_name_are_added() -> None:
    tables = base()
    del tables["skills"]
    sector = make_sector(people=50, seed=3, base=tables)
    assert {row.skill_id for row in sector.skills} >= {"north-0", "south-1", "south-2"}


def test_no_table_at_all_is_our_own_sector() -> None:
    assert make_sector(people=50, seed=3, base={}).staff == make_sector(people=50, seed=3).staff


@pytest.mark.parametrize(
    ("table", "heading", "text"),
    [
        ("role_requirements", "level", "much"),
        ("role_requirements", "level", "9"),
        ("role_requirements", "level", "nan"),
        ("role_requirements", "level", ""),
        ("role_requirements", "weight", "-1"),
        ("courses", "hours", "inf"),
        ("courses", "cost", "free"),
        ("course_outcomes", "to_level", ""),
        ("roles", "weight", "x"),
    ],
)
def test_a_cell_that_is_no_number_is_named(table: str, heading: str, text: str) -> None:
    tables = base()
    tables[table][0][heading] = text
    with pytest.raises(ValueError, match=rf"^{table}: {heading} of .* is “{text}”, not a number"):
        make_sector(people=50, seed=3, base=tables)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match=r"^courses: has no column course_id"):
        make_sector(people=50, seed=3, base=base() | {"courses": [{"title": "One"}]})


def test_a_folder_is_read_as_it_was_written(tmp_path: Path) -> None:
    names = ["Reading, writing", "=1+1", "'-quoted", "'plain", "two\nlines", "étude"]
    tables = {"skills": [{"skill_id": f"S{place}", "name": name} for place, name in enumerate(names)]}
    write_tables(tables, tmp_path)
    (tmp_path / "staff.csv").write_text("person_id\nP1\n", encoding="utf-8")
    assert read_base(tmp_path) == tables


def test_a_ragged_row_is_read_leniently(tmp_path: Path) -> None:
    (tmp_path / "skills.csv").write_text("skill_id,name\nS1\nS2,Two,more\n", encoding="utf-8")
    rows = [{"skill_id": "S1", "name": ""}, {"skill_id": "S2", "name": "Two"}]
    assert read_base(tmp_path) == {"skills": rows}


@pytest.mark.parametrize("folder", ["", "missing"])
def test_a_folder_without_tables_is_refused(tmp_path: Path, folder: str) -> None:
    with pytest.raises(ValueError, match=r"holds none of skills\.csv"):
        read_base(tmp_path / folder)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "skills.csv").write_bytes(b"skill_id,name\n\xff\xfe\n")
    with pytest.raises(ValueError, match=r"skills\.csv: cannot be read"):
        read_base(tmp_path)
