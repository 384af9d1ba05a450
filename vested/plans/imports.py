"""What the settings that go with a sector's tables say of the plan: how periods and quarters go together, the band."""

from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate

from vested.core.imports.tables import settle
from vested.core.viewer import Viewer
from vested.plans.queries.offered import pace_from, settings_of
from vested.portfolio.queries.supply import coming_quarter
from vested.skills.models import Level

USUAL = 8.0  # the highest level of the scale in use, where nobody stands higher


def _said(viewer: Viewer) -> dict[str, Any]:
    highest = Level.objects.aggregate(highest=Max("level"))["highest"] or 0.0
    scale = {"max_level": highest} if highest > USUAL else {}
    return {**settings_of(viewer, pace_from(coming_quarter(localdate()))), **scale}


settle(_said)
