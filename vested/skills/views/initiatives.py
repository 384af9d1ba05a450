"""The page of one initiative as far as the skills room knows it: what it needs. Other rooms add the rest."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from vested.core.panels import panels_for
from vested.core.viewer import viewer_of
from vested.skills.models import Source
from vested.skills.queries.frameworks import demands_listed

MOST = 100


def initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """One initiative: whom it needs, and what it serves."""
    viewer = viewer_of(request)
    found = get_object_or_404(Source.objects.all().visible_to(viewer), pk=pk)
    words = {
        "initiative": found,
        "facts": [(_("Code"), found.code)],
        "needs": demands_listed(viewer).filter(source=found).order_by("by_period", "skill__find", "pk")[:MOST],
        "trail": [(_("What initiatives need"), reverse("skills:demands"))],
        "panels": panels_for(viewer, found),
    }
    return render(request, "skills/initiative.html", words)
