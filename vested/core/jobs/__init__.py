"""Work that takes longer than a page may: started by an action, done by a worker, seen on its own page.

A room declares a kind of job in its ``jobs.py``, which is found when Django starts::

    @job("skills.release", title=gettext_lazy("Release the levels"))
    def release(work: Work, *, wave: int) -> dict[str, Any] | None:
        levels = estimate(wave, stop=work.stop_asked)      # slow, writes nothing
        work.progress(1, 2, _("Storing the levels"))
        with work.effects() as result:                     # quick, all or nothing, once
            actions.store(by=work.viewer, levels=levels)
            result["url"] = reverse("skills:levels")
        return None

and one of its actions starts it: ``start("skills.release", by=by, at=at, wave=wave.pk)``. The function may be begun
more than once, since a worker can die; what it writes inside ``effects()`` is written exactly once, and ends the job.
A function that only computes returns its result instead. It gives a sign of life (``progress`` or ``stop_asked``) at
least every minute.
"""

from vested.core.jobs.actions import cancel, end_with_best, retry, start
from vested.core.jobs.days import daily, do_daily
from vested.core.jobs.kinds import job
from vested.core.jobs.running import restart_stale, run
from vested.core.jobs.work import Stopped, Superseded, Work

__all__ = [
    "Stopped",
    "Superseded",
    "Work",
    "cancel",
    "daily",
    "do_daily",
    "end_with_best",
    "job",
    "restart_stale",
    "retry",
    "run",
    "start",
]
