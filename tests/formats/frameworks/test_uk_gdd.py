"""The UK framework's two files become skills, roles and requirements."""

import csv
from pathlib import Path

import pytest

from vested.formats.frameworks import FrameworkError, uk_gdd

HEAD = ["Role Family", "Role", "Role Description", "Role Level", "Skill Name", "Skill Level"]
ROWS = [
    ["Harbour", "Pilot", "Line one\nline two, with a comma", "Junior pilot", "Reading tides", "Awareness"],
    ["Harbour", "Pilot", "", "Pilot", "Reading tides", "Working"],
    ["Harbour", "Pilot", "", "Pilot", "Ship handling", "Practitioner"],
    ["Shore", "Clerk", "", "Lead clerk", "Ship handling", "Expert"],
]
SKILLS = [["Skill Name", "Awareness"], ["Reading tides", "You can …"], ["Ship handling", "You can …"]]


def files(folder: Path, *more: list[str], skills: list[list[str]] = SKILLS) -> tuple[Path, Path]:
    for name, rows in (("roles.csv", [HEAD, *ROWS, *more]), ("skills.csv", skills)):
        with (folder / name).open("w", encoding="utf-8-sig", newline="") as lines:
            csv.writer(lines).writerows(rows)
    return folder / "roles.csv", folder / "skills.csv"


def test_role_levels_become_roles(tmp_path: Path) -> None:
    imported = uk_gdd(*files(tmp_path))
    assert imported.tables["roles"] == [
        {"role_id": "uk-pilot-junior-pilot", "name": "Junior pilot", "job_family": "Harbour", "weight": "1"},
        {"role_id": "uk-pilot", "name": "Pilot", "job_family": "Harbour", "weight": "1"},
        {"role_id": "uk-clerk-lead-clerk", "name": "Lead clerk", "job_family": "Shore", "weight": "1"},
    ]
    assert [(row["skill_id"], row["name"]) for row in imported.tables["skills"]] == [
        ("uk-reading-tides", "Reading tides"),
        ("uk-ship-handling", "Ship handling"),
    ]
    assert imported.warnings == ()
    assert "Open Government Licence v3.0" in imported.attribution


def test_the_four_levels_are_two_steps_each(tmp_path: Path) -> None:
    imported = uk_gdd(*files(tmp_path))
    assert [(row["role_id"], row["skill_id"], row["level"]) for row in imported.tables["role_requirements"]] == [
        ("uk-pilot-junior-pilot", "uk-reading-tides", "2"),
        ("uk-pilot", "uk-reading-tides", "4"),
        ("uk-pilot", "uk-ship-handling", "6"),
        ("uk-clerk-lead-clerk", "uk-ship-handling", "8"),
    ]
    assert imported.scale == {"Awareness": 2.0, "Working": 4.0, "Practitioner": 6.0, "Expert": 8.0}


def test_a_requirement_stated_again_is_taken_once_and_told(tmp_path: Path) -> None:
    imported = uk_gdd(*files(tmp_path, ROWS[1], ROWS[1]))
    assert len(imported.tables["role_requirements"]) == 4
    assert imported.warnings == ("roles.csv:7 and 8: “Pilot” requires “Reading tides” again; taken once",)


def test_of_two_levels_the_highest_is_taken_and_told(tmp_path: Path) -> None:
    imported = uk_gdd(*files(tmp_path, [*ROWS[1][:5], "Expert"], [*ROWS[2][:5], "Awareness"]))
    levels = {(row["role_id"], row["skill_id"]): row["level"] for row in imported.tables["role_requirements"]}
    assert levels["uk-pilot", "uk-reading-tides"] == "8"
    assert levels["uk-pilot", "uk-ship-handling"] == "6"
    assert sum("the highest is taken" in warning for warning in imported.warnings) == 2


def test_a_role_not_in_use_stays_without_requirements(tmp_path: Path) -> None:
    chief = ["Chief", "Chief of tides", "", "NOT IN USE", "Reading tides", "NOT IN USE"]
    imported = uk_gdd(*files(tmp_path, chief, [*chief[:4], "Ship handling", "NOT IN USE"]))
    assert imported.tables["roles"][-1] == {
        "role_id": "uk-chief-of-tides",
        "name": "Chief of tides",
        "job_family": "Chief",
        "weight": "1",
    }
    assert len(imported.tables["role_requirements"]) == 4
    assert imported.warnings == (
        "roles.csv: 2 requirements of “Chief of tides” state no level (NOT IN USE); left out, state them yourself",
    )


def test_a_skill_missing_from_the_skills_file_is_added_and_told(tmp_path: Path) -> None:
    imported = uk_gdd(*files(tmp_path, skills=SKILLS[:2]))
    assert [row["name"] for row in imported.tables["skills"]] == ["Reading tides", "Ship handling"]
    assert imported.warnings == ("roles.csv:5: the skill “Ship handling” is not in skills.csv; added",)


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        (
            ["Harbour", "Pilot", "", "Pilot", "Reading tides", "Guru"],
            "“Guru” is not a skill level; use one of Awareness",
        ),
        (["Harbour", "", "", "Pilot", "Reading tides", "Working"], "“Role” is empty; fill in"),
        (["Harbour", "Pilot", "", "Pilot", " ", "Working"], "“Skill Name” is empty; fill in"),
        (["Shore", "Pilot", "", "Pilot", "Reading tides", "Working"], "into the family “Shore”, before “Harbour”"),
        (["Harbour", "Pilot", "", "Pilot", "Reading tides"], "has 5 cells where the heading line has 6"),
    ],
)
def test_a_bad_row_is_named_with_its_line(tmp_path: Path, row: list[str], cause: str) -> None:
    with pytest.raises(FrameworkError) as raised:
        uk_gdd(*files(tmp_path, row))
    assert cause in str(raised.value)
    assert raised.value.line == 7  # the second row of the file spans two lines
    assert str(raised.value).startswith(f"{tmp_path / 'roles.csv'}:7: ")


def test_a_skill_listed_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FrameworkError, match=r"skills\.csv:4: the skill “reading tides” stands here again"):
        uk_gdd(*files(tmp_path, skills=[*SKILLS, ["reading tides", ""]]))


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"a,b\n1,2\n", "has no column “Role Family”"),
        (b"Role Family,Role,Role,Role Level,Skill Name,Skill Level\n", "has the column “Role” twice"),
        (b'Role Family,Role,Role Level,Skill Name,Skill Level\n"a', "is not well-formed CSV"),
        (b"Role Family\n\xff\n", "roles.csv:2: is not text in UTF-8"),
        (b"PK\x03\x04\x00\x00", "has no column"),
        (b"Role Family,Role,Role Level,Skill Name,Skill Level\n" + b"x" * 200_000, "is not well-formed CSV"),
    ],
)
def test_a_file_that_is_not_the_framework_is_refused(tmp_path: Path, content: bytes, cause: str) -> None:
    roles, skills = files(tmp_path)
    roles.write_bytes(content)
    with pytest.raises(FrameworkError) as raised:
        uk_gdd(roles, skills)
    assert cause in str(raised.value)
