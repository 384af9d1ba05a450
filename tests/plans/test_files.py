"""A plan's files: their shape, their numbers, and that they replace older ones together."""

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from tests.plans.outcomes import made_outcome
from tests.plans.sectors import random_sector
from vested.engines.training import Gain, Why
from vested.formats.sector_folder import Initiative, Person, Sector
from vested.plans import files
from vested.plans.outcome import Outcome, Stopped

SCHEMA = json.loads((Path(files.__file__).parents[1] / "plan.schema.json").read_text(encoding="utf-8"))
HALF = 0.1 + 0.2  # 0.30000000000000004


def outcome_of(sector: Sector, **facts: Any) -> Outcome:
    return made_outcome(sector, ((0, 0), (1, 1), (1, 4)), **facts)


def written(outcome: Outcome, folder: Path) -> dict[str, Any]:
    files.write_plan(outcome, folder)
    document: dict[str, Any] = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    Draft202012Validator(SCHEMA).validate(document)
    return document


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("stopped", Stopped)
def test_every_list_of_plan_json_keeps_to_the_schema(tmp_path: Path, stopped: Stopped) -> None:
    facts: dict[str, Any] = {
        "unmet_person": list(range(9)),
        "unmet_course": [1] * 9,
        "unmet_why": list(Why),
        "unmet_compulsory": [True, False] * 4 + [True],
        "need_why": [Why.SEATS, Why.BUDGET, Why.LEVEL],
    }
    gains = (
        Gain(kind="seat", index=0, price=1.0, gain=0.9, at_most=1.1),
        Gain(kind="budget", index=1, price=2.0, gain=1.5, at_most=2.5),
    )
    sector = random_sector(1)
    first, second, *others = sector.courses
    sector = replace(sector, courses=(first, replace(second, prerequisite_id=first.course_id), *others))
    outcome = outcome_of(sector, gains=gains, factors=(0.6, 1.0, 1.4), stopped=stopped, **facts)
    document = written(outcome, tmp_path)
    assert document["stopped"] == stopped.value
    assert {row["why"] for row in document["unmet"]} == {why.name.lower() for why in Why}
    assert [row["kind"] for row in document["unmet"]] == ["compulsory"] * 5 + ["need"] * 3 + ["wish"] * 4
    assert len(document["prices"]["dearest"]) == 2
    assert document["prices"]["dearest"][1]["id"] == "A1"
    needs = {row["id"] for row in document["initiatives"]}
    assert {row["need"] for row in document["unmet"] if row["kind"] == "need"} == needs


def test_the_schema_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    document = written(outcome_of(random_sector(1)), tmp_path)
    assert not Draft202012Validator(SCHEMA).is_valid(document | {"extra": 1})
    assert not Draft202012Validator(SCHEMA).is_valid(document | {"stopped": "bored"})
    assert not Draft202012Validator(SCHEMA).is_valid({key: document[key] for key in document if key != "stages"})


def test_a_sector_without_options_has_empty_lists(tmp_path: Path) -> None:
    sector = replace(random_sector(1, fairness=0.0), initiatives=(), initiative_skills=(), budgets=(), wishes=())
    document = written(made_outcome(sector, ()), tmp_path)
    assert document["assignments"] == document["people_learning"] == 0
    assert document["budgets"] == document["initiatives"] == document["curve"] == document["unmet"] == []
    assert table(tmp_path / "assignments.csv") == []


def test_assignments_are_rows_of_ids_with_a_reason(tmp_path: Path) -> None:
    sector = random_sector(1)
    files.write_plan(outcome_of(sector), tmp_path)
    raw = (tmp_path / "assignments.csv").read_bytes()
    assert raw.startswith(b"person_id,session_id,course_id,period,reason\r\n")
    rows = table(tmp_path / "assignments.csv")
    session = sector.sessions[4]
    assert rows[2] | {"reason": ""} == {
        "person_id": "P001",
        "session_id": session.session_id,
        "course_id": session.course_id,
        "period": str(session.period),
        "reason": "",
    }
    assert all(row["reason"].endswith(".") for row in rows)


def test_a_text_that_a_spreadsheet_would_run_is_kept_from_it_and_ids_stay_as_given(tmp_path: Path) -> None:
    sector = random_sector(1)
    staff = (replace(sector.staff[0], person_id="=1+1"), *sector.staff[1:])
    initiatives = tuple(Initiative(row.initiative_id, '=HYPERLINK("x")') for row in sector.initiatives)
    hostile = replace(sector, staff=staff, initiatives=initiatives, wishes=(), completions=())
    files.write_plan(outcome_of(hostile, serves_of=[0], serves=[0]), tmp_path)
    row = table(tmp_path / "assignments.csv")[0]
    assert row["person_id"] == "=1+1"
    assert row["reason"].startswith("'=HYPERLINK(")


def test_commas_quotes_and_line_breaks_in_ids_survive(tmp_path: Path) -> None:
    sector = random_sector(1)
    person = Person('a,"b"\nc', "Person", "M", "R0", 8.0)
    odd = replace(sector, staff=(person, *sector.staff[1:]), wishes=(), completions=())
    files.write_plan(outcome_of(odd), tmp_path)
    assert table(tmp_path / "assignments.csv")[0]["person_id"] == 'a,"b"\nc'


