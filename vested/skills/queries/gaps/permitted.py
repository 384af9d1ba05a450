"""What of the figures a viewer may see: exactly where rows are open to them, as released elsewhere."""

from vested.core.models import Unit
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer


def exact(viewer: Viewer, *, unit: Unit | None) -> bool:
    """Whether the viewer may see the people of the unit and all below it (None: the whole sector) and so any figure."""
    if viewer.may(Permission.PEOPLE_SEE, on=unit):
        return True
    require(viewer, Permission.FIGURES_SEE, on=unit)
    return False


def starts(viewer: Viewer) -> tuple[Unit | None, ...]:
    """The units from which the viewer may look down, highest first; (None,) for the whole sector, () for nowhere."""
    paths = {*viewer.paths(Permission.PEOPLE_SEE), *viewer.paths(Permission.FIGURES_SEE)}
    if "/" in paths:
        return (None,)
    highest = [path for path in paths if not any(path != other and path.startswith(other) for other in paths)]
    return tuple(Unit.objects.filter(path__in=highest).order_by("path"))
