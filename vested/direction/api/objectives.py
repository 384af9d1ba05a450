"""Objectives, their measures, and what was observed of them, for programs."""

from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked
from vested.core.viewer import viewer_of
from vested.direction.actions import observe
from vested.direction.filters import ObjectiveFilter
from vested.direction.forms.objectives import Observe
from vested.direction.models import Measure, Objective, Observation
from vested.direction.queries.measures import Verdict, stands, worst
from vested.direction.queries.objectives import measures_seen, objectives_listed

router = Router()


class ObjectiveOut(Schema):
    """What is to be reached."""

    id: int
    code: str = Field(description="The office's own.")
    title: str
    why: str
    about: Objective.About
    parent: int | None = Field(alias="parent_id", description="null: it serves the vision itself")
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
    owner: str = Field(description="Whose name stands beside it.")
    starts_on: date
    ends_on: date
    closed_on: date | None
    reached: bool | None
    verdict: Verdict = Field(description="As the worst of its measures, computed today.")

    @staticmethod
    def resolve_owner(row: Objective) -> str:
        """Who owns it."""
        return str(row.owner or "")

    @staticmethod
    def resolve_verdict(row: Objective) -> Verdict:
        """How it stands."""
        return worst(row, localdate())


class MeasureOut(Schema):
    """How one sees that an objective is near."""

    id: int
    objective: int = Field(alias="objective_id")
    name: str
    counts: str = Field(description="In what it is counted.")
    better: Measure.Better
    baseline: float
    baseline_on: date
    target: float
    target_on: date
    path: list[tuple[date, float]] = Field(description="Points between baseline and target.")
    every_days: int
    verdict: Verdict

    @staticmethod
    def resolve_verdict(row: Measure) -> Verdict:
        """How it stands."""
        return stands(row, localdate()).verdict


class ObservationOut(Schema):
    """What was seen of a measure on a day."""

    id: int
    measure: int = Field(alias="measure_id")
    on: date
    value: float
    error: float | None = Field(description="Standard error, where the source states one.")
    source: str
    doubt: str


class Seen(Schema):
    """What is seen of a measure."""

    on: date
    value: float
    source: str
    error: float | None = None
    doubt: str = ""


OBJECTIVES = ListOf(
    filters=ObjectiveFilter,
    sorts={"title": "find", "unit": "unit__find", "ends_on": "ends_on", "about": "about"},
    usual="ends_on",
)
MEASURES = ListOf(sorts={"name": "name", "target_on": "target_on"}, usual="name")
OBSERVATIONS = ListOf(sorts={"on": "on"}, usual="on")


@router.get("/objectives", response=Listed[ObjectiveOut], openapi_extra=OBJECTIVES.described())
def objectives(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the objectives of the sector."""
    return OBJECTIVES.page(request, objectives_listed(viewer_of(request)), paging)


@router.get("/objectives/{pk}", response=ObjectiveOut)
def objective(request: HttpRequest, pk: Key) -> Objective:
    """Read one objective, and how it stands."""
    return get_object_or_404(objectives_listed(viewer_of(request)), pk=pk)


@router.get("/objectives/{pk}/measures", response=Listed[MeasureOut], openapi_extra=MEASURES.described())
def objective_measures(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List how an objective is measured, and how each measure stands."""
    found = get_object_or_404(Objective.objects.all().visible_to(viewer_of(request)), pk=pk)
    return MEASURES.page(request, measures_seen(viewer_of(request)).filter(objective=found), paging)


@router.get("/measures/{pk}/observations", response=Listed[ObservationOut], openapi_extra=OBSERVATIONS.described())
def observations(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List what was seen of a measure."""
    return OBSERVATIONS.page(request, _seen(request).filter(measure=_measure(request, pk)), paging)


@router.post("/measures/{pk}/observations", response={201: ObservationOut})
def observation_note(request: HttpRequest, pk: Key, body: Seen) -> Observation:
    """Note what was seen of a measure; a second observation of a day corrects the first, which stays."""
    viewer, today = viewer_of(request), localdate()
    answers = checked(Observe(body.model_dump(), viewer=viewer, today=today))
    return observe(by=viewer, measure=_measure(request, pk), today=today, **answers)


def _measure(request: HttpRequest, pk: int) -> Measure:
    rows = Measure.objects.all().visible_to(viewer_of(request))
    return get_object_or_404(rows.select_related("objective__unit"), pk=pk)


def _seen(request: HttpRequest) -> QuerySet[Observation]:
    return Observation.objects.all().visible_to(viewer_of(request))
