"""People in the pictures that the gap explorer counts: by key, without names."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np

from vested.core.models import Person
from vested.core.people_gone import Gone
from vested.core.viewer import Viewer
from vested.skills.models import Snapshot
from vested.skills.queries.gaps.computed import unpacked


def told(person: Person) -> Iterator[dict[str, Any]]:
    """The levels each picture has of somebody."""
    for snapshot in Snapshot.objects.defer("arrays"):
        picture, _released = unpacked(snapshot.pk)
        for place in np.flatnonzero(picture.person == person.pk).tolist():
            level = zip(picture.skills.tolist(), picture.level[place].tolist(), strict=True)
            known = {str(skill): figure for skill, figure in level if figure}
            yield {"taken_at": snapshot.taken_at, "unit": int(picture.unit[place]), "level_by_skill": known}


def forget(going: Gone, by: Viewer) -> int:  # noqa: ARG001 - the shape of a trace
    """Let the rows of people who go be of nobody; the figures of the day stay as they were told."""
    changed = 0
    for snapshot in Snapshot.objects.select_for_update():
        with np.load(BytesIO(snapshot.arrays)) as file:
            arrays = {name: file[name] for name in file.files}
        mine = np.isin(arrays["person"], sorted(going.pks))
        if mine.any():
            arrays["person"] = np.where(mine, 0, arrays["person"])
            kept: Any = arrays
            packed = BytesIO()
            np.savez_compressed(packed, **kept)
            snapshot.arrays = packed.getvalue()
            snapshot.save(update_fields=["arrays"])
            changed += 1
    return changed
