"""The roadmap of a plan, for programs."""

from datetime import date
from math import isfinite

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from vested.core.api.lists import Key
from vested.core.viewer import viewer_of
from vested.plans.models import Plan
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


class RoadmapOut(Schema):
    """Which initiatives start, when, and how near that is to the best possible; of the training it says nothing."""

    first: date | None = Field(description="The day quarter 1 begins on.")
    value: float
    ceiling: float | None = Field(description="No roadmap within the same limits is worth more; null: not proven.")
    distance: float | None = Field(description="The share the value misses at most.")
    initiatives: list[ChosenOut]


@router.get("/plans/{pk}/roadmap", response=RoadmapOut)
def plan_roadmap(request: HttpRequest, pk: Key) -> dict[str, object]:
    """Read the roadmap of a solved plan; 404 where it has none."""
    found = get_object_or_404(Plan.objects.all().visible_to(viewer_of(request)).light(), pk=pk)
    if not found.ready:
        raise Http404
    frozen = solved(found)
    road = frozen.outcome.roadmap
    if road is None:
        raise Http404
    proven = isfinite(road.plan.bound)
    return {
        "first": frozen.first,
        "value": road.plan.value,
        "ceiling": max(road.plan.bound, road.plan.value) if proven else None,
        "distance": max(road.plan.gap, 0.0) if proven else None,
        "initiatives": [_chosen(road, p, frozen.first) for p in range(len(road.index.initiatives))],
    }


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
