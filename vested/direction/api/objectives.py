"""Objectives, their measures, and what was observed of them, for programs."""

from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked
from vested.core.api.versions import DESCRIBED, answered, matching
from vested.core.viewer import viewer_of
from vested.direction.actions import add_measure, change_objective, close_objective, observe, open_objective
from vested.direction.filters import ObjectiveFilter
from vested.direction.forms.objectives import AddMeasure, ChangeObjective, CloseObjective, Observe, OpenObjective
from vested.direction.models import Measure, Objective, Observation
from vested.direction.queries.measures import Verdict, stands, worst
from vested.direction.queries.objectives import measures_seen, objectives_listed
from vested.direction.views.parts import leading

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


class ObjectiveChanged(Schema):
    """What is to be reached, in other words."""

    title: str = Field(description="A state, not a task.")
    why: str = Field(description="Whose need it serves, and what is worse without it.")
    about: Objective.About
    parent: int | None = Field(None, description="The objective it serves; null: the vision itself")
    owner: str = Field("", description="Name or code; empty: yourself.")
    ends_on: date
    code: str = Field("", description="Your own code for it.")


class ObjectiveOpened(ObjectiveChanged):
    """What is to be reached."""

    unit: int | None = Field(None, description="null: the whole sector")
    starts_on: date


class ObjectiveClosed(Schema):
    """That an objective is reached, or left."""

    reached: bool
    why: str = Field(description="How you know, or why it is left.")


class MeasureAdded(Schema):
    """How one sees that an objective is near."""

    name: str
    counts: str = Field(description="In what it is counted.")
    better: Measure.Better
    baseline: float
    baseline_on: date
    target: float
    target_on: date
    path: list[tuple[date, float]] = Field([], description="Points between baseline and target; without, straight.")
    every_days: int = Field(92, description="After so many days without an observation, it says that nobody looked.")


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
def objective(request: HttpRequest, response: HttpResponse, pk: Key) -> Objective | HttpResponse:
    """Read one objective, and how it stands."""
    return answered(request, response, _found(request, pk))


@router.post("/objectives", response={201: ObjectiveOut})
def objective_open(request: HttpRequest, body: ObjectiveOpened) -> Objective:
    """Open an objective of a unit you lead, or of the whole sector."""
    viewer = leading(request)
    answers = checked(OpenObjective(body.model_dump(), viewer=viewer, today=localdate()))
    return _found(request, open_objective(by=viewer, **answers).pk)


@router.post("/objectives/{pk}/change", response=ObjectiveOut, openapi_extra=DESCRIBED)
def objective_change(
    request: HttpRequest, response: HttpResponse, pk: Key, body: ObjectiveChanged
) -> Objective | HttpResponse:
    """Change an objective that is open; its unit, its first day and its measures stay."""
    viewer, found = viewer_of(request), _found(request, pk)
    with matching(request, found, shown=ObjectiveOut, again=lambda: _found(request, pk)) as version:
        given = {**body.model_dump(), "version": version}
        answers = checked(ChangeObjective(given, viewer=viewer, today=localdate()))
        change_objective(by=viewer, objective=found, **answers)
    return answered(request, response, _found(request, pk))


@router.post("/objectives/{pk}/close", response=ObjectiveOut, openapi_extra=DESCRIBED)
def objective_close(
    request: HttpRequest, response: HttpResponse, pk: Key, body: ObjectiveClosed
) -> Objective | HttpResponse:
    """Close an objective: it is reached, or left with a reason; it stays in the list."""
    viewer, found, today = viewer_of(request), _found(request, pk), localdate()
    with matching(request, found, shown=ObjectiveOut, again=lambda: _found(request, pk)) as version:
        given = {"reached": "yes" if body.reached else "no", "why": body.why, "version": version}
        answers = checked(CloseObjective(given, viewer=viewer, today=today))
        close_objective(by=viewer, objective=found, on=today, **answers)
    return answered(request, response, _found(request, pk))


@router.get("/objectives/{pk}/measures", response=Listed[MeasureOut], openapi_extra=MEASURES.described())
def objective_measures(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List how an objective is measured, and how each measure stands."""
    found = get_object_or_404(Objective.objects.all().visible_to(viewer_of(request)), pk=pk)
    return MEASURES.page(request, measures_seen(viewer_of(request)).filter(objective=found), paging)


@router.post("/objectives/{pk}/measures", response={201: MeasureOut})
def measure_add(request: HttpRequest, pk: Key, body: MeasureAdded) -> Measure:
    """Say how one sees that an objective is near; once said it stays."""
    viewer, found = viewer_of(request), _found(request, pk)
    answers = checked(AddMeasure(body.model_dump(exclude={"path"}), viewer=viewer, today=localdate()))
    measure = add_measure(by=viewer, objective=found, **{**answers, "path": body.path})
    return measures_seen(viewer).get(pk=measure.pk)


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


def _found(request: HttpRequest, pk: int) -> Objective:
    return get_object_or_404(objectives_listed(viewer_of(request)), pk=pk)


def _measure(request: HttpRequest, pk: int) -> Measure:
    rows = Measure.objects.all().visible_to(viewer_of(request))
    return get_object_or_404(rows.select_related("objective__unit"), pk=pk)


def _seen(request: HttpRequest) -> QuerySet[Observation]:
    return Observation.objects.all().visible_to(viewer_of(request))
