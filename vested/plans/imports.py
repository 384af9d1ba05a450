"""What the settings that go with a sector's tables say of the plan: how periods and quarters go together, the band."""

from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate

from vested.academy.models import Session
from vested.core.imports.tables import settle
from vested.core.viewer import Viewer
from vested.plans.queries.offered import pace_from, settings_of
from vested.portfolio.queries.supply import coming_quarter
from vested.skills.models import Demand, Level
from vested.skills.queries.frameworks import USUAL, highest_level


def _said(viewer: Viewer) -> dict[str, Any]:
    highest = max(highest_level(), Level.objects.aggregate(highest=Max("level"))["highest"] or 0.0)
    scale = {"max_level": highest} if highest > USUAL else {}
    # Needs may be due after the last session: without this, the tables could not be brought in again.
    ahead = Demand.objects.aggregate(last=Max("by_period"))["last"] or 1
    last = Session.objects.aggregate(last=Max("period"))["last"] or 1
    look = {"periods": ahead} if ahead > last else {}
    return {**settings_of(viewer, pace_from(coming_quarter(localdate()))), **scale, **look}


settle(_said)
