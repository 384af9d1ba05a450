"""Scenarios, what is said of them, and how two plans differ, for programs."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked, one_of
from vested.core.api.versions import DESCRIBED, answered, matching
from vested.core.api.work import JobOut
from vested.core.errors import Invalid
from vested.core.looks import What, shown
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
from vested.plans.asked import MOST_PERIODS, MOST_SECONDS, Asked, different
from vested.plans.filters import ScenarioFilter
from vested.plans.forms.scenarios import LEAST_SECONDS, MOST_MONEY, Naming, Say
from vested.plans.models import Comment, Plan, Scenario
from vested.plans.queries.compared import Moved
from vested.plans.queries.comparing import beside, moved_counts, named
from vested.plans.queries.scenarios import State, scenarios_listed, unknown
from vested.plans.views.comparing import proof

router = Router()
MOST_NAMED = 200
MOST_FACTOR = 100.0
MOST_AMOUNT = 1e12


class AskedIn(Schema):
    """What a scenario asks for; what is not given stays as it is, or as usual."""

    money: float = Field(1.0, ge=0, le=MOST_MONEY / 100, description="Times every budget.")
    budgets: dict[str, float] = Field({}, description="Other amounts by the unit's code; “” is the whole sector.")
    periods: int = Field(0, ge=0, le=MOST_PERIODS, description="How far; 0: as far as sessions are held.")
    fairness: float = Field(0.3, ge=0, le=1, description="The share of every group's gap that should close.")
    families: dict[str, float] = Field({}, description="How much job families count, by name; 1 where not named.")
    initiatives: dict[str, float] = Field({}, description="How much initiatives count, by code; 0 leaves one out.")
    compulsory: bool = Field(default=True, description="Compulsory courses come first.")
    keep: bool = Field(default=True, description="What people have accepted stays.")
    without_units: list[str] = Field([], description="Codes of units left out, with all below.")
    without_courses: list[str] = Field([], description="Codes of courses left out.")
    seconds: int = Field(60, ge=LEAST_SECONDS, le=MOST_SECONDS, description="To search, at most.")
    seed: int = Field(0, ge=0, le=2**31 - 1)


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


class OtherScenario(Schema):
    """What to compare with."""

    other: int = Field(ge=1, le=2**63 - 1, description="The other scenario.")


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


class MovedOut(Schema):
    """Something with a figure in both plans; figures about too few people are null."""

    code: str
    name: str
    one: float | None
    other: float | None
    hidden: bool


class PersonMoved(Schema):
    """A person you may see, and how many weighted levels more are closed."""

    person: int
    by: float


class ComparedOut(Schema):
    """What moves from one plan to the other."""

    one: int
    other: int
    proof: str = Field(description="Whether the difference is larger than what is not proven, in words.")
    same: int | None = Field(description="Places that are in both; this and the next are null where hidden from you.")
    gone: int | None
    new: int | None
    moved: int | None = Field(description="People who get other courses.")
    lose: int | None
    gain: int | None
    units: list[MovedOut] = Field(description="Shares of their gaps that close.")
    families: list[MovedOut] = Field(description="Shares of their gaps that close.")
    skills: list[MovedOut] = Field(description="Weighted levels that close.")
    initiatives: list[MovedOut] = Field(description="People who will have the level in time.")
    settings: dict[str, list[Any]] = Field(description="What is asked otherwise: the one's and the other's.")
    losers: list[PersonMoved]
    gainers: list[PersonMoved]


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
    return answered(request, response, _found(request, pk))


@router.post("/scenarios", response={201: ScenarioOut})
def scenario_make(request: HttpRequest, body: ScenarioIn) -> Scenario:
    """Make a scenario."""
    viewer = viewer_of(request)
    require(viewer, Permission.PLAN_MAKE)
    given = checked(Naming({"name": body.name, "note": body.note}))
    return ask_for_scenario(by=viewer, asked=_asked(viewer, Asked(), body.asked), at=timezone.now(), **given)


@router.post("/scenarios/{pk}/change", response=ScenarioOut, openapi_extra=DESCRIBED)
def scenario_change(
    request: HttpRequest, response: HttpResponse, pk: Key, body: ScenarioChange
) -> Scenario | HttpResponse:
    """Change what a scenario is called and asks for."""
    viewer, found = _made(request, pk)
    name, note = (was if now is None else now for was, now in ((found.name, body.name), (found.note, body.note)))
    given = checked(Naming({"name": name, "note": note}))
    asked = _asked(viewer, found.settings, body.asked)
    with matching(request, found, shown=ScenarioOut, again=lambda: _found(request, pk)) as version:
        change_scenario(by=viewer, scenario=found, asked=asked, version=version, **given)
    return answered(request, response, _found(request, pk))


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
    with matching(request, found, shown=ScenarioOut, again=lambda: _found(request, pk)) as version:
        share_scenario(by=viewer, scenario=found, shared=body.shared, version=version)
    return answered(request, response, _found(request, pk))


@router.post("/scenarios/{pk}/remove", response={204: None}, openapi_extra=DESCRIBED)
def scenario_remove(request: HttpRequest, pk: Key) -> None:
    """Remove a scenario with the plans nobody has decided on; this cannot be undone."""
    viewer, found = _made(request, pk)
    with matching(request, found, shown=ScenarioOut, again=lambda: _found(request, pk)) as version:
        remove_scenario(by=viewer, scenario=found, version=version)


@router.post("/scenarios/{pk}/solve", response={202: JobOut})
def scenario_solve(request: HttpRequest, pk: Key) -> Job | None:
    """Solve a scenario with the data as they are now: the job that does."""
    viewer, found = _made(request, pk)
    return solve_scenario(by=viewer, scenario=found, at=timezone.now()).job


@router.get("/scenarios/{pk}/comments", response=Listed[CommentOut], openapi_extra=COMMENTS.described())
def scenario_comments(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List what was said about a scenario."""
    return COMMENTS.page(request, Comment.objects.filter(scenario=_found(request, pk)), paging)


