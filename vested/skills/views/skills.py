"""Skills and frameworks: their lists, the page of one skill, and what initiatives need."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core import amounts, charts
from vested.core.downloads import figures
from vested.core.listing import Column, Listing
from vested.core.panels import panels_for
from vested.core.viewer import viewer_of
from vested.skills.filters import DemandFilter, FrameworkFilter, SkillFilter
from vested.skills.models import Demand, Requirement, Skill
from vested.skills.queries.frameworks import asking, demands_listed, frameworks_listed, skills_listed

MOST = 30


def _url(skill: Skill) -> str:
    return reverse("skills:skill", args=[skill.pk])


def _unit(demand: Demand) -> object:
    return demand.unit or _("Whole sector")


SKILLS = (
    Column(gettext_lazy("Skill"), "name", "find", link=_url),
    Column(gettext_lazy("Area"), "area", "area"),
    Column(gettext_lazy("Framework"), "framework", "framework__find"),
    Column(gettext_lazy("Asked for by roles"), "roles", "roles", number=True),
    Column(gettext_lazy("Needs of initiatives"), "needs", "needs", number=True),
)
FRAMEWORKS = (
    Column(
        gettext_lazy("Framework"), "name", "find", link=lambda row: f"{reverse('skills:skills')}?framework={row.pk}"
    ),
    Column(gettext_lazy("Skills"), "held", "held", number=True),
)
DEMANDS = (
    Column(
        gettext_lazy("Initiative"),
        "source",
        "source__find",
        link=lambda row: reverse("skills:initiative", args=[row.source_id]),
    ),
    Column(gettext_lazy("Skill"), "skill", "skill__find", link=lambda row: _url(row.skill)),
    Column(gettext_lazy("Level"), "level", "level", number=True, shown=lambda row: amounts.level(row.level)),
    Column(gettext_lazy("People"), "people", "people", number=True),
    Column(gettext_lazy("Unit"), _unit, "unit__find"),
    Column(gettext_lazy("By the end of period"), "by_period", "by_period", number=True),
    Column(gettext_lazy("By"), "due_on", "due_on"),
)


def skills(request: HttpRequest) -> HttpResponse | FileResponse:
    """All skills of the sector, and those shared with it."""
    listing = Listing(
        request,
        skills_listed(viewer_of(request)),
        filters=SkillFilter,
        columns=SKILLS,
        order="find",
        name=_("skills"),
        counted=lambda count: ngettext("%(count)s skill", "%(count)s skills", count) % {"count": localize(count)},
    )
    return listing.answer("skills/skills.html")


def skill(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """One skill: which roles ask for it, what initiatives need of it, and what higher rooms know."""
    viewer = viewer_of(request)
    found = get_object_or_404(
        Skill.objects.all().visible_to(viewer).select_related("sector").prefetch_related("framework"), pk=pk
    )
    roles = asking(viewer, found)
    if request.GET.get("format") == "csv":
        return figures(_("roles that ask for %(skill)s") % {"skill": found}, _chart(roles).rows)
    needs = list(demands_listed(viewer).filter(skill=found).order_by("by_period", "source__find", "pk")[: MOST + 1])
    words = {
        "skill": found,
        "lead": _lead(roles),
        "facts": _facts(found, elsewhere=found.sector_id != viewer.sector.pk),
        "roles": roles[MOST:],
        "chart": _chart(roles[:MOST]),
        "needs": needs[:MOST],
        "more_needs": len(needs) > MOST,
        "panels": panels_for(viewer, found),
    }
    return render(request, "skills/skill.html", words)


def frameworks(request: HttpRequest) -> HttpResponse | FileResponse:
    """The frameworks skills come from."""
    listing = Listing(
        request,
        frameworks_listed(viewer_of(request)),
        filters=FrameworkFilter,
        columns=FRAMEWORKS,
        order="find",
        name=_("frameworks"),
        counted=_frameworks,
    )
    return listing.answer("skills/frameworks.html")


def demands(request: HttpRequest) -> HttpResponse | FileResponse:
    """What initiatives need: people, at a level of a skill, in a unit, by the end of a period."""
    listing = Listing(
        request,
        demands_listed(viewer_of(request)),
        filters=DemandFilter,
        columns=DEMANDS,
        order="source__find",
        name=_("needs of initiatives"),
        counted=lambda count: ngettext("%(count)s need", "%(count)s needs", count) % {"count": localize(count)},
    )
    return listing.answer("skills/demands.html")


def _frameworks(count: int) -> str:
    return ngettext("%(count)s framework", "%(count)s frameworks", count) % {"count": localize(count)}


def _lead(roles: list[Requirement]) -> str:
    if not roles:
        return _("No role asks for it.")
    words = ngettext(
        "%(count)s role asks for it, %(role)s, at level %(level)s.",
        "%(count)s roles ask for it, %(role)s the most, at level %(level)s.",
        len(roles),
    )
    return words % {"count": len(roles), "role": roles[0].role, "level": amounts.level(roles[0].level)}


def _facts(skill: Skill, *, elsewhere: bool) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [(_("Code"), skill.code)]
    if skill.area:
        facts.append((_("Area"), skill.area))
    if skill.framework:
        facts.append((_("Framework"), skill.framework))
    if elsewhere:
        facts.append((_("Shared by"), skill.sector))
    return facts


def _chart(roles: list[Requirement]) -> charts.Drawn:
    rows = [
        charts.Amount(
            label=str(row.role),
            value=row.level,
            shown=amounts.level(row.level),
            href=reverse("skills:role", args=[row.role_id]),
        )
        for row in roles
    ]
    return charts.bars(
        rows, words=charts.Words(caption=_("The level each role asks for"), label=_("Role"), value=_("Level"))
    )
