"""A plan: what it says, and how sure that is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from vested.core.permissions import Permission
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.jobs import shown
from vested.plans.models import Plan
from vested.plans.queries.solved import figures


def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan: how near it is while it is being solved, then what it gives."""
    viewer = viewer_of(request)
    found = found_for(viewer, pk)
    words: dict[str, object] = {
        "plan": found,
        "trail": trail(),
        "viewer": viewer,
        "may_propose": viewer.may(Permission.PLAN_MAKE),
        "may_decide": viewer.may(Permission.PLAN_ADOPT),
    }
    if found.ready:
        words["f"] = figures(found)
    elif found.job:
        words |= shown(found.job, viewer)
    return render(request, "plans/plan.html", words)


def found_for(viewer: Viewer, pk: int) -> Plan:
    """The plan, where it exists for the viewer."""
    rows = (
        Plan.objects.all()
        .visible_to(viewer)
        .light()
        .select_related("scenario", "job", "extra", "by", "proposed_by", "decided_by")
    )
    return get_object_or_404(rows, pk=pk)


def trail() -> list[tuple[str, str]]:
    """The way to a plan."""
    return [(_("Scenarios"), reverse("plans:scenarios"))]
