"""Questions about registers that were brought in: what each opened, and on which of it nobody has worked since."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.http import Http404

from vested.core.models import Event, Job, Link
from vested.core.viewer import Viewer
from vested.portfolio.models import Initiative

KIND = "portfolio.register"  # of the job
BY_ITSELF = ("initiative.published", "differences.seen")  # what is recorded of an initiative without anybody's work


def register_brought(viewer: Viewer, pk: int) -> Job:
    """A register that was brought in, as the job that did it; raises Http404 where there is none."""
    done = Job.objects.all().visible_to(viewer).filter(kind=KIND, state=Job.State.DONE).select_related("by")
    found = done.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def left_alone(job: Job) -> QuerySet[Initiative]:
    """The open initiatives a register opened and nobody has worked on since.

    No line of history says that somebody has, and nothing else builds on them.
    """
    keys = opened_by(job)
    lines = Event.objects.filter(subject_type=Initiative._meta.label_lower, subject_id__in=keys)
    before = lines.filter(kind="initiative.closed", new__has_key="taken_back").values("pk")
    worked_on = lines.exclude(kind__in=BY_ITSELF).exclude(pk__in=before).values("subject_id")
    rows = Initiative.objects.filter(pk__in=keys, closed_on=None).exclude(pk__in=worked_on)
    linked = Link.objects.filter(kind__in=("serves", "answers"), source_id__in=rows.values("source")).values(
        "source_id"
    )
    bare = rows.filter(needed_by=None, supplies=None, replaces=None, contracts=None).exclude(source__in=linked)
    return bare.select_related("source").order_by("pk")


def opened_by(job: Job) -> list[int]:
    """The keys of the initiatives a register opened."""
    return list((job.result or {}).get("opened", ()))


def taken_back(closed: Collection[Initiative]) -> list[Initiative]:
    """Of closed initiatives, those that were closed since the register they came from was taken back."""
    lines = Event.objects.filter(
        kind="initiative.closed", subject_type=Initiative._meta.label_lower, subject_id__in=[one.pk for one in closed]
    )
    last = {line.subject_id: line for line in lines.order_by("number")}
    return [one for one in closed if one.pk in last and "taken_back" in last[one.pk].new]
