"""Scenarios: their list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vested.core.permissions import Permission, require
from vested.core.viewer import viewer_of
from vested.plans.models import Scenario


def scenarios(request: HttpRequest) -> HttpResponse:
    """All scenarios that exist for the viewer, newest first."""
    viewer = viewer_of(request)
    require(viewer, Permission.PLAN_SEE)
    rows = Scenario.objects.all().visible_to(viewer).select_related("by")
    return render(request, "plans/scenarios.html", {"rows": rows})
