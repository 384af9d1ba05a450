"""Where the initiatives of a plan are found today, and which objectives they serve."""

from dataclasses import dataclass

from vested.core.models import Link
from vested.core.viewer import Viewer
from vested.direction.models import Objective
from vested.skills.models import Source


@dataclass(frozen=True, slots=True)
class Served:
    """An initiative (``pk``) and the objectives it serves."""

    pk: int
    objectives: tuple[Objective, ...]


def served(viewer: Viewer) -> dict[str, Served]:
    """Each initiative by its title; of several with one title, none."""
    rows = Source.objects.all().visible_to(viewer).values_list("title", "pk")
    links = Link.objects.all().visible_to(viewer).filter(kind="serves").order_by("since", "pk")
    ends = list(links.values_list("source_id", "target_id"))
    objectives = Objective.objects.all().visible_to(viewer).in_bulk({target for _source, target in ends})
    found: dict[str, list[int]] = {}
    for title, pk in rows:
        found.setdefault(title, []).append(pk)
    return {
        title: Served(pks[0], tuple(objectives[to] for source, to in ends if source == pks[0] and to in objectives))
        for title, pks in found.items()
        if len(pks) == 1
    }
