"""The tables a roadmap is computed from: what is read, and every fault over several rows or tables."""

import string
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formats.sector_folder.folders import FILES, book, content, found, only, report_of, sector_of
from vested.formats.sector_folder import (
    Block,
    Class,
    Initiative,
    InitiativeCost,
    InitiativeLink,
    InitiativeMode,
    InitiativePeople,
    Kind,
    Objective,
    Pool,
    PortfolioBudget,
    Sector,
    Settings,
    Way,
    check,
    read,
    write,
)

PORTFOLIO: dict[str, str] = {
    "objectives.csv": "objective_id,title\nO1,No queue\n",
    "initiatives.csv": (
        "initiative_id,title,unit_id,objective_id,class,mandatory,earliest,latest,risk,group\n"
        "I1,Booking online,A,O1,exploit,yes,1,2,1.5,\nI2,Booking by voice,,,explore,,2,,,TALK\nI3,Paper,,,,,,,,\n"
    ),
    "initiative_modes.csv": (
        "initiative_id,mode,quarters,benefit\nI1,roll-out,2,900\nI1,reuse,1,500\nI2,pilot,1,300\n"
    ),
    "initiative_costs.csv": "initiative_id,mode,quarter,cost\nI1,roll_out,1,100\nI1,roll_out,2,80\nI2,pilot,1,60\n",
    "initiative_people.csv": "initiative_id,mode,quarter,pool_id,people\nI1,roll_out,2,D,2.5\nI2,pilot,1,D,1\n",
    "initiative_links.csv": "initiative_id,needs,mode\nI2,I1,\nI1,B1,reuse\nI2,B2,\n",
    "blocks.csv": "block_id,name,exists,built_by\nB1,Login,ja,\nB2,Forms,,I1\n",
    "pools.csv": "pool_id,name,quarter,capacity,rate\nD,Developers,1,3,20\nD,,2,3.5,20\n",
    "portfolio_budgets.csv": "quarter,amount\n1,150\n2,100\n3,100\n",
}
NO_BUDGET: dict[str, str | bytes | None] = {
    "portfolio_budgets.csv": None,
    "pools.csv": None,
    "initiative_people.csv": None,
}


def with_(**changes: str | None) -> dict[str, str | bytes | None]:
    """The portfolio with some tables changed, or left out where None."""
    return {**PORTFOLIO, **{f"{name}.csv": text for name, text in changes.items()}}


def test_the_portfolio_is_read_as_it_stands(tmp_path: Path) -> None:
    sector = sector_of(tmp_path, dict(PORTFOLIO))
    assert sector.initiatives == (
        Initiative("I1", "Booking online", "A", "O1", Class.EXPLOIT, mandatory=True, earliest=1, latest=2, risk=1.5),
        Initiative("I2", "Booking by voice", None, None, Class.EXPLORE, earliest=2, group="TALK"),
        Initiative("I3", "Paper"),
    )
    assert sector.initiative_modes[0] == InitiativeMode("I1", Way.ROLL_OUT, 2, 900)
    assert sector.initiative_links[:2] == (InitiativeLink("I2", "I1"), InitiativeLink("I1", "B1", Way.REUSE))
    assert sector.blocks == (Block("B1", "Login", exists=True), Block("B2", "Forms", built_by=("I1",)))
    assert sector.pools[1] == Pool("D", 2, 3.5, "", 20)
    assert [row.amount for row in sector.portfolio_budgets] == [150, 100, 100]
    assert [row.people for row in sector.initiative_people] == [2.5, 1]
    assert sum(row.cost for row in sector.initiative_costs) == 240


def test_a_folder_without_it_reads_as_before(tmp_path: Path) -> None:
    sector = sector_of(tmp_path)
    assert sector.initiatives == (Initiative("I1", "Booking online"),)
    names = ("objectives", "initiative_modes", "initiative_links", "blocks", "pools", "portfolio_budgets")
    assert not any(getattr(sector, name) for name in names)


@pytest.mark.parametrize("name", ["again", "again.xlsx"])
def test_it_is_written_and_read_back(tmp_path: Path, name: str) -> None:
    settings = "periods = 2\ndiscount = 0.9\nexplore_least = 0.1\nexplore_most = 0.4\nrisk_cap = 5\n"
    sector = sector_of(tmp_path / "first", {**PORTFOLIO, "plan.toml": settings + "periods_per_quarter = 3\n"})
    assert sector.settings == Settings(2, "EUR", 0.0, 1e-6, 8.0, 0, 0.9, 0.1, 0.4, 5.0, 3.0)
    write(sector, tmp_path / name)
    assert content(read(tmp_path / name)) == content(sector)


