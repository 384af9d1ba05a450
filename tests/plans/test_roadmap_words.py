"""Why an initiative is out: each reason by a portfolio small enough to see it."""

from dataclasses import replace

import pytest

from tests.plans.portfolios import by_hand
from vested.formats.sector_folder import (
    InitiativeCost,
    InitiativeLink,
    InitiativeMode,
    InitiativePeople,
    Pool,
    PortfolioBudget,
    Sector,
    Way,
)
from vested.plans.files._roadmap import roadmap_document
from vested.plans.roadmap import why_of
from vested.plans.solving import solve


@pytest.fixture
def one_quarter() -> Sector:
    """Three initiatives that need nobody, and one quarter with money for one of them."""
    return replace(by_hand(), initiative_skills=(), portfolio_budgets=(PortfolioBudget(1, 5.0),))


def whys(sector: Sector) -> list[str]:
    """Why each initiative is out; empty where it is in."""
    road = solve(sector, seconds=5).roadmap
    assert road is not None
    return [why_of(sector, road, p) for p in range(len(road.index.initiatives))]


def test_money_that_is_used_names_the_smallest_change(one_quarter: Sector) -> None:
    more = "Money or people are used. It would come in with €5 in quarter 1: roll-out from quarter 1, for €5 more."
    assert whys(one_quarter) == ["", more, more]


def test_people_are_priced_at_their_rate(one_quarter: Sector) -> None:
    people = tuple(InitiativePeople(name, Way.ROLL_OUT, 1, "DEV", 2.0) for name in ("BOOK", "TIDE"))
    sector = replace(
        one_quarter,
        portfolio_budgets=(PortfolioBudget(1, 50.0),),
        initiative_people=people,
        pools=(Pool("DEV", 1, 3.0, "Developers", 7.0),),
    )
    assert whys(sector)[1] == (
        "Money or people are used. It would come in with 1.0 more of Developers in quarter 1: roll-out from quarter 1, "
        "for €7 more."
    )


def test_many_changes_are_counted(one_quarter: Sector) -> None:
    long = InitiativeMode("PAPER", Way.PILOT, 5, 10.0)
    costs = tuple(InitiativeCost("PAPER", Way.PILOT, quarter, 2.0) for quarter in range(1, 6))
    sector = replace(
        one_quarter,
        initiatives=one_quarter.initiatives[2:],
        initiative_modes=(long,),
        initiative_costs=costs,
        portfolio_budgets=tuple(PortfolioBudget(quarter, 1.0) for quarter in range(1, 6)),
    )
    document = solve(sector, seconds=5)
    assert document.roadmap is not None
    assert whys(sector) == [
        (
            "Money or people are used. It would come in with €1 in quarter 1, €1 in quarter 2, €1 in quarter 3, 2 "
            "changes more: pilot from quarter 1, for €5 more."
        )
    ]
    (row,) = roadmap_document(document, document.roadmap, version="0", language="en")["initiatives"]
    assert [change["quarter"] for change in row["way"]["changes"]] == [1, 2, 3, 4, 5]


def test_what_waits_and_what_is_too_risky_say_so(one_quarter: Sector) -> None:
    rows = tuple(replace(row, risk=1.0) for row in one_quarter.initiatives)
    sector = replace(
        one_quarter,
        initiatives=rows,
        settings=replace(one_quarter.settings, risk_cap=1.0),
        initiative_links=(InitiativeLink("PAPER", "TIDE"),),
        portfolio_budgets=tuple(PortfolioBudget(quarter, 50.0) for quarter in (1, 2)),
    )
    assert whys(sector) == [
        "",
        "With it, the risks would add up to more than the cap.",
        "It waits for what is not finished in time: Tide warnings.",
    ]


def test_what_explores_too_much_says_so(one_quarter: Sector) -> None:
    sector = replace(
        one_quarter,
        settings=replace(one_quarter.settings, explore_most=0.1),
        portfolio_budgets=(PortfolioBudget(1, 50.0),),
    )
    assert whys(sector) == ["With it, the share of costs of what explores would leave its band.", "", ""]
