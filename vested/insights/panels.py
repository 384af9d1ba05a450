"""What leads the first page: the bridge for who sees plans, for everybody else what is theirs."""

from typing import Any

from django.utils.timezone import localdate

from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.insights.queries.bridge import bridge_of
from vested.insights.queries.mine import mine_of
from vested.insights.views.bridge import drawn as bridge_drawn
from vested.insights.views.mine import drawn as mine_drawn


def bridge(viewer: Viewer, _thing: None) -> dict[str, Any] | None:
    """What needs the viewer, what is late, and how the loop goes."""
    if not viewer.may(Permission.PLAN_SEE):
        return None
    return bridge_drawn(bridge_of(viewer, on=localdate()), viewer)


def mine(viewer: Viewer, _thing: None) -> dict[str, Any] | None:
    """What waits for the viewer, and what is theirs."""
    if viewer.person is None or viewer.may(Permission.PLAN_SEE):
        return None
    return mine_drawn(mine_of(viewer, viewer.person, on=localdate()), viewer)
