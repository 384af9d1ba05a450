"""Questions about objectives."""

from django.db.models import QuerySet

from vested.core.models import Unit
from vested.core.viewer import Viewer
from vested.direction.models import Measure, Objective

DEEPEST = 12  # levels of objectives; deeper than any office needs, and an end for what would go round


def objectives_listed(viewer: Viewer) -> QuerySet[Objective]:
    """Objectives with all that says how they stand."""
    rows = Objective.objects.all().visible_to(viewer).select_related("unit", "owner", "parent")
    return rows.prefetch_related("measures__observations")


def tree(viewer: Viewer) -> list[tuple[int, Objective]]:
    """Open objectives from the vision down, each with how deep it is; those whose parent is closed are on top."""
    rows = list(objectives_listed(viewer).filter(closed_on=None).order_by("starts_on", "find", "pk"))
    there = {one.pk for one in rows}
    below: dict[int | None, list[Objective]] = {}
    for one in rows:
        below.setdefault(one.parent_id if one.parent_id in there else None, []).append(one)
    found: list[tuple[int, Objective]] = []

    def descend(above: int | None, depth: int) -> None:
        for one in below.get(above, []):
            found.append((depth, one))
            descend(one.pk, depth + 1)

    descend(None, 0)
    return found


def by_code() -> dict[str, Objective]:
    """Open objectives by what files call them: the office's own code, or else one made of the key."""
    rows = Objective.objects.filter(closed_on=None).order_by("pk")
    return {row.code or f"objective-{row.pk}": row for row in rows}


def above(objective: Objective) -> list[Objective]:
    """The objectives above one, from the top."""
    found: list[Objective] = []
    here = objective.parent
    while here is not None and len(found) < DEEPEST:
        found.insert(0, here)
        here = here.parent
    return found


def objectives_of(viewer: Viewer, unit: Unit) -> QuerySet[Objective]:
    """The open objectives of a unit itself."""
    return objectives_listed(viewer).filter(unit=unit, closed_on=None).order_by("ends_on", "find", "pk")


def measures_seen(viewer: Viewer) -> QuerySet[Measure]:
    """Measures with what was observed."""
    rows = Measure.objects.all().visible_to(viewer).select_related("objective__unit")
    return rows.prefetch_related("observations__noted_by")
