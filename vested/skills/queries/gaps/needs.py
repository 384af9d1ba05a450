"""What initiatives need beside what people can do: who is missing, where."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from vested.core.models import Unit
from vested.core.viewer import Viewer
from vested.skills.models import Demand, Snapshot, Source
from vested.skills.queries.gaps.computed import holders, unpacked
from vested.skills.queries.gaps.permitted import exact


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """People a demand asks for, and how many of its unit have the level; None where the viewer may not know."""

    demand: Demand
    holders: int | None

    @property
    def missing(self) -> int | None:
        """How many are still missing."""
        return None if self.holders is None else max(self.demand.people - self.holders, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What sources ask for in a unit and all below it, or in the whole sector."""

    taken_at: datetime
    needs: tuple[Need, ...]

    def by_source_and_unit(self) -> dict[tuple[Source, Unit | None], list[Need]]:
        """The needs of each source for each unit (None: the whole sector)."""
        found: dict[tuple[Source, Unit | None], list[Need]] = {}
        for need in self.needs:
            found.setdefault((need.demand.source, need.demand.unit), []).append(need)
        return found


def needs(viewer: Viewer, *, unit: Unit | None) -> Needs | None:
    """Count who is missing for what is asked in the unit (None: everywhere), by the newest picture; None without one.

    Raises NotAllowed where the viewer may see no figure of the unit. Holders are few people: only who may see them is
    told.
    """
    see_all = exact(viewer, unit=unit)
    snapshot = Snapshot.objects.values_list("pk", "taken_at").first()
    if snapshot is None:
        return None
    picture, _released = unpacked(snapshot[0])
    demands = Demand.objects.select_related("source", "skill", "unit")
    if unit:
        demands = demands.filter(unit__path__startswith=unit.path)
    path_of = dict(Unit.objects.values_list("pk", "path"))
    paths = np.array([path_of.get(pk, "") for pk in picture.unit.tolist()], dtype=np.str_)
    found = []
    for demand in demands:
        among = np.char.startswith(paths, demand.unit.path if demand.unit else "/")
        held = holders(picture, skill=demand.skill_id, level=demand.level, among=among) if see_all else None
        found.append(Need(demand=demand, holders=held))
    return Needs(taken_at=snapshot[1], needs=tuple(found))
