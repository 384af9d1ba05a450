"""What the ecosystem shows on pages of core: on a counterparty's, what is agreed with it."""

from typing import Any

from django.utils.timezone import localdate

from vested.core.models import Counterparty
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.ecosystem.queries import agreements_with
from vested.ecosystem.views import how

MOST = 8


def counterparty(viewer: Viewer, thing: Counterparty) -> dict[str, Any] | None:
    """What is agreed with a counterparty."""
    rows = agreements_with(viewer, thing, localdate())[:MOST]
    may = bool(viewer.paths(Permission.AGREEMENT_CHANGE))
    return {"rows": [(one, *how(one)) for one in rows], "counterparty": thing, "may": may}
