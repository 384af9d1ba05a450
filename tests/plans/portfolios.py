"""Sectors with a portfolio, small enough to be gone through by hand."""

from dataclasses import replace

import numpy as np

from tests.plans.sectors import random_sector
from vested.formats.sector_folder import (
    Block,
    Class,
    Course,
    Initiative,
    InitiativeCost,
    InitiativeLink,
    InitiativeMode,
    InitiativePeople,
    InitiativeSkill,
    Levels,
    Outcome,
    Person,
    Pool,
    PortfolioBudget,
    Requirement,
    Role,
    Sector,
    Session,
    Settings,
    Skill,
    Unit,
    UnitKind,
    Way,
)


def by_hand() -> Sector:
    """Two people nobody has taught yet, one course with one seat in period 1 and one in period 3; three initiatives.

    BOOK (benefit 100) needs one person at level 2 when it starts, TIDE (90) both. PAPER (10) needs nobody. There is
    money for one of them a quarter, each takes one, and there are four quarters. Nothing is discounted much.
    """
    none = np.zeros(0)
    return Sector(
        settings=Settings(periods=3, discount=0.9, seed=1),
        units=(Unit("M", "Ministry of Tides", UnitKind.MINISTRY),),
        staff=tuple(Person(f"P{n}", f"Person {n}", "M", "R", 10.0) for n in (1, 2)),
        skills=(Skill("S", "Booking"),),
        roles=(Role("R", "Officer"),),
        role_requirements=(Requirement("R", "S", 2.0),),
        levels=Levels(*(none.astype(np.int32),) * 2, none, none, *(none.astype(np.int32),) * 2),
        courses=(Course("C", "Booking", 5.0, 1.0),),
        course_outcomes=(Outcome("C", "S", 2.0),),
        sessions=(Session("C-1", "C", 1, seats=1), Session("C-3", "C", 3, seats=1)),
        initiatives=(
            Initiative("BOOK", "Booking online", class_=Class.EXPLORE),
            Initiative("TIDE", "Tide warnings"),
            Initiative("PAPER", "No paper"),
        ),
        initiative_skills=(
            InitiativeSkill("BOOK", "S", 2.0, 1, 1, weight=3.0),
            InitiativeSkill("TIDE", "S", 2.0, 2, 1, weight=3.0),
        ),
        initiative_modes=tuple(
            InitiativeMode(name, Way.ROLL_OUT, 1, benefit)
            for name, benefit in (("BOOK", 100), ("TIDE", 90), ("PAPER", 10))
        ),
        initiative_costs=tuple(InitiativeCost(name, Way.ROLL_OUT, 1, 5.0) for name in ("BOOK", "TIDE", "PAPER")),
        portfolio_budgets=tuple(PortfolioBudget(quarter, 5.0) for quarter in (1, 2, 3, 4)),
    )


def random_portfolio(seed: int, *, initiatives: int = 6, quarters: int = 4) -> Sector:
    """A random sector whose initiatives have modes, links, a block, pools and tight money."""
    sector, rng = random_sector(seed, people=10), np.random.default_rng(seed)
    names = [f"N{n}" for n in range(initiatives)]
    modes = [
        InitiativeMode(name, way, int(rng.integers(1, 3)), float(rng.integers(10, 100)))
        for name in names
        for way in (Way.PILOT, Way.ROLL_OUT)[: int(rng.integers(1, 3))]
    ]
    within = [(row.initiative_id, row.mode, q) for row in modes for q in range(1, row.quarters + 1)]
    made = [
        Initiative(
            name,
            f"Initiative {n}",
            class_=Class.EXPLORE if rng.random() < 0.3 else None,
            risk=float(rng.integers(0, 4)),
            group="ONE" if n in {3, 4} else "",
        )
        for n, name in enumerate(names)
    ]
    needs = [
        InitiativeSkill(
            names[int(rng.integers(initiatives))],
            f"S{rng.integers(len(sector.skills))}",
            float(rng.integers(2, 6)),
            int(rng.integers(1, 4)),
            1,
            weight=2.0,
        )
        for _ in range(5)
    ]
    return replace(
        sector,
        settings=replace(sector.settings, risk_cap=9.0, explore_most=0.8),
        initiatives=(*sector.initiatives, *made),
        initiative_skills=(*sector.initiative_skills, *needs),
        initiative_modes=tuple(modes),
        initiative_costs=tuple(InitiativeCost(*key, float(rng.integers(1, 9))) for key in within),
        initiative_people=tuple(InitiativePeople(*key, "DEV", float(rng.integers(0, 3))) for key in within),
        initiative_links=(InitiativeLink(names[1], names[0]), InitiativeLink(names[2], "BLOCK")),
        blocks=(Block("BLOCK", built_by=(names[0],)),),
        pools=tuple(Pool("DEV", quarter, 4.0, "Developers", 10.0) for quarter in range(1, quarters + 1)),
        portfolio_budgets=tuple(PortfolioBudget(quarter, 14.0) for quarter in range(1, quarters + 1)),
    )
