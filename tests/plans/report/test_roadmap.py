"""The roadmap's part of the report: what it draws and says, beside the portfolio by hand."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.plans.portfolios import by_hand, random_portfolio
from tests.plans.report import made_up
from vested.formats.sector_folder import Block, InitiativeLink, Way
from vested.plans.outcome import Outcome
from vested.plans.report import charts, write_report
from vested.plans.report.figures import roadmap_figures
from vested.plans.solving import solve


@pytest.fixture(scope="module")
def planned() -> Outcome:
    return solve(by_hand(), seconds=10)


def page(outcome: Outcome, folder: Path, language: str = "en") -> str:
    """The report's text."""
    write_report(outcome, folder / "report.html", language=language, printed_on=made_up.PRINTED)
    return (folder / "report.html").read_text(encoding="utf-8")


def section(text: str) -> str:
    """The roadmap's part, without tags."""
    part = text.partition('id="roadmap"')[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def test_figures_are_those_of_the_case_by_hand(planned: Outcome) -> None:
    found = roadmap_figures(planned)
    assert found is not None
    assert [(one.title, one.first, one.last, one.skills) for one in found.starts] == [
        ("Booking online", 1, 1, "there"),
        ("No paper", 2, 2, "none"),
        ("Tide warnings", 3, 3, "there"),
    ]
    assert found.out == ()
    assert found.money.used == (5.0, 5.0, 5.0, 0.0)
    assert (found.money.all_used, found.money.all_there, found.money.full) == (15.0, 20.0, 3)
    assert (found.held, found.late, found.count) == (1, 0, 3)


def test_without_a_roadmap_there_is_no_part(planned: Outcome, tmp_path: Path) -> None:
    outcome = replace(planned, roadmap=None)
    assert roadmap_figures(outcome) is None
    assert "roadmap" not in page(outcome, tmp_path).partition("</style>")[2]


def test_the_part_says_what_starts_and_what_was_repaired(planned: Outcome, tmp_path: Path) -> None:
    text = page(planned, tmp_path)
    said = section(text)
    assert '<a href="#roadmap">' in text
    assert "3 of 3 initiatives start" in said
    assert "that gives these skills their time is worth more than 163.8, so at most 0.00 % is missing" in said
    assert "nothing is proven of both together" in said
    assert "Money for initiatives €15 of €20" in said
    assert "Money for training, apart from it €2" in said
    assert "Tide warnings starts in quarter 3 instead of 2, so that its skills are there" in said
    assert "What does not start" not in said


def test_the_drawing_has_a_bar_an_initiative_and_a_column_a_quarter(planned: Outcome, tmp_path: Path) -> None:
    part = page(planned, tmp_path).partition('id="roadmap"')[2].partition("</section>")[0]
    bars = re.findall(r'<rect class="f1" x="([\d.]+)%" y="4" width="25.00%" height="12"/>', part)
    assert bars == ["0.00", "25.00", "50.00"]
    assert part.count('<rect class="f-track"') == 4
    assert part.count(f'height="{charts.COLUMN_HEIGHT}" aria-hidden="true"') == 1


def test_what_is_waited_for_and_late_and_out_is_shown(tmp_path: Path) -> None:
    sector = by_hand()
    must = (sector.initiatives[0], replace(sector.initiatives[1], mandatory=True, latest=2), sector.initiatives[2])
    outcome = solve(
        replace(
            sector,
            initiatives=must,
            initiative_links=(InitiativeLink("PAPER", "FORMS"), InitiativeLink("BOOK", "PAPER")),
            blocks=(Block("FORMS", built_by=("TIDE",)),),
            portfolio_budgets=sector.portfolio_budgets[:2],
        ),
        seconds=10,
    )
    said, text = section(page(outcome, tmp_path)), page(outcome, tmp_path)
    found = roadmap_figures(outcome)
    assert found is not None
    paper = found.starts[-1]
    assert (paper.title, paper.waits, paper.ready) == ("No paper", ("Tide warnings",), 1)
    assert "No paper exploits · after Tide warnings" in said
    assert "Tide warnings mandatory · exploits skills late" in said
    late = "Even at its earliest, after what it waits for, none of its modes would be finished in time."
    assert f"Booking online {late}" in said
    assert '<rect class="f-over" x="0.00%" y="1" width="50.00%" height="18"/>' in text
    assert '<circle class="f-ink" cx="50.00%" cy="10" r="3"/>' in text


@pytest.mark.parametrize("language", ["en", "da", "fr"])
def test_any_portfolio_makes_a_page(tmp_path: Path, language: str) -> None:
    outcome = solve(random_portfolio(5, initiatives=20), seconds=3)
    text = page(outcome, tmp_path, language)
    assert f'<html lang="{language}">' in text
    assert not re.search(r"<[^>]+ (style|on\w+)=", text.partition("</style>")[2])
    found = roadmap_figures(outcome)
    assert found is not None
    assert all(title in text for title in [*(one.title for one in found.starts), *(one.title for one in found.out)])


def test_money_without_a_limit_is_said_to_have_none() -> None:
    sector = replace(by_hand(), portfolio_budgets=(), pools=random_portfolio(1).pools)
    found = roadmap_figures(solve(sector, seconds=5))
    assert found is not None
    assert found.money.there == (None,) * 4
    assert found.money.all_there is None
    assert found.pools[0].all_there == 16.0


def test_each_mode_has_its_own_look(tmp_path: Path) -> None:
    sector = by_hand()
    modes = tuple(replace(row, mode=way) for row, way in zip(sector.initiative_modes, Way, strict=True))
    costs = tuple(replace(row, mode=way) for row, way in zip(sector.initiative_costs, Way, strict=True))
    text = page(solve(replace(sector, initiative_modes=modes, initiative_costs=costs), seconds=5), tmp_path)
    rows = text.partition('class="cards road"')[2].partition("</section>")[0]
    assert re.findall(r'<rect class="(f-sure|f-band|f1)" x="[\d.]+%" y="4"', rows) == ["f-sure", "f1", "f-band"]
