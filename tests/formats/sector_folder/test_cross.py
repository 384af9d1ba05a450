"""Unknown ids, duplicate keys, cycles and ranges that depend on other cells."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.sector_folder.folders import FILES, found, only, report_of, sector_of
from vested.formats.sector_folder import Kind
from vested.formats.sector_folder._cross import rings
from vested.formats.sector_folder._ids import SUGGESTIONS, Nearest

REFERENCES = [
    ("agency,M", "agency,X", "units.csv:3:4: parent_id “X” is not in units.csv"),
    ("Two,A", "Two,X", "staff.csv:3:3: unit_id “X” is not in units.csv"),
    ("A,R2", "A,X", "staff.csv:4:4: role_id “X” is not in roles.csv"),
    (",,P1", ",,X", "staff.csv:3:7: manager_id “X” is not in staff.csv"),
    ("R2,S2", "X,S2", "role_requirements.csv:3:1: role_id “X” is not in roles.csv"),
    ("R2,S2", "R2,X", "role_requirements.csv:3:2: skill_id “X” is not in skills.csv"),
    ("P2,S1", "X,S1", "levels.csv:3:1: person_id “X” is not in staff.csv"),
    ("P2,S1", "P2,X", "levels.csv:3:2: skill_id “X” is not in skills.csv"),
    ("200,C1", "200,X", "courses.csv:3:6: prerequisite_id “X” is not in courses.csv"),
    ("R1|R2", "R1|X", "courses.csv:3:7: compulsory_for “X” is not in roles.csv"),
    ("C3,S2", "X,S2", "course_outcomes.csv:4:1: course_id “X” is not in courses.csv"),
    ("C3,S2", "C3,X", "course_outcomes.csv:4:2: skill_id “X” is not in skills.csv"),
    ("X4,C1", "X4,X", "sessions.csv:5:2: course_id “X” is not in courses.csv"),
    ("P3,C1", "X,C1", "completions.csv:2:1: person_id “X” is not in staff.csv"),
    ("P3,C1", "P3,X", "completions.csv:2:2: course_id “X” is not in courses.csv"),
    ("P1,C2", "X,C2", "wishes.csv:2:1: person_id “X” is not in staff.csv"),
    ("P1,C2", "P1,X", "wishes.csv:2:2: course_id “X” is not in courses.csv"),
    ("P1,X3", "X,X3", "fixed.csv:3:1: person_id “X” is not in staff.csv"),
    ("P1,X3", "P1,X", "fixed.csv:3:2: session_id “X” is not in sessions.csv"),
    ("I1,A", "X,A", "initiative_skills.csv:2:1: initiative_id “X” is not in initiatives.csv"),
    ("I1,A", "I1,X", "initiative_skills.csv:2:2: unit_id “X” is not in units.csv"),
    ("A,S1", "A,X", "initiative_skills.csv:2:3: skill_id “X” is not in skills.csv"),
    ("A,2000", "X,2000", "budgets.csv:3:1: unit_id “X” is not in units.csv"),
]


@pytest.mark.parametrize(("old", "new", "text"), REFERENCES)
def test_an_unknown_id_is_reported(tmp_path: Path, old: str, new: str, text: str) -> None:
    name = text.partition(":")[0]
    report = report_of(tmp_path, {name: FILES[name].replace(old, new)})
    assert report.problems[0].kind is Kind.UNKNOWN_ID
    assert only(report).startswith(f"{text}; ")


@pytest.mark.parametrize(
    ("typed", "near"),
    [("p3", "P3"), ("P-3", "P3"), ("P03", "P3"), ("PP2", "P2"), ("completely else", "")],
)
def test_the_nearest_known_id_is_named(tmp_path: Path, typed: str, near: str) -> None:
    text = only(report_of(tmp_path, {"wishes.csv": f"person_id,course_id\n{typed},C1\n"}))
    mend = f"did you mean “{near}”? If not, add it there" if near else "correct it, or add it there"
    assert text == f"wishes.csv:2:1: person_id “{typed}” is not in staff.csv; {mend}"


def test_among_many_ids_the_nearest_is_found_too() -> None:
    nearest = Nearest([f"P{number:05}" for number in range(50_000)] + ["Harbour-master"])
    assert nearest.find("Harbourmaster") == "Harbour-master"
    assert nearest.find("Harbor-mastr") == "Harbour-master"
    assert nearest.find("P1234") == "P01234"
    assert nearest.find("zzzzzzz") == ""


def test_suggestions_end_where_everything_is_unknown() -> None:
    nearest = Nearest(["P1", "P2"])
    answers = [nearest.find(f"P1{number}") for number in range(SUGGESTIONS + 10)]
    assert all(answers[:5])
    assert answers[SUGGESTIONS:] == [""] * 10


DUPLICATES = [
    ("units", "A,Other,team,\n", 4, "unit_id “A” is already in line 3"),
    ("staff", "P1,Other,M,R1,4,,\n", 5, "person_id “P1” is already in line 2"),
    ("skills", "S2,Other\n", 4, "skill_id “S2” is already in line 3"),
    ("roles", "R1,Other,1\n", 4, "role_id “R1” is already in line 2"),
    ("role_requirements", "R1,S1,4\n", 4, "role_id “R1” and skill_id “S1” is already in line 2"),
    ("levels", "P1,S1,4,,,\n", 4, "this person and skill already have a level in line 2"),
    ("courses", "C3,Other,,1,1,,\n", 5, "course_id “C3” is already in line 4"),
    ("course_outcomes", "C1,S1,0,1\n", 5, "course_id “C1” and skill_id “S1” is already in line 2"),
    ("sessions", "X5,C1,1,,\n", 7, "session_id “X5” is already in line 6"),
    ("completions", "P3,C1,\n", 3, "person_id “P3” and course_id “C1” is already in line 2"),
    ("wishes", "P1,C2,1\n", 3, "person_id “P1” and course_id “C2” is already in line 2"),
    ("fixed", "P1,X3,declined\n", 4, "person_id “P1” and session_id “X3” is already in line 3"),
    ("initiatives", "I1,Other\n", 3, "initiative_id “I1” is already in line 2"),
    ("budgets", ",900\n", 4, "no unit_id is already in line 2"),
]


@pytest.mark.parametrize(("table", "row", "line", "what"), DUPLICATES)
def test_a_duplicate_key_is_reported(tmp_path: Path, table: str, row: str, line: int, what: str) -> None:
    name = f"{table}.csv"
    report = report_of(tmp_path, {name: FILES[name] + row})
    assert found(report) == [(name, line, 1, Kind.DUPLICATE)]
    assert f": {what}; keep one of the two" in only(report)


def test_every_double_level_names_the_first_line(tmp_path: Path) -> None:
    rows = "P1,S1,1\nP2,S1,1\nP1,S1,2\nP2,S2,1\nP1,S1,3\nP2,S1,9\nP1,S1,4\n"
    report = report_of(tmp_path, {"levels.csv": "person_id,skill_id,level\n" + rows})
    assert [(problem.line, problem.kind, problem.what[-6:]) for problem in report.problems] == [
        (4, Kind.DUPLICATE, "line 2"),
        (6, Kind.DUPLICATE, "line 2"),
        (7, Kind.DUPLICATE, "line 3"),
        (7, Kind.OUT_OF_RANGE, " scale"),
        (8, Kind.DUPLICATE, "line 2"),
    ]


def test_an_initiative_may_need_the_same_skill_twice(tmp_path: Path) -> None:
    text = FILES["initiative_skills.csv"] + "I1,A,S1,5,2,2,1\n"
    assert len(sector_of(tmp_path, {"initiative_skills.csv": text}).initiative_skills) == 2


def test_a_ring_of_units_is_named_once(tmp_path: Path) -> None:
    text = "unit_id,name,kind,parent_id\nM,M,ministry,\nA,A,agency,T\nD,D,department,A\nT,T,team,D\nX,X,team,T\n"
    assert only(report_of(tmp_path, {"units.csv": text})) == (
        "units.csv:3:4: parent_id goes round in a ring: A → T → D → A; correct or empty one parent_id of the ring"
    )


def test_a_ring_of_managers_and_one_alone_are_reported(tmp_path: Path) -> None:
    text = FILES["staff.csv"].replace("da|en,\n", "da|en,P2\n").replace("10,fr,P1", "10,fr,P3")
    report = report_of(tmp_path, {"staff.csv": text})
    assert [(problem.line, problem.kind) for problem in report.problems] == [(2, Kind.CYCLE), (4, Kind.CYCLE)]
    assert "P1 → P2 → P1" in str(report.problems[0])
    assert "P3 → P3" in str(report.problems[1])


def test_a_ring_of_prerequisites_is_reported(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"courses.csv": FILES["courses.csv"].replace("100,,all", "100,C2,all")})
    assert ("courses.csv", 2, 6, Kind.CYCLE) in found(report)
    assert "prerequisite_id goes round in a ring: C1 → C2 → C1" in str(report.problems[0])


def test_a_long_ring_is_shortened(tmp_path: Path) -> None:
    rows = "".join(f"U{number},U,team,U{(number + 1) % 5000}\n" for number in range(5000))
    report = report_of(tmp_path, {"units.csv": FILES["units.csv"] + rows})
    assert only(report).endswith("U7 → U8 → … → U0; correct or empty one parent_id of the ring")


@given(st.lists(st.integers(-1, 7), max_size=8).map(lambda parents: [min(p, len(parents) - 1) for p in parents]))
def test_rings_are_those_found_by_following_every_node(parents: list[int]) -> None:
    expected = set()
    for start in range(len(parents)):
        walk = list(itertools.islice(_walk(parents, start), len(parents) + 1))
        if start in walk[1:]:
            expected.add(frozenset(walk[: walk.index(start, 1)]))
    result = rings(parents)
    assert {frozenset(ring) for ring in result} == expected
    assert len(result) == len(expected)
    assert all(parents[ring[at - 1]] == ring[at] for ring in result for at in range(len(ring)))


def _walk(parents: list[int], node: int) -> Iterator[int]:
    while node >= 0:
        yield node
        node = parents[node]


def test_a_course_must_raise_what_it_teaches(tmp_path: Path) -> None:
    text = FILES["course_outcomes.csv"].replace("C2,S1,3,5", "C2,S1,3,3")
    assert only(report_of(tmp_path, {"course_outcomes.csv": text})) == (
        "course_outcomes.csv:3:4: to_level 3 is not above from_level 3; write the level people have afterwards, or "
        "take the row away"
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        ("sessions.csv", "X4,C1,2", "X4,C1,3", "sessions.csv:5:3: period 3 is after the last period, 2"),
        (
            "initiative_skills.csv",
            "2,2,1",
            "2,3,1",
            "initiative_skills.csv:2:6: by_period 3 is after the last period, 2",
        ),
    ],
)
def test_periods_end_with_the_last(tmp_path: Path, name: str, old: str, new: str, what: str) -> None:
    report = report_of(tmp_path, {name: FILES[name].replace(old, new)})
    assert only(report) == f"{what}; write 1 to 2, or raise periods in the plan's settings"


def test_without_settings_the_last_session_ends_the_plan(tmp_path: Path) -> None:
    sessions = FILES["sessions.csv"].replace("X4,C1,2", "X4,C1,7")
    assert sector_of(tmp_path, {"plan.toml": None, "sessions.csv": sessions}).settings.periods == 7
