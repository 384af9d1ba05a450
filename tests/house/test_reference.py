"""House rules about the reference pages: they describe what the code writes, all of it and nothing else."""

import csv
import dataclasses
import json
import re
from typing import Any

import pytest

from tests.house.tree import ROOT
from vested.engines.training import Why
from vested.plans.files._curve import CurveRow
from vested.plans.files._roadmap import COLUMNS
from vested.plans.files._tables import ASSIGNMENTS, PRICES

PAGE = (ROOT / "docs" / "reference" / "plan-command.md").read_text(encoding="utf-8")
SCHEMA: dict[str, Any] = json.loads((ROOT / "vested" / "plans" / "plan.schema.json").read_text(encoding="utf-8"))
CURVE = [field.name for field in dataclasses.fields(CurveRow)]


@pytest.mark.parametrize(
    ("file", "columns"),
    [("assignments.csv", ASSIGNMENTS), ("prices.csv", PRICES), ("curve.csv", CURVE), ("roadmap.csv", COLUMNS)],
)
def test_the_columns_of_a_file_are_described_in_their_order(file: str, columns: list[str]) -> None:
    assert _first_cells(_section(f"### {file}")) == list(columns)


def test_the_keys_of_the_plan_are_described() -> None:
    rows = [cell for cell in _first_cells(_section("### plan.json"), whole=True) if "`" in cell]
    described = [key for cell in rows for key in re.findall(r"`(\w+)`", cell)]
    keys = list(SCHEMA["properties"])
    assert described[: len(keys)] == keys


def test_the_keys_of_the_roadmap_are_described() -> None:
    schema = json.loads((ROOT / "vested" / "plans" / "roadmap.schema.json").read_text(encoding="utf-8"))
    rows = [cell for cell in _first_cells(_section("### roadmap.json"), whole=True) if "`" in cell]
    described = [key for cell in rows for key in re.findall(r"`(\w+)`", cell)]
    assert described == list(schema["properties"])


@pytest.mark.parametrize("stage", ["compulsory", "fairness", "value"])
def test_the_fields_of_a_stage_are_described(stage: str) -> None:
    fields = SCHEMA["properties"]["stages"]["properties"][stage]["properties"]
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{stage}` | `"))
    described = re.findall(r"`(\w+)`", row)[1:]
    groups = list(fields.get("groups", {}).get("items", {}).get("properties", {}))
    assert described == [*fields, *groups]


def test_the_codes_of_reasons_are_described_in_their_order() -> None:
    table = PAGE.partition("The codes under `why`")[2].partition("###")[0]
    assert _first_cells(table) == [why.name.lower() for why in Why]


def test_the_tutorial_tells_the_truth_about_the_example() -> None:
    lesson = " ".join((ROOT / "docs" / "tutorial" / "first-plan.md").read_text(encoding="utf-8").split())
    staff, courses, completions = _table("staff"), _table("courses"), _table("completions")
    done = {(row["person_id"], row["course_id"]) for row in completions}
    course = next(row for row in courses if f"*{row['title']}*" in lesson)
    roles = course["compulsory_for"].split("|")
    must = [row for row in staff if row["role_id"] in roles and (row["person_id"], course["course_id"]) not in done]
    seats = [int(row["seats"]) for row in _table("sessions") if row["course_id"] == course["course_id"]]
    overall = next(row["amount"] for row in _table("budgets") if not row["unit_id"])
    assert f"{len(staff)} people" in lesson
    assert f"{len(must)} people must take" in lesson
    assert f"its two sessions have {sum(seats)} seats" in lesson
    assert len(seats) == 2
    assert sum(seats) < len(must)
    assert f"{overall} euros overall" in lesson
    assert f"change {overall} to {int(overall) * 4 // 5}" in lesson


def _table(name: str) -> list[dict[str, str]]:
    with (ROOT / "examples" / "harbour" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _section(heading: str) -> str:
    assert PAGE.count(heading + "\n") == 1
    return re.split(r"^##", PAGE.partition(heading + "\n")[2], maxsplit=1, flags=re.M)[0]


def _first_cells(text: str, *, whole: bool = False) -> list[str]:
    """Return the first cell of each table row below a heading row."""
    rows = re.findall(r"^\| *(`.*?`) \|" if not whole else r"^\| *(.*?) \|", text, re.M)
    return rows if whole else [row.strip("`") for row in rows]