@router.post("/scenarios/{pk}/comments", response={201: CommentOut})
def scenario_say(request: HttpRequest, pk: Key, body: CommentIn) -> Comment:
    """Say something about a scenario."""
    found = _found(request, pk)
    return comment(by=viewer_of(request), scenario=found, at=timezone.now(), **checked(Say({"words": body.words})))


@router.get("/scenarios/{pk}/compared", response=ComparedOut)
def scenario_compared(request: HttpRequest, pk: Key, pair: Query[OtherScenario]) -> dict[str, object]:
    """Compare the newest solved plans of two scenarios: what moves, who gains, who loses."""
    viewer = viewer_of(request)
    one, two = (_solved(_found(request, key)) for key in (pk, pair.other))
    found = beside(viewer, one, two)
    moved = found.compared.people
    losers, gainers = (named(viewer, rows, most=MOST_NAMED) for rows in (moved.losers, moved.gainers))
    shown((who for who, _by in (*losers, *gainers)), What.PLAN)
    return {
        "one": one.pk,
        "other": two.pk,
        "proof": proof(found),
        **moved_counts(viewer, moved),
        "units": _shown(found.compared.units),
        "families": _shown(found.compared.families),
        "skills": _shown(found.compared.skills),
        "initiatives": _shown(found.needs),
        "settings": {name: list(both) for name, both in different(one.settings, two.settings).items()},
        "losers": [{"person": who.pk, "by": by} for who, by in losers],
        "gainers": [{"person": who.pk, "by": by} for who, by in gainers],
    }


def _found(request: HttpRequest, pk: int) -> Scenario:
    return get_object_or_404(Scenario.objects.all().visible_to(viewer_of(request)), pk=pk)


def _made(request: HttpRequest, pk: int) -> tuple[Viewer, Scenario]:
    """The viewer, who may make plans, and the scenario."""
    found = _found(request, pk)
    viewer = viewer_of(request)
    require(viewer, Permission.PLAN_MAKE)
    return viewer, found


def _solved(scenario: Scenario) -> Plan:
    """The newest solved plan."""
    rows = Plan.objects.filter(scenario=scenario).light().select_related("scenario").exclude(solved_at=None)
    found = rows.order_by("-number").first()
    if found is None:
        raise Invalid(_("“%(scenario)s” has no solved plan yet.") % {"scenario": scenario})
    return found


def _asked(viewer: Viewer, now: Asked, given: AskedIn | None) -> Asked:
    """The settings with what is given; Invalid where they speak of what the sector does not have."""
    changed = given.model_dump(exclude_unset=True) if given else {}
    for name in ("without_units", "without_courses"):
        if name in changed:
            changed[name] = tuple(changed[name])
    asked = replace(now, **changed)
    for setting, most in (("budgets", MOST_AMOUNT), ("families", MOST_FACTOR), ("initiatives", MOST_FACTOR)):
        for code, value in getattr(asked, setting).items():
            if not 0 <= value <= most:
                words = {"setting": setting, "code": code, "most": f"{most:g}"}
                raise Invalid(_("%(setting)s: %(code)s must be from 0 to %(most)s.") % words, field="asked")
    if faults := unknown(viewer, asked):
        said = ", ".join(f"{setting}: {code}" for setting, code in faults[:5])
        raise Invalid(_("The sector does not have: %(said)s") % {"said": said}, field="asked")
    return asked


def _shown(rows: tuple[Moved, ...]) -> list[dict[str, object]]:
    return [
        {
            "code": row.code,
            "name": row.name,
            "one": None if row.hidden else row.one,
            "other": None if row.hidden else row.other,
            "hidden": row.hidden,
        }
        for row in rows
    ]
