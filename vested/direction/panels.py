"""What direction shows on pages of core: on a unit's, where it is going."""

from typing import Any

from vested.core.models import Unit
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.direction.queries.objectives import objectives_of
from vested.direction.queries.vision import meanings_of
from vested.direction.views.objectives import how


def unit(viewer: Viewer, thing: Unit) -> dict[str, Any] | None:
    """What the vision means for a unit, and its open objectives."""
    return {
        "unit": thing,
        "meaning": meanings_of(viewer, thing).first(),
        "objectives": [(one, *how(one)) for one in objectives_of(viewer, thing)],
        "may": viewer.may(Permission.DIRECTION_CHANGE, on=thing),
    }
