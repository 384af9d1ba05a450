"""DIRECT's files become skills, courses and what the courses teach."""

from pathlib import Path

import pytest

from vested.formats.frameworks import FrameworkError, direct

FILES = {
    "competency.csv": "name,slug\nWater,water\n",
    "provider.csv": "name,slug\nCoast school,coast-school\n",
    "skill_level.csv": "name,level\nExpert,4\nWorking,2\nNone,0\n",
    "learning_resource.csv": (
        "name,slug,language,url,provider\n"
        "Swimming for all,swimming,en,https://swim.example,coast-school\n"
        "Rowing,rowing,es|en,https://row.example,\n"
        "Drifting,drifting,,,\n"
    ),
    "skill.csv": (
        "name,slug,competency,learning_resources\nKeeping afloat,afloat,water,swimming|rowing\nDiving,diving,water,\n"
    ),
}


def folder(path: Path, **files: str) -> Path:
    for name, text in (FILES | {f"{key}.csv": text for key, text in files.items()}).items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def test_resources_become_online_courses(tmp_path: Path) -> None:
    imported = direct(folder(tmp_path))
    assert imported.tables["courses"] == [
        {
            "course_id": "direct-swimming",
            "title": "Swimming for all",
            "provider": "Coast school",
            "mode": "online",
            "language": "en",
            "hours": "16",
            "cost": "0",
            "url": "https://swim.example",
        },
        {
            "course_id": "direct-rowing",
            "title": "Rowing",
            "provider": "",
            "mode": "online",
            "language": "es",
            "hours": "16",
            "cost": "0",
            "url": "https://row.example",
        },
        {
            "course_id": "direct-drifting",
            "title": "Drifting",
            "provider": "",
            "mode": "online",
            "language": "",
            "hours": "16",
            "cost": "0",
            "url": "",
        },
    ]


def test_skills_and_what_teaches_them(tmp_path: Path) -> None:
    imported = direct(folder(tmp_path))
    assert [(row["skill_id"], row["name"], row["area"]) for row in imported.tables["skills"]] == [
        ("direct-afloat", "Keeping afloat", "Water"),
        ("direct-diving", "Diving", "Water"),
    ]
    assert imported.tables["course_outcomes"] == [
        {"course_id": f"direct-{course}", "skill_id": "direct-afloat", "from_level": "0", "to_level": "4"}
        for course in ("swimming", "rowing")
    ]
    assert imported.scale == {"None": 0.0, "Working": 4.0, "Expert": 8.0}
    assert "CC BY 4.0" in imported.attribution


def test_what_is_assumed_is_told(tmp_path: Path) -> None:
    gets = "6 hours, cost 12.5 and takes people from 0 to 8 (Expert)"
    assert direct(folder(tmp_path), hours=6, cost=12.5, level="Expert").warnings == (
        f"learning_resource.csv: states no hours, cost or level; every course gets {gets}",
        "learning_resource.csv: 1 resources are in several languages; the first is taken",
        "skill.csv: names no skill for 1 resources; they are imported as courses without outcome",
    )


def test_hours_cost_and_level_can_be_chosen(tmp_path: Path) -> None:
    imported = direct(folder(tmp_path), hours=6, cost=12.5, level="Expert")
    assert {(row["hours"], row["cost"]) for row in imported.tables["courses"]} == {("6", "12.5")}
    assert {row["to_level"] for row in imported.tables["course_outcomes"]} == {"8"}


@pytest.mark.parametrize("level", ["None", "Guru"])
def test_a_level_that_teaches_nothing_is_refused(tmp_path: Path, level: str) -> None:
    with pytest.raises(ValueError, match=f"“{level}” is not a level; choose one of Working, Expert"):
        direct(folder(tmp_path), level=level)


@pytest.mark.parametrize(("hours", "cost"), [(-1.0, 0.0), (float("nan"), 0.0), (1.0, float("inf"))])
def test_hours_and_cost_from_0_up(tmp_path: Path, hours: float, cost: float) -> None:
    with pytest.raises(ValueError, match="from 0 up"):
        direct(folder(tmp_path), hours=hours, cost=cost)


@pytest.mark.parametrize(
    ("file", "text", "place", "cause"),
    [
        (
            "skill",
            "name,slug,competency,learning_resources\nA,a,fire,\n",
            "skill.csv:2",
            "“fire” is not in competency.csv",
        ),
        (
            "skill",
            "name,slug,competency,learning_resources\nA,a,water,fly\n",
            "skill.csv:2",
            "“fly” is not in learning",
        ),
        ("skill", "name,slug,competency,learning_resources\nA,,water,\n", "skill.csv:2", "“slug” is empty"),
        (
            "skill",
            "name,slug,competency,learning_resources\nA,a,water,\nB,a,water,\n",
            "skill.csv:3",
            "the skill “a” stands here again",
        ),
        (
            "learning_resource",
            "name,slug,language,url,provider\nA,a,en,,nobody\n",
            "learning_resource.csv:2",
            "“nobody” is not in provider.csv",
        ),
        (
            "learning_resource",
            "name,slug,language,url,provider\nA,a,en,,\nB,a,en,,\n",
            "learning_resource.csv:3",
            "the resource “a” stands here again",
        ),
        ("skill_level", "name,level\nWorking,two\n", "skill_level.csv:2", "“two” is not a level"),
        ("competency", "name,slug\nWater\n", "competency.csv:2", "has 1 cells where the heading line has 2"),
        ("provider", "slug\ncoast-school\n", "provider.csv:1", "has no column “name”"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, file: str, text: str, place: str, cause: str) -> None:
    with pytest.raises(FrameworkError) as raised:
        direct(folder(tmp_path, **{file: text}))
    assert str(raised.value).startswith(f"{tmp_path / place}: ")
    assert cause in str(raised.value)
    assert "; " in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (folder(tmp_path) / "provider.csv").unlink()
    with pytest.raises(FrameworkError, match=r"provider\.csv: does not exist"):
        direct(tmp_path)
