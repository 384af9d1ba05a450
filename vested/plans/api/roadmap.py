"""The roadmap of a plan, for programs."""

from datetime import date
from math import isfinite

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema

from vested.core.api.lists import Key
from vested.core.api.work import JobOut
from vested.core.models import Job
from vested.core.viewer import viewer_of
from vested.plans.actions import ask_for_frontier
from vested.plans.models import Plan
from vested.plans.queries.frontier import At, frontier_of
from vested.plans.queries.solved import solved
from vested.plans.roadmap import Roadmap, skills_of, why_of
from vested.portfolio.queries.quarters import later

router = Router()


class ChosenOut(Schema):
    """An initiative the roadmap was chosen among."""

    code: str = Field(description="The office's own.")
    title: str
    mode: str | None = Field(description="null: it does not start.")
    starts_on: date | None
    quarters: int | None
    skills: str | None = Field(description="there, late, later (needed after the last period) or none.")
    why: str = Field(description="Why it does not start, and the smallest change with which it would.")


class AtOut(Schema):
    """The best roadmap found within a limit."""

    limit: float = Field(description="The risk there may be at most, or the share of costs that explores at least.")
    own: bool = Field(description="The plan's own.")
    value: float
    ceiling: float | None = Field(alias="bound", description="None within the limit is worth more; null: not proven.")
    distance: float | None = Field(alias="missing", description="The share the value misses at most.")
    starts: int
    came: list[str] = Field(description="Codes of initiatives that start, and not in the plan.")
    went: list[str] = Field(description="Codes of those that start in the plan alone.")
    moved: int = Field(description="Those that start in another way or quarter.")


class FrontierOut(Schema):
    """What more risk or more exploring buys; empty where nobody has asked yet."""

    risk: list[AtOut] = Field([])
    explore: list[AtOut] = Field([])


class RoadmapOut(Schema):
    """Which initiatives start, when, and how near that is to the best possible; of the training it says nothing."""

    first: date | None = Field(description="The day quarter 1 begins on.")
    value: float
    ceiling: float | None = Field(description="No roadmap within the same limits is worth more; null: not proven.")
    distance: float | None = Field(description="The share the value misses at most.")
    risk: float = Field(description="What the risks of all that starts add up to.")
    risk_cap: float | None = Field(description="What they may add up to; null: no cap.")
    initiatives: list[ChosenOut]


@router.get("/plans/{pk}/roadmap", response=RoadmapOut)
def plan_roadmap(request: HttpRequest, pk: Key) -> dict[str, object]:
    """Read the roadmap of a solved plan; 404 where it has none."""
    frozen = solved(_undertaken(request, pk))
    road = frozen.outcome.roadmap
    if road is None:
        raise Http404
    proven, cap = isfinite(road.plan.bound), road.problem.limits.risk
    return {
        "first": frozen.first,
        "value": road.plan.value,
        "ceiling": max(road.plan.bound, road.plan.value) if proven else None,
        "distance": max(road.plan.gap, 0.0) if proven else None,
        "risk": road.plan.risk,
        "risk_cap": cap if isfinite(cap) else None,
        "initiatives": [_chosen(road, p, frozen.first) for p in range(len(road.index.initiatives))],
    }


@router.get("/plans/{pk}/frontier", response=FrontierOut)
def plan_frontier(request: HttpRequest, pk: Key) -> dict[str, list[At]]:
    """Read what a plan's roadmap would be worth with more or less risk, or exploring; 404 where it has none."""
    return frontier_of(_undertaken(request, pk))


@router.post("/plans/{pk}/frontier", response={202: JobOut})
def plan_frontier_solve(request: HttpRequest, pk: Key) -> Job | None:
    """Choose a plan's roadmap anew within other limits: the job that does."""
    return ask_for_frontier(by=viewer_of(request), plan=_undertaken(request, pk), at=timezone.now()).extra


def _undertaken(request: HttpRequest, pk: int) -> Plan:
    """A solved plan with a roadmap; else 404."""
    found = get_object_or_404(Plan.objects.all().visible_to(viewer_of(request)).light(), pk=pk)
    if "undertaken" not in found.figures:
        raise Http404
    return found


def _chosen(road: Roadmap, p: int, first: date | None) -> dict[str, object]:
    row, at, mode = road.sector.initiatives[road.index.initiatives[p]], road.starts.get(p), road.modes.get(p)
    return {
        "code": row.initiative_id,
        "title": row.title,
        "mode": None if mode is None else road.sector.initiative_modes[mode].mode.value,
        "starts_on": None if at is None or first is None else later(first, at),
        "quarters": None if mode is None else road.sector.initiative_modes[mode].quarters,
        "skills": None if at is None else skills_of(road, p),
        "why": why_of(road.sector, road, p),
    }
