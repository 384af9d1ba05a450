"""A made-up portfolio: it is valid, what is mandatory fits, money is tight, and the rest is as without it."""

from collections import Counter
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from vested.engines import roadmap
from vested.formats.sector_folder import Class, Sector, Settings, Way, check, write
from vested.plans.generator import make_sector
from vested.plans.generator._portfolio import QUARTERS
from vested.plans.roadmap import index_of, problem_of

OURS = {
    "initiatives", "initiative_skills", "objectives", "initiative_modes", "initiative_costs", "initiative_people",
    "initiative_links", "blocks", "pools", "portfolio_budgets",
}  # fmt: skip


@pytest.fixture(scope="module")
def sector() -> Sector:
    return make_sector(people=300, seed=4, portfolio=True)


def test_everything_else_is_as_without_it(sector: Sector) -> None:
    without = make_sector(people=300, seed=4)
    for field in fields(Sector):
        if field.name not in OURS | {"levels", "settings"}:
            assert getattr(sector, field.name) == getattr(without, field.name), field.name
    assert np.array_equal(sector.levels.level, without.levels.level)
    assert [row.title for row in sector.initiatives[:30]] == [row.title for row in without.initiatives]
    assert [without.initiative_modes, without.pools, without.objectives] == [(), (), ()]
    assert without.settings == Settings(periods=4, currency="EUR", fairness=0.3, seed=4)


def test_it_checks_without_a_problem(sector: Sector, tmp_path: Path) -> None:
    write(sector, tmp_path)
    report = check(tmp_path)
    assert report.problems + report.warnings == ()


def test_there_is_something_of_everything(sector: Sector) -> None:
    assert len(sector.initiatives) == len({row.initiative_id for row in sector.initiatives}) == 60
    assert len({row.title for row in sector.initiatives}) == 60
    classes = Counter(row.class_ for row in sector.initiatives)
    assert min(classes[Class.EXPLORE], classes[Class.EXPLOIT]) >= 10
    assert sum(row.mandatory for row in sector.initiatives) == 4
    assert Counter(Counter(row.group for row in sector.initiatives if row.group).values()) == {2: 3}
    ways = Counter(row.mode for row in sector.initiative_modes)
    assert ways[Way.ROLL_OUT] == 60
    assert min(ways[Way.PILOT], ways[Way.REUSE]) >= 15
    assert {row.exists for row in sector.blocks} == {True, False}
    assert {row.needs for row in sector.initiative_links} & {row.block_id for row in sector.blocks}
    assert {row.needs for row in sector.initiative_links} & {row.initiative_id for row in sector.initiatives}
    assert len(sector.portfolio_budgets) == QUARTERS == len(sector.pools) // 6
    assert {need.by_period for need in sector.initiative_skills} == {1, 2, 3}


def test_money_and_people_do_not_reach(sector: Sector) -> None:
    rolled = sum(row.cost for row in sector.initiative_costs if row.mode is Way.ROLL_OUT)
    assert 0.45 < sum(row.amount for row in sector.portfolio_budgets) / rolled < 0.7


@pytest.mark.parametrize(("people", "seed"), [(20, 0), (60, 1), (150, 2), (300, 3), (300, 4), (700, 5)])
def test_what_is_mandatory_fits_and_some_is_left_out(people: int, seed: int) -> None:
    sector = make_sector(people=people, seed=seed, portfolio=True)
    problem = problem_of(sector, index_of(sector))
    asked = 0

    def stop(_progress: roadmap.Progress) -> bool:
        nonlocal asked
        asked += 1
        return asked > 300

    found = roadmap.plan(problem, gap=0.1, workers=1, stop=stop)
    assert roadmap.check(problem, found) == ()
    assert problem.initiatives.mandatory.any()
    assert 0 < len(found.initiative) < len(sector.initiatives)


def test_the_same_numbers_give_the_same_portfolio(tmp_path: Path) -> None:
    for name in "ab":
        write(make_sector(people=40, seed=9, portfolio=True), tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert all((tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes() for file in files)
