"""Do the jobs that wait, and begin those anew whose worker died."""

import logging
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vested.core.errors import VestedError
from vested.core.jobs.kinds import kind_of
from vested.core.jobs.work import Leaving, Stopped, Superseded, Work
from vested.core.models import Job
from vested.core.models.jobs import read
from vested.core.permissions import Role
from vested.core.scope import System, acting
from vested.core.viewer import Held, Viewer, viewer_for

STALE = timedelta(minutes=3)  # without a sign of life, the worker is thought dead
ATTEMPTS = 3
KEPT = timedelta(days=1)  # bells that have been heard

log = logging.getLogger("vested.jobs")


@task()
def ring(pk: int) -> None:
    """Say that a job waits. A bell rung twice, or lost, does no harm: only a job that waits is taken."""
    run(pk)


def run(pk: int) -> None:
    """Do a job if it waits, to whatever end; only what would end the worker too is raised."""
    with acting(System("take a job that waits")):
        job = _take(pk)
        viewer = _viewer_of(job) if job else None
    if job is None:
        return
    with translation.override(job.language):
        if viewer is None:
            with acting(System("end a job of nobody")):
                _end(job, Job.State.FAILED, error=_("The person who started this is no longer in the sector."))
            return
        with acting(viewer):
            _attempt(job, Work(job, viewer))


def _take(pk: int) -> Job | None:
    """Begin the next attempt at a job that waits."""
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=pk, state=Job.State.WAITING).first()
        if job is not None:
            job.attempt += 1
            job.state, job.doing = Job.State.RUNNING, ""
            job.done, job.total, job.seconds_left, job.trace = 0, 0, None, []
            job.started_at = job.beat_at = timezone.now()
            job.save()
    return job


def _viewer_of(job: Job) -> Viewer | None:
    """For whom the job runs: its person, or the office with the roles it was started with.

    The person has the roles held today, and of the hats it was started with those that are had today.
    None where the person has gone: then nobody's roles are left to run it with.
    """
    if job.by:
        return viewer_for(job.by, on=timezone.localdate(), wearing=read(job.worn))
    if job.held is None:
        return None
    return Viewer(sector=job.sector, person=None, held=tuple(Held(Role(role), path) for role, path in job.held))


def _attempt(job: Job, work: Work) -> None:
    try:
        result = kind_of(job.kind).function(work, **job.args)
        if not work.ended:
            work.go_on()
            work.end(Job.State.DONE, result=result)
        elif result:
            with transaction.atomic():
                Job.objects.filter(pk=job.pk).update(result=result)
    except Superseded:
        log.warning("job %s: attempt %s was superseded and wrote nothing", job.pk, job.attempt)
    except (Leaving, KeyboardInterrupt, SystemExit) as leave:
        if work.rewrite(state=Job.State.WAITING, beat_at=timezone.now()):
            ring.enqueue(job.pk)
        if not isinstance(leave, Leaving):
            raise
    except Stopped:
        work.end(Job.State.CANCELLED)
    except VestedError as error:
        work.end(Job.State.FAILED, error=str(error))
    except Exception:  # whatever it was, the worker goes on with the next job
        log.exception("job %s (%s): attempt %s failed", job.pk, job.kind, job.attempt)
        work.end(
            Job.State.FAILED,
            error=_(
                "Something broke on our side, and nothing was half done. It is written down for those who mend it."
            ),
        )


def restart_stale(now: datetime) -> int:
    """Begin jobs anew whose worker gave no sign of life for a while, and ring for those that wait unheard; how many."""
    found = 0
    with acting(System("find jobs whose worker died")):
        for pk in list(_silent(now).order_by("pk").values_list("pk", flat=True)):
            with transaction.atomic():
                job = _silent(now).select_for_update().filter(pk=pk).first()
                if job is not None:
                    found += _revive(job, now)
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()
    return found


def _silent(now: datetime) -> QuerySet[Job]:
    """Jobs without a sign of life, save those a bell still rings for."""
    rung = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=ring.module_path)
    waiting = [args["args"][0] for args in rung.values_list("args_kwargs", flat=True)]
    live = Job.objects.filter(state__in=(Job.State.WAITING, Job.State.RUNNING), beat_at__lt=now - STALE)
    return live.exclude(state=Job.State.WAITING, pk__in=waiting)


def _revive(job: Job, now: datetime) -> int:
    if job.stop_asked:
        return _end(job, Job.State.CANCELLED)
    if job.attempt >= ATTEMPTS:
        log.error("job %s (%s): its worker died at each of %s attempts", job.pk, job.kind, job.attempt)
        with translation.override(job.language):
            gone = _("The computer that did this stopped three times in the middle of it. Nothing was half done.")
        return _end(job, Job.State.FAILED, error=gone)
    log.warning("job %s (%s): no sign of life since %s, begun anew", job.pk, job.kind, job.beat_at)
    job.state, job.beat_at = Job.State.WAITING, now
    job.save()
    transaction.on_commit(partial(ring.enqueue, job.pk))
    return 1


def _end(job: Job, state: Job.State, *, error: str = "") -> int:
    job.state, job.error, job.ended_at = state, error, timezone.now()
    job.save()
    return 1
