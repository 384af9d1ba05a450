"""The importers on the published files themselves, counted."""

from collections import Counter
from pathlib import Path

import pytest

from vested.formats.frameworks import digcomp, direct, uk_gdd

pytestmark = pytest.mark.real_data


@pytest.fixture
def skills(real_data: Path) -> Path:
    return real_data / "skills"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("digcomp3_en.jsonld", "Browsing, searching and filtering information"),
        ("digcomp3_nl.jsonld", "Browsen, zoeken en filteren van informatie"),
    ],
)
def test_digcomp_has_21_competences_in_5_areas_and_8_levels(skills: Path, file: str, name: str) -> None:
    imported = digcomp(skills / "digcomp3" / file)
    rows = imported.tables["skills"]
    assert (len(rows), len({row["area"] for row in rows})) == (21, 5)
    assert rows[0]["name"] == name
    assert sorted(imported.scale.values()) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_the_uk_framework_has_188_skills_and_205_role_levels_in_8_families(skills: Path) -> None:
    imported = uk_gdd(skills / "uk_gdd" / "roles.csv", skills / "uk_gdd" / "skills.csv")
    roles, requirements = imported.tables["roles"], imported.tables["role_requirements"]
    assert len(imported.tables["skills"]) == 188
    assert (len(roles), len({row["role_id"] for row in roles})) == (205, 205)
    assert len({row["job_family"] for row in roles}) == 8
    assert len(requirements) == 1825 - 28 - 16  # not in use; surplus rows of 13 keys
    assert Counter(row["level"] for row in requirements).keys() == {"2", "4", "6", "8"}
    again = [warning for warning in imported.warnings if "taken once" in warning]
    unused = [warning for warning in imported.warnings if "NOT IN USE" in warning]
    assert (len(again), len(unused), len(imported.warnings)) == (13, 4, 17)
    assert sum(int(warning.split()[1]) for warning in unused) == 28


def test_the_52_roles_of_the_uk_framework_are_told_by_their_ids(skills: Path) -> None:
    imported = uk_gdd(skills / "uk_gdd" / "roles.csv", skills / "uk_gdd" / "skills.csv")
    ids = [row["role_id"] for row in imported.tables["roles"]]
    asked = {row["role_id"] for row in imported.tables["role_requirements"]}
    assert {"uk-content-designer", "uk-content-designer-associate-content-designer"} <= asked
    assert len(set(ids) - asked) == 4  # the chief officers


def test_direct_has_164_skills_and_207_resources(skills: Path) -> None:
    imported = direct(skills / "direct")
    courses, outcomes = imported.tables["courses"], imported.tables["course_outcomes"]
    assert (len(imported.tables["skills"]), len(courses), len(outcomes)) == (164, 207, 151)
    assert len({row["area"] for row in imported.tables["skills"]}) == 20
    assert Counter(row["language"] for row in courses) == {"en": 201, "es": 6}
    assert all(row["url"].startswith("http") for row in courses)
    assert len({row["course_id"] for row in courses} - {row["course_id"] for row in outcomes}) == 72
