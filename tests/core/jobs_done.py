"""Jobs for tests: each writes a line of history, the one effect that can be counted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tests.core.offices import Office
from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.jobs import Work, cancel, job, retry, start
from vested.core.jobs.running import STALE
from vested.core.models import Event, Job
from vested.core.scope import System, acting
from vested.core.viewer import Viewer

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)

scripts: dict[str, Callable[[Work], dict[str, Any] | None]] = {}  # what "test.script" does, by name


@job("test.write", title="Write a line")
def write(work: Work) -> dict[str, Any] | None:
    work.progress(1, 2, "Writing")
    with work.effects() as result:
        put(work)
        result["url"] = "/components/"
    work.progress(2, 2, "Written")
    return None


@job("test.say", title="Say a word")
def say(work: Work, *, times: int) -> dict[str, Any] | None:
    return {"words": [_("Chief Digital Officer")] * times, "by": str(work.viewer.person)}


@job("test.refuse", title="Refuse")
def refuse(work: Work) -> dict[str, Any] | None:
    with work.effects():
        put(work)
        raise Invalid("The file has no table of staff.")


@job("test.break", title="Break")
def break_down(work: Work) -> dict[str, Any] | None:
    with work.effects():
        put(work)
        raise ValueError("secret detail")


@job("test.endless", title="Go on for ever")
def endless(work: Work) -> dict[str, Any] | None:
    while True:
        work.progress(1, 0, "Still going")


@job("test.search", title="Search", best=True)
def search(work: Work) -> dict[str, Any] | None:
    figure = 1.0
    while not work.best_asked:
        figure *= 0.9
        work.trace(1 - figure, figure)
        work.progress(1, 0, "Searching")
    with work.effects() as result:
        put(work)
        result["figure"] = figure
    return None


@job("test.script", title="Do as the test says")
def script(work: Work, *, name: str) -> dict[str, Any] | None:
    return scripts[name](work)


def started(office: Office, kind: str, who: str = "clerk", **args: Any) -> Job:
    """A job somebody of the office has started."""
    return started_by(office.viewer(who), kind, **args)


def started_by(viewer: Viewer, kind: str, **args: Any) -> Job:
    with acting(viewer):
        return start(kind, by=viewer, at=NOW, **args)


def put(work: Work) -> None:
    """The effect, within ``work.effects()``."""
    record("test.written", by=work.viewer, on=work.viewer.sector)


def now_of(job: Job) -> Job:
    """The job as it is now."""
    with acting(System("a test")):
        return Job.objects.get(pk=job.pk)


def written() -> int:
    """How often the effect has happened."""
    with acting(System("a test")):
        return Event.objects.filter(kind="test.written").count()


def scripted(office: Office, does: Callable[[Work], dict[str, Any] | None]) -> Job:
    scripts["it"] = does
    return started(office, "test.script", name="it")


def later() -> datetime:
    """When somebody silent until now is thought dead."""
    return timezone.now() + STALE + timedelta(seconds=1)


def stop(office: Office, job: Job, who: str = "clerk") -> Job:
    viewer = office.viewer(who)
    with acting(viewer):
        return cancel(job=job, by=viewer, at=NOW)


def again(office: Office, job: Job, who: str = "clerk") -> Job:
    viewer = office.viewer(who)
    with acting(viewer):
        return retry(job=job, by=viewer, at=NOW)
