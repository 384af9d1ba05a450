"""What is done in the skills room."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.models import Unit
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.skills.models import Role, Snapshot
from vested.skills.queries.gaps.computed import gathered, packed
from vested.skills.queries.gaps.released import release

KEPT = 2  # snapshots: the newest, and the one pages may still be reading


@transaction.atomic
def take_snapshot(*, by: Viewer, at: datetime) -> Snapshot:
    """Count the sector anew for the gap explorer, and decide what of it everybody may know."""
    require(by, Permission.IMPORT_RUN)
    picture = gathered()
    if not len(picture.person):
        raise Invalid(_("Nobody holds a post in a unit yet, so there is nothing to count. Bring the sector's files."))
    released = release(
        picture,
        parent_of=dict(Unit.objects.order_by("path").values_list("pk", "parent")),
        family_of=dict(Role.objects.values_list("pk", "family")),
    )
    snapshot = Snapshot.objects.create(sector=by.sector, taken_at=at, arrays=packed(picture, released.arrays()))
    old = list(Snapshot.objects.values_list("pk", flat=True)[KEPT:])
    Snapshot.objects.filter(pk__in=old).delete()
    record("snapshot.taken", by=by, on=snapshot, new={"people": len(picture.person), "skills": len(picture.skills)})
    return snapshot