def test_without_a_cap_on_risk_none_is_written(tmp_path: Path) -> None:
    sector = sector_of(tmp_path / "first")
    write(sector, tmp_path / "again")
    assert "risk_cap" not in (tmp_path / "again" / "plan.toml").read_text()
    assert read(tmp_path / "again").settings.risk_cap is None


@pytest.mark.parametrize(
    ("there", "cells"), [(True, ["yes", "Oui", "x", "TRUE", "1"]), (False, ["no", "nej", "0", ""])], ids=["yes", "no"]
)
def test_yes_and_no_are_read_in_three_languages(tmp_path: Path, *, there: bool, cells: list[str]) -> None:
    rows = "".join(f"X{place},{cell}\n" for place, cell in enumerate(cells))
    sector = sector_of(tmp_path, with_(blocks=f"block_id,exists\nB1,\nB2,\n{rows}"))
    assert [block.exists for block in sector.blocks[2:]] == [there] * len(cells)


FAULTS: list[tuple[dict[str, str | bytes | None], str]] = [
    (
        with_(blocks="block_id,exists\nB1,perhaps\nB2,yes\n"),
        "blocks.csv:2:2: exists “perhaps” is neither yes nor no; write yes or no",
    ),
    (
        with_(initiatives=PORTFOLIO["initiatives.csv"].replace("yes,1,2", "yes,3,2")),
        "initiatives.csv:2:8: latest 2 is before earliest 3; write the last quarter it may start in, or leave it empty",
    ),
    (
        with_(initiatives=PORTFOLIO["initiatives.csv"].replace("yes,1,2", "yes,2027,")),
        "initiatives.csv:2:7: earliest “2027” is above 400; write 1 to 400",
    ),
    (
        with_(initiatives=PORTFOLIO["initiatives.csv"].replace("explore,,2", "explorer,,2")),
        "initiatives.csv:3:5: class: “explorer” is none of explore, exploit; write one of them",
    ),
    (
        with_(initiatives=PORTFOLIO["initiatives.csv"].replace("I3,Paper,,,,,", "I3,Paper,,,,yes,")),
        (
            "initiatives.csv:4:6: “I3” is mandatory, and initiative_modes has none of it; add the ways to carry “I3” "
            "out there, or change this cell"
        ),
    ),
    (
        with_(blocks=PORTFOLIO["blocks.csv"] + "I3,Third,,\n"),
        "blocks.csv:4:1: block_id “I3” is an id of initiatives.csv too; give the block another id",
    ),
    (
        with_(blocks=PORTFOLIO["blocks.csv"].replace(",,I1", ",,I3")),
        (
            "blocks.csv:3:4: “I3” builds it, and initiative_modes has none of it; add the ways to carry “I3” out "
            "there, or change this cell"
        ),
    ),
    (
        with_(initiative_costs="initiative_id,mode,quarter,cost\nI2,roll_out,1,5\n"),
        "initiative_costs.csv:2:2: initiative_modes has no mode roll_out of “I2”; correct it, or add the mode there",
    ),
    (
        with_(initiative_people=PORTFOLIO["initiative_people.csv"].replace("pilot,1", "pilot,2")),
        (
            "initiative_people.csv:3:3: quarter 2 is after the last of 1 quarters; count quarters from the start, or "
            "raise quarters in initiative_modes"
        ),
    ),
    (
        with_(initiative_costs=PORTFOLIO["initiative_costs.csv"] + "I1,Roll out,2,7\n"),
        (
            "initiative_costs.csv:5:1: initiative_id “I1” and mode “roll_out” and quarter “2” is already in line 3; "
            "keep one of the two rows"
        ),
    ),
    (
        with_(pools=PORTFOLIO["pools.csv"] + "D,,2,9,\n"),
        "pools.csv:4:1: pool_id “D” and quarter “2” is already in line 3; keep one of the two rows",
    ),
    (
        with_(portfolio_budgets="quarter,amount\n1,5\n0,5\n"),
        "portfolio_budgets.csv:3:1: quarter “0” is below 1; write 1 to 400",
    ),
    (
        with_(initiative_links="initiative_id,needs\nI2,I11\n"),
        (
            "initiative_links.csv:2:2: needs “I11” is not in initiatives.csv, nor in blocks.csv; did you mean “I1”? If "
            "not, add it there"
        ),
    ),
    (
        with_(initiative_links="initiative_id,needs\nI2,B22\n"),
        (
            "initiative_links.csv:2:2: needs “B22” is not in blocks.csv, nor in initiatives.csv; did you mean “B2”? If "
            "not, add it there"
        ),
    ),
    (
        with_(initiative_links="initiative_id,needs\nI2,ZZZ\n", blocks=None),
        "initiative_links.csv:2:2: needs “ZZZ” is not in initiatives.csv; correct it, or add it there",
    ),
    (
        with_(initiative_links="initiative_id,needs,mode\nI2,I1,pilot\n"),
        (
            "initiative_links.csv:2:3: mode pilot needs the initiative “I1”, which every mode would wait for; leave "
            "the mode empty, or name a block"
        ),
    ),
    (
        with_(initiative_links="initiative_id,needs,mode\nI2,B1,reuse\n"),
        "initiative_links.csv:2:3: initiative_modes has no mode reuse of “I2”; correct it, or add the mode there",
    ),
    (
        with_(initiative_links="initiative_id,needs\nI2,I3\n"),
        (
            "initiative_links.csv:2:2: “I3” is waited for, and initiative_modes has none of it; add the ways to carry "
            "“I3” out there, or change this cell"
        ),
    ),
    (
        with_(initiative_links="initiative_id,needs\nI3,I1\n"),
        (
            "initiative_links.csv:2:1: “I3” waits for something, and initiative_modes has none of it; add the ways to "
            "carry “I3” out there, or change this cell"
        ),
    ),
    (
        with_(initiative_links="initiative_id,needs\nI2,B1\nI2,I1\nI1,I2\n"),
        "initiative_links.csv:3:2: needs goes round in a ring: I2 → I1 → I2; take one link of the ring away",
    ),
    (
        with_(initiative_links="initiative_id,needs\nI1,I1\n"),
        "initiative_links.csv:2:2: needs goes round in a ring: I1 → I1; take one link of the ring away",
    ),
    (
        {**PORTFOLIO, **NO_BUDGET},
        (
            "initiative_modes.csv:1:1: initiatives have modes, and neither pools nor portfolio_budgets says which "
            "quarters there are; add portfolio_budgets with a row for each quarter, or pools"
        ),
    ),
    (
        with_(objectives=None),
        (
            "objectives.csv:1:1: the table objectives is missing, and initiatives names some of it; add it, with the "
            "headings objective_id, title"
        ),
    ),
    (
        with_(pools=None),
        (
            "pools.csv:1:1: the table pools is missing, and initiative_people names some of it; add it, with the "
            "headings pool_id, quarter, capacity"
        ),
    ),
    (
        {**PORTFOLIO, "plan.toml": "periods = 2\nexplore_least = 0.5\nexplore_most = 0.4\n"},
        "plan.toml:2:1: explore_least 0.5 is above explore_most 0.4; lower the one, or raise the other",
    ),
    (
        {**PORTFOLIO, "plan.toml": "periods = 2\ndiscount = 0\n"},
        "plan.toml:2:1: discount “0” is out of range; write a number above 0, up to 1",
    ),
]


