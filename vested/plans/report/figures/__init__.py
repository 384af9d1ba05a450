"""The figures of a report: what a finished plan says, counted and summed, before any words or marks.

Pure functions over an ``Outcome``. What is about fewer than five people is marked hidden here, so that no page can show
it by mistake.
"""

from dataclasses import dataclass
from datetime import date

from vested.plans.outcome import Outcome
from vested.plans.report.figures._certificate import Certificate, certificate
from vested.plans.report.figures._curve import Curve, Point, Shift, changed_people, curve
from vested.plans.report.figures._fairness import FairGroup, Fairness, fairness
from vested.plans.report.figures._gaps import Cell, Family, GapTable, Row, Scope, Widest, gap_table, person_gaps
from vested.plans.report.figures._hiding import LEAST, Line, hide
from vested.plans.report.figures._initiatives import Initiatives, Need, initiatives
from vested.plans.report.figures._levels import LevelsKnown, Source, levels_known
from vested.plans.report.figures._roadmap import Load, Out, RoadmapFigures, Start, roadmap_figures
from vested.plans.report.figures._scarce import STEP, Money, Scarce, Seat, scarce
from vested.plans.report.figures._unmet import MOST_COURSES, MOST_PEOPLE, ByCourse, ByReason, Missed, Unmet, unmet

__all__ = [
    "LEAST",
    "MOST_COURSES",
    "MOST_PEOPLE",
    "STEP",
    "ByCourse",
    "ByReason",
    "Cell",
    "Certificate",
    "Curve",
    "FairGroup",
    "Fairness",
    "Family",
    "Figures",
    "GapTable",
    "Initiatives",
    "LevelsKnown",
    "Line",
    "Load",
    "Missed",
    "Money",
    "Need",
    "Out",
    "Point",
    "RoadmapFigures",
    "Row",
    "Scarce",
    "Scope",
    "Seat",
    "Shift",
    "Source",
    "Start",
    "Unmet",
    "Widest",
    "changed_people",
    "figures_of",
    "hide",
    "levels_known",
    "person_gaps",
    "roadmap_figures",
]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows the plan was computed from."""

    people: int
    units: int
    roles: int
    skills: int
    courses: int
    sessions: int
    initiatives: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything the report says; ``sectors`` are the names of the top units, ``starts`` of the periods' first days."""

    sectors: tuple[str, ...]
    currency: str
    starts: dict[int, date]
    certificate: Certificate
    gaps: GapTable
    fairness: Fairness
    curve: Curve | None
    scarce: Scarce
    initiatives: Initiatives
    unmet: Unmet
    levels: LevelsKnown
    counts: Counts
    roadmap: RoadmapFigures | None


def figures_of(outcome: Outcome, *, printed_on: date | None = None) -> Figures:
    """Compute all figures of a report; ``printed_on`` only says how old the levels are by then."""
    sector, problem = outcome.sector, outcome.problem
    before, after = person_gaps(problem, outcome.plan)
    gaps = gap_table(sector, problem, before, after)
    proven = certificate(outcome, float(before.sum()))
    starts: dict[int, date] = {}
    for session in sector.sessions:
        if session.starts_on:
            starts[session.period] = min(session.starts_on, starts.get(session.period, session.starts_on))
    return Figures(
        sectors=tuple(unit.name for unit in sector.units if unit.parent_id is None),
        currency=sector.settings.currency,
        starts=starts,
        certificate=proven,
        gaps=gaps,
        fairness=fairness(outcome, gaps.fair_hidden),
        curve=curve(outcome, gap=proven.gap, asked=proven.asked, unit_hidden=gaps.fair_hidden),
        scarce=scarce(outcome),
        initiatives=initiatives(outcome),
        unmet=unmet(outcome),
        levels=levels_known(sector, printed_on),
        counts=Counts(
            people=len(sector.staff),
            units=len(sector.units),
            roles=len(sector.roles),
            skills=len(sector.skills),
            courses=len(sector.courses),
            sessions=len(sector.sessions),
            initiatives=len(sector.initiatives),
        ),
        roadmap=roadmap_figures(outcome),
    )
