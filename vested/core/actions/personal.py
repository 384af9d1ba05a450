"""Hand somebody their data, take people out of everything that is kept, and let go of what is past its time."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vested.core import jobs
from vested.core.errors import Invalid, NotAllowed
from vested.core.history import record
from vested.core.imports.exports import drop_old
from vested.core.labels import held
from vested.core.models import Grant, Job, Person, User
from vested.core.people_gone import gone
from vested.core.permissions import Permission, Role, require
from vested.core.rights import due
from vested.core.scope import beyond_walls
from vested.core.traces.in_texts import rewrite, written_in
from vested.core.viewer import Viewer

TOGETHER = 50  # people who are taken out of everything at once


@transaction.atomic
def ask_for_data(*, by: Viewer, person: Person, at: datetime) -> Job:
    """Start to pack all that is kept about oneself; of somebody else, who may."""
    _require_hand_in(by, person)
    job = jobs.start("core.personal", by=by, at=at, person=person.pk)
    record("person.data_asked_for", by=by, on=person)
    return job


@transaction.atomic
def give_data(*, by: Viewer, person: Person, at: datetime) -> None:
    """Say that somebody's data leave the house; what was packed more than a day ago is deleted."""
    _require_hand_in(by, person)
    record("person.data_packed", by=by, on=person)
    drop_old(at)


@transaction.atomic
def ask_for_erasure(*, by: Viewer, person: Person, because: str, at: datetime) -> Job:
    """Start to take somebody out of everything that is kept."""
    require(by, Permission.PERSONAL_ERASE)
    _check_can_go(by, person)
    job = jobs.start("core.erase", by=by, at=at, person=person.pk, because=because)
    record("person.erasure_asked_for", by=by, on=by.sector, new={"because": because})
    return job


@transaction.atomic
def erase_people(*, by: Viewer, people: Sequence[Person], because: str, at: datetime) -> dict[str, int]:
    """Take people out of everything that is kept; give how many rows of each kind went or were changed."""
    require(by, Permission.PERSONAL_ERASE)
    for person in people:
        _check_can_go(by, person)
    with beyond_walls("who is erased is erased everywhere"):
        counts = _take_out(people, by)
    told = {name.lower(): count for name, count in counts.items() if count}
    record(
        "people.erased", by=by, on=by.sector, new={"people": len(people), "because": because, "at": at, "rows": told}
    )
    return told


@transaction.atomic
def keep_to_retention(*, by: Viewer, at: datetime) -> dict[str, int]:
    """Let go of what is past its time: people who left long ago, rows that ended; give how many of each kind."""
    require(by, Permission.PERSONAL_ERASE)
    today, counts = timezone.localdate(at), Counter[str]()
    leavers = list(due.leavers(today).select_related("user"))
    for start in range(0, len(leavers), TOGETHER):
        erase_people(by=by, people=leavers[start : start + TOGETHER], because="left", at=at)
    counts["core.person"] = len(leavers)
    for one, _way, rows in due.rows_due(today):
        counts[one.model._meta.label_lower] += rows.delete()[0]
    for one, trace in due.traces():
        if trace.expire:
            counts[one.model._meta.label_lower] += trace.expire(due.before(trace.label, today), by)
    drop_old(at)
    told = {name: count for name, count in counts.items() if count}
    record("retention.kept", by=by, on=by.sector, new={"rows": told})
    return told


def _take_out(people: Sequence[Person], by: Viewer) -> Counter[str]:
    going, counts = gone(people), Counter[str]()
    for one in held():
        for trace in one.traces:
            counts[one.model._meta.label_lower] += trace.forget(going, by)
    for one in held():
        for way in one.ways:
            if way.goes:
                counts.update(one.rows(way, going.pks).delete()[1])
    users = [person.user for person in people if person.user]
    counts.update(Person.objects.filter(pk__in=going.pks).delete()[1])
    for model in written_in():
        counts[model._meta.label_lower] += rewrite(model, going)
    counts["core.user"] = User.objects.close(users)
    _drop_files()
    return counts


def _require_hand_in(by: Viewer, person: Person) -> None:
    """Everybody their own; other people's, who may hand out data."""
    if by.person is None or by.person.pk != person.pk:
        require(by, Permission.PERSONAL_EXPORT)


def _check_can_go(by: Viewer, person: Person) -> None:
    if by.person and by.person.pk == person.pk:
        raise NotAllowed(_("Nobody erases themselves. Ask somebody else who may."))
    leading = Grant.objects.held_on(timezone.localdate()).filter(role=Role.CDO, unit=None)
    if leading.filter(person=person).exists() and not leading.exclude(person=person).exists():
        raise Invalid(_("This is the sector's last Chief Digital Officer. Give somebody else the role first."))


def _drop_files() -> None:
    """Delete all that was packed to be taken and still waits: it may hold them, and can be packed anew."""
    for result in Job.objects.filter(result__has_key="file").values_list("result", flat=True):
        transaction.on_commit(partial(default_storage.delete, (result or {})["file"]))
