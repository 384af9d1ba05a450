"""What is done in the skills room."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from vested.core.history import record
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.skills.models import Demand, Snapshot, Source
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


@transaction.atomic
def declare_demands(*, by: Viewer, starts: Mapping[str, date | None], months: int) -> int:
    """Say by which day people are needed, since it is decided when what asks for them starts; how many days are other.

    ``starts`` are first days by the source's code, None where it does not start: then no day is said any more. The
    periods of a demand are counted from the start, each of so many ``months``.
    """
    require(by, Permission.PLAN_ADOPT)
    changed: dict[Source, list[Demand]] = {}
    for row in Demand.objects.filter(source__code__in=starts).select_related("source"):
        start = starts[row.source.code]
        due = _end_of(start, months * row.by_period) if start else None
        if row.due_on != due:
            row.due_on = due
            changed.setdefault(row.source, []).append(row)
    rows = [row for each in changed.values() for row in each]
    Demand.objects.bulk_update(rows, ["due_on"])
    for source, each in changed.items():
        last = max((row.due_on for row in each if row.due_on), default=None)
        if last:
            record("demand.declared", by=by, on=source, new={"until": last})
        else:
            record("demand.undated", by=by, on=source)
    return len(rows)


def _end_of(start: date, months: int) -> date:
    """The last of so many months from the first day of one."""
    count = start.year * 12 + start.month - 1 + months
    return date(count // 12, count % 12 + 1, 1) - timedelta(days=1)