@pytest.mark.parametrize(("changes", "message"), FAULTS, ids=[message[:60] for _, message in FAULTS])
def test_each_fault_has_one_message(tmp_path: Path, changes: dict[str, str | bytes | None], message: str) -> None:
    assert only(report_of(tmp_path, changes)) == message


def test_two_rings_are_two_faults_and_a_long_one_is_cut(tmp_path: Path) -> None:
    names = [f"N{place:02d}" for place in range(14)]
    links = [(names[0], names[1]), (names[1], names[0])]
    links += [(one, other) for one, other in zip(names[2:], [*names[3:], names[2]], strict=True)]
    rows = "".join(f"{one},{other}\n" for one, other in links)
    report = report_of(
        tmp_path,
        with_(
            initiatives="initiative_id,title\nI1,Old\nI2,New\n" + "".join(f"{name},{name}\n" for name in names),
            initiative_modes=PORTFOLIO["initiative_modes.csv"] + "".join(f"{name},pilot,1,1\n" for name in names),
            initiative_links=f"initiative_id,needs\n{rows}",
            objectives=None,
        ),
    )
    assert found(report) == [("initiative_links.csv", line, 2, Kind.CYCLE) for line in (2, 4)]
    assert "N02 → N03 → N04 → N05 → N06 → N07 → N08 → N09 → N10 → … → N02" in report.problems[1].what