def test_prices_list_every_limit_and_the_gains_solved_again(tmp_path: Path) -> None:
    sector = random_sector(1)
    gains = (
        Gain(kind="seat", index=2, price=1.0, gain=HALF, at_most=1.1),
        Gain(kind="budget", index=0, price=2.0, gain=1.5, at_most=2.5),
    )
    files.write_plan(outcome_of(sector, gains=gains), tmp_path)
    rows = table(tmp_path / "prices.csv")
    assert [row["id"] for row in rows if row["kind"] == "seat"] == [session.session_id for session in sector.sessions]
    seat = next(row for row in rows if row["id"] == sector.sessions[2].session_id)
    assert (seat["step"], seat["gain"], seat["at_most"]) == ("1", "0.3", "1.1")
    assert [row["capacity"] for row in rows if row["kind"] == "seat"] == [
        "" if session.seats is None else str(session.seats) for session in sector.sessions
    ]
    overall, unit = (row for row in rows if row["kind"] == "budget")
    assert (overall["id"], overall["capacity"], overall["step"], overall["gain"]) == ("", "1800", "18", "1.5")
    assert (unit["id"], unit["price"], unit["gain"]) == ("A1", "0.001", "")
    assert [row["id"] for row in rows if row["kind"] == "need"] == ["I1|A1|S0|4|2", "I1||S1|3|3", "I2|A2|S2|5|3"]
    assert [row["id"] for row in rows if row["kind"] == "fairness"][:3] == ["unit|M", "unit|A1", "unit|A2"]


def test_the_curve_counts_who_gains_and_who_loses(tmp_path: Path) -> None:
    sector = random_sector(1, people=40)
    outcome = outcome_of(sector, factors=(0.6, 1.0))
    useful, by_person = _useful_sessions(outcome)
    few, all_of_it = (made_outcome(sector, useful[:count]) for count in (4, len(useful)))
    low, high = outcome.curve
    points = (
        replace(low, plan=few.plan),
        replace(high, plan=all_of_it.plan),
        replace(high, factor=1.4, plan=few.plan),
    )
    rows = written(replace(all_of_it, curve=points), tmp_path)["curve"]
    whole = [row for row in rows if not row["unit_id"]]
    gaining = len({by_person[pair] for pair in useful[4:]} - {by_person[pair] for pair in useful[:4]})
    assert gaining > 0
    assert [(row["people_gaining"], row["people_losing"]) for row in whole] == [
        (None, None),
        (gaining, 0),
        (0, gaining),
    ]
    assert [row["unit_id"] for row in rows] == ["", "M", "A1", "A2"] * 3
    assert [row["gap_closed"] for row in rows if row["unit_id"] == "M"] == [row["gap_closed"] for row in whole]
    assert all(row["value"] is None for row in rows if row["unit_id"])
    as_text = table(tmp_path / "curve.csv")
    assert [row["people_gaining"] for row in as_text if not row["unit_id"]] == ["", str(gaining), "0"]
    assert [row["factor"] for row in as_text][::4] == ["0.6", "1", "1.4"]


def _useful_sessions(outcome: Outcome) -> tuple[list[tuple[int, int]], dict[tuple[int, int], int]]:
    """Find one (person, session) pair for each person it closes a gap for."""
    problem = outcome.problem
    pairs = []
    for i, role in enumerate(problem.people.role):
        lacks = problem.roles.required[role] > problem.people.levels[i]
        for j, course in enumerate(problem.catalogue.session_course):
            rows = problem.catalogue.outcome_course == course
            skills = problem.catalogue.outcome_skill[rows]
            if np.any(lacks[skills] & (problem.catalogue.outcome_to[rows] > problem.people.levels[i, skills])):
                pairs.append((i, j))
                break
    return pairs, {pair: pair[0] for pair in pairs}


def test_equal_outcomes_give_equal_bytes_but_for_the_seconds(tmp_path: Path) -> None:
    outcome = outcome_of(random_sector(1), factors=(1.0,))
    files.write_plan(outcome, tmp_path / "a")
    files.write_plan(replace(outcome, seconds=99.0), tmp_path / "b")
    for name in ("assignments.csv", "prices.csv", "curve.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    one, other = (json.loads((tmp_path / name / "plan.json").read_text(encoding="utf-8")) for name in "ab")
    assert one.pop("seconds") != other.pop("seconds")
    assert one == other


def test_an_older_curve_goes_and_files_of_others_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("ours", encoding="utf-8")
    outcome = outcome_of(random_sector(1), factors=(1.0,))
    some = [name for name in files.FILES if not name.startswith("roadmap")]
    assert [path.name for path in files.write_plan(outcome, tmp_path)] == some
    names = [path.name for path in files.write_plan(replace(outcome, curve=()), tmp_path)]
    assert names == ["plan.json", "assignments.csv", "prices.csv", "report.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*names, "notes.txt"])


def test_where_one_file_cannot_be_written_the_old_ones_stay(tmp_path: Path) -> None:
    outcome = outcome_of(random_sector(1))
    files.write_plan(outcome, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    broken = replace(outcome, plan=replace(outcome.plan, holders_after=np.zeros(0, dtype=np.int64)), seconds=7.0)
    with pytest.raises(IndexError):
        files.write_plan(broken, tmp_path)
    with pytest.raises(ValueError, match="da"):
        files.write_plan(replace(outcome, seconds=7.0), tmp_path, language="xx")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_summary_counts_what_the_lists_hold(tmp_path: Path) -> None:
    document = written(outcome_of(random_sector(1)), tmp_path)
    summary = files.summary_of(document)
    assert summary["unmet"] == {"compulsory": 0, "need": 3, "wish": 0}
    assert summary["stages"]["value"] == document["stages"]["value"]
    assert "groups" not in summary["stages"]["fairness"]
    assert "groups" in document["stages"]["fairness"]
