"""What the portfolio shows on pages: on an initiative's of the skills room, how far it has come; of systems, which."""

from typing import Any

from django.utils.timezone import localdate

from vested.core.models import Counterparty
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.portfolio.models import Initiative
from vested.portfolio.queries.initiatives import is_in_hand
from vested.portfolio.queries.systems import systems_from, systems_of
from vested.portfolio.views.parts import stage_of
from vested.portfolio.views.systems import how
from vested.skills.models import Source

MOST = 8


def source(viewer: Viewer, thing: Source) -> dict[str, Any] | None:
    """Where an initiative stands in the portfolio, or that it is not in it."""
    found = Initiative.objects.all().visible_to(viewer).filter(source=thing).select_related("unit").first()
    hand = found is not None and not found.closed_on and is_in_hand(viewer, found)
    may = bool(viewer.paths(Permission.PORTFOLIO_CHANGE))
    state = stage_of(found) if found else None
    return {"initiative": found, "state": state, "source": thing, "may": may, "hand": hand}


def systems(viewer: Viewer, thing: Initiative) -> dict[str, Any] | None:
    """What an initiative builds or replaces, if anything."""
    rows = [(one, one.replaced_by_id == thing.pk, *how(one)) for one in systems_of(viewer, thing, localdate())]
    return {"rows": rows} if rows else None


def supplier(viewer: Viewer, thing: Counterparty) -> dict[str, Any] | None:
    """The systems a counterparty supplies, if any."""
    rows = [(one, *how(one)) for one in systems_from(viewer, thing, localdate())[:MOST]]
    return {"rows": rows} if rows else None