def test_modes_alone_do_not_matter_where_there_are_none(tmp_path: Path) -> None:
    headings = {name: text.splitlines()[0] + "\n" for name, text in PORTFOLIO.items() if name != "initiatives.csv"}
    sector = sector_of(tmp_path, {**headings, "initiatives.csv": FILES["initiatives.csv"]})
    assert sector.initiative_modes == ()


def test_a_workbook_says_yes_in_its_own_way(tmp_path: Path) -> None:
    rows: list[list[object]] = [["block_id", "exists"], ["LOGIN", True], ["CHART", "yes"], ["FORMS", False]]
    sector = check(book(tmp_path / "sector.xlsx", {"blocks": rows, "plan": [["periods", 4]]})).sector
    assert sector is not None
    assert [block.exists for block in sector.blocks] == [True, True, False]


T = TypeVar("T")
ID = st.text(string.ascii_letters + "-=+@'.é", min_size=1, max_size=6).filter(lambda text: text.casefold() != "all")
NAME = st.sampled_from(["Forms", "=1+1", "'-x", "yes", "007", "a|b", "é\nf"])
AMOUNT = st.floats(0, 1e9)


@st.composite
def portfolios(draw: st.DrawFn, sector: Sector) -> Sector:
    """Draw rows in every table of a portfolio, around a sector's units."""

    def some(values: Sequence[T]) -> list[T]:
        return draw(st.lists(st.sampled_from(values), unique=True, max_size=4)) if values else []

    ids = draw(st.lists(ID, min_size=4, max_size=6, unique=True))
    objectives, initiatives, blocks, pools = ids[:2], ids[:2], ids[2:3], ids[3:]
    quarter, maybe_quarter = st.integers(1, 9), st.one_of(st.none(), st.integers(1, 4))
    modes = [InitiativeMode(initiatives[0], draw(st.sampled_from(Way)), draw(quarter), draw(AMOUNT))]
    modes += [InitiativeMode(initiatives[1], way, draw(quarter), draw(AMOUNT)) for way in some(list(Way))]
    within = [(row.initiative_id, row.mode, q) for row in modes for q in range(1, row.quarters + 1)]
    planned = [name for name in initiatives if any(row.initiative_id == name for row in modes)]
    links = [
        InitiativeLink(name, blocks[0], draw(st.sampled_from([None, *ways(modes, name)]))) for name in some(planned)
    ]
    links += [InitiativeLink(initiatives[1], initiatives[0])] if len(planned) > 1 else []
    return replace(
        sector,
        initiative_skills=(),
        objectives=tuple(Objective(name, draw(NAME)) for name in objectives),
        initiatives=tuple(
            Initiative(
                name,
                draw(NAME),
                draw(st.sampled_from([None, *(unit.unit_id for unit in sector.units)])),
                draw(st.sampled_from([None, *objectives])),
                draw(st.sampled_from([None, *Class])),
                draw(st.booleans()) and name in planned,
                draw(maybe_quarter),
                draw(st.one_of(st.none(), st.integers(4, 9))),
                draw(st.floats(0, 9)),
                draw(st.sampled_from(["", "A", "=b"])),
            )
            for name in initiatives
        ),
        initiative_modes=tuple(modes),
        initiative_costs=tuple(InitiativeCost(*key, draw(AMOUNT)) for key in some(within)),
        initiative_people=tuple(
            InitiativePeople(*key, draw(st.sampled_from(pools)), draw(AMOUNT)) for key in some(within)
        ),
        initiative_links=tuple(links),
        blocks=tuple(Block(name, draw(NAME), draw(st.booleans()), tuple(some(planned))) for name in blocks),
        pools=tuple(Pool(name, draw(quarter), draw(AMOUNT), draw(NAME), draw(AMOUNT)) for name in pools),
        portfolio_budgets=tuple(PortfolioBudget(q, draw(AMOUNT)) for q in some([1, 2, 5])),
    )


def ways(modes: Sequence[InitiativeMode], initiative: str) -> list[Way]:
    """The modes of an initiative."""
    return [row.mode for row in modes if row.initiative_id == initiative]


@pytest.mark.parametrize("name", ["again", "again.xlsx"])
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_portfolio_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("portfolio")
    sector = data.draw(portfolios(sector_of(folder / "base")))
    write(sector, folder / name)
    assert content(read(folder / name)) == content(sector)
