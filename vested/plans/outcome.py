"""All that a finished plan's files and report are written from."""

from dataclasses import dataclass
from enum import StrEnum

from vested.engines.training import Explanation, Gain, Plan, Problem
from vested.formats.sector_folder import Sector
from vested.plans.roadmap import Roadmap


class Stopped(StrEnum):
    """Why the search ended."""

    GAP = "gap"
    TIME = "time"
    INTERRUPT = "interrupt"


@dataclass(frozen=True, slots=True)
class Group:
    """People whose gap fairness looks at: a ministry or agency with all below it (``unit``), or a grade."""

    kind: str
    group_id: str
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class CurvePoint:
    """The plan at ``factor`` times every budget."""

    factor: float
    plan: Plan


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A sector, its plan and what there is to say about it.

    Rows of the problem are rows of the sector, in its order: people are ``sector.staff``, needs are
    ``sector.initiative_skills``, budgets are ``sector.budgets`` and so on. ``groups`` are in the order of
    ``plan.fairness``: ministries and agencies in the sector's order, then the grades sorted by name. ``gains`` are the
    dearest seats and budgets, solved again. ``curve`` is empty where it was not asked for, else it has one point per
    factor, 1.0 being this plan. With a ``roadmap`` the sector's needs are those of the initiatives that start, dated by
    their starts; ``roadmap.sector`` has them as they stand in the files.
    """

    sector: Sector
    problem: Problem
    groups: tuple[Group, ...]
    plan: Plan
    explanation: Explanation
    gains: tuple[Gain, ...]
    curve: tuple[CurvePoint, ...]
    stopped: Stopped
    seconds: float
    roadmap: Roadmap | None = None
