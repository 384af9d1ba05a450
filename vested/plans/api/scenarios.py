"""Scenarios, and what is said of them, for programs."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked, one_of
from vested.core.api.versions import DESCRIBED, answered, matching
from vested.core.api.work import JobOut
from vested.core.models import Job
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer, viewer_of
from vested.plans.actions import (
    ask_for_scenario,
    change_scenario,
    comment,
    copy_scenario,
    remove_scenario,
    share_scenario,
    solve_scenario,
)
from vested.plans.api.asked import AskedIn, asked_of
from vested.plans.asked import MOST_MONEY, Asked
from vested.plans.filters import ScenarioFilter
from vested.plans.forms.naming import Naming, Say
from vested.plans.models import Comment, Scenario
from vested.plans.queries.scenarios import State, scenarios_listed

router = Router()


class ScenarioIn(Schema):
    """A new scenario."""

    name: str
    note: str = ""
    asked: AskedIn | None = Field(None, description="What is not given is as usual.")


class ScenarioChange(Schema):
    """Another name, note or settings; what is not given stays."""

    name: str | None = None
    note: str | None = None
    asked: AskedIn | None = None


class CopyIn(Schema):
    """What a copy is called, and how much money it has."""

    name: str
    money: float | None = Field(None, ge=0, le=MOST_MONEY / 100, description="Times every budget; null: the same.")


class SharedIn(Schema):
    """Whether everybody who may see plans sees it."""

    shared: bool


class CommentIn(Schema):
    """What is said."""

    words: str


class ScenarioOut(Schema):
    """A question put to the planner."""

    id: int
    name: str
    note: str
    by: int | None = Field(alias="by_id", description="The person who made it.")
    copied_from: int | None = Field(alias="copied_from_id")
    shared: bool = Field(description="With everybody who may see plans.")
    asked: dict[str, Any]
    created_at: datetime
    version: int


class ScenarioLine(ScenarioOut):
    """A scenario in a list, with what came of it."""

    state: str = one_of(State, "Of its newest plan.")
    plan: int | None = Field(alias="ready", description="The newest that is solved.")
    share: float | None = Field(description="Share of the weighted gap that closes.")
    cost: float | None
    missing: float | None = Field(description="The share it misses to the best possible at most; null: not proven.")
    stale: bool = Field(description="Whether data have changed since it was solved.")


class CommentOut(Schema):
    """Something said about a scenario."""

    id: int
    by: int | None = Field(alias="by_id")
    at: datetime
    words: str


SCENARIOS = ListOf(
    filters=ScenarioFilter,
    sorts={"name": "find", "created_at": "created_at", "share": "share", "cost": "cost", "state": "state"},
    usual="-created_at",
)
COMMENTS = ListOf(sorts={"at": "at"}, usual="at")


@router.get("/scenarios", response=Listed[ScenarioLine], openapi_extra=SCENARIOS.described())
def scenarios(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the scenarios you may see, with what came of each."""
    viewer = viewer_of(request)
    require(viewer, Permission.PLAN_SEE)
    return SCENARIOS.page(request, scenarios_listed(viewer), paging)


@router.get("/scenarios/{pk}", response=ScenarioOut)
def scenario(request: HttpRequest, response: HttpResponse, pk: Key) -> Scenario | HttpResponse:
    """Read one scenario."""
    return answered(request, response, scenario_at(request, pk))


@router.post("/scenarios", response={201: ScenarioOut})
def scenario_make(request: HttpRequest, body: ScenarioIn) -> Scenario:
    """Make a scenario."""
    viewer = viewer_of(request)
    require(viewer, Permission.PLAN_MAKE)
    given = checked(Naming({"name": body.name, "note": body.note}))
    return ask_for_scenario(by=viewer, asked=asked_of(viewer, Asked(), body.asked), at=timezone.now(), **given)


@router.post("/scenarios/{pk}/change", response=ScenarioOut, openapi_extra=DESCRIBED)
def scenario_change(
    request: HttpRequest, response: HttpResponse, pk: Key, body: ScenarioChange
) -> Scenario | HttpResponse:
    """Change what a scenario is called and asks for."""
    viewer, found = _made(request, pk)
    name, note = (was if now is None else now for was, now in ((found.name, body.name), (found.note, body.note)))
    given = checked(Naming({"name": name, "note": note}))
    asked = asked_of(viewer, found.settings, body.asked)
    with matching(request, found, shown=ScenarioOut, again=lambda: scenario_at(request, pk)) as version:
        change_scenario(by=viewer, scenario=found, asked=asked, version=version, **given)
    return answered(request, response, scenario_at(request, pk))


@router.post("/scenarios/{pk}/copy", response={201: ScenarioOut})
def scenario_copy(request: HttpRequest, pk: Key, body: CopyIn) -> Scenario:
    """Make a scenario that asks for the same, or for the same with other money."""
    viewer, found = _made(request, pk)
    given = checked(Naming({"name": body.name}))
    return copy_scenario(by=viewer, scenario=found, name=given["name"], money=body.money, at=timezone.now())


@router.post("/scenarios/{pk}/share", response=ScenarioOut, openapi_extra=DESCRIBED)
def scenario_share(request: HttpRequest, response: HttpResponse, pk: Key, body: SharedIn) -> Scenario | HttpResponse:
    """Let everybody who may see plans see a scenario, or keep it to yourself."""
    viewer, found = _made(request, pk)
    with matching(request, found, shown=ScenarioOut, again=lambda: scenario_at(request, pk)) as version:
        share_scenario(by=viewer, scenario=found, shared=body.shared, version=version)
    return answered(request, response, scenario_at(request, pk))


@router.post("/scenarios/{pk}/remove", response={204: None}, openapi_extra=DESCRIBED)
def scenario_remove(request: HttpRequest, pk: Key) -> None:
    """Remove a scenario with the plans nobody has decided on; this cannot be undone."""
    viewer, found = _made(request, pk)
    with matching(request, found, shown=ScenarioOut, again=lambda: scenario_at(request, pk)) as version:
        remove_scenario(by=viewer, scenario=found, version=version)


@router.post("/scenarios/{pk}/solve", response={202: JobOut})
def scenario_solve(request: HttpRequest, pk: Key) -> Job | None:
    """Solve a scenario with the data as they are now: the job that does."""
    viewer, found = _made(request, pk)
    return solve_scenario(by=viewer, scenario=found, at=timezone.now()).job


@router.get("/scenarios/{pk}/comments", response=Listed[CommentOut], openapi_extra=COMMENTS.described())
def scenario_comments(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List what was said about a scenario."""
    rows = Comment.objects.all().visible_to(viewer_of(request))
    return COMMENTS.page(request, rows.filter(scenario=scenario_at(request, pk)), paging)


@router.post("/scenarios/{pk}/comments", response={201: CommentOut})
def scenario_say(request: HttpRequest, pk: Key, body: CommentIn) -> Comment:
    """Say something about a scenario."""
    found = scenario_at(request, pk)
    return comment(by=viewer_of(request), scenario=found, at=timezone.now(), **checked(Say({"words": body.words})))


def scenario_at(request: HttpRequest, pk: int) -> Scenario:
    """Find a scenario the viewer may see; else 404."""
    return get_object_or_404(Scenario.objects.all().visible_to(viewer_of(request)), pk=pk)


def _made(request: HttpRequest, pk: int) -> tuple[Viewer, Scenario]:
    """The viewer, who may make plans, and the scenario."""
    found = scenario_at(request, pk)
    viewer = viewer_of(request)
    require(viewer, Permission.PLAN_MAKE)
    return viewer, found
