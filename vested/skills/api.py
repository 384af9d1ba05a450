"""Skills, roles, what they ask for, levels of people and gaps, for programs."""

from datetime import date, datetime
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging
from vested.core.api.people import found_person
from vested.core.models import Unit
from vested.core.viewer import Viewer, viewer_of
from vested.skills.filters import BehindFilter, DemandFilter, FrameworkFilter, RoleFilter, SkillFilter
from vested.skills.models import Demand, Framework, JobFamily, Level, Requirement, Role, Skill
from vested.skills.queries.gaps.cuts import By, Cut, cut
from vested.skills.queries.gaps.needs import needs
from vested.skills.queries.gaps.people import people_behind
from vested.skills.queries.gaps.permitted import starts

router = Router()


class SkillOut(Schema):
    """Something people can be able to do."""

    id: int
    code: str
    name: str
    area: str
    framework: int | None = Field(alias="framework_id")
    uri: str
    shared: bool


class FrameworkOut(Schema):
    """A published list of skills."""

    id: int
    name: str
    shared: bool


class FamilyOut(Schema):
    """Roles of one profession."""

    id: int
    name: str


class RoleOut(Schema):
    """What somebody is employed to do."""

    id: int
    code: str
    name: str
    family: int | None = Field(alias="family_id")
    weight: float


class RequirementOut(Schema):
    """The level of a skill that a role asks for."""

    id: int
    role: int = Field(alias="role_id")
    skill: int = Field(alias="skill_id")
    level: float
    weight: float


class LevelOut(Schema):
    """The level a person has in a skill; none listed means 0."""

    id: int
    skill: int = Field(alias="skill_id")
    level: float
    error: float | None = Field(description="Standard error, in levels.")
    source: str
    assessed_on: date | None


class DemandOut(Schema):
    """People that something asks for, at a level of a skill."""

    id: int
    source: str = Field(alias="source.title")
    skill: int = Field(alias="skill_id")
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
    level: float
    people: int
    by_period: int
    due_on: date | None = Field(description="By which day, once it is decided when the source starts.")
    weight: float


class GapRow(Schema):
    """A group of people and its figures, one for each skill, in their order; null where hidden."""

    id: int | None = Field(description="Of the unit, family or role; null: of none, or the unit itself.")
    name: str
    people: int | None
    below: list[int | None] = Field(description="How many of them are below what their roles ask.")
    short: list[float | None] = Field(description="The levels they are short, together.")


class GapsOut(Schema):
    """Where people are short of what their roles ask."""

    taken_at: datetime | None = Field(description="When the sector was counted; null: never yet.")
    exact: bool = Field(description="false: small groups are hidden.")
    unit: int | None = Field(description="The unit looked at; null: the whole sector")
    skills: list[SkillOut]
    rows: list[GapRow]


class NeedOut(Schema):
    """What something asks for, beside who can do it already; holders and missing are null where hidden from you."""

    demand: DemandOut
    holders: int | None = Field(description="How many people of the unit, or below it, have the level.")
    missing: int | None = Field(description="How many people are missing still.")


class NeedsOut(Schema):
    """What initiatives need in a unit and all below it, or in the whole sector."""

    taken_at: datetime | None = Field(description="When the sector was counted; null: never yet.")
    unit: int | None = Field(description="The unit looked at; null: the whole sector")
    needs: list[NeedOut]


class BehindOut(Schema):
    """Somebody behind a figure."""

    person: int = Field(alias="person_id")
    unit: int = Field(alias="unit_id")
    role: int = Field(alias="role_id")
    level: float
    asked: float
    short: float
    source: str | None
    assessed_on: date | None


class Below(Schema):
    """Of which unit the figures are."""

    unit: int | None = Field(None, ge=1, le=2**63 - 1, description="With all below it.")


class Within(Below):
    """Of whom the figures are."""

    family: int | None = Field(None, ge=1, le=2**63 - 1)
    role: int | None = Field(None, ge=1, le=2**63 - 1)


class GapsAsked(Within):
    """What the rows are, and of whom."""

    by: By = By.UNIT


class BehindAsked(Within):
    """Which figure."""

    skill: int = Field(ge=1, le=2**63 - 1)
    itself: bool = Field(default=False, description="The unit itself, without those below it.")


SKILLS = ListOf(filters=SkillFilter, sorts={"name": "name", "code": "code", "area": "area"}, usual="name")
FRAMEWORKS = ListOf(filters=FrameworkFilter, sorts={"name": "find"}, usual="name")
FAMILIES = ListOf(sorts={"name": "name"}, usual="name")
ROLES = ListOf(filters=RoleFilter, sorts={"name": "name", "code": "code"}, usual="name")
REQUIREMENTS = ListOf(sorts={"skill": "skill__name", "level": "level"}, usual="skill")
LEVELS = ListOf(sorts={"skill": "skill__name", "level": "level"}, usual="skill")
BEHIND = ListOf(
    filters=BehindFilter,
    sorts={"short": "short", "level": "level", "asked": "asked", "name": "person__find"},
    usual="-short",
)
DEMANDS = ListOf(
    filters=DemandFilter,
    sorts={"source": "source__title", "by_period": "by_period", "people": "people"},
    usual="source",
)


