"""The room in the navigation."""

from django.utils.translation import gettext_lazy as _

from vested.core.navigation import Entry, Station, register
from vested.core.permissions import Permission
from vested.core.viewer import Viewer


def _sees_plans(viewer: Viewer) -> bool:
    return viewer.may(Permission.PLAN_SEE)


register(Entry(Station.PLAN, _("Scenarios"), "plans:scenarios", _sees_plans, _("Ask for a plan, and see what comes")))
