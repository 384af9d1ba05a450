"""What direction shows on pages of core: on a unit's, where it is going; on a person's, what they have championed."""

from typing import Any

from django.utils.timezone import localdate

from vested.core.models import Person, Unit
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.direction.queries.commitments import commitments_of
from vested.direction.queries.objectives import objectives_of
from vested.direction.queries.steering import championed, has_championed
from vested.direction.queries.vision import meanings_of
from vested.direction.views.commitments import how as become
from vested.direction.views.objectives import how

MOST = 8


def unit(viewer: Viewer, thing: Unit) -> dict[str, Any] | None:
    """What the vision means for a unit, its open objectives, and what it has promised."""
    return {
        "unit": thing,
        "meaning": meanings_of(viewer, thing).first(),
        "objectives": [(one, *how(one)) for one in objectives_of(viewer, thing)],
        "promises": [(one, *become(one)) for one in commitments_of(viewer, thing, localdate())[:MOST]],
        "may": viewer.may(Permission.DIRECTION_CHANGE, on=thing),
    }


def person(viewer: Viewer, thing: Person) -> dict[str, Any] | None:
    """Where what a person has championed is told, if there is anything."""
    found = championed(viewer, thing, localdate())
    return {"person": thing, "share": found.share} if has_championed(found) else None
