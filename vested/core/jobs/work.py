"""What a job's function is given: for whom it works, how to tell how far it is, and how to write."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from vested.core.jobs.kinds import keeps_best
from vested.core.models import Job
from vested.core.viewer import Viewer

EVERY = 0.5  # seconds between two signs of life
MOST_TRACED = 120  # points of a trace

leaving = threading.Event()  # set when this worker is asked to stop: its job goes back to be taken by the next


class Stopped(Exception):
    """The work is to end here, with nothing more written."""


class Superseded(Stopped):
    """Another attempt has taken over, or the job has ended."""


class Leaving(Stopped):
    """The worker stops; another one will begin the job anew."""


class Work:
    """One attempt at a job."""

    def __init__(self, job: Job, viewer: Viewer, *, clock: Callable[[], float] = time.monotonic) -> None:
        """For the attempt that ``job`` says, on behalf of ``viewer``."""
        self.viewer = viewer
        self.pk, self._attempt, self._clock = job.pk, job.attempt, clock
        self._latest: dict[str, Any] = {}
        self._trace: list[tuple[float, float]] = []
        self._searches, self.best_asked = keeps_best(job.kind), False
        self._looked_at = -EVERY
        self._told: type[Stopped] | None = None
        self.ended = False  # by its effects

    def progress(self, done: int, total: int, doing: str, seconds_left: float | None = None) -> None:
        """Say how far the work is, as often as one likes; raise Stopped where it is to end.

        It is written at most twice a second, in a transaction of its own; what came between is written by the next
        sign of life, be it ``stop_asked``.
        """
        self._latest |= {"done": done, "total": total, "doing": doing[:200], "seconds_left": seconds_left}
        self._look()
        self.go_on()

    def trace(self, seconds: float, figure: float) -> None:
        """Keep how near a search has come after so many seconds; pages draw it as a line.

        What changes nothing is left out, and the line is thinned when it becomes long.
        """
        at = round(seconds, 1)
        if self._trace and self._trace[-1][1] == figure:
            return
        if self._trace and self._trace[-1][0] >= at:
            at = self._trace.pop()[0]  # two at one moment: the later counts
        self._trace.append((at, figure))
        if len(self._trace) > MOST_TRACED:
            self._trace = [*self._trace[:-1:2], self._trace[-1]]
        self._latest["trace"] = self._trace

    def stop_asked(self) -> bool:
        """Whether to stop early, for an engine's ``stop``; what was computed until then cannot be written."""
        self._look()
        return self._told is not None

    def go_on(self) -> None:
        """Raise Stopped if this attempt was told to stop."""
        if self._told:
            raise self._told

    @contextmanager
    def effects(self) -> Iterator[dict[str, Any]]:
        """One transaction for all that the job writes; leaving it ends the job, so it is done exactly once.

        What is put into the dict it gives becomes the job's result. Raises Superseded, and writes nothing, where
        another attempt has taken over or the job has ended, and Stopped where the person has stopped it.
        """
        if self.ended:
            raise RuntimeError("a job writes its effects once, as the last thing it does")
        with transaction.atomic():
            job = Job.objects.select_for_update().filter(pk=self.pk).first()
            if job is None or job.state != Job.State.RUNNING or job.attempt != self._attempt:
                raise Superseded
            if job.stop_asked:
                raise Stopped
            self.go_on()
            result: dict[str, Any] = {}
            yield result
            self.end(Job.State.DONE, result=result or None)
        self.ended = True

    def end(self, state: Job.State, **fields: Any) -> bool:
        """End the job, unless this attempt no longer counts."""
        return self.rewrite(state=state, ended_at=timezone.now(), **fields)

    def rewrite(self, **fields: Any) -> bool:
        """Change the job's row, unless this attempt no longer counts."""
        with transaction.atomic():
            return self._mine().update(**fields) == 1

    def _mine(self) -> QuerySet[Job]:
        return Job.objects.filter(pk=self.pk, attempt=self._attempt, state=Job.State.RUNNING)

    def _look(self) -> None:
        """Give a sign of life with the latest progress, and see whether to go on."""
        now = self._clock()
        if self.ended or self._told or now - self._looked_at < EVERY:
            return
        self._looked_at = now
        if self._mine().filter(stop_asked=False).update(beat_at=timezone.now(), **self._latest):
            self._told = Leaving if leaving.is_set() else None
            if self._searches:
                self.best_asked = self._mine().filter(best_asked=True).exists()
        else:
            self._told = Stopped if self._mine().exists() else Superseded
