"""Solved plans for programs: their figures, who learns what, units, and what is said of a person."""

from datetime import date, datetime
from typing import TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging
from vested.core.looks import What, seen
from vested.core.models import Unit
from vested.core.viewer import viewer_of
from vested.plans.filters_plans import AssignmentFilter
from vested.plans.models import Plan
from vested.plans.queries.people import Told, assignments_listed, found_of, place_of, told_of
from vested.plans.queries.solved import figures
from vested.plans.queries.units import InUnit, in_unit
from vested.plans.report.figures import Cell, Certificate

router = Router()
T = TypeVar("T")


class PlanOut(Schema):
    """The answer to a scenario at a moment."""

    id: int
    scenario: int = Field(alias="scenario_id")
    number: int = Field(description="1, 2, … of its scenario.")
    state: str
    asked_at: datetime
    solved_at: datetime | None


class CertificateOut(Schema):
    """What a plan reaches, and what no plan within the same limits can beat."""

    pairs: int = Field(description="Of person and compulsory course, to be given.")
    given: int
    most: int = Field(description="No plan gives more of them.")
    fairness: float = Field(description="The share of every group's gap that should close.")
    shortfall: float
    least: float = Field(description="No plan falls less short.")
    value: float
    ceiling: float | None = Field(description="No plan is worth more; null: not proven.")
    distance: float | None = Field(description="The share the value misses at most.")
    gap: float
    closed: float
    cost: float
    budget: float | None
    trained: int
    people: int
    places: int
    periods: int


class GroupOut(Schema):
    """A group of people and their gap, levels per person before and after; null where hidden."""

    name: str = Field(description="Empty: roles of no job family.")
    people: int | None
    before: float | None
    after: float | None


class PlanFigures(Schema):
    """What a plan says, as its pages do."""

    plan: PlanOut
    certificate: CertificateOut
    families: list[GroupOut]


class AssignmentOut(Schema):
    """That a plan gives a person a session."""

    id: int
    person: int = Field(alias="person_id")
    session: int = Field(alias="session_id")
    stays: float | None = Field(description="Share of draws of the levels in which it is there too.")


class UnitOut(Schema):
    """What a plan does for a unit with all below it, as far as you may see it."""

    exact: bool = Field(description="false: what the plan's figures release.")
    whole: GroupOut | None
    families: list[GroupOut]
    trained: int | None
    places: int | None
    cost: float | None


class TakenOut(Schema):
    """A session a plan gives a person, and why."""

    course: str
    session: str
    period: int
    starts_on: date | None
    compulsory: bool
    reason: str


class StepOut(Schema):
    """A skill of a person before the plan and after it."""

    skill: str
    level: float
    error: float | None
    after: float
    asked: float


class TheirPlan(Schema):
    """What a plan says of a person."""

    hours: float
    taken: list[TakenOut]
    steps: list[StepOut]
    unmet: list[str] = Field(description="What was asked for and is not given, and why.")


PLANS = ListOf(sorts={"asked_at": "asked_at", "state": "state"}, usual="-asked_at")
ASSIGNMENTS = ListOf(
    filters=AssignmentFilter,
    sorts={"person": "person__find", "period": "session__period", "course": "session__course__find"},
    usual="person",
)


@router.get("/plans", response=Listed[PlanOut], openapi_extra=PLANS.described())
def plans(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the plans you may see."""
    return PLANS.page(request, _plans(request), paging)


@router.get("/plans/{pk}", response=PlanFigures)
def plan(request: HttpRequest, pk: Key) -> dict[str, object]:
    """Read what a solved plan says."""
    found = _solved(request, pk)
    gaps = figures(found).gaps
    families = [
        _group(family.name, cell) for family, cell in zip(gaps.families, gaps.total.cells, strict=True) if cell.people
    ]
    return {"plan": found, "certificate": _certificate(figures(found).certificate), "families": families}


@router.get("/plans/{pk}/assignments", response=Listed[AssignmentOut], openapi_extra=ASSIGNMENTS.described())
def plan_assignments(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List who takes which session in a plan, as far as you may see people."""
    found = get_object_or_404(_plans(request), pk=pk)
    return ASSIGNMENTS.page(request, assignments_listed(viewer_of(request), found), paging)


@router.get("/plans/{pk}/units/{unit}", response=UnitOut)
def plan_unit(request: HttpRequest, pk: Key, unit: Key) -> dict[str, object]:
    """Read what a plan does for a unit; 404 where it was computed without it."""
    viewer, found = viewer_of(request), _solved(request, pk)
    what = get_object_or_404(Unit.objects.all().visible_to(viewer), pk=unit)
    return _unit(_there(in_unit(viewer, found, what)))


@router.get("/plans/{pk}/people/{person}", response=TheirPlan)
def plan_person(request: HttpRequest, pk: Key, person: Key) -> dict[str, object]:
    """Read what a plan says of a person; of the adopted plan everybody reads what it says of themselves."""
    found, who = found_of(viewer_of(request), pk, person)
    seen([who.pk], What.PLAN)
    return _told(told_of(found, _there(place_of(found, who.pk))))


def _plans(request: HttpRequest) -> QuerySet[Plan]:
    return Plan.objects.all().visible_to(viewer_of(request)).light()


def _solved(request: HttpRequest, pk: int) -> Plan:
    found = get_object_or_404(_plans(request), pk=pk)
    if not found.ready:
        raise Http404
    return found


def _there(found: T | None) -> T:
    if found is None:
        raise Http404
    return found


def _certificate(c: Certificate) -> dict[str, object]:
    names = [name for name in CertificateOut.model_fields if name not in {"ceiling", "distance"}]
    ceiling = {"ceiling": c.ceiling, "distance": c.distance} if c.bounded else {"ceiling": None, "distance": None}
    return {name: getattr(c, name) for name in names} | ceiling


def _group(name: str, cell: Cell) -> dict[str, object]:
    if cell.hidden:
        return {"name": name, "people": None, "before": None, "after": None}
    return {"name": name, "people": cell.people, "before": cell.mean_before, "after": cell.mean_after}


def _unit(seen: InUnit) -> dict[str, object]:
    return {
        "exact": seen.exact,
        "whole": _group("", seen.whole) if seen.whole else None,
        "families": [_group(family.name, cell) for family, cell in seen.families],
        "trained": seen.trained,
        "places": seen.places,
        "cost": seen.cost,
    }


def _told(told: Told) -> dict[str, object]:
    taken = [
        {
            "course": one.title,
            "session": one.session,
            "period": one.period,
            "starts_on": one.starts,
            "compulsory": one.compulsory,
            "reason": one.reason,
        }
        for one in told.taken
    ]
    steps = [
        {"skill": one.skill, "level": one.level, "error": one.error, "after": one.after, "asked": one.asked}
        for one in told.steps
    ]
    return {"hours": told.hours, "taken": taken, "steps": steps, "unmet": [one.reason for one in told.unmet]}
