"""What the portfolio shows on pages of lower rooms: on an initiative's of the skills room, how far it has come."""

from typing import Any

from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.portfolio.models import Initiative
from vested.portfolio.views.parts import stage_of
from vested.skills.models import Source


def source(viewer: Viewer, thing: Source) -> dict[str, Any] | None:
    """Where an initiative stands in the portfolio, or that it is not in it."""
    found = Initiative.objects.all().visible_to(viewer).filter(source=thing).first()
    may = bool(viewer.paths(Permission.PORTFOLIO_CHANGE))
    return {"initiative": found, "state": stage_of(found) if found else None, "source": thing, "may": may}
