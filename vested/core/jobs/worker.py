"""The process that does jobs: django-tasks' worker, which now and then looks for jobs whose worker died."""

import time
from types import FrameType

from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from vested.core.anchors import keep_daily
from vested.core.jobs.days import do_daily
from vested.core.jobs.running import restart_stale
from vested.core.jobs.work import leaving

INTERVAL = 0.5  # seconds between two looks for work
SWEEP = 30.0  # seconds between two looks for jobs without a sign of life
DAILY = 600.0  # seconds between two looks for what is due once a day, of which one is an anchor of the history


class Worker(db_worker.Worker):
    """Does jobs until it is told to stop; then a running one goes back, to be begun anew by the next worker."""

    def __init__(self) -> None:
        """Take every job there is, one after the other."""
        super().__init__(
            queue_names=["*"],
            interval=INTERVAL,
            batch=True,  # ends when nothing waits, so that this worker can look around
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        self._swept_at, self._daily_at = -SWEEP, -DAILY

    def work(self) -> None:
        """Do what waits, for ever."""
        self.configure_signals()
        while self.running:
            self.sweep()
            self.run()
            if self.running:
                time.sleep(INTERVAL)

    def run_task(self, db_task_result: DBTaskResult[[int], None]) -> None:
        """Do one, and look around even where work never ends."""
        super().run_task(db_task_result)
        if self.running:
            self.sweep()

    def sweep(self) -> None:
        """Look for jobs whose worker died, every half minute, and for what is due today, every ten."""
        if time.monotonic() - self._swept_at >= SWEEP:
            restart_stale(timezone.now())
            self._swept_at = time.monotonic()
        if time.monotonic() - self._daily_at >= DAILY:
            do_daily(timezone.now())
            keep_daily(timezone.now())
            self._daily_at = time.monotonic()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Stop: at once where nothing runs, else at the running job's next sign of life; told twice, at once."""
        leaving.set()
        super().shutdown(signum, frame)
