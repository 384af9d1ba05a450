"""roadmap.csv and roadmap.json, read back and judged by what is written in them alone."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.plans.portfolios import by_hand, random_portfolio
from vested.formats.sector_folder import Initiative, Sector
from vested.plans import files
from vested.plans.files._roadmap import COLUMNS
from vested.plans.outcome import Outcome
from vested.plans.solving import solve

SCHEMA = json.loads((Path(files.__file__).parents[1] / "roadmap.schema.json").read_text(encoding="utf-8"))
SEEDS = range(4)


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return [solve(random_portfolio(seed), seconds=5) for seed in SEEDS]


def written(outcome: Outcome, folder: Path, language: str = "en") -> tuple[dict[str, object], list[dict[str, str]]]:
    """Write, and read both files."""
    files.write_plan(outcome, folder, language=language)
    with (folder / "roadmap.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return json.loads((folder / "roadmap.json").read_text(encoding="utf-8")), rows


def test_the_known_case_is_written_as_it_is(tmp_path: Path) -> None:
    document, rows = written(solve(by_hand(), seconds=10), tmp_path)
    Draft202012Validator(SCHEMA).validate(document)
    assert list(rows[0]) == list(COLUMNS)
    assert [(row["initiative_id"], row["decision"], row["start"], row["end"], row["skills"]) for row in rows] == [
        ("BOOK", "starts", "1", "1", "there"),
        ("TIDE", "starts", "3", "3", "there"),
        ("PAPER", "starts", "2", "2", "none"),
    ]
    assert document["certificate"] == {
        "value": 163.71,
        "bound": 163.71,
        "gap": 0.0,
        "priced": pytest.approx(163.71, abs=10),
        "without_skills": {"value": 170.19, "bound": 170.19},
    }
    assert document["budgets"][0] == {"quarter": 1, "amount": 5.0, "used": 5.0, "price": pytest.approx(0, abs=20)}  # type: ignore[index]  # a list
    assert document["repair"]["held_back"] == [{"initiative_id": "TIDE", "was": 2, "now": 3, "missing": 1}]  # type: ignore[index]  # an object


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_written_keeps_every_limit(tmp_path: Path, outcomes: list[Outcome], seed: int) -> None:
    """Judged from the tables and roadmap.csv alone."""
    sector, (document, rows) = random_portfolio(seed), written(outcomes[seed], tmp_path)
    Draft202012Validator(SCHEMA).validate(document)
    begun = {row["initiative_id"]: row for row in rows if row["decision"] == "starts"}
    assert begun
    money, people = _used(sector, begun)
    assert all(spent <= 14.0 + 1e-6 for spent in money.values())
    assert all(busy <= 4.0 + 1e-6 for busy in people.values())
    assert all(int(row["end"]) <= 4 for row in begun.values())
    assert sum(row.risk for row in sector.initiatives if row.initiative_id in begun) <= 9.0
    assert len({"N3", "N4"} & set(begun)) <= 1
    for waiting in {"N1", "N2"} & set(begun):
        assert int(begun["N0"]["end"]) < int(begun[waiting]["start"])
    benefit = {(row.initiative_id, row.mode.value): row.benefit for row in sector.initiative_modes}
    worth = sum(float(benefit[name, row["mode"]] * 0.98 ** int(row["end"])) for name, row in begun.items())
    certificate = document["certificate"]
    assert isinstance(certificate, dict)
    assert worth == pytest.approx(certificate["value"])
    assert certificate["value"] <= certificate["bound"] <= certificate["priced"] + 1e-6
    assert {row["initiative_id"]: bool(row["reason"]) for row in rows} == {
        row["initiative_id"]: row["decision"] == "out" for row in rows
    }


def _used(sector: Sector, begun: dict[str, dict[str, str]]) -> tuple[dict[int, float], dict[int, float]]:
    money, people = dict.fromkeys(range(1, 5), 0.0), dict.fromkeys(range(1, 5), 0.0)
    for cost in sector.initiative_costs:
        row = begun.get(cost.initiative_id)
        if row and row["mode"] == cost.mode:
            money[int(row["start"]) + cost.quarter - 1] += cost.cost
    for taken in sector.initiative_people:
        row = begun.get(taken.initiative_id)
        if row and row["mode"] == taken.mode:
            people[int(row["start"]) + taken.quarter - 1] += taken.people
    return money, people


def test_what_is_out_asks_for_no_training(tmp_path: Path, outcomes: list[Outcome]) -> None:
    for seed in SEEDS:
        _document, rows = written(outcomes[seed], tmp_path / str(seed))
        out = {row["initiative_id"] for row in rows if row["decision"] == "out"}
        plan = json.loads((tmp_path / str(seed) / "plan.json").read_text(encoding="utf-8"))
        assert not out & {need["initiative_id"] for need in plan["initiatives"]}


def test_equal_sectors_and_seeds_give_equal_roadmaps(tmp_path: Path) -> None:
    for name in "ab":
        files.write_plan(replace(solve(random_portfolio(2), seconds=20), seconds=0.0), tmp_path / name)
    for name in ("roadmap.csv", "roadmap.json", "assignments.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_titles_are_kept_from_running_in_a_spreadsheet(tmp_path: Path) -> None:
    sector = by_hand()
    formula = Initiative("BOOK", "=1+1")
    _document, rows = written(
        solve(replace(sector, initiatives=(formula, *sector.initiatives[1:])), seconds=5), tmp_path
    )
    assert rows[0]["title"] == "'=1+1"


def test_an_older_roadmap_goes(tmp_path: Path) -> None:
    outcome = solve(by_hand(), seconds=5)
    written(outcome, tmp_path)
    files.write_plan(replace(outcome, roadmap=None), tmp_path)
    assert not list(tmp_path.glob("roadmap.*"))
