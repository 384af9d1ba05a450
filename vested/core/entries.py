"""Core's own pages in the navigation."""

from django.utils.translation import gettext_lazy as _

from vested.core.navigation import Entry, Station, register
from vested.core.permissions import Permission
from vested.core.viewer import Viewer


def _sees_units(viewer: Viewer) -> bool:
    return bool(viewer.paths(Permission.FIGURES_SEE) or viewer.paths(Permission.PEOPLE_SEE))


def _sees_people(viewer: Viewer) -> bool:
    return bool(viewer.paths(Permission.PEOPLE_SEE))


def _is_somebody(viewer: Viewer) -> bool:
    return viewer.person is not None


register(Entry(Station.KNOW, _("Units"), "core:units", _sees_units, about=_("How the sector is built")))
register(Entry(Station.KNOW, _("People"), "core:people", _sees_people, about=_("Who works where")))
register(
    Entry(Station.MINE, _("My page"), "core:me", _is_somebody, about=_("Where you work, and what is known of you"))
)
register(
    Entry(Station.MINE, _("Notifications"), "core:inbox", _is_somebody, about=_("What others did that concerns you"))
)
