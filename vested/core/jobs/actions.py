"""Start a job, stop it, start it once more."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vested.core.errors import Conflict
from vested.core.history import record
from vested.core.jobs.kinds import keeps_best, kind_of
from vested.core.jobs.running import ring
from vested.core.models import Job
from vested.core.models.jobs import written
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer


@transaction.atomic
def start(kind: str, /, *, by: Viewer, at: datetime, title: str | None = None, **args: Any) -> Job:
    """Start a job of a kind, with arguments that JSON can hold.

    It requires nothing itself: the room's action that calls it does, and the job runs with the roles its person holds
    when it runs, in the hats worn when it was started. A job of the office's own (``by.person`` is None) has nobody to
    look up, so it keeps the roles it was started with.
    """
    job = Job.objects.create(
        sector=by.sector,
        kind=kind,
        title=(title or str(kind_of(kind).title))[:200],
        by=by.person,
        held=None if by.person else [[held.role.value, held.path] for held in by.held],
        worn=written(by.worn),
        language=get_language() or "en",
        args=args,
        created_at=at,
        beat_at=at,
    )
    transaction.on_commit(partial(ring.enqueue, job.pk))
    record("job.started", by=by, on=job, new={"kind": kind})
    return job


@transaction.atomic
def cancel(*, job: Job, by: Viewer, at: datetime) -> Job:
    """Stop a job: at once while it waits, at its next sign of life while it runs."""
    _require_hand_in(job, by)
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.ended:
        ended = _("“%(job)s” had ended already, so there was nothing to stop.")
        raise Conflict(ended % {"job": job.title}, theirs={}, yours={})
    job.stop_asked = True
    if job.state == Job.State.WAITING:
        job.state, job.ended_at = Job.State.CANCELLED, at
    job.save()
    record("job.stopped", by=by, on=job)
    return job


@transaction.atomic
def end_with_best(*, job: Job, by: Viewer, at: datetime) -> Job:
    """Let a search end now, and keep the best it has found; one that still waits has found nothing, and goes on."""
    _require_hand_in(job, by)
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state != Job.State.RUNNING or not keeps_best(job.kind):
        nothing = _("“%(job)s” is not searching, so there is no best so far.")
        raise Conflict(nothing % {"job": job.title}, theirs={}, yours={})
    job.best_asked = True
    job.save(update_fields=["best_asked"])
    record("job.ended_early", by=by, on=job, new={"at": at})
    return job


@transaction.atomic
def retry(*, job: Job, by: Viewer, at: datetime) -> Job:
    """Start a failed or stopped job once more, as a new one of the person who asks."""
    _require_hand_in(job, by)
    job = Job.objects.select_for_update().get(pk=job.pk)
    if not job.again:
        neither = _("“%(job)s” has neither failed nor been stopped, so it cannot be started once more.")
        raise Conflict(neither % {"job": job.title}, theirs={}, yours={})
    return start(job.kind, by=by, at=at, title=job.title, **job.args)


def _require_hand_in(job: Job, by: Viewer) -> None:
    """Everybody may stop and repeat what they started; other people's jobs, who may run imports."""
    if not job.is_of(by):
        require(by, Permission.IMPORT_RUN)
