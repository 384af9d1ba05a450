"""Roles: their list, the page of one, and who holds it."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core import amounts, charts
from vested.core.downloads import figures
from vested.core.filters import PersonFilter
from vested.core.listing import Column, Listing
from vested.core.looks import shown
from vested.core.panels import panels_for
from vested.core.permissions import Permission
from vested.core.viewer import Viewer, viewer_of
from vested.skills.filters import RoleFilter
from vested.skills.models import Requirement, Role
from vested.skills.queries.roles import asked, holders, may_count, roles_listed

MOST_PEOPLE = 20

ROLES = (
    Column(gettext_lazy("Role"), "name", "find", link=lambda role: reverse("skills:role", args=[role.pk])),
    Column(gettext_lazy("Job family"), "family", "family__name"),
    Column(gettext_lazy("Skills it asks for"), "skills", "skills", number=True),
)
PEOPLE = Column(gettext_lazy("People who hold it"), "people", "people", number=True)
HOLDERS = (
    Column(gettext_lazy("Name"), str, "find", link=lambda person: reverse("core:person", args=[person.pk])),
    Column(gettext_lazy("Unit"), "unit_name", "unit_find"),
    Column(gettext_lazy("In the role since"), "held_since", "held_since"),
)


def roles(request: HttpRequest) -> HttpResponse | FileResponse:
    """All roles of the sector."""
    viewer = viewer_of(request)
    listing = Listing(
        request,
        roles_listed(viewer),
        filters=RoleFilter,
        columns=(*ROLES, PEOPLE) if may_count(viewer) else ROLES,
        order="find",
        name=_("roles"),
        counted=lambda count: ngettext("%(count)s role", "%(count)s roles", count) % {"count": localize(count)},
    )
    return listing.answer("skills/roles.html", uncounted=not may_count(viewer))


def role(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """One role: what it asks for, and who holds it."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    requirements = asked(viewer, found)
    chart = _chart(requirements)
    if request.GET.get("format") == "csv":
        return figures(_("what the role %(role)s asks for") % {"role": found}, chart.rows)
    words: dict[str, Any] = {
        "role": found,
        "lead": _lead(requirements),
        "facts": _facts(viewer, found),
        "chart": chart,
        "weighted": len({row.weight for row in requirements}) > 1,
        "panels": panels_for(viewer, found),
    }
    if viewer.paths(Permission.PEOPLE_SEE):
        words["people"] = shown(holders(viewer, found).order_by("find", "pk")[:MOST_PEOPLE])
    return render(request, "skills/role.html", words)


def people(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """Who holds a role, of the people the viewer may see."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    listing = Listing(
        request,
        holders(viewer, found),
        filters=PersonFilter,
        columns=HOLDERS,
        order="find",
        name=_("people in the role %(role)s") % {"role": found},
        counted=amounts.people,
    )
    trail = [(_("Roles"), reverse("skills:roles")), (found.name, reverse("skills:role", args=[pk]))]
    return listing.answer("skills/role_people.html", role=found, trail=trail)


def _found(viewer: Viewer, pk: int) -> Role:
    return get_object_or_404(Role.objects.all().visible_to(viewer).select_related("family"), pk=pk)


def _lead(requirements: list[Requirement]) -> str:
    if not requirements:
        return _("It asks for no skill yet.")
    words = ngettext(
        "It asks for %(count)s skill: %(skill)s, at level %(level)s.",
        "It asks for %(count)s skills, the most for %(skill)s, at level %(level)s.",
        len(requirements),
    )
    first = requirements[0]
    return words % {"count": len(requirements), "skill": first.skill, "level": amounts.level(first.level)}


def _facts(viewer: Viewer, role: Role) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [(_("Code"), role.code)]
    if role.family:
        facts.append((_("Job family"), role.family))
    facts.append((_("Weight"), amounts.level(role.weight)))
    if may_count(viewer):
        facts.append((_("People who hold it"), localize(role.posts.filter(until=None).count())))
    if role.ended_on:
        facts.append((_("Ended on"), date_format(role.ended_on)))
    return facts


def _chart(requirements: list[Requirement]) -> charts.Drawn:
    rows = [
        charts.Amount(
            label=str(row.skill),
            value=row.level,
            shown=amounts.level(row.level),
            href=reverse("skills:skill", args=[row.skill_id]),
            note=_("weight %(weight)s") % {"weight": amounts.level(row.weight)} if row.weight != 1 else "",
        )
        for row in requirements
    ]
    words = charts.Words(caption=_("The level it asks of each skill"), label=_("Skill"), value=_("Level"))
    return charts.bars(rows, words=words)
