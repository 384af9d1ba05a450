"""In which skills most people are below what their roles ask for, over the whole sector."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from vested.core.viewer import Viewer
from vested.skills.models import Skill, Snapshot
from vested.skills.queries.gaps.computed import count, unpacked
from vested.skills.queries.gaps.permitted import exact
from vested.skills.queries.gaps.released import WHOLE, Released


@dataclass(frozen=True, slots=True, kw_only=True)
class Widest:
    """Skills with how many of the ``people`` are below in each; small groups left out unless ``exact``."""

    taken_at: datetime
    exact: bool
    people: int
    skills: tuple[tuple[Skill, int], ...]


def widest(viewer: Viewer, most: int) -> Widest | None:
    """The newest picture of the sector, the skill most people are below in first; None while there is none."""
    see_all = exact(viewer, unit=None)
    snapshot = Snapshot.objects.values_list("pk", "taken_at").first()
    if snapshot is None:
        return None
    picture, arrays = unpacked(snapshot[0])
    if see_all:
        counted = count(picture, np.zeros(len(picture.person), dtype=np.int64), 1)
        people, below = int(counted.people[0]), counted.below[0]
    else:
        released = Released(**arrays)
        family = int(np.flatnonzero(released.family == WHOLE)[0])
        people, below = int(released.people[0, family]), released.below[:, 0, family]
    order = [at for at in np.argsort(-below, kind="stable").tolist() if below[at] > 0][:most]
    named = Skill.objects.in_bulk(picture.skills[order].tolist())
    pairs = [(named.get(int(picture.skills[at])), int(below[at])) for at in order]
    return Widest(
        taken_at=snapshot[1],
        exact=see_all,
        people=people,
        skills=tuple((skill, count) for skill, count in pairs if skill) if people > 0 else (),
    )
