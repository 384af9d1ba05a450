"""The room in the navigation, and what leads the first page: the bridge, or one's own."""

from django.utils.translation import gettext_lazy as _

from vested.core.navigation import Entry, Station, register
from vested.core.panels import Panel
from vested.core.panels import register as show
from vested.core.viewer import Viewer
from vested.insights import panels


def _is_somebody(viewer: Viewer) -> bool:
    return viewer.person is not None


OVERVIEW = Entry(
    Station.MINE, _("Overview"), "insights:mine", _is_somebody, _("What waits for you, your plan and your skills")
)
register(OVERVIEW, first=True)
show(Panel(None, "insights/panels/bridge.html", panels.bridge, leads=True))
show(Panel(None, "insights/panels/mine.html", panels.mine, leads=True))