@router.get("/skills", response=Listed[SkillOut], openapi_extra=SKILLS.described())
def skills(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the skills of the sector, and those shared with it."""
    return SKILLS.page(request, Skill.objects.all().visible_to(viewer_of(request)), paging)


@router.get("/skills/{pk}", response=SkillOut)
def skill(request: HttpRequest, pk: Key) -> Skill:
    """Read one skill."""
    return get_object_or_404(Skill.objects.all().visible_to(viewer_of(request)), pk=pk)


@router.get("/frameworks", response=Listed[FrameworkOut], openapi_extra=FRAMEWORKS.described())
def frameworks(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the frameworks skills come from, and those shared with the sector."""
    return FRAMEWORKS.page(request, Framework.objects.all().visible_to(viewer_of(request)), paging)


@router.get("/frameworks/{pk}", response=FrameworkOut)
def framework(request: HttpRequest, pk: Key) -> Framework:
    """Read one framework."""
    return get_object_or_404(Framework.objects.all().visible_to(viewer_of(request)), pk=pk)


@router.get("/families", response=Listed[FamilyOut], openapi_extra=FAMILIES.described())
def families(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the job families."""
    return FAMILIES.page(request, JobFamily.objects.all().visible_to(viewer_of(request)), paging)


@router.get("/roles", response=Listed[RoleOut], openapi_extra=ROLES.described())
def roles(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List what people are employed to do."""
    return ROLES.page(request, _roles(request), paging)


@router.get("/roles/{pk}", response=RoleOut)
def role(request: HttpRequest, pk: Key) -> Role:
    """Read one role."""
    return get_object_or_404(_roles(request), pk=pk)


@router.get("/roles/{pk}/requirements", response=Listed[RequirementOut], openapi_extra=REQUIREMENTS.described())
def role_requirements(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List what a role asks for."""
    rows = Requirement.objects.all().visible_to(viewer_of(request))
    return REQUIREMENTS.page(request, rows.filter(role=get_object_or_404(_roles(request), pk=pk)), paging)


@router.get("/people/{pk}/levels", response=Listed[LevelOut], openapi_extra=LEVELS.described())
def person_levels(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List how well a person can do things."""
    rows = Level.objects.visible_to(viewer_of(request))
    return LEVELS.page(request, rows.filter(person=found_person(request, pk)), paging)


@router.get("/demands", response=Listed[DemandOut], openapi_extra=DEMANDS.described())
def demands(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the people that initiatives ask for."""
    rows = Demand.objects.all().visible_to(viewer_of(request))
    return DEMANDS.page(request, rows.select_related("source"), paging)


@router.get("/gaps", response=GapsOut)
def gaps(request: HttpRequest, asked: Query[GapsAsked]) -> dict[str, Any]:
    """Read where people are short of what their roles ask, as the gap explorer counts it."""
    viewer = viewer_of(request)
    seen = cut(viewer, by=asked.by, **_within(viewer, asked))
    return {
        "taken_at": seen.taken_at if seen else None,
        "exact": bool(seen and seen.exact),
        "unit": seen.unit.pk if seen and seen.unit else None,
        "skills": seen.skills if seen else (),
        "rows": _rows(seen) if seen else (),
    }


@router.get("/gaps/needs", response=NeedsOut)
def gap_needs(request: HttpRequest, asked: Query[Below]) -> dict[str, Any]:
    """Read what initiatives need, and how many people are missing for it, as the gap explorer counts them."""
    viewer = viewer_of(request)
    unit = _unit(viewer, asked)
    found = needs(viewer, unit=unit)
    return {
        "taken_at": found.taken_at if found else None,
        "unit": unit.pk if unit else None,
        "needs": found.needs if found else (),
    }


@router.get("/gaps/people", response=Listed[BehindOut], openapi_extra=BEHIND.described())
def gap_people(request: HttpRequest, asked: Query[BehindAsked], paging: Query[Paging]) -> dict[str, object]:
    """List the people behind a figure: who is asked for a skill, and how far each is."""
    viewer, skill = viewer_of(request), get_object_or_404(Skill, pk=asked.skill)
    rows = people_behind(viewer, skill=skill, itself=asked.itself, **_within(viewer, asked))
    return BEHIND.page(request, rows, paging, also=BehindAsked.model_fields)


def _unit(viewer: Viewer, asked: Below) -> Unit | None:
    begin = starts(viewer)
    return get_object_or_404(Unit, pk=asked.unit) if asked.unit else begin[0] if begin else None


def _within(viewer: Viewer, asked: Within) -> dict[str, Any]:
    """The unit, family and role asked for; without a unit, where the viewer may begin to look."""
    return {
        "unit": _unit(viewer, asked),
        "family": get_object_or_404(JobFamily, pk=asked.family) if asked.family else None,
        "role": get_object_or_404(Role, pk=asked.role) if asked.role else None,
    }


def _rows(seen: Cut) -> list[dict[str, Any]]:
    counted = seen.counted
    return [
        {
            "id": row.what.pk if row.what else None,
            "name": str(row.what or ""),
            "people": row.people if row.people >= 0 else None,
            "below": [int(count) if count >= 0 else None for count in counted.below[at]],
            "short": [None if np.isnan(levels) else float(levels) for levels in counted.short[at]],
        }
        for at, row in enumerate(seen.rows)
    ]


def _roles(request: HttpRequest) -> QuerySet[Role]:
    return Role.objects.all().visible_to(viewer_of(request))
