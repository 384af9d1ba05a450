"""Where a sector draws its lines."""

from vested.core.viewer import Viewer
from vested.portfolio.models import Thresholds


def thresholds_of(viewer: Viewer) -> Thresholds:
    """The lines of the viewer's sector; the defaults where it has drawn none."""
    return Thresholds.objects.all().visible_to(viewer).first() or Thresholds(sector=viewer.sector)
