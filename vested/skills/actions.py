"""What is done in the skills room."""

from datetime import datetime

from django.db import transaction

from vested.core.history import record
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.skills.models import Snapshot
from vested.skills.queries.gaps.taken import Taken

KEPT = 2  # snapshots: the newest, and the one pages may still be reading


@transaction.atomic
def keep_snapshot(*, by: Viewer, taken: Taken, at: datetime) -> Snapshot:
    """Let the gap explorer show what was counted just now, instead of what was before."""
    require(by, Permission.IMPORT_RUN)
    snapshot = Snapshot.objects.create(sector=by.sector, taken_at=at, arrays=taken.arrays)
    old = list(Snapshot.objects.values_list("pk", flat=True)[KEPT:])
    Snapshot.objects.filter(pk__in=old).delete()
    record("snapshot.taken", by=by, on=snapshot, new={"people": taken.people, "skills": taken.skills})
    return snapshot
